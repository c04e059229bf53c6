//! The board: the cases of all clients whom this account may follow, or what is new of them.

use super::keep;
use super::look::{self, Look};
use crate::access::{Asked, Gate};
use crate::answer::{Done, Outcome};
use crate::audit::Line;
use crate::client;
use crate::http::Authorised;
use crate::session::Member;
use crate::state::{Shared, State as Inner};
use crate::store::{Connection, StoreError};
use axum::extract::State;
use kakehashi_domain::access::Information;
use kakehashi_domain::calendar::{Date, Time};
use kakehashi_domain::certification::Case;
use kakehashi_domain::upstream::{CaseEntry, CasesAll, CasesNews, CasesRequest, CasesResponse, ClosedPerson};
use std::collections::BTreeMap;

/// `/api/v1/cases/list`
pub(crate) async fn list(
    State(state): State<Shared>,
    Authorised { caller, member, body }: Authorised<CasesRequest>,
) -> Outcome<CasesResponse> {
    let (now, again_in_s) = (state.now(), state.rules.cases_again_s);
    let answer = |mark, news| Ok(Done(CasesResponse { mark, now, again_in_s, news }));
    if let Some(mark) = body.seen.clone() {
        let (session, office) = (member.session, caller.office.clone());
        let asked = mark.clone();
        let holds = move |db: &Connection| look::holds(db, session, office.as_str(), &asked, now);
        // Whoever got a mark could see the board, and job and office of a session do not change.
        if state.store.read(holds).await? {
            return answer(mark, CasesNews::Unchanged);
        }
    }
    let inner = Shared::clone(&state);
    let (mark, news) = state
        .store
        .write(move |db| {
            let line = Line::new(&caller, Some(member.account), now, "cases");
            if let Err(refusal) = Gate::may_ask(&member, Information::Progress) {
                line.refused(&refusal.code).write(db)?;
                return Ok(Err(refusal));
            }
            let board = Board::of(db, &inner, &member, now)?;
            let (session, change) = (member.session, look::change(db, caller.office.as_str())?);
            let look = Look { session, change, holds_until: board.holds_until, all: &board.all };
            let (mark, news) = look.since(db, body.seen.as_ref())?;
            let shown: &[CaseEntry] = match &news {
                CasesNews::Unchanged => &[],
                CasesNews::Changed(changed) => &changed.cases,
                CasesNews::All(all) => &all.cases,
            };
            let mut people: Vec<i64> =
                shown.iter().filter_map(|entry| board.people.get(&entry.person.handle.0).copied()).collect();
            people.sort_unstable();
            people.dedup();
            if news != CasesNews::Unchanged {
                line.write_list(db, &people)?;
            }
            Ok(Ok((mark, news)))
        })
        .await??;
    answer(mark, news)
}

/// What an account's board shows now.
struct Board {
    all: CasesAll,
    /// Number in the register by handle.
    people: BTreeMap<String, i64>,
    /// Before this time nothing of it ends by itself.
    holds_until: Time,
}

impl Board {
    fn of(db: &Connection, state: &Inner, member: &Member, now: Time) -> Result<Self, StoreError> {
        let (gate, today) = (Gate { db, member, now }, now.date());
        let mut board = Self {
            all: CasesAll::default(),
            people: BTreeMap::new(),
            // At midnight the medians are made anew, and what ended long ago leaves.
            holds_until: today.plus_days(1).begin(),
        };
        for (id, person, right) in client::of_office(db, &member.staff.office)? {
            let asked =
                Asked { person: Some(id), until: Some(right.until), insurer: Some(person.insurer.clone()) };
            let until = match gate.decide(&asked, Information::Progress, None)? {
                Ok(grant) => grant.until,
                Err(why) => {
                    board.all.closed.push(ClosedPerson { person: person.handle, why });
                    continue;
                }
            };
            board.holds_until = until.map_or(board.holds_until, |until| until.min(board.holds_until));
            let cases = keep::of_person(db, id)?.into_iter().map(|kept| kept.case);
            for case in cases.filter(|case| is_shown(case, today, state.rules.ended_shown_days)) {
                board.people.insert(person.handle.0.clone(), id);
                board.all.cases.push(CaseEntry { person: person.clone(), right, case });
            }
        }
        let mut insurers: Vec<_> = board.all.cases.iter().map(|entry| &entry.person.insurer).collect();
        insurers.sort_unstable();
        insurers.dedup();
        let mut paces = Vec::new();
        for insurer in insurers {
            paces.append(&mut state.paces.of(db, insurer, today)?);
        }
        board.all.paces = paces;
        Ok(board)
    }
}

/// Open ones, and for a while those that ended.
fn is_shown(case: &Case, today: Date, days: u32) -> bool {
    let ended = case.outcome.as_ref().map(|outcome| outcome.on().max(case.changed_at.date()));
    ended.is_none_or(|on| on.days_until(today) <= i64::from(days))
}
