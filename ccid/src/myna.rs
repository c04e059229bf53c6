//! The My Number card (マイナンバーカード): one check of identity with 利用者証明用電子証明書.
//!
//! The My Number itself (個人番号) is never read. [`guard`] stands between everything here and the reader
//! and passes only the commands on its list.

mod certificate;
pub mod guard;
mod jpki;
mod pin;
mod progress;
mod roots;
mod session;
mod tries;

#[cfg(target_arch = "wasm32")]
pub use certificate::WebCrypto;
pub use certificate::{
    Algorithm, Flaw, Hash, KeyAlgorithm, NotJudged, SignatureJudge, UnverifiedCertificate,
    VerifiedCertificate, plain_ecdsa,
};
pub use guard::Guard;
pub use jpki::{Jpki, TokenKind};
pub use pin::{Pin, PinEntry, PinFormat};
pub use progress::Step;
pub use roots::{Hierarchy, Roots};
pub use session::{Opened, Session};
pub use tries::{Consent, Tries};
