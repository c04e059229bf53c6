//! Faults on the air at every frame.

use ccid::Kind;
use kakehashi_card::picc::{AirFault, AirScript, AirWhen, PiccOptions};
use kakehashi_card::rcs300::{Switch, Variant};

use crate::desk::{Desk, GOOD, run};

/// Blocks in one undisturbed check of identity, and more.
const BLOCKS: u32 = 40;

fn desk(variant: &Variant, when: AirWhen, fault: AirFault) -> Desk {
    let desk = Desk::with_card(variant.clone());
    desk.reader().set_air_faults(AirScript::once(when, fault));
    desk
}

#[test]
fn a_frame_that_is_lost_or_garbled_once_is_made_good() {
    let type_a = Variant { picc: PiccOptions::type_a(), ..Variant::default() };
    let activated = Variant { b3: Switch::Refused, ..Variant::default() };
    for variant in [Variant::default(), type_a, activated, Variant { silent_crc: true, ..Variant::default() }]
    {
        for at in 1..=BLOCKS {
            for fault in [AirFault::Lost, AirFault::Unheard, AirFault::Garbled] {
                for when in [AirWhen::Frame(at), AirWhen::Block(at)] {
                    let desk = desk(&variant, when, fault);
                    desk.works(&format!("{fault:?} {when:?}"));
                    assert_eq!((desk.pins(), desk.reader().duplicates()), (1, 0), "{fault:?} {when:?}");
                }
            }
        }
    }
}

#[test]
fn a_card_that_leaves_and_comes_back_is_started_anew() {
    for at in 1..=BLOCKS {
        for fault in [
            AirFault::Leave { frames: 0 },
            AirFault::LeaveAfter { frames: 0 },
            AirFault::Leave { frames: 1 },
            AirFault::Leave { frames: 5 },
            AirFault::Leave { frames: 100_000 },
            AirFault::Mute,
        ] {
            let desk = desk(&Variant::default(), AirWhen::Block(at), fault);
            let at = format!("{fault:?} {at}");
            if let Err(error) = run(desk.identity(GOOD)) {
                let kinds = [Kind::CardRemoved, Kind::CardMute];
                let told =
                    error.kind() == Kind::PinUnknown && error.cause().is_some_and(|it| kinds.contains(&it));
                assert!(told || kinds.contains(&error.kind()), "{at}: {error}");
            }
            assert!(desk.pins() <= 1, "{at}");
            desk.recover();
            desk.works(&format!("after {at}"));
        }
    }
}

#[test]
fn a_card_that_answers_too_late_is_asked_what_became_of_it() {
    // Later than FWT 2.47 s: the reader's timer is over.
    for at in 1..=BLOCKS {
        let fault = AirFault::Late { micros: 3_000_000 };
        let desk = desk(&Variant::default(), AirWhen::Block(at), fault);
        desk.works(&format!("late at {at}"));
        assert_eq!((desk.pins(), desk.reader().duplicates()), (1, 0));
    }
}

#[test]
fn an_old_answer_never_passes_for_a_new_one() {
    for at in 1..=BLOCKS {
        let desk = desk(&Variant::default(), AirWhen::Block(at), AirFault::Stale);
        if let Err(error) = run(desk.identity(GOOD)) {
            let kinds = [Kind::Protocol, Kind::CardMute, Kind::CardRemoved];
            let told =
                error.kind() == Kind::PinUnknown && error.cause().is_some_and(|it| kinds.contains(&it));
            assert!(told || kinds.contains(&error.kind()), "{at}: {error}");
        }
        assert!(desk.pins() <= 1);
        assert_eq!(desk.reader().duplicates(), 0, "{at}");
        desk.recover();
        desk.works("afterwards");
    }
}
