//! Places: so many in all, so many for one other computer, so that one cannot take them all. This computer has
//! no share of its own: a proxy in front of the relay is all its callers at once.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// All places. Cloning shares them.
#[derive(Debug, Clone)]
pub(crate) struct Places {
    all: Arc<Semaphore>,
    shares: Arc<Shares>,
}

/// A place, given back when dropped.
#[derive(Debug)]
pub(crate) struct Place {
    _permit: OwnedSemaphorePermit,
    /// Whose share it counts in.
    of: Option<(Arc<Shares>, IpAddr)>,
}

/// A place of which nobody knows yet whose it will be.
#[derive(Debug)]
pub(crate) struct Kept {
    permit: OwnedSemaphorePermit,
    shares: Arc<Shares>,
}

#[derive(Debug)]
struct Shares {
    each: usize,
    taken: Mutex<HashMap<IpAddr, usize>>,
}

impl Places {
    /// `all` places, `each` of them at most for one other computer.
    pub(crate) fn new(all: usize, each: usize) -> Self {
        let shares = Shares { each, taken: Mutex::default() };
        Self { all: Arc::new(Semaphore::new(all)), shares: Arc::new(shares) }
    }

    /// A place at once, or none.
    pub(crate) fn try_enter(&self, address: IpAddr) -> Option<Place> {
        let permit = Arc::clone(&self.all).try_acquire_owned().ok()?;
        Kept { permit, shares: Arc::clone(&self.shares) }.of(address)
    }

    /// A place when there is one.
    pub(crate) async fn wait(&self) -> Option<Kept> {
        let permit = Arc::clone(&self.all).acquire_owned().await.ok()?;
        Some(Kept { permit, shares: Arc::clone(&self.shares) })
    }
}

impl Kept {
    /// Gives it to a caller; nothing if that one has its share.
    pub(crate) fn of(self, address: IpAddr) -> Option<Place> {
        let address = address.to_canonical();
        if address.is_loopback() {
            return Some(Place { _permit: self.permit, of: None });
        }
        self.shares.take(address).then(|| Place { _permit: self.permit, of: Some((self.shares, address)) })
    }
}

impl Shares {
    fn take(&self, address: IpAddr) -> bool {
        // Counts alone: whole whatever panics elsewhere.
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let count = taken.entry(address).or_default();
        let free = *count < self.each;
        if free {
            *count += 1;
        }
        free
    }

    fn give_back(&self, address: IpAddr) {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = taken.get_mut(&address) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&address);
            }
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some((shares, address)) = self.of.take() {
            shares.give_back(address);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn one_computer_cannot_take_all_places() {
        let places = Places::new(3, 2);
        let one = address("192.168.1.5");
        let mine: Vec<Place> = (0..2).map(|_| places.try_enter(one).unwrap()).collect();
        assert!(places.try_enter(one).is_none());
        assert!(places.try_enter(address("::ffff:192.168.1.5")).is_none(), "the same in the other family");
        let other = places.try_enter(address("192.168.1.6"));
        assert!(other.is_some());
        assert!(places.try_enter(address("192.168.1.7")).is_none(), "there are three in all");
        drop(mine);
        assert!(places.try_enter(one).is_some(), "given back");
        assert_eq!(places.shares.taken.lock().unwrap().len(), 1, "and who is gone is forgotten");
    }

    #[test]
    fn this_computer_may_be_a_proxy() {
        let places = Places::new(5, 1);
        let local: Vec<Place> = (0..5).filter_map(|_| places.try_enter(address("127.0.0.1"))).collect();
        assert_eq!(local.len(), 5);
    }

    #[tokio::test]
    async fn a_place_that_was_waited_for_is_given_back_if_its_caller_has_enough() {
        let places = Places::new(1, 1);
        let one = address("10.0.0.1");
        let first = places.wait().await.unwrap().of(one);
        assert!(first.is_some());
        drop(first);
        places.shares.take(one);
        assert!(places.wait().await.unwrap().of(one).is_none());
        assert!(places.try_enter(address("10.0.0.2")).is_some());
    }
}
