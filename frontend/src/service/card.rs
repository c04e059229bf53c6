//! A check of identity by card: find a reader, let the card answer a challenge, bring the answer upstream.
//!
//! [`flow`] is the order of things and knows no browser; [`Check`] runs it beside the screen; [`reader`]
//! finds something to run it on; [`practice`] is the reader of the training mode.

pub mod flow;
pub mod practice;
pub mod reader;
mod run;
#[cfg(test)]
mod table;
pub mod trial;
mod trust;

pub use flow::{Desk, Input, Stage};
pub use practice::{Practice, PracticeCard, Shelf};
pub use reader::AnyReader;
pub use run::{Check, Ended};
pub use trust::Trust;

use super::problem::Problem;
use ccid::{CardError, Kind};

impl From<CardError> for Problem {
    fn from(error: CardError) -> Self {
        let named = matches!(error.kind(), Kind::UnsupportedReader | Kind::ProtectedClass);
        Self {
            // None left is what a blocked card says in words.
            tries_left: error.tries().filter(|tries| *tries > 0),
            detail: (named && !error.detail().is_empty()).then(|| error.detail().to_owned()),
            ..Self::new(error.code())
        }
    }
}
