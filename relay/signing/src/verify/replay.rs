//! A nonce passes once.

use super::{Claim, Refusal};
use sha2::{Digest, Sha256};
use std::collections::{HashSet, VecDeque};
use std::sync::{Mutex, PoisonError};

/// Seconds of `created` that share a bucket.
const BUCKET: u64 = 8;

/// Remembers every nonce of every device for as long as its signature could be accepted again.
///
/// Bounded: when it is full, requests are refused ([`Refusal::Full`]) until old ones pass out of the window;
/// nothing inside the window is ever forgotten. The clock may jump: what lies before the forgotten time is
/// refused as late, even if the clock goes back. A process that was started under a clock that was ahead counts
/// as started anew when the clock is put right.
#[derive(Debug)]
pub struct ReplayCache {
    window: u64,
    capacity: usize,
    inner: Mutex<Inner>,
}

#[derive(Debug)]
struct Inner {
    seen: HashSet<[u8; 16]>,
    /// Which of `seen` fall due when, oldest first: (`created` / BUCKET, entries).
    buckets: VecDeque<(u64, Vec<[u8; 16]>)>,
    /// Nothing created before this is accepted: a predecessor may have let it pass.
    opened: u64,
    /// Nothing created before this is accepted: it may have been seen and forgotten.
    horizon: u64,
}

impl ReplayCache {
    /// A cache of at most `capacity` nonces for signatures within `window` seconds of now.
    ///
    /// `opened` (unix seconds): what was signed before it is refused as late, because a process that has just
    /// started does not know what its predecessor let pass.
    pub fn new(capacity: usize, window: u64, opened: u64) -> Self {
        let inner = Inner { seen: HashSet::new(), buckets: VecDeque::new(), opened, horizon: 0 };
        Self { window, capacity, inner: Mutex::new(inner) }
    }

    /// Takes a claim's nonce. Call it after [`Claim::check`]: an unsigned request must not be able to fill
    /// the cache or use up somebody's nonce.
    pub fn take(&self, claim: &Claim, now: u64) -> Result<(), Refusal> {
        self.take_nonce(claim.keyid(), claim.nonce(), claim.created(), now)
    }

    fn take_nonce(&self, keyid: &str, nonce: &str, created: u64, now: u64) -> Result<(), Refusal> {
        let name = name(keyid, nonce);
        // A panic while holding the lock leaves whole entries behind, so the data can be used on.
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner.forget(now.saturating_sub(self.window));
        // So far before its own begin this process cannot be: the clock was ahead, and has been put right. What
        // came in between is remembered, so the begin alone moves.
        if now.saturating_add(self.window) < inner.opened {
            inner.opened = now;
        }
        if created < inner.horizon.max(inner.opened) || created.abs_diff(now) > self.window {
            return Err(Refusal::Late);
        }
        if inner.seen.contains(&name) {
            return Err(Refusal::Replayed);
        }
        if inner.seen.len() >= self.capacity {
            return Err(Refusal::Full);
        }
        inner.seen.insert(name);
        inner.remember(created / BUCKET, name);
        Ok(())
    }

    /// How many nonces are remembered.
    pub fn len(&self) -> usize {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner).seen.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Inner {
    /// Forgets the buckets that lie wholly before `oldest`, and from then on refuses what belongs into them.
    fn forget(&mut self, oldest: u64) {
        while let Some((bucket, _)) = self.buckets.front() {
            let end = (bucket + 1) * BUCKET;
            if end > oldest {
                break;
            }
            if let Some((_, names)) = self.buckets.pop_front() {
                for name in names {
                    self.seen.remove(&name);
                }
            }
            self.horizon = self.horizon.max(end);
        }
    }

    fn remember(&mut self, bucket: u64, name: [u8; 16]) {
        // Nearly always the last one or a new last one.
        let at = self.buckets.iter().rposition(|(other, _)| *other <= bucket);
        match at {
            Some(at) if self.buckets[at].0 == bucket => self.buckets[at].1.push(name),
            _ => self.buckets.insert(at.map_or(0, |at| at + 1), (bucket, vec![name])),
        }
    }
}

/// A nonce belongs to a device: two devices may draw the same one. `keyid` holds no NUL, so the hash is of
/// one pair only; 128 bits of it are kept.
fn name(keyid: &str, nonce: &str) -> [u8; 16] {
    let digest = Sha256::new().chain_update(keyid).chain_update([0]).chain_update(nonce).finalize();
    let mut name = [0; 16];
    name.copy_from_slice(&digest[..16]);
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn once_in_the_window_and_never_forgotten_inside_it() {
        let cache = ReplayCache::new(100, 60, 0);
        assert_eq!(cache.take_nonce("a", "n", 1000, 1000), Ok(()));
        assert_eq!(cache.take_nonce("b", "n", 1000, 1000), Ok(()), "another device, another nonce");
        for now in 940..=1060 {
            assert!(cache.take_nonce("a", "n", 1000, now).is_err(), "at {now}");
        }
        assert_eq!(
            cache.take_nonce("a", "n", 1050, 1055),
            Err(Refusal::Replayed),
            "signed again, same nonce"
        );
        assert_eq!(cache.take_nonce("a", "m", 1200, 1200), Ok(()));
        assert_eq!(cache.len(), 1, "old ones are forgotten");
    }

    #[test]
    fn a_clock_that_goes_back_lets_nothing_through_twice() {
        let cache = ReplayCache::new(100, 60, 0);
        assert_eq!(cache.take_nonce("a", "n", 1000, 1000), Ok(()));
        assert_eq!(cache.take_nonce("a", "m", 2000, 2000), Ok(()));
        assert_eq!(cache.take_nonce("a", "n", 1000, 1000), Err(Refusal::Late));
    }

    #[test]
    fn full_is_refused_until_time_passes() {
        let cache = ReplayCache::new(2, 60, 0);
        assert_eq!(cache.take_nonce("a", "1", 1000, 1000), Ok(()));
        assert_eq!(cache.take_nonce("a", "2", 1000, 1000), Ok(()));
        assert_eq!(cache.take_nonce("a", "3", 1000, 1000), Err(Refusal::Full));
        assert_eq!(cache.take_nonce("a", "1", 1000, 1060), Err(Refusal::Replayed));
        assert_eq!(cache.take_nonce("a", "3", 1070, 1070), Ok(()));
    }

    #[test]
    fn a_new_process_refuses_what_was_signed_before_it() {
        let cache = ReplayCache::new(2, 60, 1000);
        assert_eq!(cache.take_nonce("a", "1", 999, 1000), Err(Refusal::Late));
        assert_eq!(cache.take_nonce("a", "1", 1000, 1000), Ok(()));
    }

    #[test]
    fn a_process_started_under_a_clock_that_is_ahead_serves_when_the_clock_is_put_right() {
        let cache = ReplayCache::new(10, 60, 5000);
        assert_eq!(cache.take_nonce("a", "ahead", 5000, 5000), Ok(()));
        assert_eq!(cache.take_nonce("a", "before", 999, 1000), Err(Refusal::Late), "as after any start");
        assert_eq!(cache.take_nonce("a", "now", 1001, 1001), Ok(()));
        assert_eq!(cache.take_nonce("a", "now", 1001, 1001), Err(Refusal::Replayed));
        assert_eq!(cache.take_nonce("a", "ahead", 5000, 5000), Err(Refusal::Replayed), "not forgotten");
    }

    #[test]
    fn a_clock_a_little_ahead_is_waited_for() {
        let cache = ReplayCache::new(10, 60, 1030);
        assert_eq!(cache.take_nonce("a", "1", 1000, 1000), Err(Refusal::Late));
        assert_eq!(cache.take_nonce("a", "1", 1030, 1030), Ok(()));
    }

    #[test]
    fn two_threads_cannot_both_take_one() {
        let cache = ReplayCache::new(10_000, 60, 0);
        let passed: usize = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4)
                .map(|_| {
                    scope.spawn(|| {
                        (0..1000)
                            .filter(|n| cache.take_nonce("a", &n.to_string(), 1000, 1000).is_ok())
                            .count()
                    })
                })
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).sum()
        });
        assert_eq!(passed, 1000);
    }
}
