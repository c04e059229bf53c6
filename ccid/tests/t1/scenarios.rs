//! The scenarios of ISO/IEC 7816-3 annex A, and more, block for block.

use ccid::t1::{Event, Failure, Step, T1, T1Parameters};

use crate::notation::{Came, Line, Script, scripts};

fn play(script: &Script) {
    let mut t1 = T1::new(T1Parameters { ifsc: 2, ..T1Parameters::default() }, 261);
    let mut step = None;
    for line in &script.lines {
        let at = format!("{}: {line:02X?}", script.title);
        match line {
            Line::Command(command) => step = Some(t1.command(command)),
            Line::Offer(size) => step = Some(t1.offer(*size)),
            Line::Resynch => drop(t1.command(&[0xEE])),
            Line::Sends(block, times) => match step.take() {
                Some(Step::Send(sent, waits)) => {
                    assert_eq!((&*sent, waits), (block, *times), "{at}");
                }
                other => panic!("{at}, but {other:02X?}"),
            },
            Line::Comes(came) => {
                assert!(step.is_none(), "{at}, but {step:02X?}");
                step = Some(t1.next(match came {
                    Came::Block(bytes) => Event::Block(bytes),
                    Came::Garbled => Event::Garbled,
                    Came::Nothing => Event::Nothing,
                }));
            }
            Line::Ends(end) => match (step.take(), end) {
                (Some(Step::Done(answer)), Ok(expected)) => assert_eq!(answer, *expected, "{at}"),
                (Some(Step::Failed(failure)), Err(word)) => assert_eq!(name(failure), word, "{at}"),
                (other, _) => panic!("{at}, but {other:02X?}"),
            },
        }
    }
    assert!(step.is_none(), "{}: it goes on with {step:02X?}", script.title);
}

fn name(failure: Failure) -> &'static str {
    match failure {
        Failure::Lost => "lost",
        Failure::Dead => "dead",
        Failure::Aborted => "aborted",
        Failure::Endless => "endless",
    }
}

#[test]
fn annex_a() {
    let scripts = scripts(include_str!("../data/t1-annex-a.blocks"));
    assert_eq!(scripts.len(), 28);
    scripts.iter().for_each(play);
}

#[test]
fn beyond_annex_a() {
    let scripts = scripts(include_str!("../data/t1-more.blocks"));
    assert_eq!(scripts.len(), 12);
    scripts.iter().for_each(play);
}

#[test]
fn a_card_that_asks_for_time_or_sends_nothing_for_ever_is_given_up() {
    let wtx = [0, 0xC3, 1, 1, 0xC3];
    let parameters = T1Parameters { waiting: 0x45, ..T1Parameters::default() };
    let mut t1 = T1::new(parameters, 261);
    drop(t1.command(&[1]));
    let granted = (0..1000).take_while(|_| matches!(t1.next(Event::Block(&wtx)), Step::Send(..))).count();
    // 1.6 seconds each, two minutes in all.
    assert_eq!(granted, 75);

    let mut t1 = T1::new(parameters, 261);
    drop(t1.command(&[1]));
    let blocks = (0..2000).take_while(|at| {
        let pcb = if at % 2 == 0 { 0x20 } else { 0x60 };
        matches!(t1.next(Event::Block(&[0, pcb, 0, pcb])), Step::Send(..))
    });
    assert_eq!(blocks.count(), 500);
}
