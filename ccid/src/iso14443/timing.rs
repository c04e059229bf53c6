//! Sizes and times by their codes (ISO/IEC 14443-4 tables 1 and §5.2.5, 14443-3 §7.9.4).

/// For an answer to REQA, REQB, ATTRIB, RATS, microseconds: what every known driver of these readers waits.
pub const ACTIVATION_WAIT: u32 = 30_000;

/// The longest wait for a block, FWT of FWI 14 with its margin, microseconds. Extensions are capped to it.
pub const LONGEST_WAIT: u32 = waiting_time(14);

/// ΔFWT, 49152/fc, microseconds.
const MARGIN: u32 = 3_625;

/// FSC or FSD by its code, CRC included. Codes above 8 are read as 8: no reader here passes longer frames.
pub const fn frame_size(code: u8) -> u16 {
    match code {
        0 => 16,
        1 => 24,
        2 => 32,
        3 => 40,
        4 => 48,
        5 => 64,
        6 => 96,
        7 => 128,
        _ => 256,
    }
}

/// FWT with its margin by FWI, microseconds. 15 is read as 4.
pub const fn waiting_time(code: u8) -> u32 {
    let code = if code > 14 { 4 } else { code };
    periods(code) + MARGIN
}

/// SFGT by SFGI, microseconds. 0 needs none; 15 is read as 0.
pub const fn guard_time(code: u8) -> u32 {
    match code {
        1..=14 => periods(code),
        _ => 0,
    }
}

/// 4096/fc × 2^code in whole microseconds, rounded up; fc is 13.56 MHz.
const fn periods(code: u8) -> u32 {
    (102_400_u32 << code).div_ceil(339)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_those_other_implementations_use() {
        // aruneko/WebUSB-RC-S380 has 2.474516 s written in for FWI 13.
        assert_eq!(waiting_time(13), 2_474_516 + 3_625);
        assert_eq!(waiting_time(10), 309_315 + 3_625);
        assert_eq!(waiting_time(0), 303 + 3_625);
        assert_eq!(waiting_time(15), waiting_time(4));
        assert_eq!(LONGEST_WAIT, 4_949_032 + 3_625);
    }

    #[test]
    fn a_guard_time_is_there_only_when_it_is_asked_for() {
        assert_eq!((guard_time(0), guard_time(15)), (0, 0));
        assert_eq!((guard_time(1), guard_time(8)), (605, 77_329));
    }

    #[test]
    fn frames_grow_with_their_code() {
        let sizes: Vec<u16> = (0..=15).map(frame_size).collect();
        assert_eq!(sizes[..9], [16, 24, 32, 40, 48, 64, 96, 128, 256]);
        assert!(sizes[9..].iter().all(|size| *size == 256));
    }
}
