use super::*;

fn now() -> Time {
    Date::new(2026, 11, 22).unwrap().at((14, 5)).plus(20)
}

/// Filled in by the person, for good.
fn whole() -> ConsentDraft {
    ConsentDraft {
        giver: Some(ConsentGiver::Person),
        method: Some(ConsentMethod::Written),
        basis: Some(ConsentBasis::OfficeForm),
        scope: vec![ConsentScope::Progress, ConsentScope::Survey],
        ends: Some(false),
        ..ConsentDraft::new(now())
    }
}

fn fields(draft: &ConsentDraft) -> Vec<ConsentField> {
    draft.terms(now()).unwrap_err().into_iter().map(|(field, _)| field).collect()
}

#[test]
fn what_is_right_becomes_the_record() {
    let terms = whole().terms(now()).unwrap();
    assert_eq!((terms.given_at, terms.until, terms.giver_name), (now(), None, None));
    let draft = ConsentDraft {
        giver: Some(ConsentGiver::Representative),
        name: " 山田 一郎 ".into(),
        relation: "長男".into(),
        version: "R8.4".into(),
        day: "R8.11.20".into(),
        clock: "9時".into(),
        ends: Some(true),
        last: "2026-11-22".into(),
        ..whole()
    };
    let terms = draft.terms(now()).unwrap();
    assert_eq!(terms.giver_name.as_deref(), Some("山田 一郎(長男)"));
    assert_eq!(terms.given_at.to_string(), "2026-11-20 09:00");
    assert_eq!(terms.until.unwrap().to_string(), "2026-11-23 00:00", "through the whole of its last day");
    assert_eq!(terms.basis_version.as_deref(), Some("R8.4"));
}

#[test]
fn an_empty_form_names_every_question_in_the_order_of_the_page() {
    use ConsentField::*;
    assert_eq!(fields(&ConsentDraft::default()), [Giver, Method, Basis, Scope, Day, Clock, Ends]);
    let draft = ConsentDraft { giver: Some(ConsentGiver::Representative), ends: Some(true), ..whole() };
    assert_eq!(fields(&draft), [Name, Relation, Last]);
}

#[test]
fn nobody_consents_tomorrow_or_till_yesterday() {
    use ConsentField::*;
    assert_eq!(fields(&ConsentDraft { day: "2026-11-23".into(), ..whole() }), [Day]);
    assert_eq!(fields(&ConsentDraft { clock: "14:06".into(), ..whole() }), [Clock]);
    let over = ConsentDraft { ends: Some(true), last: "2026-11-21".into(), ..whole() };
    assert_eq!(fields(&over), [Last]);
    assert_eq!(fields(&ConsentDraft { clock: "15:00".into(), ..over }), [Clock, Last], "in their order");
    assert_eq!(
        fields(&ConsentDraft { day: "2026-02-30".into(), clock: "25:00".into(), ..whole() }),
        [Day, Clock]
    );
}

#[test]
fn what_is_too_long_for_the_record_is_said_before_it_is_sent() {
    use ConsentField::*;
    let long = "あ".repeat(101);
    assert_eq!(fields(&ConsentDraft { version: long.clone(), ..whole() }), [Version]);
    let giver = Some(ConsentGiver::Representative);
    assert_eq!(fields(&ConsentDraft { giver, name: long, relation: "妻".into(), ..whole() }), [Name]);
}

#[test]
fn kinds_stand_in_the_order_of_the_paper_once_each() {
    let mut draft = ConsentDraft::default();
    for scope in [ConsentScope::Opinion, ConsentScope::Progress, ConsentScope::Opinion] {
        draft.cover(scope, true);
    }
    assert_eq!(draft.scope, [ConsentScope::Progress, ConsentScope::Opinion]);
    draft.cover(ConsentScope::Progress, false);
    assert_eq!(draft.scope, [ConsentScope::Opinion]);
}
