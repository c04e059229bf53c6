//! Commands of the vendor interface: pseudo-APDUs of class FF, as PC/SC part 3 has them for transparent
//! sessions, with the tags and forms Sony's readers use.

use zeroize::Zeroizing;

use crate::iso14443::Technology;

/// Objects of Manage Session.
pub(super) mod session {
    pub(crate) const START: u8 = 0x81;
    pub(crate) const END: u8 = 0x82;
    pub(crate) const FIELD_OFF: u8 = 0x83;
    pub(crate) const FIELD_ON: u8 = 0x84;
}

/// Features of the reader that are switched off for a frame (tag 90), a bit each.
pub(super) mod without {
    pub(crate) const CRC: u8 = 0x03;
    pub(crate) const PARITY: u8 = 0x0C;
    /// The reader would build the blocks of ISO/IEC 14443-4 itself: this is the host's affair here.
    pub(crate) const BLOCKS: u8 = 0x10;
}

/// Shortest time the reader can wait for a card, microseconds.
const SHORTEST_TIMER: u32 = 3_000;

/// A frame to the card.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame<'a> {
    /// Both bytes of tag 90, where the reader is to be told.
    pub(super) features: Option<[u8; 2]>,
    /// Valid bits of the last byte (tag 91), where it is to be said; 0 is all.
    pub(super) last_bits: Option<u8>,
    /// How long the card may take, microseconds.
    pub(super) wait: u32,
    /// The frame, without CRC.
    pub(super) data: &'a [u8],
}

/// How far the reader is to go with a card by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layer {
    /// Find and select it (ISO/IEC 14443-3).
    Three,
    /// Begin the block protocol as well (ISO/IEC 14443-4).
    Four,
    /// The same, with the host's frame size and no card identifier said.
    FourSized,
}

/// Manage Session with one object.
pub(super) fn manage(object: u8) -> [u8; 8] {
    [0xFF, 0x50, 0x00, 0x00, 0x02, object, 0x00, 0x00]
}

/// Switch Protocol.
pub(super) fn switch(technology: Technology, layer: Layer) -> Vec<u8> {
    let standard = match technology {
        Technology::A => 0x00,
        Technology::B => 0x01,
    };
    let (sizes, number): (&[u8], u8) = match layer {
        Layer::Three => (&[], 3),
        Layer::Four => (&[], 4),
        Layer::FourSized => (&[0xFF, 0x6E, 3, 0x01, 1, 0x08, 0xFF, 0x6E, 3, 0x08, 1, 0x00], 4),
    };
    let length = if sizes.is_empty() { 4 } else { 16 };
    [&[0xFF, 0x50, 0x00, 0x02, length], sizes, &[0x8F, 2, standard, number, 0x00]].concat()
}

/// Transparent Exchange: send a frame, wait for the card's. Wiped after use: the frame may carry a PIN.
pub(super) fn transceive(frame: &Frame<'_>) -> Zeroizing<Vec<u8>> {
    let features = frame.features.map(|[first, second]| [0x90, 2, first, second]);
    let features = features.as_ref().map_or(&[][..], |object| &object[..]);
    let bits = frame.last_bits.map(|bits| [0x91, 1, bits]);
    let bits = bits.as_ref().map_or(&[][..], |object| &object[..]);
    // A frame never exceeds 290 bytes: longer ones are refused before.
    let [high, low] = u16::try_from(frame.data.len()).unwrap_or(u16::MAX).to_be_bytes();
    let objects = features.len() + bits.len() + 7 + 4 + frame.data.len();
    let [objects_high, objects_low] = u16::try_from(objects).unwrap_or(u16::MAX).to_be_bytes();
    let mut out = Zeroizing::new(Vec::with_capacity(objects + 10));
    out.extend_from_slice(&[0xFF, 0x50, 0x00, 0x01, 0x00, objects_high, objects_low]);
    out.extend_from_slice(features);
    out.extend_from_slice(bits);
    out.extend_from_slice(&[0x5F, 0x46, 4]);
    out.extend_from_slice(&frame.wait.max(SHORTEST_TIMER).to_le_bytes());
    out.extend_from_slice(&[0x95, 0x82, high, low]);
    out.extend_from_slice(frame.data);
    out.extend_from_slice(&[0; 3]);
    out
}

/// Get Data: the ATS of a card of Type A.
pub(super) const ATS: [u8; 4] = [0xFF, 0xCA, 0x01, 0x00];
