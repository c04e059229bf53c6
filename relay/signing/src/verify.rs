//! The verifying side: read strictly, then check. The verifier decides what must be covered.

mod claim;
mod field;
mod key;
mod refusal;
mod replay;

pub use claim::{Claim, Received, check_digest};
pub use key::VerifyingKey;
pub use refusal::Refusal;
pub use replay::ReplayCache;
