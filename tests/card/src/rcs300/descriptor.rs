//! What the virtual RC-S300 says of itself: Sony's numbers, a protected CCID interface, the vendor's own.

/// Vendor: Sony.
pub const VENDOR: u16 = 0x054C;
/// Product: RC-S300/S.
pub const PRODUCT: u16 = 0x0DC8;
/// Bytes of a packet on every endpoint.
pub const PACKET: u8 = 64;

/// Bulk endpoints of the vendor's interface.
pub const OUT: u8 = 0x02;
/// Bulk IN of the vendor's interface.
pub const IN: u8 = 0x82;
/// Bulk endpoints of the CCID interface.
pub(super) const CCID_OUT: u8 = 0x01;
pub(super) const CCID_IN: u8 = 0x81;
pub(super) const CCID_INTERRUPT: u8 = 0x83;

const STRINGS: [&str; 3] = ["SONY", "FeliCa Port/PaSoRi 4.0", "0000001"];

/// The device descriptor.
pub fn device() -> [u8; 18] {
    let ([v0, v1], [p0, p1]) = (VENDOR.to_le_bytes(), PRODUCT.to_le_bytes());
    [18, 1, 0x00, 0x02, 0, 0, 0, PACKET, v0, v1, p0, p1, 0x00, 0x01, 1, 2, 3, 1]
}

/// The configuration descriptor with both interfaces.
pub fn configuration() -> Vec<u8> {
    let bulk = |address| [7, 5, address, 2, PACKET, 0, 0];
    let body = [
        &[9, 4, 0, 0, 3, 0x0B, 0, 0, 0][..],
        &ccid(),
        &bulk(CCID_OUT),
        &bulk(CCID_IN),
        &[7, 5, CCID_INTERRUPT, 3, PACKET, 0, 16],
        &[9, 4, 1, 0, 2, 0xFF, 0, 0, 0],
        &bulk(OUT),
        &bulk(IN),
    ]
    .concat();
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

/// T=1, extended APDU level, messages of 522 bytes: as libccid's list has it.
fn ccid() -> Vec<u8> {
    let mut bytes = vec![54, 0x21, 0x10, 0x01, 0, 7];
    for value in [2, 4000, 4000] {
        bytes.extend(u32::to_le_bytes(value));
    }
    bytes.push(0);
    bytes.extend(10_752u32.to_le_bytes());
    bytes.extend(344_086u32.to_le_bytes());
    bytes.push(0);
    bytes.extend(254u32.to_le_bytes());
    bytes.extend([0; 8]);
    bytes.extend(0x0004_007E_u32.to_le_bytes());
    bytes.extend(522u32.to_le_bytes());
    bytes.extend([0xFF, 0xFF, 0, 0, 0, 1]);
    bytes
}
