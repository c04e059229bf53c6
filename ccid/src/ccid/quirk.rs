//! Readers that are not what their descriptors say, by USB numbers (libccid's list), as data.
//!
//! Some oddities need no row, because every reader is taken that way:
//! - the class descriptor behind the last endpoint (OZ776, REINER SCT, BluDrive II): the whole interface is
//!   looked through;
//! - a `dwMaxCCIDMessageLength` of 263 that is too small for a command (SCM): a command at short APDU level
//!   and a TPDU go out whole, however long, and blocks of T=1 are cut to fit;
//! - empty packets before an answer (GemPC Twin 2.00), answers to commands of before, an interrupt endpoint
//!   that is full: skipped, passed over, drained;
//! - a second or so for the first answer (ACR122U, SCL011, uTrust 3700 F): every deadline is longer.
//!
//! The escape `1F 02`, which takes a GemPC Twin or Key from TPDU to APDU level, is not sent: it puts the
//! reader in a mode for payment cards, and T=1 is done here.

use super::{ClassDescriptor, Level};
use crate::usb::UsbId;

/// What is odd about a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quirk {
    /// It announces short commands only, and chains: it is taken as one for extended commands.
    Chains,
    /// It announces extended commands, and takes short ones only.
    ShortOnly,
    /// It takes so many information bytes in a block, whatever it says.
    MaxIfsd(u32),
    /// It does not bear S(IFS request).
    NoIfsd,
    /// It does not pass PPS on.
    NoPps,
    /// It goes at so many bits per second at most, whatever it says.
    MaxRate(u32),
    /// It needs up to so many milliseconds for an answer of its own.
    Slow(u32),
    /// Its program is older than the first one that works well. Told, not refused.
    OldFirmware,
}

/// A row: numbers, the first version that is not affected (0: every one is), what is odd.
type Row = (u16, u16, u16, Quirk);

const ROWS: &[Row] = &[
    // OMNIKEY Aviator, 3x21, 6121; Cherry XX44; Cherry KC 1000 SC 1.00; Fujitsu D323; DN PN7362AU.
    (0x076B, 0x3A21, 0, Quirk::Chains),
    (0x076B, 0x3031, 0, Quirk::Chains),
    (0x076B, 0x6632, 0, Quirk::Chains),
    (0x046A, 0x00A7, 0, Quirk::Chains),
    (0x046A, 0x00A1, 0x0101, Quirk::Chains),
    (0x0BF8, 0x1024, 0, Quirk::Chains),
    (0x2F7C, 0x6007, 0, Quirk::Chains),
    // KOBIL TriB@nk.
    (0x0D46, 0x3010, 0, Quirk::ShortOnly),
    // MySMART PAD says 0.
    (0x09BE, 0x0002, 0, Quirk::MaxIfsd(254)),
    // SafeNet eToken 5110 SC 0.12 and 0.13.
    (0x0529, 0x0620, 0x0014, Quirk::NoIfsd),
    // O2Micro OZ776.
    (0x0B97, 0x7762, 0, Quirk::NoPps),
    (0x0B97, 0x7772, 0, Quirk::NoPps),
    (0x0B97, 0x7762, 0, Quirk::MaxRate(9_600)),
    (0x0B97, 0x7772, 0, Quirk::MaxRate(9_600)),
    // Alcor AU9540.
    (0x058F, 0x9540, 0, Quirk::MaxRate(200_000)),
    // Smart Card Reader CL1356D.
    (0x0B81, 0x0200, 0, Quirk::Slow(60_000)),
    // SCR331, SCR331-DI, SPR532, KAAN Base and Advanced, ActivCard V2, ASE IIIe and its keyboard.
    (0x04E6, 0xE001, 0x0516, Quirk::OldFirmware),
    (0x04E6, 0x5111, 0x0620, Quirk::OldFirmware),
    (0x04E6, 0xE003, 0x0510, Quirk::OldFirmware),
    (0x0D46, 0x3001, 0x0037, Quirk::OldFirmware),
    (0x0D46, 0x3002, 0x0037, Quirk::OldFirmware),
    (0x09C3, 0x0008, 0x0203, Quirk::OldFirmware),
    (0x0DC3, 0x1004, 0x0502, Quirk::OldFirmware),
    (0x0DC3, 0x1102, 0x0607, Quirk::OldFirmware),
    // Alcor AU9520-G, ACR122U-WB-R, Precise 200 and 250 MC, Todos Argos Mini II, IDProtect Key v2.
    (0x058F, 0x9520, 0x0102, Quirk::OldFirmware),
    (0x072F, 0x2200, 0x0206, Quirk::OldFirmware),
    (0x08C3, 0x0402, 0x5000, Quirk::OldFirmware),
    (0x08C3, 0x0401, 0x5000, Quirk::OldFirmware),
    (0x0B0C, 0x0050, 0x0101, Quirk::OldFirmware),
    (0x0DC3, 0x0900, 0x0200, Quirk::OldFirmware),
    // HP keyboard, THRC, SCL010, OZ776S.
    (0x03F0, 0x0036, 0x0124, Quirk::OldFirmware),
    (0x062D, 0x0001, 0x0102, Quirk::OldFirmware),
    (0x04E6, 0x5291, 0x0112, Quirk::OldFirmware),
    (0x0B97, 0x7762, 0x0111, Quirk::OldFirmware),
];

/// What is odd about the reader with these numbers.
pub fn quirks(id: UsbId) -> impl Iterator<Item = Quirk> {
    ROWS.iter()
        .filter(move |(vendor, product, _, _)| (*vendor, *product) == (id.vendor, id.product))
        .filter(move |(_, _, fixed, _)| *fixed == 0 || id.version < *fixed)
        .map(|(.., quirk)| *quirk)
}

/// What the reader can, after its quirks.
pub fn corrected(class: ClassDescriptor, id: UsbId) -> ClassDescriptor {
    quirks(id).fold(class, |class, quirk| match quirk {
        Quirk::Chains => class.at_level(Level::ExtendedApdu),
        Quirk::ShortOnly => class.at_level(Level::ShortApdu),
        Quirk::MaxIfsd(max_ifsd) => ClassDescriptor { max_ifsd, ..class },
        Quirk::NoIfsd => class.without_ifsd(),
        Quirk::MaxRate(max_rate) => ClassDescriptor { max_rate, ..class },
        Quirk::NoPps | Quirk::Slow(_) | Quirk::OldFirmware => class,
    })
}

/// Milliseconds to wait for the reader's own answers, at least `usual`.
pub fn patience(id: UsbId, usual: u32) -> u32 {
    quirks(id).fold(usual, |most, quirk| if let Quirk::Slow(needs) = quirk { most.max(needs) } else { most })
}

/// Whether this reader's program is known to be too old.
pub fn is_outdated(id: UsbId) -> bool {
    quirks(id).any(|quirk| quirk == Quirk::OldFirmware)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(vendor: u16, product: u16, version: u16) -> Vec<Quirk> {
        quirks(UsbId { vendor, product, version }).collect()
    }

    #[test]
    fn a_quirk_holds_for_its_reader_and_its_versions() {
        assert_eq!(of(0x076B, 0x3031, 0x0100), [Quirk::Chains]);
        assert_eq!(of(0x046A, 0x00A1, 0x0100), [Quirk::Chains]);
        assert_eq!(of(0x046A, 0x00A1, 0x0101), []);
        assert_eq!(of(0x04E6, 0x5111, 0x0619), [Quirk::OldFirmware]);
        assert_eq!(of(0x04E6, 0x5111, 0x0620), []);
        assert_eq!(of(0x04E6, 0x511A, 0x0203), [], "SCR3310-NTTCom is what it says");
        let short = ClassDescriptor { features: 0x0002_04BA, ..ClassDescriptor::default() };
        let id = |product| UsbId { vendor: 0x076B, product, version: 0 };
        assert_eq!(corrected(short, id(0x3031)).level(), Level::ExtendedApdu);
        assert_eq!(corrected(short, id(0x3031)).features & 0xFFFF, 0x04BA);
        assert_eq!(corrected(short, id(0x3032)), short);
        assert_eq!(patience(UsbId { vendor: 0x0B81, product: 0x0200, version: 1 }, 3_000), 60_000);
        assert!(is_outdated(UsbId { vendor: 0x072F, product: 0x2200, version: 0x0205 }));
    }
}
