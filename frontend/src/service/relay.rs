//! The relay's own two questions: how are you, and may this device join.

use super::clock::{self, Clock};
use super::http::{self, Reply};
use super::json;
use super::problem::Problem;
use domain::calendar::Time;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use signing::Jwk;

/// What the relay says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct RelayStatus {
    /// Number of the office whose certificate it holds.
    pub office: Option<String>,
    /// That certificate.
    pub certificate: Option<Certificate>,
    /// Its clock.
    pub now: Time,
}

/// The office's certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Certificate {
    /// Its last moment.
    pub not_after: Time,
}

/// What enrolment gives.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Enrolled {
    /// The device credential (docs/api.md §2).
    pub credential: String,
    /// Number of the office.
    pub office: String,
    /// When the credential ends.
    pub expires_at: Time,
}

/// Asks the relay how it is, and sets the clock by it.
///
/// # Errors
/// When it is not reached or does not answer as a relay.
pub async fn status(base: &str, clock: &Clock) -> Result<RelayStatus, Problem> {
    let before = clock::local();
    let reply = http::send(&format!("{base}/relay/status"), &[], None, http::SHORT).await?;
    let status: RelayStatus = read(&reply, clock.now())?;
    clock.learn(before, status.now, clock::local());
    Ok(status)
}

/// Enrols this device with a one-time code.
///
/// # Errors
/// `RLY-021` and `RLY-022` for codes, and what else can happen on the way.
pub async fn enrol(base: &str, code: &str, key: &Jwk, label: &str, now: Time) -> Result<Enrolled, Problem> {
    #[derive(Serialize)]
    struct Request<'a> {
        code: &'a str,
        public_key: &'a Jwk,
        label: &'a str,
    }
    let body =
        serde_json::to_vec(&Request { code, public_key: key, label }).map_err(|_| Problem::new("APP-099"))?;
    let headers = [("content-type", "application/json")];
    let url = format!("{base}/relay/enrol");
    let reply = http::send(&url, &headers, Some(&body), http::SHORT).await?;
    read(&reply, now)
}

fn read<T: DeserializeOwned>(reply: &Reply, now: Time) -> Result<T, Problem> {
    if reply.status == 200 {
        json::read(&reply.body).map_err(|_| Problem::new("APP-004"))
    } else {
        Err(Problem::from_response(reply.status, &reply.body, now, reply.retry_after_s))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(status: u16, body: &str) -> Reply {
        Reply { status, body: body.into(), retry_after_s: None }
    }

    #[test]
    fn the_documented_answers_are_read() {
        let empty: RelayStatus =
            read(&reply(200, r#"{"office":null,"certificate":null,"now":1}"#), Time(0)).unwrap();
        assert_eq!(empty, RelayStatus { office: None, certificate: None, now: Time(1) });
        let full: RelayStatus =
            read(&reply(200, r#"{"office":"1070400005","certificate":{"not_after":9},"now":1}"#), Time(0))
                .unwrap();
        assert_eq!(full.certificate, Some(Certificate { not_after: Time(9) }));
    }

    #[test]
    fn a_page_that_is_no_relay_is_noticed() {
        let html: Result<RelayStatus, _> = read(&reply(200, "<!doctype html>"), Time(0));
        assert_eq!(html.unwrap_err().code, "APP-004");
        let refused: Result<Enrolled, _> = read(&reply(403, r#"{"code":"RLY-021"}"#), Time(0));
        assert_eq!(refused.unwrap_err().code, "RLY-021");
    }
}
