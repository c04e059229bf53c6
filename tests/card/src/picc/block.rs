//! The card's half of the block protocol (ISO/IEC 14443-4 §7.5: rules for the PICC).

use std::collections::VecDeque;

use super::{Picc, Said, State, WtxRule, WtxWhen, clock::fwt_us};

/// FSC and FSD by FSCI and FSDI.
const SIZES: [usize; 9] = [16, 24, 32, 40, 48, 64, 96, 128, 256];
const CHAINING: u8 = 0x10;
const CID: u8 = 0x08;
const NAD: u8 = 0x04;
const NAK: u8 = 0x10;
/// The longest waiting time a request for more can lead to: that of FWI 14.
const LONGEST_FWI: u8 = 14;

/// The longest frame for an FSCI or FSDI.
pub(super) fn size(index: u8) -> usize {
    SIZES[usize::from(index).min(SIZES.len() - 1)]
}

/// What the card sends when the host has granted it more time.
#[derive(Debug)]
struct Pending {
    block: Vec<u8>,
    left_us: u32,
    times: u8,
    multiplier: u8,
}

/// The state of the block protocol.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    fsd: usize,
    cid: u8,
    /// Whether the host's present block has a CID.
    with_cid: bool,
    number: u8,
    incoming: Vec<u8>,
    outgoing: VecDeque<Vec<u8>>,
    last: Vec<u8>,
    pending: Option<Pending>,
    begun: bool,
    pub(super) duplicates: u32,
}

impl Blocks {
    /// After RATS or ATTRIB: the number starts at 1 (rule C).
    pub(super) fn begin(&mut self, fsdi: u8, cid: u8) {
        self.reset();
        self.fsd = size(fsdi);
        self.cid = cid;
        self.number = 1;
    }

    pub(super) fn reset(&mut self) {
        *self = Self { duplicates: self.duplicates, ..Self::default() };
    }
}

impl Picc {
    /// A block from the host. Whatever is wrong with it, the card stays silent and waits for the next.
    pub(super) fn block(&mut self, frame: &[u8]) -> Option<Said> {
        if frame.len() + 2 > size(self.options.fsci) {
            self.violate("a frame longer than FSC");
            return None;
        }
        if matches!(frame, [0x05, _, _]) {
            // A request is for others.
            return None;
        }
        let (&pcb, mut rest) = frame.split_first()?;
        if !std::mem::replace(&mut self.blocks.begun, true) && pcb & 0xF0 == 0xD0 {
            // PPS: nothing but 106 kbit/s is known here.
            return self.say(vec![pcb], true);
        }
        self.blocks.with_cid = pcb & CID != 0;
        if self.blocks.with_cid {
            let (&cid, body) = rest.split_first()?;
            if !self.options.cid || cid & 0x0F != self.blocks.cid {
                return None;
            }
            rest = body;
        } else if self.blocks.cid != 0 {
            return None;
        }
        match pcb & !CID {
            pcb if pcb & 0xE2 == 0x02 => self.information(pcb, rest),
            pcb if pcb & 0xE6 == 0xA2 && rest.is_empty() => self.receipt(pcb & NAK != 0, pcb & 1),
            0xC2 if rest.is_empty() => {
                let block = self.header(0xC2);
                self.state = State::Halt;
                self.card.power();
                self.blocks.reset();
                self.say(block, true)
            }
            0xF2 => self.granted(rest),
            _ => {
                self.violate("a block of no known kind");
                None
            }
        }
    }

    fn information(&mut self, pcb: u8, data: &[u8]) -> Option<Said> {
        if pcb & NAD != 0 {
            self.violate("a block with a NAD");
            return None;
        }
        if pcb & 1 == self.blocks.number {
            // Seen before: a host that keeps the rules only comes to this after it heard something stale.
            self.blocks.duplicates += 1;
            return self.again();
        }
        if self.blocks.pending.take().is_some() {
            self.violate("an I-block in place of the time the card asked for");
        }
        if !self.blocks.outgoing.is_empty() {
            self.violate("an I-block in the middle of the card's chain");
            self.blocks.outgoing.clear();
        }
        self.blocks.number ^= 1;
        self.blocks.incoming.extend(data);
        if pcb & CHAINING != 0 {
            let block = self.header(0xA2 | self.blocks.number);
            let rule = self.rule(|when| when == WtxWhen::Parts);
            return self.after(block, self.options.work.turnaround_us, rule);
        }
        let apdu = std::mem::take(&mut self.blocks.incoming);
        let answer = self.card.transmit(&apdu);
        self.apdus.push(apdu.clone());
        let nth = u32::try_from(self.apdus.len()).unwrap_or(u32::MAX);
        let rule = self.rule(|when| match when {
            WtxWhen::Always => true,
            WtxWhen::Apdu(number) => number == nth,
            WtxWhen::Instruction(byte) => apdu.get(1) == Some(&byte),
            WtxWhen::Parts | WtxWhen::Chain => false,
        });
        let most = self.blocks.fsd.saturating_sub(2 + self.header(0).len()).max(1);
        self.blocks.outgoing = answer.chunks(most).map(<[u8]>::to_vec).collect();
        let block = self.next_part();
        let work = self.options.work.on(&apdu).saturating_add(self.options.work.turnaround_us);
        self.after(block, work, rule)
    }

    /// R(ACK) and R(NAK) (rules E, 11, 12, 13).
    fn receipt(&mut self, nak: bool, number: u8) -> Option<Said> {
        if number == self.blocks.number {
            if self.blocks.last.is_empty() {
                self.violate("a receipt for nothing");
            }
            return self.again();
        }
        if nak {
            let block = self.header(0xA2 | self.blocks.number);
            return self.send(block, self.options.work.turnaround_us);
        }
        if self.blocks.outgoing.is_empty() || self.blocks.pending.is_some() {
            self.violate("an R(ACK) with nothing to go on with");
            return None;
        }
        self.blocks.number ^= 1;
        let block = self.next_part();
        let rule = self.rule(|when| when == WtxWhen::Chain);
        self.after(block, self.options.work.turnaround_us, rule)
    }

    /// The host's answer to S(WTX).
    fn granted(&mut self, rest: &[u8]) -> Option<Said> {
        let Some(pending) = self.blocks.pending.take() else {
            self.violate("an S(WTX) the card did not ask for");
            return None;
        };
        if *rest != [pending.multiplier] {
            self.violate("an S(WTX) with another multiplier");
            self.blocks.pending = Some(pending);
            return None;
        }
        let Pending { block, left_us, times, multiplier } = pending;
        let most = fwt_us(self.options.fwi).saturating_mul(u32::from(multiplier)).min(fwt_us(LONGEST_FWI));
        let rule = (times > 0).then_some((times, multiplier));
        self.within(block, left_us, most, rule)
    }

    fn after(&mut self, block: Vec<u8>, work_us: u32, rule: Option<(u8, u8)>) -> Option<Said> {
        self.within(block, work_us, fwt_us(self.options.fwi), rule)
    }

    /// Sends a block after so much work, or asks for more time when the work is longer than `most`, or by rule.
    fn within(&mut self, block: Vec<u8>, work: u32, most: u32, rule: Option<(u8, u8)>) -> Option<Said> {
        let fwt = fwt_us(self.options.fwi);
        if rule.is_none() && work <= most {
            return self.send(block, work);
        }
        let waited = work.min(most / 2);
        let left_us = work - waited;
        let needed = u8::try_from(left_us.div_ceil(fwt).saturating_add(1).min(59)).unwrap_or(59);
        let (times, multiplier) = rule.unwrap_or((1, needed));
        self.blocks.pending = Some(Pending { block, left_us, times: times.saturating_sub(1), multiplier });
        let request = [self.header(0xF2), vec![multiplier]].concat();
        self.send(request, waited)
    }

    fn again(&mut self) -> Option<Said> {
        let last = self.blocks.last.clone();
        if last.is_empty() { None } else { self.say(last, true) }
    }

    fn send(&mut self, block: Vec<u8>, wait_us: u32) -> Option<Said> {
        self.blocks.last.clone_from(&block);
        Some(Said { frame: block, crc: true, wait_us })
    }

    fn next_part(&mut self) -> Vec<u8> {
        let part = self.blocks.outgoing.pop_front().unwrap_or_default();
        let more = if self.blocks.outgoing.is_empty() { 0 } else { CHAINING };
        [self.header(0x02 | more | self.blocks.number), part].concat()
    }

    /// PCB, and CID when the host's block had one.
    fn header(&self, pcb: u8) -> Vec<u8> {
        if self.blocks.with_cid { vec![pcb | CID, self.blocks.cid] } else { vec![pcb] }
    }

    fn rule(&self, due: impl Fn(WtxWhen) -> bool) -> Option<(u8, u8)> {
        let rule: Option<&WtxRule> = self.options.wtx.iter().find(|rule| due(rule.when) && rule.times > 0);
        rule.map(|rule| (rule.times, rule.multiplier))
    }
}
