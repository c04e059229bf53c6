//! The card's side of T=1 (ISO/IEC 7816-3 §11).

use std::collections::VecDeque;

/// A request the card makes of the reader before it goes on.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Request {
    /// So many block waiting times.
    Wait(u8),
    /// So many information bytes fit from now on.
    Size(u8),
    /// The chain under way is given up.
    Abort,
}

/// A card at T=1, from its reset on.
#[derive(Debug)]
pub struct CardT1 {
    crc: bool,
    first_size: u8,
    /// Most information bytes it takes, and most the reader takes.
    own_size: u8,
    reader_size: u8,
    /// N(S) of the reader's next block, and of its own next one.
    expected: u8,
    next: u8,
    command: Vec<u8>,
    answer: VecDeque<u8>,
    /// The I-block sent last, with its number, until the reader begins something new.
    present: Option<(u8, Vec<u8>)>,
    /// A request without its answer, and the block that waits behind it.
    request: Option<(Request, Vec<u8>)>,
    /// What a reader may not do, and did.
    violations: Vec<&'static str>,
}

enum Block<'a> {
    I(u8, bool, &'a [u8]),
    R(u8),
    S(u8, &'a [u8]),
}

impl CardT1 {
    /// A card that takes so many information bytes at first, with a CRC or an LRC.
    pub fn new(size: u8, crc: bool) -> Self {
        Self {
            crc,
            first_size: size,
            own_size: size,
            reader_size: 32,
            expected: 0,
            next: 0,
            command: Vec::new(),
            answer: VecDeque::new(),
            present: None,
            request: None,
            violations: Vec::new(),
        }
    }

    /// What a reader did that it may not.
    pub fn violations(&self) -> &[&'static str] {
        &self.violations
    }

    /// The most information bytes the reader said it takes.
    pub fn reader_size(&self) -> u8 {
        self.reader_size
    }

    /// Takes a block and gives the one that answers it; `request` comes before an answer of information.
    pub fn receive(
        &mut self,
        block: &[u8],
        request: Option<Request>,
        execute: &mut dyn FnMut(&[u8]) -> Vec<u8>,
    ) -> Vec<u8> {
        let answer = match self.read(block) {
            Err(flaw) => return self.again(flaw),
            Ok(Block::S(pcb, info)) => return self.control(pcb, info),
            Ok(_) if self.request.is_some() => return self.again(2),
            Ok(Block::R(number)) => self.asked(number),
            Ok(Block::I(number, more, info)) => {
                let info = info.to_vec();
                self.information(number, more, &info, execute)
            }
        };
        match request {
            Some(request) => {
                self.request = Some((request, answer));
                self.again(0)
            }
            None => answer,
        }
    }

    fn information(
        &mut self,
        number: u8,
        more: bool,
        info: &[u8],
        execute: &mut dyn FnMut(&[u8]) -> Vec<u8>,
    ) -> Vec<u8> {
        if number != self.expected {
            return self.receipt(2);
        }
        if info.len() > usize::from(self.own_size) {
            self.violations.push("a block longer than the card takes");
            return self.receipt(2);
        }
        if !self.answer.is_empty() {
            self.violations.push("a new command before the end of the answer");
        }
        self.expected ^= 1;
        (self.answer, self.present) = (VecDeque::new(), None);
        self.command.extend(info);
        if more {
            return self.receipt(0);
        }
        self.answer = execute(&std::mem::take(&mut self.command)).into();
        self.part()
    }

    /// An R-block: the same again, the next part, or nothing that could be sent.
    fn asked(&mut self, number: u8) -> Vec<u8> {
        match &self.present {
            Some((same, block)) if *same == number => block.clone(),
            Some(_) if !self.answer.is_empty() => self.part(),
            _ => self.receipt(0),
        }
    }

    fn control(&mut self, pcb: u8, info: &[u8]) -> Vec<u8> {
        match (pcb, info) {
            (0xC0, []) => {
                *self = Self {
                    violations: std::mem::take(&mut self.violations),
                    ..Self::new(self.first_size, self.crc)
                };
                self.write(0xE0, &[])
            }
            (0xC1, &[size @ 1..=254]) => {
                self.reader_size = size;
                self.write(0xE1, &[size])
            }
            (0xC2, []) => {
                self.drop_chain();
                self.write(0xE2, &[])
            }
            _ => match (self.request.take(), pcb, info) {
                (Some((Request::Wait(times), held)), 0xE3, &[same]) if same == times => held,
                (Some((Request::Size(size), held)), 0xE1, &[same]) if same == size => {
                    self.own_size = size;
                    held
                }
                (Some((Request::Abort, _)), 0xE2, []) => {
                    self.drop_chain();
                    self.receipt(0)
                }
                (request, ..) => {
                    // Not a fault of the reader's: a request of before may have come to it again.
                    self.request = request;
                    self.again(2)
                }
            },
        }
    }

    fn drop_chain(&mut self) {
        self.command.clear();
        (self.answer, self.present) = (VecDeque::new(), None);
    }

    /// Its own request again, or a receipt that says what was wrong.
    fn again(&mut self, flaw: u8) -> Vec<u8> {
        match self.request {
            Some((Request::Wait(times), _)) => self.write(0xC3, &[times]),
            Some((Request::Size(size), _)) => self.write(0xC1, &[size]),
            Some((Request::Abort, _)) => self.write(0xC2, &[]),
            None => self.receipt(flaw),
        }
    }

    fn receipt(&self, flaw: u8) -> Vec<u8> {
        self.write(0x80 | self.expected << 4 | flaw, &[])
    }

    /// The next part of the answer.
    fn part(&mut self) -> Vec<u8> {
        let length = self.answer.len().min(usize::from(self.reader_size));
        let info: Vec<u8> = self.answer.drain(..length).collect();
        let more = u8::from(!self.answer.is_empty());
        let block = self.write(self.next << 6 | more << 5, &info);
        self.present = Some((self.next, block.clone()));
        self.next ^= 1;
        block
    }

    fn check(&self, bytes: &[u8]) -> Vec<u8> {
        if !self.crc {
            return vec![bytes.iter().fold(0, |sum, byte| sum ^ byte)];
        }
        let mut sum = 0xFFFF_u16;
        for bit in bytes.iter().flat_map(|byte| (0..8).map(move |at| byte >> at & 1)) {
            let carry = sum & 1 ^ u16::from(bit);
            sum = sum >> 1 ^ if carry == 1 { 0x8408 } else { 0 };
        }
        sum.to_be_bytes().to_vec()
    }

    fn write(&self, pcb: u8, info: &[u8]) -> Vec<u8> {
        let mut block = vec![0, pcb, u8::try_from(info.len()).unwrap_or(0)];
        block.extend(info);
        let check = self.check(&block);
        [block, check].concat()
    }

    /// A block's parts, or the number of what is wrong with it: 1 its check, 2 anything else.
    fn read<'a>(&self, block: &'a [u8]) -> Result<Block<'a>, u8> {
        let at = block.len().checked_sub(if self.crc { 2 } else { 1 }).ok_or(1)?;
        let (body, check) = block.split_at(at);
        if self.check(body) != check {
            return Err(1);
        }
        let &[0, pcb, length, ref info @ ..] = body else { return Err(2) };
        if usize::from(length) != info.len() {
            return Err(2);
        }
        match (pcb >> 6, pcb & 0x1F) {
            (0 | 1, 0) => Ok(Block::I(pcb >> 6, pcb & 0x20 != 0, info)),
            (2, 0x00..=0x02 | 0x10..=0x12) if pcb & 0x20 == 0 => Ok(Block::R(pcb >> 4 & 1)),
            (3, _) => Ok(Block::S(pcb, info)),
            _ => Err(2),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lrc(bytes: &[u8]) -> Vec<u8> {
        [bytes, &[bytes.iter().fold(0, |sum, byte| sum ^ byte)]].concat()
    }

    #[test]
    fn a_command_and_an_answer_in_two_parts() {
        let mut card = CardT1::new(2, false);
        let mut seen = Vec::new();
        let mut execute = |command: &[u8]| {
            seen.push(command.to_vec());
            vec![7; 34]
        };
        let mut ask = |block: &[u8]| card.receive(&lrc(block), None, &mut execute);
        assert_eq!(ask(&[0, 0x20, 2, 1, 2]), lrc(&[0, 0x90, 0]));
        assert_eq!(ask(&[0, 0x20, 2, 1, 2]), lrc(&[0, 0x92, 0]), "the same again");
        let first = ask(&[0, 0x40, 1, 3]);
        assert_eq!((first[1], first[2]), (0x20, 32));
        assert_eq!(ask(&[0, 0x80, 0]), first, "the same again");
        assert_eq!(ask(&[0, 0x90, 0]), lrc(&[0, 0x40, 2, 7, 7]));
        assert_eq!(ask(&[0, 0x80, 0]), lrc(&[0, 0x80, 0]), "there is no more");
        assert_eq!(seen, [[1, 2, 3]]);
    }

    #[test]
    fn a_request_holds_the_answer_back() {
        let mut card = CardT1::new(254, false);
        let mut execute = |_: &[u8]| vec![0x90, 0];
        let wait = card.receive(&lrc(&[0, 0, 1, 9]), Some(Request::Wait(3)), &mut execute);
        assert_eq!(wait, lrc(&[0, 0xC3, 1, 3]));
        assert_eq!(card.receive(&lrc(&[0, 0x80, 0]), None, &mut execute), wait, "asked again");
        let answer = card.receive(&lrc(&[0, 0xE3, 1, 3]), None, &mut execute);
        assert_eq!(answer, lrc(&[0, 0, 2, 0x90, 0]));
        assert!(card.violations().is_empty());
    }
}
