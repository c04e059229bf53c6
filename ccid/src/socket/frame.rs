//! A frame: `kind u8, endpoint u8, length u32 LE, data`.

use zeroize::Zeroizing;

const HEADER: usize = 6;

/// One message between host and virtual reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Frame {
    /// Host → reader: bulk OUT.
    Out {
        /// Endpoint number.
        endpoint: u8,
        /// The transfer.
        data: Vec<u8>,
    },
    /// Reader → host: bulk or interrupt IN.
    In {
        /// Endpoint number.
        endpoint: u8,
        /// The transfer.
        data: Vec<u8>,
    },
    /// Host → reader: a control transfer, eight bytes of setup and the data sent.
    Control(Vec<u8>),
    /// Reader → host: its answer; `None` is a stall.
    ControlAnswer(Option<Vec<u8>>),
    /// Reader → host: the endpoint stalls one transfer.
    Stall {
        /// Endpoint number.
        endpoint: u8,
    },
    /// Host → reader: a practice command, JSON.
    Practice(Vec<u8>),
    /// Reader → host: its answer, JSON.
    PracticeAnswer(Vec<u8>),
}

impl Frame {
    /// As it stands on the wire.
    pub fn encode(&self) -> Vec<u8> {
        let (kind, endpoint, data): (u8, u8, &[u8]) = match self {
            Self::Out { endpoint, data } => (1, *endpoint, data),
            Self::In { endpoint, data } => (2, *endpoint, data),
            Self::Control(data) => (3, 0, data),
            Self::ControlAnswer(Some(data)) => (4, 0, data),
            Self::ControlAnswer(None) => (4, 0x80, &[]),
            Self::Stall { endpoint } => (5, *endpoint, &[]),
            Self::Practice(data) => (6, 0, data),
            Self::PracticeAnswer(data) => (7, 0, data),
        };
        write(kind, endpoint, data)
    }

    /// A bulk OUT frame straight from the transfer: no copy but the one on the wire, and that is wiped.
    pub fn encode_out(endpoint: u8, data: &[u8]) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(write(1, endpoint, data))
    }

    /// Reads one whole frame. The direction bit of an endpoint is dropped, `None` is no frame.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let (&[kind, endpoint, a, b, c, d], data) = bytes.split_first_chunk()?;
        if usize::try_from(u32::from_le_bytes([a, b, c, d])).ok()? != data.len() {
            return None;
        }
        let (number, data) = (endpoint & 0x7F, data.to_vec());
        Some(match kind {
            1 => Self::Out { endpoint: number, data },
            2 => Self::In { endpoint: number, data },
            3 => Self::Control(data),
            4 => Self::ControlAnswer((endpoint & 0x80 == 0).then_some(data)),
            5 => Self::Stall { endpoint: number },
            6 => Self::Practice(data),
            7 => Self::PracticeAnswer(data),
            _ => return None,
        })
    }
}

fn write(kind: u8, endpoint: u8, data: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(HEADER + data.len());
    out.extend_from_slice(&[kind, endpoint]);
    out.extend_from_slice(&u32::try_from(data.len()).unwrap_or(u32::MAX).to_le_bytes());
    out.extend_from_slice(data);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn frames_stand_as_the_contract_says() {
        let frame = Frame::Out { endpoint: 2, data: vec![0x65, 0] };
        assert_eq!(frame.encode(), [1, 2, 2, 0, 0, 0, 0x65, 0]);
        assert_eq!(*Frame::encode_out(2, &[0x65, 0]), frame.encode());
        assert_eq!(Frame::parse(&[4, 0x80, 0, 0, 0, 0]), Some(Frame::ControlAnswer(None)));
        assert_eq!(Frame::parse(&[2, 0x82, 1, 0, 0, 0, 7]), Some(Frame::In { endpoint: 2, data: vec![7] }));
        assert_eq!(Frame::parse(&[2, 0x82, 2, 0, 0, 0, 7]), None);
        assert_eq!(Frame::parse(&[9, 0, 0, 0, 0, 0]), None);
    }

    proptest! {
        #[test]
        fn what_is_read_is_written_alike(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            if let Some(frame) = Frame::parse(&bytes) {
                prop_assert_eq!(Frame::parse(&frame.encode()), Some(frame));
            }
        }
    }
}
