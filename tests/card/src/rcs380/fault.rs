//! Faults of the wire between host and reader, as data.

use serde::{Deserialize, Serialize};

/// What goes wrong with one command.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PortFault {
    /// The ACK is lost.
    NoAck,
    /// ACK and answer come in one transfer.
    Merged,
    /// One byte of the answer is another.
    Garbled {
        /// Which, from 0; counted round again when the answer is shorter.
        byte: usize,
    },
    /// The answer comes when the next transfer of the host has come.
    Late,
    /// The reader says it does not understand, and did all the same.
    Refused,
}

/// One fault and when it strikes, counted from the moment the rules were set, from 1.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct PortRule {
    /// At which command: of all, or of those that carry a frame.
    pub command: u32,
    /// Whether only commands that carry a frame to the card count.
    pub frames: bool,
    /// Which.
    pub fault: PortFault,
}

/// The rules in force and how far they are.
#[derive(Debug, Default)]
pub(super) struct PortScript {
    rules: Vec<PortRule>,
    commands: u32,
    frames: u32,
}

impl PortScript {
    pub(super) fn new(rules: Vec<PortRule>) -> Self {
        Self { rules, ..Self::default() }
    }

    /// The faults of the next command.
    pub(super) fn next(&mut self, frame: bool) -> Vec<PortFault> {
        self.commands += 1;
        self.frames += u32::from(frame);
        let due = |rule: &&PortRule| match rule.frames {
            true => frame && rule.command == self.frames,
            false => rule.command == self.commands,
        };
        self.rules.iter().filter(due).map(|rule| rule.fault).collect()
    }
}

/// Spoils a byte so that it is another.
pub(super) fn garble(bytes: &mut [u8], byte: usize) {
    let length = bytes.len().max(1);
    if let Some(byte) = bytes.get_mut(byte % length) {
        *byte ^= 0x55;
    }
}
