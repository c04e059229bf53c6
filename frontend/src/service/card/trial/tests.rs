//! The test of a card against the virtual card.

use super::*;
use crate::service::card::table::{AtOnce, Table};
use crate::service::config::Jpki;
use domain::calendar::Time;
use domain::reader::Moment;
use futures_util::FutureExt;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

thread_local! {
    static NOW: Cell<f64> = const { Cell::new(0.0) };
}

/// Each look at the clock is a millisecond later.
fn tick() -> f64 {
    NOW.replace(NOW.get() + 1.0)
}

type Told = Rc<RefCell<Vec<Record>>>;

fn log() -> (Rc<Log>, Told) {
    let told = Told::default();
    let hears = Rc::clone(&told);
    let log = Log::new(tick, move |record| hears.borrow_mut().push(record));
    log.begin(Step::Open);
    (Rc::new(log), told)
}

fn trust(jpki: Option<&Jpki>) -> Trust {
    Trust::new(jpki, Time(1_795_000_000))
}

/// Runs a test to its end.
fn run(table: &Table, trust: &Trust) -> (Record, Ended) {
    let (log, _) = log();
    let (_stop, mut stopped) = oneshot::channel();
    let (_, ended) = test(table.clone(), trust, &AtOnce, &log, &mut stopped).now_or_never().unwrap();
    (log.record(), ended)
}

fn states(record: &Record) -> [State; 7] {
    Step::ALL.map(|step| record.line(step).state)
}

#[test]
fn a_good_card_passes_every_step_and_no_pin_is_sent() {
    let table = Table::with(3);
    let (record, ended) = run(&table, &trust(None));
    assert_eq!(ended, Ended::Over);
    assert_eq!(states(&record), [State::Done; 7]);
    assert_eq!(record.line(Step::Check).said, Said::NoRoots);
    assert_eq!(record.line(Step::Tries).said, Said::Tries(3));
    assert!(matches!(record.line(Step::Certificate).said, Said::Part(part, of) if part == of && of > 1));
    assert!(Step::ALL.into_iter().all(|step| record.line(step).took > 0));
    assert!(Step::ALL.map(|step| step as usize).is_sorted(), "steps stand in the order they are done");
    assert_eq!(table.verifies.get(), 0);
    assert_eq!(table.card.borrow_mut().tries_left(), Some(3));
    assert!(!table.card.borrow().forbidden_touched());
}

#[test]
fn the_last_try_is_shown_and_not_spent() {
    let table = Table::with(1);
    let (record, ended) = run(&table, &trust(None));
    assert_eq!((ended, record.line(Step::Tries).said), (Ended::Over, Said::Tries(1)));
    assert_eq!(table.card.borrow_mut().tries_left(), Some(1));
}

#[test]
fn a_blocked_card_fails_at_the_tries() {
    let (record, ended) = run(&Table::with(0), &trust(None));
    assert_eq!(ended, Ended::Over);
    assert_eq!(record.line(Step::Tries).state, State::Failed);
    assert_eq!(record.failure.unwrap().code, "CARD-022");
}

#[test]
fn a_certificate_that_does_not_hold_is_told_and_the_test_goes_on() {
    let bad = Jpki { test: true, roots: vec!["MAA=".into()] };
    let (record, ended) = run(&Table::with(3), &trust(Some(&bad)));
    assert_eq!(ended, Ended::Over);
    assert_eq!(record.line(Step::Check).state, State::Failed);
    assert_eq!(record.line(Step::Tries).state, State::Done);
    let failure = record.failure.unwrap();
    assert_eq!((failure.code, failure.moment), ("CARD-041", Moment::Later));
}

#[test]
fn a_card_that_goes_fails_the_step_it_was_at() {
    let table = Table::with(3);
    let (_stop, mut stopped) = oneshot::channel();
    let there = Rc::clone(&table.there);
    let log = Rc::new(Log::new(tick, move |record: Record| {
        if record.line(Step::Certificate).state == State::Live {
            there.set(false);
        }
    }));
    log.begin(Step::Open);
    let (_, ended) = test(table.clone(), &trust(None), &AtOnce, &log, &mut stopped).now_or_never().unwrap();
    let record = log.record();
    assert_eq!((ended, record.line(Step::Certificate).state), (Ended::Over, State::Failed));
    assert_eq!(record.failure.unwrap().code, "CARD-012");
}

/// A wait that is never over: somebody has to stop it.
struct Never;

impl Delay for Never {
    async fn wait(&self, _milliseconds: u32) {
        std::future::pending().await
    }
}

#[test]
fn stopping_ends_it_where_it_is() {
    let table = Table::with(3);
    table.there.set(false);
    let (log, _) = log();
    let (stop, mut stopped) = oneshot::channel();
    drop(stop);
    let (_, ended) = test(table, &trust(None), &Never, &log, &mut stopped).now_or_never().unwrap();
    let record = log.record();
    assert_eq!((ended, &record.failure), (Ended::Stopped, &None));
    assert_eq!(record.line(Step::Card).state, State::Live);
}

#[test]
fn a_failure_while_opening_is_told_as_one() {
    let (log, told) = log();
    log.ended(&CardError::new(Kind::ProtectedClass, "ACS ACR39U"));
    let record = told.borrow().last().unwrap().clone();
    assert_eq!(record.line(Step::Open).state, State::Failed);
    let failure = record.failure.unwrap();
    assert_eq!((failure.code, failure.moment, failure.protected), ("CARD-003", Moment::Opening, true));
}
