//! Whom this member of staff saw today, latest first.

use super::register::{self, COLUMNS};
use crate::answer::{Done, Outcome};
use crate::http::Authorised;
use crate::state::Shared;
use crate::store::{Json, params};
use axum::extract::State;
use kakehashi_domain::calendar::Time;
use kakehashi_domain::upstream::{Empty, SeenPerson, SeenResponse, ViewingRight, Way};

/// More people than this nobody sees in a day.
const MOST: i64 = 500;

/// Those seen since a time.
pub(crate) fn sql() -> String {
    format!(
        "SELECT {COLUMNS}, s.at, r.way, r.until
                 FROM (SELECT person, max(at) AS at, max(id) AS id FROM audit
                       WHERE account = ?1 AND at >= ?2 AND person IS NOT NULL AND refused IS NULL
                         AND what NOT IN ('found_for_list', 'client_added', 'client_removed',
                                          'consent_list', 'consent_recorded', 'consent_withdrawn') GROUP BY person) s
                 JOIN person p ON p.id = s.person
                 JOIN insurer i ON i.number = p.insurer
                 JOIN handle h ON h.person = p.id AND h.office = ?3
                 JOIN held_right r ON r.person = p.id AND r.office = ?3
                 ORDER BY s.id DESC LIMIT ?4"
    )
}

/// `/api/v1/person/seen`
pub(crate) async fn seen(
    State(state): State<Shared>,
    Authorised { caller, member, body: Empty {} }: Authorised<Empty>,
) -> Outcome<SeenResponse> {
    // A day begins at midnight in Japan, nine hours before UTC's.
    let midnight = state.now().date().day_number() * 86_400 - 9 * 3_600;
    let people = state
        .store
        .read(move |db| {
            let mut select = db.prepare_cached(&sql())?;
            let rows =
                select.query_map(params![member.account, midnight, caller.office.as_str(), MOST], |row| {
                    let Json(way): Json<Way> = row.get(10)?;
                    Ok(SeenPerson {
                        person: register::person(row)?,
                        seen_at: Time(row.get(9)?),
                        right: ViewingRight { way, until: Time(row.get(11)?) },
                    })
                })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .await?;
    Ok(Done(SeenResponse { people, unreadable: Vec::new() }))
}
