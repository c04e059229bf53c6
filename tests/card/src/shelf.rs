//! The shelf: the cards there are, each either on it or in a reader. Counters live as long as the shelf.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Serialize;

use crate::{
    card::VirtualCard,
    file::{CardFile, FileError},
};

/// The cards of a desk, shared by its readers.
#[derive(Clone, Default)]
pub struct Shelf(Arc<Mutex<Vec<Place>>>);

struct Place {
    listed: Listed,
    card: Option<VirtualCard>,
}

/// A card's name and what a person reads.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Listed {
    /// The name of the card.
    pub id: String,
    /// What a person reads.
    pub label: String,
}

impl Shelf {
    /// Makes the cards of these files.
    pub fn new(files: &[CardFile]) -> Result<Self, FileError> {
        let shelf = Self::default();
        for file in files {
            shelf.add(VirtualCard::new(file)?);
        }
        Ok(shelf)
    }

    /// Adds a card, in the place of one with the same name.
    pub fn add(&self, card: VirtualCard) {
        let listed = Listed { id: card.id().into(), label: card.label().into() };
        let mut places = self.places();
        places.retain(|place| place.listed.id != listed.id);
        places.push(Place { listed, card: Some(card) });
    }

    /// All cards, also those in a reader.
    pub fn list(&self) -> Vec<Listed> {
        self.places().iter().map(|place| place.listed.clone()).collect()
    }

    /// Takes a card off; `None` when there is none of that name or it is in a reader.
    pub fn take(&self, id: &str) -> Option<VirtualCard> {
        self.places().iter_mut().find(|place| place.listed.id == id)?.card.take()
    }

    /// Puts a card back in its place.
    pub fn put(&self, card: VirtualCard) {
        let mut places = self.places();
        if let Some(place) = places.iter_mut().find(|place| place.listed.id == card.id()) {
            place.card = Some(card);
        }
    }

    fn places(&self) -> MutexGuard<'_, Vec<Place>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_in_one_place_only() {
        let shelf = Shelf::new(&[CardFile::specimen().unwrap(), CardFile::other()]).unwrap();
        let card = shelf.take("specimen").unwrap();
        assert!(shelf.take("specimen").is_none());
        assert_eq!(shelf.list().len(), 2);
        shelf.put(card);
        assert!(shelf.take("specimen").is_some());
        assert!(shelf.take("nobody").is_none());
    }
}
