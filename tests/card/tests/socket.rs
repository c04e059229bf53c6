//! The reader over frames: pure, over TCP, and what outlives a connection.

#![cfg(test)]

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use kakehashi_card::{
    Bench, CardFile, Fault, Moment, Rule, Session, Shelf, VirtualReader, When,
    frame::{Frame, Frames, Kind},
    socket::tcp::Server,
};

const STATUS: [u8; 10] = [0x65, 0, 0, 0, 0, 0, 7, 0, 0, 0];
const LONG: Duration = Duration::from_secs(20);

fn bench() -> Bench {
    let shelf = Shelf::new(&[CardFile::specimen().unwrap(), CardFile::other()]).unwrap();
    Bench::new(VirtualReader::default(), shelf)
}

fn handle(session: &mut Session, kind: Kind, endpoint: u8, data: &[u8]) -> Vec<Frame> {
    let frames = session.handle(&Frame::new(kind, endpoint, data).encode());
    frames.iter().map(|frame| Frame::decode(frame).unwrap()).collect()
}

#[test]
fn a_session_greets_answers_and_moves_cards() {
    let bench = bench();
    let mut session = Session::open(&bench).unwrap();
    let greeting = Frame::decode(&session.greeting()).unwrap();
    assert_eq!(
        (greeting.kind, greeting.endpoint, &greeting.data[..2]),
        (Kind::ControlAnswer, 0, &[18, 1][..])
    );

    let answer = handle(&mut session, Kind::Out, 4, &STATUS);
    assert_eq!(answer, [Frame::new(Kind::In, 0x85, [0x81, 0, 0, 0, 0, 0, 7, 2, 0, 0])]);
    let configuration = handle(&mut session, Kind::Control, 0, &[0x80, 6, 0, 2, 0, 0, 9, 0]);
    assert_eq!(configuration, [Frame::new(Kind::ControlAnswer, 0, &greeting.data[18..27])]);
    let stall = handle(&mut session, Kind::Control, 0, &[0xC0, 6, 0, 2, 0, 0, 9, 0]);
    assert_eq!(stall, [Frame::new(Kind::ControlAnswer, 0x80, [])]);

    let mut practice = |json: &str| handle(&mut session, Kind::Practice, 0, json.as_bytes());
    let text = |frame: &Frame| String::from_utf8(frame.data.clone()).unwrap();
    assert!(text(&practice(r#"{"list":true}"#)[0]).ends_with(r#""inserted":null}"#));
    let inserted = practice(r#"{"insert":"specimen"}"#);
    assert_eq!(inserted[0].kind, Kind::PracticeAnswer);
    assert!(text(&inserted[0]).contains(r#"{"id":"specimen","label":"見本　花子"}"#));
    assert!(text(&inserted[0]).ends_with(r#""inserted":"specimen"}"#));
    assert_eq!(inserted[1], Frame::new(Kind::In, 0x83, [0x50, 3]));
    assert!(text(&practice(r#"{"insert":"nobody"}"#)[0]).ends_with(r#""inserted":"specimen"}"#));
    assert!(text(&practice(r#"{"remove":true}"#)[0]).ends_with(r#""inserted":null}"#));
    assert!(text(&practice("nonsense")[0]).starts_with(r#"{"cards":["#));
}

#[test]
fn a_stalled_transfer_is_a_frame_of_its_own() {
    let bench = bench();
    bench.set_faults(vec![Rule { when: When::Always, fault: Fault::Stall }]);
    let mut session = Session::open(&bench).unwrap();
    assert_eq!(handle(&mut session, Kind::Out, 4, &STATUS), [Frame::new(Kind::Stall, 0x85, [])]);
}

#[test]
fn cards_moved_from_outside_are_told() {
    let bench = bench();
    let mut session = Session::open(&bench).unwrap();
    assert!(bench.insert("specimen"));
    assert_eq!(session.poll().len(), 2);
    bench.remove();
    assert_eq!(session.poll().len(), 2);
    assert!(session.poll().is_empty());
}

#[test]
fn a_later_session_takes_over_and_garbage_ends_one() {
    let bench = bench();
    let mut first = Session::open(&bench).unwrap();
    let mut second = Session::open(&bench).unwrap();
    assert!(first.is_over() && !second.is_over());
    assert!(handle(&mut first, Kind::Out, 4, &STATUS).is_empty());
    drop(first);
    assert!(bench.is_connected());
    assert!(second.handle(b"GET / HTTP/1.1").is_empty());
    assert!(second.is_over());
    drop(second);
    assert!(!bench.is_connected());
}

#[test]
fn an_unplugged_reader_ends_its_session_and_takes_no_other() {
    let bench = bench();
    bench.set_faults(vec![Rule { when: When::Message(1), fault: Fault::Unplug(Moment::During) }]);
    let mut session = Session::open(&bench).unwrap();
    assert!(handle(&mut session, Kind::Out, 4, &STATUS).is_empty());
    assert!(session.is_over());
    assert!(Session::open(&bench).is_none());
    bench.plug();
    assert!(session.is_over(), "an old connection does not come back to life");
    assert!(Session::open(&bench).is_some());
}

struct Host {
    stream: TcpStream,
    frames: Frames,
}

impl Host {
    fn connect(server: &Server) -> Self {
        let stream = TcpStream::connect(server.address()).unwrap();
        stream.set_read_timeout(Some(LONG)).unwrap();
        Self { stream, frames: Frames::default() }
    }

    fn send(&mut self, kind: Kind, endpoint: u8, data: &[u8]) {
        self.stream.write_all(&Frame::new(kind, endpoint, data).encode()).unwrap();
    }

    /// The next frame, or `None` when the reader closed the connection.
    fn next(&mut self) -> Option<Frame> {
        loop {
            if let Some(frame) = self.frames.pop().unwrap() {
                return Some(frame);
            }
            let mut buffer = [0; 512];
            let length = self.stream.read(&mut buffer).unwrap();
            if length == 0 {
                return None;
            }
            self.frames.push(&buffer[..length]);
        }
    }
}

#[test]
fn tries_survive_a_new_connection() {
    let bench = bench();
    assert!(bench.insert("specimen"));
    let server = Server::start(&bench).unwrap();
    let select = [0, 0xA4, 4, 0x0C, 10, 0xD3, 0x92, 0xF0, 0, 0x26, 1, 0, 0, 0, 1];
    let wrong = [0, 0x20, 0, 0x98, 4, b'0', b'0', b'0', b'0'];
    for left in [0xC2, 0xC1, 0xC0] {
        let mut host = Host::connect(&server);
        host.send(Kind::Out, 4, &[0x62, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        host.send(Kind::Out, 4, &[&[0x6F, 15, 0, 0, 0, 0, 1, 0, 0, 0][..], &select].concat());
        host.send(Kind::Out, 4, &[&[0x6F, 9, 0, 0, 0, 0, 2, 0, 0, 0][..], &wrong].concat());
        let verified =
            std::iter::from_fn(|| host.next()).find(|f| f.endpoint == 0x85 && f.data[6] == 2).unwrap();
        assert_eq!(verified.data[10..], [0x63, left]);
    }
}

#[test]
fn a_host_on_the_wire_sees_cards_come_and_the_plug_go() {
    let bench = bench();
    let server = Server::start(&bench).unwrap();
    let mut host = Host::connect(&server);
    assert_eq!(host.next().unwrap().kind, Kind::ControlAnswer);
    assert!(bench.wait_connected(true, LONG));
    assert!(bench.insert("other"));
    assert_eq!(host.next(), Some(Frame::new(Kind::In, 0x83, [0x50, 3])));
    assert_eq!(host.next(), Some(Frame::new(Kind::In, 0x86, [0x50, 3])));
    bench.unplug();
    assert_eq!(host.next(), None);
    assert!(bench.wait_connected(false, LONG));
    assert_eq!(Host::connect(&server).next(), None, "turned away while unplugged");
    bench.plug();
    assert!(Host::connect(&server).next().is_some());
}

#[test]
fn what_was_answered_before_the_plug_went_arrives() {
    let bench = bench();
    bench.set_faults(vec![Rule { when: When::Message(1), fault: Fault::Unplug(Moment::After) }]);
    let server = Server::start(&bench).unwrap();
    let mut host = Host::connect(&server);
    host.next();
    host.send(Kind::Out, 4, &STATUS);
    assert_eq!(host.next().map(|frame| frame.endpoint), Some(0x85));
    assert_eq!(host.next(), None);
}

#[test]
fn a_stranger_on_the_port_is_shown_out() {
    let server = Server::start(&bench()).unwrap();
    let mut host = Host::connect(&server);
    host.next();
    host.stream.write_all(b"GET / HTTP/1.1\r\n\r\n").unwrap();
    assert_eq!(host.next(), None);
}
