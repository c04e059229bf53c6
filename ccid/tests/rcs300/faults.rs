//! Faults of the reader at every message.

use ccid::Kind;
use kakehashi_card::device::VirtualDevice;
use kakehashi_card::fault::{Fault, Moment, When};
use kakehashi_card::rcs300::Variant;

use crate::desk::{Desk, GOOD, WRONG, run};

/// Messages in one undisturbed check of identity.
fn messages() -> u32 {
    let desk = Desk::with_card(Variant::default());
    desk.works("undisturbed");
    u32::try_from(desk.reader().messages()).unwrap()
}

/// With this fault the check works, or fails with one of these kinds; never is a command carried out twice, a
/// good PIN costs no try, and afterwards all is well.
fn fails_and_recovers(when: When, fault: Fault, kinds: &[Kind]) {
    let at = format!("{when:?} {fault:?}");
    let desk = Desk::with_card(Variant::default());
    desk.fault(when, fault);
    if let Err(error) = run(desk.identity(GOOD)) {
        let told = error.kind() == Kind::PinUnknown && error.cause().is_some_and(|it| kinds.contains(&it));
        assert!(told || kinds.contains(&error.kind()), "{at}: {error}");
    }
    assert!(desk.pins() <= 1, "{at}");
    assert_eq!(desk.reader().duplicates(), 0, "{at}");
    desk.recover();
    assert_eq!(desk.tries(), 3, "{at}");
    desk.works(&format!("after {at}"));
}

#[test]
fn what_is_only_slow_busy_or_stale_changes_nothing() {
    for fault in [
        Fault::TimeExtension { times: 5, multiplier: 3 },
        Fault::WrongSequence(2),
        Fault::NoEmptyPacket,
        Fault::Split(64),
    ] {
        let desk = Desk::with_card(Variant::default());
        desk.fault(When::Always, fault);
        desk.works(&format!("{fault:?}"));
    }
    for at in 1..=messages() {
        let busy = Fault::Error { code: 0xE0, executed: false };
        let desk = Desk::with_card(Variant::default());
        desk.fault(When::Message(at), busy);
        desk.works(&format!("busy at {at}"));
        assert_eq!(desk.pins(), 1);
        assert_eq!(desk.reader().duplicates(), 0, "busy at {at}");
    }
}

#[test]
fn a_busy_reader_that_has_taken_the_command_is_not_given_it_again() {
    for at in 1..=messages() {
        fails_and_recovers(When::Message(at), Fault::Error { code: 0xE0, executed: true }, &[Kind::CardMute]);
    }
}

#[test]
fn a_reader_that_stays_busy_is_given_up() {
    let desk = Desk::with_card(Variant::default());
    desk.fault(When::Always, Fault::Error { code: 0xE0, executed: false });
    assert_eq!(run(desk.identity(GOOD)).unwrap_err().kind(), Kind::Busy);
    assert!(desk.transfers() < 30, "the end of a session is tried five times, its start twice");
}

#[test]
fn nonsense_silence_and_stalls_at_every_message() {
    // A question whether the card is there that brings nonsense counts as no.
    let nonsense = [Kind::Protocol, Kind::CardRemoved];
    for at in 1..=messages() {
        let when = When::Message(at);
        for fault in [Fault::Truncated(1), Fault::Truncated(9), Fault::Truncated(14), Fault::UnknownType] {
            fails_and_recovers(when, fault, &nonsense);
        }
        fails_and_recovers(when, Fault::Truncated(0), &[Kind::Timeout]);
        fails_and_recovers(when, Fault::Stall, &nonsense);
        fails_and_recovers(when, Fault::WrongSequence(11), &nonsense);
        for executed in [false, true] {
            fails_and_recovers(when, Fault::Silent { executed }, &[Kind::Timeout]);
            fails_and_recovers(when, Fault::Error { code: 0xF4, executed }, &nonsense);
        }
    }
}

#[test]
fn the_card_is_taken_away_at_every_message() {
    for at in 1..=messages() {
        for moment in [Moment::Before, Moment::During, Moment::After] {
            let kinds = [Kind::CardRemoved, Kind::NoCard, Kind::CardMute];
            fails_and_recovers(When::Message(at), Fault::Remove(moment), &kinds);
        }
    }
}

#[test]
fn the_reader_is_unplugged_at_every_message() {
    for at in 1..=messages() {
        for moment in [Moment::Before, Moment::During, Moment::After] {
            fails_and_recovers(When::Message(at), Fault::Unplug(moment), &[Kind::Disconnected]);
        }
    }
}

#[test]
fn a_wrong_pin_costs_one_try_whatever_happens() {
    let all = messages();
    for at in 1..=all {
        for fault in [
            Fault::Error { code: 0xE0, executed: true },
            Fault::Silent { executed: true },
            Fault::Truncated(12),
            Fault::Remove(Moment::During),
        ] {
            let desk = Desk::with_card(Variant::default());
            desk.fault(When::Message(at), fault);
            let result = run(desk.identity(WRONG));
            assert!(result.is_err());
            desk.recover();
            assert!(desk.tries() >= 2, "{fault:?} at {at}: {:?}", desk.tries());
        }
    }
}
