//! Every kind of virtual reader, one row each: what tests drive that hold for all of them.

use crate::{
    device::VirtualDevice,
    picc::PiccOptions,
    rcs300::{Variant, VirtualRcs300},
    rcs380::VirtualRcs380,
    reader::{Build, VirtualReader},
};

/// A virtual reader and what Chromium shall see of it.
pub struct Make {
    /// What it stands for.
    pub name: &'static str,
    /// Vendor and product.
    pub id: (u16, u16),
    /// What it calls itself.
    pub product: &'static str,
    /// The classes of its interfaces, in order; 0x0B is one that no page may claim.
    pub classes: &'static [u8],
    /// The interface a page drives.
    pub interface: u8,
    /// Makes one, without a card.
    pub device: fn() -> Box<dyn VirtualDevice>,
}

const OWN: &str = "Kakehashi virtual reader";
const BOTH: &[u8] = &[0x0B, 0xFF];

fn build(build: Build, (vendor, product): (u16, u16)) -> Box<dyn VirtualDevice> {
    Box::new(VirtualReader::new(Build { id: Some((vendor, product, 0x0600)), ..build }))
}

/// Every kind of reader there is a driver for.
pub const MAKES: [Make; 6] = [
    Make {
        name: "CCID, short commands",
        id: (0x076B, 0x532A),
        product: OWN,
        classes: BOTH,
        interface: 1,
        device: || build(Build::default(), (0x076B, 0x532A)),
    },
    Make {
        name: "CCID, extended commands",
        id: (0x1DB2, 0x0600),
        product: OWN,
        classes: BOTH,
        interface: 1,
        device: || build(Build::EXTENDED, (0x1DB2, 0x0600)),
    },
    Make {
        name: "CCID, TPDU, like an SCR3310-NTTCom",
        id: (0x04E6, 0x511A),
        product: OWN,
        classes: BOTH,
        interface: 1,
        device: || build(Build::TPDU, (0x04E6, 0x511A)),
    },
    Make {
        name: "CCID, TPDU, two slots, like an SCR331-DI-NTTCom",
        id: (0x04E6, 0x5120),
        product: OWN,
        classes: BOTH,
        interface: 1,
        device: || build(Build::TWO_SLOTS, (0x04E6, 0x5120)),
    },
    Make {
        name: "RC-S300",
        id: (0x054C, 0x0DC8),
        product: "FeliCa Port/PaSoRi 4.0",
        classes: BOTH,
        interface: 1,
        device: || Box::new(VirtualRcs300::new(Variant::default())),
    },
    Make {
        name: "RC-S380",
        id: (0x054C, 0x06C3),
        product: "RC-S380/P",
        classes: &[0xFF],
        interface: 0,
        device: || Box::new(VirtualRcs380::new(PiccOptions::my_number())),
    },
];
