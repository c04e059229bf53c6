//! BER-TLV: what is read is written again, and read alike.

use ccid::tlv::{Header, Tlvs};

pub(crate) fn run(data: &[u8]) {
    if let Ok(header) = Header::parse(data) {
        assert!(header.size <= data.len().min(8) && header.total() == header.size + header.length);
    }
    let read: Vec<_> = Tlvs::new(data).collect();
    assert!(read.len() <= data.len());
    // Only the last may be a fault.
    assert!(read.iter().rev().skip(1).all(Result::is_ok));
    let good: Vec<(u32, &[u8])> = read.iter().flatten().copied().collect();
    let written: Vec<u8> = good.iter().flat_map(|(tag, value)| write(*tag, value)).collect();
    let again: Result<Vec<_>, _> = Tlvs::new(&written).collect();
    assert_eq!(again, Ok(good));
}

/// A TLV with the shortest length.
pub(super) fn write(tag: u32, value: &[u8]) -> Vec<u8> {
    let bytes = tag.to_be_bytes();
    let tag = &bytes[bytes.iter().take_while(|byte| **byte == 0).count().min(3)..];
    let length = u32::try_from(value.len()).unwrap_or(u32::MAX).to_be_bytes();
    let length = match value.len() {
        0..0x80 => vec![length[3]],
        0x80..0x100 => vec![0x81, length[3]],
        0x100..0x1_0000 => vec![0x82, length[2], length[3]],
        _ => vec![0x83, length[1], length[2], length[3]],
    };
    [tag, &length, value].concat()
}
