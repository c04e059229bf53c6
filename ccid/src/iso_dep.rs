//! ISO-DEP, the block protocol of contactless cards (ISO/IEC 14443-4 §7), host side.
//!
//! An [`Exchange`] says what it wants ([`Want`]): a block sent and an answer waited for, or nothing more; it
//! is told what came of it. Blocks carry a number by which both sides tell a repeated block from a new one,
//! so a lost or garbled block is asked for again without the card carrying a command out twice:
//!
//! * After silence or noise the host never repeats its command; it asks what became of it, R(NAK) (rule 4).
//!   A card that has carried it out repeats its answer (rule 11). Only a card that says it never got the
//!   command, R(ACK) with the other number (rule 12), is sent it again (rule 6).
//! * Rule 6 allows that after any such R(ACK). Here it must be the answer to an R(NAK): one that comes
//!   unasked may be a late one, and a card counts an I-block whatever its number.
//! * A card that lost its field answers to nothing but a new activation. That begins a new [`IsoDep`], so no
//!   part of an old command can reach it.

mod block;
mod exchange;

pub use exchange::{Exchange, Failure, Want};

use crate::iso14443::Link;

/// The link to one active card.
#[derive(Debug)]
pub struct IsoDep {
    link: Link,
    /// The current block number, 0 or 1.
    number: u8,
    /// Whether the card puts its identifier (always 0 here) into its blocks: then the host does too.
    identified: bool,
    /// Whether both sides agree on the block number. Not while an exchange is under way: one that was dropped
    /// or failed leaves the link unusable, and the card has to be activated anew.
    settled: bool,
}

impl IsoDep {
    /// The link to a card that was activated just now.
    pub const fn new(link: Link) -> Self {
        Self { link, number: 0, identified: false, settled: true }
    }

    /// A command to the card; done with its answer.
    pub fn command(&self, apdu: &[u8]) -> Exchange {
        Exchange::command(apdu)
    }

    /// Whether the card is still there; done with nothing. Changes nothing in the card.
    pub fn presence(&self) -> Exchange {
        Exchange::presence()
    }

    /// S(DESELECT), once; done with nothing. The link ends, whatever the card answers.
    pub fn deselect(&self) -> Exchange {
        Exchange::deselect()
    }
}
