//! The host's half of the block protocol against the card's, which was written apart from it, with losses,
//! noise, late and stale answers on the air.

use ccid::iso_dep::{Exchange, Failure, IsoDep, Want};
use ccid::iso14443::{Link, frame_size, waiting_time};
use kakehashi_card::Picc;
use kakehashi_card::PiccOptions;
use kakehashi_card::VirtualCard;
use kakehashi_card::picc::{AirFault, AirRule, AirScript, AirWhen, Chance, Quality, WtxRule, WtxWhen};
use proptest::prelude::*;

use crate::desk::card;

/// Frames that one exchange may take at the very most: each of its blocks with all retries and extensions.
const FRAMES: usize = 2_000;

/// An active card and the link to it.
struct Air {
    picc: Picc,
    dep: IsoDep,
    frames: usize,
}

impl Air {
    fn new(options: PiccOptions) -> Self {
        let link = Link { frame: frame_size(options.fsci), wait: waiting_time(options.fwi), guard: 0 };
        let faults = options.faults.clone();
        let mut picc = Picc::new(card(), PiccOptions { faults: AirScript::default(), ..options });
        picc.field(true);
        picc.activate(true, 8).unwrap();
        picc.set_faults(faults);
        Self { picc, dep: IsoDep::new(link), frames: 0 }
    }

    fn run(&mut self, mut exchange: Exchange) -> Result<Vec<u8>, Failure> {
        let end = self.frames + FRAMES;
        loop {
            match exchange.next(&mut self.dep) {
                Want::Send(block, wait) => {
                    self.frames += 1;
                    assert!(self.frames < end, "it goes on without end");
                    match self.picc.receive(&block, 0) {
                        Some(answer) if answer.wait_us > wait => exchange.nothing_came(&mut self.dep),
                        Some(answer) if answer.quality == Quality::Garbled => exchange.garbled(&mut self.dep),
                        Some(answer) => exchange.received(&mut self.dep, &answer.frame),
                        None => exchange.nothing_came(&mut self.dep),
                    }
                }
                Want::Done(answer) => return Ok(answer),
                Want::Failed(failure) => return Err(failure),
            }
        }
    }

    fn send(&mut self, command: &[u8]) -> Result<Vec<u8>, Failure> {
        let exchange = self.dep.command(command);
        self.run(exchange)
    }
}

/// Commands no two of which are the same: short and long ones, with short and long answers.
fn commands(seed: u8) -> Vec<Vec<u8>> {
    let mut commands = vec![
        [&[0x00, 0xA4, 0x04, 0x0C, 10][..], &[0xD3, 0x92, 0xF0, 0, 0x26, 1, 0, 0, 0, 1]].concat(),
        vec![0x00, 0xA4, 0x02, 0x0C, 2, 0x00, 0x0A],
    ];
    for number in 0..6u8 {
        commands.push(vec![0x00, 0xB0, number, seed, seed.wrapping_mul(7)]);
        let length = seed.wrapping_add(number.wrapping_mul(53)).max(1);
        commands.push([&[0x80, 0x77, number, seed, length][..], &vec![number; length.into()]].concat());
    }
    commands
}

/// Sends all; each reached the card at most once and in order, and each answer is the one a card without a
/// radio gives. Stops at the first failure, as a session does.
fn check(options: PiccOptions, seed: u8) -> (Air, Option<Failure>) {
    let mut judge: VirtualCard = card();
    let mut air = Air::new(options);
    let mut failed = None;
    let mut sent = Vec::new();
    for command in commands(seed) {
        sent.push(command.clone());
        match air.send(&command) {
            Ok(answer) => assert_eq!(answer, judge.transmit(&command), "the answer of another command"),
            Err(failure) => {
                failed = Some(failure);
                break;
            }
        }
    }
    let reached = air.picc.apdus();
    assert!(sent.starts_with(reached), "what reached the card is not what was sent: {reached:02X?}");
    assert!(sent.len() - reached.len() <= usize::from(failed.is_some()), "an answer to nothing");
    (air, failed)
}

fn once(at: u32, fault: AirFault) -> AirScript {
    AirScript::once(AirWhen::Frame(at), fault)
}

/// The frames of an undisturbed run, from the first to the last but one: after the last nothing is missed.
fn frames(options: &PiccOptions) -> std::ops::Range<u32> {
    let (air, failed) = check(options.clone(), 99);
    assert_eq!(failed, None);
    1..u32::try_from(air.frames).unwrap()
}

/// A card of small frames, which needs many of them.
fn small() -> PiccOptions {
    PiccOptions { fsci: 1, fwi: 8, ..PiccOptions::my_number() }
}

#[test]
fn one_fault_anywhere_costs_no_command() {
    let wtx = vec![WtxRule { when: WtxWhen::Always, times: 1, multiplier: 2 }];
    for options in [small(), PiccOptions { wtx, ..small() }] {
        for at in frames(&options) {
            for fault in [
                AirFault::Lost,
                AirFault::Unheard,
                AirFault::Garbled,
                AirFault::Stale,
                AirFault::Late { micros: 10_000_000 },
            ] {
                let (air, failed) = check(PiccOptions { faults: once(at, fault), ..options.clone() }, 99);
                assert_eq!(failed, None, "{fault:?} at {at}");
                // A stale grant or receipt is the air's fault; a repeated part of a command would be ours.
                assert_eq!(air.picc.duplicates(), 0, "{fault:?} at {at}: a part of a command came twice");
                if fault != AirFault::Stale {
                    assert_eq!(air.picc.violations(), &[] as &[&str], "{fault:?} at {at}");
                }
            }
        }
    }
}

#[test]
fn a_card_without_its_field_is_told_nothing_of_the_command_again() {
    for at in frames(&small()) {
        for fault in [
            AirFault::Leave { frames: 0 },
            AirFault::LeaveAfter { frames: 0 },
            AirFault::Leave { frames: 2 },
            AirFault::Mute,
        ] {
            let (_, failed) = check(PiccOptions { faults: once(at, fault), ..small() }, 99);
            assert!(matches!(failed, Some(Failure::Silent)), "{fault:?} at {at}: {failed:?}");
        }
    }
}

#[test]
fn noise_without_end_is_given_up_with_its_name() {
    for (fault, failure) in [
        (AirFault::Lost, Failure::Silent),
        (AirFault::Unheard, Failure::Silent),
        (AirFault::Garbled, Failure::Garbled),
    ] {
        let rules = vec![AirRule { when: AirWhen::Always, fault }];
        let faults = AirScript { rules, chance: Chance::default() };
        let (air, failed) = check(PiccOptions { faults, ..small() }, 1);
        assert_eq!(failed, Some(failure));
        assert!(air.frames <= 4, "{} frames for a lost cause", air.frames);
    }
}

fn fault() -> impl Strategy<Value = AirFault> {
    prop_oneof![
        4 => Just(AirFault::Lost),
        4 => Just(AirFault::Unheard),
        4 => Just(AirFault::Garbled),
        2 => Just(AirFault::Stale),
        2 => (0u32..20_000_000).prop_map(|micros| AirFault::Late { micros }),
        1 => (0u32..5).prop_map(|frames| AirFault::Leave { frames }),
        1 => (0u32..5).prop_map(|frames| AirFault::LeaveAfter { frames }),
    ]
}

fn wtx() -> impl Strategy<Value = WtxRule> {
    let when = prop_oneof![Just(WtxWhen::Always), Just(WtxWhen::Parts), Just(WtxWhen::Chain)];
    (when, 1u8..4, 1u8..60).prop_map(|(when, times, multiplier)| WtxRule { when, times, multiplier })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(700))]

    #[test]
    fn whatever_the_air_does_no_command_is_carried_out_twice(
        fsci in 0u8..9,
        fwi in 0u8..15,
        per_mille in 0u16..350,
        faults in proptest::collection::vec(fault(), 1..5),
        wtx in proptest::collection::vec(wtx(), 0..2),
        seed: u64,
        mix: u8,
    ) {
        let stale = faults.contains(&AirFault::Stale);
        let leaves = faults.iter().any(|it| matches!(it, AirFault::Leave { .. } | AirFault::LeaveAfter { .. }));
        let garbled = faults.contains(&AirFault::Garbled);
        let faults = AirScript { rules: Vec::new(), chance: Chance { per_mille, faults } };
        let options = PiccOptions { fsci, fwi, wtx, faults, seed, ..PiccOptions::my_number() };
        let (air, failed) = check(options, mix);
        match failed {
            None | Some(Failure::Silent | Failure::Endless) => {}
            Some(Failure::Garbled) => prop_assert!(garbled || stale, "no noise was on the air"),
            Some(Failure::Rule(what)) => prop_assert!(stale || leaves, "the card kept every rule: {what}"),
            Some(Failure::Unsettled) => prop_assert!(false, "nothing was dropped"),
        }
        if !stale && !leaves {
            prop_assert_eq!(air.picc.violations(), &[] as &[&str]);
            prop_assert_eq!(air.picc.duplicates(), 0);
        }
    }

    #[test]
    fn whatever_a_card_sends_an_exchange_ends(
        answers in proptest::collection::vec(proptest::option::of(prop_oneof![
            2 => proptest::collection::vec(any::<u8>(), 0..4),
            2 => (0u8..2, any::<u8>()).prop_map(|(n, byte)| vec![0x12 | n, byte]),
            2 => (0u8..2).prop_map(|n| vec![0xA2 | n]),
            1 => (0u8..64).prop_map(|times| vec![0xF2, times]),
        ]), 1..40),
        frame: u16,
        wait: u32,
        length in 0usize..300,
    ) {
        let mut dep = IsoDep::new(Link { frame, wait, guard: 0 });
        let mut exchange = dep.command(&vec![7; length]);
        let mut frames = 0;
        while let Want::Send(block, _) = exchange.next(&mut dep) {
            prop_assert!(block.len() <= usize::from(frame.max(4)));
            frames += 1;
            // Each byte of the longest answer may come alone, asked for four times.
            prop_assert!(frames < 300_000, "it goes on without end");
            match &answers[frames % answers.len()] {
                Some(answer) => exchange.received(&mut dep, answer),
                None => exchange.nothing_came(&mut dep),
            }
        }
    }
}
