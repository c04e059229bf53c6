//! How long insurers take, from their own decided cases: made once a day for each.

use crate::store::{Connection, Json, StoreError, params};
use kakehashi_domain::calendar::Date;
use kakehashi_domain::certification::{Case, MINIMUM_CASES, expected};
use kakehashi_domain::number::InsurerNumber;
use kakehashi_domain::upstream::Pace;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Months of decided cases that are looked at: an assumption of this sandbox.
const MONTHS: i32 = 18;

/// Cases that were decided from a day to a day.
pub(crate) const DECIDED: &str =
    "SELECT stands FROM care_case WHERE insurer = ?1 AND decided_on >= ?2 AND decided_on <= ?3";

/// What was made today.
#[derive(Debug, Default)]
pub(crate) struct Paces(Mutex<HashMap<InsurerNumber, (Date, Vec<Pace>)>>);

impl Paces {
    /// The medians of an insurer up to yesterday; those that rest on few cases are left out.
    pub(crate) fn of(
        &self,
        db: &Connection,
        insurer: &InsurerNumber,
        today: Date,
    ) -> Result<Vec<Pace>, StoreError> {
        let mut made = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, paces)) = made.get(insurer).filter(|(on, _)| *on == today) {
            return Ok(paces.clone());
        }
        let (first, last) = (today.plus_months(-MONTHS), today.plus_days(-1));
        let mut select = db.prepare_cached(DECIDED)?;
        let rows = select
            .query_map(params![insurer.as_str(), first.to_string(), last.to_string()], |row| {
                row.get::<_, Json<Case>>(0)
            })?;
        let cases = rows.map(|row| row.map(|Json(case)| case)).collect::<Result<Vec<_>, _>>()?;
        let mut paces = expected::paces(insurer, &cases, first, last);
        paces.retain(|pace| pace.cases >= MINIMUM_CASES);
        made.insert(insurer.clone(), (today, paces.clone()));
        Ok(paces)
    }
}
