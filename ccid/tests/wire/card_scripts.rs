//! Golden traces: what cards and OpenSC said to each other, and what must be made of rare answers.

use ccid::Kind;
use ccid::myna::{Consent, Pin, Session};

use crate::script::{CardScript, run};

struct Ended {
    kind: Option<Kind>,
    certificate: usize,
    tries: Option<u8>,
}

/// A whole check with the PIN 1234 against a script, which must be used up.
fn check(script: &str, extended: bool) -> Ended {
    let card = CardScript::new(script, extended);
    let mut session = Session::new(card.clone(), |_| {});
    let mut ended = Ended { kind: None, certificate: 0, tries: None };
    match run(session.open()) {
        Ok(opened) => {
            (ended.certificate, ended.tries) = (opened.certificate.len(), Some(opened.tries));
            let digest = [0x5A; 32];
            let pin = Pin::new("1234").unwrap();
            match run(session.verify_and_sign(pin, Consent::NotAsked, &digest)) {
                Ok(signature) => assert_eq!(signature, [0xEE; 256]),
                Err(error) => (ended.kind, ended.tries) = (Some(error.kind()), error.tries()),
            }
        }
        Err(error) => ended.kind = Some(error.kind()),
    }
    run(session.finish());
    assert!(card.is_done(), "the script was not used up");
    assert!(!*card.powered.borrow(), "the power is off");
    ended
}

macro_rules! script {
    ($name:literal) => {
        include_str!(concat!("../data/", $name, ".apdu"))
    };
}

#[test]
fn the_trace_of_a_card() {
    let ended = check(script!("sign"), false);
    assert_eq!((ended.kind, ended.certificate, ended.tries), (None, 860, Some(3)));
}

#[test]
fn the_rest_in_one_extended_command() {
    assert_eq!(check(script!("sign-extended"), true).kind, None);
}

#[test]
fn a_card_that_knows_no_extended_lengths_behind_a_reader_that_does() {
    assert_eq!(check(script!("extended-refused"), true).kind, None);
}

#[test]
fn a_wrong_pin_and_the_count() {
    let ended = check(script!("wrong-pin"), false);
    assert_eq!((ended.kind, ended.tries), (Some(Kind::WrongPin), Some(2)));
}

#[test]
fn lengths_corrected_and_answers_fetched_as_with_t0() {
    let ended = check(script!("t0-answers"), false);
    assert_eq!((ended.kind, ended.certificate), (None, 300));
}

#[test]
fn blocked_in_each_of_its_words() {
    for word in ["63C0", "6983", "6984"] {
        let asked = script!("query").replace("{answer}", word);
        assert_eq!(check(&asked, false).kind, Some(Kind::PinBlocked), "{word}");
        let presented = script!("verify").replace("{answer}", word);
        assert_eq!(check(&presented, false).kind, Some(Kind::PinBlocked), "{word}");
    }
}

#[test]
fn rare_answers_to_the_question_for_tries() {
    for (word, kind) in [
        ("9000", Kind::NoPin),
        ("6A88", Kind::NoPin),
        ("6A82", Kind::NoPin),
        ("6300", Kind::Protocol),
        ("6D00", Kind::Protocol),
    ] {
        assert_eq!(check(&script!("query").replace("{answer}", word), false).kind, Some(kind), "{word}");
    }
}

#[test]
fn rare_answers_to_the_pin() {
    for (word, kind) in [
        ("6300", Kind::WrongPin),
        ("6A88", Kind::NoPin),
        ("6700", Kind::PinUnknown),
        ("6F00", Kind::PinUnknown),
        ("removed", Kind::PinUnknown),
    ] {
        assert_eq!(check(&script!("verify").replace("{answer}", word), false).kind, Some(kind), "{word}");
    }
}

#[test]
fn a_card_without_the_certificate_is_told_from_another_card() {
    for (token, kind) in [
        ("JPKIAPICCTOKEN2", Kind::NoCertificate),
        ("JPKIAPICCTOKEN", Kind::OldCard),
        ("JPKIAPGPSETOKEN", Kind::Phone),
        ("JPKIAPIOSTOKEN", Kind::Phone),
        ("SOMETHING", Kind::UnknownCard),
    ] {
        let label: String = format!("{token:<32}").bytes().map(|byte| format!("{byte:02X}")).collect();
        for missing in ["no-certificate", "closed-certificate"] {
            let text = match missing {
                "no-certificate" => script!("no-certificate"),
                _ => script!("closed-certificate"),
            };
            let ended = check(&text.replace("{token}", &label), false);
            assert_eq!(ended.kind, Some(kind), "{token} {missing}");
        }
    }
}

#[test]
fn a_file_without_a_certificate_in_it() {
    assert_eq!(check(script!("empty-certificate"), false).kind, Some(Kind::NoCertificate));
}

#[test]
fn a_length_that_no_certificate_has() {
    for head in ["3080", "308400000010", "30837FFFFF", "3082FFFF", "30", "3082", "308203", "0480", "31820010"]
    {
        let text = script!("head").replace("{head}", head);
        assert_eq!(check(&text, false).kind, Some(Kind::NoCertificate), "{head}");
    }
}

#[test]
fn lengths_in_each_of_their_forms() {
    for (head, length) in [("3000", 2), ("3003 AA*3", 5), ("308105 AA*5", 8), ("3083000003 AA*3", 8)] {
        let ended = check(&script!("length").replace("{head}", head), false);
        assert_eq!((ended.kind, ended.certificate), (None, length), "{head}");
    }
}

#[test]
fn a_certificate_that_ends_too_early() {
    assert_eq!(check(script!("short-certificate"), false).kind, Some(Kind::CardMute));
}

#[test]
fn a_key_that_does_not_sign() {
    for word in ["6982", "6985", "6700", "9000"] {
        let refused = script!("sign-refused").replace("{answer}", word);
        assert_eq!(check(&refused, false).kind, Some(Kind::SignatureRefused), "{word}");
    }
}

#[test]
fn a_file_that_must_be_selected_to_be_read_on() {
    let ended = check(script!("short-name-forgotten"), false);
    assert_eq!((ended.kind, ended.certificate), (None, 860));
}

#[test]
fn a_key_that_must_be_selected_first() {
    for word in ["6A80", "6A82", "6A86", "6A88", "6986"] {
        let script = script!("sign-selected").replace("{answer}", word);
        assert_eq!(check(&script, false).kind, None, "{word}");
    }
}
