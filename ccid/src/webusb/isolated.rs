//! What kind of page this is: an ordinary one, or an Isolated Web App, to which the browser lends more.

use super::bindings::{DOCUMENT, LOCATION};

/// Whether this page is an Isolated Web App: it came out of a signed bundle.
pub fn isolated() -> bool {
    LOCATION.with(|location| location.as_ref().is_some_and(|it| it.protocol() == "isolated-app:"))
}

/// Whether this page may claim interfaces of class 0x0B: an Isolated Web App whose manifest declares
/// `usb-unrestricted`.
pub fn unrestricted() -> bool {
    isolated() && allows("usb-unrestricted")
}

/// Whether the page's permissions policy allows this feature.
pub(crate) fn allows(feature: &str) -> bool {
    DOCUMENT.with(|document| {
        let policy = document.as_ref().and_then(|it| it.feature_policy());
        policy.is_some_and(|it| it.allows_feature(feature))
    })
}
