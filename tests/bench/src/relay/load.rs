//! wrk as load generator, on core 1.

use super::contest::Round;
use super::core::Core;
use super::peers::{Peers, Proxy};
use super::signed::{self, Device};
use crate::figure::Failure;
use crate::processor::{used_by, used_by_children};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::time::{Duration, Instant};

/// Connections the generator keeps open.
pub(crate) const CONNECTIONS: u32 = 32;
/// Seconds a round lasts, and the run before it that is not counted.
pub(crate) const SECONDS: u32 = 4;
const WARM_UP: u32 = 1;
/// Signed requests made ready for each second: more than one core can check, as each may be sent only once.
const READY: usize = 25_000;

/// How long an answer may take before something is wrong.
pub(crate) const CONNECTION_TIME: Duration = Duration::from_secs(5);

/// The body every request carries.
pub(crate) const BODY: &str = r#"{"person":"0123456789abcdef0123456789abcdef"}"#;
/// The route every request goes to.
pub(crate) const PATH: &str = "/api/v1/person/qualification";

/// The same request again and again, the size of a signed one.
pub(crate) fn post(peers: &Peers, proxy: &Proxy, device: &Device) -> Result<Round, Failure> {
    let request = signed::request(proxy.port, device)?;
    let script = format!("local message = [==[{request}]==]\nfunction request()\n  return message\nend\n");
    run(proxy.port, WARM_UP, &script)?;
    round(peers, proxy, || run(proxy.port, SECONDS, &script))
}

/// Requests signed beforehand, each sent once.
pub(crate) fn signed(peers: &Peers, proxy: &Proxy, device: &Device) -> Result<Round, Failure> {
    let folder = tempfile::tempdir()?;
    let script = |name: &str, seconds: u32| -> Result<String, Failure> {
        let file = folder.path().join(name);
        let length = signed::write_requests(&file, proxy.port, device, READY * seconds as usize)?;
        // At the end of the file there is nothing to send, and wrk would send it: stop loudly instead.
        Ok(format!(
            "local file = assert(io.open('{}', 'rb'))\nfunction request()\n  \
             return assert(file:read({length}), 'all signed requests are used up')\nend\n",
            file.display()
        ))
    };
    run(proxy.port, WARM_UP, &script("first", WARM_UP)?)?;
    let script = script("counted", SECONDS)?;
    round(peers, proxy, || run(proxy.port, SECONDS, &script))
}

/// What wrk says about a run.
struct Said {
    per_second: f64,
    p50_ms: f64,
    p99_ms: f64,
}

/// A run, with the processor time spent meanwhile.
fn round(
    peers: &Peers,
    proxy: &Proxy,
    load: impl FnOnce() -> Result<Said, Failure>,
) -> Result<Round, Failure> {
    let before = (Instant::now(), used_by(proxy.id())?, used_by(peers.id())? + used_by_children()?);
    let said = load()?;
    let after = (used_by(proxy.id())?, used_by(peers.id())? + used_by_children()?);
    let time = before.0.elapsed().as_secs_f64();
    Ok(Round {
        per_second: said.per_second,
        p50_ms: said.p50_ms,
        p99_ms: said.p99_ms,
        proxy: (after.0 - before.1) / time,
        others: (after.1 - before.2) / time,
    })
}

fn run(port: u16, seconds: u32, script: &str) -> Result<Said, Failure> {
    let folder = tempfile::tempdir()?;
    let lua = folder.path().join("load.lua");
    std::fs::write(&lua, script)?;
    let output = Core::Others
        .command(Path::new("wrk"))
        .args(["-t1", "--latency"])
        .arg(format!("-c{CONNECTIONS}"))
        .arg(format!("-d{seconds}s"))
        .arg("-s")
        .arg(&lua)
        .arg(format!("http://127.0.0.1:{port}"))
        .output()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let trouble = String::from_utf8_lossy(&output.stderr);
    if text.contains("Non-2xx") || text.contains("Socket errors") || !trouble.is_empty() {
        return Err(format!("the load did not go through:\n{text}{trouble}").into());
    }
    let value = |label: &str| {
        text.lines().find_map(|line| line.trim().strip_prefix(label)).map(str::trim).map(str::to_owned)
    };
    let missing = || format!("wrk said:\n{text}");
    Ok(Said {
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
    stream.set_read_timeout(Some(CONNECTION_TIME))?;
    stream.write_all(request.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_as_wrk_writes_them() {
        assert_eq!(milliseconds("812.50us"), Some(0.8125));
        assert_eq!(milliseconds("1.03ms"), Some(1.03));
        assert_eq!(milliseconds("1.20s"), Some(1200.0));
        assert_eq!(milliseconds("soon"), None);
    }
}
