//! What the list knows of each client, made once an answer; searching, filtering and sorting it.

use crate::component::Tone;
use crate::state::{Filter, PersonKey, Sort, Wish};
use crate::text::{clients as words, upcoming as said};
use domain::calendar::{Date, Time};
use domain::qualification::{CareLevel, Content, Standing};
use domain::search::{Index, Query};
use domain::upcoming::{Settings, Upcoming, UpcomingKind, upcoming_of_client};
use domain::upstream::{ClientEntry, ClientsResponse};
use std::cell::OnceCell;
use std::cmp::Reverse;
use std::rc::Rc;

/// One client, ready to be searched and shown. What the rules say is asked when it is first needed: of a long
/// list, hardly anything is needed for what is seen first.
#[derive(Debug)]
pub(super) struct Row {
    answer: Rc<ClientsResponse>,
    at: usize,
    now: Time,
    settings: Rc<Settings>,
    pub(super) key: Option<PersonKey>,
    work: OnceCell<Work>,
    index: OnceCell<Index>,
}

/// What there is to do.
#[derive(Debug)]
struct Work {
    upcoming: Vec<Upcoming>,
    tags: Vec<(Tone, String)>,
}

impl Work {
    fn new(entry: &ClientEntry, now: Time, settings: &Settings) -> Self {
        let today = now.date();
        let upcoming = upcoming_of_client(entry, today, settings);
        let mut tags: Vec<(Tone, String)> =
            upcoming.iter().filter(|one| one.is_due()).filter_map(said::tag).collect();
        if entry.right.until <= now || entry.outline.is_none() {
            tags.insert(0, (Tone::Error, words().right_over.to_owned()));
        }
        if let Some(Standing::Impossible) = standing(entry, today) {
            tags.insert(0, (Tone::Warning, words().impossible.to_owned()));
        }
        Self { upcoming, tags }
    }
}

impl Row {
    /// The client.
    pub(super) fn entry(&self) -> &ClientEntry {
        &self.answer.clients[self.at]
    }

    /// The day all this is said for.
    pub(super) fn today(&self) -> Date {
        self.now.date()
    }

    /// What comes or stands, the earliest first.
    pub(super) fn upcoming(&self) -> &[Upcoming] {
        &self.work().upcoming
    }

    /// What needs doing, in a word.
    pub(super) fn tags(&self) -> &[(Tone, String)] {
        &self.work().tags
    }

    fn work(&self) -> &Work {
        self.work.get_or_init(|| Work::new(self.entry(), self.now, &self.settings))
    }

    /// Makes ready what a search needs, so that the first key that is typed need not wait for it.
    pub(super) fn prepare(&self) {
        self.index();
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| {
            let person = &self.entry().person;
            Index::new([person.name.as_str(), person.kana.as_str(), person.insured.as_str()])
        })
    }

    /// The level of the certificate, held or not.
    pub(super) fn level(&self) -> Option<CareLevel> {
        match &self.entry().outline.as_ref()?.certificate {
            Content::Present(paper) => paper.level,
            _ => None,
        }
    }

    /// Last day of the 認定.
    pub(super) fn ends(&self) -> Option<Date> {
        match &self.entry().outline.as_ref()?.certificate {
            Content::Present(paper) => paper.validity?.to,
            _ => None,
        }
    }

    fn passes(&self, wish: &Wish, query: &Query) -> bool {
        use UpcomingKind as Kind;
        let any = |is: fn(&Upcoming) -> bool| self.upcoming().iter().any(is);
        let filter = match wish.filter {
            Filter::Every => true,
            Filter::ToDo => !self.tags().is_empty(),
            Filter::Ending => {
                any(|one| matches!(one.kind, Kind::CertificationEnds { .. }) && one.days_left <= 60)
            }
            Filter::Missing => any(|one| {
                matches!(one.kind, Kind::CertificationEnded | Kind::ShareMissing | Kind::LimitEnded)
            }),
            Filter::RightOver => self.entry().outline.is_none(),
        };
        filter
            && wish.level.as_deref().is_none_or(|code| self.level().is_some_and(|level| level.code() == code))
            && wish.insurer.as_deref().is_none_or(|number| self.entry().person.insurer.as_str() == number)
            && (query.is_empty() || query.finds(self.index()))
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
    answer: &Rc<ClientsResponse>,
    key: impl Fn(&ClientEntry) -> Option<PersonKey>,
    now: Time,
    settings: &Settings,
) -> Vec<Rc<Row>> {
    let settings = Rc::new(settings.clone());
    let row = |(at, entry): (usize, &ClientEntry)| {
        let (key, answer, settings) = (key(entry), Rc::clone(answer), Rc::clone(&settings));
        Rc::new(Row { answer, at, now, settings, key, work: OnceCell::new(), index: OnceCell::new() })
    };
    answer.clients.iter().enumerate().map(row).collect()
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
            let number = |row: &Row| (row.entry().person.insurer.clone(), row.entry().person.insured.clone());
            number(one).cmp(&number(other))
        }),
    }
    found
}

#[cfg(test)]
mod tests;
