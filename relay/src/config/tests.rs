//! The file's form.

use super::*;

const LEAST: &str = r#"
state = "state"
[upstream]
url = "https://127.0.0.1:8481"
ca = "pki/ca.pem"
[identity]
certificate = "/etc/kakehashi/cert.pem"
key = "key.pem"
"#;

fn parse(text: &str) -> Result<Config, ConfigError> {
    Config::parse(text, Path::new("/office"))
}

#[test]
fn the_least_has_defaults_and_paths_start_from_the_file() {
    let config = parse(LEAST).unwrap();
    assert_eq!(config.listen, "127.0.0.1:8480".parse().unwrap());
    assert_eq!(config.state, Path::new("/office/state"));
    assert_eq!(config.upstream.ca, Path::new("/office/pki/ca.pem"));
    assert_eq!(config.identity.certificate, Path::new("/etc/kakehashi/cert.pem"));
    assert_eq!(config.limits.in_flight, 64);
}

#[test]
fn the_example_says_the_defaults() {
    let example = include_str!("../../relay.example.toml");
    let commented = parse(example).unwrap();
    // With every commented-out setting switched on, the file must still be read, and mean the same.
    let all: String = example
        .lines()
        .map(|line| match line.strip_prefix("#") {
            Some(rest) if rest.starts_with(|c: char| c.is_ascii_lowercase()) => format!("{rest}\n"),
            _ => format!("{line}\n"),
        })
        .collect();
    assert_ne!(all.trim(), example.trim());
    let written = parse(&all).unwrap();
    assert_eq!(format!("{written:?}"), format!("{commented:?}"));
}

#[test]
fn what_is_wrong_is_refused() {
    assert!(matches!(parse(&format!("listen = \"0.0.0.0:8480\"\n{LEAST}")), Err(ConfigError::Lan(_))));
    let everywhere = "listen = \"0.0.0.0:8480\"\nallow_lan = true";
    assert!(parse(&format!("{everywhere}\n{LEAST}")).is_err(), "under which name?");
    assert!(parse(&format!("{everywhere}\nauthority = [\"relay.office\"]\n{LEAST}")).is_ok());
    for origin in ["https://a.example", "http://localhost:8080", "isolated-app://n47tnrzq"] {
        assert!(parse(&format!("origins = [\"{origin}\"]\n{LEAST}")).is_ok(), "{origin}");
    }
    for (top, bottom) in [
        ("unknown = 1", ""),
        ("origins = [\"chrome-extension://a\"]", ""),
        ("workers = 0", ""),
        ("origins = [\"https://a.example/\"]", ""),
        ("origins = [\"*\"]", ""),
        ("authority = [\"Relay.Example\"]", ""),
        ("authority = [\"\"]", ""),
        ("routes = [\"/other\"]", ""),
        ("routes = [\"/api/../x\"]", ""),
        ("routes = [\"/api/\"]", ""),
        ("", "[limits]\nunknown = 1"),
        ("", "[limits]\nin_flight = 0"),
        ("", "[limits]\nheader_bytes = 10"),
        ("", "[app]\nconnect = [\"'self'; script-src *\"]"),
        ("", "[enrol]\ncode_minutes = 0"),
        ("", "[audit]\nsync_ms = -1"),
    ] {
        assert!(parse(&format!("{top}\n{LEAST}\n{bottom}")).is_err(), "{top}{bottom}");
    }
    for url in ["http://a", "https://a/x", "https://a?x", "https://u@a", "a", ""] {
        assert!(parse(&LEAST.replace("https://127.0.0.1:8481", url)).is_err(), "{url}");
    }
}
