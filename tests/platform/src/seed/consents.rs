//! The municipality's comprehensive consents (包括的同意), as they came with the applications.
//!
//! What the paper covers is the text of the 申請書 of R8.4, before that the older one; that the progress is
//! covered too is an assumption. A few people said no, and a few took it back.

use super::clients::name;
use super::random::Random;
use super::resident::case_at;
use crate::store::{Json, StoreError, Transaction, params};
use kakehashi_domain::calendar::{Date, Time};
use kakehashi_domain::upstream::{ConsentBasis, ConsentGiver, ConsentMethod, ConsentScope, ConsentTerms};
use std::collections::BTreeSet;

/// The wording in force since then names the 介護情報基盤.
const NEW_WORDING: &str = "2026-04-01";
/// Place in the register of 星野 太郎: his consent is still to be asked for.
const ASKED_LATER: u32 = 1;
/// Place of 関口 清: his was taken back.
const TAKEN_BACK: u32 = 2;
/// Places of the people of the cards.
const CARDS: u32 = 4;

/// What became of the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reply {
    Yes,
    No,
    TakenBack,
}

fn reply(seed: u64, place: u32) -> Reply {
    match place {
        ASKED_LATER => Reply::No,
        TAKEN_BACK => Reply::TakenBack,
        // Whoever is worth a look is to be seen.
        _ if case_at(place).is_some() => Reply::Yes,
        0..CARDS => Reply::Yes,
        _ => match Random::new(seed ^ 0xC0_45E7, u64::from(place)).below(100) {
            0..5 => Reply::No,
            5..7 => Reply::TakenBack,
            _ => Reply::Yes,
        },
    }
}

/// The terms of the paper that came with an application.
fn terms(applied_on: Date) -> ConsentTerms {
    let new = Date::from_iso(NEW_WORDING).is_ok_and(|from| applied_on >= from);
    let mut scope =
        vec![ConsentScope::Progress, ConsentScope::Survey, ConsentScope::Judgement, ConsentScope::Opinion];
    if new {
        scope.extend([ConsentScope::CarePlan, ConsentScope::Condition]);
    }
    ConsentTerms {
        giver: ConsentGiver::Person,
        giver_name: None,
        method: ConsentMethod::Written,
        basis: ConsentBasis::Application,
        basis_version: new.then(|| "R8.4".to_owned()),
        scope,
        given_at: morning(applied_on),
        until: None,
    }
}

/// Nine in the morning in Japan.
fn morning(day: Date) -> Time {
    Time(day.day_number() * 86_400)
}

/// Writes the consent that came with each person's last application. Whoever's case shows something said yes.
pub(super) fn write(
    db: &Transaction<'_>,
    seed: u64,
    today: Date,
    shown: &BTreeSet<u32>,
) -> Result<(), StoreError> {
    let mut last = db.prepare_cached("SELECT person, max(applied_on) FROM application GROUP BY person")?;
    let mut insert = db.prepare_cached(
        "INSERT INTO data_consent (id, person, recorded_at, terms, withdrawn_at, withdrawn_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    let mut rows = last.query([])?;
    while let Some(row) = rows.next()? {
        let place: u32 = row.get(0)?;
        let applied_on = Date::from_iso(&row.get::<_, String>(1)?).map_err(StoreError::other)?;
        let reply = if shown.contains(&place) { Reply::Yes } else { reply(seed, place) };
        let withdrawn = match reply {
            Reply::No => continue,
            Reply::Yes => None,
            Reply::TakenBack => {
                Some((morning(today.plus_days(-3).max(applied_on)).0 + 3_600, ConsentGiver::Person))
            }
        };
        let id = name(seed ^ 0xC0_45E7, i64::from(place));
        let (at, by) = (withdrawn.map(|(at, _)| at), withdrawn.map(|(_, by)| Json(by)));
        insert.execute(params![id, place, morning(applied_on).0, Json(terms(applied_on)), at, by])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_paper_can_be_recorded_and_most_people_said_yes() {
        for day in ["2024-10-01", "2026-04-01", "2026-11-22"] {
            let day = Date::from_iso(day).unwrap();
            assert_eq!(terms(day).check(morning(day)), Ok(()));
            assert_eq!(morning(day).date(), day);
        }
        let many = |wanted| (0..2_000).filter(|place| reply(7, *place) == wanted).count();
        assert!(many(Reply::Yes) > 1_800 && many(Reply::No) > 50 && many(Reply::TakenBack) > 10);
        assert_eq!(
            [reply(7, 0), reply(7, ASKED_LATER), reply(7, TAKEN_BACK)],
            [Reply::Yes, Reply::No, Reply::TakenBack]
        );
    }
}
