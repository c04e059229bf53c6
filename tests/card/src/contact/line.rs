//! The line between a reader's contacts and a card at T=1, and what goes wrong on it.

use serde::{Deserialize, Serialize};

use super::t1::{CardT1, Request};

/// What goes wrong with one block and its answer, or what the card asks for before it.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockFault {
    /// The reader's block does not arrive.
    LostToCard,
    /// It arrives with one bit wrong: this one.
    GarbledToCard(u16),
    /// It arrives twice; the second answer is what the reader sees.
    TwiceToCard,
    /// The card's block does not arrive.
    LostToReader,
    /// It arrives with one bit wrong: this one.
    GarbledToReader(u16),
    /// It arrives with wrong parity: the reader says so.
    Parity,
    /// The card's block of before arrives again in its place; `heard` is whether the card got the reader's.
    StaleToReader {
        /// Whether the card got the reader's block.
        heard: bool,
    },
    /// The card asks for so many waiting times.
    Waits(u8),
    /// The card names another size.
    Size(u8),
    /// The card gives up the chain.
    Aborts,
}

/// What the reader sees of the card's answer.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Passed {
    /// A block, right or wrong.
    Block(Vec<u8>),
    /// Characters with wrong parity.
    Garbled,
    /// Nothing within the waiting time.
    Nothing,
}

/// A line with a card at its end.
#[derive(Debug)]
pub struct Line {
    card: CardT1,
    /// The number of a block, from 1, and what goes wrong with it.
    faults: Vec<(u32, BlockFault)>,
    blocks: u32,
    before: Vec<u8>,
}

impl Line {
    /// A line on which these blocks go wrong, counted from 1.
    pub fn new(card: CardT1, faults: Vec<(u32, BlockFault)>) -> Self {
        Self { card, faults, blocks: 0, before: Vec::new() }
    }

    /// The card at its end.
    pub fn card(&self) -> &CardT1 {
        &self.card
    }

    /// How many blocks the reader sent.
    pub fn blocks(&self) -> u32 {
        self.blocks
    }

    /// Carries a block there and the answer back.
    pub fn pass(&mut self, block: &[u8], execute: &mut dyn FnMut(&[u8]) -> Vec<u8>) -> Passed {
        let next = self.blocks + 1;
        let due: Vec<BlockFault> =
            self.faults.iter().filter(|(at, _)| *at == next).map(|(_, fault)| *fault).collect();
        self.carry(block, &due, execute)
    }

    /// The same, with what goes wrong this time.
    pub fn carry(
        &mut self,
        block: &[u8],
        due: &[BlockFault],
        execute: &mut dyn FnMut(&[u8]) -> Vec<u8>,
    ) -> Passed {
        self.blocks += 1;
        let has = |fault| due.contains(&fault);
        if has(BlockFault::LostToCard) {
            return Passed::Nothing;
        }
        if has(BlockFault::StaleToReader { heard: false }) {
            return Passed::Block(self.before.clone());
        }
        let mut there = block.to_vec();
        let mut request = None;
        for fault in due {
            match *fault {
                BlockFault::GarbledToCard(bit) => flip(&mut there, bit),
                BlockFault::Waits(times) => request = Some(Request::Wait(times)),
                BlockFault::Size(size) => request = Some(Request::Size(size)),
                BlockFault::Aborts => request = Some(Request::Abort),
                _ => {}
            }
        }
        let mut back = self.card.receive(&there, request, execute);
        if has(BlockFault::TwiceToCard) {
            back = self.card.receive(&there, None, execute);
        }
        let before = std::mem::replace(&mut self.before, back.clone());
        if has(BlockFault::LostToReader) {
            return Passed::Nothing;
        }
        if has(BlockFault::Parity) {
            return Passed::Garbled;
        }
        if has(BlockFault::StaleToReader { heard: true }) {
            return Passed::Block(before);
        }
        for fault in due {
            if let BlockFault::GarbledToReader(bit) = *fault {
                flip(&mut back, bit);
            }
        }
        Passed::Block(back)
    }
}

fn flip(block: &mut [u8], bit: u16) {
    let bit = usize::from(bit) % (block.len() * 8).max(1);
    if let Some(byte) = block.get_mut(bit / 8) {
        *byte ^= 1 << (bit % 8);
    }
}
