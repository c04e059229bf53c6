//! Commands, answers, and the frames of the practice reader: what is read is written again as it was.

use ccid::apdu::{Command, Response};
use ccid::socket::Frame;

pub(crate) fn run(data: &[u8]) {
    if let Ok(command) = Command::parse(data) {
        let written = command.encode().map(|bytes| bytes.to_vec());
        let Ok(written) = written else { panic!("a command that was read cannot be written") };
        // Extended lengths may stand where short ones would do.
        assert!(written.len() <= data.len());
        assert!(Command::parse(&written) == Ok(command));
    }
    match Response::parse(data.to_vec()) {
        Ok(response) => {
            let [high, low] = response.status.0.to_be_bytes();
            assert_eq!([&response.data[..], &[high, low]].concat(), data);
            assert!(!response.status.name().is_empty());
        }
        Err(_) => assert!(data.len() < 2),
    }
    if let Some(frame) = Frame::parse(data) {
        let written = frame.encode();
        assert_eq!(written.len(), frame_length(&frame, data));
        assert_eq!(Frame::parse(&written), Some(frame));
    }
}

/// A stall has no data, whatever came with it.
fn frame_length(frame: &Frame, data: &[u8]) -> usize {
    match frame {
        Frame::Stall { .. } | Frame::ControlAnswer(None) => 6,
        _ => data.len(),
    }
}
