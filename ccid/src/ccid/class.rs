//! The class descriptor (CCID 5.1): what a reader says it can do.

/// At which level a reader takes commands (`dwFeatures`, bits 16 to 18).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Single characters.
    Character,
    /// Blocks of T=0 or T=1, made by the host.
    Tpdu,
    /// Whole commands with short lengths.
    ShortApdu,
    /// Whole commands with short and extended lengths, in chained messages where needed.
    ExtendedApdu,
}

/// The parts of the 54-byte class descriptor that matter to a host.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ClassDescriptor {
    /// `bMaxSlotIndex`: slots less one.
    pub max_slot: u8,
    /// `bVoltageSupport`: 1 is 5 V, 2 is 3 V, 4 is 1.8 V.
    pub voltages: u8,
    /// `dwProtocols`: bit 0 is T=0, bit 1 is T=1.
    pub protocols: u32,
    /// `dwDefaultClock` in kHz: the clock a card is started with.
    pub clock: u32,
    /// `dwMaxDataRate` in bits per second.
    pub max_rate: u32,
    /// `dwMaxIFSD`: the most information bytes the reader takes in one block of T=1.
    pub max_ifsd: u32,
    /// `dwFeatures`.
    pub features: u32,
    /// `dwMaxCCIDMessageLength`: header and data.
    pub max_message: u32,
}

impl Level {
    /// In words, for the help desk.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Character => "character level",
            Self::Tpdu => "TPDU level",
            Self::ShortApdu => "short APDU level",
            Self::ExtendedApdu => "extended APDU level",
        }
    }
}

impl ClassDescriptor {
    /// The reader sets its parameters from the ATR by itself.
    const AUTO_PARAMETERS: u32 = 0x02;
    /// The reader chooses the voltage by itself.
    const AUTO_VOLTAGE: u32 = 0x08;
    /// The reader negotiates parameters by itself, PPS included.
    const AUTO_NEGOTIATION: u32 = 0x40;
    /// The reader does PPS when parameters are set.
    const AUTO_PPS: u32 = 0x80;
    /// The reader tells the card its IFSD by itself.
    const AUTO_IFSD: u32 = 0x400;

    /// Reads a descriptor of 54 bytes.
    pub fn parse(descriptor: &[u8]) -> Option<Self> {
        let bytes: &[u8; 54] = descriptor.try_into().ok()?;
        let word = |at: usize| {
            bytes.get(at..).and_then(|rest| rest.first_chunk()).map_or(0, |word| u32::from_le_bytes(*word))
        };
        (bytes[0] == 54 && bytes[1] == 0x21).then(|| Self {
            max_slot: bytes[4],
            voltages: bytes[5],
            protocols: word(6),
            clock: word(10),
            max_rate: word(23),
            max_ifsd: word(28),
            features: word(40),
            max_message: word(44),
        })
    }

    /// The level of commands.
    pub const fn level(&self) -> Level {
        match self.features & 0x7_0000 {
            0x1_0000 => Level::Tpdu,
            0x2_0000 => Level::ShortApdu,
            0x4_0000 => Level::ExtendedApdu,
            _ => Level::Character,
        }
    }

    /// The same reader at another level.
    #[must_use]
    pub const fn at_level(mut self, level: Level) -> Self {
        self.features = self.features & !0x7_0000
            | match level {
                Level::Character => 0,
                Level::Tpdu => 0x1_0000,
                Level::ShortApdu => 0x2_0000,
                Level::ExtendedApdu => 0x4_0000,
            };
        self
    }

    /// The same reader, without the host's word about its IFSD.
    #[must_use]
    pub const fn without_ifsd(mut self) -> Self {
        self.features |= Self::AUTO_IFSD;
        self
    }

    /// `bPowerSelect` values to try in turn.
    pub fn power_selects(&self) -> Vec<u8> {
        if self.features & Self::AUTO_VOLTAGE != 0 || self.voltages & 7 == 0 {
            return vec![0];
        }
        [(1, 1), (2, 2), (4, 3)]
            .into_iter()
            .filter(|(bit, _)| self.voltages & bit != 0)
            .map(|(_, v)| v)
            .collect()
    }

    /// Whether the reader agrees with the card on protocol and speed all by itself.
    pub const fn negotiates(&self) -> bool {
        self.features & Self::AUTO_NEGOTIATION != 0
    }

    /// Whether the host has to do PPS.
    pub const fn wants_pps(&self) -> bool {
        self.features & (Self::AUTO_NEGOTIATION | Self::AUTO_PPS) == 0
    }

    /// Whether the host has to tell the card the reader's IFSD.
    pub const fn wants_ifsd(&self) -> bool {
        self.features & Self::AUTO_IFSD == 0
    }

    /// Whether the reader can go at this speed (TA1: Fi and Di, ISO/IEC 7816-3 tables 7 and 8).
    pub fn can_go_at(&self, speed: u8) -> bool {
        const FI: [u32; 16] = [372, 372, 558, 744, 1116, 1488, 1860, 0, 0, 512, 768, 1024, 1536, 2048, 0, 0];
        const DI: [u32; 16] = [0, 1, 2, 4, 8, 16, 32, 64, 12, 20, 0, 0, 0, 0, 0, 0];
        let of = |table: [u32; 16], at: u8| table.get(usize::from(at)).copied().unwrap_or(0);
        let (fi, di) = (of(FI, speed >> 4), of(DI, speed & 0x0F));
        let rate = u64::from(self.clock) * 1000 * u64::from(di);
        fi != 0 && di != 0 && rate <= u64::from(self.max_rate) * u64::from(fi)
    }

    /// Whether the host has to set the parameters after the ATR.
    pub const fn wants_parameters(&self) -> bool {
        self.features & (Self::AUTO_PARAMETERS | Self::AUTO_NEGOTIATION) == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn descriptor(voltages: u8, features: u32) -> Vec<u8> {
        let mut bytes = vec![0; 54];
        bytes[0] = 54;
        bytes[1] = 0x21;
        bytes[5] = voltages;
        bytes[6] = 3;
        bytes[40..44].copy_from_slice(&features.to_le_bytes());
        bytes[44..48].copy_from_slice(&271u32.to_le_bytes());
        bytes
    }

    #[test]
    fn levels_and_lengths_are_read() {
        // SCR3310-NTTCom, a short-APDU reader, RC-S300 interface 0 (libccid's reader list).
        for (features, level) in
            [(0x0001_01BA, Level::Tpdu), (0x0002_07B2, Level::ShortApdu), (0x0004_007E, Level::ExtendedApdu)]
        {
            let class = ClassDescriptor::parse(&descriptor(7, features)).unwrap();
            assert_eq!((class.level(), class.max_message, class.protocols), (level, 271, 3));
        }
        assert!(ClassDescriptor::parse(&[54; 53]).is_none());
        assert!(ClassDescriptor::parse(&[54; 54]).is_none());
    }

    #[test]
    fn a_speed_is_measured_against_what_the_reader_can() {
        // SCR3310-NTTCom: 4.8 MHz, 412,903 bit/s.
        let class = ClassDescriptor { clock: 4_800, max_rate: 412_903, ..ClassDescriptor::default() };
        // 13: 51,612 bit/s; 95: 150,000; 96: 300,000; 97: 600,000; A0 and 7x are reserved.
        for (speed, can) in
            [(0x13, true), (0x95, true), (0x96, true), (0x97, false), (0xA0, false), (0x71, false)]
        {
            assert_eq!(class.can_go_at(speed), can, "{speed:02X}");
        }
    }

    #[test]
    fn voltage_is_left_to_the_reader_or_tried_from_above() {
        let of = |voltages, features| ClassDescriptor::parse(&descriptor(voltages, features)).unwrap();
        assert_eq!(of(7, 0x0002_07B2).power_selects(), [1, 2, 3]);
        assert_eq!(of(7, 0x0004_007E).power_selects(), [0]);
        assert_eq!(of(6, 0).power_selects(), [2, 3]);
        assert_eq!(of(0, 0).power_selects(), [0]);
        assert!(!of(7, 0x0002_0002).wants_parameters());
        assert!(of(7, 0x0002_0000).wants_parameters());
    }
}
