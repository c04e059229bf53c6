//! `/api/v1/session/end`

use crate::world::World;
use kakehashi_domain::upstream::{Empty, EndRequest, route};

#[tokio::test]
async fn nothing_of_the_session_is_left() {
    let world = World::start().await;
    let (browser, session) = world.signed_in("KYOTAKU.SATO").await;
    let body = EndRequest { refresh_token: session.refresh_token.clone() };
    let _: Empty = browser.post(route::SESSION_END, &body).await.said().ok();
    assert_eq!(browser.post(route::PERSON_SEEN, &Empty {}).await.problem().1, "UPS-401");
    assert_eq!(browser.refresh(&session.refresh_token).await.refused().code, "UPS-105");
    world.stop().await;
}

#[tokio::test]
async fn somebody_elses_refresh_token_ends_nothing_of_theirs() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let (other, theirs) = world.signed_in("KYOTAKU.SUZUKI").await;
    let body = EndRequest { refresh_token: theirs.refresh_token.clone() };
    let _: Empty = browser.post(route::SESSION_END, &body).await.said().ok();
    assert_eq!(browser.post(route::PERSON_SEEN, &Empty {}).await.problem().1, "UPS-401");
    other.refresh(&theirs.refresh_token).await.ok();
    world.stop().await;
}
