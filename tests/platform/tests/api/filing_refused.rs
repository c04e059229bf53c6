//! `/api/v1/filing/submit` from the wrong side: what is against a statement for good, and what only for now.

use crate::browser::machine_time;
use crate::card_hand::Hand;
use crate::filing_hand::{Office, key, rows, send_body};
use crate::person_search::{request, search};
use crate::world::{KYOTAKU, World};
use base64ct::{Base64UrlUnpadded, Encoding};
use kakehashi_domain::filing::{FilerRelation, FilingKey, IdPaper, Identity, Statement};
use kakehashi_domain::upstream::{KeyOutcome, PersonHandle, SubmitRequest, route};
use kakehashi_platform::Clock;
use serde_json::{Value, json};

/// A body, signed by the office's device.
fn body(office: &Office, text: &str) -> SubmitRequest {
    let signature = Base64UrlUnpadded::encode_string(&office.browser.key.sign(text.as_bytes()).unwrap());
    SubmitRequest { person: office.person.handle.clone(), statement: text.to_owned(), signature }
}

#[tokio::test]
async fn the_header_and_the_statement_must_be_of_one_form() {
    let world = World::start().await;
    let office = Office::with(&world, "KYOTAKU.SATO", "hanako").await;
    let statement = office.statement(&world);
    let text = serde_json::to_string(&statement).unwrap();
    let detail = async |key: &str, text: &str| {
        let (status, code, detail) = send_body(&office.browser, key, &body(&office, text)).await.problem();
        assert_eq!((status, code.as_str()), (400, "UPS-400"));
        detail
    };
    assert_eq!(detail(&key().0, &text).await, "key");
    let bytes = serde_json::to_vec(&body(&office, &text)).unwrap();
    let request = office.browser.signed(route::FILING_SUBMIT, bytes, machine_time());
    assert_eq!(office.browser.send(request).await.unwrap().problem().2, "key", "no header");
    let short = Statement { key: FilingKey("AAAA".into()), ..statement.clone() };
    assert_eq!(detail("AAAA", &serde_json::to_string(&short).unwrap()).await, "key");
    let mut with_more: Value = serde_json::to_value(&statement).unwrap();
    with_more["filing"]["insured"]["my_number"] = json!("000000000000");
    let long = text.replace("02700", &"0".repeat(40_000));
    let key = statement.key.0.as_str();
    for wrong in ["", "{}", "[]", &text[1..], &with_more.to_string(), &long] {
        assert_eq!(detail(key, wrong).await, "statement");
    }
    let other_kind = text.replace("kakehashi-filing-v1", "kakehashi-filing-v2");
    assert_eq!(detail(key, &other_kind).await, "statement");
    assert_eq!(office.outcome(&statement.key).await, KeyOutcome::Unknown);
    office.receipt(&statement).await;
    world.stop().await;
}

#[tokio::test]
async fn a_statement_of_somebody_else_says_nothing_of_its_key() {
    let world = World::start().await;
    let office = Office::with(&world, "KYOTAKU.SATO", "hanako").await;
    let statement = office.statement(&world);
    for wrong in [
        Statement { staff: "KYOTAKU.SUZUKI".parse().unwrap(), ..statement.clone() },
        Statement { office: "1000400000".parse().unwrap(), ..statement.clone() },
        Statement { device: world.browser(KYOTAKU).key.thumbprint().to_owned(), ..statement.clone() },
    ] {
        assert_eq!(office.turned_away(&wrong).await, "UPS-156");
    }
    // The right account sends the same key later.
    office.receipt(&statement).await;
    world.stop().await;
}

#[tokio::test]
async fn a_signature_that_is_not_the_devices_is_refused_for_good() {
    let world = World::start().await;
    let office = Office::with(&world, "KYOTAKU.SATO", "hanako").await;
    let foreign = world.browser(KYOTAKU).key;
    for wrong in ["other text", "other key", "short", "no text"] {
        let statement = office.statement(&world);
        let text = serde_json::to_string(&statement).unwrap();
        let mut sent = body(&office, &text);
        let sign = |bytes: &[u8]| Base64UrlUnpadded::encode_string(bytes);
        sent.signature = match wrong {
            "other text" => sign(&office.browser.key.sign(b"other").unwrap()),
            "other key" => sign(&foreign.sign(text.as_bytes()).unwrap()),
            "short" => sign(&office.browser.key.sign(text.as_bytes()).unwrap()[..63]),
            _ => "not base64url!".into(),
        };
        let outcome: KeyOutcome = send_body(&office.browser, &statement.key.0, &sent).await.said().ok();
        assert!(matches!(&outcome, KeyOutcome::Refused(no) if no.code == "UPS-151"), "{wrong}: {outcome:?}");
        // For good: the right signature comes too late for this key.
        assert_eq!(office.submit(&statement).await, outcome);
    }
    assert_eq!(rows(&world, "SELECT count(*) FROM filing"), 0);
    world.stop().await;
}

#[tokio::test]
async fn without_a_right_to_view_nothing_is_said_of_the_key() {
    let world = World::start().await;
    let mut office = Office::with(&world, "KYOTAKU.SATO", "hanako").await;
    let statement = office.statement(&world);
    let own = std::mem::replace(&mut office.person.handle, PersonHandle("nobody".into()));
    assert_eq!(office.turned_away(&statement).await, "UPS-121");
    // Another office's name for the person is nobody's here.
    let elsewhere = Office::with(&world, "HOUKATSU.NAKAMURA", "hanako").await;
    office.person.handle = elsewhere.person.handle.clone();
    assert_eq!(office.turned_away(&statement).await, "UPS-121");
    office.person.handle = own;
    world.clock().shift(86_400);
    world.sign_in_with(&mut office.browser, "KYOTAKU.SATO").await;
    assert_eq!(office.turned_away(&statement).await, "UPS-120");
    // Found again, the same statement under the same key is received.
    search(&office.browser, &request(world.person("hanako"))).await.ok();
    office.receipt(&statement).await;
    world.stop().await;
}

#[tokio::test]
async fn the_person_in_view_must_be_the_filings() {
    let world = World::start().await;
    let office = Office::with(&world, "KYOTAKU.SATO", "hanako").await;
    let taro = world.person("taro");
    let mut number = office.statement(&world);
    number.filing.insured.number = taro.insured.clone();
    assert_eq!(office.refusal(&number).await, "UPS-155");
    let mut insurer = office.statement(&world);
    insurer.filing.insured.insurer = "102053".parse().unwrap();
    assert_eq!(office.refusal(&insurer).await, "UPS-155");
    let mut tomorrow = office.statement(&world);
    tomorrow.filing.filed_on = tomorrow.filing.filed_on.plus_days(1);
    assert_eq!(office.refusal(&tomorrow).await, "UPS-155");
    let mut number = office.statement(&world);
    number.filing.office.address = "連取町 1234-5678-9012".into();
    assert_eq!(office.refusal(&number).await, "UPS-155", "like a 個人番号");
    let mut unasked = office.statement(&world);
    unasked.filing.reason_text = Some("その他".into());
    assert_eq!(office.refusal(&unasked).await, "UPS-155");
    let mut code = serde_json::to_value(office.statement(&world)).unwrap();
    code["filing"]["form"] = json!("new_form");
    let unknown: Statement = serde_json::from_value(code).unwrap();
    assert_eq!(office.refusal(&unknown).await, "UPS-155");
    world.stop().await;
}

#[tokio::test]
async fn who_may_not_file_is_told() {
    let world = World::start().await;
    for (user, relation) in [
        ("DAY.TANAKA", FilerRelation::OfficeStaff),
        ("HOMON.INOUE", FilerRelation::Person),
        ("KJ107040000501", FilerRelation::Person),
        ("KYOTAKU.SUZUKI", FilerRelation::CareManager),
    ] {
        let office = Office::with(&world, user, "hanako").await;
        let mut statement = office.statement(&world);
        statement.filing.filer.relation = relation;
        assert_eq!(office.refusal(&statement).await, "UPS-154", "{user}");
    }
    world.stop().await;
}

#[tokio::test]
async fn identity_that_was_not_made_sure_of_is_refused() {
    let world = World::start().await;
    let at = world.clock().now();
    let office = Office::with(&world, "KYOTAKU.SATO", "hanako").await;
    let named = |identity: Identity| Statement { identity, ..office.statement(&world) };
    for seen in [vec![], vec![IdPaper::CareInsurance], vec![IdPaper::CareInsurance; 2]] {
        assert_eq!(office.refusal(&named(Identity::Papers { seen, at })).await, "UPS-153");
    }
    let card = |transaction: String| named(Identity::Card { transaction });
    assert_eq!(office.refusal(&card("unknown".into())).await, "UPS-153");
    // A check for looking is none for filing.
    Hand::of(&world.layout, "hanako").show(&office.browser).await.ok();
    assert_eq!(rows(&world, "SELECT count(*) FROM card_check"), 0);
    // Another person's card.
    let (transaction, _) = Hand::of(&world.layout, "taro").identify(&office.browser).await;
    assert_eq!(office.refusal(&card(transaction)).await, "UPS-153");
    // A colleague's check, and one made in another browser by the same account.
    let (_, transaction) = Office::with_card(&world, "KYOTAKU.SUZUKI", "hanako").await;
    assert_eq!(office.refusal(&card(transaction)).await, "UPS-153");
    let (_, transaction) = Office::with_card(&world, "KYOTAKU.SATO", "hanako").await;
    assert_eq!(office.refusal(&card(transaction)).await, "UPS-153");
    world.stop().await;
}

#[tokio::test]
async fn a_check_by_card_is_over_after_a_day() {
    let world = World::start().await;
    let (mut office, transaction) = Office::with_card(&world, "KYOTAKU.SATO", "hanako").await;
    let statement = Statement { identity: Identity::Card { transaction }, ..office.statement(&world) };
    world.clock().shift(86_400 - 1);
    world.sign_in_with(&mut office.browser, "KYOTAKU.SATO").await;
    let last = Statement { key: key(), ..statement.clone() };
    world.clock().shift(1);
    world.sign_in_with(&mut office.browser, "KYOTAKU.SATO").await;
    search(&office.browser, &request(world.person("hanako"))).await.ok();
    assert_eq!(office.refusal(&statement).await, "UPS-153");
    world.clock().shift(-1);
    world.sign_in_with(&mut office.browser, "KYOTAKU.SATO").await;
    office.receipt(&last).await;
    world.stop().await;
}

#[tokio::test]
async fn a_check_that_nobody_can_name_any_more_is_not_kept() {
    let world = World::start().await;
    let (office, transaction) = Office::with_card(&world, "KYOTAKU.SATO", "hanako").await;
    let statement = Statement { identity: Identity::Card { transaction }, ..office.statement(&world) };
    office.receipt(&statement).await;
    Hand::of(&world.layout, "taro").identify(&office.browser).await;
    assert_eq!(rows(&world, "SELECT count(*) FROM card_check"), 2);
    world.clock().shift(86_400);
    Office::with_card(&world, "KYOTAKU.SATO", "taro").await;
    // The filing's own proof stays, yesterday's other one is gone.
    assert_eq!(rows(&world, "SELECT count(*) FROM card_check"), 2);
    assert_eq!(rows(&world, "SELECT count(*) FROM card_check WHERE used_by IS NOT NULL"), 1);
    world.stop().await;
}
