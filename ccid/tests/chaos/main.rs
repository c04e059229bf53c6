//! Whole checks over a wire on which anything may go wrong: 100,000 of them.
//!
//! | file | what it is |
//! |---|---|
//! | `rig` | the readers, and what guards their bytes |
//! | `fault` | what goes wrong, where, and what the person does: drawn from a seed |
//! | `line`, `pipes` | the wire and its clock; a back end that yields everywhere |
//! | `purpose`, `check` | what the person wants; one run |
//! | `oracle` | which end a fault may lead to |
//! | `watch` | what leaves the host |
//! | `desk` | run after run with the same card |
//!
//! Held in every run, by the card's own count and not by what the host believes: no secret is presented that
//! the person did not present, nothing off the list is selected; each wait has a deadline and the whole its
//! limit; a failure is of a kind that fits the fault; what was opened is closed; and without faults the same
//! reader and the same card work again.
//!
//! USB delivers a transfer once or not at all, and unchanged. Here it does not. Where no protocol guards the
//! bytes (CCID with whole commands, T=0, the escapes of an RC-S300) a changed byte is a changed command: then
//! what left the host is judged, and the card's word for it is not. A transfer that the wire itself delivers
//! twice is counted as one that was asked for.
//!
//! A run that fails says how to see it again, alone: `CHAOS=Short:17 cargo test -p ccid --test chaos again`.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod chance;
mod check;
mod desk;
mod fault;
mod line;
mod oracle;
mod pipes;
mod purpose;
mod rig;
mod watch;

use desk::Desk;
use rig::Rig;

/// In all.
const RUNS: usize = 100_000;

/// This reader's share.
fn share(rig: Rig) {
    let mut desk = Desk::new(rig);
    for seed in 0..RUNS.div_ceil(Rig::ALL.len()) {
        desk.run(u64::try_from(seed).unwrap());
    }
}

/// A test for each reader.
macro_rules! shares {
    ($($name:ident: $rig:ident),+ $(,)?) => {
        $(
            #[test]
            fn $name() {
                share(Rig::$rig);
            }
        )+

        #[test]
        fn every_reader_has_its_share() {
            assert_eq!([$(Rig::$rig),+], Rig::ALL);
        }
    };
}

shares! {
    short_commands: Short,
    extended_commands: Extended,
    short_messages: Chained,
    blocks: Blocks,
    blocks_with_crc: Bare,
    second_slot: SecondSlot,
    characters: Characters,
    rcs380_with_type_b: Port100B,
    rcs380_with_type_a: Port100A,
    rcs300_that_finds_type_b: Port400B,
    rcs300_that_chooses_type_b: Port400Chooses,
    rcs300_with_type_a: Port400A,
}

/// Each fault at each transfer, once.
#[test]
fn everywhere() {
    for rig in Rig::ALL {
        Desk::new(rig).run_everywhere();
    }
}

/// The run that `CHAOS` names; without it, the first of each reader.
#[test]
fn again() {
    let named = std::env::var("CHAOS").unwrap_or_default();
    let (name, seed) = named.split_once(':').unwrap_or(("", "0"));
    let mut runs = 0;
    for rig in Rig::ALL.into_iter().filter(|rig| name.is_empty() || format!("{rig:?}") == name) {
        Desk::new(rig).run(seed.parse().unwrap());
        runs += 1;
    }
    assert!(runs > 0, "there is no reader {name}");
}
