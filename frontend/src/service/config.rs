//! `config.json` beside the page: where the relay is, and whether this is a training mode.

use super::http;
use super::json;
use super::problem::Problem;
use domain::rollout::Rollout;
use serde::Deserialize;

/// The settings of one installation (docs/api.md §7).
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct Config {
    /// Base URL of the relay; empty = where the page came from.
    #[serde(default)]
    pub relay: String,
    /// Practice reader and outbox; `None` in real use.
    #[serde(default)]
    pub training: Option<Training>,
    /// When an unattended screen is covered.
    #[serde(default)]
    pub idle: IdleLimits,
    /// Who may have issued a card's certificate; without it the page 機器の確認 does not check one.
    #[serde(default)]
    pub jpki: Option<Jpki>,
    /// When the insurers begin; nothing is said of those that are not in it.
    #[serde(default)]
    pub rollout: Rollout,
    /// When drafts nobody writes on are cleared from this device.
    #[serde(default)]
    pub drafts_days: DraftDays,
}

/// Days a draft is kept after it was last written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct DraftDays(pub u16);

impl Default for DraftDays {
    fn default() -> Self {
        Self(30)
    }
}

/// The roots of the JPKI.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Jpki {
    /// Certificates of an authority for tests and training, never the public's.
    #[serde(default)]
    pub test: bool,
    /// Root certificates, DER in base64, all generations that are still valid.
    pub roots: Vec<String>,
}

/// What a training mode offers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Training {
    /// WebSocket of the practice reader.
    pub reader: String,
    /// Page with the one-time passwords that were "sent".
    pub outbox: String,
}

/// Seconds without a touch until the screen is covered and until it is locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct IdleLimits {
    /// Until it is covered.
    pub mask_s: u32,
    /// Until it is locked.
    pub lock_s: u32,
}

impl Default for IdleLimits {
    fn default() -> Self {
        Self { mask_s: 300, lock_s: 900 }
    }
}

const CANNOT_READ: &str = "APP-007";

/// Reads the settings.
///
/// # Errors
/// `APP-007` when the file is not there or not understood.
pub async fn load() -> Result<Config, Problem> {
    let reply =
        http::send("config.json", &[], None, http::SHORT).await.map_err(|_| Problem::new(CANNOT_READ))?;
    if reply.status == 200 { parse(&reply.body) } else { Err(Problem::new(CANNOT_READ)) }
}

fn parse(body: &[u8]) -> Result<Config, Problem> {
    let mut config: Config = json::read(body).map_err(|_| Problem::new(CANNOT_READ))?;
    config.relay.truncate(config.relay.trim_end_matches('/').len());
    Ok(config)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_forms_are_read() {
        let config = parse(br#"{"relay":"","training":null}"#).unwrap();
        assert_eq!(config, Config::default());
        assert_eq!(config.idle, IdleLimits { mask_s: 300, lock_s: 900 });
        let config = parse(
            br#"{"relay":"http://127.0.0.1:8480/","training":{"reader":"ws://r","outbox":"http://o"},"idle":{"mask_s":1,"lock_s":2}}"#,
        )
        .unwrap();
        assert_eq!(config.relay, "http://127.0.0.1:8480");
        assert_eq!(config.training.unwrap().outbox, "http://o");
        assert_eq!(config.idle.lock_s, 2);
        assert_eq!(config.drafts_days, DraftDays(30));
        assert_eq!(parse(br#"{"drafts_days":7}"#).unwrap().drafts_days, DraftDays(7));
        let config = parse(br#"{"jpki":{"test":true,"roots":["MA=="]}}"#).unwrap();
        assert_eq!(config.rollout, Rollout::default());
        assert_eq!(config.jpki, Some(Jpki { test: true, roots: vec!["MA==".into()] }));
    }

    #[test]
    fn the_insurers_starts_are_read() {
        let text = r#"{"rollout":[{"insurer":"102046","start":null,"source":"市","as_of":"2026-11-01"}]}"#;
        let config = parse(text.as_bytes()).unwrap();
        assert_eq!(config.rollout.0[0].start, None);
        let wrong =
            r#"{"rollout":[{"insurer":"102046","start":"2027-02-30","source":"市","as_of":"2026-11-01"}]}"#;
        assert_eq!(parse(wrong.as_bytes()).unwrap_err().code, CANNOT_READ, "a wrong day is no undecided one");
    }

    #[test]
    fn anything_else_is_said_to_be_unreadable() {
        for body in ["", "<html>", r#"{"relay":7}"#, r#"{"training":{}}"#] {
            assert_eq!(parse(body.as_bytes()).unwrap_err().code, CANNOT_READ);
        }
    }
}
