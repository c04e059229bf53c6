//! What a session was told of its board, and what is new since.
//!
//! A mark names what was told. Only a digest of each case is kept with it: enough to see that it differs, or
//! that it must leave the screen. A case that was never told is never "gone", so a mark tells nothing of a
//! person whose cases are closed.

use crate::secret::random_text;
use crate::store::{Connection, Json, OptionalExtension, StoreError, params};
use aws_lc_rs::digest::{SHA256, digest};
use kakehashi_domain::calendar::Time;
use kakehashi_domain::certification::CaseId;
use kakehashi_domain::upstream::{CasesAll, CasesChanged, CasesNews, Mark};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Marks kept for a session: its last answers may have been lost on the way.
const KEPT: u32 = 3;

/// The look that a mark of a session names.
pub(crate) const LOOK: &str = "SELECT change, holds_until, told FROM look WHERE mark = ?1 AND session = ?2";
/// The number of an office's board.
pub(crate) const CHANGE: &str = "SELECT change FROM board WHERE office = ?1";
/// Removes the looks of a session but the last.
pub(crate) const FORGET: &str = "DELETE FROM look WHERE session = ?1 AND id NOT IN
     (SELECT id FROM look WHERE session = ?1 ORDER BY id DESC LIMIT ?2)";

/// What was told.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Told {
    cases: BTreeMap<String, u64>,
    closed: u64,
    paces: u64,
}

impl Told {
    fn of(all: &CasesAll) -> Result<Self, StoreError> {
        let mut cases = BTreeMap::new();
        for entry in &all.cases {
            cases.insert(entry.case.id.0.clone(), mark_of(entry)?);
        }
        Ok(Self { cases, closed: mark_of(&all.closed)?, paces: mark_of(&all.paces)? })
    }
}

/// The first bytes of a digest.
fn mark_of(value: &impl Serialize) -> Result<u64, StoreError> {
    let text = serde_json::to_vec(value).map_err(StoreError::other)?;
    let whole = digest(&SHA256, &text);
    Ok(whole.as_ref().iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

/// The number of an office's board.
pub(super) fn change(db: &Connection, office: &str) -> Result<i64, StoreError> {
    Ok(db.prepare_cached(CHANGE)?.query_row([office], |row| row.get(0)).optional()?.unwrap_or_default())
}

/// Whether everything is surely as it was told: nothing was changed, and nothing ended by itself.
pub(super) fn holds(
    db: &Connection,
    session: i64,
    office: &str,
    mark: &Mark,
    now: Time,
) -> Result<bool, StoreError> {
    let look: Option<(i64, i64)> = db
        .prepare_cached(LOOK)?
        .query_row(params![mark.0, session], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(match look {
        Some((at, until)) => now.0 < until && at == change(db, office)?,
        None => false,
    })
}

/// A look: whose, and what its board shows.
pub(super) struct Look<'a> {
    pub(super) session: i64,
    /// The board's number when it was looked at.
    pub(super) change: i64,
    /// Before this time nothing changes by itself.
    pub(super) holds_until: Time,
    pub(super) all: &'a CasesAll,
}

impl Look<'_> {
    /// What is new since a mark, and the mark for the next time.
    pub(super) fn since(
        &self,
        db: &Connection,
        seen: Option<&Mark>,
    ) -> Result<(Mark, CasesNews), StoreError> {
        let told = Told::of(self.all)?;
        let before: Option<Json<Told>> = match seen {
            Some(mark) => db
                .prepare_cached(LOOK)?
                .query_row(params![mark.0, self.session], |row| row.get(2))
                .optional()?,
            None => None,
        };
        if let (Some(mark), Some(Json(before))) = (seen, &before)
            && *before == told
        {
            db.prepare_cached("UPDATE look SET change = ?2, holds_until = ?3 WHERE mark = ?1")?
                .execute(params![mark.0, self.change, self.holds_until.0])?;
            return Ok((mark.clone(), CasesNews::Unchanged));
        }
        let mark = Mark(random_text::<16>()?);
        db.prepare_cached(
            "INSERT INTO look (mark, session, change, holds_until, told) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![mark.0, self.session, self.change, self.holds_until.0, Json(&told)])?;
        db.prepare_cached(FORGET)?.execute(params![self.session, KEPT])?;
        let news = match before {
            None => CasesNews::All(self.all.clone()),
            Some(Json(before)) => CasesNews::Changed(self.changed(&before, &told)),
        };
        Ok((mark, news))
    }

    fn changed(&self, before: &Told, told: &Told) -> CasesChanged {
        let new = |id: &CaseId| before.cases.get(&id.0) != told.cases.get(&id.0);
        let gone = before.cases.keys().filter(|id| !told.cases.contains_key(*id));
        CasesChanged {
            cases: self.all.cases.iter().filter(|entry| new(&entry.case.id)).cloned().collect(),
            gone: gone.map(|id| CaseId(id.clone())).collect(),
            closed: self.all.closed.clone(),
            paces: (before.paces != told.paces).then(|| self.all.paces.clone()),
        }
    }
}
