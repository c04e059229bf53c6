//! What changed between two looks at the board: for marks and notices.

use super::{Case, CaseId, Outcome, Stage, Step};
use crate::calendar::Date;
use crate::upstream::{CaseEntry, PersonHandle};
use std::collections::BTreeMap;

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Whose.
    pub person: PersonHandle,
    /// Which case.
    pub case: CaseId,
    /// What.
    pub what: What,
}

/// What changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A case that was not there before.
    New(Stage),
    /// It stands elsewhere now; by an entry, or because a planned day has come.
    Stage {
        /// Before.
        from: Stage,
        /// Now.
        to: Stage,
    },
    /// A day was entered, changed or taken back.
    Day {
        /// Of which step.
        step: Step,
        /// Before.
        from: Option<Date>,
        /// Now.
        to: Option<Date>,
    },
    /// The time named by the 延期通知 is another.
    PostponedUntil {
        /// Before.
        from: Option<Date>,
        /// Now.
        to: Option<Date>,
    },
    /// The result was corrected: another level, another 有効期間, another end.
    Corrected {
        /// What was told before.
        from: Outcome,
        /// What holds; nothing when it was taken back.
        to: Option<Outcome>,
    },
    /// It may not be seen any more.
    Gone,
}

/// All cases at a look, and its day.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    /// The cases.
    pub cases: &'a [CaseEntry],
    /// The day.
    pub on: Date,
}

/// What changed from one look to the next, in the order of the later one, what is gone at the end.
pub fn changes(before: Look<'_>, now: Look<'_>) -> Vec<Change> {
    let mut old: BTreeMap<&CaseId, &CaseEntry> =
        before.cases.iter().map(|entry| (&entry.case.id, entry)).collect();
    let mut found = Vec::new();
    for entry in now.cases {
        let change = |what| Change { person: entry.person.handle.clone(), case: entry.case.id.clone(), what };
        match old.remove(&entry.case.id) {
            None => found.push(change(What::New(entry.case.stage(now.on)))),
            Some(was) => {
                found.extend(between(&was.case, before.on, &entry.case, now.on).into_iter().map(change))
            }
        }
    }
    found.extend(old.into_values().map(|was| Change {
        person: was.person.handle.clone(),
        case: was.case.id.clone(),
        what: What::Gone,
    }));
    found
}

fn between(was: &Case, then: Date, is: &Case, today: Date) -> Vec<What> {
    let mut found = Vec::new();
    let (from, to) = (was.stage(then), is.stage(today));
    if from != to {
        found.push(What::Stage { from, to });
    }
    for step in Step::ALL {
        let (from, to) = (was.day_of(*step), is.day_of(*step));
        if from != to {
            found.push(What::Day { step: *step, from, to });
        }
    }
    let until = |case: &Case| case.postponement.as_ref().and_then(|notice| notice.until);
    if until(was) != until(is) {
        found.push(What::PostponedUntil { from: until(was), to: until(is) });
    }
    if let Some(from) = was.outcome.as_ref().filter(|from| Some(*from) != is.outcome.as_ref()) {
        found.push(What::Corrected { from: from.clone(), to: is.outcome.clone() });
    }
    found
}

#[cfg(test)]
mod tests;
