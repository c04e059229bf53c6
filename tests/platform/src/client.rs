//! The office's own list of clients: whom it keeps there, and what the list shows of them.

use crate::access::{Gate, Viewing};
use crate::answer::{Done, Outcome, business};
use crate::audit::Line;
use crate::http::Authorised;
use crate::person::Look;
use crate::person::register::{self, COLUMNS};
use crate::state::Shared;
use crate::store::{Connection, Json, StoreError, params};
use axum::extract::State;
use kakehashi_domain::access::Information;
use kakehashi_domain::calendar::Time;
use kakehashi_domain::number::OfficeNumber;
use kakehashi_domain::upstream::{
    ClientEntry, ClientRequest, ClientsResponse, Empty, Outline, Person, ViewingRight, Way,
};

/// `/api/v1/clients/list`
pub(crate) async fn list(
    State(state): State<Shared>,
    Authorised { caller, member, body: Empty {} }: Authorised<Empty>,
) -> Outcome<ClientsResponse> {
    let (now, failing) = (state.now(), state.failing.kinds());
    let clients = state
        .store
        .write(move |db| {
            let line = Line::new(&caller, Some(member.account), now, "clients_listed");
            if let Err(refusal) = Gate::may_ask(&member, Information::Qualification) {
                line.refused(&refusal.code).write(db)?;
                return Ok(Err(refusal));
            }
            let all = of_office(db, &caller.office)?;
            let (mut shown, mut clients) = (Vec::new(), Vec::with_capacity(all.len()));
            for (id, person, right) in all {
                let mut outline = None;
                if now < right.until {
                    shown.push(id);
                    let look = Look { db, now, failing: &failing };
                    outline = Some(Outline::of(&look.read(&person, id)?));
                }
                clients.push(ClientEntry { person, right, outline });
            }
            line.write_list(db, &shown)?;
            Ok(Ok(clients))
        })
        .await??;
    Ok(Done(ClientsResponse { clients, unreadable: Vec::new() }))
}

/// `/api/v1/clients/add`
pub(crate) async fn add(
    State(state): State<Shared>,
    Authorised { caller, member, body }: Authorised<ClientRequest>,
) -> Outcome<Empty> {
    let now = state.now();
    let until = now.plus(i64::from(state.rules.right_of_client_s));
    state
        .store
        .write(move |db| {
            let viewing =
                Viewing { caller: &caller, information: Information::Qualification, what: "client_added" };
            let person = match viewing.at(db, &member, &body.person, now)? {
                Ok((person, _)) => person,
                Err(refusal) => return Ok(Err(refusal)),
            };
            db.prepare_cached(
                "INSERT INTO client (office, person, added_at, until) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (office, person) DO UPDATE SET until = excluded.until",
            )?
            .execute(params![caller.office.as_str(), person, now.0, until.0])?;
            Ok(Ok(()))
        })
        .await??;
    Ok(Done(Empty {}))
}

/// `/api/v1/clients/remove`; somebody who is no client stays none.
pub(crate) async fn remove(
    State(state): State<Shared>,
    Authorised { caller, member, body }: Authorised<ClientRequest>,
) -> Outcome<Empty> {
    let now = state.now();
    state
        .store
        .write(move |db| {
            // Also after the right is over: a list must be able to become shorter.
            let Some((person, _)) = register::right(db, &caller.office, &body.person)? else {
                return Ok(Err(business("UPS-121")));
            };
            db.prepare_cached("DELETE FROM client WHERE office = ?1 AND person = ?2")?
                .execute(params![caller.office.as_str(), person])?;
            let line = Line::new(&caller, Some(member.account), now, "client_removed");
            line.about(Some(person)).write(db)?;
            Ok(Ok(()))
        })
        .await??;
    Ok(Done(Empty {}))
}

/// The clients of an office.
pub(crate) fn of_office_sql() -> String {
    format!(
        "SELECT {COLUMNS}, p.id, r.way, r.until FROM client c
         JOIN person p ON p.id = c.person
         JOIN insurer i ON i.number = p.insurer
         JOIN handle h ON h.person = p.id AND h.office = c.office
         JOIN held_right r ON r.person = p.id AND r.office = c.office
         WHERE c.office = ?1 ORDER BY p.kana, p.birth_date, p.insured"
    )
}

/// All of an office, by kana.
pub(crate) fn of_office(
    db: &Connection,
    office: &OfficeNumber,
) -> Result<Vec<(i64, Person, ViewingRight)>, StoreError> {
    let mut select = db.prepare_cached(&of_office_sql())?;
    let rows = select.query_map([office.as_str()], |row| {
        let Json(way): Json<Way> = row.get(10)?;
        let right = ViewingRight { way, until: Time(row.get(11)?) };
        Ok((row.get(9)?, register::person(row)?, right))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
