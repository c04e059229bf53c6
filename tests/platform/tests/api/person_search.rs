//! `/api/v1/person/search`

use crate::browser::{Browser, Said};
use crate::world::{DAY, World};
use kakehashi_domain::calendar::Time;
use kakehashi_domain::number::{InsuredNumber, InsurerNumber};
use kakehashi_domain::upstream::{
    Consent, ConsentGiver, ConsentMethod, Found, SearchPurpose, SearchRequest, Sex, Way, route,
};
use kakehashi_platform::{Clock, DemoPerson};

/// A search with consent.
pub(crate) fn request(person: &DemoPerson) -> SearchRequest {
    SearchRequest {
        insurer: person.insurer.clone(),
        insured: person.insured.clone(),
        birth_date: person.birth_date,
        sex: person.sex,
        consent: Some(Consent {
            giver: ConsentGiver::Person,
            method: ConsentMethod::Spoken,
            given_at: Time(1_795_000_000),
        }),
        purpose: SearchPurpose::View,
    }
}

/// Searches.
pub(crate) async fn search(browser: &Browser, body: &SearchRequest) -> Said<Found> {
    browser.post(route::PERSON_SEARCH, body).await.said()
}

#[tokio::test]
async fn four_items_and_consent_find_a_person() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    for person in &world.people {
        let found = search(&browser, &request(person)).await.ok();
        assert_eq!((&found.person.name, &found.person.kana), (&person.name, &person.kana));
        assert_eq!(found.right.way, Way::Numbers);
        assert_eq!(found.right.until, world.clock().now().plus(86_400));
    }
    world.stop().await;
}

#[tokio::test]
async fn without_consent_nobody_is_looked_for() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let hanako = world.person("hanako");
    for person in [request(hanako), SearchRequest { sex: Sex::Male, ..request(hanako) }] {
        let body = SearchRequest { consent: None, ..person };
        assert_eq!(search(&browser, &body).await.refused().code, "UPS-110");
    }
    world.stop().await;
}

#[tokio::test]
async fn whichever_item_is_wrong_the_answer_is_the_same() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let right = request(world.person("hanako"));
    let wrong = [
        SearchRequest { insurer: InsurerNumber::parse("102012").unwrap(), ..right.clone() },
        // A check digit that differs is no reason to refuse by itself.
        SearchRequest { insurer: InsurerNumber::parse("102047").unwrap(), ..right.clone() },
        SearchRequest { insured: InsuredNumber::parse("0000012346").unwrap(), ..right.clone() },
        SearchRequest { birth_date: right.birth_date.plus_days(1), ..right.clone() },
        SearchRequest { sex: Sex::Male, ..right.clone() },
    ];
    let mut answers = Vec::new();
    for body in &wrong {
        answers.push(browser.post(route::PERSON_SEARCH, body).await.text);
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{answers:?}");
    assert!(answers[0].contains("UPS-111"));
    world.stop().await;
}

#[tokio::test]
async fn ten_misses_make_one_wait() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let right = request(world.person("hanako"));
    let wrong = SearchRequest { sex: Sex::Male, ..right.clone() };
    let began = world.clock().now();
    for _ in 0..10 {
        assert_eq!(search(&browser, &wrong).await.refused().code, "UPS-111");
        world.clock().shift(10);
    }
    let waiting = search(&browser, &right).await.refused();
    assert_eq!((waiting.code.as_str(), waiting.retry_at), ("UPS-112", Some(began.plus(600))));
    // Colleagues are not held up.
    let (colleague, _) = world.signed_in("KYOTAKU.SUZUKI").await;
    search(&colleague, &right).await.ok();
    world.clock().shift(500);
    search(&browser, &right).await.ok();
    world.stop().await;
}

#[tokio::test]
async fn an_office_has_one_name_for_a_person_and_another_office_another() {
    let world = World::start().await;
    let (one, _) = world.signed_in("KYOTAKU.SATO").await;
    let (two, _) = world.signed_in("KYOTAKU.SUZUKI").await;
    let (elsewhere, _) = world.signed_in("DAY.TANAKA").await;
    let body = request(world.person("hanako"));
    let handle = |found: Found| found.person.handle;
    let first = handle(search(&one, &body).await.ok());
    assert_eq!(first, handle(search(&two, &body).await.ok()));
    assert_ne!(first, handle(search(&elsewhere, &body).await.ok()));
    assert_eq!(world.account("DAY.TANAKA").office, DAY);
    world.stop().await;
}

#[tokio::test]
async fn consent_is_kept() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let mut body = request(world.person("hanako"));
    body.consent = Some(Consent {
        giver: ConsentGiver::Representative,
        method: ConsentMethod::Written,
        given_at: Time(1_795_111_111),
    });
    search(&browser, &body).await.ok();
    let database = world.database();
    let kept: (String, String, i64, String, String) = database
        .query_row(
            "SELECT c.giver, c.method, c.given_at, a.user_id, p.insured FROM consent c
             JOIN account a ON a.id = c.account JOIN person p ON p.id = c.person",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)),
        )
        .unwrap();
    let text = |text: &str| format!("\"{text}\"");
    assert_eq!(
        kept,
        (text("representative"), text("written"), 1_795_111_111, "KYOTAKU.SATO".into(), "0000012345".into())
    );
    world.stop().await;
}
