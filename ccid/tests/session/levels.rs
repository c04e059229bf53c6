//! Readers of every level and make: a whole check of identity over each, undisturbed and with faults.

use ccid::myna::{Consent, Pin, Session};
use ccid::reader::CardChannel;
use ccid::{CardError, Kind};
use kakehashi_card::{BlockFault, Build, CardFile, Fault, Rule, When};

use crate::desk::{DIGEST, Desk, GOOD, WRONG, kind, run};

/// T=0 only, at the speed of an answer to reset.
const T0: Option<&[u8]> = Some(&[0x3B, 0x00]);
/// T=0 first, T=1 with a CRC and IFSC 32 beside it, 95.
const BOTH: Option<&[u8]> = Some(&[0x3B, 0x90, 0x95, 0x80, 0x51, 0x20, 0x01, 0xF5]);
/// Specific mode: T=1 at 91, not to be changed.
const SPECIFIC: Option<&[u8]> = Some(&[
    0x3B, 0xF5, 0x91, 0x00, 0xFF, 0x91, 0x81, 0x71, 0xFE, 0x40, 0x00, 0x42, 0x00, 0x01, 0x00, 0xD1, 0xD6,
]);

fn builds() -> Vec<(&'static str, Build)> {
    let bare = Build::BARE;
    vec![
        ("short", Build::default()),
        ("short, 263", Build { max_message: 263, ..Build::default() }),
        ("extended", Build::EXTENDED),
        ("extended, small messages", Build { max_message: 74, ..Build::EXTENDED }),
        ("like an SCR3310-NTTCom", Build::TPDU),
        ("like an SCR331-DI-NTTCom", Build::TWO_SLOTS),
        ("both slots", Build { card_slot: 0, ..Build::TWO_SLOTS }),
        ("does nothing by itself", bare),
        ("negotiates", Build { features: 0x0470, ..Build::TPDU }),
        ("sets IFSD by itself", Build { features: 0x05BA, ..Build::TPDU }),
        ("small blocks", Build { max_message: 10 + 4 + 20, ..Build::TPDU }),
        ("descriptor last", Build { descriptor_last: true, ..Build::TPDU }),
        ("5 V", Build { voltage: 1, ..bare }),
        ("3 V", Build { voltage: 2, ..bare }),
        ("1.8 V", Build { voltage: 3, ..bare }),
        ("1.8 V, short", Build { voltage: 3, features: 0x04B2, ..Build::default() }),
        ("no answer to PPS", Build { refuses_pps: true, ..bare }),
        ("T=0", Build { atr: T0, ..Build::TPDU }),
        ("T=0, bare", Build { atr: T0, ..bare }),
        ("T=0 and T=1", Build { atr: BOTH, ..Build::TPDU }),
        ("T=0 and T=1, bare", Build { atr: BOTH, ..bare }),
        ("specific mode", Build { atr: SPECIFIC, ..Build::TPDU }),
        ("chains, says it does not", Build { id: Some((0x076B, 0x3031, 1)), ..Build::default() }),
        ("program too old", Build { id: Some((0x04E6, 0x5111, 0x0619)), ..Build::TWO_SLOTS }),
    ]
}

fn identity(desk: &Desk) -> Result<Vec<u8>, CardError> {
    let mut session = Session::new(run(desk.try_open())?, |_| {});
    let opened = run(session.open());
    let result = opened
        .and_then(|_| run(session.verify_and_sign(Pin::new(GOOD).unwrap(), Consent::NotAsked, &DIGEST)));
    run(session.finish());
    result
}

fn desk(build: Build) -> Desk {
    Desk::with(build, &CardFile::specimen().unwrap())
}

#[test]
fn a_check_works_over_every_reader() {
    let expected = identity(&desk(Build::default())).unwrap();
    for (name, build) in builds() {
        let desk = desk(build);
        // A reader that chains where it said it would not is played by a different one: only its numbers are.
        if name.starts_with("chains") {
            assert!(run(desk.try_open()).unwrap().extended_length());
            continue;
        }
        let signature = identity(&desk).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(signature, expected, "{name}");
        assert_eq!(desk.tries(), 3, "{name}");
        assert!(!desk.reader().card().unwrap().forbidden_touched(), "{name}");
        assert!(desk.log().last().is_some_and(|last| last.selected.is_some()), "{name}");
    }
}

#[test]
fn a_wrong_pin_is_counted_once_over_every_reader() {
    for (name, build) in builds().into_iter().filter(|(name, _)| !name.starts_with("chains")) {
        let desk = desk(build);
        let (mut session, _) = desk.session();
        run(session.open()).unwrap();
        let verify = session.verify_and_sign(Pin::new(WRONG).unwrap(), Consent::NotAsked, &DIGEST);
        let error = run(verify).unwrap_err();
        assert_eq!((error.kind(), error.tries(), desk.tries()), (Kind::WrongPin, Some(2), 2), "{name}");
    }
}

#[test]
fn a_card_in_the_second_slot_is_found_when_it_comes() {
    let desk = Desk::new(Build::TWO_SLOTS);
    let mut reader = desk.open();
    assert!(!run(reader.card_present()).unwrap());
    assert_eq!(kind(run(reader.power_on())), Kind::NoCard);
    desk.insert(&CardFile::specimen().unwrap());
    assert!(run(reader.card_present()).unwrap());
    run(reader.power_on()).unwrap();
    desk.reader().remove();
    assert!(!run(reader.card_present()).unwrap());
}

#[test]
fn the_right_way_to_each_card_is_taken() {
    // Message types until the first command, by what the reader leaves to the host.
    for (build, messages) in [
        // Status, power; all else is the reader's.
        (Build { features: 0x0470, ..Build::TPDU }, vec![0x65, 0x65, 0x62]),
        // SetParameters, by which the reader does PPS; S(IFS).
        (Build::TPDU, vec![0x65, 0x65, 0x62, 0x61, 0x6F]),
        // PPS, SetParameters, S(IFS).
        (Build::BARE, vec![0x65, 0x65, 0x62, 0x6F, 0x61, 0x6F]),
        // PPS in vain, from cold again, SetParameters, S(IFS).
        (Build { refuses_pps: true, ..Build::BARE }, vec![0x65, 0x65, 0x62, 0x6F, 0x63, 0x62, 0x61, 0x6F]),
        // T=0 at the speed it begins with: nothing to agree on.
        (Build { atr: T0, ..Build::BARE }, vec![0x65, 0x65, 0x62, 0x61]),
        // Specific mode: no PPS, even if the reader leaves it to the host.
        (Build { atr: SPECIFIC, ..Build::BARE }, vec![0x65, 0x65, 0x62, 0x61, 0x6F]),
        // Mute at 5 and 3 V.
        (Build { voltage: 3, features: 0x04B2, ..Build::default() }, vec![0x65, 0x65, 0x62, 0x62, 0x62]),
    ] {
        let desk = desk(build);
        let mut reader = desk.open();
        let _ = run(reader.power_on());
        assert_eq!(desk.sent(), messages, "{build:?}");
    }
}

#[test]
fn an_old_program_is_told_and_not_refused() {
    let old = Build { id: Some((0x04E6, 0x5111, 0x0619)), ..Build::TWO_SLOTS };
    assert!(desk(old).open().is_outdated());
    let new = Build { id: Some((0x04E6, 0x5111, 0x0620)), ..Build::TWO_SLOTS };
    assert!(!desk(new).open().is_outdated());
}

/// Blocks between reader and card in one undisturbed check.
fn blocks(build: Build) -> u32 {
    let desk = desk(build);
    identity(&desk).unwrap();
    u32::try_from(desk.sent().iter().filter(|kind| **kind == 0x6F).count()).unwrap()
}

const ONCE: [BlockFault; 11] = [
    BlockFault::LostToCard,
    BlockFault::GarbledToCard(13),
    BlockFault::TwiceToCard,
    BlockFault::LostToReader,
    BlockFault::GarbledToReader(13),
    BlockFault::Parity,
    BlockFault::StaleToReader { heard: true },
    BlockFault::StaleToReader { heard: false },
    BlockFault::Waits(2),
    BlockFault::Size(200),
    BlockFault::Aborts,
];

#[test]
fn one_block_goes_wrong_anywhere_and_the_check_works_all_the_same() {
    let build = Build { max_message: 80, ..Build::TPDU };
    for at in 1..=blocks(build) {
        for fault in ONCE {
            let desk = desk(build);
            desk.fault(When::Block(at), Fault::Line(fault));
            let result = identity(&desk);
            assert_eq!(desk.tries(), 3, "block {at}, {fault:?}");
            match result {
                Ok(_) => {}
                // A card that gives up is taken at its word.
                Err(error) if fault == BlockFault::Aborts => {
                    let told = error.cause().unwrap_or(error.kind());
                    assert_eq!(told, Kind::Protocol, "block {at}: {error}");
                }
                // Before S(IFS) the numbers say nothing yet, and the card is not asked twice for PPS.
                Err(error) => panic!("block {at}, {fault:?}: {error}"),
            }
            desk.reader().set_faults(Vec::new());
            identity(&desk).unwrap_or_else(|error| panic!("afterwards, block {at}, {fault:?}: {error}"));
        }
    }
}

#[test]
fn many_blocks_go_wrong_and_a_wrong_pin_is_counted_at_most_once() {
    let build = Build { max_message: 80, ..Build::TPDU };
    let all = blocks(build);
    // Runs of one fault from every block on: one block more than is repeated, and for ever.
    for at in 1..=all {
        for fault in ONCE {
            for many in [2, 5, 400] {
                let desk = desk(build);
                let rules = (at..at + many)
                    .map(|at| Rule { when: When::Block(at), fault: Fault::Line(fault) })
                    .collect();
                desk.reader().set_faults(rules);
                let mut session = match run(desk.try_open()) {
                    Ok(reader) => Session::new(reader, |_| {}),
                    Err(error) => panic!("{error}"),
                };
                if run(session.open()).is_ok() {
                    let verify =
                        session.verify_and_sign(Pin::new(WRONG).unwrap(), Consent::NotAsked, &DIGEST);
                    let error = run(verify).unwrap_err();
                    assert!(error.kind() == Kind::WrongPin || desk.tries() >= 2, "{error}");
                }
                run(session.finish());
                assert!(desk.tries() >= 2, "block {at} and {many}, {fault:?}");
                desk.reader().set_faults(Vec::new());
                identity(&desk).unwrap_or_else(|error| panic!("afterwards, {at} {many} {fault:?}: {error}"));
            }
        }
    }
}
