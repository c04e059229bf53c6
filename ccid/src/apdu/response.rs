//! An answer of the card.

use super::{Malformed, StatusWord};

/// Data and status word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The data, possibly none.
    pub data: Vec<u8>,
    /// What the card says about it.
    pub status: StatusWord,
}

impl Response {
    /// Splits the bytes of an answer.
    ///
    /// # Errors
    /// When there are fewer than two.
    pub fn parse(mut bytes: Vec<u8>) -> Result<Self, Malformed> {
        let &[sw1, sw2] = bytes.last_chunk().ok_or(Malformed)?;
        bytes.truncate(bytes.len() - 2);
        Ok(Self { data: bytes, status: StatusWord(u16::from_be_bytes([sw1, sw2])) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_and_status_are_split() {
        let response = Response::parse(vec![1, 2, 0x63, 0xC2]).unwrap();
        assert_eq!((response.data, response.status), (vec![1, 2], StatusWord(0x63C2)));
        assert_eq!(Response::parse(vec![0x90, 0]).unwrap().status, StatusWord::OK);
        assert_eq!(Response::parse(vec![0x90]), Err(Malformed));
    }
}
