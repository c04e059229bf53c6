use super::*;
use proptest::prelude::*;

const NOON: i64 = 1_800_000_000;
const UP: Event = Event::Tick(Line::Up);
const DOWN: Event = Event::Tick(Line::Down);

fn answer(call: Call, reply: Reply) -> Event {
    Event::Answer(call, reply)
}

fn calls(call: Call) -> Step {
    Step { keep: true, call: Some(call), sign_in: false }
}

const QUIET: Step = Step { keep: false, call: None, sign_in: false };
const KEPT: Step = Step { keep: true, call: None, sign_in: false };

/// A machine, and a clock beside it.
struct Desk {
    outbox: Outbox,
    now: i64,
}

impl Desk {
    fn new() -> Self {
        Self { outbox: Outbox::confirmed(FilingKey("k".into()), Time(NOON)), now: NOON }
    }

    fn sent() -> Self {
        let mut desk = Self::new();
        assert_eq!(desk.at(0, UP), calls(Call::Submit));
        desk
    }

    /// So many seconds later.
    fn at(&mut self, later: i64, event: Event) -> Step {
        self.now += later;
        self.outbox.handle(event, Time(self.now), 0)
    }

    /// What a crash leaves.
    fn crash(&mut self) {
        let kept = serde_json::to_string(&self.outbox).unwrap();
        self.outbox = serde_json::from_str(&kept).unwrap();
        assert_eq!(self.at(0, Event::Restarted), QUIET);
    }
}

#[test]
fn a_good_day() {
    let mut desk = Desk::new();
    assert_eq!(desk.outbox.told(), Told::NotYet);
    assert_eq!(desk.at(0, UP), calls(Call::Submit), "at once, and kept before");
    assert_eq!(desk.outbox.told(), Told::Checking);
    assert_eq!(desk.at(1, UP), QUIET, "one call at a time");
    assert_eq!(desk.at(0, answer(Call::Submit, Reply::Received)), KEPT);
    assert_eq!(desk.outbox.told(), Told::Filed);
    assert_eq!(desk.outbox.wait(Time(desk.now)), None);
    for event in [UP, Event::GiveUp, answer(Call::Void, Reply::Void), Event::Restarted] {
        assert_eq!(desk.at(1000, event), QUIET);
    }
    assert_eq!((desk.outbox.phase, desk.outbox.tries), (Phase::Received, 1));
}

#[test]
fn after_silence_it_asks_before_it_sends_again() {
    let mut desk = Desk::sent();
    assert_eq!(desk.at(1, answer(Call::Submit, Reply::Nothing)), QUIET);
    assert_eq!(desk.outbox.told(), Told::Checking, "silence is no failure");
    assert_eq!(desk.at(0, UP), QUIET);
    assert_eq!(desk.at(1, UP), calls(Call::Keys));
    assert_eq!(desk.at(0, answer(Call::Keys, Reply::Unknown)), calls(Call::Submit));
    assert_eq!(
        desk.at(0, answer(Call::Keys, Reply::Unknown)),
        QUIET,
        "an answer that comes twice counts once"
    );
    assert_eq!(desk.at(0, answer(Call::Submit, Reply::Refused)), KEPT);
    assert_eq!(desk.outbox.told(), Told::Refused);
}

#[test]
fn off_line_it_waits_and_goes_at_once_when_the_line_is_back() {
    let mut desk = Desk::new();
    for _ in 0..50 {
        assert_eq!(desk.at(60, DOWN), QUIET);
    }
    assert_eq!(desk.outbox.told(), Told::NotYet);
    assert_eq!(desk.at(0, UP), calls(Call::Submit));
    // Long pauses, and then the line is gone and back.
    for _ in 0..20 {
        let _ = desk.at(0, answer(Call::Keys, Reply::Nothing));
        let _ = desk.at(0, answer(Call::Submit, Reply::Nothing));
        assert_eq!(desk.at(300, UP), calls(Call::Keys));
    }
    let _ = desk.at(0, answer(Call::Keys, Reply::Nothing));
    assert_eq!(desk.at(1, DOWN), QUIET);
    assert_eq!(desk.at(0, UP), QUIET, "but two seconds lie between two tries");
    assert_eq!(desk.at(1, UP), calls(Call::Keys));
}

#[test]
fn pauses_grow_to_five_minutes() {
    for (luck, expected) in [
        (0, [2, 4, 8, 16, 32, 64, 128, 150, 150, 150]),
        (
            u32::MAX,
            [2, 4, 8, 16, 32, 64, 128, 150, 150, 150].map(|half: u32| {
                let rest = if half == 150 { 151 } else { half + 1 };
                half + u32::MAX % rest
            }),
        ),
    ] {
        let mut outbox = Outbox::confirmed(FilingKey("k".into()), Time(NOON));
        let mut now = NOON;
        for pause in expected {
            let call = outbox.handle(UP, Time(now), luck).call.unwrap();
            let _ = outbox.handle(answer(call, Reply::Nothing), Time(now), luck);
            assert_eq!(outbox.wait(Time(now)), Some(pause));
            assert_eq!(outbox.handle(UP, Time(now + i64::from(pause) - 1), luck), QUIET);
            now += i64::from(pause);
        }
    }
}

#[test]
fn a_session_that_is_over_stops_nothing() {
    let mut desk = Desk::sent();
    let step = desk.at(0, answer(Call::Submit, Reply::SessionOver));
    assert_eq!(step, Step { sign_in: true, ..QUIET });
    let step = desk.at(600, Event::Tick(Line::SignedOut));
    assert_eq!(step, Step { sign_in: true, ..QUIET });
    assert_eq!(desk.outbox.told(), Told::Checking);
    assert_eq!(desk.at(0, UP), calls(Call::Keys));
}

#[test]
fn giving_up_is_done_by_upstream_alone() {
    // Also what was never sent: the disk may have forgotten that it was.
    let mut desk = Desk::new();
    assert_eq!(desk.at(5, Event::GiveUp), KEPT);
    assert_eq!(desk.at(0, Event::GiveUp), QUIET, "a double click");
    assert_eq!(desk.outbox.told(), Told::GivingUp);
    desk.crash();
    assert_eq!(desk.at(0, UP), calls(Call::Void));
    assert_eq!(desk.at(0, answer(Call::Void, Reply::Unknown)), QUIET, "not an answer to that");
    assert_eq!(desk.outbox.told(), Told::GivingUp);
    assert_eq!(desk.at(2, UP), calls(Call::Void), "what was given up is not sent again");
    assert_eq!(desk.at(0, answer(Call::Void, Reply::Void)), KEPT);
    assert_eq!(desk.outbox.told(), Told::GivenUp);
}

#[test]
fn what_had_come_before_it_was_given_up_is_filed() {
    for late in [answer(Call::Void, Reply::Received), answer(Call::Submit, Reply::Received)] {
        let mut desk = Desk::sent();
        assert_eq!(desk.at(0, Event::GiveUp), KEPT);
        assert_eq!(desk.at(1, UP), QUIET);
        assert_eq!(desk.at(1, UP), calls(Call::Void));
        assert_eq!(desk.at(0, late), KEPT);
        assert_eq!(desk.outbox.told(), Told::Filed);
    }
}

#[test]
fn what_is_answered_late_decides_nothing_but_an_end() {
    let mut desk = Desk::sent();
    assert_eq!(desk.at(0, answer(Call::Submit, Reply::Nothing)), QUIET);
    assert_eq!(desk.at(2, UP), calls(Call::Keys));
    for reply in [Reply::Nothing, Reply::SessionOver, Reply::Unknown] {
        assert_eq!(desk.at(0, answer(Call::Submit, reply)), QUIET);
        assert!(desk.outbox.stands(Call::Keys));
    }
    assert_eq!(desk.at(0, answer(Call::Submit, Reply::Received)), KEPT);
}

#[test]
fn a_crash_makes_one_question_more_and_no_pause_shorter() {
    let mut desk = Desk::sent();
    for _ in 0..20 {
        desk.crash();
        assert_eq!(desk.at(1, UP), QUIET);
        assert_eq!(desk.at(1, UP), calls(Call::Keys));
    }
}

#[test]
fn a_forgotten_call_does_not_hold_it_up_for_ever() {
    let mut desk = Desk::sent();
    assert_eq!(desk.outbox.wait(Time(desk.now)), Some(120));
    assert_eq!(desk.at(119, UP), QUIET);
    assert_eq!(desk.at(1, UP), calls(Call::Keys));
}

#[test]
fn a_clock_put_back_begins_the_pause_anew() {
    let mut desk = Desk::sent();
    let _ = desk.at(0, answer(Call::Submit, Reply::Nothing));
    assert_eq!(desk.at(-3600, UP), QUIET);
    assert_eq!(desk.outbox.wait(Time(desk.now)), Some(2));
    assert_eq!(desk.at(2, UP), calls(Call::Keys));
    // The same while it is closed.
    desk.now -= 3600;
    desk.crash();
    assert_eq!(desk.at(0, UP), QUIET);
    assert_eq!(desk.at(2, UP), calls(Call::Keys));
    // And when what is kept is nonsense.
    desk.crash();
    desk.outbox.next = Time(i64::MAX);
    assert_eq!(desk.at(300, UP), calls(Call::Keys));
}

#[test]
fn a_clock_put_forward_makes_one_try_early() {
    let mut desk = Desk::sent();
    let _ = desk.at(0, answer(Call::Submit, Reply::Nothing));
    assert_eq!(desk.at(3600, UP), calls(Call::Keys));
    let _ = desk.at(0, answer(Call::Keys, Reply::Nothing));
    assert_eq!(desk.at(1, UP), QUIET);
}

#[test]
fn two_tabs_take_each_other_further() {
    let mut one = Desk::sent();
    let mut other = one.outbox.clone();
    assert_eq!(other.handle(Event::GiveUp, Time(NOON), 0), KEPT);
    let _ = one.at(0, answer(Call::Submit, Reply::Nothing));
    assert_eq!(one.at(2, UP), calls(Call::Keys));
    assert!(one.outbox.stands(Call::Keys));
    one.outbox.take_in(&other);
    assert!(!one.outbox.stands(Call::Keys), "it was given up over there");
    assert_eq!(one.outbox.phase, Phase::GivingUp);
    other.take_in(&Desk::sent().outbox);
    assert_eq!(other.phase, Phase::GivingUp, "nothing goes back");
    let mut stranger = Outbox::confirmed(FilingKey("x".into()), Time(NOON));
    stranger.take_in(&other);
    assert_eq!(stranger.phase, Phase::Waiting, "another filing says nothing about this one");
}

#[test]
fn it_is_kept_flat() {
    let mut desk = Desk::sent();
    let kept = serde_json::to_string(&desk.outbox).unwrap();
    assert_eq!(
        kept,
        format!(r#"{{"key":"k","phase":"sent","tries":1,"step":1,"last":{NOON},"next":{}}}"#, NOON + 2)
    );
    assert_eq!(desk.at(0, Event::GiveUp), KEPT);
    assert!(serde_json::to_string(&desk.outbox).unwrap().contains(r#""phase":"giving_up""#));
}

/// What may happen to a machine: an event, or the clock is put by so many seconds.
#[derive(Debug, Clone)]
enum Happens {
    Event(Event),
    Jump(i64),
    Crash,
}

fn happens() -> impl Strategy<Value = Happens> {
    let call = prop::sample::select(vec![Call::Submit, Call::Keys, Call::Void]);
    let reply = prop::sample::select(vec![
        Reply::Nothing,
        Reply::Nothing,
        Reply::Unknown,
        Reply::SessionOver,
        Reply::Received,
        Reply::Refused,
        Reply::Void,
    ]);
    let line = prop::sample::select(vec![Line::Up, Line::Up, Line::Up, Line::Down, Line::SignedOut]);
    prop_oneof![
        8 => line.prop_map(|line| Happens::Event(Event::Tick(line))),
        6 => (call, reply).prop_map(|(call, reply)| Happens::Event(answer(call, reply))),
        1 => Just(Happens::Event(Event::GiveUp)),
        1 => Just(Happens::Crash),
        1 => prop::sample::select(vec![-3600, 3600]).prop_map(Happens::Jump),
    ]
}

proptest! {
    /// Whatever comes in whatever order: no step back, no call that was not kept before, no end that upstream
    /// has not said, no hammering, and no standstill.
    #[test]
    fn whatever_happens(
        course in prop::collection::vec((0_i64..400, happens(), any::<u32>()), 0..120),
    ) {
        let mut desk = Desk::new();
        // Seconds that really went by: at the last try, and now.
        let (mut tried, mut real, mut jumped) = (None, 0, false);
        for (later, what, luck) in course {
            real += later;
            desk.now += later;
            let before = desk.outbox.clone();
            let event = match what {
                Happens::Event(event) => event,
                Happens::Jump(seconds) => {
                    desk.now += seconds;
                    jumped = true;
                    continue;
                }
                Happens::Crash => {
                    desk.crash();
                    continue;
                }
            };
            let step = desk.outbox.handle(event, Time(desk.now), luck);
            prop_assert_eq!(&desk.outbox.key, &before.key);
            prop_assert!(desk.outbox.phase >= before.phase || desk.outbox.ended());
            prop_assert!(step.call.is_none() || step.keep);
            prop_assert!(desk.outbox.phase == before.phase || step.keep);
            if desk.outbox.ended() && !before.ended() {
                let said = match event {
                    Event::Answer(_, Reply::Received) => Phase::Received,
                    Event::Answer(_, Reply::Refused) => Phase::Refused,
                    Event::Answer(_, Reply::Void) => Phase::Void,
                    _ => Phase::Waiting,
                };
                prop_assert_eq!(desk.outbox.phase, said);
            }
            if step.call == Some(Call::Submit) && before.phase != Phase::Waiting {
                prop_assert_eq!(event, answer(Call::Keys, Reply::Unknown), "asked before it was sent again");
            } else if step.call.is_some() {
                prop_assert!(jumped || tried.is_none_or(|at| real >= at + LEAST));
            }
            if step.call.is_some() {
                (tried, jumped) = (Some(real), false);
            }
        }
        if !desk.outbox.ended() {
            let _ = desk.at(0, UP);
            let open = desk.outbox.under_way.is_some() || desk.at(MOST, UP).call.is_some();
            prop_assert!(open || desk.at(LONGEST_CALL, UP).call.is_some());
        }
    }
}

mod receipt {
    use super::*;
    use crate::filing::FilingNumber;
    use crate::upstream::{KeyOutcome, KeyRefusal, Receipt};

    const STATEMENT: &str = "abc";
    const HASH: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    fn received(key: &str, sha256: &str) -> KeyOutcome {
        KeyOutcome::Received(Box::new(Receipt {
            number: FilingNumber("1".into()),
            key: FilingKey(key.into()),
            received_at: Time(NOON),
            sha256: sha256.into(),
            to: String::new(),
            text: String::new(),
            signature: String::new(),
            certificate: String::new(),
        }))
    }

    #[test]
    fn only_a_receipt_for_this_key_and_this_text_is_one() {
        let key = FilingKey("k".into());
        let read = |outcome: KeyOutcome| reply(&outcome, &key, STATEMENT);
        assert_eq!(read(received("k", HASH)), Reply::Received);
        assert_eq!(read(received("k", &HASH.to_uppercase())), Reply::Received);
        assert_eq!(read(received("other", HASH)), Reply::Nothing);
        assert_eq!(read(received("k", &HASH.replace('b', "c"))), Reply::Nothing);
        assert_eq!(read(received("k", &HASH[..62])), Reply::Nothing);
        assert_eq!(read(received("k", "")), Reply::Nothing);
        assert_eq!(read(KeyOutcome::Unknown), Reply::Unknown);
        assert_eq!(read(KeyOutcome::Void { at: Time(0) }), Reply::Void);
        let refusal = KeyRefusal { code: "UPS-152".into(), at: Time(0), other: None };
        assert_eq!(read(KeyOutcome::Refused(refusal)), Reply::Refused);
    }
}
