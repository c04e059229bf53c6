//! `myna-card` drives the virtual card.

use ccid::myna::{AttributesBy, AttributesKey, Consent, Pin as OurPin, Session, Sex, VerificationNumberB};
use kakehashi_card::{CardFile, CardKind};
use myna_card::ap::jpki::{JpkiAp, SignatureScheme};
use myna_card::ap::text::{TextAp, ef};
use myna_card::{Card, Certificate, Date, Error, Pin, Retries, TokenType, verification_code_b};

use crate::wire::{Wire, run};

const DIGEST: [u8; 32] = [0x5A; 32];

fn pin(digits: &str) -> Pin {
    Pin::numeric(digits).unwrap()
}

/// The specimen's date of birth.
const BIRTH: Date = Date { year: 1948, month: 2, day: 29 };

#[test]
fn it_reads_certificates_token_and_availability() {
    let mut card = Card::new(Wire::specimen());
    let mut jpki = JpkiAp::select(&mut card).unwrap();
    assert_eq!(jpki.read_token_type().unwrap(), TokenType::Card);
    assert!(jpki.read_certificate_availability().unwrap().has_auth_certificate());
    let (own, ca) = (jpki.read_auth_certificate().unwrap(), jpki.read_auth_ca_certificate().unwrap());
    own.verify_signature(&ca).unwrap();
    // This program reads the same bytes.
    let opened = run(Session::new(Wire::specimen(), |_| {}).open()).unwrap();
    assert_eq!(opened.certificate, own.der());
}

#[test]
fn it_knows_a_telephone_by_its_token() {
    for (name, token) in [("JPKIAPGPSETOKEN", TokenType::Android), ("JPKIAPIOSTOKEN", TokenType::IPhone)] {
        let phone = CardFile::specimen_of(CardKind::Phone).unwrap();
        let file = CardFile { token: Some(name.into()), ..phone };
        let mut card = Card::new(Wire::with(&file));
        let mut jpki = JpkiAp::select(&mut card).unwrap();
        assert_eq!(jpki.read_token_type().unwrap(), token);
        assert!(jpki.read_auth_certificate_der().is_err(), "the PIN comes first");
        jpki.verify_auth_pin(&pin("1234")).unwrap();
        assert!(Certificate::parse(&jpki.read_auth_certificate_der().unwrap()).is_ok());
    }
}

#[test]
fn it_signs_and_both_make_the_same_signature() {
    let mut card = Card::new(Wire::specimen());
    let mut jpki = JpkiAp::select(&mut card).unwrap();
    assert_eq!(jpki.auth_pin_retries().unwrap(), Retries::Remaining(3));
    jpki.verify_auth_pin(&pin("1234")).unwrap();
    let info =
        [&b"\x30\x31\x30\x0D\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20"[..], &DIGEST];
    let info = info.concat();
    let theirs = jpki.sign_with_auth_key_checked(SignatureScheme::Verbatim, &info).unwrap();

    let mut session = Session::new(Wire::specimen(), |_| {});
    run(session.open()).unwrap();
    let ours =
        run(session.verify_and_sign(OurPin::new("1234").unwrap(), Consent::NotAsked, &DIGEST)).unwrap();
    assert_eq!(ours, theirs);
}

#[test]
fn it_counts_wrong_pins_as_the_card_does() {
    let mut card = Card::new(Wire::specimen());
    let mut jpki = JpkiAp::select(&mut card).unwrap();
    for left in [2, 1, 0] {
        match jpki.verify_auth_pin(&pin("9999")) {
            Err(Error::PinIncorrect { retries }) => assert_eq!(retries, Some(left)),
            Err(Error::PinBlocked) => assert_eq!(left, 0),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(jpki.auth_pin_retries().unwrap(), Retries::Blocked);
    assert!(matches!(jpki.verify_auth_pin(&pin("1234")), Err(Error::PinBlocked)));
}

#[test]
fn it_reads_the_four_attributes_by_pin_and_by_number_b() {
    let number = CardFile::specimen().unwrap().number_b.unwrap();
    let code = verification_code_b(BIRTH, 2035, b"4321").unwrap();
    assert_eq!(code.as_bytes(), number.as_bytes(), "made of what stands on the face");
    for by in [AttributesBy::Pin, AttributesBy::NumberB] {
        let mut card = Card::new(Wire::specimen());
        let mut text = TextAp::select(&mut card).unwrap();
        let (theirs, key) = match by {
            AttributesBy::Pin => {
                text.verify_pin(&pin("1234")).unwrap();
                (text.read_attributes().unwrap(), AttributesKey::Pin(OurPin::new("1234").unwrap()))
            }
            AttributesBy::NumberB => {
                assert_eq!(text.retries(ef::CODE_B).unwrap(), Retries::Remaining(10));
                text.verify_code_b(&code).unwrap();
                assert!(text.read_my_number().is_err(), "it opens nothing else");
                let mut again = TextAp::select(&mut card).unwrap();
                let number = VerificationNumberB::new(&number).unwrap();
                (again.read_attributes().unwrap(), AttributesKey::NumberB(number))
            }
        };
        let mut session = Session::new(Wire::specimen(), |_| {});
        run(session.open_attributes(by)).unwrap();
        let ours = run(session.read_attributes(key, Consent::NotAsked)).unwrap();
        assert_eq!((ours.name(), ours.address()), (theirs.name.as_str(), theirs.address.as_str()));
        let Date { year, month, day } = theirs.birth_date;
        assert_eq!(ours.birth(), Some((year, month, day)));
        assert_eq!((ours.sex(), theirs.sex), (Sex::Female, myna_card::Sex::Female));
        assert!(!session.into_channel().0.forbidden_touched());
    }
}

/// Certificate, tries, PIN, signature, and the application left at the end: commands of both.
#[test]
fn the_same_work_takes_fewer_commands() {
    let mut card = Card::new(Wire::specimen());
    let mut jpki = JpkiAp::select(&mut card).unwrap();
    jpki.read_auth_certificate_der().unwrap();
    jpki.auth_pin_retries().unwrap();
    jpki.verify_auth_pin(&pin("1234")).unwrap();
    jpki.sign_with_auth_key(SignatureScheme::Verbatim, &DIGEST).unwrap();
    myna_card::MasterFile::select(&mut card).unwrap();
    let theirs = card.into_transport().0.commands();

    let mut session = Session::new(Wire::specimen(), |_| {});
    run(session.open()).unwrap();
    run(session.verify_and_sign(OurPin::new("1234").unwrap(), Consent::NotAsked, &DIGEST)).unwrap();
    let ours = session.into_channel().0.commands();
    assert!(ours < theirs, "{ours} and {theirs}");

    let mut card = Card::new(Wire::specimen());
    let mut text = TextAp::select(&mut card).unwrap();
    text.retries(ef::PIN).unwrap();
    text.verify_pin(&pin("1234")).unwrap();
    text.read_attributes().unwrap();
    myna_card::MasterFile::select(&mut card).unwrap();
    let theirs = card.into_transport().0.commands();
    let mut session = Session::new(Wire::specimen(), |_| {});
    run(session.open_attributes(AttributesBy::Pin)).unwrap();
    let key = AttributesKey::Pin(OurPin::new("1234").unwrap());
    run(session.read_attributes(key, Consent::NotAsked)).unwrap();
    let ours_text = session.into_channel().0.commands();
    assert!(ours_text < theirs, "{ours_text} and {theirs}");
    println!("identity {ours}, attributes {ours_text} against {theirs}");
}
