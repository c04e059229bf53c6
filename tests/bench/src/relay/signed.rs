//! A device of the relay under test, and its signed requests.

use super::contest::median;
use super::core::Core;
use super::load::{BODY, PATH, exchange};
use super::peers::{Peers, Proxy};
use crate::figure::Failure;
use crate::processor::used;
use kakehashi_signing::{DeviceKey, SigningRequest, VerifyingKey};
use std::io::Write;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// An enrolled device.
pub(crate) struct Device {
    key: DeviceKey,
    credential: String,
}

/// Enrols as a browser does.
pub(crate) fn enrol(peers: &Peers, relay: &Proxy) -> Result<Device, Failure> {
    let key = DeviceKey::generate().map_err(|error| format!("{error:?}"))?;
    let code = peers.enrolment_code(relay)?;
    let jwk = serde_json::to_value(key.jwk().map_err(|error| format!("{error:?}"))?)?;
    let body = serde_json::json!({ "code": code, "public_key": jwk, "label": "bench" }).to_string();
    let answer = exchange(
        relay.port,
        &format!(
            "POST /relay/enrol HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            relay.port,
            body.len()
        ),
    )?;
    let answer = answer.split("\r\n\r\n").nth(1).ok_or("no answer to the enrolment")?;
    let answer: serde_json::Value =
        serde_json::from_str(answer).map_err(|error| format!("{error}: {answer}"))?;
    let credential = answer["credential"].as_str().ok_or_else(|| format!("enrolment: {answer}"))?.to_owned();
    Ok(Device { key, credential })
}

/// Writes requests of one length, one after another; returns the length.
pub(crate) fn write_requests(
    path: &Path,
    port: u16,
    device: &Device,
    count: usize,
) -> Result<usize, Failure> {
    let mut file = std::io::BufWriter::new(std::fs::File::create(path)?);
    let mut length = 0;
    for _ in 0..count {
        let text = request(port, device)?;
        if length != 0 && length != text.len() {
            return Err("signed requests differ in length".into());
        }
        length = text.len();
        file.write_all(text.as_bytes())?;
    }
    file.flush()?;
    Ok(length)
}

/// One request as it goes over the wire, signed now.
pub(crate) fn request(port: u16, device: &Device) -> Result<String, Failure> {
    const AUTHORIZATION: &str = "Bearer 0123456789abcdef0123456789abcdef";
    let authority = format!("127.0.0.1:{port}");
    let request = SigningRequest {
        method: "POST",
        authority: &authority,
        path: PATH,
        content_type: Some("application/json"),
        body: BODY.as_bytes(),
        authorization: Some(AUTHORIZATION),
        ..SigningRequest::default()
    };
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let headers = device.key.sign_request(&request, now).map_err(|error| format!("{error:?}"))?;
    Ok(format!(
        "POST {PATH} HTTP/1.1\r\nHost: {authority}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nAuthorization: {AUTHORIZATION}\r\nContent-Digest: {}\r\n\
         Signature-Input: {}\r\nSignature: {}\r\nKakehashi-Device: {}\r\n\r\n{BODY}",
        BODY.len(),
        headers.content_digest.unwrap_or_default(),
        headers.signature_input,
        headers.signature,
        device.credential
    ))
}

/// Seconds of processor time of one signature verification on the contestants' core, median of batches.
pub(crate) fn verification_seconds(device: &Device) -> Result<f64, Failure> {
    Core::Contestant.run(|| verify(device).map_err(|error| error.to_string()))?.map_err(Into::into)
}

fn verify(device: &Device) -> Result<f64, Failure> {
    let key = VerifyingKey::new(&device.key.jwk().map_err(|error| format!("{error:?}"))?)
        .map_err(|error| format!("{error:?}"))?;
    let message = [7; 400];
    let signature = device.key.sign(&message).map_err(|error| format!("{error:?}"))?;
    let mut batches = Vec::new();
    for _ in 0..9 {
        let begin = used();
        for _ in 0..500 {
            if !key.verify(std::hint::black_box(&message), &signature) {
                return Err("a good signature was refused".into());
            }
        }
        batches.push((used() - begin) / 500.0);
    }
    Ok(median(&batches))
}
