//! A desk with a reader and a shelf of cards, shared between the connection that uses the reader and the
//! test or person that moves cards.

use std::{
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use crate::{device::VirtualDevice, fault::Rule, frame::Frame, shelf::Shelf};

/// One reader and its shelf. Clones are the same desk; with the last one the card goes back to the shelf.
#[derive(Clone)]
pub struct Bench(Arc<Shared>);

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

/// What the desk and its session share.
pub(crate) struct State {
    pub(crate) reader: Box<dyn VirtualDevice>,
    pub(crate) shelf: Shelf,
    /// Number of the session that has the reader; an older one is over.
    pub(crate) session: u64,
    pub(crate) connected: bool,
    /// Answers that are no IN transfer.
    pub(crate) answers: Vec<Frame>,
}

impl Bench {
    /// A desk with this reader and these cards.
    pub fn new(reader: impl VirtualDevice + 'static, shelf: Shelf) -> Self {
        Self::with_device(Box::new(reader), shelf)
    }

    /// A desk with a device that is chosen at run time.
    pub fn with_device(reader: Box<dyn VirtualDevice>, shelf: Shelf) -> Self {
        let state = State { reader, shelf, session: 0, connected: false, answers: Vec::new() };
        Self(Arc::new(Shared { state: Mutex::new(state), changed: Condvar::new() }))
    }

    /// Puts a card in the reader; the one in it goes back to the shelf. False when the card is not there.
    pub fn insert(&self, id: &str) -> bool {
        self.change(|state| state.insert(id))
    }

    /// Takes the card out of the reader, back to the shelf.
    pub fn remove(&self) {
        self.change(State::remove);
    }

    /// The name of the card in the reader.
    pub fn inserted(&self) -> Option<String> {
        self.change(State::inserted)
    }

    /// Pulls the reader's plug: its connection ends and new ones are turned away.
    pub fn unplug(&self) {
        self.change(|state| state.reader.unplug());
    }

    /// Plugs the reader in again; a connection from before is over.
    pub fn plug(&self) {
        self.change(|state| {
            state.session += 1;
            state.connected = false;
            state.reader.plug();
        });
    }

    /// Puts rules for faults in force.
    pub fn set_faults(&self, rules: Vec<Rule>) {
        self.change(|state| state.reader.set_faults(rules));
    }

    /// Looks at the reader or does something with it.
    pub fn with<R>(&self, act: impl FnOnce(&mut dyn VirtualDevice) -> R) -> R {
        self.change(|state| act(&mut *state.reader))
    }

    /// Whether a host is connected.
    pub fn is_connected(&self) -> bool {
        self.change(|state| state.connected)
    }

    /// The shelf of this desk.
    pub fn shelf(&self) -> Shelf {
        self.change(|state| state.shelf.clone())
    }

    /// Waits until a host is connected, or is not; false when that does not happen in time.
    pub fn wait_connected(&self, connected: bool, within: Duration) -> bool {
        let end = Instant::now() + within;
        let mut state = self.lock();
        while state.connected != connected {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return false;
            }
            state = self.0.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        true
    }

    /// Changes something and wakes all who wait for a change.
    pub(crate) fn change<R>(&self, act: impl FnOnce(&mut State) -> R) -> R {
        let mut state = self.lock();
        let result = act(&mut state);
        state.collect();
        self.0.changed.notify_all();
        result
    }

    /// Waits for changes until `act` has a result.
    pub(crate) fn wait<R>(&self, mut act: impl FnMut(&mut State) -> Option<R>) -> R {
        let mut state = self.lock();
        loop {
            if let Some(result) = act(&mut state) {
                return result;
            }
            state = self.0.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    pub(crate) fn insert(&mut self, id: &str) -> bool {
        if self.inserted().as_deref() == Some(id) {
            return true;
        }
        let Some(card) = self.shelf.take(id) else { return false };
        if let Some(before) = self.reader.insert(card) {
            self.shelf.put(before);
        }
        true
    }

    pub(crate) fn remove(&mut self) {
        if let Some(card) = self.reader.remove() {
            self.shelf.put(card);
        }
    }

    pub(crate) fn inserted(&mut self) -> Option<String> {
        self.reader.card().map(|card| card.id().to_owned())
    }

    /// A card that a fault took away goes back to the shelf.
    fn collect(&mut self) {
        if let Some(card) = self.reader.take_ejected() {
            self.shelf.put(card);
        }
    }
}

impl Drop for State {
    fn drop(&mut self) {
        self.remove();
        self.collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{file::CardFile, reader::VirtualReader};

    fn bench() -> Bench {
        let shelf = Shelf::new(&[CardFile::specimen().unwrap(), CardFile::other()]).unwrap();
        Bench::new(VirtualReader::default(), shelf)
    }

    #[test]
    fn cards_change_places() {
        let bench = bench();
        assert!(bench.insert("specimen") && bench.insert("other") && !bench.insert("nobody"));
        assert_eq!(bench.inserted().as_deref(), Some("other"));
        assert!(bench.insert("other") && bench.insert("specimen"));
        bench.remove();
        assert_eq!(bench.inserted(), None);
    }

    #[test]
    fn a_desk_that_goes_gives_its_card_back() {
        let shelf = Shelf::new(&[CardFile::specimen().unwrap()]).unwrap();
        let desk = Bench::new(VirtualReader::default(), shelf.clone());
        assert!(desk.insert("specimen"));
        assert!(shelf.take("specimen").is_none());
        drop(desk);
        assert!(shelf.take("specimen").is_some());
    }
}
