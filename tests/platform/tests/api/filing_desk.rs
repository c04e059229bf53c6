//! `/api/v1/municipality/filings`, `/filing`, `/paper`

use crate::filing_hand::{Desk, Office, filing, key, rows};
use crate::world::{KYOTAKU, World};
use kakehashi_domain::filing::{FilingNumber, FormKind, IdPaper, Identity, Reason};
use kakehashi_domain::upstream::{
    FilingEntry, FilingState, FilingWay, InboxOpened, InboxRequest, InboxResponse, PaperRequest, route,
};
use kakehashi_platform::Clock;

fn wanted() -> InboxRequest {
    InboxRequest { size: 50, ..InboxRequest::default() }
}

/// Three filings, a minute apart: hanako's, taro's, and one of another form about the holder of a third card.
async fn three(world: &World) -> Vec<FilingNumber> {
    let mut numbers = Vec::new();
    for (card, form) in
        [("hanako", FormKind::HomeCare), ("taro", FormKind::HomeCare), ("revoked", FormKind::Preventive)]
    {
        let office = Office::with(world, "KYOTAKU.SATO", card).await;
        let mut statement = office.statement(world);
        statement.filing.form = form;
        if form == FormKind::Preventive {
            statement.filing.reason = Some(Reason::AddressAndOffice);
        }
        numbers.push(office.receipt(&statement).await.number);
        world.clock().shift(60);
    }
    numbers
}

fn numbers(page: &InboxResponse) -> Vec<&FilingNumber> {
    page.filings.iter().map(|entry| &entry.number).collect()
}

#[tokio::test]
async fn the_inbox_shows_what_is_undecided_oldest_first_and_finds_what_is_asked_for() {
    let world = World::start().await;
    let all = three(&world).await;
    let desk = Desk::of(&world, "ISESAKI.MORI").await;
    let page = desk.inbox(wanted()).await;
    assert_eq!((numbers(&page), page.total), (all.iter().collect(), 3));
    assert!(page.filings.iter().all(|entry| entry.person.is_some()));
    assert_eq!(page.filings[0].by, "かけはし居宅介護支援事業所", "an office, not its staff");
    let first = desk.inbox(InboxRequest { size: 2, ..wanted() }).await;
    assert_eq!((first.filings.len(), first.total), (2, 3));
    let second = desk.inbox(InboxRequest { after: first.next, ..wanted() }).await;
    assert_eq!((numbers(&second), second.total), (vec![&all[2]], 3));
    for (text, found) in [
        ("ヤマダ", 0),
        ("山田", 0),
        ("0000023456", 1),
        ("ほしの", 1),
        (all[2].0.as_str(), 2),
        (&all[0].0.to_lowercase(), 0),
    ] {
        let page = desk.inbox(InboxRequest { text: Some(text.into()), ..wanted() }).await;
        assert_eq!((numbers(&page), page.total), (vec![&all[found]], 1), "{text}");
    }
    let form = Some(FormKind::Preventive);
    assert_eq!(numbers(&desk.inbox(InboxRequest { form, ..wanted() }).await), [&all[2]]);
    // What is decided is looked for by its state, the latest first.
    for number in &all[..2] {
        desk.send_back(number).await;
    }
    let state = Some(FilingState::Returned);
    assert_eq!(numbers(&desk.inbox(InboxRequest { state, ..wanted() }).await), [&all[1], &all[0]]);
    assert_eq!(numbers(&desk.inbox(wanted()).await), [&all[2]]);
    world.stop().await;
}

#[tokio::test]
async fn only_clerks_see_it_and_only_their_own() {
    let world = World::start().await;
    let all = three(&world).await;
    let office = Office::with(&world, "KYOTAKU.SATO", "hanako").await;
    let refused = |reply: crate::browser::Reply| reply.said::<InboxResponse>().refused().code;
    assert_eq!(refused(office.browser.post(route::MUNICIPALITY_FILINGS, &wanted()).await), "UPS-130");
    let okada = Desk::of(&world, "ISESAKI.OKADA").await;
    assert_eq!(refused(okada.0.post(route::MUNICIPALITY_FILINGS, &wanted()).await), "UPS-131");
    assert_eq!(okada.open(&all[0]).await.refused().code, "UPS-131");
    let desk = Desk::of(&world, "ISESAKI.MORI").await;
    let unknown = desk.open(&FilingNumber("102046-2026-0000-0000".into())).await.refused();
    crate::cases::database(&world)
        .execute("UPDATE filing SET insurer = (SELECT min(number) FROM insurer WHERE number <> '102046')", [])
        .unwrap();
    assert_eq!(desk.inbox(wanted()).await.total, 0);
    assert_eq!(desk.open(&all[0]).await.refused(), unknown, "another's is like none");
    world.stop().await;
}

#[tokio::test]
async fn a_filing_is_opened_with_what_the_register_says() {
    let world = World::start().await;
    let office = Office::with(&world, "KYOTAKU.SATO", "hanako").await;
    let statement = office.statement(&world);
    let number = office.receipt(&statement).await.number;
    let desk = Desk::of(&world, "ISESAKI.MORI").await;
    let opened = desk.open(&number).await.ok();
    assert_eq!((&opened.filing, opened.identity), (&statement.filing, Some(statement.identity)));
    assert_eq!(opened.confirmation, Some(statement.confirmation));
    assert!(opened.register.certificate.is_some() && opened.register.others.is_empty());
    desk.accept(&number).await;
    let second = office.receipt(&office.statement(&world)).await.number;
    let others = desk.open(&second).await.ok().register.others;
    assert_eq!(others.iter().map(|entry| &entry.number).collect::<Vec<_>>(), [&number]);
    world.stop().await;
}

fn paper(world: &World, office: &Office) -> PaperRequest {
    let today = world.clock().now().date();
    PaperRequest {
        key: key(),
        filing: filing(world, KYOTAKU, &office.person),
        way: FilingWay::Counter,
        received_on: today.plus_days(-1),
        identity: Some(Identity::Papers { seen: vec![IdPaper::CareInsurance], at: world.clock().now() }),
    }
}

#[tokio::test]
async fn a_filing_on_paper_lives_in_the_same_lists() {
    let world = World::start().await;
    let office = Office::with(&world, "KYOTAKU.SATO", "hanako").await;
    let desk = Desk::of(&world, "ISESAKI.MORI").await;
    let body = paper(&world, &office);
    let entered = desk.paper(&body).await.ok();
    assert_eq!((entered.entry.way, entered.entry.by.as_str()), (FilingWay::Counter, "森 和子"));
    assert_eq!((entered.confirmation.clone(), &entered.identity), (None, &body.identity));
    assert_eq!(desk.paper(&body).await.ok(), entered, "the same key is the same entry");
    let other = PaperRequest { way: FilingWay::Post, ..body.clone() };
    assert_eq!(desk.paper(&other).await.refused().code, "UPS-150");
    assert_eq!(rows(&world, "SELECT count(*) FROM filing"), 1);
    assert_eq!(desk.inbox(wanted()).await.total, 1);
    // Another clerk enters the same sheet; the office files on line.
    let colleague = Desk::of(&world, "ISESAKI.ISHII").await;
    assert_eq!(colleague.paper(&paper(&world, &office)).await.refused().code, "UPS-152");
    assert_eq!(office.refusal(&office.statement(&world)).await, "UPS-152");
    // The plan office sees it, and cannot take it back.
    let seen: Vec<FilingEntry> = office.list().await.filings;
    assert_eq!((seen.len(), seen[0].by.as_str()), (1, "伊勢崎市 介護保険課"));
    assert_eq!(office.cancel(&seen[0].number).await.refused().code, "UPS-158");
    let accepted: InboxOpened = desk.accept(&entered.entry.number).await;
    let plan = accepted.register.certificate.unwrap().plan_offices.remove(0);
    assert_eq!((plan.filed_on, accepted.entry.state), (body.received_on, FilingState::Accepted));
    world.stop().await;
}

#[tokio::test]
async fn a_paper_that_cannot_be_is_refused() {
    let world = World::start().await;
    let office = Office::with(&world, "KYOTAKU.SATO", "hanako").await;
    let desk = Desk::of(&world, "ISESAKI.MORI").await;
    let good = paper(&world, &office);
    let mut nobody = good.clone();
    nobody.filing.insured.number = "0099999999".parse().unwrap();
    assert_eq!(desk.paper(&nobody).await.refused().code, "UPS-111");
    let mut other = good.clone();
    other.filing.insured.insurer = "102053".parse().unwrap();
    assert_eq!(desk.paper(&other).await.refused().code, "UPS-140");
    let mut later = good.clone();
    later.filing.filed_on = later.filing.filed_on.plus_days(1);
    assert_eq!(desk.paper(&later).await.refused().code, "UPS-155");
    for (body, part) in [
        (PaperRequest { key: kakehashi_domain::filing::FilingKey("x".into()), ..good.clone() }, "key"),
        (PaperRequest { way: FilingWay::Online, ..good.clone() }, "way"),
        (PaperRequest { received_on: good.received_on.plus_days(2), ..good.clone() }, "received_on"),
    ] {
        assert_eq!(desk.0.post(route::MUNICIPALITY_PAPER, &body).await.problem().2, part);
    }
    assert_eq!(rows(&world, "SELECT count(*) FROM filing"), 0);
    assert_eq!(
        office.browser.post(route::MUNICIPALITY_PAPER, &good).await.said::<InboxOpened>().refused().code,
        "UPS-130"
    );
    world.stop().await;
}
