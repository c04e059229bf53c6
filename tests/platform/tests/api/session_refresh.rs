//! `/api/v1/session/refresh`

use crate::browser::Browser;
use crate::world::{DAY, KYOTAKU, World};
use kakehashi_domain::upstream::{Empty, SeenResponse, route};

/// Whether an access token opens anything.
async fn works(browser: &mut Browser, access_token: &str) -> bool {
    browser.token = Some(access_token.to_owned());
    let reply = browser.post(route::PERSON_SEEN, &Empty {}).await;
    if reply.status.as_u16() == 401 {
        assert_eq!(reply.problem().1, "UPS-401");
        return false;
    }
    let _: SeenResponse = reply.said().ok();
    true
}

#[tokio::test]
async fn access_ends_after_an_hour_and_is_renewed() {
    let world = World::start().await;
    let (mut browser, first) = world.signed_in("KYOTAKU.SATO").await;
    world.clock().shift(3_599);
    assert!(works(&mut browser, &first.access_token).await);
    world.clock().shift(1);
    assert!(!works(&mut browser, &first.access_token).await);
    // Renewal needs no good access token, and is not hindered by an old one.
    let second = browser.refresh(&first.refresh_token).await.ok();
    assert!(works(&mut browser, &second.access_token).await);
    assert_ne!(second.refresh_token, first.refresh_token);
    assert_eq!(second.refresh_expires_in_s, 28_800 - 3_600, "counted from the sign-in");
    assert_eq!(second.staff, first.staff);
    world.stop().await;
}

#[tokio::test]
async fn eight_hours_are_the_end_however_often_renewed() {
    let world = World::start().await;
    let (mut browser, mut session) = world.signed_in("KYOTAKU.SATO").await;
    for _ in 0..7 {
        world.clock().shift(3_600);
        session = browser.refresh(&session.refresh_token).await.ok();
    }
    world.clock().shift(1_800);
    let last = browser.refresh(&session.refresh_token).await.ok();
    assert_eq!((last.access_expires_in_s, last.refresh_expires_in_s), (1_800, 1_800));
    world.clock().shift(1_800);
    assert!(!works(&mut browser, &last.access_token).await);
    assert_eq!(browser.refresh(&last.refresh_token).await.refused().code, "UPS-105");
    assert_eq!(browser.refresh("unknown").await.refused().code, "UPS-105");
    world.stop().await;
}

#[tokio::test]
async fn a_token_that_comes_twice_ends_the_session() {
    let world = World::start().await;
    let (mut browser, first) = world.signed_in("KYOTAKU.SATO").await;
    let second = browser.refresh(&first.refresh_token).await.ok();
    world.clock().shift(11);
    assert_eq!(browser.refresh(&first.refresh_token).await.refused().code, "UPS-106");
    // All of it is over, and the rightful holder is told why.
    assert!(!works(&mut browser, &first.access_token).await);
    assert!(!works(&mut browser, &second.access_token).await);
    assert_eq!(browser.refresh(&second.refresh_token).await.refused().code, "UPS-106");
    world.stop().await;
}

#[tokio::test]
async fn two_tabs_may_race() {
    let world = World::start().await;
    let (mut browser, first) = world.signed_in("KYOTAKU.SATO").await;
    let (one, two) =
        tokio::join!(browser.refresh(&first.refresh_token), browser.refresh(&first.refresh_token));
    let (one, two) = (one.ok(), two.ok());
    assert_eq!(one.refresh_token, two.refresh_token);
    assert!(works(&mut browser, &one.access_token).await && works(&mut browser, &two.access_token).await);
    world.clock().shift(10);
    assert_eq!(browser.refresh(&first.refresh_token).await.ok().refresh_token, one.refresh_token);
    // Once the successor is spent, the old one is no race any more.
    browser.refresh(&one.refresh_token).await.ok();
    assert_eq!(browser.refresh(&first.refresh_token).await.refused().code, "UPS-106");
    world.stop().await;
}

#[tokio::test]
async fn a_token_on_another_device_or_in_another_office_ends_the_session() {
    let world = World::start().await;
    let (browser, session) = world.signed_in("KYOTAKU.SATO").await;
    let thief = browser.other_device(KYOTAKU);
    assert_eq!(thief.refresh(&session.refresh_token).await.refused().code, "UPS-106");
    assert_eq!(browser.refresh(&session.refresh_token).await.refused().code, "UPS-106");

    let (browser, session) = world.signed_in("KYOTAKU.SATO").await;
    let elsewhere = world.browser(DAY);
    assert_eq!(elsewhere.refresh(&session.refresh_token).await.refused().code, "UPS-106");
    assert_eq!(browser.refresh(&session.refresh_token).await.refused().code, "UPS-106");
    world.stop().await;
}

#[tokio::test]
async fn sessions_do_not_end_each_other() {
    let world = World::start().await;
    let (mut one, first) = world.signed_in("KYOTAKU.SATO").await;
    let (two, second) = world.signed_in("KYOTAKU.SATO").await;
    two.refresh(&second.refresh_token).await.ok();
    world.clock().shift(11);
    assert_eq!(two.refresh(&second.refresh_token).await.refused().code, "UPS-106");
    assert!(works(&mut one, &first.access_token).await);
    world.stop().await;
}
