//! Whether the facts of a case fit together.

use super::{ApplicationKind, Case, Contradiction, Fact, Outcome, Step, Validity, validity};
use crate::calendar::Date;
use crate::qualification::CareLevel;

/// The second rests on the first.
const ORDER: [(Step, Step); 6] = [
    (Step::SurveyRequest, Step::Survey),
    (Step::OpinionRequest, Step::Opinion),
    (Step::Survey, Step::FirstJudgement),
    (Step::Opinion, Step::FirstJudgement),
    (Step::FirstJudgement, Step::Committee),
    (Step::Outcome, Step::Notice),
];

impl Case {
    /// The day of a step.
    pub fn day_of(&self, step: Step) -> Option<Date> {
        match step {
            Step::Application => self.application.map(|application| application.on),
            Step::SurveyRequest => self.survey_requested_on,
            Step::Survey => self.survey_on,
            Step::OpinionRequest => self.opinion_requested_on,
            Step::Opinion => self.opinion_on,
            Step::FirstJudgement => self.first_judgement_on,
            Step::Committee => self.committee_on,
            Step::Postponement => self.postponement.as_ref().map(|notice| notice.notified_on),
            Step::Outcome => self.outcome.as_ref().map(Outcome::on),
            Step::Notice => self.notified_on,
            Step::Unknown(_) => None,
        }
    }

    /// Everything in it that does not fit, in order.
    pub fn contradictions(&self, today: Date) -> Vec<Contradiction> {
        let mut found = Vec::new();
        let days = || Step::ALL.iter().filter_map(|step| self.day_of(*step).map(|on| (*step, on)));
        match self.application {
            Some(application) => found.extend(
                days()
                    .filter(|(_, on)| *on < application.on)
                    .map(|(step, _)| Contradiction::BeforeApplication(step)),
            ),
            None if days().next().is_some() => found.push(Contradiction::NoApplication),
            None => {}
        }
        let planned = |step| matches!(step, Step::Survey | Step::Committee);
        let future = days().filter(|(step, on)| *on > today && !planned(*step));
        found.extend(future.map(|(step, _)| Contradiction::Future(step)));
        found.extend(ORDER.into_iter().filter_map(|(first, second)| {
            let later = self.day_of(first)? > self.day_of(second)?;
            let notice = second == Step::Notice;
            later.then_some(if notice {
                Contradiction::NoticeBeforeOutcome
            } else {
                Contradiction::Order(first, second)
            })
        }));
        match &self.outcome {
            Some(outcome) => {
                let rests = !matches!(outcome, Outcome::Withdrawn { .. } | Outcome::Dismissed { .. });
                let needed = [Step::Survey, Step::Opinion, Step::Committee];
                let missing = needed.into_iter().filter(|step| rests && self.day_of(*step).is_none());
                found.extend(missing.map(Contradiction::Unentered));
                let end = outcome.on();
                let after = days().filter(|(step, on)| {
                    *on > end && !matches!(step, Step::Outcome | Step::Notice | Step::Application)
                });
                found.extend(after.map(|(step, _)| Contradiction::AfterEnd(step)));
                if let Outcome::Certified { level, validity, .. } = outcome {
                    if *level < CareLevel::Support1 {
                        found.push(Contradiction::Level);
                    }
                    self.check_validity(validity, &mut found);
                }
            }
            None if self.notified_on.is_some() => found.push(Contradiction::NoticeBeforeOutcome),
            None => {}
        }
        found
    }

    fn check_validity(&self, held: &Validity, found: &mut Vec<Contradiction>) {
        if held.to < held.from {
            found.push(Contradiction::ValidityReversed);
            return;
        }
        if !held.to.is_month_end() {
            found.push(Contradiction::ValidityEnd);
        }
        let Some(application) = self.application else { return };
        if let Some(expected) = validity::effective_on(application.kind, application.on, None)
            && expected != held.from
        {
            found.push(Contradiction::ValidityStart { expected });
        }
        // A renewal begins with a month, as the 有効期間 before ended with one.
        if application.kind == ApplicationKind::Renewal && held.from.day() != 1 {
            found.push(Contradiction::ValidityStart { expected: held.from.plus_months(1).month_start() });
        }
        let table = validity::bounds(application.on).and_then(|row| row.value.of(application.kind, None));
        if let (Some(months), Some(bounds)) = (held.months(), table)
            && !(bounds.least..=bounds.most).contains(&months)
        {
            let (least, most) = (bounds.least, bounds.most);
            found.push(Contradiction::ValidityLength { months, least, most });
        }
    }

    /// What speaks against entering these facts: what does not fit afterwards and did fit before, and two
    /// facts for one step. Those that [refuse](Contradiction::refuses) stop the entry, the others are asked
    /// about.
    pub fn entry(&self, facts: &[Fact], today: Date) -> Vec<Contradiction> {
        let mut found: Vec<Contradiction> = Vec::new();
        for (at, fact) in facts.iter().enumerate() {
            let twice = Contradiction::Twice(fact.step());
            let again = facts.iter().take(at).any(|other| other.step() == fact.step());
            if again && !found.contains(&twice) {
                found.push(twice);
            }
        }
        let before = self.contradictions(today);
        let after = self.with(facts).contradictions(today);
        found.extend(after.into_iter().filter(|one| !before.contains(one)));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{case, day, fact, facts};
    use super::*;
    use proptest::prelude::*;

    const TODAY: &str = "2026-11-22";

    #[test]
    fn a_whole_case_fits() {
        for first in 1..=facts().len() {
            let found = case(first).contradictions(day(TODAY));
            assert_eq!(found, [], "after {first}");
        }
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let with = |fact: Fact| case(9).with(&[fact]).contradictions(day(TODAY));
        use Contradiction as C;
        assert_eq!(
            with(Fact::Opinion(day("2026-10-01"))),
            [C::BeforeApplication(Step::Opinion), C::Order(Step::OpinionRequest, Step::Opinion)]
        );
        assert_eq!(
            with(Fact::FirstJudgement(day("2026-10-15"))),
            [C::Order(Step::Opinion, Step::FirstJudgement)]
        );
        assert_eq!(with(Fact::Notice(day("2026-11-23"))), [C::Future(Step::Notice)]);
        assert_eq!(with(Fact::Committee(day("2026-11-30"))), [C::AfterEnd(Step::Committee)]);
        assert_eq!(with(Fact::Cleared(Step::Committee)), [C::Unentered(Step::Committee)]);
        assert_eq!(with(Fact::Cleared(Step::Outcome)), [C::NoticeBeforeOutcome]);
        assert_eq!(with(Fact::Cleared(Step::Application)), [C::NoApplication]);
    }

    #[test]
    fn the_validity_is_checked_against_the_law() {
        let with = |level, from: &str, to: &str| {
            let validity = Validity { from: day(from), to: day(to) };
            let outcome = Outcome::Certified { on: day("2026-11-06"), level, validity };
            case(9).with(&[Fact::Outcome(outcome)]).contradictions(day(TODAY))
        };
        use Contradiction as C;
        let level = CareLevel::Care2;
        assert_eq!(with(level, "2026-10-05", "2027-04-30"), []);
        assert_eq!(with(level, "2026-10-05", "2027-04-15"), [C::ValidityEnd]);
        assert_eq!(with(level, "2026-10-05", "2026-10-04"), [C::ValidityReversed]);
        assert_eq!(
            with(level, "2026-10-06", "2027-04-30"),
            [C::ValidityStart { expected: day("2026-10-05") }]
        );
        let long = C::ValidityLength { months: 24, least: 3, most: 12 };
        assert_eq!(with(level, "2026-10-05", "2028-10-31"), [long]);
        assert!(!long.refuses(), "a municipality may have its reasons");
        assert_eq!(with(CareLevel::None, "2026-10-05", "2027-04-30"), [C::Level]);
    }

    #[test]
    fn an_entry_is_held_against_what_it_changes_only() {
        // The case already lacks its survey: entering a notice does not repeat that.
        let odd = case(9).with(&[Fact::Cleared(Step::Survey)]);
        assert_eq!(odd.entry(&[Fact::Notice(day("2026-11-08"))], day(TODAY)), []);
        let twice = [Fact::Survey(day("2026-10-14")), Fact::Survey(day("2026-10-15"))];
        assert_eq!(case(1).entry(&twice, day(TODAY)), [Contradiction::Twice(Step::Survey)]);
        // A plan may lie ahead, a receipt may not.
        assert_eq!(case(3).entry(&[Fact::Survey(day("2026-12-01"))], day(TODAY)), []);
        let found = case(3).entry(&[Fact::Opinion(day("2026-12-01"))], day(TODAY));
        assert_eq!(found, [Contradiction::Future(Step::Opinion)]);
        assert!(found[0].refuses());
    }

    proptest! {
        #[test]
        fn nothing_breaks_it(facts in proptest::collection::vec(fact(), 0..12)) {
            let case = case(0).with(&facts);
            let found = case.contradictions(day(TODAY));
            let mut once = found.clone();
            once.sort();
            once.dedup();
            prop_assert_eq!(once.len(), found.len(), "each is told once");
        }
    }
}
