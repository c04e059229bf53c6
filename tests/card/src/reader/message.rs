//! CCID messages (CCID 1.1 §6): a header of ten bytes and data.

/// Message types from the host.
pub(super) mod from_host {
    pub(crate) const SET_PARAMETERS: u8 = 0x61;
    pub(crate) const POWER_ON: u8 = 0x62;
    pub(crate) const POWER_OFF: u8 = 0x63;
    pub(crate) const SLOT_STATUS: u8 = 0x65;
    pub(crate) const SECURE: u8 = 0x69;
    pub(crate) const ESCAPE: u8 = 0x6B;
    pub(crate) const GET_PARAMETERS: u8 = 0x6C;
    pub(crate) const RESET_PARAMETERS: u8 = 0x6D;
    pub(crate) const TRANSFER: u8 = 0x6F;
    pub(crate) const ABORT: u8 = 0x72;
    pub(crate) const SET_RATE: u8 = 0x73;
}

/// Message types to the host.
pub(super) mod to_host {
    pub(crate) const DATA: u8 = 0x80;
    pub(crate) const STATUS: u8 = 0x81;
    pub(crate) const PARAMETERS: u8 = 0x82;
    pub(crate) const ESCAPE: u8 = 0x83;
    pub(crate) const RATE: u8 = 0x84;
    /// No type of CCID's: for the fault of that name.
    pub(crate) const UNKNOWN: u8 = 0x8F;
}

/// bError of a failed message. Below 80 it is the offset of the header byte that is wrong.
pub(super) mod error {
    pub(crate) const UNSUPPORTED: u8 = 0x00;
    pub(crate) const LENGTH: u8 = 0x01;
    pub(crate) const SLOT: u8 = 0x05;
    pub(crate) const POWER_SELECT: u8 = 0x07;
    pub(crate) const PROTOCOL: u8 = 0x07;
    pub(crate) const LEVEL: u8 = 0x08;
    pub(crate) const APDU_LENGTH: u8 = 0xBE;
    pub(crate) const PARITY: u8 = 0xFD;
    pub(crate) const MUTE: u8 = 0xFE;
    pub(crate) const ABORTED: u8 = 0xFF;
}

/// A message from the host, whole.
#[derive(Debug)]
pub(super) struct Message {
    pub(super) kind: u8,
    pub(super) slot: u8,
    pub(super) sequence: u8,
    /// The three bytes whose meaning depends on the type.
    pub(super) specific: [u8; 3],
    pub(super) data: Vec<u8>,
}

impl Message {
    /// wLevelParameter of a transfer.
    pub(super) fn level(&self) -> u16 {
        u16::from_le_bytes([self.specific[1], self.specific[2]])
    }

    /// Takes the first whole message out of what came in; `Err` when it claims to be longer than `max`.
    pub(super) fn take(bytes: &mut Vec<u8>, max: u32) -> Result<Option<Self>, (u8, u8, u8)> {
        let Some((&[kind, a, b, c, d, slot, sequence, x, y, z], rest)) = bytes.split_first_chunk::<10>()
        else {
            return Ok(None);
        };
        let length = u32::from_le_bytes([a, b, c, d]);
        if length > max.saturating_sub(10) {
            bytes.clear();
            return Err((kind, slot, sequence));
        }
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        let Some(data) = rest.get(..length).map(<[u8]>::to_vec) else { return Ok(None) };
        bytes.drain(..10 + length);
        Ok(Some(Self { kind, slot, sequence, specific: [x, y, z], data }))
    }
}

/// The type that answers a type.
pub(super) fn answer_kind(kind: u8) -> u8 {
    match kind {
        from_host::POWER_ON | from_host::TRANSFER | from_host::SECURE => to_host::DATA,
        from_host::GET_PARAMETERS | from_host::RESET_PARAMETERS | from_host::SET_PARAMETERS => {
            to_host::PARAMETERS
        }
        from_host::ESCAPE => to_host::ESCAPE,
        from_host::SET_RATE => to_host::RATE,
        _ => to_host::STATUS,
    }
}

/// What a message is answered with.
#[derive(Clone, Debug)]
pub(super) struct Reply {
    pub(super) kind: u8,
    pub(super) slot: u8,
    pub(super) sequence: u8,
    /// bStatus without the two bits of the card.
    pub(super) status: u8,
    pub(super) error: u8,
    /// The last header byte: chain parameter, protocol or clock.
    pub(super) last: u8,
    pub(super) data: Vec<u8>,
}

impl Reply {
    /// The message in bytes; `card` is the state of the card in bStatus.
    pub(super) fn encode(&self, card: u8) -> Vec<u8> {
        let length = u32::try_from(self.data.len()).unwrap_or(u32::MAX).to_le_bytes();
        let tail = [self.slot, self.sequence, self.status | card, self.error, self.last];
        [&[self.kind][..], &length, &tail, &self.data].concat()
    }
}
