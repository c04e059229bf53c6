//! Whether an answer is about this filing.

use super::Reply;
use crate::filing::FilingKey;
use crate::upstream::KeyOutcome;
use sha2::{Digest, Sha256};

/// What an outcome says of a key and its statement, as it was signed. A receipt for another key or another text
/// is no receipt: it is never told as one.
pub fn reply(outcome: &KeyOutcome, key: &FilingKey, statement: &str) -> Reply {
    match outcome {
        KeyOutcome::Unknown => Reply::Unknown,
        KeyOutcome::Refused(_) => Reply::Refused,
        KeyOutcome::Void { .. } => Reply::Void,
        KeyOutcome::Received(receipt) => {
            if receipt.key == *key && is_hash_of(&receipt.sha256, statement) {
                Reply::Received
            } else {
                Reply::Nothing
            }
        }
    }
}

/// Whether these hexadecimal digits, of either case, are the SHA-256 of a text.
fn is_hash_of(digits: &str, text: &str) -> bool {
    let hash = Sha256::digest(text.as_bytes());
    let nibbles = hash.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.len() == 64
        && digits.chars().zip(nibbles).all(|(digit, nibble)| digit.to_digit(16) == Some(u32::from(nibble)))
}
