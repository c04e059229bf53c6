//! `/api/v1/filing/submit`: what is received, once for ever.

use crate::extras::post;
use crate::filing_hand::{Office, key, rows, send};
use crate::person_search::{request, search};
use crate::relayed::Relayed;
use crate::world::{KYOTAKU, World};
use kakehashi_domain::filing::outbox::{Reply, reply};
use kakehashi_domain::filing::{IdPaper, Identity, Statement};
use kakehashi_domain::upstream::{KeyOutcome, KeyRefusal};
use kakehashi_platform::Clock;

#[tokio::test]
async fn a_filing_is_received_with_a_receipt_and_kept_as_it_was_signed() {
    let world = World::start().await;
    let office = Office::with(&world, "KYOTAKU.SATO", "hanako").await;
    let statement = office.statement(&world);
    let text = serde_json::to_string(&statement).unwrap();
    let receipt = office.receipt(&statement).await;
    let outcome = KeyOutcome::Received(Box::new(receipt.clone()));
    assert_eq!(reply(&outcome, &statement.key, &text), Reply::Received);
    assert!(receipt.number.0.starts_with("102046-") && receipt.to == "伊勢崎市", "{receipt:?}");
    assert_eq!(receipt.received_at, world.clock().now());
    assert!(!receipt.text.contains("0000012345") && receipt.text.contains(&receipt.number.0));
    let kept: String = crate::cases::database(&world)
        .query_row("SELECT statement FROM filing_proof", [], |row| row.get(0))
        .unwrap();
    assert_eq!(kept, text, "byte by byte");
    world.stop().await;
}

#[tokio::test]
async fn the_same_key_has_the_same_answer_for_ever() {
    let world = World::start().await;
    let office = Office::with(&world, "KYOTAKU.SATO", "hanako").await;
    let statement = office.statement(&world);
    let first = office.send(&statement).await.text;
    assert_eq!(office.send(&statement).await.text, first);
    // A day later the right to view is over, and a year later too.
    for days in [1, 364] {
        world.clock().shift(days * 86_400);
        let later = Office::with(&world, "KYOTAKU.SATO", "taro").await;
        let again = send(&later.browser, &office.person.handle, &statement).await;
        assert_eq!(again.text, first);
    }
    let world = world.restart().await;
    let after = Office::with(&world, "KYOTAKU.SUZUKI", "taro").await;
    assert_eq!(send(&after.browser, &office.person.handle, &statement).await.text, first);
    assert_eq!(rows(&world, "SELECT count(*) FROM filing"), 1);
    world.stop().await;
}

#[tokio::test]
async fn another_statement_under_the_key_is_refused_and_the_first_stays() {
    let world = World::start().await;
    let office = Office::with(&world, "KYOTAKU.SATO", "hanako").await;
    let statement = office.statement(&world);
    let first = office.receipt(&statement).await;
    let mut other = statement.clone();
    other.filing.office.phone = "0270000001".into();
    let refused = office.send(&other).await.said::<KeyOutcome>().refused();
    assert_eq!(refused.code, "UPS-150");
    assert_eq!(office.outcome(&statement.key).await, KeyOutcome::Received(Box::new(first)));
    // A key is the office's: elsewhere it says nothing.
    let elsewhere = Office::with(&world, "HOUKATSU.NAKAMURA", "hanako").await;
    assert_eq!(elsewhere.outcome(&statement.key).await, KeyOutcome::Unknown);
    world.stop().await;
}

#[tokio::test]
async fn twenty_at_once_on_one_key_are_one_filing() {
    let world = World::start().await;
    let office = Office::with(&world, "KYOTAKU.SATO", "hanako").await;
    let statement = office.statement(&world);
    let sends: Vec<_> = (0..20).map(|_| office.send(&statement)).collect();
    let answers = futures_util::future::join_all(sends).await;
    assert!(answers.iter().all(|answer| answer.text == answers[0].text));
    assert!(matches!(answers[0].said().ok(), KeyOutcome::Received(_)));
    assert_eq!(rows(&world, "SELECT count(*) FROM filing"), 1);
    world.stop().await;
}

#[tokio::test]
async fn of_two_staff_at_once_on_one_person_the_second_is_told_of_the_first() {
    let world = World::start().await;
    let sato = Office::with(&world, "KYOTAKU.SATO", "hanako").await;
    let suzuki = Office::with(&world, "KYOTAKU.SUZUKI", "hanako").await;
    let (one, other) = (sato.statement(&world), suzuki.statement(&world));
    let (first, second) = tokio::join!(sato.submit(&one), suzuki.submit(&other));
    let (receipt, refusal) = match (first, second) {
        (KeyOutcome::Received(receipt), KeyOutcome::Refused(refusal))
        | (KeyOutcome::Refused(refusal), KeyOutcome::Received(receipt)) => (receipt, refusal),
        both => panic!("{both:?}"),
    };
    let at = world.clock().now();
    let number = Some(receipt.number.clone());
    assert_eq!(refusal, KeyRefusal { code: "UPS-152".into(), at, other: number });
    // Another office learns that there is one, and not which.
    let elsewhere = Office::with(&world, "HOUKATSU.NAKAMURA", "hanako").await;
    let outcome = elsewhere.submit(&elsewhere.statement(&world)).await;
    assert_eq!(outcome, KeyOutcome::Refused(KeyRefusal { code: "UPS-152".into(), at, other: None }));
    assert_eq!(rows(&world, "SELECT count(*) FROM filing"), 1);
    world.stop().await;
}

#[tokio::test]
async fn a_filing_that_names_the_one_it_replaces_takes_its_place() {
    let world = World::start().await;
    let office = Office::with(&world, "KYOTAKU.SATO", "hanako").await;
    let first = office.receipt(&office.statement(&world)).await;
    let second = Statement { replaces: Some(first.number.clone()), ..office.statement(&world) };
    let receipt = office.receipt(&second).await;
    let stands = "SELECT count(*) FROM filing WHERE state = 'superseded' AND replaced_by IS NOT NULL";
    assert_eq!(rows(&world, stands), 1);
    assert_eq!(
        rows(&world, "SELECT count(*) FROM filing WHERE state = 'received' AND replaces IS NOT NULL"),
        1
    );
    // What was replaced is over; another person's, another office's and none at all never were its own.
    let again = Statement { replaces: Some(first.number), ..office.statement(&world) };
    assert_eq!(office.refusal(&again).await, "UPS-159");
    let taro = Office::with(&world, "KYOTAKU.SATO", "taro").await;
    let foreign = Statement { replaces: Some(receipt.number.clone()), ..taro.statement(&world) };
    assert_eq!(taro.refusal(&foreign).await, "UPS-159");
    let elsewhere = Office::with(&world, "HOUKATSU.NAKAMURA", "hanako").await;
    let foreign = Statement { replaces: Some(receipt.number), ..elsewhere.statement(&world) };
    assert_eq!(elsewhere.refusal(&foreign).await, "UPS-159");
    world.stop().await;
}

#[tokio::test]
async fn identity_by_card_is_named_for_a_day_and_for_one_filing() {
    let world = World::start().await;
    let (office, transaction) = Office::with_card(&world, "KYOTAKU.SATO", "hanako").await;
    let card = |transaction: &str| Identity::Card { transaction: transaction.to_owned() };
    // A refusal does not use it up.
    let mut wrong = Statement { identity: card(&transaction), ..office.statement(&world) };
    wrong.filing.filed_on = wrong.filing.filed_on.plus_days(1);
    assert_eq!(office.refusal(&wrong).await, "UPS-155");
    let first = Statement { identity: card(&transaction), ..office.statement(&world) };
    let receipt = office.receipt(&first).await;
    let second = Statement {
        identity: card(&transaction),
        replaces: Some(receipt.number),
        ..office.statement(&world)
    };
    assert_eq!(office.refusal(&second).await, "UPS-153");
    world.stop().await;
}

#[tokio::test]
async fn through_the_relay_it_is_the_same() {
    let world = World::start().await;
    let relay = Relayed::start(&world, KYOTAKU).await;
    let mut browser = world.browser(KYOTAKU);
    browser.go_through(&relay, KYOTAKU);
    world.sign_in_with(&mut browser, "KYOTAKU.SATO").await;
    let person = search(&browser, &request(world.person("taro"))).await.ok().person;
    let office = Office { browser, user: "KYOTAKU.SATO".into(), person };
    let statement = office.statement(&world);
    let receipt = office.receipt(&statement).await;
    assert_eq!(office.outcome(&statement.key).await, KeyOutcome::Received(Box::new(receipt)));
    assert!(matches!(office.give_up(&key()).await, KeyOutcome::Void { .. }));
    relay.stop().await;
    world.stop().await;
}

#[tokio::test]
async fn a_full_disk_leaves_nothing_behind() {
    let world = World::start().await;
    let office = Office::with(&world, "KYOTAKU.SATO", "hanako").await;
    assert_eq!(post(&world, "/failing", r#"{"filing":"disk_full"}"#).await.0, 200);
    let statement = office.statement(&world);
    assert_eq!(office.send(&statement).await.problem().1, "UPS-503");
    for table in ["filing", "filing_key", "filing_proof", "filing_step"] {
        assert_eq!(rows(&world, &format!("SELECT count(*) FROM {table}")), 0, "{table}");
    }
    assert_eq!(office.outcome(&statement.key).await, KeyOutcome::Unknown);
    // It was for one submission.
    office.receipt(&statement).await;
    assert_eq!(post(&world, "/failing", r#"{"filing":"earthquake"}"#).await.0, 400);
    assert_eq!(
        post(&world, "/failing", r#"{"filing":"after_commit"}"#).await.1,
        r#"{"kinds":[],"filing":"after_commit"}"#
    );
    assert_eq!(post(&world, "/failing", r#"{"filing":null}"#).await.1, r#"{"kinds":[],"filing":null}"#);
    world.stop().await;
}

#[tokio::test]
async fn papers_with_a_photograph_or_two_without() {
    let world = World::start().await;
    let office = Office::with(&world, "KYOTAKU.SATO", "hanako").await;
    let at = world.clock().now();
    let two = vec![IdPaper::CareInsurance, IdPaper::PensionBook];
    let statement = Statement { identity: Identity::Papers { seen: two, at }, ..office.statement(&world) };
    office.receipt(&statement).await;
    world.stop().await;
}
