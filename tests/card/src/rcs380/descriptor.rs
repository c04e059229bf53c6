//! What the reader says of itself: one interface of class 0xFF with two bulk endpoints.

/// Sony's RC-S380/P.
const VENDOR: u16 = 0x054C;
const PRODUCT: u16 = 0x06C3;
/// Bytes of a packet.
pub(super) const PACKET: u8 = 64;
pub(super) const BULK_OUT: u8 = 0x02;
pub(super) const BULK_IN: u8 = 0x81;

const STRINGS: [&str; 3] = ["SONY", "RC-S380/P", "0000001"];

pub(super) fn device() -> [u8; 18] {
    let ([v0, v1], [p0, p1]) = (VENDOR.to_le_bytes(), PRODUCT.to_le_bytes());
    [18, 1, 0x00, 0x02, 0, 0, 0, PACKET, v0, v1, p0, p1, 0x11, 0x01, 1, 2, 3, 1]
}

pub(super) fn configuration() -> [u8; 32] {
    [
        9, 2, 32, 0, 1, 1, 0, 0x80, 50, // configuration
        9, 4, 0, 0, 2, 0xFF, 0, 0, 0, // interface
        7, 5, BULK_OUT, 2, PACKET, 0, 0, //
        7, 5, BULK_IN, 2, PACKET, 0, 0,
    ]
}

/// A standard request; `None` is a stall.
pub(super) fn control(setup: [u8; 8]) -> Option<Vec<u8>> {
    let [kind, request, value, value_high, _, _, length, length_high] = setup;
    let answer = match (kind, request) {
        (0x80, 6) => match value_high {
            1 => device().to_vec(),
            2 if value == 0 => configuration().to_vec(),
            3 => string(value)?,
            _ => return None,
        },
        (0x80..=0x82, 0) => vec![0, 0],
        (0x80, 8) => vec![1],
        (0x81, 10) => vec![0],
        (0x00, 9) | (0x01, 11) | (0x02, 1) => Vec::new(),
        _ => return None,
    };
    let wanted = usize::from(u16::from_le_bytes([length, length_high]));
    Some(answer.into_iter().take(wanted).collect())
}

fn string(index: u8) -> Option<Vec<u8>> {
    let body: Vec<u8> = match usize::from(index).checked_sub(1) {
        None => vec![0x09, 0x04],
        Some(at) => STRINGS.get(at)?.encode_utf16().flat_map(u16::to_le_bytes).collect(),
    };
    Some([&[u8::try_from(2 + body.len()).ok()?, 3][..], &body].concat())
}
