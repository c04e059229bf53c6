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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClassDescriptor {
    /// `bMaxSlotIndex`: slots less one.
    pub max_slot: u8,
    /// `bVoltageSupport`: 1 is 5 V, 2 is 3 V, 4 is 1.8 V.
    pub voltages: u8,
    /// `dwProtocols`: bit 0 is T=0, bit 1 is T=1.
    pub protocols: u32,
    /// `dwFeatures`.
    pub features: u32,
    /// `dwMaxCCIDMessageLength`: header and data.
    pub max_message: u32,
}

impl ClassDescriptor {
    /// The reader sets its parameters from the ATR by itself.
    const AUTO_PARAMETERS: u32 = 0x02;
    /// The reader chooses the voltage by itself.
    const AUTO_VOLTAGE: u32 = 0x08;
    /// The reader negotiates parameters by itself.
    const AUTO_NEGOTIATION: u32 = 0x40;

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
