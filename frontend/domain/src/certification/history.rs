//! Events of a case, in any order, as often as they came: what holds, what was replaced, what contradicts.

use super::{Case, CaseId, Contradiction, Event, Fact, Outcome, Step};
use crate::calendar::Date;
use std::cmp::Ordering;

/// What the events of one case come to. The same events in another order, or some of them twice, come to
/// the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// What holds.
    pub case: Case,
    /// Every event once, in the order they were entered.
    pub entries: Vec<Entry>,
    /// Steps for which two facts stand under one version.
    disagree: Vec<Step>,
}

/// One event and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The event.
    pub event: Event,
    /// Whether it holds.
    pub holds: bool,
    /// Whether another fact for the same step stands under the same version.
    pub disputed: bool,
}

/// Of two events for one step the later in this order holds: higher version, entered later; what then is
/// left to differ is told apart by content, so that the outcome never hangs on the order of arrival.
fn weight(one: &Event, other: &Event) -> Ordering {
    (one.version, one.at, &one.fact, &one.source).cmp(&(other.version, other.at, &other.fact, &other.source))
}

impl History {
    /// Puts events together.
    pub fn of(id: CaseId, events: impl IntoIterator<Item = Event>) -> Self {
        let mut events: Vec<Event> = events.into_iter().collect();
        events.sort_by(|one, other| {
            (one.fact.step(), one.version, &one.fact, one.at, &one.source).cmp(&(
                other.fact.step(),
                other.version,
                &other.fact,
                other.at,
                &other.source,
            ))
        });
        // The same fact under the same version is the same entry, sent again.
        events.dedup_by(|later, first| later.version == first.version && later.fact == first.fact);
        events.sort_by(|one, other| one.fact.step().cmp(&other.fact.step()).then(weight(one, other)));
        let mut case = Case::new(id);
        let mut disagree = Vec::new();
        let mut entries = Vec::with_capacity(events.len());
        for group in events.chunk_by(|one, other| one.fact.step() == other.fact.step()) {
            let Some(last) = group.last() else { continue };
            let disputed = |event: &Event| {
                group.iter().any(|other| other.version == event.version && other.fact != event.fact)
            };
            if disputed(last) {
                disagree.push(last.fact.step());
            }
            take(&mut case, &last.fact);
            if last.fact.step() == Step::Outcome {
                case.outcome_before = before(group, case.outcome.as_ref());
            }
            entries.extend(group.iter().map(|event| Entry {
                event: event.clone(),
                holds: event == last,
                disputed: disputed(event),
            }));
        }
        entries.sort_by(|one, other| {
            let at = |entry: &Entry| (entry.event.at, entry.event.version, entry.event.fact.step());
            at(one).cmp(&at(other)).then_with(|| weight(&one.event, &other.event))
        });
        case.version = entries.iter().map(|entry| entry.event.version).max().unwrap_or_default();
        if let Some(last) = entries.last() {
            case.changed_at = last.event.at;
        }
        Self { case, entries, disagree }
    }

    /// Everything that does not fit, in order.
    pub fn contradictions(&self, today: Date) -> Vec<Contradiction> {
        let disagree = self.disagree.iter().map(|step| Contradiction::Disagree(*step));
        disagree.chain(self.case.contradictions(today)).collect()
    }

    /// What an event replaced, latest first; empty for one that was the first of its step.
    pub fn replaced_by<'a>(&'a self, event: &'a Event) -> impl Iterator<Item = &'a Event> {
        let earlier = move |other: &&Event| {
            other.fact.step() == event.fact.step() && weight(other, event) == Ordering::Less
        };
        let mut found: Vec<&Event> = self.entries.iter().map(|entry| &entry.event).filter(earlier).collect();
        found.sort_by(|one, other| weight(other, one));
        found.into_iter()
    }
}

impl Case {
    /// The case with more facts entered, for checking an entry before it is made; the version stays.
    #[must_use]
    pub fn with<'a>(&self, facts: impl IntoIterator<Item = &'a Fact>) -> Self {
        let mut case = self.clone();
        for fact in facts {
            let was = case.outcome.clone();
            take(&mut case, fact);
            if fact.step() == Step::Outcome && was.is_some() && was != case.outcome {
                case.outcome_before = was;
            }
        }
        case
    }
}

fn take(case: &mut Case, fact: &Fact) {
    match fact {
        Fact::Application(application) => case.application = Some(*application),
        Fact::SurveyRequest(on) => case.survey_requested_on = Some(*on),
        Fact::Survey(on) => case.survey_on = Some(*on),
        Fact::OpinionRequest(on) => case.opinion_requested_on = Some(*on),
        Fact::Opinion(on) => case.opinion_on = Some(*on),
        Fact::FirstJudgement(on) => case.first_judgement_on = Some(*on),
        Fact::Committee(on) => case.committee_on = Some(*on),
        Fact::Postponement(notice) => case.postponement = Some(notice.clone()),
        Fact::Outcome(outcome) => case.outcome = Some(outcome.clone()),
        Fact::Notice(on) => case.notified_on = Some(*on),
        Fact::Cleared(step) => match step {
            Step::Application => case.application = None,
            Step::SurveyRequest => case.survey_requested_on = None,
            Step::Survey => case.survey_on = None,
            Step::OpinionRequest => case.opinion_requested_on = None,
            Step::Opinion => case.opinion_on = None,
            Step::FirstJudgement => case.first_judgement_on = None,
            Step::Committee => case.committee_on = None,
            Step::Postponement => case.postponement = None,
            Step::Outcome => case.outcome = None,
            Step::Notice => case.notified_on = None,
            Step::Unknown(_) => {}
        },
    }
}

/// The end that was told last before the one that holds, when it was another.
fn before(group: &[Event], holds: Option<&Outcome>) -> Option<Outcome> {
    group.iter().rev().find_map(|event| match &event.fact {
        Fact::Outcome(outcome) if Some(outcome) != holds => Some(outcome.clone()),
        _ => None,
    })
}

#[cfg(test)]
mod tests;
