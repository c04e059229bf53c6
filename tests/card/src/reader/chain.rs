//! Commands and answers that travel in several messages (CCID 1.1 §6.1.4, §6.2.1, wLevelParameter).

use std::collections::VecDeque;

use super::descriptor::{Build, Level};
use crate::apdu::Command;

/// What a transfer message means.
#[derive(Debug, PartialEq)]
pub(super) enum Step {
    /// The command is not whole; the host is asked for its next part.
    More,
    /// A whole command.
    Apdu(Vec<u8>),
    /// The host asks for the next part of the answer.
    Continue,
    /// wLevelParameter does not fit here.
    WrongLevel,
    /// The command cannot be sent at this reader's level.
    WrongLength,
}

/// The state of both chains.
#[derive(Debug, Default)]
pub(super) struct Chains {
    incoming: Option<Vec<u8>>,
    outgoing: VecDeque<Vec<u8>>,
    /// Whether a part of the present answer has been sent.
    begun: bool,
}

impl Chains {
    /// Takes in one message.
    pub(super) fn step(&mut self, build: &Build, level: u16, data: &[u8]) -> Step {
        match (build.level, level, self.incoming.take()) {
            (Level::Short, 0, _) if !fits_short(data) => Step::WrongLength,
            (_, 0, None) => self.whole(data.to_vec()),
            (Level::Extended, 1, None) => self.more(data.to_vec()),
            (Level::Extended, 3, Some(part)) => self.more([&part, data].concat()),
            (Level::Extended, 2, Some(part)) => self.whole([&part, data].concat()),
            (Level::Extended, 0x10, None) if !self.outgoing.is_empty() && data.is_empty() => Step::Continue,
            _ => {
                self.outgoing.clear();
                Step::WrongLevel
            }
        }
    }

    /// Cuts an answer into parts.
    pub(super) fn answer(&mut self, build: &Build, answer: Vec<u8>) {
        self.begun = false;
        self.outgoing = match build.level {
            Level::Short | Level::Tpdu => [answer].into(),
            Level::Extended => {
                let most = usize::try_from(build.max_message).unwrap_or(usize::MAX).saturating_sub(10).max(1);
                answer.chunks(most).map(<[u8]>::to_vec).collect()
            }
        };
    }

    /// The next part and its bChainParameter.
    pub(super) fn part(&mut self) -> (Vec<u8>, u8) {
        let part = self.outgoing.pop_front().unwrap_or_default();
        let first = !std::mem::replace(&mut self.begun, true);
        let chain = match (first, self.outgoing.is_empty()) {
            (true, true) => 0x00,
            (true, false) => 0x01,
            (false, false) => 0x03,
            (false, true) => 0x02,
        };
        (part, chain)
    }

    fn more(&mut self, part: Vec<u8>) -> Step {
        self.outgoing.clear();
        self.incoming = Some(part);
        Step::More
    }

    fn whole(&mut self, apdu: Vec<u8>) -> Step {
        self.outgoing.clear();
        if apdu.len() < 4 { Step::WrongLength } else { Step::Apdu(apdu) }
    }
}

/// A command whose lengths are nonsense is left to the card; an extended one is not sent.
fn fits_short(apdu: &[u8]) -> bool {
    apdu.len() <= 261 && Command::parse(apdu).is_none_or(|command| !command.extended)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: Build = Build { max_message: 14, ..Build::EXTENDED };

    #[test]
    fn a_command_in_parts() {
        let mut chains = Chains::default();
        assert_eq!(chains.step(&SMALL, 1, &[0, 1]), Step::More);
        assert_eq!(chains.step(&SMALL, 3, &[2]), Step::More);
        assert_eq!(chains.step(&SMALL, 2, &[3, 4]), Step::Apdu(vec![0, 1, 2, 3, 4]));
    }

    #[test]
    fn an_answer_in_parts() {
        let mut chains = Chains::default();
        let mut parts = |length: u8| {
            chains.answer(&SMALL, (0..length).collect());
            let mut parts = vec![chains.part()];
            while chains.step(&SMALL, 0x10, &[]) == Step::Continue {
                parts.push(chains.part());
            }
            parts.into_iter().map(|(part, chain)| (part.len(), chain)).collect::<Vec<_>>()
        };
        assert_eq!(parts(4), [(4, 0)]);
        assert_eq!(parts(8), [(4, 1), (4, 2)]);
        assert_eq!(parts(9), [(4, 1), (4, 3), (1, 2)]);
    }

    #[test]
    fn parts_out_of_order_are_refused_and_forgotten() {
        for level in [2, 3, 0x10, 7] {
            assert_eq!(Chains::default().step(&SMALL, level, &[0; 4]), Step::WrongLevel, "{level}");
        }
        let mut chains = Chains::default();
        chains.step(&SMALL, 1, &[0, 1]);
        assert_eq!(chains.step(&SMALL, 1, &[0, 1]), Step::WrongLevel);
        assert_eq!(chains.step(&SMALL, 2, &[0, 1]), Step::WrongLevel);
        assert_eq!(Chains::default().step(&Build::default(), 1, &[0, 1, 2, 3]), Step::WrongLevel);
    }

    #[test]
    fn a_short_reader_sends_no_extended_command() {
        let short = Build::default();
        let step = |apdu: &[u8]| Chains::default().step(&short, 0, apdu);
        assert_eq!(step(&[0, 0xB0, 0, 0, 0, 0, 0]), Step::WrongLength);
        assert_eq!(step(&[0; 262]), Step::WrongLength);
        assert_eq!(step(&[0; 3]), Step::WrongLength);
        assert_eq!(step(&[0, 0x20, 0, 0x80]), Step::Apdu(vec![0, 0x20, 0, 0x80]));
    }
}
