//! Readers known by their numbers, so that a message can name them.

/// A reader this program knows by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// USB vendor number.
    pub vendor: u16,
    /// USB product number.
    pub product: u16,
    /// What stands on it.
    pub name: &'static str,
}

/// Sony's readers: they speak their own protocols on class 0xFF, not CCID.
pub const SONY: [Known; 5] = [
    Known { vendor: 0x054C, product: 0x06C1, name: "Sony RC-S380/S" },
    Known { vendor: 0x054C, product: 0x06C3, name: "Sony RC-S380/P" },
    Known { vendor: 0x054C, product: 0x0DC8, name: "Sony RC-S300/S" },
    Known { vendor: 0x054C, product: 0x0DC9, name: "Sony RC-S300/P" },
    Known { vendor: 0x054C, product: 0x0D8F, name: "Sony RC-S660/U" },
];

/// The reader with these numbers, if it is known.
pub fn lookup(vendor: u16, product: u16) -> Option<&'static Known> {
    SONY.iter().find(|known| known.vendor == vendor && known.product == product)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_reader_has_a_name() {
        assert_eq!(lookup(0x054C, 0x0DC8).map(|known| known.name), Some("Sony RC-S300/S"));
        assert_eq!(lookup(0x1209, 1), None);
    }
}
