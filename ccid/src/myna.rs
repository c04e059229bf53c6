//! The My Number card (マイナンバーカード): one check of identity with 利用者証明用電子証明書, the certificate's
//! own check, and the four attributes (基本4情報) for filling in forms.
//!
//! The My Number itself (個人番号) is never read. [`guard`] stands between everything here and the reader
//! and passes only the commands on its list.

mod attributes;
mod card;
mod certificate;
pub mod guard;
mod jpki;
mod pin;
mod progress;
mod reference;
mod roots;
mod session;
mod token;
mod tries;

pub use attributes::{Attributes, AttributesBy, AttributesKey, NotAttributes, Sex};
#[cfg(target_arch = "wasm32")]
pub use certificate::WebCrypto;
pub use certificate::{
    Algorithm, Flaw, Hash, KeyAlgorithm, NotJudged, SignatureJudge, UnverifiedCertificate,
    VerifiedCertificate, plain_ecdsa,
};
pub use guard::Guard;
pub use pin::{DigitEntry, NumberBEntry, Pin, PinEntry, PinFormat, VerificationNumberB};
pub use progress::Step;
pub use roots::{Hierarchy, Roots};
pub use session::{Examined, Opened, Session};
pub use token::{Availability, TokenKind};
pub use tries::Consent;
