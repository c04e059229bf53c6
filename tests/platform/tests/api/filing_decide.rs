//! `/api/v1/municipality/decide`

use crate::browser::Browser;
use crate::filing_hand::{Desk, Office, rows};
use crate::world::{KYOTAKU, World};
use kakehashi_domain::filing::{FilingNumber, Statement};
use kakehashi_domain::qualification::{Content, InsuranceCertificate, PlanOffice};
use kakehashi_domain::upstream::{
    DecideRequest, DecideResponse, Decision, FilingState, HistoryRequest, HistoryResponse, PersonHandle,
    QualificationRequest, route,
};
use kakehashi_platform::Clock;

async fn certificate(browser: &Browser, person: &PersonHandle) -> InsuranceCertificate {
    let body = QualificationRequest { person: person.clone() };
    let all: kakehashi_domain::qualification::Qualification =
        browser.post(route::PERSON_QUALIFICATION, &body).await.said().ok();
    match all.certificate.content {
        Content::Present(paper) => paper,
        other => panic!("{other:?}"),
    }
}

fn back(reason: &str) -> Decision {
    Decision::Return { reason: reason.into() }
}

#[tokio::test]
async fn what_was_accepted_stands_on_the_certificate_in_the_same_change() {
    let world = World::start().await;
    let office = Office::with(&world, "KYOTAKU.SATO", "hanako").await;
    let before = certificate(&office.browser, &office.person.handle).await;
    let mut statement = office.statement(&world);
    statement.filing.office.name = "かけはし居宅".into();
    let number = office.receipt(&statement).await.number;
    let desk = Desk::of(&world, "ISESAKI.MORI").await;
    let versions = rows(&world, "SELECT count(*) FROM record");
    let opened = desk.accept(&number).await;
    assert_eq!((opened.entry.state, opened.entry.version), (FilingState::Accepted, 2));
    assert!(opened.entry.steps[1].on_certificate);
    let after = certificate(&office.browser, &office.person.handle).await;
    let plan = PlanOffice {
        number: Some(KYOTAKU.parse().unwrap()),
        name: "かけはし居宅".into(),
        filed_on: world.clock().now().date(),
    };
    assert_eq!(after.plan_offices[0], plan);
    assert_eq!(after.plan_offices[1..], before.plan_offices);
    assert_eq!(opened.register.certificate.as_ref(), Some(&after));
    // A new version, and nothing else on it changed.
    assert_eq!(InsuranceCertificate { plan_offices: before.plan_offices.clone(), ..after }, before);
    assert_eq!(rows(&world, "SELECT count(*) FROM record"), versions + 1);
    let body = HistoryRequest { person: office.person.handle.clone() };
    let past: HistoryResponse = office.browser.post(route::PERSON_HISTORY, &body).await.said().ok();
    let latest = past.history.certificates.iter().max_by_key(|one| one.number).unwrap();
    assert_eq!(latest.registered_on, world.clock().now().date());
    // The office sees it, with the municipality's name and not its clerk's.
    let seen = office.list().await.filings.remove(0);
    assert_eq!((seen.state, seen.steps[1].by.as_str()), (FilingState::Accepted, "伊勢崎市 介護保険課"));
    world.stop().await;
}

#[tokio::test]
async fn of_two_clerks_the_second_is_told_and_the_same_again_is_saved_once() {
    let world = World::start().await;
    let office = Office::with(&world, "KYOTAKU.SATO", "hanako").await;
    let number = office.receipt(&office.statement(&world)).await.number;
    let (mori, ishii) = (Desk::of(&world, "ISESAKI.MORI").await, Desk::of(&world, "ISESAKI.ISHII").await);
    let (one, other) =
        tokio::join!(mori.decide(&number, 1, Decision::Accept), ishii.decide(&number, 1, back("理由")));
    let (saved, told, winner, decision) = match (one, other) {
        (DecideResponse::Saved(saved), DecideResponse::Conflict(told)) => {
            (saved, told, &mori, Decision::Accept)
        }
        (DecideResponse::Conflict(told), DecideResponse::Saved(saved)) => (saved, told, &ishii, back("理由")),
        both => panic!("one is saved, one is told: {both:?}"),
    };
    assert_eq!(saved.entry, told.entry);
    let steps = rows(&world, "SELECT count(*) FROM filing_step");
    assert_eq!(winner.decide(&number, 1, decision).await, DecideResponse::Saved(saved));
    // Another decision, another clerk's same one, and one on a version that never was: nothing is done.
    for (desk, version, decision) in [
        (&mori, 1, back("別の理由")),
        (&ishii, 1, back("別の理由")),
        (&mori, 2, Decision::Accept),
        (&ishii, 0, Decision::Accept),
        (&ishii, u32::MAX, Decision::Accept),
    ] {
        assert!(matches!(desk.decide(&number, version, decision).await, DecideResponse::Conflict(_)));
    }
    assert_eq!(rows(&world, "SELECT count(*) FROM filing_step"), steps);
    world.stop().await;
}

#[tokio::test]
async fn what_was_sent_back_is_put_right_by_a_filing_in_its_place() {
    let world = World::start().await;
    let office = Office::with(&world, "KYOTAKU.SATO", "hanako").await;
    let first = office.receipt(&office.statement(&world)).await.number;
    let desk = Desk::of(&world, "ISESAKI.MORI").await;
    let returned = desk.send_back(&first).await;
    assert_eq!(returned.entry.steps[1].reason.as_deref(), Some("開始日を確かめてください"));
    assert!(!returned.entry.steps[1].on_certificate);
    assert_eq!(returned.register.certificate, desk.open(&first).await.ok().register.certificate);
    let mended = Statement { replaces: Some(first.clone()), ..office.statement(&world) };
    let second = office.receipt(&mended).await.number;
    let old = desk.open(&first).await.ok().entry;
    assert_eq!((old.state, old.replaced_by), (FilingState::Superseded, Some(second.clone())));
    assert_eq!(desk.accept(&second).await.entry.replaces, Some(first));
    world.stop().await;
}

#[tokio::test]
async fn what_was_accepted_stands_until_the_one_in_its_place_is_accepted() {
    let world = World::start().await;
    let office = Office::with(&world, "KYOTAKU.SATO", "hanako").await;
    let desk = Desk::of(&world, "ISESAKI.MORI").await;
    let first = office.receipt(&office.statement(&world)).await.number;
    desk.accept(&first).await;
    let mut mended = Statement { replaces: Some(first.clone()), ..office.statement(&world) };
    mended.filing.office.name = "名前を直した事業所".into();
    let second = office.receipt(&mended).await.number;
    assert_eq!(desk.open(&first).await.ok().entry.state, FilingState::Accepted);
    let opened = desk.accept(&second).await;
    let old = desk.open(&first).await.ok().entry;
    assert_eq!((old.state, old.replaced_by), (FilingState::Superseded, Some(second)));
    // Of one day the last stands.
    let plans = opened.register.certificate.unwrap().plan_offices;
    assert_eq!(plans[0].name, "名前を直した事業所");
    assert!(plans[1].filed_on < plans[0].filed_on);
    world.stop().await;
}

#[tokio::test]
async fn without_a_certificate_it_is_accepted_and_says_so() {
    let world = World::start().await;
    let office = Office::with(&world, "KYOTAKU.SATO", "hanako").await;
    let number = office.receipt(&office.statement(&world)).await.number;
    crate::cases::database(&world)
        .execute(
            "DELETE FROM record WHERE kind = 'certificate'
             AND person = (SELECT id FROM person WHERE insured = '0000012345')",
            [],
        )
        .unwrap();
    let desk = Desk::of(&world, "ISESAKI.MORI").await;
    let opened = desk.accept(&number).await;
    assert_eq!(opened.entry.state, FilingState::Accepted);
    assert!(!opened.entry.steps[1].on_certificate && opened.register.certificate.is_none());
    world.stop().await;
}

#[tokio::test]
async fn a_decision_needs_a_clerk_a_filing_and_a_reason() {
    let world = World::start().await;
    let office = Office::with(&world, "KYOTAKU.SATO", "hanako").await;
    let number = office.receipt(&office.statement(&world)).await.number;
    let desk = Desk::of(&world, "ISESAKI.MORI").await;
    let ask =
        |number: &FilingNumber, decision| DecideRequest { number: number.clone(), version: 1, decision };
    for reason in ["", " ", &"あ".repeat(401)] {
        let reply = desk.0.post(route::MUNICIPALITY_DECIDE, &ask(&number, back(reason))).await;
        assert_eq!(reply.problem().2, "reason");
    }
    let code = |reply: crate::browser::Reply| reply.said::<DecideResponse>().refused().code;
    let nothing = FilingNumber("nothing".into());
    let path = route::MUNICIPALITY_DECIDE;
    assert_eq!(code(desk.0.post(path, &ask(&nothing, Decision::Accept)).await), "UPS-157");
    assert_eq!(code(office.browser.post(path, &ask(&number, Decision::Accept)).await), "UPS-130");
    assert_eq!(rows(&world, "SELECT count(*) FROM filing WHERE state = 'received'"), 1);
    world.stop().await;
}
