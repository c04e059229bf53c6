//! What a reader of the TPDU level knows of the card in its slot: protocol and speed on both sides.

use super::{descriptor::Build, message::error};
use crate::contact::{BlockFault, CardT0, CardT1, Line, Passed};

/// Fi 372, Di 1.
const SLOWEST: u8 = 0x11;
const AUTO_NEGOTIATION: u16 = 0x40;
const AUTO_PPS: u16 = 0x80;

/// A powered card at the contacts.
#[derive(Debug)]
pub(super) struct Contact {
    line: Line,
    t0: CardT0,
    /// Nothing was sent since the ATR: PPS is possible.
    fresh: bool,
    refuses_pps: bool,
    offers: Offers,
    /// Protocol and speed of the card, and of the reader. Unless they agree, nothing is understood.
    card: (u8, u8),
    reader: (u8, u8),
}

/// What an ATR says, as far as a line needs it.
#[derive(Clone, Copy, Debug)]
struct Offers {
    protocols: u16,
    first: u8,
    speed: u8,
    /// TA2.
    specific: Option<u8>,
    size: u8,
    crc: bool,
}

impl Contact {
    /// A card that has just answered with this ATR.
    pub(super) fn new(build: &Build, atr: &[u8]) -> Self {
        let offers = Offers::read(atr);
        let begins = (offers.first, SLOWEST);
        // A card in specific mode goes at its own protocol and speed from the ATR on.
        let specific = offers.specific.map(|ta2| (ta2 & 0x0F, offers.speed));
        let agreed = if offers.protocols & 2 != 0 { (1, offers.speed) } else { (offers.first, offers.speed) };
        let at = if build.does(AUTO_NEGOTIATION) { agreed } else { begins };
        Self {
            line: Line::new(CardT1::new(offers.size, offers.crc), Vec::new()),
            t0: CardT0::default(),
            fresh: true,
            refuses_pps: build.refuses_pps,
            offers,
            card: specific.unwrap_or(at),
            reader: at,
        }
    }

    /// The card's side of T=1.
    pub(super) fn card(&self) -> &CardT1 {
        self.line.card()
    }

    /// SetParameters: the reader follows, and takes the card along if it does PPS by itself.
    pub(super) fn set(&mut self, build: &Build, protocol: u8, speed: u8) {
        self.reader = (protocol, speed);
        let fixed = self.offers.specific.is_some();
        if build.does(AUTO_PPS) && self.fresh && !fixed && self.offers.protocols & 1 << protocol != 0 {
            self.card = self.reader;
        }
    }

    /// One transfer; `Err` is a bError.
    pub(super) fn transfer(
        &mut self,
        data: &[u8],
        due: &[BlockFault],
        execute: &mut dyn FnMut(&[u8]) -> Vec<u8>,
    ) -> Result<Vec<u8>, u8> {
        if std::mem::take(&mut self.fresh) && data.first() == Some(&0xFF) {
            return self.pps(data).ok_or(error::MUTE);
        }
        if self.card != self.reader {
            return Err(error::MUTE);
        }
        if self.card.0 == 0 {
            return Ok(self.t0.receive(data, execute));
        }
        match self.line.carry(data, due, execute) {
            Passed::Block(block) => Ok(block),
            Passed::Garbled => Err(error::PARITY),
            Passed::Nothing => Err(error::MUTE),
        }
    }

    /// PPS (ISO/IEC 7816-3 §9): the card takes what it offers, else it stays silent.
    fn pps(&mut self, request: &[u8]) -> Option<Vec<u8>> {
        if self.refuses_pps
            || self.offers.specific.is_some()
            || request.iter().fold(0, |sum, byte| sum ^ byte) != 0
        {
            return None;
        }
        let (protocol, speed) = match *request {
            [_, pps0, _] if pps0 & 0xF0 == 0 => (pps0, SLOWEST),
            [_, pps0, speed, _] if pps0 & 0xF0 == 0x10 => (pps0 & 0x0F, speed),
            _ => return None,
        };
        let fits = protocol < 16 && self.offers.protocols & 1 << protocol != 0;
        if !fits || speed != SLOWEST && speed != self.offers.speed {
            return None;
        }
        self.card = (protocol, speed);
        Some(request.to_vec())
    }
}

impl Offers {
    fn read(atr: &[u8]) -> Self {
        let mut offers =
            Self { protocols: 0, first: 0, speed: SLOWEST, specific: None, size: 32, crc: false };
        let mut rest = atr.get(2..).unwrap_or_default().iter().copied();
        let (mut presence, mut round, mut about) = (atr.get(1).copied().unwrap_or(0), 1, None);
        loop {
            let mut take = |bit: u8| if presence & bit != 0 { rest.next() } else { None };
            let (ta, _, tc, td) = (take(0x10), take(0x20), take(0x40), take(0x80));
            if round == 1 {
                offers.speed = ta.unwrap_or(SLOWEST);
            }
            if round == 2 {
                offers.specific = ta;
            }
            if round > 2 && about == Some(1) && offers.size == 32 {
                offers.size = ta.unwrap_or(32);
                offers.crc = tc.unwrap_or(0) & 1 == 1;
            }
            let Some(td) = td else { break };
            if offers.protocols == 0 {
                offers.first = td & 0x0F;
            }
            offers.protocols |= 1 << (td & 0x0F);
            (presence, about) = (td, Some(td & 0x0F));
            round += 1;
        }
        if offers.protocols == 0 {
            offers.protocols = 1;
        }
        offers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_atr_says_what_a_line_needs() {
        let card = Offers::read(&[0x3B, 0xDA, 0x13, 0xFF, 0x81, 0x31, 0xFB, 0x46, 0x80]);
        assert_eq!((card.protocols, card.first, card.speed, card.size, card.crc), (2, 1, 0x13, 0xFB, false));
        let plain = Offers::read(&[0x3B, 0x00]);
        assert_eq!((plain.protocols, plain.first, plain.speed), (1, 0, SLOWEST));
        // T=0 first, then T=1 with a CRC.
        let both = Offers::read(&[0x3B, 0x90, 0x95, 0x80, 0x51, 0xFE, 0x01, 0x3B]);
        assert_eq!((both.protocols, both.first, both.speed, both.size, both.crc), (3, 0, 0x95, 0xFE, true));
    }
}
