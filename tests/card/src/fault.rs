//! Faults of a reader, as data: which, and when.

use serde::{Deserialize, Serialize};

use crate::contact::BlockFault;

/// One fault and when it strikes.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Rule {
    /// When.
    pub when: When,
    /// Which.
    pub fault: Fault,
}

/// When a fault strikes; counted from the moment the rules were set.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// At every message.
    Always,
    /// At every message that carries a command to the card.
    EveryApdu,
    /// At the n-th message, from 1.
    Message(u32),
    /// At the n-th command to the card, from 1.
    Apdu(u32),
    /// At every command with this instruction byte.
    Instruction(u8),
    /// At the n-th block between a reader of the TPDU level and its card, from 1; for [`Fault::Line`].
    Block(u32),
}

/// What goes wrong with the answer to a message.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The reader asks for more time first.
    TimeExtension {
        /// How many times.
        times: u8,
        /// bError: multiples of the block waiting time.
        multiplier: u8,
    },
    /// So many answers with another sequence number come first.
    WrongSequence(u8),
    /// The answer's transfer ends after so many bytes.
    Truncated(usize),
    /// The answer's message type is not one of CCID's.
    UnknownType,
    /// The answer's transfer stalls.
    Stall,
    /// No answer comes.
    Silent {
        /// Whether the command was carried out all the same.
        executed: bool,
    },
    /// The message fails with this bError.
    Error {
        /// bError.
        code: u8,
        /// Whether the command was carried out all the same.
        executed: bool,
    },
    /// The answer comes in transfers of so many bytes.
    Split(usize),
    /// The empty packet after an answer of whole packets is left out.
    NoEmptyPacket,
    /// So many empty transfers come before the answer.
    Empty(u8),
    /// A block goes wrong between the contacts of a reader of the TPDU level and the card.
    Line(BlockFault),
    /// The card is taken away.
    Remove(Moment),
    /// The reader is unplugged.
    Unplug(Moment),
}

/// When, within one message, a card or reader goes away.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Moment {
    /// Before the command reaches the card.
    Before,
    /// After the card carried it out, before the host hears of it.
    During,
    /// After the answer was delivered.
    After,
}

/// The rules in force and how far they are.
#[derive(Debug, Default)]
pub struct Script {
    rules: Vec<Rule>,
    messages: u32,
    apdus: u32,
    blocks: u32,
}

impl Script {
    /// Counts from now.
    pub fn new(rules: Vec<Rule>) -> Self {
        Self { rules, ..Self::default() }
    }

    /// The faults of the next message; `instruction` is that of the command it completes.
    pub fn next(&mut self, instruction: Option<u8>) -> Vec<Fault> {
        self.messages += 1;
        self.apdus += u32::from(instruction.is_some());
        let due = |when| match when {
            When::Always => true,
            When::EveryApdu => instruction.is_some(),
            When::Message(number) => number == self.messages,
            When::Apdu(number) => instruction.is_some() && number == self.apdus,
            When::Instruction(byte) => instruction == Some(byte),
            When::Block(_) => false,
        };
        self.rules.iter().filter(|rule| due(rule.when)).map(|rule| rule.fault).collect()
    }

    /// The faults of the next block at TPDU level.
    pub fn next_block(&mut self) -> Vec<BlockFault> {
        self.blocks += 1;
        let due = self.rules.iter().filter(|rule| rule.when == When::Block(self.blocks));
        due.filter_map(|rule| if let Fault::Line(fault) = rule.fault { Some(fault) } else { None }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_strike_when_they_say() {
        let rule = |when| Rule { when, fault: Fault::Stall };
        let struck = |when, instructions: &[Option<u8>]| -> Vec<bool> {
            let mut script = Script::new(vec![rule(when)]);
            instructions.iter().map(|i| !script.next(*i).is_empty()).collect()
        };
        let messages = [None, Some(0xA4), None, Some(0x20)];
        assert_eq!(struck(When::Always, &messages), [true, true, true, true]);
        assert_eq!(struck(When::EveryApdu, &messages), [false, true, false, true]);
        assert_eq!(struck(When::Message(3), &messages), [false, false, true, false]);
        assert_eq!(struck(When::Apdu(2), &messages), [false, false, false, true]);
        assert_eq!(struck(When::Instruction(0xA4), &messages), [false, true, false, false]);
    }

    #[test]
    fn rules_are_data() {
        let text = r#"[{"when":{"apdu":3},"fault":{"remove":"during"}},
            {"when":"always","fault":{"time_extension":{"times":2,"multiplier":1}}}]"#;
        let rules: Vec<Rule> = serde_json::from_str(text).unwrap();
        assert_eq!(rules[0], Rule { when: When::Apdu(3), fault: Fault::Remove(Moment::During) });
        assert_eq!(
            serde_json::from_str::<Vec<Rule>>(&serde_json::to_string(&rules).unwrap()).unwrap(),
            rules
        );
    }
}
