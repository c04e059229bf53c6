//! `POST /clock {"plus_s": …}`: moves the clock of the rules, so that an end-to-end test need not wait.

use crate::Clock;
use crate::answer::Problem;
use crate::state::Shared;
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use kakehashi_domain::calendar::Time;
use serde::{Deserialize, Serialize};

/// How far.
#[derive(Deserialize)]
pub(super) struct Shift {
    plus_s: i64,
}

/// Where the clock stands now.
#[derive(Serialize)]
pub(super) struct Stands {
    now: Time,
    plus_s: i64,
}

/// Moves it on, or back when negative.
pub(super) async fn shift(
    State(state): State<Shared>,
    body: Result<Json<Shift>, JsonRejection>,
) -> Result<Json<Stands>, Problem> {
    // The JSON content type also keeps a foreign page's plain form out.
    let Json(Shift { plus_s }) = body.map_err(|_| Problem::Malformed("body"))?;
    let plus_s = state.clock.shift(plus_s);
    Ok(Json(Stands { now: state.clock.now(), plus_s }))
}
