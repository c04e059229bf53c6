//! The wire of vsmartcard's vpcd: a card that connects to pcscd's virtual reader.
//!
//! Both ways a message is its length (u16, big-endian) and its bytes. A message of one byte is a control.

use std::io::{self, Read, Write};

use crate::card::VirtualCard;

const POWER_OFF: u8 = 0;
const POWER_ON: u8 = 1;
const RESET: u8 = 2;
const ATR: u8 = 4;

/// Lets the card answer until the reader closes the connection.
pub fn run(stream: &mut (impl Read + Write), card: &mut VirtualCard) -> io::Result<()> {
    loop {
        let mut length = [0; 2];
        match stream.read_exact(&mut length) {
            Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => return Ok(()),
            result => result?,
        }
        let mut message = vec![0; usize::from(u16::from_be_bytes(length))];
        stream.read_exact(&mut message)?;
        let answer = match message[..] {
            [POWER_OFF | POWER_ON] => {
                card.power();
                continue;
            }
            [RESET] => {
                card.warm_reset();
                continue;
            }
            [ATR] => card.atr().to_vec(),
            [] | [_] => continue,
            _ => card.transmit(&message),
        };
        let length = u16::try_from(answer.len()).map_err(io::Error::other)?;
        stream.write_all(&[&length.to_be_bytes()[..], &answer].concat())?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file::CardFile;

    struct Wire {
        input: io::Cursor<Vec<u8>>,
        output: Vec<u8>,
    }

    impl Read for Wire {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.input.read(buffer)
        }
    }

    impl Write for Wire {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.output.write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn controls_and_commands() {
        let mut card = VirtualCard::new(&CardFile::specimen().unwrap()).unwrap();
        let input =
            [&[0, 1, POWER_ON, 0, 1, ATR, 0, 1, RESET, 0, 1, 9, 0, 4][..], &[0, 0xCA, 0xDF, 0x30]].concat();
        let mut wire = Wire { input: io::Cursor::new(input), output: Vec::new() };
        run(&mut wire, &mut card).unwrap();
        let atr = card.atr();
        assert_eq!(wire.output, [&[0, 19][..], atr, &[0, 2, 0x6D, 0]].concat());
    }

    #[test]
    fn a_message_cut_short_is_an_error() {
        let mut card = VirtualCard::new(&CardFile::specimen().unwrap()).unwrap();
        let mut wire = Wire { input: io::Cursor::new(vec![0, 5, 1]), output: Vec::new() };
        assert!(run(&mut wire, &mut card).is_err());
    }
}
