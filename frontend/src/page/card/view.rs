//! How the sheet looks.

use super::{CardSheet, Face, Msg};
use crate::component::{Banner, Button, PinPad, Rank, Stepper, Tone, Waiting, all, el, link, text};
use crate::page::parts::{actions, fault, heading, note, paragraph, press, way};
use crate::page::practice::practice_shelf;
use crate::route::Route;
use crate::service::card::Stage;
use crate::service::problem::Problem;
use crate::text::{card as words, card_part};
use yew::prelude::*;

/// The PIN was wrong.
const WRONG_PIN: &str = "CARD-021";
/// Nothing of this browser's can read a card; choosing a reader would not help.
const NO_USB: &str = "CARD-009";

impl CardSheet {
    pub(super) fn sheet(&self, ctx: &Context<Self>) -> Html {
        let (without, without_words) = match ctx.props().draft {
            Some(draft) => (Route::Filing { draft, page: 0 }, words().without_file),
            None => (Route::FindNumbers, words().without),
        };
        let filing = ctx.props().draft.is_some();
        let mut parts = vec![
            heading(if filing { words().title_file } else { words().title }),
            paragraph(if filing { words().lead_file } else { words().lead }),
            html! { <Stepper live={self.face.step()} /> },
            el("section", "kk-reading__face", self.face(ctx)),
            el(
                "p",
                "kk-reading__without",
                all(vec![
                    way(without, "kk-button kk-button--secondary", without_words),
                    if filing {
                        Html::default()
                    } else {
                        el("span", "kk-support", text(words().without_note))
                    },
                ]),
            ),
        ];
        if self.practice.is_some() {
            let act = ctx.link().callback(Msg::Practice);
            parts.push(practice_shelf(ctx.props().app.training(), self.shelf.as_ref(), &act));
        }
        el("div", "kk-page kk-reading", all(parts))
    }

    fn face(&self, ctx: &Context<Self>) -> Html {
        let met = if ctx.props().draft.is_some() { words().show_file } else { words().show };
        match &self.face {
            Face::Looking => waiting(ctx, words().looking, None),
            Face::Choose => all(vec![
                paragraph(words().choose_note),
                actions(vec![button(ctx, Rank::Primary, words().choose_reader, || Msg::Choose), cancel(ctx)]),
                el("p", "", link(Route::Device, "", text(words().device))),
            ]),
            Face::Running(stage) => self.running(ctx, *stage),
            Face::Stopping => html! { <Waiting what={words().stopping} /> },
            Face::Stopped => banner(Tone::Info, words().cancelled, actions(vec![again(ctx, Rank::Primary)])),
            Face::Failed(problem, _) => self.failed(ctx, problem),
            Face::Met(_) => banner(
                Tone::Success,
                words().give_back,
                all(vec![
                    paragraph(words().give_back_note),
                    actions(vec![button(ctx, Rank::Primary, met, || Msg::Show)]),
                ]),
            ),
        }
    }

    fn running(&self, ctx: &Context<Self>, stage: Stage) -> Html {
        match stage {
            Stage::PutCard => all(vec![waiting(ctx, words().put_card, None), note(words().put_note)]),
            Stage::Reading { part, of } => {
                let detail = of.filter(|_| part > 0).map(|of| card_part(part, of).into());
                waiting(ctx, words().reading, detail)
            }
            Stage::Preparing => waiting(ctx, words().asking, None),
            Stage::LastTry => last_try(ctx),
            Stage::Pin { tries, wrong } => pin(ctx, tries, wrong),
            Stage::Checking => waiting(ctx, words().checking, None),
            Stage::Signing => waiting(ctx, words().signing, None),
            Stage::Inquiring => waiting(ctx, words().inquiring, None),
        }
    }

    fn failed(&self, ctx: &Context<Self>, problem: &Problem) -> Html {
        let worth = problem.fault().is_none_or(|fault| fault.again);
        let mut buttons = vec![again(ctx, if worth { Rank::Primary } else { Rank::Secondary })];
        let of_reader = problem.code.starts_with("CARD-00") && !problem.is(NO_USB);
        if of_reader && self.practice.is_none() {
            buttons.push(button(ctx, Rank::Secondary, words().choose_reader, || Msg::Choose));
        }
        let reader =
            problem.detail.iter().map(|name| el("p", "", text([words().this_reader, name].concat())));
        all(vec![fault(problem, true, all(reader.collect())), actions(buttons)])
    }
}

/// Waiting, with the way out.
#[inline(never)]
fn waiting(ctx: &Context<CardSheet>, what: &'static str, detail: Option<AttrValue>) -> Html {
    html! { <Waiting {what} {detail} oncancel={ctx.link().callback(|()| Msg::Cancel)} /> }
}

#[inline(never)]
fn banner(tone: Tone, title: &'static str, inside: Html) -> Html {
    html! { <Banner {tone} {title} focus=true>{ inside }</Banner> }
}

#[inline(never)]
fn button(ctx: &Context<CardSheet>, rank: Rank, words: &'static str, msg: fn() -> Msg) -> Html {
    press("", rank, words, ctx.link().callback(move |()| msg()))
}

fn again(ctx: &Context<CardSheet>, rank: Rank) -> Html {
    button(ctx, rank, words().again, || Msg::Begin)
}

fn cancel(ctx: &Context<CardSheet>) -> Html {
    button(ctx, Rank::Tertiary, words().cancel, || Msg::Cancel)
}

/// One try is left: what that means, and an explicit yes. The safe answer comes first.
fn last_try(ctx: &Context<CardSheet>) -> Html {
    let go = html! {
        <Button rank={Rank::Secondary} danger=true onclick={ctx.link().callback(|()| Msg::SpendLastTry)}>
            { words().last_go }
        </Button>
    };
    let stop = ctx.props().draft.map_or(Route::FindNumbers, |draft| Route::Filing { draft, page: 0 });
    let said = if ctx.props().draft.is_some() { words().last_stop_file } else { words().last_stop };
    let stop = way(stop, "kk-button kk-button--primary", said);
    banner(
        Tone::Warning,
        words().last_title,
        all(vec![
            paragraph(words().last_note),
            paragraph(words().last_ask),
            actions(vec![stop, go, cancel(ctx)]),
        ]),
    )
}

/// The keypad. It is made anew for each try, so that it takes the focus again.
fn pin(ctx: &Context<CardSheet>, tries: u8, wrong: bool) -> Html {
    let pad = html! {
        <PinPad
            key={tries}
            {tries}
            onconfirm={ctx.link().callback(Msg::Pin)}
            oncancel={ctx.link().callback(|()| Msg::Cancel)}
        />
    };
    let mut parts = vec![pad, actions(vec![cancel(ctx)])];
    if wrong {
        let problem = Problem { tries_left: Some(tries), ..Problem::new(WRONG_PIN) };
        parts.insert(0, fault(&problem, false, Html::default()));
    }
    all(parts)
}
