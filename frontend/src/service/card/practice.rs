//! The practice reader of the training mode: one socket for the reader's frames and for the shelf of cards
//! beside it (docs/api.md §6). It stays open from check to check, so that a card stays where it was put.

use crate::service::json;
use ccid::socket::{Frame, FramePipe};
use ccid::usb::UsbError;
use futures_channel::mpsc;
use futures_util::StreamExt;
use gloo_events::EventListener;
use js_sys::{ArrayBuffer, Uint8Array};
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{BinaryType, Event, MessageEvent, WebSocket};
use zeroize::Zeroizing;

/// The cards there are and the one on the reader.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct Shelf {
    /// All cards.
    pub cards: Vec<PracticeCard>,
    /// Which is on the reader.
    pub inserted: Option<String>,
}

/// A practice card.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PracticeCard {
    /// Names it in commands.
    pub id: String,
    /// What it is good for.
    pub label: String,
}

/// The socket of the practice reader. Closed once nobody has it any more, checks included.
#[derive(Clone)]
pub struct Practice(Rc<Socket>);

struct Socket {
    /// `None` when it could not even be tried.
    socket: Option<WebSocket>,
    reader: Rc<RefCell<Reader>>,
    _listeners: Vec<EventListener>,
}

/// What is to be sent and where the reader's frames go.
#[derive(Default)]
struct Reader {
    /// Written before the socket was open.
    waiting: Vec<Zeroizing<Vec<u8>>>,
    /// The frame with the descriptors, which comes once a socket and is repeated for each check.
    greeting: Option<Vec<u8>>,
    /// The check that listens.
    listener: Option<mpsc::UnboundedSender<Vec<u8>>>,
    /// The socket is gone.
    closed: bool,
}

impl Practice {
    /// Opens the socket; `tell` hears of the shelf after each change, and of `None` when the socket is gone.
    pub fn open(url: &str, tell: impl Fn(Option<Shelf>) + 'static) -> Self {
        let (socket, reader) = (WebSocket::new(url).ok(), Rc::new(RefCell::new(Reader::default())));
        reader.borrow_mut().closed = socket.is_none();
        let listeners =
            socket.as_ref().map_or_else(Vec::new, |socket| listen(socket, &reader, Rc::new(tell)));
        let practice = Self(Rc::new(Socket { socket, reader, _listeners: listeners }));
        practice.command(&Command::List(true));
        practice
    }

    /// Whether the socket is gone.
    pub fn is_closed(&self) -> bool {
        self.0.reader.borrow().closed
    }

    /// Puts a card on the reader.
    pub fn insert(&self, id: &str) {
        self.command(&Command::Insert(id));
    }

    /// Takes the card away.
    pub fn remove(&self) {
        self.command(&Command::Remove(true));
    }

    /// The reader's side of the socket, for one check; an earlier one hears nothing more.
    pub fn pipe(&self) -> PracticePipe {
        let (sender, incoming) = mpsc::unbounded();
        self.0.reader.borrow_mut().listen(sender);
        PracticePipe { practice: self.clone(), incoming }
    }

    fn command(&self, command: &Command<'_>) {
        if let Ok(json) = serde_json::to_vec(command) {
            // A socket that is gone has been told of.
            let _ = self.send(Zeroizing::new(Frame::Practice(json).encode()));
        }
    }

    fn send(&self, message: Zeroizing<Vec<u8>>) -> Result<(), UsbError> {
        let socket = self.0.socket.as_ref().ok_or(UsbError::Disconnected)?;
        match socket.ready_state() {
            WebSocket::CONNECTING => {
                self.0.reader.borrow_mut().waiting.push(message);
                Ok(())
            }
            WebSocket::OPEN => socket.send_with_u8_array(&message).map_err(|_| UsbError::Disconnected),
            _ => Err(UsbError::Disconnected),
        }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        if let Some(socket) = &self.socket {
            // A socket that is gone needs no closing.
            let _ = socket.close();
        }
    }
}

fn listen(
    socket: &WebSocket,
    reader: &Rc<RefCell<Reader>>,
    tell: Rc<dyn Fn(Option<Shelf>)>,
) -> Vec<EventListener> {
    socket.set_binary_type(BinaryType::Arraybuffer);
    let opened = {
        let (socket, reader) = (socket.clone(), Rc::clone(reader));
        move |_: &Event| {
            for message in std::mem::take(&mut reader.borrow_mut().waiting) {
                // When it is gone again already, its end will be told.
                let _ = socket.send_with_u8_array(&message);
            }
        }
    };
    let came = {
        let (reader, tell) = (Rc::clone(reader), Rc::clone(&tell));
        move |event: &Event| {
            let data = event.unchecked_ref::<MessageEvent>().data();
            let shelf = data
                .dyn_into::<ArrayBuffer>()
                .ok()
                .and_then(|buffer| reader.borrow_mut().take(Uint8Array::new(&buffer).to_vec()));
            if shelf.is_some() {
                tell(shelf);
            }
        }
    };
    let closed = {
        let reader = Rc::clone(reader);
        move |_: &Event| {
            reader.borrow_mut().close();
            tell(None);
        }
    };
    vec![
        EventListener::new(socket, "open", opened),
        EventListener::new(socket, "message", came),
        EventListener::new(socket, "close", closed),
    ]
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Command<'a> {
    Insert(&'a str),
    Remove(bool),
    List(bool),
}

impl Reader {
    /// Takes a message; gives the shelf when it tells of it.
    fn take(&mut self, bytes: Vec<u8>) -> Option<Shelf> {
        match Frame::parse(&bytes)? {
            Frame::PracticeAnswer(json) => return json::read(&json).ok(),
            Frame::ControlAnswer(Some(_)) if self.greeting.is_none() => self.greeting = Some(bytes.clone()),
            _ => {}
        }
        if let Some(listener) = &self.listener {
            // A check that has ended hears nothing more.
            let _ = listener.unbounded_send(bytes);
        }
        None
    }

    fn listen(&mut self, sender: mpsc::UnboundedSender<Vec<u8>>) {
        if let Some(greeting) = &self.greeting {
            // The other end is in the caller's hand.
            let _ = sender.unbounded_send(greeting.clone());
        }
        self.listener = (!self.closed).then_some(sender);
    }

    fn close(&mut self) {
        self.closed = true;
        self.listener = None;
    }
}

/// The frames of one check.
pub struct PracticePipe {
    practice: Practice,
    incoming: mpsc::UnboundedReceiver<Vec<u8>>,
}

impl FramePipe for PracticePipe {
    async fn send(&mut self, message: Zeroizing<Vec<u8>>) -> Result<(), UsbError> {
        self.practice.send(message)
    }

    async fn receive(&mut self) -> Option<Vec<u8>> {
        self.incoming.next().await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn greeting() -> Vec<u8> {
        Frame::ControlAnswer(Some(vec![18, 1])).encode()
    }

    #[test]
    fn commands_stand_as_the_contract_says() {
        let text = |command: &Command<'_>| serde_json::to_string(command).unwrap();
        assert_eq!(text(&Command::Insert("hanako")), r#"{"insert":"hanako"}"#);
        assert_eq!(text(&Command::Remove(true)), r#"{"remove":true}"#);
        assert_eq!(text(&Command::List(true)), r#"{"list":true}"#);
    }

    #[test]
    fn the_shelf_is_told_and_frames_go_to_the_check() {
        let mut reader = Reader::default();
        let (sender, mut incoming) = mpsc::unbounded();
        reader.listen(sender);
        let json = br#"{"cards":[{"id":"a","label":"A"}],"inserted":null}"#;
        let shelf = reader.take(Frame::PracticeAnswer(json.to_vec()).encode()).unwrap();
        assert_eq!((shelf.cards[0].label.as_str(), shelf.inserted), ("A", None));
        assert!(reader.take(Frame::In { endpoint: 2, data: vec![1] }.encode()).is_none());
        assert_eq!(incoming.try_recv().unwrap(), Frame::In { endpoint: 2, data: vec![1] }.encode());
        assert!(incoming.try_recv().is_err());
    }

    #[test]
    fn every_check_is_greeted_and_a_closed_socket_ends_it() {
        let mut reader = Reader::default();
        assert!(reader.take(greeting()).is_none());
        for _ in 0..2 {
            let (sender, mut incoming) = mpsc::unbounded();
            reader.listen(sender);
            assert_eq!(incoming.try_recv().unwrap(), greeting());
        }
        reader.close();
        let (sender, mut incoming) = mpsc::unbounded();
        reader.listen(sender);
        assert_eq!(incoming.try_recv().unwrap(), greeting());
        assert!(matches!(incoming.try_recv(), Err(error) if error.is_closed()));
    }
}
