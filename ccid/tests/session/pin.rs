//! The PIN: one try is one yes of a person.

use std::cell::RefCell;
use std::rc::Rc;

use ccid::Kind;
use ccid::apdu::Command;
use ccid::ccid::Slot;
use ccid::iso_dep::IsoDep;
use ccid::iso14443::Link;
use ccid::myna::{Consent, Pin, Session};
use ccid::reader::rcs380;
use ccid::smart_card::Call;
use ccid::t0::T0;
use ccid::t1::{T1, T1Parameters};
use kakehashi_card::{Build, CardFile, Fault, Moment, When};
use zeroize::Zeroizing;

use crate::desk::{DIGEST, Desk, GOOD, PinWatch, WRONG, kind, run};

fn pin(text: &str) -> Pin {
    Pin::new(text).unwrap()
}

fn card_with(tries_left: u8) -> CardFile {
    CardFile { tries_left, ..CardFile::specimen().unwrap() }
}

#[test]
fn a_wrong_pin_is_sent_once_and_the_count_is_told() {
    let desk = Desk::with_card();
    let (mut session, _) = desk.session();
    run(session.open()).unwrap();
    let error = run(session.verify_and_sign(pin(WRONG), Consent::NotAsked, &DIGEST)).unwrap_err();
    assert_eq!((error.kind(), error.code(), error.tries()), (Kind::WrongPin, "CARD-021", Some(2)));
    assert_eq!((desk.tries(), session.tries()), (2, Some(2)));
    assert!(!desk.at_rest(), "the person may try again");
    run(session.verify_and_sign(pin(GOOD), Consent::NotAsked, &DIGEST)).unwrap();
    assert_eq!(desk.tries(), 3);
    assert!(desk.at_rest());
}

#[test]
fn the_last_try_wants_a_yes_and_sends_nothing_without() {
    let desk = Desk::with(Build::default(), &card_with(1));
    let (mut session, _) = desk.session();
    assert_eq!(run(session.open()).unwrap().tries, 1);
    let commands = desk.reader().card().unwrap().commands();
    let error = run(session.verify_and_sign(pin(GOOD), Consent::NotAsked, &DIGEST)).unwrap_err();
    assert_eq!((error.kind(), error.code(), error.tries()), (Kind::LastTry, "CARD-025", Some(1)));
    assert_eq!(desk.reader().card().unwrap().commands(), commands, "nothing was sent");
    run(session.verify_and_sign(pin(GOOD), Consent::LastTry, &DIGEST)).unwrap();
    assert_eq!(desk.tries(), 3);
}

#[test]
fn wrong_tries_come_to_the_last_one_and_stop_there() {
    let desk = Desk::with_card();
    let (mut session, _) = desk.session();
    run(session.open()).unwrap();
    for _ in 0..2 {
        assert_eq!(
            kind(run(session.verify_and_sign(pin(WRONG), Consent::NotAsked, &DIGEST))),
            Kind::WrongPin
        );
    }
    for _ in 0..3 {
        assert_eq!(kind(run(session.verify_and_sign(pin(WRONG), Consent::NotAsked, &DIGEST))), Kind::LastTry);
    }
    assert_eq!(desk.tries(), 1);
    let error = run(session.verify_and_sign(pin(WRONG), Consent::LastTry, &DIGEST)).unwrap_err();
    assert_eq!((error.kind(), error.code(), error.tries()), (Kind::PinBlocked, "CARD-022", Some(0)));
    assert!(desk.at_rest(), "nothing more is possible");
    assert_eq!(kind(run(session.verify_and_sign(pin(GOOD), Consent::LastTry, &DIGEST))), Kind::Forbidden);
}

#[test]
fn a_card_that_was_away_for_a_moment_gets_no_pin() {
    for build in [Build::default(), Build::TPDU] {
        let desk = Desk::with(build, &CardFile::specimen().unwrap());
        let pins = Rc::<RefCell<usize>>::default();
        let mut session = Session::new(PinWatch { inner: desk.open(), pins: pins.clone() }, |_| {});
        run(session.open()).unwrap();
        desk.reader().remove();
        desk.insert(&CardFile::specimen().unwrap());
        assert!(!run(session.card_present()).unwrap(), "another one lies there");
        // A screen that overhears that: the card there now was asked nothing.
        let error = run(session.verify_and_sign(pin(GOOD), Consent::NotAsked, &DIGEST)).unwrap_err();
        assert_eq!((error.kind(), *pins.borrow()), (Kind::Forbidden, 0), "{error}");
        assert_eq!(desk.reader().card().unwrap().commands(), 0);
    }
}

#[test]
fn nothing_that_carries_a_pin_shows_it() {
    let verify = [0x00, 0x20, 0x00, 0x80, 4, b'1', b'2', b'3', b'4'];
    let hidden =
        |what: &dyn std::fmt::Debug| assert!(!format!("{what:?}").contains("49, 50, 51, 52"), "{what:?}");
    hidden(&Command::parse(&verify).unwrap());
    let mut t1 = T1::new(T1Parameters::default(), 261);
    hidden(&t1.command(&verify));
    hidden(&t1);
    hidden(&T0::new(&Command::parse(&verify).unwrap()));
    // The PIN in the second of two messages: it waits in the slot.
    let mut slot = Slot::new(15, 64);
    let mut exchange = slot.transfer_chained(&verify);
    hidden(&exchange);
    hidden(&exchange.next(&mut slot));
    hidden(&slot);
    hidden(&slot.transfer(&verify).next(&mut Slot::new(271, 64)));
    let mut link = IsoDep::new(Link { frame: 256, wait: 1, guard: 0 });
    let mut exchange = link.command(&verify);
    hidden(&exchange.next(&mut link));
    hidden(&exchange);
    let mut call = rcs380::Call::new(0x04, &verify, 1);
    hidden(&call);
    let mut port = rcs380::Port::new();
    (0..3).for_each(|_| hidden(&call.next(&mut port)));
    hidden(&Call::Transmit(Zeroizing::new(verify.to_vec())));
}

#[test]
fn a_blocked_pin_is_said_before_anything_is_typed() {
    let desk = Desk::with(Build::default(), &card_with(0));
    let (mut session, _) = desk.session();
    let error = run(session.open()).unwrap_err();
    assert_eq!((error.kind(), error.tries()), (Kind::PinBlocked, Some(0)));
    assert!(desk.at_rest());
}

/// Faults that leave open whether the card took the PIN, with the command it is (VERIFY with data is the
/// second with instruction 20) and whether the card did take it.
fn faults() -> Vec<(Fault, bool)> {
    vec![
        (Fault::Silent { executed: true }, true),
        (Fault::Silent { executed: false }, false),
        (Fault::Truncated(5), true),
        (Fault::Truncated(11), true),
        (Fault::UnknownType, true),
        (Fault::Stall, true),
        (Fault::Error { code: 0xFD, executed: true }, true),
        (Fault::Error { code: 0xFE, executed: false }, false),
        (Fault::WrongSequence(11), true),
        (Fault::Remove(Moment::Before), false),
        (Fault::Remove(Moment::During), true),
        (Fault::Unplug(Moment::Before), false),
        (Fault::Unplug(Moment::During), true),
    ]
}

#[test]
fn after_a_fault_in_verify_the_outcome_is_unknown_and_it_is_never_sent_again() {
    for (fault, taken) in faults() {
        let desk = Desk::with_card();
        let pins = Rc::new(RefCell::new(0));
        let watch = PinWatch { inner: desk.open(), pins: pins.clone() };
        let mut session = Session::new(watch, |_| {});
        run(session.open()).unwrap();
        desk.fault(When::Instruction(0x20), fault);
        let error = run(session.verify_and_sign(pin(WRONG), Consent::NotAsked, &DIGEST)).unwrap_err();
        assert_eq!((error.kind(), error.code()), (Kind::PinUnknown, "CARD-023"), "{fault:?}");
        assert!(error.cause().is_some());
        assert_eq!(*pins.borrow(), 1, "{fault:?}");
        // Neither finishing nor another call sends it again.
        run(session.finish());
        let again = run(session.verify_and_sign(pin(WRONG), Consent::LastTry, &DIGEST));
        assert_eq!(kind(again), Kind::Forbidden);
        assert_eq!(*pins.borrow(), 1, "{fault:?}");
        // The card, asked anew, knows.
        desk.put_back();
        desk.reader().plug();
        let (mut anew, _) = desk.session();
        assert_eq!(run(anew.open()).unwrap().tries, 3 - u8::from(taken), "{fault:?}");
    }
}

#[test]
fn a_card_moved_while_the_pin_was_typed_gets_no_pin() {
    let desk = Desk::with_card();
    let (mut session, _) = desk.session();
    run(session.open()).unwrap();
    let card = desk.reader().remove().unwrap();
    let (error, commands) = {
        let error = run(session.verify_and_sign(pin(WRONG), Consent::NotAsked, &DIGEST)).unwrap_err();
        (error, card.commands())
    };
    assert_eq!(error.kind(), Kind::CardRemoved);
    desk.reader().insert(card);
    assert_eq!(desk.reader().card().unwrap().commands(), commands);
    assert_eq!(desk.tries(), 3);

    // Taken away and put back: without power it is not the card that was asked.
    run(session.open()).unwrap();
    let card = desk.reader().remove().unwrap();
    desk.reader().insert(card);
    assert_eq!(kind(run(session.verify_and_sign(pin(WRONG), Consent::NotAsked, &DIGEST))), Kind::CardRemoved);
    assert_eq!(desk.tries(), 3);
}

#[test]
fn without_asking_the_card_no_pin_is_taken() {
    let desk = Desk::with_card();
    let (mut session, _) = desk.session();
    assert_eq!(kind(run(session.verify_and_sign(pin(GOOD), Consent::LastTry, &DIGEST))), Kind::Forbidden);
    assert_eq!(desk.reader().card().unwrap().commands(), 0);
}
