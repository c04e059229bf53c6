//! What the sandbox says when it is asked through the relay.

use crate::Failure;
use crate::client::Heard;
use crate::lane::{Lane, PATIENT};
use crate::report::{Record, Report};
use kakehashi_domain::filing::{FilingKey, FilingNumber};
use kakehashi_domain::upstream::{
    FilingState, FilingsRequest, FilingsResponse, KeyOutcome, KeysRequest, KeysResponse, route,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::HashMap;

/// Each key's outcome is what was told, and each receipt's filing stands in the office's list once.
pub(crate) async fn over_the_api(
    lane: &Lane,
    records: &[Record],
    report: &mut Report,
) -> Result<(), Failure> {
    let listed = listed(lane).await?;
    for some in records.chunks(50) {
        let keys = some.iter().map(|record| FilingKey(record.key.clone())).collect();
        let answer: KeysResponse = answered(lane, route::FILING_KEYS, &KeysRequest { keys }).await?;
        if answer.outcomes.len() != some.len() {
            return Err("keys are answered one by one".into());
        }
        for (record, outcome) in some.iter().zip(answer.outcomes) {
            let name = &record.name;
            match outcome {
                KeyOutcome::Received(receipt) => {
                    if !record.told_filed() {
                        report.wrong.push(format!("{name} is received and was not told so"));
                    }
                    match listed.get(&receipt.number) {
                        Some(1) => {}
                        None => report.lost.push(format!("{name} does not stand in the list")),
                        Some(times) => {
                            report.duplicated.push(format!("{name} stands in the list {times} times"))
                        }
                    }
                }
                KeyOutcome::Refused(_) | KeyOutcome::Void { .. } if !record.told_failed() => {
                    report.wrong.push(format!("{name} is not received and was not told so"));
                }
                KeyOutcome::Refused(_) | KeyOutcome::Void { .. } => {}
                KeyOutcome::Unknown => report.lost.push(format!("{name} is not known")),
            }
        }
    }
    Ok(())
}

/// How often each number stands in the office's list, received and nothing more.
async fn listed(lane: &Lane) -> Result<HashMap<FilingNumber, usize>, Failure> {
    let mut listed = HashMap::new();
    let mut request = FilingsRequest { size: 200, ..FilingsRequest::default() };
    loop {
        let page: FilingsResponse = answered(lane, route::FILING_LIST, &request).await?;
        for entry in page.filings {
            if entry.state == FilingState::Received && entry.steps.len() == 1 {
                *listed.entry(entry.number).or_default() += 1;
            }
        }
        match page.next {
            Some(next) => request.after = Some(next),
            None => return Ok(listed),
        }
    }
}

async fn answered<T: DeserializeOwned>(
    lane: &Lane,
    path: &str,
    request: &impl Serialize,
) -> Result<T, Failure> {
    for _ in 0..3 {
        let token = lane.token.lock().await.clone();
        match lane.send(path, request, None, &token, PATIENT).await? {
            Heard::Ok(body) => return Ok(serde_json::from_value(body)?),
            heard if heard.is_session_over() => lane.sign_in(&token).await?,
            heard => return Err(format!("{path}: {heard:?}").into()),
        }
    }
    Err("nobody can be signed in".into())
}
