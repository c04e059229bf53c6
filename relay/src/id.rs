//! The id of a request: in the answer, in the audit log, and passed to the upstream.

use bytes::Bytes;
use http::HeaderValue;

/// A random UUID (RFC 9562 version 4). Should there be no random numbers, there is none, and nothing else
/// works either.
pub(crate) fn new() -> HeaderValue {
    let mut bytes = [0; 16];
    if aws_lc_rs::rand::fill(&mut bytes).is_err() {
        tracing::error!("There are no random numbers.");
    }
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut text = vec![b'-'; 36];
    let mut at = 0;
    for (index, byte) in bytes.iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            at += 1;
        }
        for nibble in [byte >> 4, byte & 0x0f] {
            text[at] = b"0123456789abcdef"[usize::from(nibble)];
            at += 1;
        }
    }
    HeaderValue::from_maybe_shared(Bytes::from(text)).unwrap_or(HeaderValue::from_static("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_4_uuid() {
        let (one, other) = (new(), new());
        assert_ne!(one, other);
        for id in [one.to_str().unwrap(), other.to_str().unwrap()] {
            let groups: Vec<usize> = id.split('-').map(str::len).collect();
            assert_eq!(groups, [8, 4, 4, 4, 12], "{id}");
            assert_eq!(&id[14..15], "4");
            assert!("89ab".contains(&id[19..20]));
        }
    }
}
