//! The commands, as a person runs them.

use crate::support::{OFFICE, Office, Upstream};
use std::io::{BufRead, BufReader};
use std::process::{Command, Output, Stdio};

fn relay(office: &Office, command: &str) -> Command {
    let mut relay = Command::new(env!("CARGO_BIN_EXE_kakehashi-relay"));
    relay.arg(command).arg("--config").arg(office.path("relay.toml"));
    relay
}

fn output(office: &Office, command: &str) -> (Output, String) {
    let output = relay(office, command).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    (output, text)
}

async fn office() -> Office {
    let upstream = Upstream::echo().await;
    let office = Office::with(&upstream);
    std::fs::write(office.path("relay.toml"), office.text(upstream.address)).unwrap();
    office
}

#[tokio::test]
async fn check_says_what_is_wrong_in_words() {
    let office = office().await;
    let (good, text) = output(&office, "check");
    assert!(good.status.success(), "{text}");
    assert!(text.contains(&format!("事業所番号 {OFFICE}")), "{text}");

    let says = |words: &str| {
        let (bad, text) = output(&office, "check");
        assert!(!bad.status.success(), "{text}");
        assert!(text.contains(words), "{text}");
    };
    office.put(&office.pki.expired(OFFICE));
    says("期限が切れています");
    std::fs::write(office.path("key.pem"), &office.pki.office(OFFICE).key).unwrap();
    says("組み合わせが違います");
    std::fs::remove_file(office.path("key.pem")).unwrap();
    says("がありません");
    office.put(&office.pki.office(OFFICE));
    std::fs::write(office.path("ca.pem"), "").unwrap();
    says("認証局");
    std::fs::write(office.path("relay.toml"), "unknown = 1").unwrap();
    says("書き方が正しくありません");
    std::fs::remove_file(office.path("relay.toml")).unwrap();
    says("読めません");
}

#[tokio::test]
async fn enrol_prints_a_code() {
    let office = office().await;
    let (output, text) = output(&office, "enrol");
    assert!(output.status.success());
    let code = text.trim();
    assert_eq!((code.len(), &code[4..5], &code[9..10]), (12, "-", "-"), "{code}");
    assert_eq!(std::fs::read_dir(office.state().join("codes")).unwrap().count(), 1);
}

#[cfg(unix)]
#[tokio::test]
async fn serve_says_ready_and_stops_in_good_order() {
    let office = office().await;
    for signal in ["TERM", "INT"] {
        let mut child = relay(&office, "serve").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("ready ").unwrap();
        assert!(address.parse::<std::net::SocketAddr>().unwrap().ip().is_loopback());
        let kill =
            Command::new("kill").arg(format!("-{signal}")).arg(child.id().to_string()).status().unwrap();
        assert!(kill.success());
        assert!(child.wait().unwrap().success());
    }
    let (good, text) = output(&office, "audit");
    assert!(good.status.success());
    assert!(text.contains("改ざんされていません。2行"), "{text}");
    let mut log = std::fs::read_dir(office.state().join("audit")).unwrap().map(|entry| entry.unwrap().path());
    let log = log.find(|path| path.extension().is_some()).unwrap();
    let changed = std::fs::read_to_string(&log).unwrap().replacen("start", "stort", 1);
    std::fs::write(&log, changed).unwrap();
    assert!(!output(&office, "audit").0.status.success());
}

#[tokio::test]
async fn a_port_in_use_is_said() {
    let office = office().await;
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let text = std::fs::read_to_string(office.path("relay.toml")).unwrap();
    let text = text.replace("127.0.0.1:0", &taken.local_addr().unwrap().to_string());
    std::fs::write(office.path("relay.toml"), text).unwrap();
    let (output, _) = output(&office, "serve");
    assert!(!output.status.success());
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(error.contains("cannot listen on"), "{error}");
}
