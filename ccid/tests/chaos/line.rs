//! The wire between host and reader, on which things go wrong.
//!
//! It stands outside of the virtual readers and knows nothing of what they can break by themselves.

use std::collections::VecDeque;

use ccid::myna::Step;
use ccid::usb::UsbError;
use kakehashi_card::{Received, VirtualCard, VirtualDevice};

use crate::chance::Chance;
use crate::fault::{Fault, Phase, Place, Plan, Strike, Struck, Way};
use crate::rig::Rig;
use crate::watch::Watch;

/// No wait is longer, milliseconds.
const LONGEST: u32 = 70_000;
/// Older transfers that may come again: fewer than CCID has sequence numbers.
const REMEMBERED: usize = 100;

pub(crate) struct Line {
    pub(crate) device: Box<dyn VirtualDevice>,
    pub(crate) watch: Watch,
    pub(crate) struck: Vec<Struck>,
    /// What the session does, and what it did before it put the card to rest.
    pub(crate) step: Option<Step>,
    pub(crate) before_finish: Option<Step>,
    /// Microseconds.
    pub(crate) clock: u64,
    /// Both ways, also those that failed.
    pub(crate) transfers: u32,
    rig: Rig,
    strikes: Vec<Strike>,
    /// The device's own clock when it was looked at last.
    seen: u64,
    /// The card somebody has in the hand, and after how many transfers it comes back.
    hand: Option<(VirtualCard, Option<u8>)>,
    /// To the reader, with the next transfer.
    pub(crate) held: Option<Vec<u8>>,
    /// To the host, before anything from the reader.
    inbox: VecDeque<Vec<u8>>,
    /// What came to the host.
    past: VecDeque<Vec<u8>>,
    /// Bytes of a message of which a part has come.
    owing: usize,
}

impl Line {
    pub(crate) fn new(rig: Rig, card: VirtualCard, plan: &Plan) -> Self {
        let mut device = rig.device();
        device.insert(card);
        Self {
            device,
            watch: Watch::default(),
            struck: Vec::new(),
            step: None,
            before_finish: None,
            clock: 0,
            transfers: 0,
            rig,
            strikes: plan.strikes.clone(),
            seen: 0,
            hand: None,
            held: None,
            inbox: VecDeque::new(),
            past: VecDeque::new(),
            owing: 0,
        }
    }

    /// What the session says that it does next.
    pub(crate) fn observe(&mut self, step: Step) {
        if step == Step::Finishing {
            self.before_finish = self.step;
        }
        self.step = Some(step);
    }

    /// The person pulls the plug and puts it back.
    pub(crate) fn replug(&mut self) {
        self.device.unplug();
        self.device.plug();
    }

    /// Nothing goes wrong any more; the card lies on the reader and the reader is plugged in.
    pub(crate) fn calm(&mut self) {
        self.strikes.clear();
        self.put_back();
        if !self.device.is_plugged() {
            self.device.plug();
        }
    }

    /// How many PINs and commands the card has been given.
    pub(crate) fn counts(&mut self) -> (u64, u64) {
        let card = self.device.card().unwrap();
        (card.presented(), card.commands())
    }

    /// Takes the card out for good.
    pub(crate) fn take_card(mut self) -> VirtualCard {
        self.put_back();
        self.device.remove().unwrap()
    }

    fn put_back(&mut self) {
        if let Some((card, _)) = self.hand.take() {
            self.device.insert(card);
        }
    }

    /// The fault of this transfer; what befalls card and plug before it is done.
    fn begin(&mut self, deadline: u32) -> Option<(Fault, Chance)> {
        assert!((1..=LONGEST).contains(&deadline), "a wait of {deadline} ms");
        let number = self.transfers;
        self.transfers += 1;
        if let Some((_, Some(left))) = &mut self.hand {
            *left = left.saturating_sub(1);
            if *left == 0 {
                self.put_back();
            }
        }
        let at = self.strikes.iter().position(|strike| strike.transfer == number)?;
        let strike = self.strikes.remove(at);
        let back = match strike.fault {
            Fault::Taken => Some(None),
            Fault::Moved(transfers) => Some(Some(transfers)),
            _ => None,
        };
        if let Some(back) = back.filter(|_| self.device.is_plugged())
            && let Some(card) = self.device.remove()
        {
            self.hand = Some((card, back));
            if back == Some(0) {
                self.put_back();
            }
        }
        if strike.fault == Fault::VanishedBefore {
            self.device.unplug();
        }
        Some((strike.fault, Chance::new(strike.salt)))
    }

    fn strike(&mut self, fault: Fault, way: Way, place: Place) {
        let phase = match self.step {
            None => Phase::Opening,
            Some(Step::PoweringOn) => Phase::PoweringOn,
            Some(Step::Finishing | Step::Finished) => Phase::Finishing,
            Some(_) => Phase::Talking,
        };
        self.struck.push(Struck { fault, way, place, phase });
    }

    /// One transfer to the reader.
    pub(crate) fn send(&mut self, endpoint: u8, data: &[u8], deadline: u32) -> Result<(), UsbError> {
        let fault = self.begin(deadline);
        self.watch.sent(data);
        if !self.device.is_plugged() {
            if let Some((fault, _)) = fault {
                self.strike(fault, Way::ToReader, Place::Other);
            }
            return Err(UsbError::Disconnected);
        }
        let held = self.held.take();
        let mut deliver = |data: &[u8]| self.device.bulk_out(endpoint, data);
        if let Some(held) = held {
            deliver(&held);
        }
        let Some((fault, mut chance)) = fault else {
            deliver(data);
            return Ok(());
        };
        let at = chance.below(data.len());
        let mut bytes = data.to_vec();
        let mut result = Ok(());
        match fault {
            Fault::Slow => self.clock += u64::from(deadline - 1) * 1000,
            Fault::Lost => bytes.clear(),
            Fault::Late => result = self.expired(deadline),
            Fault::Short => bytes.truncate(at),
            Fault::Long => bytes.extend(chance.bytes(1 + at % 63)),
            Fault::Garbled if !bytes.is_empty() => bytes[at] ^= u8::try_from(1 + chance.below(255)).unwrap(),
            Fault::Duplicated => {
                self.watch.doubled(data);
                self.device.bulk_out(endpoint, data);
            }
            Fault::Displaced => self.held = Some(std::mem::take(&mut bytes)),
            Fault::Stalled => result = Err(UsbError::Stall),
            Fault::Failed => result = Err(UsbError::Other("the transfer failed".into())),
            _ => {}
        }
        // Nothing is delivered of a transfer that is cut to nothing; one that was empty is.
        let never = match fault {
            Fault::Lost | Fault::Displaced | Fault::Stalled | Fault::Failed => true,
            _ => fault == Fault::Short && bytes.is_empty(),
        };
        if !never {
            self.device.bulk_out(endpoint, &bytes);
        }
        if fault == Fault::VanishedAfter {
            self.device.unplug();
        }
        // The end of a message of whole packets comes by itself, or never.
        let whole = matches!(fault, Fault::Late | Fault::Displaced) && data.len().is_multiple_of(64);
        let place = if whole { Place::End } else { self.place(fault, Way::ToReader, data, at) };
        self.strike(fault, Way::ToReader, place);
        result
    }

    /// One transfer from the reader.
    pub(crate) fn receive(&mut self, endpoint: u8, max: usize, deadline: u32) -> Result<Vec<u8>, UsbError> {
        assert!(max > 0 && max.is_multiple_of(64), "requests are whole packets");
        let fault = self.begin(deadline);
        let came = self.arrived(endpoint, max, deadline);
        let Some((fault, mut chance)) = fault else { return self.pass(came, max) };
        let way = Way::ToHost;
        let mut data = match came {
            Ok(data) => data,
            Err(error) => {
                self.strike(fault, way, Place::Other);
                return Err(error);
            }
        };
        let at = chance.below(data.len());
        let place = self.place(fault, way, &data, at);
        self.strike(fault, way, place);
        match fault {
            Fault::Slow => self.clock += u64::from(deadline - 1) * 1000,
            Fault::Lost => return self.expired(deadline),
            Fault::Late => {
                self.inbox.push_front(data);
                return self.expired(deadline);
            }
            Fault::Short => data.truncate(at),
            Fault::Long => {
                let room = max.saturating_sub(data.len());
                data.extend(chance.bytes(room.min(1 + at % 63)));
            }
            Fault::Garbled if !data.is_empty() => data[at] ^= u8::try_from(1 + chance.below(255)).unwrap(),
            Fault::Duplicated => self.inbox.push_front(data.clone()),
            Fault::Displaced => {
                // Numbered messages are known however old they are; what is not numbered is the one before.
                let numbered = self.rig.is_ccid();
                let old =
                    if numbered { chance.below(self.past.len()) } else { self.past.len().wrapping_sub(1) };
                if let Some(old) = self.past.get(old).cloned() {
                    self.inbox.push_front(std::mem::replace(&mut data, old));
                }
            }
            Fault::Stalled => return Err(UsbError::Stall),
            Fault::Failed => return Err(UsbError::Other("the transfer failed".into())),
            Fault::VanishedAfter => self.device.unplug(),
            _ => {}
        }
        self.pass(Ok(data), max)
    }

    /// What is there for the host by now.
    fn arrived(&mut self, endpoint: u8, max: usize, deadline: u32) -> Result<Vec<u8>, UsbError> {
        let clock = self.device.clock();
        let took = clock - std::mem::replace(&mut self.seen, clock);
        self.clock += took;
        if let Some(data) = self.inbox.pop_front() {
            return Ok(data);
        }
        if took > u64::from(deadline) * 1000 {
            assert!(!self.struck.is_empty(), "the card may take longer than the host waits");
            return self.expired(deadline);
        }
        match self.device.transfer_in(0x80 | endpoint, max) {
            Some(Received::Data(data)) => Ok(data),
            Some(Received::Stall) => Err(UsbError::Stall),
            Some(Received::Overflow) => Err(UsbError::Other("babble".into())),
            None if !self.device.is_plugged() => Err(UsbError::Disconnected),
            // Nobody else moves here: what is not there now never comes.
            None => self.expired(deadline),
        }
    }

    /// What comes to the host; what it has no room for waits.
    fn pass(&mut self, came: Result<Vec<u8>, UsbError>, max: usize) -> Result<Vec<u8>, UsbError> {
        let mut data = came?;
        if data.len() > max {
            self.inbox.push_front(data.split_off(max));
        }
        let before = self.owing;
        self.owing = match (before, data.first_chunk::<5>()) {
            (0, Some(&[_, a, b, c, d])) => {
                let all = u32::from_le_bytes([a, b, c, d]).saturating_add(10);
                usize::try_from(all).unwrap().saturating_sub(data.len())
            }
            (owing, _) => owing.saturating_sub(data.len()),
        };
        if before == 0 && self.owing == 0 || !self.rig.is_ccid() {
            self.past.push_back(data.clone());
        }
        if self.past.len() > REMEMBERED {
            self.past.pop_front();
        }
        Ok(data)
    }

    fn expired<T>(&mut self, deadline: u32) -> Result<T, UsbError> {
        self.clock += u64::from(deadline) * 1000;
        Err(UsbError::Timeout)
    }

    fn place(&self, fault: Fault, way: Way, data: &[u8], at: usize) -> Place {
        let whole = matches!(fault, Fault::Duplicated | Fault::Displaced);
        let affairs = |kind: u8| match way {
            Way::ToReader => !matches!(kind, 0x6F | 0x6B),
            Way::ToHost => {
                !matches!(kind, 0x80 | 0x83) || data.get(10).is_some_and(|ts| matches!(ts, 0x3B | 0x3F))
            }
        };
        match (at, data.first()) {
            _ if data.is_empty() => Place::End,
            _ if !self.rig.is_ccid() => Place::Other,
            _ if way == Way::ToHost && self.owing > 0 => Place::Rest,
            _ if way == Way::ToHost && is_part(data) && whole => Place::Part,
            (0..10, _) => Place::Header(u8::try_from(at).unwrap()),
            (_, Some(kind)) if affairs(*kind) => Place::Affairs,
            _ => Place::Data,
        }
    }
}

/// Whether a transfer is the first of several that make a message.
fn is_part(data: &[u8]) -> bool {
    let length = data.get(1..5).and_then(|length| length.first_chunk()).map(|it| u32::from_le_bytes(*it));
    length.is_some_and(|length| usize::try_from(length).unwrap().saturating_add(10) > data.len())
}
