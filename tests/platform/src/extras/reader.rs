//! The practice reader: the virtual reader of `kakehashi-card` on a WebSocket (docs/api.md §6).
//!
//! Every connection has a reader of its own; the cards and their counters are shared, as cards on a table.

use crate::{Layout, PlatformError};
use axum::extract::State;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use kakehashi_card::{Bench, CardFile, Session, Shelf, VirtualReader};
use std::time::Duration;

/// A frame is a header and one transfer.
const LONGEST: usize = 128 * 1024;
/// How often the reader is asked whether it has something to say by itself.
const LOOK: Duration = Duration::from_millis(250);

/// The cards below the directory.
pub(super) fn shelf(layout: &Layout) -> Result<Shelf, PlatformError> {
    let folder = layout.cards();
    let cards = CardFile::load_dir(&folder).map_err(|error| PlatformError::content(&folder, error))?;
    Shelf::new(&cards).map_err(|error| PlatformError::content(&folder, error))
}

/// `GET /reader`
pub(super) async fn connect(State(shelf): State<Shelf>, upgrade: WebSocketUpgrade) -> Response {
    let upgrade = upgrade.max_message_size(LONGEST).max_frame_size(LONGEST);
    upgrade.on_upgrade(move |socket| speak(socket, shelf))
}

async fn speak(mut socket: WebSocket, shelf: Shelf) {
    let bench = Bench::new(VirtualReader::default(), shelf);
    let Some(mut session) = Session::open(&bench) else { return };
    if socket.send(binary(session.greeting())).await.is_err() {
        return;
    }
    let mut look = tokio::time::interval(LOOK);
    while !session.is_over() {
        let frames = tokio::select! {
            message = socket.recv() => match message {
                Some(Ok(Message::Binary(frame))) => session.handle(&frame),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
                _ => break,
            },
            _ = look.tick() => session.poll(),
        };
        for frame in frames {
            if socket.send(binary(frame)).await.is_err() {
                return;
            }
        }
    }
    let _ = socket.send(Message::Close(None)).await;
}

fn binary(frame: Vec<u8>) -> Message {
    Message::Binary(frame.into())
}
