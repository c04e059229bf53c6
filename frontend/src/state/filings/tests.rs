use super::*;
use domain::calendar::Time;
use domain::filing::outbox::{Call, Event, Line, Outbox, Phase, Reply};
use domain::filing::{Answers, Field, FilingKey};
use domain::upstream::KeyOutcome;

fn person() -> domain::upstream::Person {
    crate::state::board::sample::entry("a", "a", 1).person
}

pub(super) fn draft() -> Draft {
    Draft {
        person: person(),
        certificate: None,
        answers: Answers::default(),
        page: 1,
        replaces: None,
        begun_at: Time(5),
        sent: None,
    }
}

fn sent(phase: Phase) -> Sent {
    let mut outbox = Outbox::confirmed(FilingKey("k".into()), Time(0));
    outbox.phase = phase;
    Sent { statement: "{}".into(), signature: "s".into(), outbox, outcome: None }
}

fn kept(key: u64, draft: Draft) -> Kept {
    Kept { key: DraftKey(key), version: 1, draft: Rc::new(draft), saved: Saved::At(Time(1)), trouble: None }
}

#[test]
fn a_draft_reads_as_it_was_written() {
    let certificate = serde_json::from_str(
        r#"{"issued_on":"2026-04-01","state":"certified","level":"22","certified_on":"2026-03-20",
            "validity":{"from":"2026-04-01","to":"2027-03-31"},"monthly_units":19705,"committee_opinion":null,
            "plan_offices":[{"number":"1070400005","name":"甲","filed_on":"2026-04-01"}]}"#,
    );
    let certificate = Some(certificate.unwrap());
    let mut written = Draft { sent: Some(sent(Phase::Sent)), certificate, ..draft() };
    written.answers.set(Field::ReasonText, "「その他」\n\u{1F600}");
    written.sent.as_mut().unwrap().outcome = Some(KeyOutcome::Void { at: Time(9) });
    let bytes = serde_json::to_vec(&written).unwrap();
    assert_eq!(crate::service::json::read::<Draft>(&bytes).unwrap(), written);
}

#[test]
fn what_waits_is_counted_and_what_has_ended_is_not() {
    let mut filings = Filings::default();
    filings.put(kept(1, draft()));
    for (key, phase) in
        [(2, Phase::Waiting), (3, Phase::Sent), (4, Phase::GivingUp), (5, Phase::Received), (6, Phase::Void)]
    {
        filings.put(kept(key, Draft { sent: Some(sent(phase)), ..draft() }));
    }
    assert_eq!(filings.counts(), (1, 2));
    let may_go: Vec<u64> =
        filings.drafts.iter().filter(|one| one.draft.may_go()).map(|one| one.key.0).collect();
    assert_eq!(may_go, [6, 5, 1]);
}

#[test]
fn a_session_that_ends_leaves_only_what_lies_nowhere_else() {
    let mut filings = Filings { opening: Opening::Open, ..Filings::default() };
    filings.put(kept(1, draft()));
    filings.put(Kept { version: 0, ..kept(2, draft()) });
    filings.put(Kept { saved: Saved::Not(Problem::new("APP-012")), ..kept(3, draft()) });
    filings.close();
    assert_eq!(filings.drafts.iter().map(|one| one.key.0).collect::<Vec<_>>(), [3, 2]);
    assert_eq!(filings.opening, Opening::Not);
}

#[test]
fn only_what_was_refused_or_given_up_is_written_on_again() {
    for (phase, again) in [
        (Phase::Waiting, false),
        (Phase::Sent, false),
        (Phase::GivingUp, false),
        (Phase::Received, false),
        (Phase::Refused, true),
        (Phase::Void, true),
    ] {
        let reopened = Draft { sent: Some(sent(phase)), ..draft() }.reopened();
        assert_eq!(reopened.is_some(), again, "{phase:?}");
        assert!(reopened.is_none_or(|draft| draft.is_open()));
    }
    assert_eq!(draft().reopened(), None);
}

#[test]
fn what_another_tab_has_learnt_stays_and_nothing_goes_back() {
    let mut mine = Draft { sent: Some(sent(Phase::Waiting)), ..draft() };
    let mut theirs = Draft { sent: Some(sent(Phase::Received)), ..draft() };
    theirs.sent.as_mut().unwrap().outcome = Some(KeyOutcome::Void { at: Time(9) });
    mine.take_in(&theirs);
    assert_eq!(mine.sent.as_ref().unwrap().outbox.phase, Phase::Received);
    assert!(mine.sent.as_ref().unwrap().outcome.is_some());
    mine.take_in(&Draft { sent: Some(sent(Phase::Sent)), ..draft() });
    assert_eq!(mine.sent.as_ref().unwrap().outbox.phase, Phase::Received);
    // What was confirmed there is confirmed here.
    let mut open = draft();
    open.take_in(&theirs);
    assert_eq!(open, theirs);
}

#[test]
fn a_machine_that_was_read_back_goes_on() {
    let mut there = sent(Phase::Waiting).outbox;
    let step = there.handle(Event::Tick(Line::Up), Time(10), 0);
    assert_eq!(step.call, Some(Call::Submit));
    let text = serde_json::to_vec(&there).unwrap();
    let mut back: Outbox = crate::service::json::read(&text).unwrap();
    let _ = back.handle(Event::Restarted, Time(11), 0);
    let step = back.handle(Event::Tick(Line::Up), Time(20), 0);
    assert_eq!(step.call, Some(Call::Keys), "it asks before it sends again");
    let _ = back.handle(Event::Answer(Call::Keys, Reply::Received), Time(21), 0);
    assert!(back.ended());
}
