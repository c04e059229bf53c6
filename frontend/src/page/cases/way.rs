//! The way of a case: its stages in order, each with its day and how it stands.

use crate::component::DateStyle;
use crate::component::{IconKind, all, date_text, el, el_with, icon, text};
use crate::text::{board as board_words, case as words};
use domain::calendar::Date;
use domain::certification::{Case, Outcome, Stage, Step};
use yew::prelude::*;

/// Stages, each with the step that ends the wait in it.
const WAY: [(Stage, Step); 6] = [
    (Stage::Application, Step::Application),
    (Stage::Survey, Step::Survey),
    (Stage::Opinion, Step::Opinion),
    (Stage::FirstJudgement, Step::FirstJudgement),
    (Stage::Committee, Step::Committee),
    (Stage::Decision, Step::Outcome),
];

/// How a station stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Station {
    /// Its day has come.
    Done,
    /// The case waits for it.
    Here,
    /// It was passed without an entry.
    Skipped,
    /// To come.
    Ahead,
}

/// How each station stands.
pub(super) fn stations(case: &Case, today: Date) -> [Station; 6] {
    let awaited = case.awaited(today);
    let last = WAY.iter().rposition(|(_, step)| case.day_of(*step).is_some_and(|on| on <= today));
    let mut at = 0;
    WAY.map(|(_, step)| {
        let passed = last.is_some_and(|last| at < last);
        at += 1;
        if case.day_of(step).is_some_and(|on| on <= today) {
            Station::Done
        } else if awaited.contains(&step) {
            Station::Here
        } else if passed {
            Station::Skipped
        } else {
            Station::Ahead
        }
    })
}

pub(super) fn way(case: &Case, today: Date) -> Html {
    let stations = WAY.iter().zip(stations(case, today)).map(|((stage, step), station)| {
        // The last station has the name of the end, once there is one.
        let name = match (stage, &case.outcome) {
            (Stage::Decision, Some(outcome)) => Outcome::name(outcome),
            _ => step.name(),
        };
        let (class, sign, said) = match station {
            Station::Done => ("kk-way-of__one kk-way-of__one--done", Some(IconKind::Check), words().done),
            Station::Here => ("kk-way-of__one kk-way-of__one--here", Some(IconKind::Next), words().here),
            Station::Skipped => ("kk-way-of__one", None, words().skipped),
            Station::Ahead => ("kk-way-of__one", None, words().ahead),
        };
        let day = case.day_of(*step).map_or_else(Html::default, |on| {
            let plan = if on > today { text(board_words().planned) } else { Html::default() };
            el("span", "kk-way-of__day", all(vec![date_text(on, DateStyle::Wareki), plan]))
        });
        let inside = vec![
            el("span", "kk-way-of__sign", sign.map_or_else(Html::default, icon)),
            el("strong", "", text(name)),
            day,
            el("span", "kk-support", text(said)),
        ];
        el("li", class, all(inside))
    });
    el_with(
        "ol",
        &["class", "aria-label"],
        vec!["kk-way-of".into(), words().stages.into()],
        all(stations.collect()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::certification::{Application, ApplicationKind, CaseId};

    fn day(text: &str) -> Date {
        Date::from_iso(text).unwrap()
    }

    #[test]
    fn both_may_be_awaited_and_a_step_may_be_left_out() {
        use Station::*;
        let application = Some(Application { kind: ApplicationKind::New, on: day("2026-10-05") });
        let case = Case { application, ..Case::new(CaseId("c".into())) };
        let today = day("2026-11-22");
        assert_eq!(stations(&case, today), [Done, Here, Here, Ahead, Ahead, Ahead]);
        let opinion = Case { opinion_on: Some(day("2026-10-10")), ..case.clone() };
        assert_eq!(stations(&opinion, today), [Done, Here, Done, Ahead, Ahead, Ahead]);
        let planned = Case { survey_on: Some(day("2026-12-01")), ..opinion };
        assert_eq!(stations(&planned, today), [Done, Here, Done, Ahead, Ahead, Ahead]);
        let committee = Case { committee_on: Some(day("2026-11-05")), ..case };
        assert_eq!(stations(&committee, today), [Done, Skipped, Skipped, Skipped, Done, Here]);
    }
}
