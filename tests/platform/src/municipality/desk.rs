//! One case in work: lines are held against what stands and against each other, in memory. Nothing is written
//! until all of them are judged.

use crate::cases::keep::{self, Beginning, Hand, Kept};
use crate::secret::random_text;
use crate::store::{Connection, StoreError};
use kakehashi_domain::calendar::{Date, Time};
use kakehashi_domain::certification::{Case, CaseId, Contradiction, Event, Fact, History, Record};
use kakehashi_domain::number::InsurerNumber;
use kakehashi_domain::upstream::BulkResult;

/// How lines are judged.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Measure {
    /// The day.
    pub(crate) today: Date,
    /// What has no time of its own was entered now.
    pub(crate) now: Time,
    /// Whether what cannot be so is refused. A file of a municipality's own system is taken as it comes, in
    /// whatever order: what contradicts is reported.
    pub(crate) strict: bool,
}

/// A case in work.
#[derive(Debug)]
pub(crate) struct Desk {
    id: Option<i64>,
    name: CaseId,
    person: i64,
    insurer: InsurerNumber,
    case_no: String,
    /// Who says so: the insurer, in words.
    source: String,
    events: Vec<Event>,
    new: Vec<Event>,
}

impl Desk {
    /// Of a case that is kept.
    pub(crate) fn of(db: &Connection, kept: &Kept) -> Result<Self, StoreError> {
        Ok(Self {
            id: Some(kept.id),
            name: kept.case.id.clone(),
            person: kept.person,
            insurer: kept.insurer.clone(),
            case_no: kept.case_no.clone(),
            source: super::source(db, &kept.insurer)?,
            events: keep::events(db, kept.id)?,
            new: Vec::new(),
        })
    }

    /// Of a case that a line may begin.
    pub(crate) fn new(person: i64, record: &Record, source: String) -> Result<Self, StoreError> {
        Ok(Self {
            id: None,
            name: CaseId(random_text::<16>()?),
            person,
            insurer: record.insurer.clone(),
            case_no: record.case_no.clone(),
            source,
            events: Vec::new(),
            new: Vec::new(),
        })
    }

    /// Whose it is.
    pub(crate) fn person(&self) -> i64 {
        self.person
    }

    /// Whether something was entered.
    pub(crate) fn is_changed(&self) -> bool {
        !self.new.is_empty()
    }

    fn history(&self) -> History {
        History::of(self.name.clone(), self.events.iter().chain(&self.new).cloned())
    }

    /// What does not fit in it, after all lines.
    pub(crate) fn contradictions(&self, today: Date) -> Vec<Contradiction> {
        self.history().contradictions(today)
    }

    /// Takes a line, unless it cannot be so.
    pub(crate) fn take(&mut self, record: &Record, measure: &Measure) -> BulkResult {
        let history = self.history();
        let held = holding(&history, &record.fact);
        let version = record.history_no.unwrap_or_else(|| history.case.version.saturating_add(1));
        let known = match record.history_no {
            Some(_) => self
                .events
                .iter()
                .chain(&self.new)
                .any(|event| event.version == version && event.fact == record.fact),
            // Without a number the same again is the same, and taking back what is not there is nothing.
            None => match &held {
                Some(held) => held.fact == record.fact,
                None => matches!(record.fact, Fact::Cleared(_)),
            },
        };
        if known {
            return BulkResult::Known;
        }
        let older = held.as_ref().is_some_and(|held| held.version > version);
        if measure.strict && !older {
            let found = history.case.entry(std::slice::from_ref(&record.fact), measure.today);
            let against: Vec<_> = found.into_iter().filter(|one| one.refuses()).collect();
            if !against.is_empty() {
                return BulkResult::Refused(against);
            }
        }
        let begun = self.id.is_none() && self.new.is_empty();
        let event = Event {
            version,
            at: record.at.unwrap_or(measure.now),
            source: self.source.clone(),
            fact: record.fact.clone(),
        };
        self.new.push(event.clone());
        match held {
            None if begun => BulkResult::Begun,
            None => BulkResult::Entered,
            Some(held) if holding(&self.history(), &record.fact).as_ref() == Some(&event) => {
                BulkResult::Replaced(held)
            }
            Some(held) => BulkResult::Older(held),
        }
    }

    /// Who says so.
    pub(crate) fn source(&self) -> &str {
        &self.source
    }

    /// Writes what was taken. Answers the case as it stood and as it stands; nothing when nothing was taken.
    pub(crate) fn close(
        self,
        db: &Connection,
        words: &str,
        hand: Hand<'_>,
    ) -> Result<Option<(Case, Case)>, StoreError> {
        if self.new.is_empty() {
            return Ok(None);
        }
        let before = History::of(self.name.clone(), self.events).case;
        let (name, person, insurer, case_no) = (&self.name, self.person, &self.insurer, &self.case_no);
        let id = match self.id {
            Some(id) => id,
            None => keep::begin(db, &Beginning { name, person, insurer, case_no, words })?,
        };
        let after = keep::enter(db, id, name, &self.new, hand)?;
        Ok(Some((before, after)))
    }
}

/// What holds for the step of a fact.
fn holding(history: &History, fact: &Fact) -> Option<Event> {
    let of_step = |entry: &&kakehashi_domain::certification::Entry| {
        entry.holds && entry.event.fact.step() == fact.step()
    };
    history.entries.iter().find(of_step).map(|entry| entry.event.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use kakehashi_domain::certification::{Application, ApplicationKind, Step};
    use kakehashi_domain::number::InsuredNumber;
    use proptest::prelude::*;

    fn day(text: &str) -> Date {
        Date::from_iso(text).unwrap()
    }

    fn record(history_no: Option<u32>, fact: Fact) -> Record {
        Record {
            insurer: InsurerNumber::parse("102046").unwrap(),
            insured: InsuredNumber::parse("0000012345").unwrap(),
            case_no: "R08-000001".into(),
            history_no,
            at: None,
            fact,
        }
    }

    fn measure(strict: bool) -> Measure {
        let today = day("2026-11-22");
        Measure { today, now: today.begin(), strict }
    }

    fn application() -> Fact {
        Fact::Application(Application { kind: ApplicationKind::New, on: day("2026-10-05") })
    }

    fn desk() -> Desk {
        Desk::new(7, &record(None, application()), "伊勢崎市(保険者)".into()).unwrap()
    }

    #[test]
    fn a_line_begins_enters_replaces_is_known_or_older() {
        let (mut desk, measure) = (desk(), measure(true));
        let mut take = |number, fact| desk.take(&record(number, fact), &measure);
        assert_eq!(take(None, application()), BulkResult::Begun);
        assert_eq!(take(None, application()), BulkResult::Known);
        assert_eq!(take(Some(5), Fact::Survey(day("2026-10-14"))), BulkResult::Entered);
        let BulkResult::Older(held) = take(Some(3), Fact::Survey(day("2026-10-10"))) else {
            panic!("older");
        };
        assert_eq!((held.version, held.fact), (5, Fact::Survey(day("2026-10-14"))));
        let BulkResult::Replaced(was) = take(None, Fact::Survey(day("2026-10-16"))) else {
            panic!("replaced");
        };
        assert_eq!(was.version, 5);
        assert_eq!(take(Some(6), Fact::Survey(day("2026-10-16"))), BulkResult::Known);
        assert_eq!(take(None, Fact::Cleared(Step::Opinion)), BulkResult::Known);
        assert_eq!(desk.new.len(), 4, "what is older is kept, what is known is not");
    }

    #[test]
    fn what_cannot_be_so_is_refused_where_it_is_entered_and_reported_where_it_comes_by_file() {
        let survey = record(None, Fact::Survey(day("2026-10-14")));
        let mut strict = desk();
        assert_eq!(
            strict.take(&survey, &measure(true)),
            BulkResult::Refused(vec![Contradiction::NoApplication])
        );
        assert!(!strict.is_changed());
        let mut file = desk();
        assert_eq!(file.take(&survey, &measure(false)), BulkResult::Begun);
        assert_eq!(file.contradictions(day("2026-11-22")), [Contradiction::NoApplication]);
        file.take(&record(None, application()), &measure(false));
        assert_eq!(file.contradictions(day("2026-11-22")), []);
    }

    #[test]
    fn of_two_under_one_number_the_one_entered_later_holds() {
        let mut desk = desk();
        let at = |text: &str, plus| {
            let fact = Fact::Survey(day(text));
            Record { at: Some(Time(day("2026-11-01").begin().0 + plus)), ..record(Some(2), fact) }
        };
        desk.take(&record(None, application()), &measure(true));
        desk.take(&at("2026-10-14", 100), &measure(true));
        assert!(matches!(desk.take(&at("2026-10-15", 50), &measure(true)), BulkResult::Older(_)));
        assert!(matches!(desk.take(&at("2026-10-16", 200), &measure(true)), BulkResult::Replaced(_)));
        let contradictions = desk.contradictions(day("2026-11-22"));
        assert_eq!(contradictions, [Contradiction::Disagree(Step::Survey)]);
    }

    /// Any fact about few days, so that they often agree and often contradict.
    fn any_record() -> impl Strategy<Value = Record> {
        let date = (20_700i64..20_704).prop_map(Date::from_day_number);
        (0u32..4, 0usize..5, date).prop_map(|(number, kind, on)| {
            let fact = match kind {
                0 => Fact::Application(Application { kind: ApplicationKind::New, on }),
                1 => Fact::Survey(on),
                2 => Fact::Opinion(on),
                3 => Fact::Committee(on),
                _ => Fact::Cleared(Step::Survey),
            };
            record(Some(number), fact)
        })
    }

    proptest! {
        #[test]
        fn a_file_comes_to_the_same_in_any_order_and_twice(
            (one, other) in proptest::collection::vec(any_record(), 0..12)
                .prop_flat_map(|records| (Just(records.clone()), Just(records).prop_shuffle()))
        ) {
            let case = |records: &mut dyn Iterator<Item = &Record>| {
                let mut desk = desk();
                desk.name = CaseId("c".into());
                records.for_each(|record| drop(desk.take(record, &measure(false))));
                desk.history().case
            };
            let first = case(&mut one.iter());
            prop_assert_eq!(&case(&mut other.iter()), &first);
            prop_assert_eq!(&case(&mut one.iter().chain(&other)), &first);
        }
    }
}
