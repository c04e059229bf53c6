//! `/api/v1/session/otp`

use crate::world::{KYOTAKU, World};
use kakehashi_domain::upstream::{Empty, SeenResponse, route};

/// Any code but this.
fn other_than(otp: &str) -> String {
    let number: u32 = otp.parse().unwrap();
    format!("{:06}", (number + 1) % 1_000_000)
}

#[tokio::test]
async fn it_opens_a_session_once() {
    let world = World::start().await;
    let mut browser = world.browser(KYOTAKU);
    let ticket = browser.start("KYOTAKU.SATO", &world.account("KYOTAKU.SATO").password).await.ok().ticket;
    let otp = world.otp().await;
    let session = browser.otp(&ticket, &otp).await.ok();
    assert_eq!(browser.otp(&ticket, &otp).await.refused().code, "UPS-104");
    browser.token = Some(session.access_token.clone());
    let _: SeenResponse = browser.post(route::PERSON_SEEN, &Empty {}).await.said().ok();
    assert_eq!(session.access_token.len(), 43, "256 bits");
    assert_eq!(session.refresh_token.len(), 43);
    world.stop().await;
}

#[tokio::test]
async fn five_wrong_codes_end_the_ticket_and_lock() {
    let world = World::start().await;
    let browser = world.browser(KYOTAKU);
    let password = &world.account("KYOTAKU.SATO").password;
    let ticket = browser.start("KYOTAKU.SATO", password).await.ok().ticket;
    let otp = world.otp().await;
    for left in (1..=4).rev() {
        let refused = browser.otp(&ticket, &other_than(&otp)).await.refused();
        assert_eq!((refused.code.as_str(), refused.tries_left), ("UPS-103", Some(left)));
    }
    let last = browser.otp(&ticket, &other_than(&otp)).await.refused();
    assert!(last.code == "UPS-102" && last.retry_at.is_some());
    assert_eq!(browser.otp(&ticket, &otp).await.refused().code, "UPS-104");
    assert_eq!(browser.start("KYOTAKU.SATO", password).await.refused().code, "UPS-102");
    world.stop().await;
}

#[tokio::test]
async fn a_known_password_buys_no_more_tries() {
    let world = World::start().await;
    let browser = world.browser(KYOTAKU);
    let password = &world.account("KYOTAKU.SATO").password;
    for left in (1..=4).rev() {
        let ticket = browser.start("KYOTAKU.SATO", password).await.ok().ticket;
        let refused = browser.otp(&ticket, &other_than(&world.otp().await)).await.refused();
        assert_eq!(refused.tries_left, Some(left));
    }
    let ticket = browser.start("KYOTAKU.SATO", password).await.ok().ticket;
    let refused = browser.otp(&ticket, &other_than(&world.otp().await)).await.refused();
    assert_eq!(refused.code, "UPS-102");
    world.stop().await;
}

#[tokio::test]
async fn late_unknown_and_replaced_tickets_are_over() {
    let world = World::start().await;
    let browser = world.browser(KYOTAKU);
    let password = &world.account("KYOTAKU.SATO").password;
    let first = browser.start("KYOTAKU.SATO", password).await.ok().ticket;
    let first_otp = world.otp().await;
    let second = browser.start("KYOTAKU.SATO", password).await.ok().ticket;
    assert_eq!(browser.otp(&first, &first_otp).await.refused().code, "UPS-104");
    world.clock().shift(300);
    assert_eq!(browser.otp(&second, &world.otp().await).await.refused().code, "UPS-104");
    assert_eq!(browser.otp("nothing", "123456").await.refused().code, "UPS-104");
    world.stop().await;
}

#[tokio::test]
async fn a_ticket_is_of_no_use_on_another_device() {
    let world = World::start().await;
    let browser = world.browser(KYOTAKU);
    let ticket = browser.start("KYOTAKU.SATO", &world.account("KYOTAKU.SATO").password).await.ok().ticket;
    let otp = world.otp().await;
    let thief = browser.other_device(KYOTAKU);
    assert_eq!(thief.otp(&ticket, &otp).await.refused().code, "UPS-104");
    browser.otp(&ticket, &otp).await.ok();
    world.stop().await;
}
