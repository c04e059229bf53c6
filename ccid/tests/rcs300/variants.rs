//! What is not known of the reader: the driver finds its way in every variant.

use ccid::Kind;
use ccid::reader::CardChannel;
use ccid::reader::rcs300::Layer;
use kakehashi_card::picc::{PiccOptions, WtxRule, WtxWhen};
use kakehashi_card::rcs300::{FlagByte, Prologue, Switch, Variant};

use crate::desk::{Desk, Event, kind, run};

const FLAGS: [FlagByte; 5] = [
    FlagByte::Second,
    FlagByte::First,
    FlagByte::FirstLenient,
    FlagByte::SecondWithoutParity,
    FlagByte::Unknown,
];
const SWITCHES: [Switch; 4] = [Switch::Finds, Switch::Chooses, Switch::FindsWithSizes, Switch::Refused];
const PROLOGUES: [Prologue; 2] = [Prologue::ByFlag, Prologue::Host];

/// Every combination a host can drive: some layer of Type B works, and where only layer 4 does, the reader can
/// be told to leave the blocks to the host.
fn variants() -> Vec<Variant> {
    let mut variants = Vec::new();
    for flags in FLAGS {
        for b3 in SWITCHES {
            for b4 in SWITCHES {
                for prologue in PROLOGUES {
                    let three = matches!(b3, Switch::Finds | Switch::Chooses);
                    let told = flags != FlagByte::Unknown || prologue == Prologue::Host;
                    if three || b4 != Switch::Refused && told {
                        variants.push(Variant { flags, b3, b4, prologue, ..Variant::default() });
                    }
                }
            }
        }
    }
    variants
}

#[test]
fn a_check_of_identity_works_in_every_variant() {
    let variants = variants();
    assert_eq!(variants.len(), 5 * 2 * 2 * 4 + (4 * 2 + 1) * 2 * 3);
    for variant in variants {
        for atr in [true, false] {
            let desk = Desk::with_card(Variant { atr, ..variant.clone() });
            desk.works(&format!("{variant:?} {atr}"));
            // What was found out is used, and the second time nothing is tried in vain.
            let mut reader = run(desk.open()).unwrap();
            run(reader.power_on()).unwrap();
            run(reader.power_on()).unwrap();
            assert!(reader.probes().iter().filter(|probe| probe.status == 0x9000).count() == 1);
            assert_eq!(reader.probes().len(), 1, "{variant:?}");
        }
    }
}

#[test]
fn a_reader_that_waits_for_no_end_is_as_good() {
    Desk::with_card(Variant { waits_for_end: false, ..Variant::default() }).works("no end");
}

#[test]
fn type_a_works_where_layer_three_does_and_where_only_layer_four_does() {
    for (uid, flags) in [(vec![4, 1, 2, 3], FlagByte::Second), (vec![4, 1, 2, 3, 4, 5, 6], FlagByte::First)] {
        for a3 in [Switch::Finds, Switch::Refused] {
            for interface_bytes in [true, false] {
                let picc = PiccOptions { uid: uid.clone(), interface_bytes, ..PiccOptions::type_a() };
                let desk = Desk::with_card(Variant { a3, flags, picc, ..Variant::default() });
                desk.works(&format!("{a3:?} {interface_bytes}"));
            }
        }
    }
}

#[test]
fn the_atr_is_that_of_a_contactless_card_whoever_activated_it() {
    // As public lists have it for My Number cards.
    const ATR: [u8; 13] = [0x3B, 0x88, 0x80, 0x01, 0x00, 0x4B, 0x51, 0xFF, 0x00, 0x81, 0xD1, 0x00, 0xBC];
    for b3 in [Switch::Finds, Switch::Refused] {
        let desk = Desk::with_card(Variant { b3, ..Variant::default() });
        let mut reader = run(desk.open()).unwrap();
        assert_eq!(run(reader.power_on()).unwrap().bytes(), ATR);
        let probes = reader.probes();
        let last = probes.last().unwrap();
        assert_eq!(last.layer, if b3 == Switch::Finds { Layer::Three } else { Layer::Four });
        assert_eq!(last.atr.is_some(), b3 == Switch::Refused);
    }
}

#[test]
fn a_reader_that_builds_blocks_itself_is_told_before_any_command() {
    let variant = Variant { b3: Switch::Refused, prologue: Prologue::Reader, ..Variant::default() };
    let desk = Desk::with_card(variant);
    assert_eq!(kind(run(desk.identity("1234"))), Kind::UnsupportedReader);
    assert!(desk.reader().apdus().iter().all(|apdu| apdu.len() < 4), "no whole command came to the card");
    assert_eq!(desk.tries(), 3);
}

#[test]
fn a_reader_that_looks_for_no_card_is_told() {
    let refused = Switch::Refused;
    let desk = Desk::new(Variant { b3: refused, b4: refused, a3: refused, ..Variant::default() });
    let mut reader = run(desk.open()).unwrap();
    // Layer 4 of Type A is always known here: the reader does look, and nobody is there.
    assert_eq!(kind(run(reader.power_on())), Kind::NoCard);
}

#[test]
fn no_card_is_no_card_in_every_variant() {
    for variant in variants() {
        let desk = Desk::new(variant.clone());
        let mut reader = run(desk.open()).unwrap();
        assert!(!run(reader.card_present()).unwrap(), "{variant:?}");
        assert_eq!(kind(run(reader.power_on())), Kind::NoCard, "{variant:?}");
        desk.insert();
        assert!(run(reader.card_present()).unwrap(), "{variant:?}");
        run(reader.power_on()).unwrap();
        assert!(run(reader.card_present()).unwrap());
        assert_eq!(desk.reader().violations(), [""; 0], "{variant:?}");
    }
}

#[test]
fn a_card_that_asks_for_time_gets_it() {
    for when in [WtxWhen::Always, WtxWhen::Parts, WtxWhen::Chain] {
        let wtx = vec![WtxRule { when, times: 3, multiplier: 2 }];
        for fsci in [0, 5, 8] {
            let picc = PiccOptions { wtx: wtx.clone(), fsci, fwi: 8, ..PiccOptions::my_number() };
            Desk::with_card(Variant { picc, ..Variant::default() }).works(&format!("{when:?} {fsci}"));
        }
    }
}

#[test]
fn small_frames_and_a_cautious_start_are_enough() {
    for (fsci, atr) in [(0, true), (2, true), (8, false)] {
        let picc = PiccOptions { fsci, ..PiccOptions::my_number() };
        let desk = Desk::with_card(Variant { b3: Switch::Refused, atr, picc, ..Variant::default() });
        desk.works(&format!("{fsci} {atr}"));
    }
}

#[test]
fn only_escapes_of_known_commands_leave_the_host() {
    let desk = Desk::with_card(Variant::default());
    desk.works("plainly");
    for event in desk.events.borrow().iter() {
        if let Event::Out(bytes) = event
            && !bytes.is_empty()
        {
            assert_eq!((bytes[0], &bytes[10..13]), (0x6B, &[0xFF, 0x50, 0x00][..]), "{bytes:02X?}");
        }
    }
}
