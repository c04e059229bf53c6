//! Calls that hang, fail, or find the card gone: at every call of a check.

use ccid::Kind;
use proptest::prelude::*;

use crate::world::{GOOD, Shared, Trouble, World, identity, later};

const WRONG: &str = "9999";

/// Calls in one undisturbed check.
fn calls() -> usize {
    let world = World::with_card();
    identity(&world, GOOD).unwrap();
    world.borrow().calls.len()
}

/// Puts the card back where it was taken away.
fn mend(world: &Shared) {
    let gone = world.borrow().slot.is_none();
    if gone {
        world.borrow_mut().insert(&kakehashi_card::CardFile::specimen().unwrap());
    }
    world.borrow_mut().release();
    later();
}

/// With this trouble at each call in turn the check fails with one of these kinds, or the PIN's fate is
/// unknown; afterwards everything is free again and the next check works, with no try lost.
fn fails_and_recovers(trouble: Trouble, kinds: &[Kind]) {
    for at in 1..=calls() {
        let world = World::with_card();
        world.borrow_mut().troubles = vec![(at, trouble)];
        if let Err(error) = identity(&world, GOOD) {
            let told =
                error.kind() == Kind::PinUnknown && error.cause().is_some_and(|it| kinds.contains(&it));
            assert!(told || kinds.contains(&error.kind()), "{trouble:?} at {at}: {error}");
        }
        assert!(world.borrow().pins <= 1, "{trouble:?} at {at}");
        mend(&world);
        assert_eq!(world.borrow_mut().tries(), 3, "{trouble:?} at {at}");
        assert!(world.borrow().owner.is_none(), "{trouble:?} at {at}: someone still holds the card");
        identity(&world, GOOD).unwrap_or_else(|error| panic!("after {trouble:?} at {at}: {error}"));
        assert!(world.borrow().at_rest());
        assert!(!world.borrow().slot.as_ref().unwrap().forbidden_touched());
    }
}

#[test]
fn any_call_may_hang() {
    for executed in [false, true] {
        fails_and_recovers(Trouble::Hang { executed }, &[Kind::Timeout]);
    }
}

#[test]
fn the_card_may_go_before_any_call() {
    fails_and_recovers(Trouble::Removed, &[Kind::CardRemoved, Kind::NoCard]);
    fails_and_recovers(Trouble::PutBack, &[Kind::CardRemoved]);
}

#[test]
fn any_call_may_fail_with_any_code() {
    for (code, kinds) in [
        ("sharing-violation", &[Kind::Busy][..]),
        ("reader-unavailable", &[Kind::Disconnected]),
        ("removed-card", &[Kind::CardRemoved]),
        ("unresponsive-card", &[Kind::CardMute]),
        ("not-transacted", &[Kind::Protocol]),
        ("no-service", &[Kind::ReaderNotFound]),
        ("a code of tomorrow", &[Kind::Protocol]),
    ] {
        fails_and_recovers(Trouble::Code(code), kinds);
    }
    fails_and_recovers(Trouble::Name("InvalidStateError"), &[Kind::Disconnected]);
    fails_and_recovers(Trouble::Name("NotAllowedError"), &[Kind::PermissionDenied]);
}

#[test]
fn while_a_call_hangs_the_next_check_ends_too_and_is_not_told_nonsense() {
    for at in 1..=calls() {
        let world = World::with_card();
        world.borrow_mut().troubles = vec![(at, Trouble::Hang { executed: true })];
        let _ = identity(&world, GOOD);
        if let Err(error) = identity(&world, GOOD) {
            assert!(matches!(error.kind(), Kind::Busy | Kind::Timeout), "{at}: {error}");
        }
    }
}

fn trouble() -> impl Strategy<Value = Trouble> {
    prop_oneof![
        any::<bool>().prop_map(|executed| Trouble::Hang { executed }),
        Just(Trouble::Removed),
        Just(Trouble::PutBack),
        prop_oneof![
            Just("removed-card"),
            Just("sharing-violation"),
            Just("not-transacted"),
            Just("no-service")
        ]
        .prop_map(Trouble::Code),
        prop_oneof![Just("InvalidStateError"), Just("UnknownError"), Just("TypeError")]
            .prop_map(Trouble::Name),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// However many calls go wrong and however: one question, at most one try.
    #[test]
    fn a_wrong_pin_costs_one_try_at_most(
        troubles in proptest::collection::vec((1usize..40, trouble()), 0..6),
    ) {
        let world = World::with_card();
        world.borrow_mut().troubles = troubles;
        let _ = identity(&world, WRONG);
        let pins = world.borrow().pins;
        prop_assert!(pins <= 1);
        // A card that was taken away is in the drawer with its counter; it was presented to at most once too.
        let tries = world.borrow_mut().slot.as_mut().and_then(|card| card.tries_left());
        prop_assert!(tries.is_none_or(|left| usize::from(left) + pins >= 3), "{tries:?} after {pins}");
        mend(&world);
        prop_assert!(world.borrow().owner.is_none());
        prop_assert!(identity(&world, GOOD).is_ok());
    }
}
