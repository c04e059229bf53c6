//! `/api/v1/session/start`

use crate::browser::Said;
use crate::world::{DAY, KYOTAKU, World};
use kakehashi_domain::upstream::{Role, StartResponse};

#[tokio::test]
async fn every_kind_of_account_signs_in() {
    let world = World::start().await;
    for entry in &world.sign_in {
        let (_, session) = world.signed_in(&entry.user_id).await;
        assert_eq!(session.staff.user_id.as_str(), entry.user_id);
        assert_eq!((session.staff.role, &session.staff.name), (entry.role, &entry.name));
        assert_eq!(session.staff.office.as_str(), entry.office);
        assert_eq!((session.access_expires_in_s, session.refresh_expires_in_s), (3_600, 28_800));
        assert_eq!(session.staff.user_id.is_office_user(), entry.role == Role::Office);
    }
    world.stop().await;
}

#[tokio::test]
async fn the_address_is_masked_and_the_code_goes_there() {
    let world = World::start().await;
    let browser = world.browser(KYOTAKU);
    let account = world.account("KYOTAKU.SATO");
    let started = browser.start("kyotaku.sato", &account.password).await.ok();
    assert_eq!(started.sent_to, "s***@kyotaku.example.jp");
    assert_eq!(started.expires_in_s, 300);
    let outbox = crate::extras::get(&world, "/outbox.json").await;
    let outbox: serde_json::Value = serde_json::from_str(&outbox).unwrap();
    assert_eq!(outbox[0]["to"], account.mail.as_str());
    assert_eq!(outbox[0]["user_id"], "KYOTAKU.SATO");
    assert_eq!(outbox[0]["otp"].as_str().unwrap().len(), 6);
    world.stop().await;
}

fn without_time(said: Said<StartResponse>) -> (String, String, Option<u8>, bool) {
    let refused = said.refused();
    (refused.code, refused.message, refused.tries_left, refused.retry_at.is_some())
}

#[tokio::test]
async fn a_user_who_does_not_exist_looks_like_a_wrong_password() {
    let world = World::start().await;
    let browser = world.browser(KYOTAKU);
    for left in (1..=4).rev() {
        let wrong = without_time(browser.start("KYOTAKU.SATO", "wrong").await);
        let unknown = without_time(browser.start("KYOTAKU.NOBODY", "wrong").await);
        assert_eq!(wrong, unknown);
        assert_eq!((wrong.0.as_str(), wrong.2), ("UPS-101", Some(left)));
    }
    for _ in 0..2 {
        let wrong = without_time(browser.start("KYOTAKU.SATO", "wrong").await);
        let unknown = without_time(browser.start("KYOTAKU.NOBODY", "wrong").await);
        assert_eq!(wrong, unknown);
        assert_eq!((wrong.0.as_str(), wrong.3), ("UPS-102", true));
    }
    world.stop().await;
}

#[tokio::test]
async fn five_failures_lock_for_fifteen_minutes() {
    let world = World::start().await;
    let browser = world.browser(KYOTAKU);
    let password = world.account("KYOTAKU.SATO").password.clone();
    for _ in 0..4 {
        assert_eq!(browser.start("KYOTAKU.SATO", "wrong").await.refused().code, "UPS-101");
        world.clock().shift(60);
    }
    let locked = browser.start("KYOTAKU.SATO", "wrong").await.refused();
    let now = kakehashi_platform::Clock::now(&world.clock());
    assert_eq!((locked.code.as_str(), locked.retry_at), ("UPS-102", Some(now.plus(900))));
    // The right password does not help, and asking again does not prolong.
    world.clock().shift(899);
    let still = browser.start("KYOTAKU.SATO", &password).await.refused();
    assert_eq!((still.code.as_str(), still.retry_at), ("UPS-102", locked.retry_at));
    world.clock().shift(1);
    browser.start("KYOTAKU.SATO", &password).await.ok();
    world.stop().await;
}

#[tokio::test]
async fn failures_are_forgotten_in_time_and_by_signing_in() {
    let world = World::start().await;
    let mut browser = world.browser(KYOTAKU);
    let fail = async |browser: &crate::browser::Browser| {
        browser.start("KYOTAKU.SATO", "wrong").await.refused().tries_left
    };
    assert_eq!(fail(&browser).await, Some(4));
    assert_eq!(fail(&browser).await, Some(3));
    world.clock().shift(15 * 60);
    assert_eq!(fail(&browser).await, Some(4));
    world.sign_in_with(&mut browser, "KYOTAKU.SATO").await;
    assert_eq!(fail(&browser).await, Some(4));
    world.stop().await;
}

#[tokio::test]
async fn another_office_can_lock_nobody_here_and_sign_in_nobody() {
    let world = World::start().await;
    let (here, there) = (world.browser(KYOTAKU), world.browser(DAY));
    for _ in 0..6 {
        there.start("KYOTAKU.SATO", "wrong").await.refused();
    }
    let password = &world.account("KYOTAKU.SATO").password;
    here.start("KYOTAKU.SATO", password).await.ok();
    world.clock().shift(900);
    assert_eq!(there.start("KYOTAKU.SATO", password).await.refused().code, "UPS-107");
    world.stop().await;
}

#[tokio::test]
async fn attempts_at_once_are_all_counted() {
    let world = World::start().await;
    let browser = world.browser(KYOTAKU);
    let attempts = (0..12).map(|_| browser.start("KYOTAKU.SATO", "wrong"));
    let outcomes = futures_util::future::join_all(attempts).await;
    let codes = outcomes.into_iter().map(|said| said.refused().code);
    let wrong = codes.filter(|code| code == "UPS-101").count();
    assert_eq!(wrong, 4, "the fifth locks, and none after it is judged");
    world.stop().await;
}
