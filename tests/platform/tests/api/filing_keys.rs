//! `/api/v1/filing/keys`, `/void`

use crate::filing_hand::{Office, asked, key, rows};
use crate::world::World;
use kakehashi_domain::upstream::{KeyOutcome, KeysRequest, VoidRequest, route};
use kakehashi_platform::Clock;

#[tokio::test]
async fn what_became_of_each_key_in_the_order_asked() {
    let world = World::start().await;
    let office = Office::with(&world, "KYOTAKU.SATO", "hanako").await;
    let (statement, refused, given_up, never) =
        (office.statement(&world), office.statement(&world), key(), key());
    let receipt = office.receipt(&statement).await;
    assert_eq!(office.refusal(&refused).await, "UPS-152");
    let void = office.give_up(&given_up).await;
    let keys = vec![never, given_up, refused.key, statement.key.clone(), statement.key];
    let answer = asked(&office.browser, keys).await;
    let received = KeyOutcome::Received(Box::new(receipt));
    assert_eq!(answer.outcomes[..2], [KeyOutcome::Unknown, void]);
    assert!(matches!(&answer.outcomes[2], KeyOutcome::Refused(refusal) if refusal.code == "UPS-152"));
    assert_eq!(answer.outcomes[3..], [received.clone(), received]);
    assert_eq!(answer.now, world.clock().now());
    let many = KeysRequest { keys: (0..51).map(|_| key()).collect() };
    let (status, code, detail) = office.browser.post(route::FILING_KEYS, &many).await.problem();
    assert_eq!((status, code.as_str(), detail.as_str()), (400, "UPS-400", "keys"));
    assert!(asked(&office.browser, Vec::new()).await.outcomes.is_empty());
    world.stop().await;
}

#[tokio::test]
async fn a_key_that_was_given_up_is_never_taken() {
    let world = World::start().await;
    let office = Office::with(&world, "KYOTAKU.SATO", "hanako").await;
    let statement = office.statement(&world);
    let void = office.give_up(&statement.key).await;
    assert_eq!(void, KeyOutcome::Void { at: world.clock().now() });
    world.clock().shift(60);
    assert_eq!(office.submit(&statement).await, void);
    assert_eq!(office.give_up(&statement.key).await, void, "the first time stands");
    assert_eq!(rows(&world, "SELECT count(*) FROM filing"), 0);
    let body = VoidRequest { key: kakehashi_domain::filing::FilingKey("short".into()) };
    assert_eq!(office.browser.post(route::FILING_VOID, &body).await.problem().2, "key");
    world.stop().await;
}

#[tokio::test]
async fn giving_up_what_was_received_or_refused_says_so_and_changes_nothing() {
    let world = World::start().await;
    let office = Office::with(&world, "KYOTAKU.SATO", "hanako").await;
    let statement = office.statement(&world);
    let received = office.submit(&statement).await;
    assert_eq!(office.give_up(&statement.key).await, received);
    let second = office.statement(&world);
    let refused = office.submit(&second).await;
    assert_eq!(office.give_up(&second.key).await, refused);
    assert_eq!(rows(&world, "SELECT count(*) FROM filing WHERE state = 'received'"), 1);
    world.stop().await;
}

#[tokio::test]
async fn giving_up_and_submitting_at_once_end_in_one_outcome() {
    let world = World::start().await;
    let office = Office::with(&world, "KYOTAKU.SATO", "hanako").await;
    for _ in 0..10 {
        let statement = office.statement(&world);
        let (submitted, void) = tokio::join!(office.submit(&statement), office.give_up(&statement.key));
        assert_eq!(submitted, void);
        assert_eq!(office.outcome(&statement.key).await, submitted);
    }
    assert!(rows(&world, "SELECT count(*) FROM filing") <= 1);
    world.stop().await;
}

#[tokio::test]
async fn what_became_of_a_key_cannot_be_changed_in_the_database_either() {
    let world = World::start().await;
    let office = Office::with(&world, "KYOTAKU.SATO", "hanako").await;
    office.give_up(&key()).await;
    let database = crate::cases::database(&world);
    assert!(database.execute("UPDATE filing_key SET outcome = '\"unknown\"'", []).is_err());
    assert!(database.execute("DELETE FROM filing_key", []).is_err());
    world.stop().await;
}
