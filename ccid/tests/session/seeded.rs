//! Faults at random: over any reader, at any message and any block, one after another. Whatever happens, a
//! wrong PIN that was typed once costs one try at most, no forbidden file is touched, and it ends.

use ccid::myna::{Consent, Pin, Session};
use kakehashi_card::{BlockFault, Build, CardFile, Fault, Moment, Rule, When};
use proptest::prelude::*;

use crate::desk::{DIGEST, Desk, WRONG, run};

fn build() -> impl Strategy<Value = Build> {
    let small = Build { max_message: 80, ..Build::TPDU };
    prop_oneof![
        Just(Build::default()),
        Just(Build::EXTENDED),
        Just(Build { max_message: 74, ..Build::EXTENDED }),
        Just(Build::TPDU),
        Just(small),
        Just(Build { features: 0x0030, ..small }),
        Just(Build::TWO_SLOTS),
        Just(Build { atr: Some(&[0x3B, 0x00]), ..Build::TPDU }),
    ]
}

fn moment() -> impl Strategy<Value = Moment> {
    prop_oneof![Just(Moment::Before), Just(Moment::During), Just(Moment::After)]
}

fn fault() -> impl Strategy<Value = Fault> {
    prop_oneof![
        (1u8..4, any::<u8>()).prop_map(|(times, multiplier)| Fault::TimeExtension { times, multiplier }),
        (1u8..13).prop_map(Fault::WrongSequence),
        (0usize..30).prop_map(Fault::Truncated),
        Just(Fault::UnknownType),
        Just(Fault::Stall),
        any::<bool>().prop_map(|executed| Fault::Silent { executed }),
        (any::<u8>(), any::<bool>()).prop_map(|(code, executed)| Fault::Error { code, executed }),
        (1usize..80).prop_map(Fault::Split),
        (1u8..12).prop_map(Fault::Empty),
        Just(Fault::NoEmptyPacket),
        moment().prop_map(Fault::Remove),
        moment().prop_map(Fault::Unplug),
    ]
}

fn line() -> impl Strategy<Value = BlockFault> {
    prop_oneof![
        Just(BlockFault::LostToCard),
        any::<u16>().prop_map(BlockFault::GarbledToCard),
        Just(BlockFault::TwiceToCard),
        Just(BlockFault::LostToReader),
        any::<u16>().prop_map(BlockFault::GarbledToReader),
        Just(BlockFault::Parity),
        any::<bool>().prop_map(|heard| BlockFault::StaleToReader { heard }),
        (1u8..4).prop_map(BlockFault::Waits),
        Just(BlockFault::Size(254)),
        Just(BlockFault::Aborts),
    ]
}

fn rules() -> impl Strategy<Value = Vec<Rule>> {
    let when = prop_oneof![
        6 => (1u32..60).prop_map(When::Message),
        2 => (1u32..20).prop_map(When::Apdu),
        1 => Just(When::Instruction(0x20)),
        1 => Just(When::EveryApdu),
    ];
    let message = (when, fault()).prop_map(|(when, fault)| Rule { when, fault });
    // One fault a block: two wrong bits in one column are more than the check of a block sees.
    let blocks = proptest::collection::btree_map(1u32..60, line(), 0..12).prop_map(|blocks| {
        let rule = |(at, fault)| Rule { when: When::Block(at), fault: Fault::Line(fault) };
        blocks.into_iter().map(rule).collect::<Vec<_>>()
    });
    (proptest::collection::vec(message, 0..4), blocks).prop_map(|(some, more)| [some, more].concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn a_typed_pin_costs_one_try_at_most(build in build(), rules in rules()) {
        let desk = Desk::with(build, &CardFile::specimen().unwrap());
        desk.reader().set_faults(rules);
        if let Ok(reader) = run(desk.try_open()) {
            let mut session = Session::new(reader, |_| {});
            if run(session.open()).is_ok() {
                let pin = Pin::new(WRONG).unwrap();
                prop_assert!(run(session.verify_and_sign(pin, Consent::NotAsked, &DIGEST)).is_err());
            }
            run(session.finish());
        }
        desk.put_back();
        desk.reader().plug();
        prop_assert!(desk.tries() >= 2, "{} tries left", desk.tries());
        prop_assert!(!desk.reader().card().unwrap().forbidden_touched());
    }
}
