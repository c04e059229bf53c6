//! A screen that stops waiting at any moment and then finishes: the card is safe, the next check works.

use ccid::myna::{Consent, Pin, Session};
use kakehashi_card::{Build, CardFile};

use crate::desk::{DIGEST, Desk, GOOD, polls, run};

fn pin() -> Pin {
    Pin::new(GOOD).unwrap()
}

/// Drops the work after so many polls; false when it was done before.
fn dropped_after(build: Build, times: usize) -> bool {
    let desk = Desk::with(build, &CardFile::specimen().unwrap());
    let mut session = Session::new(desk.open(), |_| {});
    let done = polls(
        async {
            session.open().await.unwrap();
            session.verify_and_sign(pin(), Consent::NotAsked, &DIGEST).await.unwrap();
        },
        times,
    );
    run(session.finish());
    let commands = desk.reader().card().unwrap().commands();
    assert!(commands == 0 || desk.at_rest(), "after {times} polls");
    assert_eq!(desk.tries(), 3);
    run(session.open()).unwrap();
    run(session.verify_and_sign(pin(), Consent::NotAsked, &DIGEST)).unwrap();
    assert!(desk.at_rest());
    done.is_none()
}

#[test]
fn a_check_dropped_at_any_await_leaves_the_card_safe() {
    for build in [
        Build::default(),
        Build::EXTENDED,
        Build { max_message: 74, ..Build::EXTENDED },
        Build { max_message: 80, ..Build::TPDU },
        Build { max_message: 80, ..Build::BARE },
        Build { atr: Some(&[0x3B, 0x00]), ..Build::TPDU },
        Build::TWO_SLOTS,
    ] {
        let awaits = (0..).take_while(|times| dropped_after(build, *times)).count();
        assert!(awaits > 40, "every await was a place to stop: {awaits}");
    }
}

#[test]
fn a_finish_dropped_half_way_can_be_called_again() {
    for times in 0..6 {
        let desk = Desk::with_card();
        let mut session = Session::new(desk.open(), |_| {});
        run(session.open()).unwrap();
        polls(session.finish(), times);
        run(session.finish());
        assert!(desk.at_rest());
        let sent = desk.sent().len();
        run(session.finish());
        assert_eq!(desk.sent().len(), sent, "once done, nothing more is sent");
    }
}
