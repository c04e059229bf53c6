//! Type A: REQA, the cascade of anticollision and selection, RATS (ISO/IEC 14443-3 §6, 14443-4 §5).

use super::{Activated, Link, Unreadable, contactless_atr, frame_size, guard_time, waiting_time};

/// REQA, a [short](super::Form::Short) frame.
pub const REQA: u8 = 0x26;
/// RATS: frames of 256 bytes to the host, no card identifier.
pub const RATS: [u8; 2] = [0xE0, 0x80];

/// SEL of the three levels.
const LEVELS: [u8; 3] = [0x93, 0x95, 0x97];
/// Stands before the part of an identifier that is not its last.
const CASCADE_TAG: u8 = 0x88;

/// The cascade: one part of the identifier a level, until the card says it is complete.
#[derive(Debug, Clone, Default)]
pub struct Cascade {
    level: usize,
    /// The part of this level with its check byte.
    part: [u8; 5],
}

impl Cascade {
    /// SEL and NVB for this level's part of the identifier, a [bare](super::Form::Bare) frame.
    pub fn anticollision(&self) -> [u8; 2] {
        [self.sel(), 0x20]
    }

    /// Takes the part; gives the frame that selects the card with it.
    ///
    /// # Errors
    /// When it is none: two cards with different identifiers answered at once.
    pub fn select(&mut self, part: &[u8]) -> Result<[u8; 7], Unreadable> {
        let part: [u8; 5] = part.try_into().map_err(|_| Unreadable::Form)?;
        if part.iter().fold(0, |sum, byte| sum ^ byte) != 0 {
            return Err(Unreadable::Check);
        }
        self.part = part;
        let [a, b, c, d, check] = part;
        Ok([self.sel(), 0x70, a, b, c, d, check])
    }

    /// Reads SAK. True when the identifier is complete, false when the next level follows.
    ///
    /// # Errors
    /// When it is none, breaks the rules of the cascade, or its card does not speak ISO/IEC 14443-4.
    pub fn selected(&mut self, sak: &[u8]) -> Result<bool, Unreadable> {
        let &[sak] = sak else { return Err(Unreadable::Form) };
        if sak & 0x04 == 0 {
            return if sak & 0x20 != 0 { Ok(true) } else { Err(Unreadable::OtherProtocol) };
        }
        if self.part[0] != CASCADE_TAG || self.level + 1 >= LEVELS.len() {
            return Err(Unreadable::Form);
        }
        self.level += 1;
        Ok(false)
    }

    fn sel(&self) -> u8 {
        LEVELS.get(self.level).copied().unwrap_or(LEVELS[2])
    }
}

/// Reads the ATS; the card is active then.
///
/// # Errors
/// When it is none.
pub fn activated(ats: &[u8]) -> Result<Activated, Unreadable> {
    let (&length, rest) = ats.split_first().ok_or(Unreadable::Form)?;
    if usize::from(length) != ats.len() {
        return Err(Unreadable::Form);
    }
    // What is left out stands for FSCI 2, FWI 4, SFGI 0.
    let (mut size, mut times, mut historical) = (2, 0x40, rest);
    if let Some((&format, rest)) = rest.split_first() {
        size = format & 0x0F;
        let mut rest = rest.iter();
        for present in [0x10, 0x20, 0x40] {
            if format & present != 0 {
                let byte = *rest.next().ok_or(Unreadable::Form)?;
                if present == 0x20 {
                    times = byte;
                }
            }
        }
        historical = rest.as_slice();
    }
    let link =
        Link { frame: frame_size(size), wait: waiting_time(times >> 4), guard: guard_time(times & 0x0F) };
    Ok(Activated { link, atr: contactless_atr(historical) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atr::Atr;
    use proptest::prelude::*;

    #[test]
    fn a_short_identifier_takes_one_level() {
        let mut cascade = Cascade::default();
        assert_eq!(cascade.anticollision(), [0x93, 0x20]);
        assert_eq!(cascade.select(&[1, 2, 3, 4, 4]).unwrap(), [0x93, 0x70, 1, 2, 3, 4, 4]);
        assert_eq!(cascade.selected(&[0x20]), Ok(true));
    }

    #[test]
    fn a_long_identifier_takes_three_and_no_more() {
        let mut cascade = Cascade::default();
        for sel in [0x93, 0x95] {
            assert_eq!(cascade.anticollision(), [sel, 0x20]);
            assert_eq!(cascade.select(&[0x88, 1, 2, 3, 0x88]).unwrap()[0], sel);
            assert_eq!(cascade.selected(&[0x24]), Ok(false));
        }
        assert_eq!(cascade.anticollision(), [0x97, 0x20]);
        cascade.select(&[0x88, 1, 2, 3, 0x88]).unwrap();
        assert_eq!(cascade.clone().selected(&[0x04]), Err(Unreadable::Form));
        assert_eq!(cascade.selected(&[0x20]), Ok(true));
    }

    #[test]
    fn two_cards_and_other_cards_are_told() {
        let mut cascade = Cascade::default();
        assert_eq!(cascade.select(&[1, 2, 3, 4, 5]), Err(Unreadable::Check));
        assert_eq!(cascade.select(&[1, 2, 3, 4]), Err(Unreadable::Form));
        cascade.select(&[1, 2, 3, 4, 4]).unwrap();
        assert_eq!(cascade.clone().selected(&[0x08]), Err(Unreadable::OtherProtocol));
        assert_eq!(cascade.clone().selected(&[0x24]), Err(Unreadable::Form), "no cascade tag stood there");
        assert_eq!(cascade.selected(&[0x20, 0]), Err(Unreadable::Form));
    }

    #[test]
    fn an_ats_tells_sizes_and_times() {
        let full = activated(&[0x0A, 0x78, 0x80, 0xA8, 0x02, 0x20, 0x63, 0xCB, 0xA3, 0xA0]).unwrap();
        assert_eq!(full.link, Link { frame: 256, wait: waiting_time(10), guard: 77_329 });
        assert_eq!(full.atr, [0x3B, 0x85, 0x80, 0x01, 0x20, 0x63, 0xCB, 0xA3, 0xA0, 0x8F]);
        let bare = Link { frame: 32, wait: waiting_time(4), guard: 0 };
        assert_eq!(activated(&[1]).unwrap().link, bare);
        assert_eq!(activated(&[2, 0x02]).unwrap().link, bare);
        let no_times = activated(&[3, 0x15, 0x80]).unwrap();
        assert_eq!(no_times.link, Link { frame: 64, ..bare });
    }

    #[test]
    fn an_ats_that_lies_about_its_length_is_none() {
        for ats in [&[][..], &[0], &[2], &[1, 2], &[2, 0x10], &[3, 0x30, 0]] {
            assert_eq!(activated(ats), Err(Unreadable::Form), "{ats:02X?}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(mut ats in proptest::collection::vec(any::<u8>(), 0..40)) {
            let length = ats.len() as u8;
            if let Some(first) = ats.first_mut() {
                *first = length;
            }
            if let Ok(activated) = activated(&ats) {
                prop_assert!(Atr::parse(&activated.atr).is_ok());
            }
        }

        #[test]
        fn any_answers_end_the_cascade(answers in proptest::collection::vec((any::<[u8; 5]>(), any::<u8>()), 8)) {
            let mut cascade = Cascade::default();
            let mut levels = 0;
            for (mut part, sak) in answers {
                part[4] = part[0] ^ part[1] ^ part[2] ^ part[3];
                cascade.select(&part).unwrap();
                levels += 1;
                if cascade.selected(&[sak]) != Ok(false) {
                    break;
                }
            }
            prop_assert!(levels <= 3);
        }
    }
}
