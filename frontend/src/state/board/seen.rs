//! Which version of each case somebody has looked at: random names and small numbers, nothing personal.

use domain::certification::{Case, CaseId, Cases};
use std::collections::BTreeMap;

/// Versions looked at, by case.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Seen(BTreeMap<CaseId, u32>);

impl Seen {
    /// Everything that is there.
    pub fn of(all: &Cases) -> Self {
        let mut seen = Self::default();
        seen.look(all.entries.iter().map(|entry| &entry.case));
        seen
    }

    /// These were looked at.
    pub fn look<'a>(&mut self, cases: impl Iterator<Item = &'a Case>) {
        self.0.extend(cases.map(|case| (case.id.clone(), case.version)));
    }

    /// Whether a version of a case is news.
    pub fn is_fresh(&self, id: &CaseId, version: u32) -> bool {
        self.0.get(id).is_none_or(|seen| *seen < version)
    }

    /// To be kept: a line a case. Cases that are not told of any more are left out.
    pub fn text(&self, all: &Cases) -> String {
        let lines = all.entries.iter().filter_map(|entry| {
            let version = self.0.get(&entry.case.id)?.to_string();
            // A name that would not come back as it is cannot be kept.
            let plain = !entry.case.id.0.contains(char::is_whitespace);
            plain.then(|| [entry.case.id.0.as_str(), " ", &version, "\n"].concat())
        });
        lines.collect()
    }

    /// What was kept; a line that cannot be read is left out, and its case is news again.
    pub fn read(text: &str) -> Self {
        let line = |line: &str| {
            let (id, version) = line.split_once(' ')?;
            Some((CaseId(id.to_owned()), version.parse().ok()?))
        };
        Self(text.lines().filter_map(line).collect())
    }
}
