//! `/api/v1/filing/list`, `/cancel`

use crate::filing_hand::{Desk, Office, rows};
use crate::world::World;
use kakehashi_domain::filing::{FilingNumber, Statement};
use kakehashi_domain::upstream::{
    CancelRequest, FilingEntry, FilingState, FilingWay, FilingsRequest, FilingsResponse, PageMark,
    PersonHandle, route,
};

async fn list(office: &Office, body: FilingsRequest) -> FilingsResponse {
    office.browser.post(route::FILING_LIST, &body).await.said().ok()
}

#[tokio::test]
async fn the_offices_own_latest_first_in_pages_each_once() {
    let world = World::start().await;
    let office = Office::with(&world, "KYOTAKU.SATO", "hanako").await;
    let mut numbers = Vec::new();
    let mut replaces = None;
    for second in 0..7 {
        let statement = Statement { replaces: replaces.take(), ..office.statement(&world) };
        let receipt = office.receipt(&statement).await;
        numbers.insert(0, receipt.number.clone());
        replaces = Some(receipt.number);
        // Some came in the same second.
        world.clock().shift(second % 2);
    }
    let taro = Office::with(&world, "KYOTAKU.SATO", "taro").await;
    let other = taro.receipt(&taro.statement(&world)).await.number;
    let (mut paged, mut after) = (Vec::new(), None);
    loop {
        let person = Some(office.person.handle.clone());
        let page = list(&office, FilingsRequest { person, after, size: 3 }).await;
        assert!(page.filings.len() <= 3);
        paged.extend(page.filings.into_iter().map(|entry| entry.number));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(paged, numbers);
    let all = office.list().await.filings;
    assert_eq!((all.len(), &all[0].number), (8, &other));
    let (first, last) = (&all[1], &all[7]);
    assert_eq!((first.state, first.way, first.version), (FilingState::Received, FilingWay::Online, 1));
    assert_eq!((last.state, &last.replaced_by), (FilingState::Superseded, &Some(numbers[5].clone())));
    assert_eq!(first.replaces, Some(numbers[1].clone()));
    assert_eq!(
        last.steps.iter().map(|step| step.state).collect::<Vec<_>>(),
        [FilingState::Received, FilingState::Superseded]
    );
    assert_eq!((first.by.as_str(), first.office.as_str()), ("佐藤 健一", "1070400005"));
    for (body, part) in [
        (FilingsRequest { size: 0, ..FilingsRequest::default() }, "size"),
        (FilingsRequest { size: 201, ..FilingsRequest::default() }, "size"),
        (FilingsRequest { size: 1, after: Some(PageMark("?".into())), person: None }, "after"),
    ] {
        assert_eq!(office.browser.post(route::FILING_LIST, &body).await.problem().2, part);
    }
    world.stop().await;
}

#[tokio::test]
async fn another_offices_filings_are_not_there_and_a_person_is_named_while_they_may_be_viewed() {
    let world = World::start().await;
    let mut office = Office::with(&world, "KYOTAKU.SATO", "hanako").await;
    let number = office.receipt(&office.statement(&world)).await.number;
    let elsewhere = Office::with(&world, "HOUKATSU.NAKAMURA", "hanako").await;
    assert_eq!(elsewhere.list().await.filings, []);
    let person = Some(PersonHandle("nobody".into()));
    assert_eq!(
        list(&office, FilingsRequest { person, size: 9, ..FilingsRequest::default() }).await.filings,
        []
    );
    assert_eq!(elsewhere.cancel(&number).await.refused().code, "UPS-157");
    assert_eq!(elsewhere.cancel(&FilingNumber("nothing".into())).await.refused().code, "UPS-157");
    let day = Office::with(&world, "DAY.TANAKA", "hanako").await;
    let body = FilingsRequest { size: 9, ..FilingsRequest::default() };
    let refused = day.browser.post(route::FILING_LIST, &body).await.said::<FilingsResponse>().refused();
    assert_eq!(refused.code, "UPS-130");
    // The right is over: the filing is the office's, the person is no more.
    assert_eq!(office.list().await.filings[0].person.as_ref(), Some(&office.person));
    world.clock().shift(86_400);
    world.sign_in_with(&mut office.browser, "KYOTAKU.SATO").await;
    let entry = office.list().await.filings.remove(0);
    assert_eq!((entry.number, entry.person), (number, None));
    world.stop().await;
}

#[tokio::test]
async fn a_filing_is_taken_back_while_nobody_has_decided() {
    let world = World::start().await;
    let office = Office::with(&world, "KYOTAKU.SATO", "hanako").await;
    let first = office.receipt(&office.statement(&world)).await.number;
    let entry = office.cancel(&first).await.ok();
    assert_eq!((entry.state, entry.version), (FilingState::Cancelled, 2));
    assert_eq!(entry.steps[1].reason.as_deref(), Some("事業所を変えることになった"));
    world.clock().shift(60);
    assert_eq!(office.cancel(&first).await.ok(), entry, "any number of times");
    // Another one may follow; what is decided cannot be taken back.
    let second = office.receipt(&office.statement(&world)).await.number;
    let desk = Desk::of(&world, "ISESAKI.MORI").await;
    desk.send_back(&second).await;
    assert_eq!(office.cancel(&second).await.refused().code, "UPS-158");
    for reason in ["", "  ", &"あ".repeat(401)] {
        let body = CancelRequest { number: first.clone(), reason: reason.into() };
        assert_eq!(office.browser.post(route::FILING_CANCEL, &body).await.problem().2, "reason");
    }
    let body = CancelRequest { number: second, reason: "市町村".into() };
    let refused = desk.0.post(route::FILING_CANCEL, &body).await.said::<FilingEntry>().refused();
    assert_eq!(refused.code, "UPS-130");
    world.stop().await;
}

#[tokio::test]
async fn taking_back_and_deciding_at_once_leave_one_of_them() {
    let world = World::start().await;
    let office = Office::with(&world, "KYOTAKU.SATO", "hanako").await;
    let desk = Desk::of(&world, "ISESAKI.MORI").await;
    for _ in 0..5 {
        let number = office.receipt(&office.statement(&world)).await.number;
        let decision = kakehashi_domain::upstream::Decision::Return { reason: "理由".into() };
        let _ = tokio::join!(office.cancel(&number), desk.decide(&number, 1, decision));
    }
    assert_eq!(rows(&world, "SELECT count(*) FROM filing_step"), 10, "one step each after 受付");
    assert_eq!(rows(&world, "SELECT count(*) FROM filing WHERE version <> 2"), 0);
    world.stop().await;
}

#[tokio::test]
async fn every_step_stands_in_the_record() {
    let world = World::start().await;
    let office = Office::with(&world, "KYOTAKU.SATO", "hanako").await;
    let number = office.receipt(&office.statement(&world)).await.number;
    office.refusal(&office.statement(&world)).await;
    office.list().await;
    office.cancel(&number).await.ok();
    let lines = |kind: &str, refused: &str| {
        rows(&world, &format!("SELECT count(*) FROM audit WHERE kind = '{kind}' AND refused {refused}"))
    };
    assert_eq!(lines("filing_submitted", "IS NULL"), 1);
    assert_eq!(lines("filing_submitted", "= 'UPS-152'"), 1);
    assert_eq!((lines("filing_list", "IS NULL"), lines("filing_cancelled", "IS NULL")), (1, 1));
    world.stop().await;
}
