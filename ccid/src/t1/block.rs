//! Blocks: NAD, PCB, LEN, information, check (§11.3).

use zeroize::Zeroizing;

const PROLOGUE: usize = 3;
/// LEN has a value more, which is reserved.
const LONGEST: usize = 254;

/// The error-detection code of a block.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Edc {
    /// One byte, the exclusive-or of all before it.
    #[default]
    Lrc,
    /// Two bytes, the CRC of ISO/IEC 13239.
    Crc,
}

impl Edc {
    /// How many bytes it takes.
    pub const fn size(self) -> usize {
        match self {
            Self::Lrc => 1,
            Self::Crc => 2,
        }
    }

    fn append(self, block: &mut Vec<u8>) {
        match self {
            Self::Lrc => block.push(lrc(block)),
            Self::Crc => block.extend(crc(block).to_be_bytes()),
        }
    }

    fn fits(self, block: &[u8], check: &[u8]) -> bool {
        match self {
            Self::Lrc => check == [lrc(block)],
            Self::Crc => check == crc(block).to_be_bytes(),
        }
    }
}

fn lrc(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |sum, byte| sum ^ byte)
}

fn crc(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xFFFF, |sum, byte| {
        (0..8).fold(sum ^ u16::from(*byte), |sum, _| if sum & 1 == 0 { sum >> 1 } else { sum >> 1 ^ 0x8408 })
    })
}

/// What a supervisory block is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Control {
    /// Both sides begin anew.
    Resynch,
    /// So many information bytes fit from now on.
    Ifs(u8),
    /// The chain under way is given up.
    Abort,
    /// The card needs so many block waiting times.
    Wtx(u8),
}

/// A block without its frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Block<'a> {
    /// Information: N(S), whether more follows.
    I { number: bool, more: bool, info: &'a [u8] },
    /// Receipt: N(R), the number of the block that is waited for.
    R { number: bool },
    /// A request of the other side.
    Request(Control),
    /// The answer to a request.
    Response(Control),
}

/// Why bytes are no block: what an R-block says about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Flaw {
    /// Parity or check.
    Check = 1,
    /// Anything else.
    Other = 2,
}

/// A block with NAD 0, in bytes. Wiped after use: the information may be a PIN.
pub(super) fn encode(edc: Edc, pcb: u8, info: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut out = Zeroizing::new(Vec::with_capacity(PROLOGUE + info.len() + edc.size()));
    // The caller cuts information to what the other side takes, 254 at most.
    out.extend_from_slice(&[0, pcb, u8::try_from(info.len()).unwrap_or(0)]);
    out.extend_from_slice(info);
    edc.append(&mut out);
    out
}

/// The PCB of an I-block.
pub(super) const fn pcb_i(number: bool, more: bool) -> u8 {
    (number as u8) << 6 | (more as u8) << 5
}

/// The PCB of an R-block; `flaw` is 0 for a mere receipt.
pub(super) const fn pcb_r(number: bool, flaw: u8) -> u8 {
    0x80 | (number as u8) << 4 | flaw
}

/// S(RESYNCH request).
pub(super) const RESYNCH: u8 = 0xC0;
/// S(IFS request).
pub(super) const IFS: u8 = 0xC1;
/// The bit that makes a response of a request.
pub(super) const RESPONSE: u8 = 0x20;

/// Reads a block; whatever is wrong with it makes it invalid as a whole.
pub(super) fn parse(edc: Edc, bytes: &[u8]) -> Result<Block<'_>, Flaw> {
    let (body, check) =
        bytes.len().checked_sub(edc.size()).and_then(|at| bytes.split_at_checked(at)).ok_or(Flaw::Check)?;
    if !edc.fits(body, check) {
        return Err(Flaw::Check);
    }
    let &[nad, pcb, length, ref info @ ..] = body else { return Err(Flaw::Other) };
    if nad != 0 || usize::from(length) != info.len() || info.len() > LONGEST {
        return Err(Flaw::Other);
    }
    match (pcb, info) {
        (0x00 | 0x20 | 0x40 | 0x60, _) => {
            Ok(Block::I { number: pcb & 0x40 != 0, more: pcb & 0x20 != 0, info })
        }
        (0x80..=0x82 | 0x90..=0x92, []) => Ok(Block::R { number: pcb & 0x10 != 0 }),
        (0xC0..=0xE3, _) => {
            let control = match (pcb & !RESPONSE, info) {
                (RESYNCH, []) => Control::Resynch,
                (IFS, &[size @ 1..=254]) => Control::Ifs(size),
                (0xC2, []) => Control::Abort,
                (0xC3, &[times @ 1..=255]) => Control::Wtx(times),
                _ => return Err(Flaw::Other),
            };
            Ok(if pcb & RESPONSE == 0 { Block::Request(control) } else { Block::Response(control) })
        }
        _ => Err(Flaw::Other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn blocks_are_laid_out() {
        assert_eq!(*encode(Edc::Lrc, IFS, &[0xFC]), [0, 0xC1, 1, 0xFC, 0x3C]);
        assert_eq!(*encode(Edc::Lrc, pcb_i(true, true), &[]), [0, 0x60, 0, 0x60]);
        assert_eq!(*encode(Edc::Lrc, pcb_r(true, 2), &[]), [0, 0x92, 0, 0x92]);
        // The check value of this CRC over "123456789", before its usual complement, is 906E's.
        assert_eq!(crc(b"123456789"), !0x906E);
    }

    #[test]
    fn what_breaks_the_rules_is_invalid() {
        let read = |pcb: u8, info: &[u8]| parse(Edc::Lrc, &encode(Edc::Lrc, pcb, info)).err();
        for (pcb, info) in [
            (0x80, &[1][..]),
            (0x83, &[]),
            (0xA0, &[]),
            (0xC0, &[1]),
            (0xC1, &[]),
            (0xC1, &[0]),
            (0xC1, &[255]),
            (0xC2, &[1]),
            (0xC3, &[0]),
            (0xC3, &[1, 2]),
            (0xC4, &[]),
            (0x01, &[]),
        ] {
            assert_eq!(read(pcb, info), Some(Flaw::Other), "{pcb:02X} {info:02X?}");
        }
        assert_eq!(parse(Edc::Lrc, &[]), Err(Flaw::Check));
        assert_eq!(parse(Edc::Lrc, &[0]), Err(Flaw::Other));
        assert_eq!(parse(Edc::Lrc, &[1, 0, 0, 1]), Err(Flaw::Other), "another node");
        assert_eq!(parse(Edc::Lrc, &[0, 0, 1, 1]), Err(Flaw::Other), "shorter than it says");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_and_one_flipped_bit_is_seen(
            info in proptest::collection::vec(any::<u8>(), 0..=254),
            number: bool, more: bool, crc: bool, at: usize, bit in 0u8..8,
        ) {
            let edc = if crc { Edc::Crc } else { Edc::Lrc };
            let mut block = encode(edc, pcb_i(number, more), &info);
            prop_assert_eq!(parse(edc, &block), Ok(Block::I { number, more, info: &info }));
            let at = at % block.len();
            block[at] ^= 1 << bit;
            prop_assert_eq!(parse(edc, &block), Err(Flaw::Check));
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300), crc: bool) {
            let _ = parse(if crc { Edc::Crc } else { Edc::Lrc }, &bytes);
        }
    }
}
