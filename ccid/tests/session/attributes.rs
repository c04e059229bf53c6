//! The four attributes: what opens them, what it costs, and what becomes of the card.

use ccid::Kind;
use ccid::myna::{
    Attributes, AttributesBy, AttributesKey, Consent, Pin, Session, Sex, Step, VerificationNumberB,
};
use kakehashi_card::{Build, CardFile, CardKind, Fault, Moment, NoPin, When};

use crate::desk::{DIGEST, Desk, GOOD, WRONG, kind, polls, run};

fn by_pin(pin: &str) -> AttributesKey {
    AttributesKey::Pin(Pin::new(pin).unwrap())
}

fn by_number(number: &str) -> AttributesKey {
    AttributesKey::NumberB(VerificationNumberB::new(number).unwrap())
}

fn good(by: AttributesBy) -> AttributesKey {
    match by {
        AttributesBy::Pin => by_pin(GOOD),
        AttributesBy::NumberB => by_number(&CardFile::specimen().unwrap().number_b.unwrap()),
    }
}

const WAYS: [AttributesBy; 2] = [AttributesBy::Pin, AttributesBy::NumberB];

/// Tries left on the PIN of 券面入力補助 and on 照合番号B.
fn tries(desk: &Desk) -> (u8, u8) {
    desk.reader().card().unwrap().attributes_tries_left().unwrap()
}

fn is_the_specimens(read: &Attributes) -> bool {
    let of = CardFile::specimen().unwrap().attributes.unwrap();
    (read.name(), read.address()) == (of.name.as_str(), of.address.as_str())
        && (read.birth(), read.sex()) == (Some((1948, 2, 29)), Sex::Female)
}

#[test]
fn pin_and_number_each_open_them_in_seven_commands() {
    for by in WAYS {
        let desk = Desk::with_card();
        let (mut session, steps) = desk.session();
        let left = run(session.open_attributes(by)).unwrap();
        assert_eq!(left, if by == AttributesBy::Pin { 3 } else { 10 });
        let read = run(session.read_attributes(good(by), Consent::NotAsked)).unwrap();
        assert!(is_the_specimens(&read));
        assert!(desk.at_rest() && !desk.reader().card().unwrap().forbidden_touched());
        // SELECT AP; PIN: SELECT, query, VERIFY; file: SELECT, read; leave.
        assert_eq!(session.into_channel().count().commands, 1 + 3 + 2 + 1);
        let expected = [
            Step::PoweringOn,
            Step::Recognising,
            Step::AskingTries,
            Step::WaitingForPin,
            Step::CheckingPin,
            Step::ReadingAttributes,
            Step::Finishing,
            Step::Finished,
        ];
        assert_eq!(*steps.borrow(), expected);
    }
}

#[test]
fn a_long_address_is_read_in_parts_or_at_once() {
    let mut file = CardFile::specimen().unwrap();
    let address = "見本".repeat(120);
    file.attributes.as_mut().unwrap().address = address.clone();
    for build in [Build::default(), Build::EXTENDED] {
        let desk = Desk::with(build, &file);
        let (mut session, _) = desk.session();
        run(session.open_attributes(AttributesBy::NumberB)).unwrap();
        let read = run(session.read_attributes(good(AttributesBy::NumberB), Consent::NotAsked)).unwrap();
        assert_eq!(read.address(), address);
    }
}

#[test]
fn a_wrong_one_costs_its_own_counter_one_try() {
    for (by, wrong, expected, left) in [
        (AttributesBy::Pin, by_pin(WRONG), (Kind::WrongAttributesPin, "CARD-031"), (2, 10)),
        (AttributesBy::NumberB, by_number("00000000000000"), (Kind::WrongNumberB, "CARD-033"), (3, 9)),
    ] {
        let desk = Desk::with_card();
        let (mut session, _) = desk.session();
        run(session.open_attributes(by)).unwrap();
        let error = run(session.read_attributes(wrong, Consent::NotAsked)).unwrap_err();
        assert_eq!((error.kind(), error.code()), expected);
        assert_eq!(error.tries(), Some(if by == AttributesBy::Pin { left.0 } else { left.1 }));
        assert_eq!((tries(&desk), desk.tries()), (left, 3));
        assert!(!desk.at_rest(), "the person may try again");
        run(session.read_attributes(good(by), Consent::NotAsked)).unwrap();
        assert!(desk.at_rest());
        assert_eq!(tries(&desk), (3, 10));
    }
}

#[test]
fn the_last_try_wants_a_yes_and_then_blocks() {
    for (by, wrong, blocked) in [
        (AttributesBy::Pin, WRONG.to_owned(), Kind::AttributesPinBlocked),
        (AttributesBy::NumberB, "0".repeat(14), Kind::NumberBBlocked),
    ] {
        let file =
            CardFile { attributes_tries_left: 1, number_b_tries_left: 1, ..CardFile::specimen().unwrap() };
        let desk = Desk::with(Build::default(), &file);
        let (mut session, _) = desk.session();
        assert_eq!(run(session.open_attributes(by)).unwrap(), 1);
        let commands = desk.reader().card().unwrap().commands();
        assert_eq!(kind(run(session.read_attributes(good(by), Consent::NotAsked))), Kind::LastTry);
        assert_eq!(desk.reader().card().unwrap().commands(), commands, "nothing was sent");
        let key = if by == AttributesBy::Pin { by_pin(&wrong) } else { by_number(&wrong) };
        let error = run(session.read_attributes(key, Consent::LastTry)).unwrap_err();
        assert_eq!((error.kind(), error.tries()), (blocked, Some(0)));
        assert!(desk.at_rest());
        assert_eq!(kind(run(session.open_attributes(by))), blocked, "said before anything is typed");
        assert!(desk.at_rest());
    }
}

#[test]
fn what_was_asked_for_one_secret_is_no_leave_for_another() {
    for (by, other) in [(WAYS[0], WAYS[1]), (WAYS[1], WAYS[0])] {
        let desk = Desk::with_card();
        let (mut session, _) = desk.session();
        run(session.open_attributes(by)).unwrap();
        let refused = run(session.read_attributes(good(other), Consent::NotAsked));
        assert_eq!(kind(refused), Kind::Forbidden);
        assert_eq!(tries(&desk), (3, 10));
        assert!(desk.at_rest());
    }
    // Nor is what was asked for a signature, in either direction.
    let desk = Desk::with_card();
    let (mut session, _) = desk.session();
    run(session.open()).unwrap();
    assert_eq!(kind(run(session.read_attributes(by_pin(WRONG), Consent::NotAsked))), Kind::Forbidden);
    run(session.open_attributes(AttributesBy::Pin)).unwrap();
    let signed = run(session.verify_and_sign(Pin::new(WRONG).unwrap(), Consent::NotAsked, &DIGEST));
    assert_eq!(kind(signed), Kind::Forbidden);
    assert_eq!((tries(&desk), desk.tries()), ((3, 10), 3));
    assert_eq!(
        kind(run(session.read_attributes(by_pin(GOOD), Consent::NotAsked))),
        Kind::Forbidden,
        "without asking"
    );
}

#[test]
fn cards_without_them_say_so() {
    for other in [CardKind::Resident, CardKind::Phone, CardKind::Next, CardKind::Other] {
        let desk = Desk::with(Build::default(), &CardFile::specimen_of(other).unwrap());
        let (mut session, _) = desk.session();
        assert_eq!(kind(run(session.open_attributes(AttributesBy::Pin))), Kind::NoAttributes, "{other:?}");
        assert!(desk.at_rest());
    }
    for how in [NoPin::NoFile, NoPin::NoReference, NoPin::Open] {
        let file = CardFile { no_pin: Some(how), ..CardFile::specimen().unwrap() };
        let desk = Desk::with(Build::default(), &file);
        let (mut session, _) = desk.session();
        assert_eq!(kind(run(session.open_attributes(AttributesBy::Pin))), Kind::NoPin, "{how:?}");
        run(session.open_attributes(AttributesBy::NumberB)).unwrap();
        let read = run(session.read_attributes(good(AttributesBy::NumberB), Consent::NotAsked));
        assert!(is_the_specimens(&read.unwrap()), "the number is on the card's face: {how:?}");
    }
    let nobody = CardFile { attributes: None, ..CardFile::specimen().unwrap() };
    let desk = Desk::with(Build::default(), &nobody);
    let (mut session, _) = desk.session();
    run(session.open_attributes(AttributesBy::Pin)).unwrap();
    let empty = run(session.read_attributes(by_pin(GOOD), Consent::NotAsked));
    assert_eq!(kind(empty), Kind::NoAttributes);
    assert!(desk.at_rest());
}

#[test]
fn after_a_fault_the_outcome_is_unknown_and_it_is_never_sent_again() {
    for by in WAYS {
        for (fault, taken) in [
            (Fault::Silent { executed: true }, 1),
            (Fault::Silent { executed: false }, 0),
            (Fault::Truncated(5), 1),
            (Fault::Stall, 1),
            (Fault::Remove(Moment::During), 1),
            (Fault::Unplug(Moment::Before), 0),
        ] {
            let desk = Desk::with_card();
            let (mut session, _) = desk.session();
            run(session.open_attributes(by)).unwrap();
            desk.fault(When::Instruction(0x20), fault);
            let wrong = if by == AttributesBy::Pin { by_pin(WRONG) } else { by_number(&"0".repeat(14)) };
            assert_eq!(kind(run(session.read_attributes(wrong, Consent::NotAsked))), Kind::PinUnknown);
            run(session.finish());
            assert_eq!(kind(run(session.read_attributes(good(by), Consent::LastTry))), Kind::Forbidden);
            desk.put_back();
            desk.reader().plug();
            let left = if by == AttributesBy::Pin { (3 - taken, 10) } else { (3, 10 - taken) };
            assert_eq!(tries(&desk), left, "{by:?} {fault:?}");
        }
    }
}

#[test]
fn a_reading_dropped_at_any_await_leaves_the_card_safe() {
    let dropped_after = |times: usize| {
        let desk = Desk::with_card();
        let mut session = Session::new(desk.open(), |_| {});
        let work = async {
            session.open_attributes(AttributesBy::Pin).await.unwrap();
            session.read_attributes(by_pin(GOOD), Consent::NotAsked).await.unwrap();
        };
        let done = polls(work, times);
        run(session.finish());
        let commands = desk.reader().card().unwrap().commands();
        assert!(commands == 0 || desk.at_rest(), "after {times} polls");
        assert_eq!(tries(&desk), (3, 10));
        assert!(!desk.reader().card().unwrap().forbidden_touched());
        done.is_none()
    };
    let awaits = (0..).take_while(|times| dropped_after(*times)).count();
    assert!(awaits > 30, "every await was a place to stop: {awaits}");
}
