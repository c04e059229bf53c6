//! What the board knows of each case, made once an answer; searching, narrowing, and the lanes.

use crate::state::{Board, BoardWish, PersonKey};
use domain::calendar::Date;
use domain::certification::{Case, Outcome, Stage, Urgency, Wait};
use domain::search::{Index, Query};
use domain::upstream::{CaseEntry, CasesAll};
use std::cell::OnceCell;
use std::cmp::Reverse;
use std::rc::Rc;

/// The lanes of open cases, in the order of the way.
pub(super) const OPEN: [Stage; 6] = [
    Stage::Application,
    Stage::Survey,
    Stage::Opinion,
    Stage::FirstJudgement,
    Stage::Committee,
    Stage::Decision,
];
/// All lanes: those, and the one of cases that have ended.
pub(super) const LANES: usize = OPEN.len() + 1;

/// One case, ready to be searched and shown.
#[derive(Debug)]
pub(super) struct Card {
    all: Rc<CasesAll>,
    at: usize,
    pub(super) today: Date,
    pub(super) stage: Stage,
    pub(super) wait: Option<Wait>,
    pub(super) late: bool,
    pub(super) key: Option<PersonKey>,
    /// Whether it has changed since it was looked at.
    pub(super) fresh: bool,
    urgency: Urgency,
    index: OnceCell<Index>,
}

/// What is shown is the same.
impl PartialEq for Card {
    fn eq(&self, other: &Self) -> bool {
        (self.today, self.fresh, self.key) == (other.today, other.fresh, other.key)
            && (Rc::ptr_eq(&self.all, &other.all) && self.at == other.at
                || self.entry() == other.entry() && self.all.paces == other.all.paces)
    }
}

impl Card {
    /// The case with its person.
    pub(super) fn entry(&self) -> &CaseEntry {
        &self.all.cases[self.at]
    }

    /// All that was told, for what rests on more than this case.
    pub(super) fn all(&self) -> &CasesAll {
        &self.all
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| {
            let person = &self.entry().person;
            Index::new([person.name.as_str(), person.kana.as_str(), person.insured.as_str()])
        })
    }

    fn passes(&self, wish: &BoardWish, query: &Query) -> bool {
        (!wish.late || self.late)
            && wish.insurer.as_deref().is_none_or(|number| self.entry().person.insurer.as_str() == number)
            && (query.is_empty() || query.finds(self.index()))
    }
}

/// All cases of an answer.
pub(super) fn cards(
    board: &Board,
    key: impl Fn(&CaseEntry) -> Option<PersonKey>,
    today: Date,
) -> Vec<Rc<Card>> {
    let Some(all) = &board.all else { return Vec::new() };
    let card = |(at, entry): (usize, &CaseEntry)| {
        let case: &Case = &entry.case;
        Rc::new(Card {
            all: Rc::clone(all),
            at,
            today,
            stage: case.stage(today),
            wait: case.wait(today),
            late: case.is_late(today),
            key: key(entry),
            fresh: board.is_fresh(&case.id, case.version),
            urgency: case.urgency(today),
            index: OnceCell::new(),
        })
    };
    all.cases.iter().enumerate().map(card).collect()
}

/// Who is wished for, in lanes: in the open ones the most urgent first, among those that have ended the latest.
#[derive(Debug, Default)]
pub(super) struct Lanes(pub(super) [Vec<Rc<Card>>; LANES]);

impl Lanes {
    /// Puts them in their lanes.
    pub(super) fn of(cards: &[Rc<Card>], wish: &BoardWish) -> Self {
        let query = Query::new(&wish.typed);
        let mut lanes = Self::default();
        for card in cards.iter().filter(|card| card.passes(wish, &query)) {
            let at = OPEN.iter().position(|stage| *stage == card.stage).unwrap_or(OPEN.len());
            lanes.0[at].push(Rc::clone(card));
        }
        let (open, ended) = lanes.0.split_at_mut(OPEN.len());
        for lane in open {
            lane.sort_by(|one, other| {
                let kana = || one.entry().person.kana.cmp(&other.entry().person.kana);
                one.urgency.cmp(&other.urgency).then_with(kana)
            });
        }
        for lane in ended {
            lane.sort_by_key(|card| Reverse(card.entry().case.outcome.as_ref().map(Outcome::on)));
        }
        lanes
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.0.iter().map(Vec::len).sum()
    }
}

/// What the board can be narrowed to, by number, each with its name.
pub(super) fn insurers(cards: &[Rc<Card>]) -> Vec<(String, String)> {
    let of = |card: &Rc<Card>| {
        let person = &card.entry().person;
        (person.insurer.as_str().to_owned(), person.insurer_name.clone())
    };
    let mut insurers: Vec<_> = cards.iter().map(of).collect();
    insurers.sort_unstable();
    insurers.dedup_by(|one, other| one.0 == other.0);
    insurers
}

#[cfg(test)]
mod tests;
