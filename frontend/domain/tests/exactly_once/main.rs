//! Exactly once, as a model: one machine ([`Outbox`](kakehashi_domain::filing::outbox::Outbox)), two tabs, a
//! disk, a line that loses, doubles, delays and changes the order, an upstream that dies before or after its
//! commit, and a clock that jumps; a million courses of it by chance. After each: what was told as filed
//! exists exactly once and whole; what was told as not filed does not exist; nothing that was confirmed is
//! without an end once the faults stop.
//!
//! `KAKEHASHI_SEED=N` plays one course again and prints it; `KAKEHASHI_RUNS=N` makes it more or fewer.

mod mutant;
mod server;
mod tally;
mod verdict;
mod world;

use mutant::Mutant;
use tally::Tally;
use world::World;

const RUNS: u64 = 1_000_000;

fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// One course from its seed; what happened, or why it must not have.
fn run(seed: u64, mutant: Mutant) -> Result<Tally, String> {
    let mut world = World::new(seed, mutant, false);
    world.run().map_err(|reason| format!("seed {seed}: {reason}"))
}

/// The same with all that happened.
fn story(seed: u64) -> String {
    let mut world = World::new(seed, Mutant::None, true);
    let end = world.run().err().unwrap_or_else(|| "nothing wrong".to_owned());
    format!("{}\nKAKEHASHI_SEED={seed}: {end}", world.story())
}

/// Seeds `from` to `from + runs`, on as many threads as there are processors.
fn runs(runs: u64) -> Tally {
    let threads = std::thread::available_parallelism().map_or(1, |count| count.get() as u64);
    std::thread::scope(|scope| {
        let work = |thread: u64| {
            move || {
                let mut tally = Tally::default();
                for seed in (thread..runs).step_by(threads as usize) {
                    match run(seed, Mutant::None) {
                        Ok(one) => tally.add(&one),
                        Err(_) => panic!("{}", story(seed)),
                    }
                }
                tally
            }
        };
        let all: Vec<_> = (0..threads).map(|thread| scope.spawn(work(thread))).collect();
        let mut total = Tally::default();
        for one in all {
            match one.join() {
                Ok(tally) => total.add(&tally),
                Err(story) => std::panic::resume_unwind(story),
            }
        }
        total
    })
}

#[test]
fn a_million_courses() {
    if let Some(seed) = setting("KAKEHASHI_SEED") {
        eprintln!("{}", story(seed));
        run(seed, Mutant::None).unwrap();
        return;
    }
    let count = setting("KAKEHASHI_RUNS").unwrap_or(RUNS);
    let tally = runs(count);
    eprintln!("{count} courses: {tally:?}");
    // A model in which something never happens shows nothing about it.
    for (what, times) in tally.all() {
        assert!(times >= count / 100, "{what} happened {times} times only");
    }
}

/// Wrong ones are seen, and soon.
fn caught(mutant: Mutant, with: &str) {
    let seen: Vec<_> = (0..20_000).filter_map(|seed| run(seed, mutant).err()).collect();
    assert!(seen.iter().any(|reason| reason.contains(with)), "{mutant:?}: {:?}", seen.first());
}

#[test]
fn a_server_without_a_store_of_keys_is_caught() {
    caught(Mutant::ServerWithoutKeys, "exists 2 times");
}

#[test]
fn a_server_that_commits_filing_and_key_apart_is_caught() {
    caught(Mutant::ServerCommitsInTwo, "exists 2 times");
}

#[test]
fn a_server_that_forgets_refusals_is_caught() {
    caught(Mutant::ServerForgetsRefusals, "told as not filed");
}

#[test]
fn a_void_that_does_not_burn_the_key_is_caught() {
    caught(Mutant::VoidBurnsNothing, "told as not filed");
}

#[test]
fn a_client_that_tries_again_under_a_new_key_is_caught() {
    caught(Mutant::ClientTakesNewKey, "exists 2 times");
}

#[test]
fn a_client_that_calls_silence_a_failure_is_caught() {
    caught(Mutant::ClientCallsSilenceFailure, "told as not filed");
}

#[test]
fn a_client_that_calls_unknown_a_failure_is_caught() {
    caught(Mutant::ClientCallsUnknownFailure, "told as not filed");
}

#[test]
fn a_client_that_gives_up_without_asking_is_caught() {
    caught(Mutant::ClientGivesUpAlone, "told as not filed");
}

#[test]
fn a_client_that_forgets_what_was_confirmed_is_caught() {
    caught(Mutant::ClientForgets, "without an end");
}

#[test]
fn a_course_can_be_had_again() {
    for seed in [0, 1, 77_777] {
        assert_eq!(story(seed), story(seed));
        assert!(story(seed).contains("nothing wrong"));
    }
    assert_ne!(story(0), story(1));
}
