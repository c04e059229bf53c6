//! What is due for one client, from each side.

use super::*;
use crate::certification::{Application, ApplicationKind, Case, CaseId, Outcome, Validity};
use crate::filing::sample::{day, entry, filing, office};
use crate::filing::{Filing, FormKind};
use crate::number::InsurerNumber;
use crate::qualification::sample::{period, qualification};
use crate::qualification::{CertificationState, Content, PlanOffice};
use crate::upstream::{ClientEntry, FilingEntry, FilingState, Outline, ViewingRight, Way};

fn client(level: Option<CareLevel>, stands: Option<&str>) -> ClientEntry {
    let mut all = qualification();
    let certificate = all.certificate.change();
    certificate.level = level;
    certificate.plan_offices = stands
        .map(|one| PlanOffice { number: Some(office(one)), name: "乙".into(), filed_on: day("2026-04-01") })
        .into_iter()
        .collect();
    ClientEntry {
        person: all.person.clone(),
        right: ViewingRight { way: Way::Card, until: crate::calendar::Time(0) },
        outline: Some(Outline::of(&all)),
    }
}

fn change(client: &mut ClientEntry, what: impl FnOnce(&mut crate::upstream::CertificateOutline)) {
    match client.outline.as_mut().map(|outline| &mut outline.certificate) {
        Some(Content::Present(paper)) => what(paper),
        _ => panic!("the sample holds it"),
    }
}

fn decided(level: CareLevel, from: &str, on: &str) -> Case {
    Case {
        application: Some(Application { kind: ApplicationKind::Change, on: day(from) }),
        outcome: Some(Outcome::Certified {
            on: day(on),
            level,
            validity: Validity { from: day(from), to: day("2027-11-30") },
        }),
        ..Case::new(CaseId("c".into()))
    }
}

fn due_with(client: &ClientEntry, cases: &[&Case], filings: &[&FilingEntry], today: &str) -> Vec<Due> {
    let ours = office("1070400005");
    let asks = Office { service: ServiceType::CareManagement, number: &ours };
    let client = Client { entry: client, cases, filings, moved: false };
    dues(asks, &client, day(today), &Settings::default())
}

fn kinds(client: &ClientEntry, cases: &[&Case], filings: &[&FilingEntry]) -> Vec<DueKind> {
    due_with(client, cases, filings, "2026-11-23").iter().map(|one| one.kind).collect()
}

#[test]
fn without_a_plan_office_the_month_end_counts() {
    let none = client(Some(CareLevel::Care2), None);
    let all = due_with(&none, &[], &[], "2026-11-23");
    assert_eq!(all.len(), 1);
    assert_eq!((all[0].kind, all[0].by, all[0].days_left), (DueKind::NoPlanOffice, day("2026-11-30"), 7));
    assert_eq!((all[0].counter, all[0].urgency), (Some(day("2026-11-30")), Urgency::Now));
    assert_eq!(due_with(&none, &[], &[], "2026-11-01")[0].urgency, Urgency::Soon);
    for level in [None, Some(CareLevel::None)] {
        assert_eq!(kinds(&client(level, None), &[], &[]), [], "{level:?} has no plan");
    }
    assert_eq!(kinds(&client(Some(CareLevel::Programme), None), &[], &[]), [DueKind::NoPlanOffice]);
    assert_eq!(due_with(&none, &[], &[], "2027-04-01"), [], "the 認定 is over: that is said elsewhere");
}

#[test]
fn what_is_filed_is_not_due_and_what_came_back_is() {
    let none = client(Some(CareLevel::Care2), None);
    for state in [FilingState::Received, FilingState::Accepted] {
        assert_eq!(kinds(&none, &[], &[&entry(&filing(), state)]), [], "{state:?}");
    }
    let back = entry(&filing(), FilingState::Returned);
    let all = due_with(&none, &[], &[&back], "2026-12-05");
    assert_eq!((all[0].kind, all[0].by), (DueKind::Returned, day("2026-12-31")));
    assert_eq!(all[0].filing, Some(back.number.clone()));
    assert_eq!(all.len(), 1, "one deed, one line");
    let mended = FilingEntry { replaced_by: Some(FilingNumber("F-2".into())), ..back };
    assert_eq!(kinds(&none, &[], &[&mended, &entry(&filing(), FilingState::Received)]), []);
    for state in [FilingState::Cancelled, FilingState::Superseded] {
        assert_eq!(kinds(&none, &[], &[&entry(&filing(), state)]), [DueKind::NoPlanOffice], "{state:?}");
    }
}

#[test]
fn crossing_between_support_and_care_is_filed_anew() {
    let to = CareLevel::Care1;
    let case = decided(to, "2026-11-10", "2026-11-20");
    let centre = client(Some(CareLevel::Support2), Some("1000400000"));
    let all = due_with(&centre, &[&case], &[], "2026-11-23");
    assert_eq!((all[0].kind, all[0].by), (DueKind::LevelCrossed { to }, day("2026-11-30")));
    // The certificate says it already.
    assert_eq!(kinds(&client(Some(to), Some("1000400000")), &[], &[]), [DueKind::LevelCrossed { to }]);
    // Our own form is for the other level.
    let preventive = entry(&Filing { form: FormKind::Preventive, ..filing() }, FilingState::Accepted);
    let ours = client(Some(to), Some("1070400005"));
    let all = due_with(&ours, &[], &[&preventive], "2026-11-23");
    assert_eq!(
        (all[0].kind, all[0].filing.as_ref()),
        (DueKind::LevelCrossed { to }, Some(&preventive.number))
    );
    let home = entry(&filing(), FilingState::Accepted);
    assert_eq!(kinds(&ours, &[], &[&home]), []);
}

#[test]
fn a_provisional_filing_that_turned_out_otherwise_has_fourteen_days() {
    let to = CareLevel::Support1;
    let home = Filing { filed_on: day("2026-11-12"), provisional: true, ..filing() };
    let mut case = decided(to, "2026-11-10", "2026-11-20");
    let held = client(Some(CareLevel::Care1), Some("1070400005"));
    let all = due_with(&held, &[&case], &[&entry(&home, FilingState::Accepted)], "2026-11-23");
    assert_eq!((all[0].kind, all[0].by), (DueKind::ProvisionalDiffers { to }, day("2026-12-04")));
    case.notified_on = Some(day("2026-11-22"));
    let all = due_with(&held, &[&case], &[&entry(&home, FilingState::Accepted)], "2026-11-23");
    assert_eq!(all[0].by, day("2026-12-06"));
    let before = Filing { filed_on: day("2026-11-09"), ..home };
    let all = due_with(&held, &[&case], &[&entry(&before, FilingState::Accepted)], "2026-11-23");
    assert_eq!(all[0].kind, DueKind::LevelCrossed { to }, "it was filed before the application");
}

#[test]
fn another_office_is_a_note_and_a_centre_that_entrusts_is_none() {
    let other = client(Some(CareLevel::Care2), Some("1070400013"));
    let all = due_with(&other, &[], &[], "2026-11-23");
    assert_eq!((all[0].kind, all[0].urgency), (DueKind::OtherOffice, Urgency::Note));
    assert!(all[0].kind.is_note());
    let mut own = client(Some(CareLevel::Care2), Some("1070400013"));
    change(&mut own, |paper| {
        if let Some(one) = paper.plan_office.as_mut() {
            one.number = None;
        }
    });
    assert_eq!(kinds(&own, &[], &[]), [DueKind::OtherOffice], "自己作成");
    assert_eq!(kinds(&client(Some(CareLevel::Care2), Some("1070400005")), &[], &[]), []);
    assert_eq!(kinds(&client(Some(CareLevel::Support1), Some("1000400000")), &[], &[]), []);
    assert_eq!(kinds(&other, &[], &[&entry(&filing(), FilingState::Accepted)]), [], "ours is newer");
}

#[test]
fn care_before_the_decision_needs_a_filing_as_well() {
    let mut first = client(None, None);
    change(&mut first, |paper| {
        paper.state = CertificationState::Applied;
        paper.validity = None;
    });
    assert_eq!(kinds(&first, &[], &[]), [DueKind::BeforeDecision]);
    assert_eq!(kinds(&first, &[], &[&entry(&filing(), FilingState::Accepted)]), []);
    let mut over = client(Some(CareLevel::Care1), Some("1070400005"));
    change(&mut over, |paper| {
        paper.state = CertificationState::Applied;
        paper.validity = Some(period("2025-10-01", "2026-09-30"));
    });
    assert_eq!(kinds(&over, &[], &[]), [], "the office stands there");
}

#[test]
fn who_moved_is_found_under_both_insurers() {
    let old = client(Some(CareLevel::Care2), Some("1070400005"));
    let mut new = client(Some(CareLevel::Care2), None);
    new.person.insurer = InsurerNumber::parse("102012").unwrap();
    new.person.kana = "ﾔﾏﾀﾞ ﾊﾅｺ".into();
    let mut another = new.clone();
    another.person.birth_date = day("1941-03-02").into();
    let clients = [old, new, another];
    assert_eq!(moved(&clients), [true, true, false]);
    let ours = office("1070400005");
    let asks = Office { service: ServiceType::CareManagement, number: &ours };
    let with = |at: usize| {
        let client = Client { entry: &clients[at], cases: &[], filings: &[], moved: moved(&clients)[at] };
        dues(asks, &client, day("2026-11-23"), &Settings::default())
            .iter()
            .map(|one| one.kind)
            .collect::<Vec<_>>()
    };
    assert_eq!((with(0), with(1)), (vec![], vec![DueKind::Moved]));
    assert_eq!(with(2), [DueKind::NoPlanOffice]);
}

#[test]
fn offices_that_make_no_plans_and_people_who_may_not_be_seen_have_none() {
    let mut none = client(Some(CareLevel::Care2), None);
    let ours = office("1070400005");
    for service in [ServiceType::DayService, ServiceType::HomeVisit, ServiceType::Clinic] {
        let asks = Office { service, number: &ours };
        let client = Client { entry: &none, cases: &[], filings: &[], moved: false };
        assert_eq!(dues(asks, &client, day("2026-11-23"), &Settings::default()), []);
    }
    let asks = Office { service: ServiceType::CommunitySupport, number: &ours };
    let of = |entry: &ClientEntry| {
        let client = Client { entry, cases: &[], filings: &[], moved: false };
        dues(asks, &client, day("2026-11-23"), &Settings::default()).len()
    };
    assert_eq!(of(&none), 0, "a centre makes no plan for 要介護");
    assert_eq!(of(&client(Some(CareLevel::Support2), None)), 1);
    none.outline = None;
    assert_eq!(kinds(&none, &[], &[]), []);
    let back = entry(&filing(), FilingState::Returned);
    assert_eq!(kinds(&none, &[], &[&back]), [DueKind::Returned], "of its own filings the office hears");
}

#[test]
fn a_facility_makes_its_own_plans() {
    let mut held = client(Some(CareLevel::Care2), None);
    change(&mut held, |paper| paper.in_facility = true);
    assert_eq!(kinds(&held, &[], &[]), []);
    let mut all = qualification();
    let facility = |left_on| crate::qualification::Facility {
        kind: "介護老人福祉施設".into(),
        name: "甲".into(),
        entered_on: day("2026-05-01"),
        left_on,
    };
    all.certificate.change().facilities = vec![facility(Some(day("2026-08-31")))];
    let stays = |all: &crate::qualification::Qualification| match Outline::of(all).certificate {
        Content::Present(paper) => paper.in_facility,
        _ => panic!("the sample holds it"),
    };
    assert!(!stays(&all));
    all.certificate.change().facilities.push(facility(None));
    assert!(stays(&all));
}

#[test]
fn over_all_clients_the_most_pressing_comes_first() {
    let named = |handle: &str, level, stands| {
        let mut one = client(Some(level), stands);
        one.person.handle = crate::upstream::PersonHandle(handle.into());
        one.person.kana = handle.into();
        one
    };
    let clients = [
        named("p1", CareLevel::Care2, Some("1070400013")),
        named("p2", CareLevel::Care2, None),
        named("p3", CareLevel::Care2, None),
    ];
    let mut back = entry(&filing(), FilingState::Returned);
    back.person = Some(clients[2].person.clone());
    let mut waits = entry(&filing(), FilingState::Received);
    waits.person = Some(clients[1].person.clone());
    let ours = office("1070400005");
    let asks = Office { service: ServiceType::CareManagement, number: &ours };
    let settings = Settings::default();
    let all = |filings: &[FilingEntry]| {
        dues_of_all(asks, &clients, &[], filings, day("2026-11-23"), &settings)
            .into_iter()
            .map(|(at, due)| (at, due.kind))
            .collect::<Vec<_>>()
    };
    let (none, other) = (DueKind::NoPlanOffice, DueKind::OtherOffice);
    assert_eq!(all(&[]), [(1, none), (2, none), (0, other)]);
    let returned = (2, DueKind::Returned);
    assert_eq!(all(&[back, waits]), [returned, (0, other)]);
}
