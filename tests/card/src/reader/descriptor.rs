//! What the virtual reader says of itself: device, configuration, strings.

/// Vendor (pid.codes, for tests).
pub const VENDOR: u16 = 0x1209;
/// Product.
pub const PRODUCT: u16 = 0x0001;
/// Bytes of a packet on every endpoint.
pub const PACKET: u8 = 64;

const STRINGS: [&str; 3] = ["Kakehashi", "Kakehashi virtual reader", "KVR0001"];
const BULK: u8 = 2;
const INTERRUPT: u8 = 3;

/// Which APDUs the reader takes.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Level {
    /// Short ones, one message each.
    #[default]
    Short,
    /// Short and extended ones, in chains of messages where they are long.
    Extended,
    /// None: TPDUs of T=0, blocks of T=1 and PPS, as the host makes them.
    Tpdu,
}

/// How the reader is built, and the card for it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Build {
    /// Which APDUs it takes.
    pub level: Level,
    /// dwMaxCCIDMessageLength: the longest message, header included.
    pub max_message: u32,
    /// dwFeatures without the level: what the reader does by itself.
    pub features: u16,
    /// How many slots it has, and in which of them cards are put.
    pub slots: u8,
    /// The slot cards are put in.
    pub card_slot: u8,
    /// The bPowerSelect at which the card answers, where the reader does not choose it; 0 is any.
    pub voltage: u8,
    /// The ATR the card gives here, in place of its own.
    pub atr: Option<&'static [u8]>,
    /// Vendor, product and version it gives itself out for.
    pub id: Option<(u16, u16, u16)>,
    /// The card does not answer PPS.
    pub refuses_pps: bool,
    /// The class descriptor stands behind the last endpoint.
    pub descriptor_last: bool,
}

impl Default for Build {
    fn default() -> Self {
        Self::SHORT
    }
}

impl Build {
    const SHORT: Self = Self {
        level: Level::Short,
        max_message: 271,
        features: 0x04BA,
        slots: 1,
        card_slot: 0,
        voltage: 0,
        atr: None,
        id: None,
        refuses_pps: false,
        descriptor_last: false,
    };
    /// A reader of the extended APDU level with the message length of a Sony RC-S300.
    pub const EXTENDED: Self = Self { level: Level::Extended, max_message: 522, ..Self::SHORT };
    /// A reader of the TPDU level built like an SCR3310-NTTCom: all but blocks and their sizes by itself.
    pub const TPDU: Self = Self { level: Level::Tpdu, features: 0x01BA, ..Self::SHORT };
    /// A reader of the TPDU level that does nothing by itself.
    pub const BARE: Self = Self { level: Level::Tpdu, features: 0x0030, ..Self::SHORT };
    /// A reader with a second slot in which the card is, built like an SCR331-DI-NTTCom.
    pub const TWO_SLOTS: Self =
        Self { features: 0x00BA, max_message: 263, slots: 2, card_slot: 1, ..Self::TPDU };

    /// Whether the reader does all this by itself (bits of dwFeatures).
    pub(super) fn does(&self, features: u16) -> bool {
        self.features & features == features
    }
}

/// The endpoints of one interface.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Endpoints {
    /// Class of the interface.
    pub class: u8,
    /// Bulk OUT.
    pub bulk_out: u8,
    /// Bulk IN.
    pub bulk_in: u8,
    /// Interrupt IN.
    pub interrupt: u8,
}

/// Interface 0 has the class a browser protects, interface 1 the one a page may claim.
pub const INTERFACES: [Endpoints; 2] = [
    Endpoints { class: 0x0B, bulk_out: 0x01, bulk_in: 0x82, interrupt: 0x83 },
    Endpoints { class: 0xFF, bulk_out: 0x04, bulk_in: 0x85, interrupt: 0x86 },
];

/// The device descriptor.
pub fn device(build: &Build) -> [u8; 18] {
    let (vendor, product, version) = build.id.unwrap_or((VENDOR, PRODUCT, 0x0100));
    let ([v0, v1], [p0, p1]) = (vendor.to_le_bytes(), product.to_le_bytes());
    let [r0, r1] = version.to_le_bytes();
    [18, 1, 0x00, 0x02, 0, 0, 0, PACKET, v0, v1, p0, p1, r0, r1, 1, 2, 3, 1]
}

/// The configuration descriptor with all that belongs to it.
pub fn configuration(build: &Build) -> Vec<u8> {
    let mut body = Vec::new();
    for (number, interface) in (0..).zip(INTERFACES) {
        body.extend([9, 4, number, 0, 3, interface.class, 0, 0, 0]);
        if !build.descriptor_last {
            body.extend(ccid(build));
        }
        for (address, kind, interval) in [
            (interface.bulk_out, BULK, 0),
            (interface.bulk_in, BULK, 0),
            (interface.interrupt, INTERRUPT, 16),
        ] {
            body.extend([7, 5, address, kind, PACKET, 0, interval]);
        }
        if build.descriptor_last {
            body.extend(ccid(build));
        }
    }
    let [lo, hi] = u16::try_from(9 + body.len()).unwrap_or(u16::MAX).to_le_bytes();
    [&[9, 2, lo, hi, 2, 1, 0, 0x80, 50][..], &body].concat()
}

/// A string descriptor.
pub fn string(index: u8) -> Option<Vec<u8>> {
    let body: Vec<u8> = match usize::from(index).checked_sub(1) {
        None => vec![0x09, 0x04],
        Some(at) => STRINGS.get(at)?.encode_utf16().flat_map(u16::to_le_bytes).collect(),
    };
    Some([&[u8::try_from(2 + body.len()).ok()?, 3][..], &body].concat())
}

/// The CCID functional descriptor (CCID 1.1 §5.1): T=1, and T=0 where the host makes its TPDUs.
fn ccid(build: &Build) -> Vec<u8> {
    let (level, protocols, clock) = match build.level {
        Level::Short => (0x2_0000_u32, 2u32, 4_000u32),
        Level::Extended => (0x4_0000, 2, 4_000),
        Level::Tpdu => (0x1_0000, 3, 4_800),
    };
    let features = level | u32::from(build.features);
    let mut bytes = vec![54, 0x21, 0x10, 0x01, build.slots - 1, 7];
    bytes.extend(protocols.to_le_bytes());
    bytes.extend(clock.to_le_bytes());
    bytes.extend(clock.to_le_bytes());
    bytes.push(0);
    bytes.extend(10_752u32.to_le_bytes());
    bytes.extend(344_086u32.to_le_bytes());
    bytes.push(0);
    bytes.extend(254u32.to_le_bytes());
    bytes.extend([0; 8]);
    bytes.extend(features.to_le_bytes());
    bytes.extend(build.max_message.to_le_bytes());
    bytes.extend([0xFF, 0xFF, 0, 0, 0, 1]);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_descriptor_is_as_long_as_it_says() {
        let all = configuration(&Build::default());
        assert_eq!(usize::from(u16::from_le_bytes([all[2], all[3]])), all.len());
        let mut rest = &all[..];
        let mut kinds = Vec::new();
        while let [length, kind, ..] = *rest {
            kinds.push((kind, length));
            rest = &rest[usize::from(length)..];
        }
        let function = [(4, 9), (0x21, 54), (5, 7), (5, 7), (5, 7)];
        assert_eq!(kinds, [&[(2, 9)][..], &function, &function].concat());
    }

    #[test]
    fn the_ccid_descriptor_tells_how_the_reader_is_built() {
        for (build, features) in [(Build::default(), 0x0002_04BA_u32), (Build::EXTENDED, 0x0004_04BA)] {
            let ccid = ccid(&build);
            assert_eq!(ccid[40..44], features.to_le_bytes());
            assert_eq!(ccid[44..48], build.max_message.to_le_bytes());
        }
    }

    #[test]
    fn endpoints_are_distinct() {
        let mut all: Vec<u8> =
            INTERFACES.iter().flat_map(|i| [i.bulk_out & 15, i.bulk_in & 15, i.interrupt & 15]).collect();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 6);
    }

    #[test]
    fn strings() {
        assert_eq!(string(0), Some(vec![4, 3, 9, 4]));
        assert_eq!(string(3).map(|s| s[..4].to_vec()), Some(vec![16, 3, b'K', 0]));
        assert_eq!(string(4), None);
    }
}
