//! The frames in which a host and a virtual reader speak over a socket (docs/api.md §6).
//!
//! A frame of data is one USB transfer, whole: the short or empty packet that ends a transfer on a wire is
//! what the end of the frame means.

use std::fmt;

/// No frame carries more; a longer length means the stream is out of step.
const MOST: usize = 1 << 20;
const HEADER: usize = 6;

/// What a frame means.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[repr(u8)]
pub enum Kind {
    /// Host → reader: bulk OUT.
    Out = 1,
    /// Reader → host: bulk or interrupt IN.
    In = 2,
    /// Host → reader: control transfer, 8 bytes of setup and OUT data.
    Control = 3,
    /// Reader → host: answer to a control transfer; `endpoint` 0x80 is a stall. Also the greeting.
    ControlAnswer = 4,
    /// Reader → host: the endpoint stalls, for one transfer.
    Stall = 5,
    /// Host → reader: a practice command in JSON.
    Practice = 6,
    /// Reader → host: the answer to one, in JSON.
    PracticeAnswer = 7,
}

/// A frame.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Frame {
    /// What it means.
    pub kind: Kind,
    /// The endpoint's address.
    pub endpoint: u8,
    /// What is transferred.
    pub data: Vec<u8>,
}

/// The bytes are no frame.
#[derive(Debug, Eq, PartialEq)]
pub struct NoFrame;

impl fmt::Display for NoFrame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the peer does not speak the virtual reader's frames")
    }
}

impl std::error::Error for NoFrame {}

impl Kind {
    fn from_byte(byte: u8) -> Option<Self> {
        [
            Self::Out,
            Self::In,
            Self::Control,
            Self::ControlAnswer,
            Self::Stall,
            Self::Practice,
            Self::PracticeAnswer,
        ]
        .into_iter()
        .find(|kind| *kind as u8 == byte)
    }
}

impl Frame {
    /// A frame of these parts.
    pub fn new(kind: Kind, endpoint: u8, data: impl Into<Vec<u8>>) -> Self {
        Self { kind, endpoint, data: data.into() }
    }

    /// The frame in bytes.
    pub fn encode(&self) -> Vec<u8> {
        let length = u32::try_from(self.data.len()).unwrap_or(u32::MAX).to_le_bytes();
        [&[self.kind as u8, self.endpoint][..], &length, &self.data].concat()
    }

    /// The frame that fills a message from end to end.
    pub fn decode(message: &[u8]) -> Result<Self, NoFrame> {
        match Self::first(message)? {
            Some((frame, length)) if length == message.len() => Ok(frame),
            _ => Err(NoFrame),
        }
    }

    /// The first frame of a stream and its length; `None` while it is not whole.
    fn first(bytes: &[u8]) -> Result<Option<(Self, usize)>, NoFrame> {
        let Some(([kind, endpoint, a, b, c, d], rest)) = bytes.split_first_chunk::<HEADER>() else {
            return Ok(None);
        };
        let kind = Kind::from_byte(*kind).ok_or(NoFrame)?;
        let length = usize::try_from(u32::from_le_bytes([*a, *b, *c, *d])).map_err(|_| NoFrame)?;
        if length > MOST {
            return Err(NoFrame);
        }
        Ok(rest.get(..length).map(|data| (Self::new(kind, *endpoint, data), HEADER + length)))
    }
}

/// Cuts a stream of bytes into frames.
#[derive(Default)]
pub struct Frames {
    bytes: Vec<u8>,
}

impl Frames {
    /// Takes in what arrived.
    pub fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend(bytes);
    }

    /// The next whole frame.
    pub fn pop(&mut self) -> Result<Option<Frame>, NoFrame> {
        let Some((frame, length)) = Frame::first(&self.bytes)? else { return Ok(None) };
        self.bytes.drain(..length);
        Ok(Some(frame))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn layout() {
        let frame = Frame::new(Kind::In, 0x85, [1, 2, 3]);
        assert_eq!(frame.encode(), [2, 0x85, 3, 0, 0, 0, 1, 2, 3]);
        assert_eq!(Frame::decode(&[2, 0x85, 3, 0, 0, 0, 1, 2, 3]), Ok(frame));
    }

    #[test]
    fn what_is_no_frame_is_refused() {
        assert_eq!(Frame::decode(&[2, 0x85, 3, 0, 0, 0, 1, 2]), Err(NoFrame), "too short");
        assert_eq!(Frame::decode(&[2, 0x85, 1, 0, 0, 0, 1, 2]), Err(NoFrame), "too long");
        assert_eq!(Frame::decode(&[9, 0, 0, 0, 0, 0]), Err(NoFrame), "unknown kind");
        assert_eq!(Frame::decode(&[1, 0, 0, 0, 0, 0x80]), Err(NoFrame), "absurd length");
    }

    proptest! {
        #[test]
        fn a_stream_cut_anywhere_gives_the_same_frames(
            data in proptest::collection::vec((1u8..=7, any::<u8>(), proptest::collection::vec(any::<u8>(), 0..80)), 0..6),
            cut in 1usize..40,
        ) {
            let frames: Vec<_> = data.into_iter()
                .map(|(kind, endpoint, data)| Frame::new(Kind::from_byte(kind).unwrap(), endpoint, data))
                .collect();
            let stream: Vec<u8> = frames.iter().flat_map(Frame::encode).collect();
            let mut reader = Frames::default();
            let mut got = Vec::new();
            for part in stream.chunks(cut) {
                reader.push(part);
                while let Some(frame) = reader.pop().unwrap() {
                    got.push(frame);
                }
            }
            prop_assert_eq!(got, frames);
        }

        #[test]
        fn any_bytes_are_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..100)) {
            let mut reader = Frames::default();
            reader.push(&bytes);
            while let Ok(Some(_)) = reader.pop() {}
        }
    }
}
