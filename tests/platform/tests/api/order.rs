//! Checks in the order of docs/api.md §4: an earlier one answers first.

use crate::browser::{Browser, Identity};
use crate::world::{DAY, KYOTAKU, World};
use http::{HeaderValue, header};
use kakehashi_domain::upstream::{ChallengeRequest, Empty, Purpose, route};

#[tokio::test]
async fn office_then_signature_then_token_then_right() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let tampered = |browser: &Browser| {
        let mut request = browser.request(route::PERSON_QUALIFICATION, &Empty {});
        request.headers_mut().insert(header::AUTHORIZATION, HeaderValue::from_static("Bearer wrong"));
        request
    };
    // Everything wrong: the office answers.
    let stranger = Browser::new(&world, Identity::of(&world.layout.sample("stranger")), DAY);
    assert_eq!(stranger.send(tampered(&stranger)).await.unwrap().problem().1, "UPS-403");
    // The office right: the signature answers.
    assert_eq!(browser.send(tampered(&browser)).await.unwrap().problem().1, "UPS-400");
    // The signature right: the token answers, even when the body is no request at all.
    let mut unknown = world.browser(KYOTAKU);
    unknown.token = Some("wrong".into());
    assert_eq!(unknown.post(route::PERSON_QUALIFICATION, &Empty {}).await.problem().1, "UPS-401");
    // The token right: the body, then the right to view.
    assert_eq!(browser.post(route::PERSON_QUALIFICATION, &Empty {}).await.problem().1, "UPS-400");
    let body = serde_json::json!({ "person": "nobody" });
    let refused = browser.post(route::PERSON_QUALIFICATION, &body).await.said::<Empty>().refused();
    assert_eq!(refused.code, "UPS-121");
    world.stop().await;
}

#[tokio::test]
async fn every_route_but_four_needs_a_session() {
    let world = World::start().await;
    let mut browser = world.browser(KYOTAKU);
    let open = [route::STATUS, route::SESSION_START, route::SESSION_OTP, route::SESSION_REFRESH];
    for token in [None, Some(""), Some("x"), Some("Bearer x")] {
        browser.token = token.map(str::to_owned);
        for path in route::ALL.iter().filter(|path| !open.contains(path)) {
            let reply = browser.post(path, &Empty {}).await;
            assert_eq!(reply.problem(), (401, "UPS-401".into(), String::new()), "{path}");
        }
    }
    world.stop().await;
}

#[tokio::test]
async fn a_token_is_of_no_use_on_another_device() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let thief = browser.other_device(KYOTAKU);
    let body = ChallengeRequest { purpose: Purpose::View };
    assert_eq!(thief.post(route::CARD_CHALLENGE, &body).await.problem().1, "UPS-401");
    world.stop().await;
}
