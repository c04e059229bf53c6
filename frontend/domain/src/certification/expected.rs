//! When a result can be expected: from the insurer's own median, or not at all.

use super::{ApplicationKind, Case, Outcome, Step};
use crate::calendar::Date;
use crate::number::InsurerNumber;
use crate::upstream::Pace;

/// A median of fewer cases is not shown: an assumption of this house, no rule asks for a number.
pub const MINIMUM_CASES: u32 = 10;

/// What can be said about the day of the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// About then.
    About {
        /// The day; when it has passed, "should have come".
        on: Date,
        /// Counted from this step …
        from: Step,
        /// … of this day, which may be a plan.
        since: Date,
        /// Median days.
        median_days: u32,
        /// Number of cases the median rests on.
        cases: u32,
    },
    /// The insurer's cases are too few to say.
    TooFew {
        /// The most there are for a step.
        cases: u32,
        /// As many are needed.
        minimum: u32,
    },
    /// Nothing is known of the insurer's times.
    Unknown,
    /// The result is there.
    Ended,
}

/// Steps a wait is counted from, the last first.
const FROM: [Step; 4] = [Step::Committee, Step::FirstJudgement, Step::Opinion, Step::Application];

impl Case {
    /// The day the result is expected, counted from the last step that is known and has enough cases.
    pub fn expected(&self, insurer: &InsurerNumber, paces: &[Pace], minimum: u32) -> Expected {
        if self.outcome.is_some() {
            return Expected::Ended;
        }
        let Some(application) = self.application else { return Expected::Unknown };
        let pace = |step| {
            paces.iter().filter(move |pace| {
                pace.insurer == *insurer && pace.kind == application.kind && pace.from == step
            })
        };
        let known = FROM.into_iter().filter_map(|step| self.counted_from(step).map(|since| (step, since)));
        let mut most = None;
        for (step, since) in known {
            // Two rows for one step cannot be; the one that rests on more cases is the better word.
            let Some(pace) = pace(step).max_by_key(|pace| (pace.cases, pace.median_days)) else { continue };
            if pace.cases >= minimum {
                return Expected::About {
                    on: since.plus_days(i64::from(pace.median_days)),
                    from: step,
                    since,
                    median_days: pace.median_days,
                    cases: pace.cases,
                };
            }
            most = most.max(Some(pace.cases));
        }
        most.map_or(Expected::Unknown, |cases| Expected::TooFew { cases, minimum })
    }

    /// The day a step stands for. 意見書 and 認定調査 go side by side, so the later of the two counts, and only
    /// when both are there.
    fn counted_from(&self, step: Step) -> Option<Date> {
        match step {
            Step::Opinion => Some(self.survey_on?.max(self.opinion_on?)),
            other => self.day_of(other),
        }
    }
}

/// The medians of an insurer from its cases that were decided (認定, 非該当) from a day to a day: one a kind of
/// application and step. They say nothing of any single case only when there are many: whoever gives them away
/// leaves out those below [`MINIMUM_CASES`].
pub fn paces<'a>(
    insurer: &InsurerNumber,
    cases: impl IntoIterator<Item = &'a Case>,
    first: Date,
    last: Date,
) -> Vec<Pace> {
    let mut days: Vec<(ApplicationKind, Step, i64)> = Vec::new();
    for case in cases {
        let Some(Outcome::Certified { on, .. } | Outcome::NotCertified { on }) = &case.outcome else {
            continue;
        };
        let Some(application) = case.application.filter(|_| (first..=last).contains(on)) else { continue };
        for step in FROM {
            let taken = case.counted_from(step).map(|since| since.days_until(*on));
            days.extend(taken.filter(|days| *days >= 0).map(|taken| (application.kind, step, taken)));
        }
    }
    days.sort_unstable();
    days.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1))
        .filter_map(|group| {
            // Of an even number the upper middle: rather a day too late than one too early.
            let (kind, from, median) = *group.get(group.len() / 2)?;
            let median_days = u32::try_from(median).ok()?;
            let cases = u32::try_from(group.len()).unwrap_or(u32::MAX);
            Some(Pace { insurer: insurer.clone(), kind, from, median_days, cases, first, last })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample::{case, day};
    use super::*;
    use crate::certification::{Application, Fact};
    use proptest::prelude::*;

    fn isesaki() -> InsurerNumber {
        InsurerNumber::parse("102046").unwrap()
    }

    fn pace(from: Step, median_days: u32, cases: u32) -> Pace {
        let (first, last) = (day("2026-04-01"), day("2026-09-30"));
        Pace { insurer: isesaki(), kind: ApplicationKind::New, from, median_days, cases, first, last }
    }

    #[test]
    fn counted_from_the_last_step_with_enough_cases() {
        let paces =
            [pace(Step::Application, 38, 120), pace(Step::Opinion, 17, 90), pace(Step::Committee, 2, 9)];
        let on = |first| match case(first).expected(&isesaki(), &paces, MINIMUM_CASES) {
            Expected::About { on, from, cases, .. } => (on, from, cases),
            other => panic!("{other:?}"),
        };
        assert_eq!(on(1), (day("2026-11-12"), Step::Application, 120));
        // One of the two is not enough to count from both.
        assert_eq!(on(4), (day("2026-11-12"), Step::Application, 120));
        assert_eq!(on(5), (day("2026-11-06"), Step::Opinion, 90));
        // Nine cases are too few: the step before is used.
        assert_eq!(on(7), (day("2026-11-06"), Step::Opinion, 90));
    }

    #[test]
    fn none_is_shown_below_the_minimum_or_of_another_insurer_or_kind() {
        let few = [pace(Step::Application, 38, 9)];
        let too_few = Expected::TooFew { cases: 9, minimum: 10 };
        assert_eq!(case(2).expected(&isesaki(), &few, MINIMUM_CASES), too_few);
        let other = InsurerNumber::parse("102012").unwrap();
        let enough = [pace(Step::Application, 38, 900)];
        assert_eq!(case(2).expected(&other, &enough, 10), Expected::Unknown);
        let renewal = Application { kind: ApplicationKind::Renewal, on: day("2026-10-05") };
        let renewal = case(1).with(&[Fact::Application(renewal)]);
        assert_eq!(renewal.expected(&isesaki(), &enough, 10), Expected::Unknown);
        assert_eq!(case(8).expected(&isesaki(), &enough, 10), Expected::Ended);
    }

    proptest! {
        /// A plain count is the judge: at most half are quicker, at most half are slower.
        #[test]
        fn the_median_is_one(taken in proptest::collection::vec(0i64..90, 1..40)) {
            let (first, last) = (day("2026-01-01"), day("2027-12-31"));
            let cases: Vec<Case> = taken
                .iter()
                .map(|days| {
                    let on = day("2026-10-05").plus_days(*days);
                    case(1).with(&[Fact::Outcome(Outcome::NotCertified { on })])
                })
                .collect();
            let found = paces(&isesaki(), &cases, first, last);
            prop_assert_eq!(found.len(), 1);
            let median = i64::from(found[0].median_days);
            prop_assert_eq!(found[0].cases as usize, taken.len());
            prop_assert!(taken.iter().filter(|days| **days < median).count() * 2 <= taken.len());
            prop_assert!(taken.iter().filter(|days| **days > median).count() * 2 <= taken.len());
        }
    }
}
