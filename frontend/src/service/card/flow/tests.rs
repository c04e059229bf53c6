//! The order of things against the virtual card, without reader, browser or network.

use super::*;
use crate::service::card::table::{AtOnce, Table};
use futures_channel::mpsc::{UnboundedSender, unbounded};
use futures_util::FutureExt;
use kakehashi_card::{CardFile, VirtualCard};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// An upstream that takes anything, or that cannot be reached.
#[derive(Clone, Default)]
struct Counter {
    challenges: Rc<Cell<u32>>,
    answers: Rc<RefCell<Vec<AssertionRequest>>>,
    now: Rc<Cell<i64>>,
    down: bool,
    /// Why the certificate does not hold.
    flaw: Option<&'static str>,
}

impl Desk for Counter {
    type Met = &'static str;

    async fn holds(&self, certificate: &[u8]) -> Result<(), Problem> {
        assert_eq!(certificate[0], 0x30, "it is given the certificate");
        self.flaw.map_or(Ok(()), |code| Err(Problem::new(code)))
    }

    async fn challenge(&self) -> Result<ChallengeResponse, Problem> {
        if self.down {
            return Err(Problem::new("APP-001"));
        }
        self.challenges.set(self.challenges.get() + 1);
        let transaction = format!("t{}", self.challenges.get());
        Ok(ChallengeResponse { transaction, nonce: "nonce".into(), expires_in_s: 120 })
    }

    async fn assertion(&self, answer: AssertionRequest) -> Result<&'static str, Problem> {
        self.answers.borrow_mut().push(answer);
        Ok("花子")
    }

    fn origin(&self) -> String {
        "https://a.example".into()
    }

    fn device(&self) -> String {
        "device".into()
    }

    fn now(&self) -> Time {
        Time(self.now.get())
    }
}

/// What the person does at a stage.
type Act = Box<dyn Fn(Stage, &UnboundedSender<Input>)>;

/// Runs a whole check; the person acts as told. Gives the result and the stages.
fn run(table: &Table, desk: &Counter, act: Act) -> (Result<&'static str, Problem>, Vec<Stage>) {
    let (sender, mut input) = unbounded();
    let stages = Rc::new(RefCell::new(Vec::new()));
    let tell = {
        let stages = Rc::clone(&stages);
        move |stage| {
            stages.borrow_mut().push(stage);
            act(stage, &sender);
        }
    };
    let observed = Rc::clone(&stages);
    let observe = move |step| observed.borrow_mut().extend(stage_of(step));
    let mut session = Session::new(table.clone(), observe);
    let result = check(&mut session, desk, &AtOnce, &mut input, &tell).now_or_never().expect("nothing hangs");
    session.finish().now_or_never().expect("nothing hangs");
    let stages = stages.borrow().clone();
    (result, stages)
}

fn types(pins: &'static [&'static str]) -> Act {
    let next = Cell::new(0);
    Box::new(move |stage, sender| match stage {
        Stage::Pin { .. } => {
            let pin = pins[next.replace(next.get() + 1)];
            sender.unbounded_send(Input::Pin(Pin::new(pin).unwrap())).unwrap();
        }
        Stage::LastTry => sender.unbounded_send(Input::SpendLastTry).unwrap(),
        _ => {}
    })
}

#[test]
fn a_right_pin_finds_the_person() {
    let (table, desk) = (Table::with(3), Counter::default());
    let (result, stages) = run(&table, &desk, types(&["1234"]));
    assert_eq!(result, Ok("花子"));
    assert_eq!(table.verifies.get(), 1);
    let answers = desk.answers.borrow();
    assert_eq!((answers[0].transaction.as_str(), answers[0].origin.as_str()), ("t1", "https://a.example"));
    assert_eq!(Base64UrlUnpadded::decode_vec(&answers[0].signature).unwrap().len(), 256);
    assert!(stages.contains(&Stage::Pin { tries: 3, wrong: false }));
    assert!(stages.iter().any(|stage| matches!(stage, Stage::Reading { part: 2.., of: Some(_) })));
    assert_eq!(stages.last(), Some(&Stage::Inquiring));
    assert!(!table.card.borrow().forbidden_touched());
}

#[test]
fn a_wrong_pin_is_counted_and_asked_for_again() {
    let (table, desk) = (Table::with(3), Counter::default());
    let (result, stages) = run(&table, &desk, types(&["0000", "1234"]));
    assert_eq!(result, Ok("花子"));
    assert_eq!(table.verifies.get(), 2);
    assert!(stages.contains(&Stage::Pin { tries: 2, wrong: true }));
}

#[test]
fn a_pin_confirmed_twice_in_haste_is_one_try() {
    let (table, desk) = (Table::with(3), Counter::default());
    let gone = Rc::clone(&table.there);
    let act = move |stage, sender: &UnboundedSender<Input>| {
        let pins: &[&str] = match stage {
            // The screen had not yet said that the first one was taken.
            Stage::Pin { wrong: false, .. } => &["0000", "0000"],
            Stage::Pin { wrong: true, .. } => &["1234"],
            Stage::LastTry => return gone.set(false),
            _ => &[],
        };
        for pin in pins {
            sender.unbounded_send(Input::Pin(Pin::new(pin).unwrap())).unwrap();
        }
    };
    let (result, _) = run(&table, &desk, Box::new(act));
    assert_eq!((result, table.verifies.get()), (Ok("花子"), 2));
}

#[test]
fn the_last_try_needs_a_yes_and_then_blocks() {
    let (table, desk) = (Table::with(1), Counter::default());
    let (result, stages) = run(&table, &desk, types(&["0000"]));
    assert_eq!(result.unwrap_err().code, "CARD-022");
    let asked = stages.iter().position(|stage| *stage == Stage::LastTry).unwrap();
    let typed = stages.iter().position(|stage| matches!(stage, Stage::Pin { tries: 1, .. })).unwrap();
    assert!(asked < typed);
    assert_eq!((table.verifies.get(), desk.answers.borrow().len()), (1, 0));
}

#[test]
fn a_pin_before_the_yes_is_not_used() {
    let (table, desk) = (Table::with(1), Counter::default());
    let gone = Rc::clone(&table.there);
    let act = move |stage, sender: &UnboundedSender<Input>| {
        if stage == Stage::LastTry {
            sender.unbounded_send(Input::Pin(Pin::new("1234").unwrap())).unwrap();
            gone.set(false);
        }
    };
    let (result, _) = run(&table, &desk, Box::new(act));
    assert_eq!(result.unwrap_err().code, "CARD-012");
    assert_eq!(table.verifies.get(), 0);
}

#[test]
fn a_blocked_card_asks_for_nothing() {
    let (table, desk) = (Table::with(0), Counter::default());
    let (result, stages) = run(&table, &desk, types(&[]));
    assert_eq!(result.unwrap_err().code, "CARD-022");
    assert!(!stages.iter().any(|stage| matches!(stage, Stage::Pin { .. } | Stage::LastTry)));
    assert_eq!(table.verifies.get(), 0);
}

#[test]
fn a_card_taken_away_before_the_pin_is_noticed() {
    let (table, desk) = (Table::with(3), Counter::default());
    let gone = Rc::clone(&table.there);
    let act = move |stage, _: &UnboundedSender<Input>| {
        if let Stage::Pin { .. } = stage {
            gone.set(false);
        }
    };
    let (result, _) = run(&table, &desk, Box::new(act));
    assert_eq!(result.unwrap_err().code, "CARD-012");
    assert_eq!((table.verifies.get(), table.card.borrow_mut().tries_left()), (0, Some(3)));
}

#[test]
fn a_network_that_is_down_costs_no_try() {
    let table = Table::with(3);
    let desk = Counter { down: true, ..Counter::default() };
    let (result, stages) = run(&table, &desk, types(&["1234"]));
    assert_eq!(result.unwrap_err().code, "APP-001");
    assert!(!stages.iter().any(|stage| matches!(stage, Stage::Pin { .. })));
    assert_eq!(table.verifies.get(), 0);
}

#[test]
fn a_certificate_that_does_not_hold_asks_for_no_pin() {
    let table = Table::with(3);
    let desk = Counter { flaw: Some("CARD-044"), ..Counter::default() };
    let (result, stages) = run(&table, &desk, types(&["1234"]));
    assert_eq!(result.unwrap_err().code, "CARD-044");
    assert!(!stages.iter().any(|stage| matches!(stage, Stage::Pin { .. })));
    assert_eq!((table.verifies.get(), desk.challenges.get()), (0, 0));
}

#[test]
fn an_old_challenge_is_fetched_anew_before_the_card_signs() {
    let (table, desk) = (Table::with(3), Counter::default());
    let (clock, pin) = (Rc::clone(&desk.now), types(&["1234"]));
    let act = move |stage, sender: &UnboundedSender<Input>| {
        if let Stage::Pin { .. } = stage {
            clock.set(110);
        }
        pin(stage, sender);
    };
    let (result, _) = run(&table, &desk, Box::new(act));
    assert_eq!(result, Ok("花子"));
    assert_eq!(desk.answers.borrow()[0].transaction, "t2");
}

#[test]
fn another_card_is_named() {
    let table = Table::with(3);
    *table.card.borrow_mut() = VirtualCard::new(&CardFile::other()).unwrap();
    let (result, _) = run(&table, &Counter::default(), types(&[]));
    assert_eq!(result.unwrap_err().code, "CARD-014");
}
