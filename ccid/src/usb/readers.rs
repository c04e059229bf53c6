//! Readers by their USB numbers: what is known of each, and what is not.
//!
//! The table (`readers/table.rs`) is data: a row says how the reader is reached and where that is written. A
//! reader that is not in it is driven all the same when its descriptors speak CCID; the table only gives
//! names, tells the readers apart that speak protocols of their own, and backs an honest word to the person.

mod table;

pub use table::READERS;

use super::UsbId;
use crate::ccid::Level;

/// A reader this program knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reader {
    /// USB vendor number.
    pub vendor: u16,
    /// USB product number.
    pub product: u16,
    /// What stands on it, or what it calls itself.
    pub name: &'static str,
    /// How it is spoken to.
    pub protocol: Protocol,
    /// At which level it takes commands; only CCID readers have one.
    pub level: Option<Level>,
    /// Slots or antennas behind one interface.
    pub slots: u8,
    /// Where this is written.
    pub source: Source,
    /// Whether a person has read a card with it and this program.
    pub tried: bool,
}

/// How a reader is spoken to, and by whom it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// CCID on an interface of class 0xFF, which any page may claim.
    CcidVendor,
    /// CCID on an interface of class 0x0B, which only an Isolated Web App may claim.
    CcidProtected,
    /// Sony's Port-100 (RC-S380): radio frames, class 0xFF.
    Port100,
    /// Sony's Port-400 (RC-S300): CCID of class 0x0B, and radio frames in escapes on class 0xFF.
    Port400,
}

/// Where a row of the table comes from. None of them is a trial with this program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// A descriptor dump in libccid's list of readers.
    Libccid,
    /// Programs that drive it (nfcpy, libnfc, felica-rs and others).
    Programs,
    /// The numbers stand in a list; its descriptors have not been seen.
    NumbersOnly,
}

impl Protocol {
    /// Whether an ordinary page can reach the reader.
    pub const fn is_open_to_pages(self) -> bool {
        !matches!(self, Self::CcidProtected)
    }
}

/// The reader with these numbers, if it is known.
pub fn lookup(id: UsbId) -> Option<&'static Reader> {
    READERS.iter().find(|it| it.vendor == id.vendor && it.product == id.product)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(vendor: u16, product: u16) -> UsbId {
        UsbId { vendor, product, version: 0 }
    }

    #[test]
    fn a_known_reader_has_a_name() {
        assert_eq!(lookup(id(0x054C, 0x0DC8)).map(|it| it.name), Some("Sony RC-S300/S"));
        assert_eq!(lookup(id(0x04E6, 0x511A)).map(|it| it.protocol), Some(Protocol::CcidVendor));
        assert_eq!(lookup(id(0x1209, 1)), None);
    }

    #[test]
    fn a_row_stands_once_and_says_what_can_be_said() {
        for (at, row) in READERS.iter().enumerate() {
            let twins = READERS.iter().filter(|it| (it.vendor, it.product) == (row.vendor, row.product));
            assert_eq!(twins.count(), 1, "row {at}");
            let ccid = matches!(row.protocol, Protocol::CcidVendor | Protocol::CcidProtected);
            // A level is written in a descriptor, and only who saw it can say so.
            assert!(row.level.is_none() || (ccid && row.source == Source::Libccid), "{}", row.name);
            assert!(row.slots > 0 && !row.name.is_empty() && row.name.len() < 40);
        }
    }

    #[test]
    fn nobody_has_tried_one_yet() {
        // Turns false with the first person who has; docs/readers.md says how to report it.
        assert!(READERS.iter().all(|it| !it.tried));
    }
}
