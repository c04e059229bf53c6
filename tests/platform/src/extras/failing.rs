//! `POST /failing {"kinds":["copayment"]}`: these of the five kinds cannot be fetched from then on, until the
//! next such call.

use crate::answer::Problem;
use crate::state::Shared;
use crate::store::Kind;
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use serde::{Deserialize, Serialize};
use std::sync::{Mutex, PoisonError};

/// Kinds that cannot be fetched.
#[derive(Debug, Default)]
pub(crate) struct Failing(Mutex<Vec<Kind>>);

impl Failing {
    /// All of them.
    pub(crate) fn kinds(&self) -> Vec<Kind> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Which.
#[derive(Serialize, Deserialize)]
pub(super) struct Kinds {
    kinds: Vec<Kind>,
}

/// Makes these fail, and no others.
pub(super) async fn set(
    State(state): State<Shared>,
    body: Result<Json<Kinds>, JsonRejection>,
) -> Result<Json<Kinds>, Problem> {
    let Json(Kinds { kinds }) = body.map_err(|_| Problem::Malformed("body"))?;
    kinds.clone_into(&mut state.failing.0.lock().unwrap_or_else(PoisonError::into_inner));
    Ok(Json(Kinds { kinds }))
}
