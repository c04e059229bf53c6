//! `POST /failing {"kinds":["copayment"],"filing":"after_commit"}`: these of the five kinds cannot be fetched from
//! then on, and the next 届出 that is submitted meets this fault. What is left out stays as it is.

use crate::answer::Problem;
use crate::state::Shared;
use crate::store::{Kind, StoreError};
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use serde::{Deserialize, Deserializer, Serialize};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What fails.
#[derive(Debug, Default)]
pub(crate) struct Failing(Mutex<Faults>);

#[derive(Debug, Default, Clone, Serialize)]
pub(super) struct Faults {
    kinds: Vec<Kind>,
    filing: Option<FilingFault>,
}

/// What happens at the next submission of a 届出; then no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FilingFault {
    /// The program dies when everything is written and nothing is committed.
    BeforeCommit,
    /// The program dies when everything is committed and nothing is answered.
    AfterCommit,
    /// The disk is full at the last write.
    DiskFull,
}

impl FilingFault {
    /// To be called where everything is written and nothing is committed.
    pub(crate) fn before_commit(self) -> Result<(), StoreError> {
        match self {
            Self::BeforeCommit => std::process::abort(),
            Self::DiskFull => Err(StoreError::Full),
            Self::AfterCommit => Ok(()),
        }
    }

    /// To be called where everything is committed.
    pub(crate) fn after_commit(self) {
        if self == Self::AfterCommit {
            std::process::abort();
        }
    }
}

impl Failing {
    /// All kinds that cannot be fetched.
    pub(crate) fn kinds(&self) -> Vec<Kind> {
        self.all().kinds.clone()
    }

    /// What the 届出 that is being submitted meets.
    pub(crate) fn take_filing(&self) -> Option<FilingFault> {
        self.all().filing.take()
    }

    fn all(&self) -> MutexGuard<'_, Faults> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is to fail from now on.
#[derive(Deserialize)]
pub(super) struct Wanted {
    kinds: Option<Vec<Kind>>,
    /// `null` takes back what was asked for.
    #[serde(default, deserialize_with = "said")]
    filing: Option<Option<FilingFault>>,
}

fn said<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Option<FilingFault>>, D::Error> {
    Option::deserialize(from).map(Some)
}

/// Makes these fail; answers all that fails.
pub(super) async fn set(
    State(state): State<Shared>,
    body: Result<Json<Wanted>, JsonRejection>,
) -> Result<Json<Faults>, Problem> {
    let Json(wanted) = body.map_err(|_| Problem::Malformed("body"))?;
    let mut faults = state.failing.all();
    if let Some(kinds) = wanted.kinds {
        faults.kinds = kinds;
    }
    if let Some(filing) = wanted.filing {
        faults.filing = filing;
    }
    Ok(Json(faults.clone()))
}
