//! The number route: four items that must all agree, and a recorded consent.

use super::register;
use crate::Rules;
use crate::access::Gate;
use crate::answer::{Done, Outcome, business, wait};
use crate::audit::Line;
use crate::http::Authorised;
use crate::state::Shared;
use crate::store::{Json, OptionalExtension, StoreError, Transaction, params};
use axum::extract::State;
use kakehashi_domain::access::Information;
use kakehashi_domain::calendar::Time;
use kakehashi_domain::upstream::{
    AuditKind, Consent, Found, SearchPurpose, SearchRequest, ViewingRight, Way,
};

/// `/api/v1/person/search`
pub(crate) async fn search(
    State(state): State<Shared>,
    Authorised { caller, member, body }: Authorised<SearchRequest>,
) -> Outcome<Found> {
    let now = state.now();
    let Some(consent) = body.consent.clone() else { return Err(business("UPS-110").into()) };
    let rules = state.rules.clone();
    let found = state
        .store
        .write(move |db| {
            let note = |what| Line::new(&caller, Some(member.account), now, what);
            if let Err(refusal) = Gate::may_ask(&member, Information::Qualification) {
                note(AuditKind::Search.code()).refused(&refusal.code).write(db)?;
                return Ok(Err(refusal));
            }
            if let Some(until) = paused(db, member.account, &rules, now)? {
                note("search_missed").refused("UPS-112").write(db)?;
                return Ok(Err(wait("UPS-112", until)));
            }
            // Which of the four is wrong is never told.
            let Some(person) = matching(db, &body)? else {
                db.prepare_cached("INSERT INTO missed_search (account, at) VALUES (?1, ?2)")?
                    .execute(params![member.account, now.0])?;
                note("search_missed").refused("UPS-111").write(db)?;
                return Ok(Err(business("UPS-111")));
            };
            record(db, person, caller.office.as_str(), member.account, &consent, now)?;
            // Who is looked up for the list only was not seen by anybody.
            let what = match body.purpose {
                SearchPurpose::View => "found_by_numbers",
                SearchPurpose::List => "found_for_list",
            };
            note(what).about(Some(person)).write(db)?;
            let until = now.plus(i64::from(rules.right_by_numbers_s));
            let right = ViewingRight { way: Way::Numbers, until };
            register::grant(db, &caller.office, person, right).map(Ok)
        })
        .await??;
    Ok(Done(found))
}

/// Until when somebody has to wait who looked for too many people that are not there.
fn paused(db: &Transaction<'_>, account: i64, rules: &Rules, now: Time) -> Result<Option<Time>, StoreError> {
    let window = i64::from(rules.miss_window_s);
    db.prepare_cached("DELETE FROM missed_search WHERE account = ?1 AND at <= ?2")?
        .execute(params![account, now.0 - window])?;
    let oldest: Option<i64> = db
        .prepare_cached("SELECT at FROM missed_search WHERE account = ?1 ORDER BY at DESC LIMIT 1 OFFSET ?2")?
        .query_row(params![account, rules.misses.saturating_sub(1)], |row| row.get(0))
        .optional()?;
    Ok(oldest.map(|at| Time(at + window)))
}

/// The four items.
pub(crate) const MATCHING: &str =
    "SELECT id FROM person WHERE insurer = ?1 AND insured = ?2 AND birth_date = ?3 AND sex = ?4";

fn matching(db: &Transaction<'_>, wanted: &SearchRequest) -> Result<Option<i64>, StoreError> {
    let found = db
        .prepare_cached(MATCHING)?
        .query_row(
            params![
                wanted.insurer.as_str(),
                wanted.insured.as_str(),
                wanted.birth_date.to_string(),
                Json(wanted.sex)
            ],
            |row| row.get(0),
        )
        .optional()?;
    Ok(found)
}

fn record(
    db: &Transaction<'_>,
    person: i64,
    office: &str,
    account: i64,
    consent: &Consent,
    now: Time,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO consent (person, office, account, giver, method, given_at, recorded_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        person,
        office,
        account,
        Json(consent.giver),
        Json(consent.method),
        consent.given_at.0,
        now.0
    ])?;
    Ok(())
}
