//! Port-100 frames, the reader's side.

/// From the reader: it has the command. From the host: the running command is given up.
pub(super) const ACK: [u8; 6] = [0x00, 0x00, 0xFF, 0x00, 0xFF, 0x00];
/// The reader does not understand.
pub(super) const ERROR: [u8; 5] = [0x00, 0x00, 0xFF, 0xFF, 0xFF];

/// The longest frame to a card that fits.
const LONGEST: usize = 290;

/// A transfer of the host.
#[derive(Debug, PartialEq)]
pub(super) enum Read<'a> {
    Nothing,
    Ack,
    Command(u8, &'a [u8]),
    /// What is wrong with it.
    Broken(&'static str),
}

/// Reads a transfer, which is one frame.
pub(super) fn read(bytes: &[u8]) -> Read<'_> {
    match *bytes {
        [] => Read::Nothing,
        [0x00, 0x00, 0xFF, 0x00, 0xFF, 0x00] => Read::Ack,
        [0x00, 0x00, 0xFF, 0xFF, 0xFF, low, high, check, ref rest @ ..] => {
            let length = usize::from(u16::from_le_bytes([low, high]));
            if sum(&[low, high, check]) != 0 {
                return Read::Broken("a wrong LCS");
            }
            if rest.len() != length + 2 {
                return Read::Broken("a length that is not the frame's");
            }
            match *rest {
                [0xD6, command, ref data @ .., _, 0x00] if sum(&rest[..=length]) == 0 => {
                    // Command and time stand before the frame to the card.
                    if data.len() > LONGEST + 2 {
                        return Read::Broken("a frame that is too long");
                    }
                    Read::Command(command, data)
                }
                [0xD6, .., 0x00] => Read::Broken("a wrong DCS"),
                _ => Read::Broken("no command, or no end"),
            }
        }
        _ => Read::Broken("no frame"),
    }
}

/// The answer with this code.
pub(super) fn answer(code: u8, data: &[u8]) -> Vec<u8> {
    let body = [&[0xD7, code], data].concat();
    let [low, high] = u16::try_from(body.len()).unwrap_or(u16::MAX).to_le_bytes();
    let head = [0x00, 0x00, 0xFF, 0xFF, 0xFF, low, high, 0u8.wrapping_sub(sum(&[low, high]))];
    let check = 0u8.wrapping_sub(sum(&body));
    [&head[..], &body, &[check, 0x00]].concat()
}

fn sum(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |sum: u8, byte| sum.wrapping_add(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SetCommandType as a driver was seen to send it, and its answer.
    const COMMAND: [u8; 13] = [0, 0, 0xFF, 0xFF, 0xFF, 3, 0, 0xFD, 0xD6, 0x2A, 1, 0xFF, 0];
    const ANSWER: [u8; 13] = [0, 0, 0xFF, 0xFF, 0xFF, 3, 0, 0xFD, 0xD7, 0x2B, 0, 0xFE, 0];

    #[test]
    fn captured_frames() {
        assert_eq!(read(&COMMAND), Read::Command(0x2A, &[1]));
        assert_eq!(answer(0x2B, &[0]), ANSWER);
        assert_eq!(read(&ACK), Read::Ack);
    }

    #[test]
    fn every_wrong_byte_is_noticed() {
        for at in 0..COMMAND.len() {
            let mut wrong = COMMAND;
            wrong[at] ^= 0x10;
            assert!(matches!(read(&wrong), Read::Broken(_)), "byte {at}");
        }
        assert!(matches!(read(&COMMAND[..12]), Read::Broken(_)));
        assert!(matches!(read(&ANSWER), Read::Broken(_)));
    }
}
