//! `/api/v1/clients/list`, `/add`, `/remove`

use crate::browser::{Browser, Said};
use crate::card_hand::Hand;
use crate::person_search::{request, search};
use crate::world::{TODAY, World};
use kakehashi_domain::calendar::Date;
use kakehashi_domain::qualification::Content;
use kakehashi_domain::upcoming::{Settings, upcoming, upcoming_of_client};
use kakehashi_domain::upstream::{
    ClientEntry, ClientRequest, ClientsResponse, Empty, Outline, PersonHandle, QualificationRequest,
    SeenResponse, route,
};
use kakehashi_platform::{Clock, Rules};

async fn list(browser: &Browser) -> Vec<ClientEntry> {
    browser.post(route::CLIENTS_LIST, &Empty {}).await.said::<ClientsResponse>().ok().clients
}

async fn change(browser: &Browser, path: &'static str, person: &PersonHandle) -> Said<Empty> {
    browser.post(path, &ClientRequest { person: person.clone() }).await.said()
}

fn insured(clients: &[ClientEntry]) -> Vec<&str> {
    clients.iter().map(|client| client.person.insured.as_str()).collect()
}

#[tokio::test]
async fn whoever_was_found_joins_the_list_of_the_whole_office_and_leaves_it() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    assert_eq!(list(&browser).await, []);
    let hanako = search(&browser, &request(world.person("hanako"))).await.ok().person;
    let taro = Hand::of(&world.layout, "taro").show(&browser).await.ok().person;
    for person in [&hanako, &taro, &hanako] {
        change(&browser, route::CLIENTS_ADD, &person.handle).await.ok();
    }
    // By kana, each once, for every colleague; for another office nothing.
    let (colleague, _) = world.signed_in("KYOTAKU.SUZUKI").await;
    let both = [taro.insured.as_str(), hanako.insured.as_str()];
    assert_eq!(insured(&list(&colleague).await), both);
    let (elsewhere, _) = world.signed_in("DAY.TANAKA").await;
    assert_eq!(list(&elsewhere).await, []);
    change(&colleague, route::CLIENTS_REMOVE, &taro.handle).await.ok();
    change(&colleague, route::CLIENTS_REMOVE, &taro.handle).await.ok();
    assert_eq!(insured(&list(&browser).await), [hanako.insured.as_str()]);
    world.stop().await;
}

#[tokio::test]
async fn the_outline_is_that_of_the_five_kinds() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    for person in &world.people {
        let found = search(&browser, &request(person)).await.ok().person;
        change(&browser, route::CLIENTS_ADD, &found.handle).await.ok();
    }
    let today = Date::from_iso(TODAY).unwrap();
    let clients = list(&browser).await;
    assert_eq!(clients.len(), world.people.len());
    assert!(clients.is_sorted_by_key(|client| client.person.kana.clone()));
    for client in &clients {
        let body = QualificationRequest { person: client.person.handle.clone() };
        let all = browser.post(route::PERSON_QUALIFICATION, &body).await.said().ok();
        // What nobody delivered has the time of the asking.
        let mut outline = client.outline.clone().unwrap();
        if all_missing(&outline) {
            outline.as_of = Outline::of(&all).as_of;
        }
        assert_eq!(outline, Outline::of(&all));
        let settings = Settings::default();
        assert_eq!(upcoming_of_client(client, today, &settings), upcoming(&all, today, &settings));
    }
    world.stop().await;
}

fn all_missing(outline: &Outline) -> bool {
    outline.certificate == Content::NotMigrated
}

#[tokio::test]
async fn being_a_client_prolongs_the_right_and_only_a_right_makes_a_client() {
    let rules = Rules { right_by_numbers_s: 600, right_of_client_s: 6_000, ..Rules::default() };
    let world = World::with(rules).await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let began = world.clock().now();
    let hanako = search(&browser, &request(world.person("hanako"))).await.ok().person;
    let taro = search(&browser, &request(world.person("taro"))).await.ok().person;
    change(&browser, route::CLIENTS_ADD, &hanako.handle).await.ok();
    assert_eq!(list(&browser).await[0].right.until, began.plus(6_000));
    world.clock().shift(600);
    // Too late for the other; a handle nobody gave is nobody.
    assert_eq!(change(&browser, route::CLIENTS_ADD, &taro.handle).await.refused().code, "UPS-120");
    for path in [route::CLIENTS_ADD, route::CLIENTS_REMOVE] {
        let nobody = PersonHandle("AAAAAAAAAAAAAAAAAAAAAA".into());
        assert_eq!(change(&browser, path, &nobody).await.refused().code, "UPS-121");
        let (elsewhere, _) = world.signed_in("DAY.TANAKA").await;
        assert_eq!(change(&elsewhere, path, &hanako.handle).await.refused().code, "UPS-121");
    }
    // Found once more, the right is not shortened.
    let again = search(&browser, &request(world.person("hanako"))).await.ok();
    assert_eq!(again.right.until, began.plus(6_000));
    world.clock().shift(5_400);
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let over = list(&browser).await;
    assert_eq!((over.len(), &over[0].outline), (1, &None), "known, and nothing shown");
    change(&browser, route::CLIENTS_REMOVE, &hanako.handle).await.ok();
    assert_eq!(list(&browser).await, []);
    world.stop().await;
}

#[tokio::test]
async fn every_list_is_written_down_with_whom_it_showed_and_is_no_visit() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let hanako = search(&browser, &request(world.person("hanako"))).await.ok().person;
    change(&browser, route::CLIENTS_ADD, &hanako.handle).await.ok();
    let (colleague, _) = world.signed_in("KYOTAKU.SUZUKI").await;
    list(&colleague).await;
    let seen = colleague.post(route::PERSON_SEEN, &Empty {}).await.said::<SeenResponse>().ok();
    assert_eq!(seen.people, [], "a list opens nobody's page");
    let database = world.database();
    let row: (String, String, String, String) = database
        .query_row(
            "SELECT a.what, c.user_id, p.insured, a.evidence FROM audit a
             JOIN audit_person s ON s.audit = a.id
             JOIN person p ON p.id = s.person JOIN account c ON c.id = a.account",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
        )
        .unwrap();
    assert_eq!((row.0.as_str(), row.1.as_str()), ("clients_listed", "KYOTAKU.SUZUKI"));
    assert_eq!(row.2, hanako.insured.as_str());
    assert!(row.3.contains(route::CLIENTS_LIST));
    world.stop().await;
}
