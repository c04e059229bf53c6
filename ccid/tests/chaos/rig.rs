//! The readers that are driven through the runs, and what guards their bytes.

use ccid::usb::{Interface, UsbId, choose};
use kakehashi_card::rcs300::{FlagByte, Prologue, Switch, Variant};
use kakehashi_card::{Build, PiccOptions, VirtualDevice, VirtualRcs300, VirtualRcs380, VirtualReader};

/// The shortest ATR: T=0.
const T0: &[u8] = &[0x3B, 0x00];
/// T=1 with a CRC.
const WITH_CRC: &[u8] = &[0x3B, 0x80, 0x81, 0x41, 0x01, 0x41];

/// A reader, its level and its card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rig {
    /// CCID, short commands.
    Short,
    /// CCID, extended commands in chained messages.
    Extended,
    /// The same in very short messages.
    Chained,
    /// CCID, blocks of T=1.
    Blocks,
    /// The same with a CRC, by a reader that does nothing by itself.
    Bare,
    /// The same in the second slot.
    SecondSlot,
    /// CCID, TPDUs of T=0.
    Characters,
    /// RC-S380 with a card of Type B.
    Port100B,
    /// RC-S380 with a card of Type A and short frames.
    Port100A,
    /// RC-S300 that finds cards of Type B by itself, with one.
    Port400B,
    /// RC-S300 that only chooses the kind of radio, with a card of short frames.
    Port400Chooses,
    /// RC-S300 with a card of Type A.
    Port400A,
}

/// How bytes between host and reader are guarded against change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Guarded {
    /// Not at all: what USB delivers is believed.
    Nothing,
    /// Commands and answers are, by the protocol to the card; what stands around them is not.
    Card,
    /// All are.
    All,
}

impl Rig {
    pub(crate) const ALL: [Self; 12] = [
        Self::Short,
        Self::Extended,
        Self::Chained,
        Self::Blocks,
        Self::Bare,
        Self::SecondSlot,
        Self::Characters,
        Self::Port100B,
        Self::Port100A,
        Self::Port400B,
        Self::Port400Chooses,
        Self::Port400A,
    ];

    pub(crate) fn device(self) -> Box<dyn VirtualDevice> {
        let ccid = |build| Box::new(VirtualReader::new(build));
        let rcs380 = |picc| Box::new(VirtualRcs380::new(picc));
        let rcs300 = |variant| Box::new(VirtualRcs300::new(variant));
        match self {
            Self::Short => ccid(Build::default()),
            Self::Extended => ccid(Build::EXTENDED),
            Self::Chained => ccid(Build { max_message: 74, ..Build::EXTENDED }),
            Self::Blocks => ccid(Build::TPDU),
            Self::Bare => ccid(Build { atr: Some(WITH_CRC), ..Build::BARE }),
            Self::SecondSlot => ccid(Build::TWO_SLOTS),
            Self::Characters => ccid(Build { atr: Some(T0), ..Build::TPDU }),
            Self::Port100B => rcs380(PiccOptions::my_number()),
            Self::Port100A => rcs380(PiccOptions { fsci: 5, ..PiccOptions::type_a() }),
            Self::Port400B => rcs300(Variant::default()),
            Self::Port400Chooses => rcs300(Variant {
                flags: FlagByte::First,
                b3: Switch::Chooses,
                b4: Switch::Refused,
                prologue: Prologue::Host,
                picc: PiccOptions { fsci: 2, ..PiccOptions::my_number() },
                ..Variant::default()
            }),
            Self::Port400A => rcs300(Variant { picc: PiccOptions::type_a(), ..Variant::default() }),
        }
    }

    pub(crate) const fn guarded(self) -> Guarded {
        match self {
            Self::Port100B | Self::Port100A => Guarded::All,
            Self::Blocks | Self::Bare | Self::SecondSlot => Guarded::Card,
            _ => Guarded::Nothing,
        }
    }

    /// Whether it only carries frames to the card.
    pub(crate) const fn is_radio(self) -> bool {
        self.is_port400() || matches!(self, Self::Port100B | Self::Port100A)
    }

    /// Whether it is an RC-S300 over its own interface.
    pub(crate) const fn is_port400(self) -> bool {
        matches!(self, Self::Port400B | Self::Port400Chooses | Self::Port400A)
    }

    /// Whether it takes what the protocol to the card makes of commands.
    pub(crate) const fn is_tpdu(self) -> bool {
        matches!(self, Self::Blocks | Self::Bare | Self::SecondSlot | Self::Characters)
    }

    /// Whether the protocol to the card may repeat a block of a command.
    pub(crate) const fn repeats_blocks(self) -> bool {
        self.is_radio() || matches!(self.guarded(), Guarded::Card)
    }

    /// Whether its messages are CCID's.
    pub(crate) const fn is_ccid(self) -> bool {
        !matches!(self, Self::Port100B | Self::Port100A)
    }
}

pub(crate) fn interface(device: &dyn VirtualDevice) -> Interface {
    let descriptors = device.descriptors();
    let (device, configuration) = descriptors.split_at(18);
    choose(UsbId::of(device).unwrap(), configuration, true).unwrap()
}
