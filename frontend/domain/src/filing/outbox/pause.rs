//! How long until the next try. Pauses begin when something is sent, so that no crash makes them shorter.

use super::Outbox;
use crate::calendar::Time;

/// Between two tries, at least, in seconds.
pub const LEAST: i64 = 2;
/// Between two tries while there is a line, at most, in seconds.
pub const MOST: i64 = 300;
/// After so many seconds a call counts as unanswered, whether anybody says so or not.
pub const LONGEST_CALL: i64 = 120;

/// A pause begins: twice as long as the one before, of it the second half by chance.
pub(super) fn begin(outbox: &mut Outbox, now: Time, luck: u32) {
    let most = (2 * LEAST).checked_shl(u32::from(outbox.step)).map_or(MOST, |most| most.min(MOST));
    let half = most / 2;
    outbox.last = now;
    outbox.next = now.plus(half + i64::from(luck) % (most - half + 1));
    // From the eighth on they are all the longest.
    outbox.step = outbox.step.saturating_add(1).min(8);
}

/// The pause becomes the shortest.
pub(super) fn shorten(outbox: &mut Outbox) {
    outbox.next = outbox.next.min(outbox.last.plus(LEAST));
}

/// A clock that was put back: the pause begins anew, or it would last as long as the clock was wrong. One that
/// was put forward only ends the pause early, once.
pub(super) fn follow_clock(outbox: &mut Outbox, now: Time) {
    if now < outbox.last {
        let whole = length(outbox);
        outbox.last = now;
        outbox.next = now.plus(whole);
    }
}

/// Whether the pause is over.
pub(super) fn over(outbox: &Outbox, now: Time) -> bool {
    now >= outbox.last.plus(length(outbox))
}

/// Seconds until a tick does something.
pub(super) fn left(outbox: &Outbox, now: Time, under_way: bool) -> u32 {
    let whole = if under_way { LONGEST_CALL.max(length(outbox)) } else { length(outbox) };
    let gone = now.0.saturating_sub(outbox.last.0).max(0);
    u32::try_from(whole.saturating_sub(gone).max(0)).unwrap_or_default()
}

/// What was kept may have been written by anybody: no pause is longer than the longest.
fn length(outbox: &Outbox) -> i64 {
    outbox.next.0.saturating_sub(outbox.last.0).clamp(0, MOST)
}
