//! A screen that stops waiting at any moment.

use ccid::myna::{Consent, Pin, Session};

use crate::world::{DIGEST, GOOD, World, identity, later, open, polls, run};

#[test]
fn a_check_dropped_at_any_await_leaves_the_card_safe() {
    let dropped = |times: usize| {
        let world = World::with_card();
        let mut session = Session::new(open(&world).unwrap(), |_| {});
        let work = async {
            session.open().await.unwrap();
            session.verify_and_sign(Pin::new(GOOD).unwrap(), Consent::NotAsked, &DIGEST).await.unwrap();
        };
        let done = polls(work, times);
        run(session.finish());
        assert!(world.borrow().at_rest(), "after {times} polls");
        assert_eq!(world.borrow_mut().tries(), 3);
        assert!(world.borrow().pins <= 1);
        run(session.open()).unwrap();
        run(session.verify_and_sign(Pin::new(GOOD).unwrap(), Consent::NotAsked, &DIGEST)).unwrap();
        assert!(world.borrow().at_rest());
        done.is_none()
    };
    let awaits = (0..).take_while(|times| dropped(*times)).count();
    assert!(awaits > 30, "every await was a place to stop: {awaits}");
}

#[test]
fn a_reader_dropped_with_all_that_was_under_way_frees_the_card() {
    let dropped = |times: usize| {
        let world = World::with_card();
        let mut session = Session::new(open(&world).unwrap(), |_| {});
        let work = async move {
            session.open().await.unwrap();
            session.verify_and_sign(Pin::new(GOOD).unwrap(), Consent::NotAsked, &DIGEST).await.unwrap();
        };
        let done = polls(work, times);
        later();
        assert!(world.borrow().at_rest(), "after {times} polls");
        identity(&world, GOOD).unwrap();
        assert_eq!(world.borrow_mut().tries(), 3);
        done.is_none()
    };
    let awaits = (0..).take_while(|times| dropped(*times)).count();
    assert!(awaits > 30, "every await was a place to stop: {awaits}");
}
