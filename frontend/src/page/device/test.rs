//! The test of a card, step by step.

use super::known::way_to;
use super::readers::named_list;
use super::{DevicePage, Msg, Phase, advice};
use crate::component::{Banner, Tone, Waiting, all, badge, el, el_with, text};
use crate::page::parts::{fault, note, paragraph};
use crate::page::practice::practice_shelf;
use crate::service::card::trial::{Ended, Failure, Line, Record, Said, State, Step};
use crate::service::problem::Problem;
use crate::text::{card_part, common, device as words, device_took, pin_tries};
use ccid::myna::TokenKind;
use domain::reader::Trouble;
use yew::prelude::*;

impl DevicePage {
    pub(super) fn trial(&self, ctx: &Context<Self>) -> Html {
        // Takes the focus when a test starts, so that it is in sight.
        let values = vec!["trial-lead".into(), "-1".into()];
        let mut parts = vec![el_with("p", &["id", "tabindex"], values, text(words().trial_lead))];
        parts.push(named_list(
            words().trial,
            "kk-trial",
            Step::ALL.map(|step| line(&self.record, step)).into(),
        ));
        parts.push(match self.phase {
            Phase::Before => note(words().trial_before),
            Phase::Running => {
                let what = live(&self.record);
                html! { <Waiting {what} oncancel={ctx.link().callback(|()| Msg::Stop)} /> }
            }
            Phase::Stopping => html! { <Waiting what={words().stopping} /> },
            Phase::Over(Ended::Stopped) => banner(Tone::Info, words().stopped, words().released),
            Phase::Over(Ended::Over) if self.record.failure.is_none() => {
                banner(Tone::Success, words().whole, words().whole_note)
            }
            Phase::Over(_) => self.failed(),
        });
        if self.practice.is_some() {
            let act = ctx.link().callback(Msg::Practice);
            parts.push(practice_shelf(ctx.props().app.training(), self.shelf.as_ref(), &act));
        }
        all(parts)
    }

    /// What failed, who can mend it, and every cause that fits this system and this reader.
    fn failed(&self) -> Html {
        let Some(Failure { code, moment, protected, .. }) = &self.record.failure else {
            return Html::default();
        };
        let way = self.tried.as_ref().map(way_to);
        let causes = Trouble::of(code, *moment, *protected)
            .filter(|_| self.practice.is_none())
            .map(|trouble| advice::causes(trouble, self.os, way));
        all(vec![fault(&Problem::new(code), true, Html::default()), causes.unwrap_or_default()])
    }
}

#[inline(never)]
fn banner(tone: Tone, title: &'static str, more: &'static str) -> Html {
    html! { <Banner {tone} {title} focus=true>{ paragraph(more) }</Banner> }
}

/// 3 カードを起動する [済み] 12ミリ秒
fn line(record: &Record, step: Step) -> Html {
    let line = record.line(step);
    let (tone, state) = match (line.state, line.said) {
        (State::Before, _) => (None, common().step_before),
        (State::Live, _) => (Some(Tone::Info), common().step_live),
        (State::Done, said) if doubtful(said) => (Some(Tone::Warning), words().caution),
        (State::Done, _) => (Some(Tone::Success), common().step_done),
        (State::Failed, _) => (Some(Tone::Error), words().failed),
    };
    let took = match line.state {
        State::Done | State::Failed => text(device_took(line.took)),
        State::Before | State::Live => Html::default(),
    };
    let inside = vec![
        el("span", "kk-trial__name", text(name(step))),
        badge(tone, state),
        el("span", "kk-trial__took", took),
        said(line).map_or_else(Html::default, |said| el("span", "kk-trial__said", text(said))),
    ];
    el("li", "kk-trial__step", all(inside))
}

/// Done, and yet not as it should be.
fn doubtful(said: Said) -> bool {
    match said {
        Said::Kind(kind) => kind != TokenKind::MyNumberCard,
        Said::NoRoots => true,
        _ => false,
    }
}

/// The step in words.
pub(super) fn name(step: Step) -> &'static str {
    let words = words();
    match step {
        Step::Open => words.step_open,
        Step::Card => words.step_card,
        Step::Power => words.step_power,
        Step::Recognise => words.step_recognise,
        Step::Certificate => words.step_certificate,
        Step::Check => words.step_check,
        Step::Tries => words.step_tries,
    }
}

fn said(line: &Line) -> Option<String> {
    Some(match line.said {
        Said::Nothing => return None,
        Said::Kind(kind) => kind_words(kind).to_owned(),
        Said::Part(part, of) => card_part(part, of),
        Said::Valid => words().valid.to_owned(),
        Said::NoRoots => words().no_roots.to_owned(),
        Said::Tries(left) => pin_tries(left),
    })
}

pub(super) fn kind_words(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::MyNumberCard => words().my_number_card,
        TokenKind::ResidentCard => words().resident_card,
        TokenKind::Phone => words().phone,
        TokenKind::Unknown => words().unknown_card,
    }
}

/// What is being done, for the line that is read out.
fn live(record: &Record) -> &'static str {
    let step = Step::ALL.into_iter().find(|step| record.line(*step).state == State::Live);
    match step {
        Some(Step::Card) => words().put_card,
        Some(step) => name(step),
        None => words().step_open,
    }
}
