//! What scripts cannot say: certificates, signatures, traps, the log.

#![cfg(test)]

use kakehashi_card::{CardFile, CardKind, Logged, NoPin, VirtualCard};
use proptest::prelude::*;
use rsa::{Pkcs1v15Sign, RsaPrivateKey, pkcs8::DecodePrivateKey};

const JPKI: &[u8] = &[0, 0xA4, 4, 0x0C, 10, 0xD3, 0x92, 0xF0, 0, 0x26, 1, 0, 0, 0, 1];
const ATTRIBUTES: &[u8] = &[0, 0xA4, 4, 0x0C, 10, 0xD3, 0x92, 0x10, 0, 0x31, 0, 1, 1, 4, 8];

fn specimen() -> VirtualCard {
    VirtualCard::new(&CardFile::specimen().unwrap()).unwrap()
}

fn ok(card: &mut VirtualCard, command: &[u8]) -> Vec<u8> {
    let answer = card.transmit(command);
    let (data, status) = answer.split_at(answer.len() - 2);
    assert_eq!(status, [0x90, 0], "{command:02X?}");
    data.to_vec()
}

#[test]
fn short_and_extended_reading_give_the_same_certificate() {
    let mut card = specimen();
    ok(&mut card, JPKI);
    let whole = ok(&mut card, &[0, 0xB0, 0x8A, 0, 0, 0, 0]);
    let mut parts = Vec::new();
    while parts.len() < whole.len() {
        let [hi, lo] = u16::try_from(parts.len()).unwrap().to_be_bytes();
        parts.extend(ok(&mut card, &[0, 0xB0, hi, lo, 0]));
    }
    assert_eq!(parts, whole);
    assert_eq!(usize::from(u16::from_be_bytes([whole[2], whole[3]])) + 4, whole.len());
}

#[test]
fn the_signature_is_that_of_the_key_over_the_digest_info_given() {
    let mut card = specimen();
    ok(&mut card, JPKI);
    ok(&mut card, &[0, 0x20, 0, 0x98, 4, b'1', b'2', b'3', b'4']);
    let info = [&[0x30, 0x31][..], &[7; 49]].concat();
    let signature = ok(&mut card, &[&[0x80, 0x2A, 0, 0x97, 51][..], &info, &[0]].concat());
    let file = CardFile::specimen().unwrap();
    let key = RsaPrivateKey::from_pkcs8_pem(&file.auth_key.unwrap()).unwrap().to_public_key();
    key.verify(Pkcs1v15Sign::new_unprefixed(), &info, &signature).unwrap();
    let largest = [&[0x80, 0x2A, 0, 0x97, 245][..], &[1; 245], &[0]].concat();
    assert_eq!(ok(&mut card, &largest).len(), 256);
    let larger = [&[0x80, 0x2A, 0, 0x97, 246][..], &[1; 246], &[0]].concat();
    assert_eq!(card.transmit(&larger), [0x67, 0]);
}

#[test]
fn every_way_to_a_forbidden_file_is_noticed() {
    let ways: [&[u8]; 6] = [
        &[0, 0xA4, 2, 0x0C, 2, 0, 1],
        &[0, 0xA4, 2, 0x0C, 2, 0, 3],
        &[0, 0xB0, 0x81, 0, 0],
        &[0, 0xB0, 0x83, 0, 0],
        &[0, 0x20, 0, 0x94, 2, b'x', b'x'],
        &[0, 0xA4, 2, 0x0C, 2, 0, 0x14],
    ];
    for way in ways {
        let mut card = specimen();
        ok(&mut card, ATTRIBUTES);
        assert!(!card.forbidden_touched());
        card.transmit(way);
        assert!(card.forbidden_touched(), "{way:02X?}");
    }
    // The same numbers mean harmless files in the other application.
    let mut card = specimen();
    ok(&mut card, JPKI);
    card.transmit(&[0, 0xA4, 2, 0x0C, 2, 0, 1]);
    assert!(!card.forbidden_touched());
}

#[test]
fn the_trap_gives_no_digits_even_to_the_right_pin() {
    let mut card = specimen();
    ok(&mut card, ATTRIBUTES);
    ok(&mut card, &[0, 0x20, 0, 0x91, 4, b'1', b'2', b'3', b'4']);
    let trap = ok(&mut card, &[0, 0xB0, 0x81, 0, 0]);
    assert_eq!(trap.iter().filter(|byte| byte.is_ascii_digit()).count(), 0);
}

#[test]
fn the_log_keeps_headers_and_names_but_no_pin() {
    let mut card = specimen();
    ok(&mut card, JPKI);
    card.transmit(&[0, 0x20, 0, 0x98, 4, b'9', b'8', b'7', b'6']);
    let log: Vec<_> = card.log().cloned().collect();
    let selected = Some(JPKI[5..].to_vec());
    assert_eq!(log[0], Logged { header: [0, 0xA4, 4, 0x0C], selected, status: 0x9000, bytes: 17 });
    assert_eq!(log[1], Logged { header: [0, 0x20, 0, 0x98], selected: None, status: 0x63C2, bytes: 11 });
    assert_eq!((card.commands(), card.tries_left()), (2, Some(2)));
}

#[test]
fn blocked_last_try_and_other_cards_are_what_their_files_say() {
    let mut file = CardFile::specimen().unwrap();
    for (left, query) in [(0, [0x63, 0xC0]), (1, [0x63, 0xC1]), (9, [0x63, 0xC3])] {
        file.tries_left = left;
        let mut card = VirtualCard::new(&file).unwrap();
        ok(&mut card, JPKI);
        assert_eq!(card.transmit(&[0, 0x20, 0, 0x98]), query);
    }
    let mut other = VirtualCard::new(&CardFile::other()).unwrap();
    assert_ne!(other.atr(), specimen().atr());
    assert_eq!(other.transmit(JPKI), [0x6A, 0x82]);
    assert_eq!(other.transmit(&[0, 0xA4, 4, 0x0C, 7, 0xA0, 0, 0, 1, 0x51, 0, 0]), [0x6A, 0x82]);
    assert_eq!(other.tries_left(), None);
}

#[test]
fn a_card_without_a_sign_certificate_keeps_the_file_closed() {
    let mut file = CardFile::specimen().unwrap();
    (file.sign_certificate, file.sign_key, file.sign_password) = (None, None, None);
    let mut card = VirtualCard::new(&file).unwrap();
    ok(&mut card, JPKI);
    assert_eq!(ok(&mut card, &[0, 0xB0, 0x88, 0, 0]), [0x00, 0x8F, 0x00]);
    assert_eq!(card.transmit(&[0, 0x20, 0, 0x9B]), [0x63, 0xC5]);
    assert_eq!(card.transmit(&[0, 0xB0, 0x81, 0, 0]), [0x69, 0x82]);
}

fn of(kind: CardKind) -> VirtualCard {
    VirtualCard::new(&CardFile::specimen_of(kind).unwrap()).unwrap()
}

fn token(card: &mut VirtualCard) -> String {
    ok(card, JPKI);
    let label = ok(card, &[0, 0xB0, 0x86, 0, 32]);
    String::from_utf8(label).unwrap().trim_end().to_owned()
}

#[test]
fn cards_of_every_kind_name_themselves_and_hold_what_they_hold() {
    let mut resident = of(CardKind::Resident);
    assert_eq!(token(&mut resident), "JPKIAPICCTOKEN");
    assert_eq!(resident.transmit(&[0, 0xB0, 0x8A, 0, 0]), [0x6A, 0x82], "no certificate for this");
    assert_eq!(ok(&mut resident, &[0, 0xB0, 0x88, 0, 0]), [0x8F, 0x00, 0x00]);
    assert_eq!(resident.transmit(ATTRIBUTES), [0x6A, 0x82]);

    let mut phone = of(CardKind::Phone);
    assert_eq!(token(&mut phone), "JPKIAPGPSETOKEN");
    assert_eq!(phone.transmit(&[0, 0xB0, 0x8A, 0, 0]), [0x69, 0x82], "the PIN comes first");
    ok(&mut phone, &[0, 0x20, 0, 0x98, 4, b'1', b'2', b'3', b'4']);
    assert_eq!(ok(&mut phone, &[0, 0xB0, 0x8A, 0, 4])[0], 0x30);

    let mut next = of(CardKind::Next);
    ok(&mut next, JPKI);
    assert_eq!(ok(&mut next, &[0, 0xB0, 0x8A, 0, 4])[0], 0x30);
    ok(&mut next, &[0, 0x20, 0, 0x98, 4, b'1', b'2', b'3', b'4']);
    let info = [&[0x80, 0x2A, 0, 0x97, 51][..], &[7; 51], &[0]].concat();
    assert_eq!(next.transmit(&info), [0x69, 0x85], "it is no RSA key");

    let mut named = CardFile::specimen().unwrap();
    named.token = Some("JPKIAPIOSTOKEN".into());
    assert_eq!(token(&mut VirtualCard::new(&named).unwrap()), "JPKIAPIOSTOKEN");
}

#[test]
fn number_b_opens_the_four_attributes_and_nothing_else() {
    let file = CardFile::specimen().unwrap();
    let number = file.number_b.clone().unwrap();
    let mut card = specimen();
    ok(&mut card, ATTRIBUTES);
    let verify = |number: &str| [&[0, 0x20, 0, 0x95, 14][..], number.as_bytes()].concat();
    assert_eq!(card.transmit(&verify("00000000000000")), [0x63, 0xC9]);
    assert_eq!(card.attributes_tries_left(), Some((3, 9)));
    assert_eq!(card.transmit(&[0, 0xB0, 0x82, 0, 0]), [0x69, 0x82]);
    ok(&mut card, &verify(&number));
    assert_eq!(ok(&mut card, &[0, 0xB0, 0x82, 0, 2]), [0xFF, 0x20]);
    assert_eq!(card.transmit(&[0, 0xB0, 0x81, 0, 0]), [0x69, 0x82], "not what must never be read");
    assert_eq!(card.attributes_tries_left(), Some((3, 10)));
    for left in (0..10).rev() {
        assert_eq!(card.transmit(&verify("00000000000000")), [0x63, 0xC0 + left]);
    }
    assert_eq!(card.transmit(&verify(&number)), [0x69, 0x84]);
}

#[test]
fn a_card_without_pins_says_so_in_one_of_its_ways() {
    for (how, select, query) in [
        (NoPin::NoFile, [0x6A, 0x82], [0x69, 0x86]),
        (NoPin::NoReference, [0x90, 0], [0x6A, 0x88]),
        (NoPin::Open, [0x90, 0], [0x90, 0]),
        (NoPin::Blocked, [0x90, 0], [0x63, 0xC0]),
    ] {
        let file = CardFile { no_pin: Some(how), ..CardFile::specimen().unwrap() };
        let mut card = VirtualCard::new(&file).unwrap();
        for (application, pin) in [(JPKI, 0x18), (ATTRIBUTES, 0x11)] {
            ok(&mut card, application);
            assert_eq!(card.transmit(&[0, 0xA4, 2, 0x0C, 2, 0, pin]), select, "{how:?}");
            assert_eq!(card.transmit(&[0, 0x20, 0, 0x80]), query, "{how:?}");
        }
        ok(&mut card, JPKI);
        let sign = [&[0x80, 0x2A, 0, 0x97, 51][..], &[7; 51], &[0]].concat();
        assert_eq!(card.transmit(&sign), [0x69, 0x82], "and nothing signs");
    }
}

proptest! {
    /// Whatever is sent, the card answers with a status word, and no guess opens anything.
    #[test]
    fn any_bytes_get_an_answer(commands in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..40), 0..12)) {
        let mut card = specimen();
        for command in commands {
            prop_assert!(card.transmit(&command).len() >= 2);
        }
    }

    /// The counter never goes up but by the right PIN.
    #[test]
    fn wrong_pins_only_ever_cost(pins in proptest::collection::vec("[0-9]{4}", 1..6)) {
        let mut card = specimen();
        card.transmit(JPKI);
        for pin in pins.iter().filter(|pin| *pin != "1234") {
            let before = card.tries_left().unwrap();
            card.transmit(&[&[0, 0x20, 0, 0x98, 4][..], pin.as_bytes()].concat());
            prop_assert_eq!(card.tries_left().unwrap(), before.saturating_sub(1));
        }
    }
}
