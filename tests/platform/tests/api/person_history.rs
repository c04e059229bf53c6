//! `/api/v1/person/history`

use crate::browser::{Browser, Said};
use crate::person_search::{request, search};
use crate::world::{TODAY, World};
use kakehashi_domain::calendar::Date;
use kakehashi_domain::qualification::{Qualification, doubt};
use kakehashi_domain::upstream::{
    HistoryRequest, HistoryResponse, PersonHandle, QualificationRequest, route,
};
use kakehashi_platform::{DemoPerson, Rules};

async fn history(browser: &Browser, person: &PersonHandle) -> Said<HistoryResponse> {
    browser.post(route::PERSON_HISTORY, &HistoryRequest { person: person.clone() }).await.said()
}

/// The person of a case, by what is noted.
fn case<'a>(world: &'a World, note: &str) -> &'a DemoPerson {
    world.people.iter().find(|person| person.note.contains(note)).unwrap()
}

async fn of_case(world: &World, browser: &Browser, note: &str) -> HistoryResponse {
    let person = search(browser, &request(case(world, note))).await.ok().person;
    history(browser, &person.handle).await.ok()
}

fn day(text: &str) -> Date {
    Date::from_iso(text).unwrap()
}

#[tokio::test]
async fn the_last_version_is_the_sheet_and_the_first_ones_are_there() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    for who in &world.people {
        let person = search(&browser, &request(who)).await.ok().person;
        let body = QualificationRequest { person: person.handle.clone() };
        let all: Qualification = browser.post(route::PERSON_QUALIFICATION, &body).await.said().ok();
        let past = history(&browser, &person.handle).await.ok();
        let last = past.history.certificates.iter().max_by_key(|version| version.number);
        assert_eq!(last.map(|version| &version.value), all.certificate.value(), "{}", who.note);
        let last = past.history.copayments.iter().max_by_key(|version| version.number);
        assert_eq!(last.map(|version| &version.value), all.copayment.value(), "{}", who.note);
        let dwellings = all.housing.value().map(|used| used.dwellings.clone()).unwrap_or_default();
        assert_eq!(past.dwellings, dwellings, "{}", who.note);
        assert_eq!(past.equipment.last(), all.equipment.value(), "{}", who.note);
        assert!(past.applications.is_sorted_by_key(|one| one.applied_on));
        if all.certificate.value().is_some() {
            assert_eq!((past.as_of, &past.source), (all.certificate.as_of, &all.certificate.source));
        }
    }
    world.stop().await;
}

#[tokio::test]
async fn a_share_changed_back_in_time_is_read_and_doubted() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let past = of_case(&world, &browser, "さかのぼって").await;
    let share = |known| past.history.share_on(day("2026-09-01"), day(known)).map(|held| held.tenths);
    assert_eq!((share("2026-11-01"), share(TODAY)), (Some(1), Some(3)));
    let doubts = doubt::history(&past.history, day("2026-11-01"), day(TODAY));
    assert!(matches!(doubts[..], [doubt::Doubt::ShareChanged { was: Some(1), is: Some(3), .. }]));
    world.stop().await;
}

#[tokio::test]
async fn an_application_that_runs_has_no_decision() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let past = of_case(&world, &browser, "更新を申請中").await;
    let open: Vec<_> = past.applications.iter().filter(|one| one.decided_on.is_none()).collect();
    assert!(matches!(open[..], [one] if one.kind.name() == "更新" && one.applied_on <= day(TODAY)));
    let past = of_case(&world, &browser, "月末に区分変更").await;
    let kinds: Vec<_> = past.applications.iter().map(|one| one.kind.name()).collect();
    assert_eq!(kinds, ["更新", "区分変更"]);
    world.stop().await;
}

#[tokio::test]
async fn without_a_right_nothing_is_shown() {
    let world = World::with(Rules { right_by_numbers_s: 600, ..Rules::default() }).await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let found = search(&browser, &request(world.person("hanako"))).await.ok().person;
    let (elsewhere, _) = world.signed_in("DAY.TANAKA").await;
    assert_eq!(history(&elsewhere, &found.handle).await.refused().code, "UPS-121");
    let nobody = PersonHandle("AAAAAAAAAAAAAAAAAAAAAA".into());
    assert_eq!(history(&browser, &nobody).await.refused().code, "UPS-121");
    world.clock().shift(600);
    assert_eq!(history(&browser, &found.handle).await.refused().code, "UPS-120");
    world.stop().await;
}

#[tokio::test]
async fn a_look_back_is_written_down_with_its_signature() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let found = search(&browser, &request(world.person("hanako"))).await.ok().person;
    history(&browser, &found.handle).await.ok();
    let database = world.database();
    let row: (String, String, String) = database
        .query_row(
            "SELECT c.user_id, p.insured, a.evidence FROM audit a JOIN account c ON c.id = a.account
             JOIN person p ON p.id = a.person WHERE a.what = 'history'",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .unwrap();
    assert_eq!((row.0.as_str(), row.1.as_str()), ("KYOTAKU.SATO", "0000012345"));
    assert!(row.2.contains(route::PERSON_HISTORY));
    world.stop().await;
}
