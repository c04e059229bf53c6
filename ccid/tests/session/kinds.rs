//! Cards of every kind, and the test that looks at one from all sides.

use ccid::Kind;
use ccid::myna::{Availability, Consent, Pin, TokenKind};
use kakehashi_card::{Build, CardFile, CardKind, Fault, NoPin, When};

use crate::desk::{DIGEST, Desk, GOOD, kind, run};

fn desk_with(kind: CardKind) -> Desk {
    Desk::with(Build::default(), &CardFile::specimen_of(kind).unwrap())
}

#[test]
fn each_kind_of_card_has_its_own_name_and_costs_no_try() {
    for (card, expected, code) in [
        (CardKind::Resident, Kind::OldCard, "CARD-016"),
        (CardKind::Phone, Kind::Phone, "CARD-017"),
        (CardKind::Next, Kind::UnknownCard, "CARD-018"),
        (CardKind::Other, Kind::OtherCard, "CARD-014"),
    ] {
        let desk = desk_with(card);
        let (mut session, _) = desk.session();
        let error = run(session.open()).unwrap_err();
        assert_eq!((error.kind(), error.code()), (expected, code));
        assert!(desk.at_rest());
        let signed = run(session.verify_and_sign(Pin::new(GOOD).unwrap(), Consent::LastTry, &DIGEST));
        assert_eq!(kind(signed), Kind::Forbidden, "no PIN reaches it");
    }
}

#[test]
fn a_card_without_a_pin_says_so_before_anything_is_typed() {
    for (how, expected) in [
        (NoPin::NoFile, Kind::NoPin),
        (NoPin::NoReference, Kind::NoPin),
        (NoPin::Open, Kind::NoPin),
        // Not to be told from one that was blocked by wrong tries.
        (NoPin::Blocked, Kind::PinBlocked),
    ] {
        let file = CardFile { no_pin: Some(how), ..CardFile::specimen().unwrap() };
        let desk = Desk::with(Build::default(), &file);
        let (mut session, _) = desk.session();
        assert_eq!(kind(run(session.open())), expected, "{how:?}");
        assert!(desk.at_rest());
    }
}

#[test]
fn a_token_is_asked_for_its_name_only_when_something_is_amiss() {
    let asked = |desk: &Desk| {
        let (mut session, _) = desk.session();
        let _ = run(session.open());
        desk.log().iter().any(|it| it.selected.as_deref() == Some(&[0x00, 0x06][..]))
    };
    assert!(!asked(&Desk::with_card()));
    assert!(asked(&desk_with(CardKind::Phone)) && asked(&desk_with(CardKind::Resident)));
}

#[test]
fn a_card_looked_at_from_all_sides_tells_everything_and_may_sign() {
    let desk = Desk::with_card();
    let (mut session, _) = desk.session();
    let seen = run(session.examine()).unwrap();
    assert_eq!(seen.token, TokenKind::MyNumberCard);
    assert_eq!(seen.availability, Some(Availability { sign: true, auth: true }));
    let certificate = seen.certificate.unwrap();
    assert_eq!(seen.tries.unwrap(), 3);
    assert!(!desk.at_rest());
    run(session.verify_and_sign(Pin::new(GOOD).unwrap(), Consent::NotAsked, &DIGEST)).unwrap();
    assert!(desk.at_rest());
    assert_eq!(run(session.open()).unwrap().certificate, certificate);
}

#[test]
fn one_thing_missing_does_not_hide_the_others() {
    for (card, token, certificate, tries) in [
        (CardKind::Resident, TokenKind::ResidentCard, Err(Kind::OldCard), Err(Kind::NoPin)),
        (CardKind::Phone, TokenKind::Phone, Err(Kind::Phone), Ok(3)),
        (CardKind::Next, TokenKind::MyNumberCard, Ok(()), Ok(3)),
    ] {
        let desk = desk_with(card);
        let (mut session, _) = desk.session();
        let seen = run(session.examine()).unwrap();
        assert_eq!(seen.token, token);
        assert_eq!(seen.certificate.map(|_| ()).map_err(|error| error.kind()), certificate, "{card:?}");
        assert_eq!(seen.tries.map_err(|error| error.kind()), tries, "{card:?}");
        assert!(desk.at_rest(), "nothing can follow: {card:?}");
        assert_eq!(session.tries(), None);
    }
    let blocked = CardFile { tries_left: 0, ..CardFile::specimen().unwrap() };
    let desk = Desk::with(Build::default(), &blocked);
    let (mut session, _) = desk.session();
    let seen = run(session.examine()).unwrap();
    assert_eq!(seen.tries.unwrap_err().kind(), Kind::PinBlocked);
    assert!(seen.certificate.is_ok() && desk.at_rest());
}

#[test]
fn a_fault_on_the_way_ends_the_examination_and_the_card_is_at_rest() {
    let commands = {
        let desk = Desk::with_card();
        let (mut session, _) = desk.session();
        run(session.examine()).unwrap();
        u32::try_from(desk.reader().card().unwrap().commands()).unwrap()
    };
    for at in 1..=commands {
        let desk = Desk::with_card();
        desk.fault(When::Apdu(at), Fault::Silent { executed: true });
        let (mut session, _) = desk.session();
        assert_eq!(kind(run(session.examine())), Kind::Timeout, "command {at}");
        assert_eq!(session.tries(), None);
        assert_eq!(desk.tries(), 3);
    }
}
