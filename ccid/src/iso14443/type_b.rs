//! Type B: REQB, ATQB, ATTRIB (ISO/IEC 14443-3 §7).

use super::{Activated, Link, Unreadable, contactless_atr, frame_size, guard_time, waiting_time};

/// REQB to every card, one time slot, extended ATQB understood.
pub const REQB: [u8; 3] = [0x05, 0x00, 0x10];

/// What a card says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Atqb {
    /// Its address in this activation. Often random: nobody's identity.
    pub pupi: [u8; 4],
    /// Application data.
    pub application: [u8; 4],
    /// Protocol info, without the fourth byte of the extended form.
    pub protocol: [u8; 3],
    /// What to keep to.
    pub link: Link,
}

impl Atqb {
    /// Reads an ATQB, 12 bytes or the extended 13.
    ///
    /// # Errors
    /// When it is none, or its card does not speak ISO/IEC 14443-4.
    pub fn parse(frame: &[u8]) -> Result<Self, Unreadable> {
        let (&[0x50, p0, p1, p2, p3, a0, a1, a2, a3, rates, sizes, times], extended) =
            frame.split_first_chunk().ok_or(Unreadable::Form)?
        else {
            return Err(Unreadable::Form);
        };
        let start_up = match *extended {
            [] => 0,
            [byte] => byte >> 4,
            _ => return Err(Unreadable::Form),
        };
        if sizes & 0x08 != 0 {
            return Err(Unreadable::Form);
        }
        if sizes & 0x01 == 0 {
            return Err(Unreadable::OtherProtocol);
        }
        let link = Link {
            frame: frame_size(sizes >> 4),
            wait: waiting_time(times >> 4),
            guard: guard_time(start_up),
        };
        let (pupi, application) = ([p0, p1, p2, p3], [a0, a1, a2, a3]);
        Ok(Self { pupi, application, protocol: [rates, sizes, times], link })
    }

    /// ATTRIB: this card, 106 kbit/s both ways, frames of 256 bytes to the host, its own protocol type, no
    /// card identifier.
    pub const fn attrib(&self) -> [u8; 9] {
        let ([p0, p1, p2, p3], [_, sizes, _]) = (self.pupi, self.protocol);
        [0x1D, p0, p1, p2, p3, 0x00, 0x08, sizes & 0x07, 0x00]
    }

    /// Reads the answer to ATTRIB; the card is active then.
    ///
    /// # Errors
    /// When it is none, or the card took another identifier than the one given.
    pub fn activated(&self, answer: &[u8]) -> Result<Activated, Unreadable> {
        let &[first, ..] = answer else { return Err(Unreadable::Form) };
        if first & 0x0F != 0 {
            return Err(Unreadable::Form);
        }
        let ([a0, a1, a2, a3], [p0, p1, p2]) = (self.application, self.protocol);
        let atr = contactless_atr(&[a0, a1, a2, a3, p0, p1, p2, first & 0xF0]);
        Ok(Activated { link: self.link, atr })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atr::Atr;
    use proptest::prelude::*;

    /// ATQB of a real card's application data and protocol info.
    const REAL: [u8; 12] = [0x50, 0xE8, 0x25, 0x3E, 0xEC, 0x00, 0x4B, 0x51, 0xFF, 0x00, 0x81, 0xD1];

    #[test]
    fn a_my_number_card_is_read() {
        let atqb = Atqb::parse(&REAL).unwrap();
        assert_eq!(atqb.link, Link { frame: 256, wait: 2_478_141, guard: 0 });
        assert_eq!(atqb.attrib(), [0x1D, 0xE8, 0x25, 0x3E, 0xEC, 0x00, 0x08, 0x01, 0x00]);
        // The ATR that PC/SC readers show for these cards.
        let atr = [0x3B, 0x88, 0x80, 0x01, 0x00, 0x4B, 0x51, 0xFF, 0x00, 0x81, 0xD1, 0x00, 0xBC];
        assert_eq!(atqb.activated(&[0]).unwrap().atr, atr);
    }

    #[test]
    fn the_fourth_byte_tells_the_guard_time() {
        let atqb = Atqb::parse(&[&REAL[..], &[0x80]].concat()).unwrap();
        assert_eq!(atqb.link.guard, 77_329);
        assert_eq!(Atqb::parse(&[&REAL[..], &[0x80, 0]].concat()), Err(Unreadable::Form));
        assert_eq!(Atqb::parse(&REAL[..11]), Err(Unreadable::Form));
    }

    #[test]
    fn a_card_of_another_protocol_is_told_apart_from_noise() {
        let with = |sizes| {
            let mut frame = REAL;
            frame[10] = sizes;
            Atqb::parse(&frame)
        };
        assert_eq!(with(0x80), Err(Unreadable::OtherProtocol));
        assert_eq!(with(0x89), Err(Unreadable::Form));
        let noise = [&[0x51][..], &REAL[1..]].concat();
        assert_eq!(Atqb::parse(&noise), Err(Unreadable::Form));
    }

    #[test]
    fn the_answer_to_attrib_names_the_identifier_given() {
        let atqb = Atqb::parse(&REAL).unwrap();
        assert_eq!(atqb.activated(&[]), Err(Unreadable::Form));
        assert_eq!(atqb.activated(&[0x01]), Err(Unreadable::Form));
        assert!(atqb.activated(&[0x40, 0x01, 0x02]).is_ok(), "a buffer size and higher-layer bytes");
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(mut frame in proptest::collection::vec(any::<u8>(), 0..16), answer: u8) {
            if let Some(first) = frame.first_mut() {
                *first = 0x50;
            }
            if let Ok(atqb) = Atqb::parse(&frame) {
                prop_assert!((16..=256).contains(&atqb.link.frame));
                if let Ok(activated) = atqb.activated(&[answer]) {
                    prop_assert!(Atr::parse(&activated.atr).is_ok());
                }
            }
        }
    }
}
