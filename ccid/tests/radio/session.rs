//! Whole checks of identity over the RC-S380: undisturbed, with every fault in every place, dropped anywhere.

use ccid::myna::{Consent, Pin, Session};
use ccid::reader::{AnyReader, CardChannel};
use ccid::usb::{UsbId, choose};
use ccid::{CardError, Kind};
use kakehashi_card::picc::{WtxRule, WtxWhen};
use kakehashi_card::rcs380::{PortFault, PortRule};
use kakehashi_card::{Fault, Moment, PiccOptions, Rule, VirtualDevice, When};

use crate::desk::{Desk, polls, run, send};

const DIGEST: [u8; 32] = [0x5A; 32];
/// VERIFY with the specimen's PIN.
pub(crate) const VERIFY: &[u8] = &[0x00, 0x20, 0x00, 0x80, 4, b'1', b'2', b'3', b'4'];

/// One whole check of identity.
pub(crate) async fn identity(desk: &Desk) -> Result<Vec<u8>, CardError> {
    let mut session = Session::new(desk.try_open().await?, |_| {});
    let result = match session.open().await {
        Ok(_) => session.verify_and_sign(Pin::new("1234").unwrap(), Consent::NotAsked, &DIGEST).await,
        Err(error) => Err(error),
    };
    session.finish().await;
    result
}

/// The card is closed, the field is off, and nobody broke a rule.
pub(crate) fn at_rest(desk: &Desk) {
    let mut reader = desk.reader();
    assert_eq!(reader.violations(), Vec::<&str>::new());
    assert!(!reader.has_field());
    let card = reader.card().unwrap();
    assert!(!card.forbidden_touched());
    assert_eq!(card.tries_left(), Some(3), "a good PIN costs no try");
}

/// A card of each kind, with each frame size, that asks for time wherever it may.
fn cards() -> impl Iterator<Item = PiccOptions> {
    let kinds = [PiccOptions::my_number(), PiccOptions::type_a()];
    kinds.into_iter().flat_map(|card| (0..=8).map(move |fsci| PiccOptions { fsci, ..card.clone() }))
}

#[test]
fn every_kind_of_card_is_checked() {
    for options in cards() {
        let desk = Desk::with(options.clone());
        let signature = run(identity(&desk)).unwrap_or_else(|error| panic!("{options:?}: {error}"));
        assert_eq!(signature.len(), 256);
        assert_eq!(desk.times(VERIFY), 1);
        at_rest(&desk);
    }
}

#[test]
fn cards_with_long_identifiers_extended_answers_and_guard_times() {
    let a = PiccOptions { uid: vec![4, 1, 2, 3, 4, 5, 6], ..PiccOptions::type_a() };
    let bare = PiccOptions { interface_bytes: false, historical: vec![0x80, 0x31], ..a.clone() };
    let b = PiccOptions { extended_atqb: true, sfgi: 8, ..PiccOptions::my_number() };
    for (options, guard) in [(a, 0), (bare, 0), (b, 78)] {
        let desk = Desk::with(options);
        let mut reader = desk.open();
        let before = desk.paused();
        run(reader.power_on()).unwrap();
        assert_eq!(desk.paused() - before, 30 + guard, "field off, and the card's guard time");
        run(reader.power_off()).unwrap();
        run(identity(&desk)).unwrap();
        at_rest(&desk);
    }
}

#[test]
fn a_card_may_ask_for_time_wherever_the_rules_allow() {
    for when in [WtxWhen::Always, WtxWhen::Parts, WtxWhen::Chain] {
        let wtx = vec![WtxRule { when, times: 2, multiplier: 2 }];
        for options in cards().filter(|card| card.fsci % 4 == 0) {
            let desk = Desk::with(PiccOptions { wtx: wtx.clone(), ..options });
            run(identity(&desk)).unwrap_or_else(|error| panic!("{when:?}: {error}"));
            at_rest(&desk);
        }
    }
}

#[test]
fn an_empty_field_several_cards_and_other_cards_are_told_apart() {
    let desk = Desk::with(PiccOptions::my_number());
    let mut reader = desk.open();
    assert_eq!(run(reader.card_present()), Ok(true));
    assert!(!desk.reader().has_field(), "a look leaves nothing on");
    desk.reader().set_crowded(true);
    assert_eq!(run(reader.card_present()), Ok(true), "several are there too");
    assert_eq!(run(reader.power_on()).unwrap_err().kind(), Kind::CardMute);
    desk.reader().set_crowded(false);
    desk.reader().remove();
    assert_eq!(run(reader.card_present()), Ok(false));
    assert_eq!(run(reader.power_on()).unwrap_err().kind(), Kind::NoCard);
}

#[test]
fn looking_whether_the_card_is_there_changes_nothing_in_it() {
    let desk = Desk::with(PiccOptions::my_number());
    let mut reader = desk.open();
    run(reader.power_on()).unwrap();
    let select = [&[0x00, 0xA4, 0x04, 0x0C, 10][..], &[0xD3, 0x92, 0xF0, 0, 0x26, 1, 0, 0, 0, 1]].concat();
    for command in [&select[..], &[0x00, 0xA4, 0x02, 0x0C, 2, 0x00, 0x18], VERIFY] {
        assert_eq!(run(send(&mut reader, command)).unwrap().status.0, 0x9000);
        assert_eq!(run(reader.card_present()), Ok(true));
    }
    let key = [0x00, 0xA4, 0x02, 0x0C, 2, 0x00, 0x17];
    assert_eq!(run(send(&mut reader, &key)).unwrap().status.0, 0x9000);
    assert_eq!(run(reader.card_present()), Ok(true));
    let sign = [&[0x80, 0x2A, 0x00, 0x80, 51][..], &[1; 51], &[0]].concat();
    assert_eq!(run(send(&mut reader, &sign)).unwrap().data.len(), 256, "the PIN is still presented");
}

#[test]
fn a_card_that_lost_its_field_is_told_nothing_more() {
    let desk = Desk::with(PiccOptions::my_number());
    let mut reader = desk.open();
    run(reader.power_on()).unwrap();
    let card = desk.reader().remove().unwrap();
    desk.reader().insert(card);
    let challenge = [0x00, 0x84, 0x00, 0x00, 0x08];
    assert_eq!(run(send(&mut reader, &challenge)).unwrap_err().kind(), Kind::CardRemoved);
    assert_eq!(run(send(&mut reader, &challenge)).unwrap_err().kind(), Kind::CardRemoved);
    assert_eq!(desk.times(&challenge), 0);
    // And so for a look at it: absent once.
    run(reader.power_on()).unwrap();
    let card = desk.reader().remove().unwrap();
    desk.reader().insert(card);
    assert_eq!(run(reader.card_present()), Ok(false));
    assert_eq!(run(reader.card_present()), Ok(true));
}

#[test]
fn power_on_closes_what_was_opened() {
    let desk = Desk::with(PiccOptions::my_number());
    let mut reader = desk.open();
    for _ in 0..2 {
        run(reader.power_on()).unwrap();
        let select_file = [0x00, 0xA4, 0x02, 0x0C, 2, 0x00, 0x18];
        assert_eq!(run(send(&mut reader, &select_file)).unwrap().status.0, 0x6A86, "nothing is selected");
        let select =
            [&[0x00, 0xA4, 0x04, 0x0C, 10][..], &[0xD3, 0x92, 0xF0, 0, 0x26, 1, 0, 0, 0, 1]].concat();
        assert_eq!(run(send(&mut reader, &select)).unwrap().status.0, 0x9000);
    }
}

/// With this fault struck the check goes well or fails with one of these kinds; the PIN was presented at most
/// once; afterwards, with card and reader back, the next check goes well.
fn fails_and_recovers(fault: &str, strike: impl Fn(&Desk), kinds: &[Kind]) -> bool {
    let desk = Desk::with(PiccOptions::my_number());
    strike(&desk);
    let result = run(identity(&desk));
    assert!(desk.times(VERIFY) <= 1, "{fault}: the PIN was presented twice");
    if let Err(error) = &result {
        let told = error.kind() == Kind::PinUnknown && error.cause().is_some_and(|it| kinds.contains(&it));
        assert!(told || kinds.contains(&error.kind()), "{fault}: {error}");
    }
    desk.reader().set_faults(Vec::new());
    desk.reader().set_port_faults(Vec::new());
    let card = desk.reader().take_ejected();
    if let Some(card) = card {
        desk.reader().insert(card);
    }
    if !desk.reader().is_plugged() {
        desk.reader().plug();
    }
    run(identity(&desk)).unwrap_or_else(|error| panic!("afterwards, {fault}: {error}"));
    at_rest(&desk);
    result.is_ok()
}

/// Commands to the reader in one undisturbed check.
fn commands() -> u32 {
    let desk = Desk::with(PiccOptions::my_number());
    run(identity(&desk)).unwrap();
    u32::try_from(desk.reader().messages()).unwrap()
}

#[test]
fn faults_of_the_wire_cost_nothing_but_time() {
    for at in 1..=commands() {
        for fault in [
            PortFault::NoAck,
            PortFault::Merged,
            PortFault::Garbled { byte: 5 },
            PortFault::Garbled { byte: 9 },
            PortFault::Garbled { byte: 12 },
        ] {
            let strike = |desk: &Desk| {
                desk.reader().set_port_faults(vec![PortRule { command: at, frames: false, fault }]);
            };
            let name = format!("{fault:?} at {at}");
            assert!(fails_and_recovers(&name, strike, &[]), "{name}: it is recovered from");
        }
    }
}

#[test]
fn answers_that_are_late_or_refused_end_the_check_and_are_never_taken_for_others() {
    for at in 1..=commands() {
        for (fault, kinds) in
            [(PortFault::Late, &[Kind::Timeout][..]), (PortFault::Refused, &[Kind::Protocol, Kind::Timeout])]
        {
            let strike = |desk: &Desk| {
                desk.reader().set_port_faults(vec![PortRule { command: at, frames: false, fault }]);
            };
            fails_and_recovers(&format!("{fault:?} at {at}"), strike, kinds);
        }
    }
}

#[test]
fn the_card_or_the_reader_goes_away_at_every_command() {
    use Kind::{CardMute, CardRemoved, Disconnected, NoCard, Protocol, Timeout};
    for at in 1..=commands() {
        for (fault, kinds) in [
            (Fault::Remove(Moment::Before), &[CardRemoved, NoCard, CardMute][..]),
            (Fault::Remove(Moment::During), &[CardRemoved, NoCard, CardMute]),
            (Fault::Remove(Moment::After), &[CardRemoved, NoCard, CardMute]),
            (Fault::Unplug(Moment::Before), &[Disconnected]),
            (Fault::Unplug(Moment::During), &[Disconnected]),
            (Fault::Unplug(Moment::After), &[Disconnected]),
            (Fault::Silent { executed: false }, &[Timeout]),
            (Fault::Silent { executed: true }, &[Timeout]),
            (Fault::Stall, &[Protocol]),
            (Fault::Truncated(0), &[Timeout]),
            (Fault::Truncated(9), &[Timeout]),
            (Fault::UnknownType, &[Timeout, Protocol]),
            (Fault::WrongSequence(3), &[]),
            (Fault::Split(7), &[]),
            (Fault::NoEmptyPacket, &[]),
            (Fault::Error { code: 0x04, executed: false }, &[Protocol]),
            (Fault::Error { code: 0x80, executed: true }, &[Protocol, NoCard]),
            (Fault::Error { code: 0x40, executed: true }, &[Protocol]),
        ] {
            let strike = |desk: &Desk| {
                desk.reader().set_faults(vec![Rule { when: When::Message(at), fault }]);
            };
            fails_and_recovers(&format!("{fault:?} at {at}"), strike, kinds);
        }
    }
}

#[test]
fn a_check_may_be_dropped_anywhere() {
    let whole = {
        let desk = Desk::with(PiccOptions::my_number());
        run(identity(&desk)).unwrap();
        desk.transfers()
    };
    for at in (1..whole * 2).step_by(3) {
        let desk = Desk::with(PiccOptions::my_number());
        let mut session = Session::new(desk.open(), |_| {});
        let work = async {
            session.open().await?;
            session.verify_and_sign(Pin::new("1234").unwrap(), Consent::NotAsked, &DIGEST).await
        };
        let done = polls(work, at);
        run(session.finish());
        assert!(desk.times(VERIFY) <= 1, "dropped at {at}");
        assert!(!desk.reader().has_field(), "dropped at {at}: the field is still on");
        let mut again = session.into_channel();
        run(again.power_on()).unwrap_or_else(|error| panic!("after being dropped at {at}: {error}"));
        run(again.power_off()).unwrap();
        at_rest(&desk);
        drop(done);
    }
}

#[test]
fn commands_of_every_length_pass() {
    for fsci in [3, 5, 8] {
        let desk = Desk::with(PiccOptions { fsci, ..PiccOptions::my_number() });
        let mut reader = desk.open();
        run(reader.power_on()).unwrap();
        for length in 1..=255u8 {
            let command = [&[0x80, 0x77, 0, 0, length][..], &vec![length; length.into()]].concat();
            assert_eq!(run(send(&mut reader, &command)).unwrap().status.0, 0x6D00, "{length} bytes");
            assert_eq!(desk.times(&command), 1);
        }
        run(reader.power_off()).unwrap();
        at_rest(&desk);
    }
}

#[test]
fn the_driver_is_chosen_by_the_readers_numbers() {
    let desk = Desk::with(PiccOptions::my_number());
    let descriptors = desk.reader().descriptors();
    let id = UsbId { vendor: 0x054C, product: 0x06C3, version: 0x0111 };
    let chosen = choose(id, &descriptors[18..], false).unwrap();
    assert_eq!((chosen.bulk_in, chosen.bulk_out, chosen.packet), (1, 2, 64));
    let mut reader = run(AnyReader::open(desk.wire(), chosen)).unwrap();
    assert!(matches!(&reader, AnyReader::Rcs380(it) if it.firmware() == 0x0111));
    run(reader.power_on()).unwrap();
    run(reader.close());
    at_rest(&desk);
}
