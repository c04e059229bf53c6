//! The five kinds of one person (資格情報), looked up again and again. Signing and connecting come before the
//! clock starts: what is timed is a request on its way, at work in the sandbox, and its whole answer.

use super::caller::{Sandbox, exchange};
use crate::figure::Failure;
use kakehashi_domain::upstream::route;
use serde_json::json;
use std::time::Duration;
use tokio::time::Instant;

/// Lookups a second at an even pace, on so many connections in turn.
const PER_SECOND: u32 = 200;
pub(super) const CONNECTIONS: usize = 4;
/// Lookups in all; the first tenth is not counted.
const COUNT: usize = 4_000;
/// Lookups of one block, one after the other.
const BLOCK: usize = 300;

/// At an even pace: ms from when each was due, so that one that is late because of the one before counts so.
pub(super) fn paced(sandbox: &Sandbox) -> Result<Vec<f64>, Failure> {
    let requests = requests(sandbox, COUNT)?;
    let times = sandbox.runtime.block_on(async {
        let begin = Instant::now() + Duration::from_millis(50);
        let mut lanes = Vec::new();
        for at in 0..CONNECTIONS {
            lanes.push((sandbox.connect().await?, Vec::new(), at));
        }
        for (at, request) in requests.into_iter().enumerate() {
            if let Some(lane) = lanes.get_mut(at % CONNECTIONS) {
                lane.1.push(request);
            }
        }
        let work = lanes.into_iter().map(|(mut line, requests, lane)| async move {
            let mut times = Vec::new();
            for (turn, request) in requests.into_iter().enumerate() {
                let place = u32::try_from(turn * CONNECTIONS + lane)?;
                let due = begin + Duration::from_secs(1) * place / PER_SECOND;
                tokio::time::sleep_until(due).await;
                exchange(&mut line, request).await?;
                times.push((place, due.elapsed()));
            }
            Ok::<_, Failure>(times)
        });
        Ok::<_, Failure>(futures_util::future::try_join_all(work).await?.concat())
    })?;
    let counted = times.into_iter().filter(|(place, _)| *place as usize >= COUNT / 10);
    Ok(counted.map(|(_, time)| time.as_secs_f64() * 1e3).collect())
}

/// One after the other, as fast as they are answered; ms each.
pub(super) fn block(sandbox: &Sandbox) -> Result<Vec<f64>, Failure> {
    let requests = requests(sandbox, BLOCK)?;
    sandbox.runtime.block_on(async {
        let mut line = sandbox.connect().await?;
        let mut times = Vec::with_capacity(requests.len());
        for request in requests {
            let begin = Instant::now();
            exchange(&mut line, request).await?;
            times.push(begin.elapsed().as_secs_f64() * 1e3);
        }
        Ok(times)
    })
}

/// Signed requests for clients from all over the register: not one beside the other, so that no page of the
/// database is warm because of the one before.
fn requests(
    sandbox: &Sandbox,
    count: usize,
) -> Result<Vec<http::Request<http_body_util::Full<hyper::body::Bytes>>>, Failure> {
    // 379 has no factor in common with 1,000: each client comes once before one comes again.
    let clients = sandbox.clients();
    let all = (0..count).filter_map(|at| clients.get(at * 379 % clients.len()));
    all.map(|person| sandbox.request(route::PERSON_QUALIFICATION, &json!({ "person": person }))).collect()
}
