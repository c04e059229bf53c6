//! What the list knows of each client, made once an answer; searching, filtering and sorting it.

use crate::component::Tone;
use crate::state::{Filter, PersonKey, Sort, Wish};
use crate::text::{clients as words, upcoming as said};
use domain::calendar::{Date, Time};
use domain::qualification::{CareLevel, Content, Standing};
use domain::search::{Index, Query};
use domain::upcoming::{Settings, Upcoming, UpcomingKind, upcoming_of_client};
use domain::upstream::{ClientEntry, ClientsResponse};
use std::cmp::Reverse;
use std::rc::Rc;

/// One client, ready to be searched and shown.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    pub(super) entry: ClientEntry,
    pub(super) key: Option<PersonKey>,
    /// What comes or stands, the earliest first.
    pub(super) upcoming: Vec<Upcoming>,
    /// What needs doing, in a word.
    pub(super) tags: Vec<(Tone, String)>,
    index: Index,
}

impl Row {
    fn new(entry: ClientEntry, key: Option<PersonKey>, now: Time, settings: &Settings) -> Self {
        let today = now.date();
        let upcoming = upcoming_of_client(&entry, today, settings);
        let mut tags: Vec<(Tone, String)> =
            upcoming.iter().filter(|one| one.is_due()).filter_map(said::tag).collect();
        if entry.right.until <= now || entry.outline.is_none() {
            tags.insert(0, (Tone::Error, words().right_over.to_owned()));
        }
        if let Some(Standing::Impossible) = standing(&entry, today) {
            tags.insert(0, (Tone::Warning, words().impossible.to_owned()));
        }
        let person = &entry.person;
        let index = Index::new([person.name.as_str(), person.kana.as_str(), person.insured.as_str()]);
        Self { key, upcoming, tags, index, entry }
    }

    /// The level of the certificate, held or not.
    pub(super) fn level(&self) -> Option<CareLevel> {
        match &self.entry.outline.as_ref()?.certificate {
            Content::Present(paper) => paper.level,
            _ => None,
        }
    }

    /// Last day of the 認定.
    pub(super) fn ends(&self) -> Option<Date> {
        match &self.entry.outline.as_ref()?.certificate {
            Content::Present(paper) => paper.validity?.to,
            _ => None,
        }
    }

    fn passes(&self, wish: &Wish, query: &Query) -> bool {
        use UpcomingKind as Kind;
        let any = |is: fn(&Upcoming) -> bool| self.upcoming.iter().any(is);
        let filter = match wish.filter {
            Filter::Every => true,
            Filter::ToDo => !self.tags.is_empty(),
            Filter::Ending => {
                any(|one| matches!(one.kind, Kind::CertificationEnds { .. }) && one.days_left <= 60)
            }
            Filter::Missing => any(|one| {
                matches!(one.kind, Kind::CertificationEnded | Kind::ShareMissing | Kind::LimitEnded)
            }),
            Filter::RightOver => self.entry.outline.is_none(),
        };
        filter
            && wish.level.as_deref().is_none_or(|code| self.level().is_some_and(|level| level.code() == code))
            && wish.insurer.as_deref().is_none_or(|number| self.entry.person.insurer.as_str() == number)
            && query.finds(&self.index)
    }
}

fn standing(entry: &ClientEntry, today: Date) -> Option<Standing> {
    match &entry.outline.as_ref()?.certificate {
        Content::Present(paper) => paper.validity.map(|validity| validity.standing(today)),
        _ => None,
    }
}

/// All rows of an answer, in its order.
pub(super) fn rows(
    answer: &ClientsResponse,
    key: impl Fn(&ClientEntry) -> Option<PersonKey>,
    now: Time,
    settings: &Settings,
) -> Vec<Rc<Row>> {
    let row = |entry: &ClientEntry| Rc::new(Row::new(entry.clone(), key(entry), now, settings));
    answer.clients.iter().map(row).collect()
}

/// Those who are wished for, in the order wished for.
pub(super) fn chosen(rows: &[Rc<Row>], wish: &Wish) -> Vec<Rc<Row>> {
    let query = Query::new(&wish.typed);
    let mut found: Vec<Rc<Row>> = rows.iter().filter(|row| row.passes(wish, &query)).map(Rc::clone).collect();
    // The answer is in the order of kana; sorting keeps that among equals.
    match wish.sort {
        Sort::Kana => {}
        Sort::Ends => found.sort_by_key(|row| (row.ends().is_none(), row.ends())),
        Sort::Level => found.sort_by_key(|row| Reverse(row.level())),
        Sort::Number => found.sort_by(|one, other| {
            let number = |row: &Row| (row.entry.person.insurer.clone(), row.entry.person.insured.clone());
            number(one).cmp(&number(other))
        }),
    }
    found
}

/// What a list can be narrowed to: levels heaviest first, insurers by number, each with its name.
pub(super) fn levels(rows: &[Rc<Row>]) -> Vec<CareLevel> {
    let mut levels: Vec<CareLevel> = rows.iter().filter_map(|row| row.level()).collect();
    levels.sort_unstable_by_key(|level| Reverse(*level));
    levels.dedup();
    levels
}

/// See [`levels`].
pub(super) fn insurers(rows: &[Rc<Row>]) -> Vec<(String, String)> {
    let of = |row: &Rc<Row>| {
        let person = &row.entry.person;
        (person.insurer.as_str().to_owned(), person.insurer_name.clone())
    };
    let mut insurers: Vec<_> = rows.iter().map(of).collect();
    insurers.sort_unstable();
    insurers.dedup_by(|one, other| one.0 == other.0);
    insurers
}

#[cfg(test)]
mod tests;
