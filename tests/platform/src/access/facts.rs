//! What the register says of a person, as far as access hangs on it.

use crate::person::sheets::RECORD;
use crate::store::{Connection, Kind, OptionalExtension, StoreError, params};
use kakehashi_domain::access::{Denial, Information, Planner, TABLE};
use kakehashi_domain::calendar::Time;
use kakehashi_domain::number::OfficeNumber;
use kakehashi_domain::qualification::{CareLevel, Content, InsuranceCertificate, Sheet};
use kakehashi_domain::raw::Raw;
use kakehashi_domain::upstream::Staff;

/// The level that holds; nothing before the first decision.
pub(crate) fn level(db: &Connection, person: i64) -> Result<Option<CareLevel>, StoreError> {
    let (level, _) = level_and_planner(db, person, None)?;
    Ok(level)
}

/// The level and whose the plan is, by the last 被保険者証. A certificate that cannot be read or has not been
/// brought opens nothing: its level is unknown.
pub(super) fn level_and_planner(
    db: &Connection,
    person: i64,
    office: Option<&OfficeNumber>,
) -> Result<(Option<CareLevel>, Planner), StoreError> {
    let content: Option<String> = db
        .prepare_cached(RECORD)?
        .query_row(params![person, Kind::Certificate.name()], |row| row.get(2))
        .optional()?;
    let unknown = (Some(CareLevel::from_code("")), Planner::Other);
    let Some(content) = content else { return Ok(unknown) };
    let raw: Raw = serde_json::from_str(&content).map_err(StoreError::other)?;
    let sheet = Sheet::<InsuranceCertificate>::of_raw(Time(0), String::new(), &raw);
    Ok(match sheet.content {
        Content::Present(paper) => (paper.level, planner(&paper, office)),
        Content::NoneIssued => (None, Planner::Nobody),
        _ => unknown,
    })
}

/// By the last 届出; a plan made by the person (自己作成) is another's.
fn planner(paper: &InsuranceCertificate, office: Option<&OfficeNumber>) -> Planner {
    match paper.plan_office() {
        None => Planner::Nobody,
        Some(plan) if plan.number.is_some() && plan.number.as_ref() == office => Planner::This,
        Some(_) => Planner::Other,
    }
}

/// Why a cell is closed under all conditions.
pub(super) fn closed(staff: &Staff, information: Information) -> Denial {
    let some_job = TABLE.iter().any(|row| row.information == information && row.service == staff.service);
    if some_job { Denial::Job } else { Denial::Service }
}
