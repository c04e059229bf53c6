//! How long frames take at 106 kbit/s (ISO/IEC 14443-2 and -3): one bit is 128 periods of 13.56 MHz.

use super::RadioKind;

/// Periods of the carrier in a microsecond, times 100.
const CARRIER: u64 = 1356;
/// Periods in one bit.
const BIT: u64 = 128;
/// Bits of SOF and EOF of Type B.
const SOF_EOF: u64 = 12 + 11;

/// The frame on the air, microseconds.
pub(super) fn frame_us(kind: RadioKind, bytes: usize, bits: u8, crc: bool) -> u32 {
    let bytes = u64::try_from(bytes).unwrap_or(u64::MAX / 1000) + if crc { 2 } else { 0 };
    let bits = match kind {
        // Start and end of communication; nine bits a byte with its parity.
        RadioKind::A if bits & 7 != 0 => 2 + u64::from(bits & 7) + 9 * bytes.saturating_sub(1),
        RadioKind::A => 2 + 9 * bytes,
        // A start and a stop bit each byte.
        RadioKind::B => SOF_EOF + 10 * bytes,
    };
    periods_us(bits * BIT)
}

/// Frame waiting time: 4096 periods times 2 to the FWI; 15 is taken as 4.
pub fn fwt_us(fwi: u8) -> u32 {
    periods_us(4096 << if fwi > 14 { 4 } else { fwi })
}

fn periods_us(periods: u64) -> u32 {
    u32::try_from((periods * 100).div_ceil(CARRIER)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_those_of_the_standard() {
        assert_eq!(fwt_us(0), 303);
        assert_eq!(fwt_us(4), 4834);
        assert_eq!(fwt_us(13), 2_474_516);
        assert_eq!(fwt_us(14), 4_949_032);
        assert_eq!(fwt_us(15), fwt_us(4));
    }

    #[test]
    fn frames_take_their_bits() {
        // REQA: nine bits of 9.44 microseconds; REQB with CRC: five characters between SOF and EOF.
        assert_eq!(frame_us(RadioKind::A, 1, 7, false), 85);
        assert_eq!(frame_us(RadioKind::A, 2, 0, true), 359);
        assert_eq!(frame_us(RadioKind::B, 3, 0, true), 690);
    }
}
