//! `/api/v1/card/challenge`

use crate::card_hand::challenge;
use crate::world::World;
use kakehashi_domain::upstream::route;

#[tokio::test]
async fn each_one_is_new() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let (one, two) = (challenge(&browser).await, challenge(&browser).await);
    assert_ne!(one.nonce, two.nonce);
    assert_ne!(one.transaction, two.transaction);
    assert_eq!((one.nonce.len(), one.expires_in_s), (43, 300), "32 bytes, five minutes");
    world.stop().await;
}

#[tokio::test]
async fn what_it_is_for_must_be_known() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let body = serde_json::json!({ "purpose": "something" });
    assert_eq!(browser.post(route::CARD_CHALLENGE, &body).await.problem().1, "UPS-400");
    world.stop().await;
}
