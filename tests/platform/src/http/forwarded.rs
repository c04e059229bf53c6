//! `Forwarded` (RFC 7239): the authority that the browser saw, and the device signed.

/// The `host` of the one element; `None` when the header is no such thing.
pub(super) fn host(header: &str) -> Option<&str> {
    // Elements are parted by commas; the relay writes one, and a proxy before it has no business here.
    if header.contains(',') {
        return None;
    }
    let mut hosts = header.split(';').filter_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        name.trim().eq_ignore_ascii_case("host").then(|| value.trim())
    });
    let host = hosts.next()?;
    if hosts.next().is_some() {
        return None;
    }
    let bare = host.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(host);
    let plain = !bare.is_empty()
        && bare.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'[' | b']'));
    plain.then_some(bare)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_host_and_only_one() {
        assert_eq!(host("host=\"relay.example:8480\""), Some("relay.example:8480"));
        assert_eq!(host("for=_x;Host=127.0.0.1;proto=https"), Some("127.0.0.1"));
        assert_eq!(host("host=\"[::1]:8480\""), Some("[::1]:8480"));
        for wrong in ["", "for=x", "host=", "host=a;host=b", "host=a, host=b", "host=\"a\\\"b\"", "host=a b"]
        {
            assert_eq!(host(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn whatever_comes_a_host_is_plain(text in "\\PC{0,60}") {
            if let Some(found) = host(&text) {
                prop_assert!(!found.is_empty() && !found.contains(['"', ';', ' ']));
            }
        }
    }
}
