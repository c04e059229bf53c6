//! The four steps of reading a card.

use super::{IconKind, all, el, el_with, large_icon, text};
use crate::text::{common, frame};
use yew::prelude::*;

/// Where one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CardStep {
    /// リーダーをつなぐ
    Reader,
    /// カードを置く
    Card,
    /// 暗証番号
    Pin,
    /// 照会中
    Inquiry,
    /// All is done.
    Done,
}

/// How a step stands to the live one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Before,
    Live,
    Done,
}

/// Properties of [`Stepper`].
#[derive(Properties, PartialEq)]
pub struct StepperProps {
    /// The live step.
    pub live: CardStep,
}

/// The four steps as pictures with words; the live one moves and is named so.
#[component]
pub fn Stepper(props: &StepperProps) -> Html {
    let words = frame();
    let steps = [
        (CardStep::Reader, IconKind::Reader, words.step_reader),
        (CardStep::Card, IconKind::Card, words.step_card),
        (CardStep::Pin, IconKind::Pin, words.step_pin),
        (CardStep::Inquiry, IconKind::Inquiry, words.step_inquiry),
    ];
    let items = steps.into_iter().enumerate().map(|(at, (step, sign, name))| {
        let state = state(step, props.live);
        let (class, said) = match state {
            State::Before => ("kk-step", common().step_before),
            State::Live => ("kk-step kk-step--live", common().step_live),
            State::Done => ("kk-step kk-step--done", common().step_done),
        };
        let sign = large_icon(if state == State::Done { IconKind::Check } else { sign });
        let inside = all(vec![
            el("span", "kk-step__picture", sign),
            el("span", "kk-step__name", text(format!("{} {name}", at + 1))),
            el("span", "kk-step__state", text(said)),
        ]);
        let current = if state == State::Live { "step" } else { "false" };
        el_with("li", &["class", "aria-current"], vec![class.into(), current.into()], inside)
    });
    el_with("ol", &["class", "aria-label"], vec!["kk-steps".into(), words.steps.into()], all(items.collect()))
}

fn state(step: CardStep, live: CardStep) -> State {
    match step.cmp(&live) {
        std::cmp::Ordering::Less => State::Done,
        std::cmp::Ordering::Equal => State::Live,
        std::cmp::Ordering::Greater => State::Before,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_step_is_live_until_all_are_done() {
        let all = [CardStep::Reader, CardStep::Card, CardStep::Pin, CardStep::Inquiry];
        for live in all {
            assert_eq!(all.iter().filter(|step| state(**step, live) == State::Live).count(), 1);
        }
        assert!(all.iter().all(|step| state(*step, CardStep::Done) == State::Done));
        assert_eq!(state(CardStep::Pin, CardStep::Card), State::Before);
    }
}
