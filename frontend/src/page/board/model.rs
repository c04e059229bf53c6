//! What the board knows of each case, made once an answer; searching, narrowing, and the lanes.

use crate::state::{Board, BoardWish, PersonKey};
use domain::calendar::Date;
use domain::certification::{Case, Outcome, Stage, Urgency, Wait};
use domain::search::{Index, Query};
use domain::upstream::{CaseEntry, Pace};
use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::BTreeMap;
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
    /// The case with its person.
    pub(super) entry: Rc<CaseEntry>,
    /// How long insurers take, for the expected day.
    pub(super) paces: Rc<Vec<Pace>>,
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
            && (Rc::ptr_eq(&self.entry, &other.entry) || self.entry == other.entry)
            && (Rc::ptr_eq(&self.paces, &other.paces) || self.paces == other.paces)
    }
}

impl Card {
    fn index(&self) -> &Index {
        self.index.get_or_init(|| {
            let person = &self.entry.person;
            Index::new([person.name.as_str(), person.kana.as_str(), person.insured.as_str()])
        })
    }

    fn passes(&self, wish: &BoardWish, query: &Query) -> bool {
        (!wish.late || self.late)
            && wish.insurer.as_deref().is_none_or(|number| self.entry.person.insurer.as_str() == number)
            && (query.is_empty() || query.finds(self.index()))
    }
}

/// All cases of an answer. A card of before that would come out the same stays: with a thousand of them an
/// answer brings a few.
pub(super) fn cards(
    before: &[Rc<Card>],
    board: &Board,
    key: impl Fn(&CaseEntry) -> Option<PersonKey>,
    today: Date,
) -> Vec<Rc<Card>> {
    let Some(all) = &board.all else { return Vec::new() };
    // By the place of the entry in memory, which is the same as long as its card holds it.
    let before: BTreeMap<*const CaseEntry, &Rc<Card>> =
        before.iter().map(|card| (Rc::as_ptr(&card.entry), card)).collect();
    let card = |entry: &Rc<CaseEntry>| {
        let case: &Case = &entry.case;
        let fresh = board.is_fresh(&case.id, case.version);
        let stays = |card: &&&Rc<Card>| {
            card.today == today
                && card.fresh == fresh
                && card.key.is_some()
                && Rc::ptr_eq(&card.paces, &all.paces)
        };
        if let Some(card) = before.get(&Rc::as_ptr(entry)).filter(stays) {
            return Rc::clone(card);
        }
        Rc::new(Card {
            entry: Rc::clone(entry),
            paces: Rc::clone(&all.paces),
            today,
            stage: case.stage(today),
            wait: case.wait(today),
            late: case.is_late(today),
            key: key(entry),
            fresh,
            urgency: case.urgency(today),
            index: OnceCell::new(),
        })
    };
    all.entries.iter().map(card).collect()
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
                let kana = || one.entry.person.kana.cmp(&other.entry.person.kana);
                one.urgency.cmp(&other.urgency).then_with(kana)
            });
        }
        for lane in ended {
            lane.sort_by_key(|card| Reverse(card.entry.case.outcome.as_ref().map(Outcome::on)));
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
    let mut insurers = BTreeMap::new();
    for card in cards {
        let person = &card.entry.person;
        insurers.entry(person.insurer.as_str()).or_insert(person.insurer_name.as_str());
    }
    insurers.into_iter().map(|(number, name)| (number.to_owned(), name.to_owned())).collect()
}

#[cfg(test)]
mod tests;
