//! One command to the reader and its answer.
//!
//! The [`Port`] remembers when an answer is still owed to a command that was given up or whose answer was
//! lost. The next one first gives that command up (ACK from the host) and asks for something harmless; all
//! that comes before the answer to that is old and is passed over. So no card's answer is ever taken for the
//! answer to a later frame.

use zeroize::Zeroizing;

use super::command::{GET_COMMAND_TYPE, GET_FIRMWARE_VERSION, IN_COMM_RF};
use super::frame::{ACK, Deframer, Frame, encode};
use crate::opaque::opaque;

/// Transfers in one exchange before the reader is given up.
const TRANSFERS: u8 = 100;

/// Why a command failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The answer is lost. Whether the command was carried out is not known.
    Garbled,
    /// The reader does not understand the command.
    Refused,
    /// Nothing but old answers and noise.
    Endless,
}

/// What a command wants next.
pub enum Want {
    /// This sent, as one transfer.
    Send(Zeroizing<Vec<u8>>),
    /// One transfer, which may take the reader so many milliseconds, given to [`Call::received`].
    Receive(u32),
    /// Nothing: this is the answer, without its code.
    Done(Vec<u8>),
    /// Nothing: it failed.
    Failed(Failure),
}

/// The reader's end of the line.
#[derive(Debug)]
pub struct Port {
    deframer: Deframer,
    /// How long, in milliseconds, the command takes whose answer is owed.
    owed: Option<u32>,
    /// The harmless question asked last; the next one is another, so that their answers are not mixed up. The
    /// first is one that Linux asks before it tells the reader anything.
    marker: u8,
}

impl Port {
    /// A reader of which nothing is known: something may be owed to a page that is gone.
    pub fn new() -> Self {
        Self { deframer: Deframer::default(), owed: Some(0), marker: GET_FIRMWARE_VERSION }
    }
}

impl Default for Port {
    fn default() -> Self {
        Self::new()
    }
}

#[derive(Debug)]
enum Phase {
    New,
    /// An owed command was given up; the marker goes out next.
    GivenUp,
    /// The marker's answer is waited for.
    Marked,
    /// The own command's answer is waited for.
    Running,
    Done(Vec<u8>),
    Failed(Failure),
}

/// One command.
pub struct Call {
    command: u8,
    frame: Option<Zeroizing<Vec<u8>>>,
    wait: u32,
    phase: Phase,
    acknowledged: bool,
    transfers: u8,
}

opaque!(Want, Call);

impl Call {
    /// A command that may take the reader so many milliseconds.
    pub fn new(command: u8, data: &[u8], wait: u32) -> Self {
        let frame = encode(command, data);
        Self { command, frame, wait, phase: Phase::New, acknowledged: false, transfers: 0 }
    }

    /// What it wants.
    pub fn next(&mut self, port: &mut Port) -> Want {
        match &mut self.phase {
            Phase::New if port.owed.is_some() => {
                // What has come of an answer that was given up is no beginning of the next one.
                port.deframer = Deframer::default();
                self.phase = Phase::GivenUp;
                Want::Send(Zeroizing::new(ACK.to_vec()))
            }
            Phase::GivenUp => {
                self.phase = Phase::Marked;
                port.marker ^= GET_FIRMWARE_VERSION ^ GET_COMMAND_TYPE;
                Want::Send(encode(port.marker, &[]).unwrap_or_default())
            }
            Phase::Marked => Want::Receive(port.owed.unwrap_or(0)),
            Phase::New => match self.frame.take() {
                Some(frame) => {
                    self.phase = Phase::Running;
                    port.owed = Some(self.wait);
                    Want::Send(frame)
                }
                None => Want::Failed(Failure::Refused),
            },
            Phase::Running => Want::Receive(self.wait),
            Phase::Done(answer) => Want::Done(std::mem::take(answer)),
            Phase::Failed(failure) => Want::Failed(*failure),
        }
    }

    /// A transfer from the reader.
    pub fn received(&mut self, port: &mut Port, transfer: &[u8]) {
        self.transfers += 1;
        port.deframer.push(transfer);
        while let Some(frame) = port.deframer.next_frame() {
            match (&self.phase, frame) {
                (Phase::Marked, Frame::Answer(code, _)) if code == port.marker.wrapping_add(1) => {
                    port.owed = None;
                    self.phase = Phase::New;
                }
                // It may have been the marker's answer.
                (Phase::Marked, Frame::Broken | Frame::Error) => self.phase = Phase::GivenUp,
                (Phase::Running, Frame::Ack) => self.acknowledged = true,
                (Phase::Running, Frame::Answer(code, data)) if code == self.command.wrapping_add(1) => {
                    // A frame of the card without its ACK may be one that comes late: the card is asked again.
                    if self.command == IN_COMM_RF && !self.acknowledged {
                        return self.phase = Phase::Failed(Failure::Garbled);
                    }
                    port.owed = None;
                    return self.phase = Phase::Done(data);
                }
                (Phase::Running, Frame::Error) => {
                    port.owed = None;
                    return self.phase = Phase::Failed(Failure::Refused);
                }
                (Phase::Running, Frame::Broken) => return self.phase = Phase::Failed(Failure::Garbled),
                _ => {}
            }
        }
        if self.transfers >= TRANSFERS {
            self.phase = Phase::Failed(Failure::Endless);
        }
    }
}
