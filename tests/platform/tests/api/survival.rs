//! What cannot be is answered all the same, read by the domain's types, and doubted.

use crate::browser::Browser;
use crate::extras::post;
use crate::person_search::{request, search};
use crate::world::{TODAY, World};
use kakehashi_domain::calendar::Date;
use kakehashi_domain::qualification::doubt::{self, Doubt, Field};
use kakehashi_domain::qualification::{Content, Qualification, kept};
use kakehashi_domain::upstream::{
    ClientRequest, ClientsResponse, Empty, HistoryRequest, HistoryResponse, Person, QualificationRequest,
    route,
};

async fn found(world: &World, browser: &Browser, note: &str) -> Person {
    let who = world.people.iter().find(|person| person.note.contains(note)).unwrap();
    search(browser, &request(who)).await.ok().person
}

async fn five(browser: &Browser, person: &Person) -> Qualification {
    let body = QualificationRequest { person: person.handle.clone() };
    browser.post(route::PERSON_QUALIFICATION, &body).await.said().ok()
}

fn today() -> Date {
    Date::from_iso(TODAY).unwrap()
}

/// All that is doubted of one person.
fn doubts(all: &Qualification) -> Vec<Doubt> {
    let day = today();
    let mut found = doubt::person(&all.person, day);
    found.extend(doubt::sheet(&all.certificate));
    found.extend(doubt::sheet(&all.copayment));
    found.extend(doubt::sheet(&all.limit));
    found.extend(doubt::sheet(&all.housing));
    found.extend(doubt::sheet(&all.equipment));
    found.extend(all.certificate.value().map(|paper| doubt::certificate(paper, day)).unwrap_or_default());
    found.extend(all.copayment.value().map(|paper| doubt::copayment(paper, day)).unwrap_or_default());
    found.extend(all.limit.value().map(|paper| doubt::limit(paper, day)).unwrap_or_default());
    found.extend(all.housing.value().map(|used| doubt::housing(used, day)).unwrap_or_default());
    found.extend(all.equipment.value().map(|used| doubt::equipment(used, day)).unwrap_or_default());
    found
}

fn unreadable(what: &'static str, raw: &str) -> Doubt {
    Doubt::Unreadable { what, raw: raw.to_owned() }
}

fn unknown(field: Field, raw: &str) -> Doubt {
    Doubt::UnknownCode { field, raw: raw.to_owned() }
}

#[tokio::test]
async fn each_odd_case_raises_its_doubt_and_no_other() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let said = async |note| doubts(&five(&browser, &found(&world, &browser, note).await).await);
    assert!(matches!(
        said("終わりが始まりより前").await[..],
        [Doubt::EndBeforeStart { field: Field::Validity, .. }]
    ));
    assert_eq!(
        said("知らないコード").await,
        [unknown(Field::Level, "31"), unknown(Field::State, "suspended"), unknown(Field::Stage, "3-1-2"),]
    );
    assert!(matches!(
        said("80文字").await[..],
        [
            Doubt::Long { field: Field::Name, characters: 81.. },
            Doubt::Long { field: Field::Kana, characters: 81.. },
        ]
    ));
    assert_eq!(
        said("外字").await,
        [Doubt::Characters { field: Field::Name, found: "\u{E000}\u{E0100}".into() }]
    );
    assert_eq!(said("フリガナのない").await, [Doubt::Missing(Field::Kana)]);
    for good in ["うるう日", "月末に区分変更", "100歳", "取り消された", "認定の有効期間が重なって"]
    {
        assert_eq!(said(good).await, [], "{good}");
    }
    world.stop().await;
}

#[tokio::test]
async fn days_that_do_not_exist_and_wrong_types_leave_the_rest() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let all = five(&browser, &found(&world, &browser, "ありえない日付").await).await;
    let paper = all.certificate.value().unwrap();
    assert!(paper.validity.is_none() && paper.level.is_some());
    assert_eq!(paper.issued_on.raw(), Some("2026-02-30"));
    let said = doubts(&all);
    assert!(said.contains(&unreadable("交付年月日", "2026-02-30")), "{said:?}");
    for (what, raw) in [("認定の有効期間", "2027-02-29"), ("利用者負担の割合", "2026-06-31")] {
        let holds = |doubt: &Doubt| matches!(doubt, Doubt::Unreadable { what: it, raw: value } if *it == what && value.contains(raw));
        assert_eq!(said.iter().filter(|doubt| holds(doubt)).count(), 1, "{what}: {said:?}");
    }
    let all = five(&browser, &found(&world, &browser, "型の違う値").await).await;
    let said = doubts(&all);
    assert!(said.contains(&unreadable("区分支給限度基準額", "19705")), "{said:?}");
    assert!(said.contains(&unreadable("認定審査会の意見", "7")), "{said:?}");
    assert!(all.certificate.value().unwrap().validity.is_some());
    assert!(matches!(&all.housing.content, Content::Unreadable(raw) if raw.contains("八万円")));
    world.stop().await;
}

#[tokio::test]
async fn the_history_and_the_list_survive_too() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    for who in &world.people {
        let person = search(&browser, &request(who)).await.ok().person;
        let body = HistoryRequest { person: person.handle.clone() };
        let past: HistoryResponse = browser.post(route::PERSON_HISTORY, &body).await.said().ok();
        let overlaps = |doubt: &Doubt| matches!(doubt, Doubt::Overlap { field: Field::Validity, .. });
        let said = doubt::history(&past.history, today(), today());
        let is_case = who.note.contains("重なって") || who.note.contains("月末に区分変更");
        assert_eq!(said.iter().any(overlaps), is_case, "{}", who.note);
        let odd = who.note.contains("ありえない日付") || who.note.contains("型の違う値");
        assert_eq!(!past.odd.is_empty(), odd, "{}: {:?}", who.note, past.odd);
        if who.note.contains("取り消された") {
            let taken_back: Vec<_> = past.history.certificates.iter().map(|one| one.withdrawn).collect();
            assert_eq!(taken_back, [false, true, false]);
            assert_eq!(past.history.levels(today()).len(), 1);
        }
        let body = ClientRequest { person: person.handle.clone() };
        browser.post(route::CLIENTS_ADD, &body).await.said::<Empty>().ok();
    }
    // A person's own data may be wrong as well, after they were found.
    let database = world.database();
    let wrong = "UPDATE person SET birth_date = '1939-02-29', kana = '' WHERE insured = '0000012345'";
    assert_eq!(database.execute(wrong, []).unwrap(), 1);
    let list: ClientsResponse = browser.post(route::CLIENTS_LIST, &Empty {}).await.said().ok();
    assert_eq!(list.clients.len(), world.people.len());
    let hanako = list.clients.iter().find(|one| one.person.insured.as_str() == "0000012345").unwrap();
    assert_eq!(hanako.person.birth_date.raw(), Some("1939-02-29"));
    assert!(hanako.outline.is_some());
    world.stop().await;
}

#[tokio::test]
async fn a_kind_that_cannot_be_fetched_takes_no_other_with_it() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let person = found(&world, &browser, "5種類").await;
    let before = five(&browser, &person).await;
    assert_eq!(post(&world, "/failing", r#"{"kinds":["copayment","housing"]}"#).await.0, 200);
    let now = five(&browser, &person).await;
    assert_eq!(
        (&now.copayment.content, &now.housing.content),
        (&Content::Unavailable, &Content::Unavailable)
    );
    assert_eq!(now.certificate, before.certificate);
    let shown = kept(Some(&before), now);
    assert!(shown.copayment.kept && shown.housing.kept && !shown.certificate.kept);
    assert_eq!(
        (&shown.copayment.content, shown.copayment.as_of),
        (&before.copayment.content, before.copayment.as_of)
    );
    assert_eq!(post(&world, "/failing", r#"{"kinds":[]}"#).await.0, 200);
    assert_eq!(five(&browser, &person).await, before);
    assert_eq!(post(&world, "/failing", r#"{"kinds":["other"]}"#).await.0, 400);
    world.stop().await;
}
