//! `/api/v1/filing/evidence`, checked by openssl alone.

use crate::browser::Browser;
use crate::filing_hand::{Desk, Office};
use crate::world::World;
use base64ct::{Base64UrlUnpadded, Encoding};
use der::Encode;
use der::asn1::UintRef;
use kakehashi_domain::filing::{FilingNumber, Identity, Statement};
use kakehashi_domain::upstream::{Evidence, EvidenceRequest, FilingState, SignedText, route};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::path::Path;
use std::process::Command;

async fn evidence(browser: &Browser, number: &FilingNumber) -> crate::browser::Said<Evidence> {
    browser.post(route::FILING_EVIDENCE, &EvidenceRequest { number: number.clone() }).await.said()
}

/// Runs openssl in a folder.
fn openssl(folder: &Path, arguments: &[&str]) -> (bool, String) {
    let done = Command::new("openssl").args(arguments).current_dir(folder).output().unwrap();
    (done.status.success(), String::from_utf8([done.stdout, done.stderr].concat()).unwrap())
}

/// r‖s as the SEQUENCE openssl reads.
fn sequence(signature: &str) -> Vec<u8> {
    let raw = Base64UrlUnpadded::decode_vec(signature).unwrap();
    assert_eq!(raw.len(), 64);
    let number = |bytes: &[u8]| UintRef::new(bytes).unwrap().to_der().unwrap();
    let body = [number(&raw[..32]), number(&raw[32..])].concat();
    [vec![0x30, u8::try_from(body.len()).unwrap()], body].concat()
}

/// Whether a signature of P-256 over a text holds; the key may be a certificate.
fn holds(folder: &Path, signed: &SignedText) -> bool {
    std::fs::write(folder.join("text"), &signed.text).unwrap();
    std::fs::write(folder.join("signature"), sequence(&signed.signature)).unwrap();
    std::fs::write(folder.join("key.pem"), &signed.key).unwrap();
    if signed.key.contains("BEGIN CERTIFICATE") {
        let (ok, key) = openssl(folder, &["x509", "-in", "key.pem", "-noout", "-pubkey"]);
        assert!(ok, "{key}");
        std::fs::write(folder.join("key.pem"), key).unwrap();
    }
    openssl(folder, &["dgst", "-sha256", "-verify", "key.pem", "-signature", "signature", "text"]).0
}

#[tokio::test]
async fn statement_receipt_decision_and_card_hold_by_openssl() {
    let world = World::start().await;
    let (office, transaction) = Office::with_card(&world, "KYOTAKU.SATO", "hanako").await;
    let statement = Statement {
        identity: Identity::Card { transaction: transaction.clone() },
        ..office.statement(&world)
    };
    let given = office.receipt(&statement).await;
    Desk::of(&world, "ISESAKI.MORI").await.accept(&given.number).await;
    let evidence = evidence(&office.browser, &given.number).await.ok();
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();

    let signed = evidence.statement.unwrap();
    assert_eq!(serde_json::from_str::<Statement>(&signed.text).unwrap(), statement);
    assert!(holds(folder, &signed));
    let forged = SignedText { text: signed.text.replace("連取町", "三光町"), ..signed.clone() };
    assert!(!holds(folder, &forged), "the check can fail");

    let receipt = evidence.receipt.unwrap();
    assert_eq!(receipt, given);
    let (text, signature, key) =
        (receipt.text.clone(), receipt.signature.clone(), receipt.certificate.clone());
    assert!(holds(folder, &SignedText { text, signature, key }));
    let said: Value = serde_json::from_str(&receipt.text).unwrap();
    std::fs::write(folder.join("statement"), &signed.text).unwrap();
    let (_, hash) = openssl(folder, &["dgst", "-sha256", "-r", "statement"]);
    let hash = hash.split(' ').next().unwrap().to_owned();
    assert_eq!((said["sha256"].as_str(), &receipt.sha256), (Some(hash.as_str()), &hash));
    assert_eq!(said["number"], receipt.number.0);

    let decision = evidence.decision.unwrap();
    assert!(holds(folder, &decision));
    let said: Value = serde_json::from_str(&decision.text).unwrap();
    assert_eq!((said["state"].as_str(), said["sha256"].as_str()), (Some("accepted"), Some(hash.as_str())));
    assert_eq!(said["on_certificate"], true);

    // The certificate of receipts is the CA's.
    std::fs::write(folder.join("receipts.pem"), &receipt.certificate).unwrap();
    let ca = world.layout.ca();
    let (ok, what) = openssl(folder, &["verify", "-CAfile", ca.to_str().unwrap(), "receipts.pem"]);
    assert!(ok, "{what}");

    // What the card signed is made from the parts with nothing but SHA-256.
    let card = evidence.card.unwrap();
    assert_eq!((&card.transaction, card.device.as_str()), (&transaction, office.browser.key.thumbprint()));
    let mut whole = b"kakehashi-card-v1\0".to_vec();
    for part in [&card.origin, &card.nonce, &card.transaction, &card.device] {
        whole.extend(Sha256::digest(part));
    }
    std::fs::write(folder.join("parts"), &whole).unwrap();
    std::fs::write(folder.join("card.pem"), &card.key).unwrap();
    std::fs::write(folder.join("card.signature"), Base64UrlUnpadded::decode_vec(&card.signature).unwrap())
        .unwrap();
    let check = ["dgst", "-sha256", "-verify", "card.pem", "-signature", "card.signature", "parts"];
    let (ok, what) = openssl(folder, &check);
    assert!(ok, "{what}");
    whole[0] ^= 1;
    std::fs::write(folder.join("parts"), &whole).unwrap();
    assert!(!openssl(folder, &check).0);
    world.stop().await;
}

#[tokio::test]
async fn the_office_keeps_its_proof_the_municipality_has_it_and_nobody_else() {
    let world = World::start().await;
    let mut office = Office::with(&world, "KYOTAKU.SATO", "hanako").await;
    let number = office.receipt(&office.statement(&world)).await.number;
    let desk = Desk::of(&world, "ISESAKI.MORI").await;
    let there = evidence(&desk.0, &number).await.ok();
    assert!(there.entry.person.is_some() && there.card.is_none() && there.decision.is_none());
    assert_eq!(there.entry.state, FilingState::Received);
    let elsewhere = Office::with(&world, "HOUKATSU.NAKAMURA", "hanako").await;
    let unknown = evidence(&elsewhere.browser, &FilingNumber("nothing".into())).await.refused();
    assert_eq!(unknown.code, "UPS-157");
    assert_eq!(evidence(&elsewhere.browser, &number).await.refused(), unknown);
    let day = Office::with(&world, "DAY.TANAKA", "hanako").await;
    assert_eq!(evidence(&day.browser, &number).await.refused().code, "UPS-130");
    // The right to view is over; the proof stays the office's.
    world.clock().shift(86_400);
    world.sign_in_with(&mut office.browser, "KYOTAKU.SATO").await;
    let kept = evidence(&office.browser, &number).await.ok();
    assert_eq!((kept.entry.person, kept.statement), (None, there.statement));
    world.stop().await;
}
