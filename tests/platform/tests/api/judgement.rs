//! `/api/v1/documents/list`, `/open`: 判定結果・審査会の意見

use crate::browser::{Browser, Said};
use crate::consent;
use crate::documents::{content, file, list, noted, open, still};
use crate::municipality::{clerk, save};
use crate::person_search::{request, search};
use crate::world::World;
use kakehashi_domain::access::Age;
use kakehashi_domain::certification::{Case, Fact, History, Outcome};
use kakehashi_domain::document::Judgement;
use kakehashi_domain::qualification::CareLevel;
use kakehashi_domain::upstream::{
    CaseEventsRequest, CaseEventsResponse, ConsentScope, DocumentHead, DocumentKind, DocumentOpened,
    DocumentPart, PersonHandle, route,
};
use kakehashi_platform::{Clock, DemoPerson};
use kakehashi_viewer::Document;

/// Finds somebody and records that they consented to everything.
async fn consented(world: &World, browser: &Browser, who: &DemoPerson) -> PersonHandle {
    let person = search(browser, &request(who)).await.ok().person.handle;
    let mut terms = consent::terms(world.clock().now());
    terms.scope.push(ConsentScope::Judgement);
    consent::record(browser, &person, terms).await.ok();
    person
}

async fn judgements(browser: &Browser, person: &PersonHandle) -> Vec<DocumentHead> {
    let listed = list(browser, person).await;
    let shelf = listed.kinds.into_iter().find(|shelf| shelf.kind == DocumentKind::Judgement).unwrap();
    assert_eq!(shelf.closed, None);
    shelf.documents
}

/// The cases as their events come to.
async fn cases(browser: &Browser, person: &PersonHandle) -> Vec<History> {
    let body = CaseEventsRequest { person: person.clone() };
    let said: CaseEventsResponse = browser.post(route::CASES_EVENTS, &body).await.said().ok();
    said.cases.into_iter().map(|one| History::of(one.case, one.events)).collect()
}

async fn read(browser: &Browser, person: &PersonHandle, head: &DocumentHead) -> Judgement {
    let (opened, judgement) = content::<Judgement>(browser, person, head).await;
    assert_eq!((&opened.head, judgement.on()), (head, head.on));
    judgement
}

#[tokio::test]
async fn it_says_what_case_and_certificate_say() {
    let world = World::seeded(300, 0).await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let hanako = consented(&world, &browser, world.person("hanako")).await;
    let heads = judgements(&browser, &hanako).await;
    let judgement = read(&browser, &hanako, &heads[0]).await;
    let case = cases(&browser, &hanako).await.into_iter().find(|one| one.case.id == heads[0].case).unwrap();
    let Case { committee_on, outcome, first_judgement_on, .. } = case.case;
    assert_eq!(
        (judgement.second.committee_on, Some(&judgement.second.outcome)),
        (committee_on, outcome.as_ref())
    );
    assert_eq!(judgement.first.as_ref().unwrap().on, first_judgement_on);
    assert_eq!(judgement.level(), Some(CareLevel::Care2));
    assert_eq!(
        judgement.second.opinion.as_deref(),
        Some("転倒の危険があるため、下肢筋力の維持に努めること。"),
        "as the certificate of that day has it"
    );
    assert_eq!(read(&browser, &hanako, &heads[0]).await, judgement, "the same every time");
    let (pdf, _) = file(&browser, &hanako, &heads[0]).await;
    assert_eq!(Some(Document::open(pdf).unwrap().sizes().len() as u32), heads[0].pdf_pages);
    world.stop().await;
}

#[tokio::test]
async fn only_what_was_decided_has_one_and_the_one_before_stays() {
    let world = World::seeded(300, 0).await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let waiting = consented(&world, &browser, noted(&world, "はじめての認定で一次判定を待つ人")).await;
    assert_eq!(judgements(&browser, &waiting).await, [], "there is none yet, and that is no refusal");
    let person = consented(&world, &browser, noted(&world, "認定の結果が出たばかりの人")).await;
    let heads = judgements(&browser, &person).await;
    assert_eq!(heads.iter().map(|head| head.age).collect::<Vec<_>>(), [Age::Latest, Age::Previous]);
    let (now, before) = (read(&browser, &person, &heads[0]).await, read(&browser, &person, &heads[1]).await);
    assert!(now.level() > before.level() && now.on() > before.on());
    // 取下げ: nothing was judged; the one of the certification that holds is the latest.
    let gone = consented(&world, &browser, noted(&world, "申請を取り下げた人")).await;
    let withdrawn = cases(&browser, &gone).await.into_iter().map(|one| one.case);
    let withdrawn = withdrawn.filter(|case| matches!(case.outcome, Some(Outcome::Withdrawn { .. })));
    let names: Vec<_> = withdrawn.map(|case| case.id).collect();
    assert_eq!(names.len(), 1);
    assert!(judgements(&browser, &gone).await.iter().all(|head| !names.contains(&head.case)));
    world.stop().await;
}

#[tokio::test]
async fn a_corrected_result_is_another_paper_and_the_old_one_is_not_shown_any_more() {
    let world = World::seeded(300, 0).await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let person = consented(&world, &browser, noted(&world, "認定の結果があとから訂正された人")).await;
    let old = judgements(&browser, &person).await.remove(0);
    let (was, (file_before, _)) = (read(&browser, &person, &old).await, file(&browser, &person, &old).await);
    let history = cases(&browser, &person).await.into_iter().find(|one| one.case.id == old.case).unwrap();
    let outcomes = history.entries.iter().filter(|entry| matches!(entry.event.fact, Fact::Outcome(_)));
    assert_eq!(outcomes.map(|entry| entry.holds).collect::<Vec<_>>(), [false, true]);
    assert_eq!(history.case.outcome.as_ref(), Some(&was.second.outcome), "what holds");
    let Some(Outcome::Certified { level: mistaken, .. }) = history.case.outcome_before else { panic!() };
    assert!(was.level() < Some(mistaken));

    // Corrected once more, at the municipality.
    let clerk = clerk(&world, "ISESAKI.MORI").await;
    let Outcome::Certified { on, validity, .. } = was.second.outcome else { panic!() };
    let again = Outcome::Certified { on, level: mistaken, validity };
    save(&clerk, &history.case, &[Fact::Outcome(again)]).await;
    for part in [DocumentPart::Content, DocumentPart::Pdf { offset: 0 }] {
        let said: Said<DocumentOpened<()>> = open(&browser, &person, &old.id, part).await.said();
        assert_eq!(said.refused().code, "UPS-139");
    }
    assert_eq!(still(&browser, &person, &old.id).await.refused().code, "UPS-139", "it leaves a screen");
    let new = judgements(&browser, &person).await.remove(0);
    assert_eq!((new.on, &new.case), (old.on, &old.case));
    assert_eq!(read(&browser, &person, &new).await.level(), Some(mistaken));
    assert_ne!(file(&browser, &person, &new).await.0, file_before);
    world.stop().await;
}
