//! Cards and readers that go away, stall, stay silent or talk nonsense: at every command, at every message.

use ccid::CardError;
use ccid::Kind;
use ccid::myna::{Consent, Pin};
use kakehashi_card::{Build, Fault, Moment, When};

use crate::desk::{DIGEST, Desk, GOOD, run};

/// One whole check of identity.
fn identity(desk: &Desk) -> Result<Vec<u8>, CardError> {
    let reader = run(desk.try_open())?;
    let mut session = ccid::myna::Session::new(reader, |_| {});
    let opened = run(session.open());
    let result = opened
        .and_then(|_| run(session.verify_and_sign(Pin::new(GOOD).unwrap(), Consent::NotAsked, &DIGEST)));
    run(session.finish());
    result
}

/// Messages to the reader and commands to the card in one undisturbed check.
fn costs(build: Build) -> (u32, u32) {
    let desk = Desk::with(build, &kakehashi_card::CardFile::specimen().unwrap());
    identity(&desk).unwrap();
    let messages = u32::try_from(desk.reader().messages()).unwrap();
    let commands = desk.reader().card().unwrap().commands();
    (messages, u32::try_from(commands).unwrap())
}

/// With this fault struck, the check fails with one of these kinds (or the PIN's fate is unknown), and after
/// the card and the reader are back the next check works with no try lost.
fn fails_and_recovers(when: When, fault: Fault, kinds: &[Kind]) {
    let desk = Desk::with_card();
    desk.fault(when, fault);
    match identity(&desk) {
        // After the signature only the card's rest was disturbed.
        Ok(_) => {}
        Err(error) => {
            let told =
                error.kind() == Kind::PinUnknown && error.cause().is_some_and(|it| kinds.contains(&it));
            assert!(told || kinds.contains(&error.kind()), "{when:?} {fault:?}: {error}");
        }
    }
    desk.put_back();
    desk.reader().plug();
    assert_eq!(desk.tries(), 3, "a good PIN costs no try: {when:?} {fault:?}");
    identity(&desk).unwrap_or_else(|error| panic!("afterwards, {when:?} {fault:?}: {error}"));
    assert!(desk.at_rest());
    assert!(!desk.reader().card().unwrap().forbidden_touched());
}

#[test]
fn the_card_is_taken_away_at_every_command() {
    let (_, commands) = costs(Build::default());
    for at in 1..=commands {
        for moment in [Moment::Before, Moment::During, Moment::After] {
            fails_and_recovers(When::Apdu(at), Fault::Remove(moment), &[Kind::CardRemoved, Kind::NoCard]);
        }
    }
}

#[test]
fn the_reader_is_unplugged_at_every_message() {
    let (messages, _) = costs(Build::default());
    for at in 1..=messages {
        for moment in [Moment::Before, Moment::During, Moment::After] {
            fails_and_recovers(When::Message(at), Fault::Unplug(moment), &[Kind::Disconnected]);
        }
    }
}

#[test]
fn the_reader_stays_silent_at_every_message() {
    let (messages, _) = costs(Build::default());
    for at in 1..=messages {
        for executed in [false, true] {
            fails_and_recovers(When::Message(at), Fault::Silent { executed }, &[Kind::Timeout]);
        }
    }
}

#[test]
fn the_reader_answers_nonsense_at_every_message() {
    let (messages, _) = costs(Build::default());
    for at in 1..=messages {
        for fault in [Fault::Truncated(0), Fault::Truncated(1), Fault::Truncated(9), Fault::UnknownType] {
            // An answer of length 0 is an empty packet: skipped, and then nothing comes.
            fails_and_recovers(When::Message(at), fault, &[Kind::Protocol, Kind::Timeout]);
        }
        fails_and_recovers(When::Message(at), Fault::Stall, &[Kind::Protocol]);
        fails_and_recovers(When::Message(at), Fault::WrongSequence(11), &[Kind::Protocol]);
        for executed in [false, true] {
            let parity = Fault::Error { code: 0xFD, executed };
            fails_and_recovers(When::Message(at), parity, &[Kind::CardMute]);
            let busy = Fault::Error { code: 0xE0, executed };
            fails_and_recovers(When::Message(at), busy, &[Kind::Busy]);
        }
    }
}

#[test]
fn what_is_only_slow_or_stale_changes_nothing() {
    for build in [Build::default(), Build::EXTENDED, Build::TPDU, Build::BARE, Build::TWO_SLOTS] {
        for fault in [
            Fault::TimeExtension { times: 20, multiplier: 4 },
            Fault::WrongSequence(10),
            Fault::Empty(10),
            Fault::NoEmptyPacket,
            Fault::Split(64),
        ] {
            let desk = Desk::with(build, &kakehashi_card::CardFile::specimen().unwrap());
            desk.fault(When::Always, fault);
            identity(&desk).unwrap_or_else(|error| panic!("{build:?} {fault:?}: {error}"));
            assert!(desk.at_rest());
        }
    }
}

#[test]
fn a_card_that_asks_for_time_for_ever_is_given_up() {
    let desk = Desk::with_card();
    desk.reader().set_faults(
        (0..4)
            .map(|_| kakehashi_card::Rule {
                when: When::Instruction(0x2A),
                fault: Fault::TimeExtension { times: 200, multiplier: 1 },
            })
            .collect(),
    );
    assert_eq!(identity(&desk).unwrap_err().kind(), Kind::Timeout);
}
