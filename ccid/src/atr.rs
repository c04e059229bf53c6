//! The answer to reset (ISO/IEC 7816-3 §8): enough to choose a protocol and set its parameters.
//!
//! A card is never recognised by its ATR, only by the applications it answers for.

use std::fmt;

use crate::t1::{Edc, T1Parameters};

/// Fi = 372, Di = 1: the speed of an answer to reset.
pub const SLOWEST: u8 = 0x11;

/// Why bytes are no ATR.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AtrError {
    /// TS is neither 3B nor 3F, or there are more than 33 bytes.
    Form,
    /// The bytes end before what they announce.
    Truncated,
    /// The check byte is wrong.
    Check,
}

impl fmt::Display for AtrError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Form => "not the form of an ATR",
            Self::Truncated => "the ATR ends too early",
            Self::Check => "the ATR's check byte is wrong",
        })
    }
}

impl std::error::Error for AtrError {}

/// The interface bytes of one round: TAi, TBi, TCi, TDi.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Round {
    /// TA.
    pub ta: Option<u8>,
    /// TB.
    pub tb: Option<u8>,
    /// TC.
    pub tc: Option<u8>,
    /// TD: the next round's presence bits and protocol.
    pub td: Option<u8>,
}

/// A card's answer to reset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Atr {
    bytes: Vec<u8>,
    rounds: Vec<Round>,
    historical: Vec<u8>,
}

impl Atr {
    /// Reads an ATR. A missing check byte is tolerated: some contactless readers leave it out.
    ///
    /// # Errors
    /// When the bytes break the form.
    pub fn parse(bytes: &[u8]) -> Result<Self, AtrError> {
        let &[0x3B | 0x3F, t0, ref rest @ ..] = bytes else {
            return Err(if bytes.len() < 2 { AtrError::Truncated } else { AtrError::Form });
        };
        if bytes.len() > 33 {
            return Err(AtrError::Form);
        }
        let mut rest = rest.iter();
        let mut take = |present: bool| match present {
            true => rest.next().map(|byte| Some(*byte)).ok_or(AtrError::Truncated),
            false => Ok(None),
        };
        let mut rounds = Vec::new();
        let mut presence = t0;
        loop {
            let has = |bit: u8| presence & bit != 0;
            let (a, b, c, d) = (has(0x10), has(0x20), has(0x40), has(0x80));
            let round = Round { ta: take(a)?, tb: take(b)?, tc: take(c)?, td: take(d)? };
            rounds.push(round);
            match round.td {
                Some(td) => presence = td,
                None => break,
            }
        }
        let rest = rest.as_slice();
        let (historical, check) = rest.split_at_checked(usize::from(t0 & 0x0F)).ok_or(AtrError::Truncated)?;
        let wants_check = rounds.iter().filter_map(|round| round.td).any(|td| td & 0x0F != 0);
        match check {
            [] => {}
            [_] if !wants_check => return Err(AtrError::Form),
            [_] if bytes.iter().skip(1).fold(0, |sum, byte| sum ^ byte) != 0 => return Err(AtrError::Check),
            [_] => {}
            _ => return Err(AtrError::Form),
        }
        Ok(Self { bytes: bytes.to_vec(), historical: historical.to_vec(), rounds })
    }

    /// The bytes as they came.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The historical bytes.
    pub fn historical(&self) -> &[u8] {
        &self.historical
    }

    /// The interface bytes of round 1, 2, …
    pub fn round(&self, number: usize) -> Round {
        number.checked_sub(1).and_then(|at| self.rounds.get(at)).copied().unwrap_or_default()
    }

    /// Whether the card offers this protocol. A card that names none speaks T=0.
    pub fn offers(&self, protocol: u8) -> bool {
        let mut named = self.rounds.iter().filter_map(|round| round.td).map(|td| td & 0x0F).peekable();
        if named.peek().is_none() { protocol == 0 } else { named.any(|it| it == protocol) }
    }

    /// The protocol of specific mode (TA2), which the card will not change.
    pub fn specific_mode(&self) -> Option<u8> {
        self.round(2).ta.map(|ta2| ta2 & 0x0F)
    }

    /// T=1 when both sides know it, T=0 otherwise; specific mode decides. `protocols` is `dwProtocols`.
    pub fn choose(&self, protocols: u32) -> u8 {
        match self.specific_mode() {
            Some(protocol) => protocol,
            None if self.offers(1) && protocols & 2 != 0 => 1,
            None => 0,
        }
    }

    /// What it says about T=1: the first TA, TB and TC after a TD that names T=1, from round 3 on.
    pub fn t1(&self) -> T1Parameters {
        let first = self.rounds.windows(2).skip(1).find_map(|pair| match pair {
            [before, round] if before.td.is_some_and(|td| td & 0x0F == 1) => Some(*round),
            _ => None,
        });
        let (round, default) = (first.unwrap_or_default(), T1Parameters::default());
        T1Parameters {
            // 00 and FF are reserved.
            ifsc: round.ta.filter(|ta| (1..=254).contains(ta)).unwrap_or(default.ifsc),
            waiting: round.tb.unwrap_or(default.waiting),
            edc: if round.tc.unwrap_or(0) & 1 == 1 { Edc::Crc } else { Edc::Lrc },
        }
    }

    /// The protocol a card speaks when nobody asks for another: the first it names.
    pub fn first_protocol(&self) -> u8 {
        let first = self.rounds.iter().find_map(|round| round.td).map_or(0, |td| td & 0x0F);
        self.specific_mode().unwrap_or(first)
    }

    /// TA1, the speed the card offers, when it differs from the one it begins with.
    pub fn speed(&self) -> Option<u8> {
        self.round(1).ta.filter(|ta| *ta != SLOWEST)
    }

    /// The speed of specific mode: TA1, unless TA2 leaves it to what the reader knows of the card.
    pub fn fixed_speed(&self) -> u8 {
        let implicit = self.round(2).ta.is_some_and(|ta2| ta2 & 0x10 != 0);
        self.round(1).ta.filter(|_| !implicit).unwrap_or(SLOWEST)
    }

    /// `abProtocolDataStructure` of SetParameters (CCID 6.1.7) for T=0 or T=1 at this speed (Fi and Di).
    pub fn parameters(&self, protocol: u8, speed: u8) -> Vec<u8> {
        let guard = self.round(1).tc.unwrap_or(0);
        let inverse = if self.bytes.first() == Some(&0x3F) { 2 } else { 0 };
        if protocol == 0 {
            return vec![speed, inverse, guard, self.round(2).tc.unwrap_or(0x0A), 0x00];
        }
        let t1 = self.t1();
        vec![speed, 0x10 | inverse | (t1.edc == Edc::Crc) as u8, guard, t1.waiting, 0x00, t1.ifsc, 0x00]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn bytes(hex: &str) -> Vec<u8> {
        (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
    }

    #[test]
    fn my_number_cards_answer() {
        // OpenSC's and pcsc-tools' lists.
        for hex in [
            "3BDA13FF8131FB468012392F31C173C601C03B",
            "3BC5FF8131FB458073C6010000",
            "3BF59100FF918171FE400042000100D1D6",
            "3BF59100FF918171FE4000420001B3A115",
            "3BE000FF8131FE4514",
            "3B888001000005E0B381A1007F",
            "3B888001000041E0B381A1003B",
            "3B888001004B51FF0081D100BC",
            "3B888001004B51FFB381D1000F",
        ] {
            let atr = Atr::parse(&bytes(hex)).unwrap();
            assert!(atr.offers(1), "{hex}");
            assert_eq!(atr.choose(3), 1, "{hex}");
            assert_eq!(atr.bytes(), bytes(hex));
            let mut wrong = bytes(hex);
            *wrong.last_mut().unwrap() ^= 1;
            assert_eq!(Atr::parse(&wrong), Err(AtrError::Check), "{hex}");
        }
    }

    #[test]
    fn interface_bytes_become_parameters() {
        let atr = Atr::parse(&bytes("3BDA13FF8131FB468012392F31C173C601C03B")).unwrap();
        assert_eq!(atr.parameters(1, 0x13), [0x13, 0x10, 0xFF, 0x46, 0x00, 0xFB, 0x00]);
        assert_eq!(atr.historical(), bytes("8012392F31C173C601C0"));
        assert_eq!(atr.specific_mode(), None);
        let specific = Atr::parse(&bytes("3BF59100FF918171FE400042000100D1D6")).unwrap();
        assert_eq!(specific.specific_mode(), Some(1));
        assert_eq!(specific.choose(1), 1);
        let old = Atr::parse(&bytes("3B0011")[..2]).unwrap();
        assert!(old.offers(0) && !old.offers(1));
        assert_eq!(old.parameters(0, SLOWEST), [0x11, 0, 0, 0x0A, 0]);
    }

    #[test]
    fn what_is_no_atr_is_refused() {
        assert_eq!(Atr::parse(&[]), Err(AtrError::Truncated));
        assert_eq!(Atr::parse(&[0x3C, 0]), Err(AtrError::Form));
        assert_eq!(Atr::parse(&bytes("3BDA13FF8131")), Err(AtrError::Truncated));
        assert_eq!(Atr::parse(&[0x3B; 40]), Err(AtrError::Form));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(mut bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            if let Some(first) = bytes.first_mut() {
                *first = 0x3B;
            }
            if let Ok(atr) = Atr::parse(&bytes) {
                prop_assert_eq!(atr.parameters(0, SLOWEST).len(), 5);
                prop_assert_eq!(atr.parameters(1, SLOWEST).len(), 7);
            }
        }
    }
}
