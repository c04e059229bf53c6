//! What is not known of the real reader, as a choice.

use crate::picc::PiccOptions;

/// Where the reader looks for the features it shall leave off (tag 90).
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum FlagByte {
    /// In the second byte; the first must be 0.
    #[default]
    Second,
    /// In the first byte; the second must be 0.
    First,
    /// In the first byte, whatever the second is.
    FirstLenient,
    /// In the second byte, but nothing about parity for cards that have none.
    SecondWithoutParity,
    /// Nowhere: the object is not known.
    Unknown,
}

/// What Switch Protocol does for Type B.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Switch {
    /// Goes to this layer with the card; says so when there is none.
    #[default]
    Finds,
    /// Chooses the kind of radio and looks for nothing.
    Chooses,
    /// Finds, but only when it is told sizes and card identifier.
    FindsWithSizes,
    /// Is not supported (6A81).
    Refused,
}

/// Who builds the blocks of ISO/IEC 14443-4 at layer 4.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Prologue {
    /// The reader, unless tag 90 says otherwise.
    #[default]
    ByFlag,
    /// Always the host.
    Host,
    /// Always the reader, whatever tag 90 says.
    Reader,
}

/// One possible RC-S300.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// Where tag 90 has its bits.
    pub flags: FlagByte,
    /// Switch Protocol for Type B, layer 3.
    pub b3: Switch,
    /// Switch Protocol for Type B, layer 4.
    pub b4: Switch,
    /// Switch Protocol for Type A, layer 3.
    pub a3: Switch,
    /// Who builds blocks.
    pub prologue: Prologue,
    /// Whether a layer 4 switch tells the ATR.
    pub atr: bool,
    /// A CRC error is told as silence, not in tag 96.
    pub silent_crc: bool,
    /// Whether a message of whole packets waits for its empty packet.
    pub waits_for_end: bool,
    /// The radio side of the cards that are put on it.
    pub picc: PiccOptions,
}

impl Default for Variant {
    fn default() -> Self {
        Self {
            flags: FlagByte::default(),
            b3: Switch::default(),
            b4: Switch::default(),
            a3: Switch::default(),
            prologue: Prologue::default(),
            atr: true,
            silent_crc: false,
            waits_for_end: true,
            picc: PiccOptions::default(),
        }
    }
}
