//! The host's T=1 against the card's, over a line with faults: whatever happens, the card carries out each
//! command at most once, and the host gives the right answer or says that it has none.

use ccid::t1::{Edc, Event, Failure, Step, T1, T1Parameters};
use kakehashi_card::{BlockFault, CardT1, Line, Passed};
use proptest::prelude::*;

/// Everything seen in one run.
struct Run {
    ends: Vec<Result<Vec<u8>, Failure>>,
    executed: Vec<Vec<u8>>,
    steps: usize,
    violations: Vec<&'static str>,
    blocks: u32,
}

struct World {
    size: u8,
    ifsd: u8,
    crc: bool,
    /// Commands that are dropped after so many blocks.
    dropped: Vec<Option<usize>>,
    commands: Vec<Vec<u8>>,
    answer: usize,
}

/// What the card says to a command: its last byte counted on, and 9000.
fn answer(command: &[u8], length: usize) -> Vec<u8> {
    let seed = command.last().copied().unwrap_or(0);
    (0..length).map(|at| seed.wrapping_add(at as u8)).chain([0x90, 0x00]).collect()
}

fn run(world: &World, faults: Vec<(u32, BlockFault)>) -> Run {
    let edc = if world.crc { Edc::Crc } else { Edc::Lrc };
    let mut host = T1::new(T1Parameters { ifsc: world.size, waiting: 0x45, edc }, 261);
    let mut line = Line::new(CardT1::new(world.size, world.crc), faults);
    let mut executed = Vec::new();
    let mut steps = 0;
    let mut through = |line: &mut Line, step: Step, most: usize, host: &mut T1| {
        let mut step = step;
        for _ in 0..most {
            steps += 1;
            let Step::Send(block, _) = &step else { break };
            let came = line.pass(block, &mut |command| {
                executed.push(command.to_vec());
                answer(command, world.answer)
            });
            step = host.next(match &came {
                Passed::Block(bytes) => Event::Block(bytes),
                Passed::Garbled => Event::Garbled,
                Passed::Nothing => Event::Nothing,
            });
        }
        match step {
            Step::Send(..) => None,
            Step::Done(answer) => Some(Ok(answer)),
            Step::Failed(failure) => Some(Err(failure)),
        }
    };
    let offer = host.offer(world.ifsd);
    drop(through(&mut line, offer, 1_000, &mut host));
    let mut ends = Vec::new();
    for (command, dropped) in world.commands.iter().zip(&world.dropped) {
        let step = host.command(command);
        let end = through(&mut line, step, dropped.unwrap_or(5_000), &mut host);
        ends.push(end.unwrap_or(Err(Failure::Dead)));
    }
    let violations = line.card().violations().to_vec();
    Run { ends, executed, steps, violations, blocks: line.blocks() }
}

fn judge(world: &World, run: &Run) -> Result<(), TestCaseError> {
    for (at, command) in world.commands.iter().enumerate() {
        let times = run.executed.iter().filter(|it| *it == command).count();
        prop_assert!(times <= 1, "command {} was carried out {} times", at, times);
        if let Ok(given) = &run.ends[at] {
            prop_assert_eq!(given, &answer(command, world.answer));
            prop_assert_eq!(times, 1);
        }
    }
    prop_assert!(run.executed.iter().all(|it| world.commands.contains(it)), "a command in pieces");
    prop_assert!(run.violations.is_empty(), "{:?}", run.violations);
    prop_assert!(run.steps < 2_000 * (world.commands.len() + 1));
    Ok(())
}

fn world() -> impl Strategy<Value = World> {
    let lengths = proptest::collection::vec((4usize..70, proptest::option::weighted(0.1, 0usize..8)), 1..5);
    (1u8..=40, prop_oneof![Just(32u8), 1u8..=254], any::<bool>(), lengths, 0usize..90).prop_map(
        |(size, ifsd, crc, lengths, answer)| {
            let command = |(at, length): (usize, usize)| {
                // No two are alike.
                (0..length).map(|byte| (at * 71 + byte * 3) as u8).collect()
            };
            let dropped = lengths.iter().map(|(_, dropped)| *dropped).collect();
            let commands = lengths.iter().map(|(length, _)| *length).enumerate().map(command).collect();
            World { size, ifsd, crc, dropped, commands, answer }
        },
    )
}

/// Sizes only grow: a card that names a smaller one and then asks for the block of before again cannot be
/// served, because a block sent again has to be the same one. One fault a block: two wrong bits in one column
/// are more than an LRC sees.
fn faults(most: usize) -> impl Strategy<Value = Vec<(u32, BlockFault)>> {
    let grown = fault().prop_map(|fault| match fault {
        BlockFault::Size(_) => BlockFault::Size(60),
        other => other,
    });
    proptest::collection::btree_map(1u32..60, grown, 0..most).prop_map(|it| it.into_iter().collect())
}

fn fault() -> impl Strategy<Value = BlockFault> {
    prop_oneof![
        Just(BlockFault::LostToCard),
        any::<u16>().prop_map(BlockFault::GarbledToCard),
        Just(BlockFault::TwiceToCard),
        Just(BlockFault::LostToReader),
        any::<u16>().prop_map(BlockFault::GarbledToReader),
        Just(BlockFault::Parity),
        any::<bool>().prop_map(|heard| BlockFault::StaleToReader { heard }),
        (1u8..=4).prop_map(BlockFault::Waits),
        (1u8..=60).prop_map(BlockFault::Size),
        Just(BlockFault::Aborts),
    ]
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let lengths: Vec<_> = self.commands.iter().map(Vec::len).zip(&self.dropped).collect();
        write!(f, "size {} ifsd {} crc {} {lengths:?} → {}", self.size, self.ifsd, self.crc, self.answer)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8_000))]

    #[test]
    fn a_command_is_carried_out_at_most_once(
        world in world(),
        faults in faults(25),
    ) {
        judge(&world, &run(&world, faults))?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn without_faults_every_answer_comes(mut world in world()) {
        world.dropped.iter_mut().for_each(|dropped| *dropped = None);
        let run = run(&world, Vec::new());
        judge(&world, &run)?;
        prop_assert!(run.ends.iter().all(Result::is_ok));
    }

    /// One fault that is not an abortion costs a repetition, never the answer.
    #[test]
    fn one_fault_costs_no_answer(mut world in world(), at in 1u32..80, fault in fault()) {
        prop_assume!(fault != BlockFault::Aborts);
        world.dropped.iter_mut().for_each(|dropped| *dropped = None);
        let run = run(&world, vec![(at, fault)]);
        judge(&world, &run)?;
        prop_assert!(run.ends.iter().all(Result::is_ok), "{:?}", run.ends);
    }

    /// However bad it was, the next command after it is answered.
    #[test]
    fn it_recovers(
        mut world in world(),
        faults in faults(60),
    ) {
        world.dropped.iter_mut().for_each(|dropped| *dropped = None);
        let bad = run(&world, faults.clone());
        // As many commands more as it takes to get past the last fault.
        while world.commands.len() < 80 {
            let length = 4 + world.commands.len();
            let at = world.commands.len();
            world.commands.push((0..length).map(|byte| (at * 71 + byte * 3) as u8).collect());
            world.dropped.push(None);
        }
        let run = run(&world, faults);
        judge(&world, &run)?;
        prop_assert!(run.blocks > 60 && bad.blocks <= run.blocks);
        prop_assert!(run.ends.last().unwrap().is_ok(), "{:?}", run.ends.last());
    }

    /// Noise in place of a card: an end, and no panic.
    #[test]
    fn noise_ends(blocks in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..8), 1..40)) {
        let mut host = T1::new(T1Parameters::default(), 261);
        let mut step = host.command(&[1, 2, 3, 4]);
        let mut blocks = blocks.iter().cycle();
        let mut steps = 0;
        while matches!(step, Step::Send(..)) {
            let mut block = blocks.next().unwrap().clone();
            // A check that fits, so that more than the check is tried.
            block.push(block.iter().fold(0, |sum, byte| sum ^ byte));
            step = host.next(Event::Block(&block));
            steps += 1;
            prop_assert!(steps < 3_000);
        }
    }
}
