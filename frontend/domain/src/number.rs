//! The numbers of long-term care insurance and their check digits.
//!
//! A check digit that differs is a reason to warn, never to refuse: official sample numbers fail it
//! (ケアプランデータ連携標準仕様 V4), and the person at the desk has the paper in hand.

mod check_digit;
mod insured;
mod insurer;
mod office;
mod text;
mod user_id;

pub use check_digit::CheckDigit;
pub use insured::InsuredNumber;
pub use insurer::InsurerNumber;
pub use office::{OfficeKind, OfficeNumber};
pub use text::NumberError;
pub(crate) use text::normalise;
pub use user_id::UserId;
