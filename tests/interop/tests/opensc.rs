//! OpenSC lists, reads and signs with the virtual card; openssl verifies.

use kakehashi_card::CardFile;
use kakehashi_interop::{Failure, Reader, run};
use std::path::Path;
use std::process::Command;

const MODULE: &str = "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so";

fn sign(folder: &Path, pin: &str) -> Result<String, Failure> {
    run(Command::new("pkcs11-tool")
        .args(["--module", MODULE, "--slot", "0", "--login", "--pin", pin])
        .args(["--sign", "--mechanism", "SHA256-RSA-PKCS", "--id", "1"])
        .arg("--input-file")
        .arg(folder.join("challenge"))
        .arg("--output-file")
        .arg(folder.join("signature")))
}

#[test]
fn opensc_knows_reads_and_signs_and_openssl_agrees() -> Result<(), Failure> {
    let file = CardFile::specimen().map_err(|error| error.to_string())?;
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("challenge"), b"a challenge of the upstream")?;
    let reader = Reader::with(&file)?;

    let name = run(Command::new("opensc-tool").arg("--name"))?;
    assert!(name.to_lowercase().contains("jpki"), "OpenSC calls the card: {name}");

    let listed = run(Command::new("pkcs15-tool").arg("--dump"))?;
    assert!(listed.contains("User Authentication"), "{listed}");

    let read = run(Command::new("pkcs15-tool").args(["--read-certificate", "1"]))?;
    let own = file.auth_certificate.as_deref().ok_or("the specimen has no certificate")?;
    assert_eq!(der(&read)?, der(own)?, "the certificate OpenSC reads is the card's");

    sign(folder.path(), "1234")?;
    let key = folder.path().join("key.pem");
    let certificate = folder.path().join("certificate.pem");
    std::fs::write(&certificate, own)?;
    let public = run(Command::new("openssl").args(["x509", "-pubkey", "-noout", "-in"]).arg(&certificate))?;
    std::fs::write(&key, public)?;
    let verified = run(Command::new("openssl")
        .args(["dgst", "-sha256", "-verify"])
        .arg(&key)
        .arg("-signature")
        .arg(folder.path().join("signature"))
        .arg(folder.path().join("challenge")))?;
    assert!(verified.contains("Verified OK"), "{verified}");

    let mut card = reader.take_card()?;
    assert_eq!(card.tries_left(), Some(3));
    assert!(!card.forbidden_touched());
    Ok(())
}

#[test]
fn a_wrong_pin_costs_one_try_and_signs_nothing() -> Result<(), Failure> {
    let file = CardFile::specimen().map_err(|error| error.to_string())?;
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("challenge"), b"a challenge of the upstream")?;
    let reader = Reader::with(&file)?;

    let refused = sign(folder.path(), "9999").expect_err("a wrong PIN must not sign").to_string();
    assert!(refused.contains("CKR_PIN_INCORRECT"), "{refused}");
    assert!(
        !folder.path().join("signature").exists()
            || std::fs::read(folder.path().join("signature"))?.is_empty()
    );

    let mut card = reader.take_card()?;
    assert_eq!(card.tries_left(), Some(2));
    Ok(())
}

/// The bytes of a PEM text, by openssl.
fn der(pem: &str) -> Result<String, Failure> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("certificate.pem");
    std::fs::write(&path, pem)?;
    run(Command::new("openssl").args(["x509", "-outform", "PEM", "-in"]).arg(path))
}
