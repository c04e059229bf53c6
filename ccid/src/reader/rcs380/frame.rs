//! Port-100 frames: `00 00 FF FF FF`, length and its check byte, data and its check byte, `00`.

use zeroize::Zeroizing;

/// From the reader: a command has come. From the host: the running command is given up.
pub const ACK: [u8; 6] = [0x00, 0x00, 0xFF, 0x00, 0xFF, 0x00];

/// The longest data of a frame: two bytes of command, six of status or time, a card's frame of 290 bytes.
pub const LONGEST_DATA: usize = 298;

const PREAMBLE: [u8; 3] = [0x00, 0x00, 0xFF];
const FROM_HOST: u8 = 0xD6;
const FROM_READER: u8 = 0xD7;
/// Bytes before the data.
const HEAD: usize = 8;

/// What the reader sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Frame {
    /// It has the command.
    Ack,
    /// It does not understand the command.
    Error,
    /// The answer to a command: the command's code plus 1, and data.
    Answer(u8, Vec<u8>),
    /// A wrong check byte, or no frame at all.
    Broken,
}

/// A command, wiped after use; `None` when it is too long.
pub(super) fn encode(command: u8, data: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let length = data.len() + 2;
    let [low, high] = u16::try_from(length).ok().filter(|_| length <= LONGEST_DATA)?.to_le_bytes();
    // Never grown afterwards, so that no copy of the data is left behind.
    let mut frame = Zeroizing::new(Vec::with_capacity(HEAD + length + 2));
    frame.extend_from_slice(&[0x00, 0x00, 0xFF, 0xFF, 0xFF, low, high, complement(&[low, high])]);
    frame.extend_from_slice(&[FROM_HOST, command]);
    frame.extend_from_slice(data);
    let check = complement(frame.get(HEAD..).unwrap_or_default());
    frame.extend_from_slice(&[check, 0x00]);
    Some(frame)
}

/// The check byte: the sum of all and it is 0.
fn complement(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0u8, |sum, byte| sum.wrapping_sub(*byte))
}

/// Finds frames in transfers, however they are cut.
#[derive(Debug, Default)]
pub struct Deframer {
    bytes: Vec<u8>,
}

impl Deframer {
    /// Takes a transfer.
    pub fn push(&mut self, transfer: &[u8]) {
        self.bytes.extend_from_slice(transfer);
    }

    /// The next whole frame.
    pub fn next_frame(&mut self) -> Option<Frame> {
        let start = self.bytes.windows(3).position(|three| three == PREAMBLE);
        // The last two bytes may be the beginning of a preamble.
        let skipped = start.unwrap_or(self.bytes.len().saturating_sub(2));
        self.bytes.drain(..skipped);
        start?;
        match *self.bytes.get(3..)? {
            [0x00, 0xFF, 0x00, ..] => {
                self.bytes.drain(..ACK.len());
                Some(Frame::Ack)
            }
            // The transfer ends here: a frame with data would go on.
            [0xFF, 0xFF] => {
                self.bytes.clear();
                Some(Frame::Error)
            }
            [0xFF, 0xFF, low, high, check, ref data @ ..] => {
                let length = usize::from(u16::from_le_bytes([low, high]));
                if complement(&[low, high]) != check || !(2..=LONGEST_DATA).contains(&length) {
                    return self.lost();
                }
                let (whole, rest) = data.split_at_checked(length + 2)?;
                let (data, end) = whole.split_at_checked(length)?;
                let sound = end.first() == Some(&complement(data));
                let frame = match *data {
                    [FROM_READER, code, ref data @ ..] if sound => Frame::Answer(code, data.to_vec()),
                    _ => Frame::Broken,
                };
                self.bytes = rest.to_vec();
                Some(frame)
            }
            [] | [0x00] | [0x00, 0xFF] | [0xFF] | [0xFF, 0xFF, ..] => None,
            _ => self.lost(),
        }
    }

    /// Where the next frame begins is not known.
    fn lost(&mut self) -> Option<Frame> {
        self.bytes.clear();
        Some(Frame::Broken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// As the reader writes it.
    fn answer(code: u8, data: &[u8]) -> Vec<u8> {
        let mut frame = encode(code, data).unwrap().to_vec();
        frame[HEAD] = FROM_READER;
        let end = frame.len() - 2;
        frame[end] = complement(&frame[HEAD..end]);
        frame
    }

    fn frames(transfers: &[&[u8]]) -> Vec<Frame> {
        let mut deframer = Deframer::default();
        let mut found = Vec::new();
        for transfer in transfers {
            deframer.push(transfer);
            found.extend(std::iter::from_fn(|| deframer.next_frame()));
        }
        found
    }

    #[test]
    fn a_command_is_written_as_captured() {
        let expected = [0, 0, 0xFF, 0xFF, 0xFF, 3, 0, 0xFD, 0xD6, 0x2A, 1, 0xFF, 0];
        assert_eq!(*encode(0x2A, &[1]).unwrap(), expected);
        assert!(encode(4, &[0; LONGEST_DATA - 2]).is_some());
        assert!(encode(4, &[0; LONGEST_DATA - 1]).is_none());
    }

    #[test]
    fn merged_and_split_transfers_are_the_same_frames() {
        let answer = answer(0x05, &[1, 2, 3]);
        let merged = [&ACK[..], &answer].concat();
        let expected = [Frame::Ack, Frame::Answer(5, vec![1, 2, 3])];
        assert_eq!(frames(&[&merged]), expected);
        for cut in (1..merged.len()).filter(|cut| *cut != ACK.len() + 5) {
            assert_eq!(frames(&[&merged[..cut], &[], &merged[cut..]]), expected, "cut at {cut}");
        }
    }

    #[test]
    fn the_error_frame_is_a_frame_that_ends_after_its_head() {
        assert_eq!(frames(&[&[0, 0, 0xFF, 0xFF, 0xFF]]), [Frame::Error]);
        assert_eq!(frames(&[&ACK, &[0, 0, 0xFF, 0xFF, 0xFF], &ACK]), [Frame::Ack, Frame::Error, Frame::Ack]);
    }

    #[test]
    fn every_flipped_bit_is_noticed() {
        let sound = answer(0x05, &[0, 0, 0, 0, 8, 0x90, 0]);
        for bit in 0..(sound.len() - 1) * 8 {
            let mut frame = sound.clone();
            frame[bit / 8] ^= 1 << (bit % 8);
            let found = frames(&[&frame]);
            assert!(!found.iter().any(|frame| matches!(frame, Frame::Answer(..))), "bit {bit}: {found:?}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(transfers in proptest::collection::vec(proptest::collection::vec(
            prop_oneof![4 => Just(0u8), 4 => Just(0xFF), 1 => Just(0xD7), 1 => any::<u8>()], 0..40), 0..12)) {
            let mut deframer = Deframer::default();
            for transfer in &transfers {
                deframer.push(transfer);
                let mut found = 0;
                while deframer.next_frame().is_some() {
                    found += 1;
                    prop_assert!(found <= 100, "frames out of nothing");
                }
            }
            prop_assert!(deframer.bytes.len() <= HEAD + LONGEST_DATA + 2);
        }

        #[test]
        fn a_frame_after_noise_is_found(
            noise in proptest::collection::vec(1u8..0xFF, 0..20),
            data in proptest::collection::vec(any::<u8>(), 0..290),
        ) {
            let found = frames(&[&noise, &answer(0x05, &data)]);
            prop_assert_eq!(found, vec![Frame::Answer(5, data)]);
        }
    }
}
