//! Chance at every message and every frame: an end, a kind, and never a command twice.

use ccid::Kind;
use kakehashi_card::device::VirtualDevice;
use kakehashi_card::fault::{Fault, Moment, Rule, When};
use kakehashi_card::picc::{AirFault, AirScript, Chance, PiccOptions};
use kakehashi_card::rcs300::{FlagByte, Switch, Variant};
use proptest::prelude::*;

use crate::desk::{Desk, GOOD, run};

fn variant() -> impl Strategy<Value = Variant> {
    let flags = prop_oneof![
        Just(FlagByte::Second),
        Just(FlagByte::First),
        Just(FlagByte::FirstLenient),
        Just(FlagByte::SecondWithoutParity),
    ];
    let switch = || prop_oneof![Just(Switch::Finds), Just(Switch::Chooses), Just(Switch::Refused)];
    (flags, switch(), any::<bool>(), any::<bool>(), any::<u64>(), 0u8..=8).prop_map(
        |(flags, b3, silent_crc, type_a, seed, fsci)| {
            let base = if type_a { PiccOptions::type_a() } else { PiccOptions::my_number() };
            let picc = PiccOptions { seed, fsci, ..base };
            Variant { flags, b3, silent_crc, picc, ..Variant::default() }
        },
    )
}

fn air() -> impl Strategy<Value = AirScript> {
    (0u16..200, 0u16..512).prop_map(|(per_mille, mask)| {
        let all = [
            AirFault::Lost,
            AirFault::Unheard,
            AirFault::Garbled,
            AirFault::Late { micros: 400_000 },
            AirFault::Late { micros: 6_000_000 },
            AirFault::Leave { frames: 0 },
            AirFault::LeaveAfter { frames: 2 },
            AirFault::Mute,
            AirFault::Stale,
        ];
        let faults = (0..).zip(all).filter(|(at, _)| mask >> at & 1 == 1).map(|(_, fault)| fault).collect();
        AirScript { rules: Vec::new(), chance: Chance { per_mille, faults } }
    })
}

fn fault() -> impl Strategy<Value = Fault> {
    let moment = prop_oneof![Just(Moment::Before), Just(Moment::During), Just(Moment::After)];
    prop_oneof![
        (1u8..4, any::<u8>()).prop_map(|(times, multiplier)| Fault::TimeExtension { times, multiplier }),
        (1u8..14).prop_map(Fault::WrongSequence),
        (0usize..40).prop_map(Fault::Truncated),
        Just(Fault::UnknownType),
        Just(Fault::Stall),
        any::<bool>().prop_map(|executed| Fault::Silent { executed }),
        any::<bool>().prop_map(|executed| Fault::Error { code: 0xE0, executed }),
        (any::<u8>(), any::<bool>()).prop_map(|(code, executed)| Fault::Error { code, executed }),
        Just(Fault::Split(64)),
        Just(Fault::NoEmptyPacket),
        moment.clone().prop_map(Fault::Remove),
        moment.prop_map(Fault::Unplug),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn whatever_happens_it_ends_and_no_command_is_carried_out_twice(
        variant in variant(),
        air in air(),
        faults in proptest::collection::vec((1u32..60, fault()), 0..4),
    ) {
        let desk = Desk::with_card(variant);
        let stale = air.chance.faults.contains(&AirFault::Stale);
        desk.reader().set_air_faults(air);
        let rule = |(at, fault)| Rule { when: When::Message(at), fault };
        desk.reader().set_faults(faults.into_iter().map(rule).collect());
        let result = run(desk.identity(GOOD));
        if let Err(error) = result {
            let known = [
                Kind::NoCard, Kind::CardRemoved, Kind::CardMute, Kind::Timeout, Kind::Protocol, Kind::Busy,
                Kind::Disconnected, Kind::PinUnknown, Kind::OtherCard,
            ];
            prop_assert!(known.contains(&error.kind()), "{}", error);
        }
        prop_assert!(desk.transfers() < 3_000, "{}", desk.transfers());
        prop_assert!(desk.pins() <= 1);
        prop_assert_eq!(desk.reader().duplicates(), 0);
        let mut violations = desk.reader().violations();
        // Who hears an old wish for time grants it again.
        violations.retain(|what| !stale || what != "an S(WTX) the card did not ask for");
        prop_assert_eq!(violations, [""; 0]);
        desk.recover();
        prop_assert_eq!(desk.tries(), 3);
        let afterwards = run(desk.identity(GOOD));
        prop_assert!(afterwards.is_ok(), "{:?}", afterwards);
        prop_assert_eq!((desk.tries(), desk.reader().session()), (3, (false, false)));
    }
}
