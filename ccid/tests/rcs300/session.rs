//! The transparent session: its order, its end, and who had it before.

use ccid::apdu::Command;
use ccid::reader::{AnyReader, CardChannel};
use ccid::{CardError, Kind};
use kakehashi_card::device::VirtualDevice;
use kakehashi_card::rcs300::Variant;

use crate::desk::{Desk, Event, GOOD, Reader, kind, polls, run};

/// Bodies that left the host, short, with the pauses between.
fn told(desk: &Desk) -> Vec<String> {
    let short = |event: &Event| match event {
        Event::Out(bytes) => match &bytes[10..] {
            [0xFF, 0x50, 0, 0, _, object, ..] => format!("{object:02X}"),
            [0xFF, 0x50, 0, 2, rest @ ..] => format!("switch {:02X?}", &rest[rest.len() - 3..rest.len() - 1]),
            _ => "exchange".into(),
        },
        Event::Pause(ms) => format!("pause {ms}"),
        Event::Closed => "closed".into(),
    };
    desk.events.borrow().iter().map(short).collect()
}

#[test]
fn opening_and_closing_keep_the_order_of_known_hosts() {
    let desk = Desk::with_card(Variant::default());
    let mut reader = run(desk.open()).unwrap();
    assert_eq!(told(&desk), ["82", "81", "83", "pause 30"]);
    desk.events.borrow_mut().clear();
    run(reader.power_on()).unwrap();
    let activation =
        ["83", "pause 30", "84", "pause 30", "switch [01, 03]", "pause 20", "exchange", "exchange"];
    assert_eq!(told(&desk), activation);
    desk.events.borrow_mut().clear();
    run(reader.close());
    assert_eq!(told(&desk), ["83", "pause 30", "82", "closed"]);
}

#[test]
fn a_session_left_open_by_a_host_that_is_gone_is_ended() {
    let desk = Desk::with_card(Variant::default());
    let mut reader = run(desk.open()).unwrap();
    run(reader.power_on()).unwrap();
    drop(reader);
    assert_eq!(desk.reader().session(), (true, true));
    desk.works("after a host that is gone");
}

#[test]
fn a_reply_left_by_a_host_that_is_gone_does_no_harm() {
    for sequence in 0..=20 {
        let desk = Desk::with_card(Variant::default());
        desk.reader().leave_reply(sequence);
        desk.works(&format!("a reply to message {sequence}"));
        let desk = Desk::with_card(Variant::default());
        for sequence in [sequence, 0, 1, 2, sequence] {
            desk.reader().leave_reply(sequence);
        }
        desk.works(&format!("five replies, to message {sequence} and others"));
    }
}

#[test]
fn another_application_is_asked_once_more_and_then_left_alone() {
    let desk = Desk::with_card(Variant::default());
    desk.reader().set_foreign(1);
    desk.works("it gives way");
    desk.reader().set_foreign(200);
    assert_eq!(kind(run(desk.identity(GOOD))), Kind::Busy);
    assert_eq!(desk.events.borrow().last(), Some(&Event::Closed));
}

#[test]
fn any_reader_drives_it_by_its_numbers() {
    let desk = Desk::with_card(Variant::default());
    let (wire, interface) = desk.wire();
    assert_eq!((interface.class, interface.number), (0xFF, 1));
    let mut reader = run(AnyReader::open(wire, interface)).unwrap();
    assert!(matches!(reader, AnyReader::Rcs300(_)));
    run(reader.power_on()).unwrap();
    run(reader.close());
    assert_eq!(desk.reader().session(), (false, false));
}

#[test]
fn a_message_of_whole_packets_is_ended() {
    // 35 bytes around the frame, one PCB: these make messages of 64 and 128 bytes, and the bytes around them.
    for length in [27, 28, 29, 91, 92, 93, 155, 156, 157, 219, 220, 221] {
        let desk = Desk::with_card(Variant::default());
        let mut reader = run(desk.open()).unwrap();
        run(reader.power_on()).unwrap();
        desk.events.borrow_mut().clear();
        let command = Command::new(0x00, 0xA4, 0x04, 0x0C).with_data(&vec![0xA0; length - 5]);
        let response = run(reader.transmit(&command)).unwrap();
        assert_eq!(response.status.0, 0x6A82, "{length}");
        let lengths: Vec<usize> = desk
            .events
            .borrow()
            .iter()
            .filter_map(|event| match event {
                Event::Out(bytes) => Some(bytes.len()),
                _ => None,
            })
            .collect();
        let expected = if (length + 36) % 64 == 0 { vec![length + 36, 0] } else { vec![length + 36] };
        assert_eq!(lengths, expected);
        desk.is_clean("whole packets");
    }
}

/// Opens, starts the card, and sends a message of whole packets: every way a future can be dropped.
async fn errand(desk: &Desk) -> Result<Reader, CardError> {
    let mut reader = desk.open().await?;
    work(&mut reader).await?;
    Ok(reader)
}

async fn work(reader: &mut Reader) -> Result<(), CardError> {
    reader.power_on().await?;
    let command = Command::new(0x00, 0xA4, 0x04, 0x0C).with_data(&[0xA0; 23]);
    reader.transmit(&command).await?;
    Ok(())
}

#[test]
fn a_future_may_be_dropped_anywhere() {
    let desk = Desk::with_card(Variant::default());
    let mut reader = run(desk.open()).unwrap();
    let mut ended = false;
    let mut times = 0;
    while !ended {
        times += 1;
        ended = polls(work(&mut reader), times).is_some();
        // The same reader goes on; each errand's one command is carried out at most once, the last one is.
        let before = desk.reader().apdus().len();
        run(work(&mut reader)).unwrap_or_else(|error| panic!("dropped after {times}: {error}"));
        let after = desk.reader().apdus().len();
        assert!(before < after && after <= 2 * times, "dropped after {times}: {before} {after}");
        assert_eq!(desk.reader().violations(), [""; 0], "dropped after {times}");
    }
    assert!(times > 12, "{times}");
    run(reader.close());
    desk.works("afterwards");
}

#[test]
fn a_host_may_vanish_anywhere() {
    let mut ended = false;
    let mut times = 0;
    while !ended {
        times += 1;
        let desk = Desk::with_card(Variant::default());
        ended = polls(errand(&desk), times).is_some();
        // A new host knows nothing of an end that is missing: then the reader is plugged anew.
        let whole = |event: &Event| matches!(event, Event::Out(bytes) if bytes.len() == 64);
        if desk.events.borrow().last().is_some_and(whole) {
            desk.reader().plug();
        }
        run(desk.identity(GOOD)).unwrap_or_else(|error| panic!("vanished after {times}: {error}"));
        assert_eq!(desk.tries(), 3);
    }
}

#[test]
fn the_slot_has_the_card_while_there_is_no_session() {
    let desk = Desk::with_card(Variant::default());
    let status = [0x65, 0, 0, 0, 0, 0, 1, 0, 0, 0];
    let present = || {
        let mut reader = desk.reader();
        reader.bulk_out(0x01, &status);
        match reader.transfer_in(0x81, 64) {
            Some(kakehashi_card::Received::Data(data)) => data[7] & 3,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(present(), 1, "there, without power");
    let mut reader = run(desk.open()).unwrap();
    assert_eq!(present(), 2, "the session has it");
    run(reader.close());
    assert_eq!(present(), 1);
}
