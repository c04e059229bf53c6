//! wrk as load generator, on core 1.

use super::contest::Round;
use super::peers::Proxy;
use super::signed::{self, Device};
use crate::figure::Failure;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::time::Duration;

/// Connections the generator keeps open.
pub(crate) const CONNECTIONS: u32 = 32;
/// Seconds a round lasts.
const SECONDS: u32 = 4;

/// The body every request carries.
pub(crate) const BODY: &str = r#"{"person":"0123456789abcdef0123456789abcdef"}"#;
/// The route every request goes to.
pub(crate) const PATH: &str = "/api/v1/person/qualification";

/// The same request again and again.
pub(crate) fn post(port: u16) -> Result<Round, Failure> {
    let script = format!(
        "wrk.method = 'POST'\nwrk.body = '{BODY}'\nwrk.headers['Content-Type'] = 'application/json'\n"
    );
    run(port, PATH, &script)
}

/// Requests signed beforehand, each sent once.
pub(crate) fn signed(relay: &Proxy, device: &Device) -> Result<Round, Failure> {
    // Twice what one core can check in a round: a nonce must never come a second time.
    let count = 14_000 * SECONDS as usize;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("requests");
    let length = signed::write_requests(&file, relay.port, device, count)?;
    let script = format!(
        "local file = io.open('{}', 'rb')\nfunction request()\n  return file:read({length})\nend\n",
        file.display()
    );
    run(relay.port, PATH, &script)
}

fn run(port: u16, path: &str, script: &str) -> Result<Round, Failure> {
    let folder = tempfile::tempdir()?;
    let lua = folder.path().join("load.lua");
    std::fs::write(&lua, script)?;
    let output = Command::new("taskset")
        .args(["-c", "1", "wrk", "-t1", "--latency"])
        .arg(format!("-c{CONNECTIONS}"))
        .arg(format!("-d{SECONDS}s"))
        .arg("-s")
        .arg(&lua)
        .arg(format!("http://127.0.0.1:{port}{path}"))
        .output()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if text.contains("Non-2xx") || text.contains("Socket errors") {
        return Err(format!("the load did not go through:\n{text}").into());
    }
    let value = |label: &str| {
        text.lines().find_map(|line| line.trim().strip_prefix(label)).map(str::trim).map(str::to_owned)
    };
    let missing = || format!("wrk said:\n{text}{}", String::from_utf8_lossy(&output.stderr));
    Ok(Round {
        per_second: value("Requests/sec:").and_then(|v| v.parse().ok()).ok_or_else(missing)?,
        p50_ms: value("50%").and_then(|v| milliseconds(&v)).ok_or_else(missing)?,
        p99_ms: value("99%").and_then(|v| milliseconds(&v)).ok_or_else(missing)?,
    })
}

/// `812.00us`, `1.03ms`, `1.2s`.
fn milliseconds(text: &str) -> Option<f64> {
    let (number, factor) = match text {
        _ if text.ends_with("us") => (text.strip_suffix("us")?, 1e-3),
        _ if text.ends_with("ms") => (text.strip_suffix("ms")?, 1.0),
        _ => (text.strip_suffix('s')?, 1e3),
    };
    number.parse::<f64>().ok().map(|value| value * factor)
}

/// Whether a GET is answered with 200.
pub(crate) fn answers(port: u16, path: &str) -> bool {
    exchange(port, &format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"))
        .is_ok_and(|answer| answer.starts_with("HTTP/1.1 200"))
}

/// One request as text, and the whole answer.
pub(crate) fn exchange(port: u16, request: &str) -> Result<String, Failure> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    stream.write_all(request.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}
