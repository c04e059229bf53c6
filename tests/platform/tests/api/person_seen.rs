//! `/api/v1/person/seen`

use crate::browser::Browser;
use crate::card_hand::Hand;
use crate::person_search::{request, search};
use crate::world::World;
use kakehashi_domain::upstream::{
    ClientRequest, Empty, QualificationRequest, SearchPurpose, SearchRequest, SeenPerson, SeenResponse, Way,
    route,
};
use kakehashi_platform::Clock;

async fn seen(browser: &Browser) -> Vec<SeenPerson> {
    browser.post(route::PERSON_SEEN, &Empty {}).await.said::<SeenResponse>().ok().people
}

fn names(people: &[SeenPerson]) -> Vec<&str> {
    people.iter().map(|seen| seen.person.insured.as_str()).collect()
}

#[tokio::test]
async fn the_last_seen_stands_first_once() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    assert!(seen(&browser).await.is_empty());
    let hanako = search(&browser, &request(world.person("hanako"))).await.ok().person;
    world.clock().shift(60);
    let taro = Hand::of(&world.layout, "taro").show(&browser).await.ok().person;
    assert_eq!(names(&seen(&browser).await), [taro.insured.as_str(), hanako.insured.as_str()]);
    world.clock().shift(60);
    let body = QualificationRequest { person: hanako.handle.clone() };
    browser.post(route::PERSON_QUALIFICATION, &body).await;
    let people = seen(&browser).await;
    assert_eq!(names(&people), [hanako.insured.as_str(), taro.insured.as_str()]);
    assert_eq!(people[0].seen_at, world.clock().now());
    assert_eq!((people[0].right.way, people[1].right.way), (Way::Numbers, Way::Card));
    assert_eq!(people[0].person, hanako);
    world.stop().await;
}

#[tokio::test]
async fn it_is_of_one_member_of_staff_and_of_one_day() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    search(&browser, &request(world.person("hanako"))).await.ok();
    let (colleague, _) = world.signed_in("KYOTAKU.SUZUKI").await;
    assert!(seen(&colleague).await.is_empty());
    // From noon it is twelve hours to midnight in Japan.
    world.clock().shift(12 * 3_600 - 1);
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    assert_eq!(seen(&browser).await.len(), 1);
    world.clock().shift(1);
    assert!(seen(&browser).await.is_empty());
    world.stop().await;
}

#[tokio::test]
async fn who_is_looked_up_for_the_list_was_not_seen_until_somebody_looks() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let body = SearchRequest { purpose: SearchPurpose::List, ..request(world.person("hanako")) };
    let hanako = search(&browser, &body).await.ok().person;
    let body = ClientRequest { person: hanako.handle.clone() };
    browser.post(route::CLIENTS_ADD, &body).await.said::<Empty>().ok();
    assert!(seen(&browser).await.is_empty());
    let body = QualificationRequest { person: hanako.handle.clone() };
    browser.post(route::PERSON_QUALIFICATION, &body).await;
    assert_eq!(names(&seen(&browser).await), [hanako.insured.as_str()]);
    world.stop().await;
}
