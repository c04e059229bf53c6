//! A virtual reader on a socket (docs/api.md §6): a [`Session`] turns frames into frames, on whatever carries
//! them; [`tcp`] is the plain one.

pub mod tcp;

use serde::{Deserialize, Serialize};

use crate::{
    bench::{Bench, State},
    endpoint::Outgoing,
    frame::{Frame, Kind},
    shelf::Listed,
};

const STALL: u8 = 0x80;

/// One connection of a host to the reader of a desk. A later connection takes the reader over.
pub struct Session {
    bench: Bench,
    number: u64,
    /// The peer spoke something else.
    broken: bool,
}

/// A practice command.
#[derive(Deserialize)]
struct Practice {
    insert: Option<String>,
    #[serde(default)]
    remove: bool,
}

/// The answer to every practice command.
#[derive(Serialize)]
struct Desk {
    cards: Vec<Listed>,
    inserted: Option<String>,
}

impl Session {
    /// Connects a host; `None` while the reader is unplugged. The reader starts anew, without power on the
    /// card, as after plugging in.
    pub fn open(bench: &Bench) -> Option<Self> {
        let number = bench.change(|state| {
            if !state.reader.is_plugged() {
                return None;
            }
            state.reader.plug();
            state.answers.clear();
            state.session += 1;
            state.connected = true;
            Some(state.session)
        })?;
        Some(Self { bench: bench.clone(), number, broken: false })
    }

    /// The first frame: what the reader says of itself.
    pub fn greeting(&self) -> Vec<u8> {
        let descriptors = self.bench.with(|reader| reader.descriptors());
        Frame::new(Kind::ControlAnswer, 0, descriptors).encode()
    }

    /// Takes one frame and gives all frames that are ready.
    pub fn handle(&mut self, frame: &[u8]) -> Vec<Vec<u8>> {
        match Frame::decode(frame) {
            Ok(frame) => self.feed(&frame),
            Err(_) => self.broken = true,
        }
        self.poll()
    }

    /// The frames that are ready: the reader also speaks unasked, when a card comes or goes.
    pub fn poll(&mut self) -> Vec<Vec<u8>> {
        self.bench.change(|state| if state.session == self.number { ready(state) } else { Vec::new() })
    }

    /// Whether the connection should be closed: unplugged, taken over by another one, or out of step.
    pub fn is_over(&self) -> bool {
        self.broken || self.bench.change(|state| state.session != self.number || !state.reader.is_plugged())
    }

    fn feed(&mut self, frame: &Frame) {
        self.bench.change(|state| {
            if state.session == self.number {
                take(state, frame);
            }
        });
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.bench.change(|state| state.connected &= state.session != self.number);
    }
}

fn take(state: &mut State, frame: &Frame) {
    match frame.kind {
        Kind::Out => state.reader.bulk_out(frame.endpoint, &frame.data),
        Kind::Control => {
            let answer =
                frame.data.split_first_chunk().and_then(|(setup, data)| state.reader.control(*setup, data));
            let endpoint = if answer.is_some() { 0 } else { STALL };
            state.answers.push(Frame::new(Kind::ControlAnswer, endpoint, answer.unwrap_or_default()));
        }
        Kind::Practice => {
            if let Ok(practice) = serde_json::from_slice::<Practice>(&frame.data) {
                if practice.remove {
                    state.remove();
                }
                if let Some(id) = practice.insert {
                    state.insert(&id);
                }
            }
            let desk = Desk { cards: state.shelf.list(), inserted: state.inserted() };
            let json = serde_json::to_vec(&desk).unwrap_or_default();
            state.answers.push(Frame::new(Kind::PracticeAnswer, 0, json));
        }
        // What only a reader says is not heard from a host.
        Kind::In | Kind::ControlAnswer | Kind::Stall | Kind::PracticeAnswer => {}
    }
}

fn ready(state: &mut State) -> Vec<Vec<u8>> {
    let mut frames: Vec<Vec<u8>> = state.answers.drain(..).map(|frame| frame.encode()).collect();
    while let Some((endpoint, outgoing)) = state.reader.next_outgoing() {
        let frame = match outgoing {
            Outgoing::Transfer(data) | Outgoing::Unended(data) => Frame::new(Kind::In, endpoint, data),
            Outgoing::Stall => Frame::new(Kind::Stall, endpoint, []),
        };
        frames.push(frame.encode());
    }
    frames
}
