//! `/api/v1/person/qualification`

use crate::browser::{Browser, Said};
use crate::card_hand::Hand;
use crate::person_search::{request, search};
use crate::world::{TODAY, World};
use kakehashi_domain::calendar::Date;
use kakehashi_domain::qualification::{Content, Qualification, Standing};
use kakehashi_domain::upstream::{PersonHandle, QualificationRequest, route};
use kakehashi_platform::Rules;

async fn look(browser: &Browser, person: &PersonHandle) -> Said<Qualification> {
    let body = QualificationRequest { person: person.clone() };
    browser.post(route::PERSON_QUALIFICATION, &body).await.said()
}

#[tokio::test]
async fn the_five_kinds_with_time_and_source() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let found = Hand::of(&world.layout, "hanako").show(&browser).await.ok();
    let seen = look(&browser, &found.person.handle).await.ok();
    assert_eq!(seen.person, found.person);
    let today = Date::from_iso(TODAY).unwrap();
    let validity = seen.certificate.value().unwrap().validity.unwrap();
    assert_eq!(validity.standing(today), Standing::Valid { days_left: 129 });
    assert_eq!(seen.copayment.value().unwrap().on(today).unwrap().tenths, 1);
    assert!(seen.limit.value().is_some());
    for (as_of, source) in [
        (seen.certificate.as_of, &seen.certificate.source),
        (seen.copayment.as_of, &seen.copayment.source),
        (seen.limit.as_of, &seen.limit.source),
        (seen.housing.as_of, &seen.housing.source),
        (seen.equipment.as_of, &seen.equipment.source),
    ] {
        assert_eq!((as_of.to_string().as_str(), source.as_str()), ("2026-11-21 22:00", "伊勢崎市(保険者)"));
    }
    let mut shown = seen;
    shown.person.handle = PersonHandle("…".into());
    insta::assert_snapshot!("hanako", serde_json::to_string_pretty(&shown).unwrap());
    world.stop().await;
}

#[tokio::test]
async fn not_migrated_is_another_answer_than_none() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let taro = search(&browser, &request(world.person("taro"))).await.ok();
    let seen = look(&browser, &taro.person.handle).await.ok();
    assert_eq!(seen.limit.content, Content::NoneIssued);

    let database = world.database();
    let record = "DELETE FROM record WHERE kind = 'housing' AND person =
                  (SELECT id FROM person WHERE insured = '0000023456')";
    assert_eq!(database.execute(record, []).unwrap(), 1);
    let seen = look(&browser, &taro.person.handle).await.ok();
    assert_eq!(seen.housing.content, Content::NotMigrated);
    world.stop().await;
}

#[tokio::test]
async fn the_last_of_the_history_holds() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let found = search(&browser, &request(world.person("hanako"))).await.ok();
    let database = world.database();
    let correction =
        "INSERT INTO record SELECT person, kind, history + 1, as_of + 60, source, '\"none_issued\"', NULL, NULL
                      FROM record WHERE kind = 'limit' AND person =
                      (SELECT id FROM person WHERE insured = '0000012345')";
    assert_eq!(database.execute(correction, []).unwrap(), 1);
    let seen = look(&browser, &found.person.handle).await.ok();
    assert_eq!(seen.limit.content, Content::NoneIssued);
    assert_eq!(seen.limit.as_of, seen.housing.as_of.plus(60));
    world.stop().await;
}

#[tokio::test]
async fn without_a_right_nothing_is_shown() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let found = search(&browser, &request(world.person("hanako"))).await.ok();
    // Another office: the name means nothing there.
    let (elsewhere, _) = world.signed_in("DAY.TANAKA").await;
    assert_eq!(look(&elsewhere, &found.person.handle).await.refused().code, "UPS-121");
    for guess in ["", "0000012345", "AAAAAAAAAAAAAAAAAAAAAA"] {
        assert_eq!(look(&browser, &PersonHandle(guess.into())).await.refused().code, "UPS-121", "{guess}");
    }
    // A colleague of the office that has it: yes.
    let (colleague, _) = world.signed_in("KYOTAKU.SUZUKI").await;
    look(&colleague, &found.person.handle).await.ok();
    world.stop().await;
}

#[tokio::test]
async fn the_right_ends() {
    let rules = Rules { right_by_numbers_s: 600, ..Rules::default() };
    let world = World::with(rules).await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let found = search(&browser, &request(world.person("hanako"))).await.ok();
    world.clock().shift(599);
    look(&browser, &found.person.handle).await.ok();
    world.clock().shift(1);
    assert_eq!(look(&browser, &found.person.handle).await.refused().code, "UPS-120");
    // Found again, it begins again, under the same name.
    let again = search(&browser, &request(world.person("hanako"))).await.ok();
    assert_eq!(again.person.handle, found.person.handle);
    look(&browser, &found.person.handle).await.ok();
    world.stop().await;
}

#[tokio::test]
async fn every_viewing_is_written_down_with_its_signature() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let found = Hand::of(&world.layout, "hanako").show(&browser).await.ok();
    look(&browser, &found.person.handle).await.ok();
    look(&browser, &found.person.handle).await.ok();
    let database = world.database();
    let mut select = database
        .prepare_cached(
            "SELECT a.what, a.office, a.device, a.evidence, c.user_id, p.insured FROM audit a
             JOIN account c ON c.id = a.account JOIN person p ON p.id = a.person ORDER BY a.id",
        )
        .unwrap();
    let rows: Vec<[String; 6]> = select
        .query_map([], |row| {
            Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?])
        })
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let what: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(what, ["found_by_card", "qualification", "qualification"]);
    for [_, office, device, evidence, user_id, insured] in &rows {
        assert_eq!((office.as_str(), device.as_str()), (crate::world::KYOTAKU, browser.key.thumbprint()));
        assert_eq!((user_id.as_str(), insured.as_str()), ("KYOTAKU.SATO", "0000012345"));
        let evidence: serde_json::Value = serde_json::from_str(evidence).unwrap();
        assert!(evidence["signature"].as_str().unwrap().starts_with("sig=:"));
        assert!(evidence["signature_input"].as_str().unwrap().contains(browser.key.thumbprint()));
    }
    world.stop().await;
}
