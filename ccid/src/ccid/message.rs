//! Messages (CCID 6.1 and 6.2): ten bytes of header, then data.

use zeroize::Zeroizing;

pub(super) const HEADER: usize = 10;

/// PC_to_RDR_IccPowerOn.
pub(super) const POWER_ON: u8 = 0x62;
/// PC_to_RDR_IccPowerOff.
pub(super) const POWER_OFF: u8 = 0x63;
/// PC_to_RDR_GetSlotStatus.
pub(super) const GET_SLOT_STATUS: u8 = 0x65;
/// PC_to_RDR_XfrBlock.
pub(super) const XFR_BLOCK: u8 = 0x6F;
/// PC_to_RDR_SetParameters.
pub(super) const SET_PARAMETERS: u8 = 0x61;
/// PC_to_RDR_Escape.
pub(super) const ESCAPE: u8 = 0x6B;
/// RDR_to_PC_DataBlock.
pub(super) const DATA_BLOCK: u8 = 0x80;
/// RDR_to_PC_SlotStatus.
pub(super) const SLOT_STATUS: u8 = 0x81;
/// RDR_to_PC_Parameters.
pub(super) const PARAMETERS: u8 = 0x82;

/// RDR_to_PC_Escape.
pub(super) const ESCAPED: u8 = 0x83;

/// A message to the reader. Wiped after use: the data may be a PIN.
pub(super) fn encode(kind: u8, slot: u8, sequence: u8, specific: [u8; 3], data: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut out = Zeroizing::new(Vec::with_capacity(HEADER + data.len()));
    out.push(kind);
    // Data never exceeds an extended APDU.
    let length = u32::try_from(data.len()).unwrap_or(u32::MAX);
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(&[slot, sequence]);
    out.extend_from_slice(&specific);
    out.extend_from_slice(data);
    out
}

/// What the slot says about its card (`bStatus`, bits 0 and 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IccStatus {
    /// Present and powered.
    Active,
    /// Present, without power.
    Inactive,
    /// Absent.
    Absent,
    /// The fourth value, without a meaning.
    Unknown,
}

/// What the reader says about the command (`bStatus`, bits 6 and 7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandStatus {
    /// Done.
    Done,
    /// Failed; `bError` tells why.
    Failed,
    /// The card wants more time; the answer comes later, with the same sequence number.
    TimeExtension,
    /// The fourth value, without a meaning.
    Unknown,
}

/// A message from the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// `bMessageType`.
    pub kind: u8,
    /// `bSlot`.
    pub slot: u8,
    /// `bSeq`: that of the command it answers.
    pub sequence: u8,
    /// `bStatus`.
    pub status: u8,
    /// `bError`.
    pub error: u8,
    /// The byte after it: `bChainParameter`, `bClockStatus` or `bProtocolNum`.
    pub specific: u8,
    /// `abData`.
    pub data: Vec<u8>,
}

impl Message {
    /// The length of the whole message that begins with this header.
    pub(super) fn total(header: &[u8]) -> Option<usize> {
        let length = header.get(1..5)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))?;
        usize::try_from(length).ok()?.checked_add(HEADER)
    }

    /// Reads a complete message.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        let (&[kind, _, _, _, _, slot, sequence, status, error, specific], data) =
            bytes.split_first_chunk()?;
        Some(Self { kind, slot, sequence, status, error, specific, data: data.to_vec() })
    }

    /// The card, as the slot sees it.
    pub const fn icc(&self) -> IccStatus {
        match self.status & 3 {
            0 => IccStatus::Active,
            1 => IccStatus::Inactive,
            2 => IccStatus::Absent,
            _ => IccStatus::Unknown,
        }
    }

    /// What became of the command.
    pub const fn command(&self) -> CommandStatus {
        match self.status >> 6 {
            0 => CommandStatus::Done,
            1 => CommandStatus::Failed,
            2 => CommandStatus::TimeExtension,
            _ => CommandStatus::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_laid_out() {
        let message = encode(XFR_BLOCK, 0, 7, [0, 0x10, 0], &[0xAA, 0xBB]);
        assert_eq!(*message, [0x6F, 2, 0, 0, 0, 0, 7, 0, 0x10, 0, 0xAA, 0xBB]);
    }

    #[test]
    fn an_answer_is_read() {
        let bytes = [0x80, 1, 0, 0, 0, 0, 7, 0x41, 0xFE, 0, 0x3B];
        assert_eq!(Message::total(&bytes), Some(11));
        let message = Message::parse(&bytes).unwrap();
        assert_eq!((message.icc(), message.command()), (IccStatus::Inactive, CommandStatus::Failed));
        assert_eq!((message.sequence, message.error, message.data), (7, 0xFE, vec![0x3B]));
        assert_eq!(Message::total(&bytes[..4]), None);
    }
}
