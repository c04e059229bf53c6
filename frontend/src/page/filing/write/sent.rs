//! A filing that is confirmed: what may be told of it, and nothing more.

use super::{Asked, Kept, Msg, WritePage};
use crate::component::{Banner, Dialog, FaultMessage, Rank, Tone, all, el, link, text};
use crate::page::filing::receipt;
use crate::page::parts::{actions, fault, heading, note, paragraph, press};
use crate::route::Route;
use crate::service::problem::Problem;
use crate::state::Saved;
use crate::text::{filing as words, filing_told};
use domain::filing::outbox::Told;
use domain::upstream::KeyOutcome;
use yew::prelude::*;

impl WritePage {
    pub(super) fn sent(&self, ctx: &Context<Self>, kept: &Kept) -> Html {
        let Some(sent) = &kept.draft.sent else { return Html::default() };
        let told = sent.outbox.told();
        let inside = match told {
            Told::Filed => filed(kept),
            Told::Refused => refused(ctx, sent.outcome.as_ref()),
            Told::GivenUp => {
                all(vec![banner(Tone::Info, told, paragraph(words().given_up_more)), again(ctx)])
            }
            Told::NotYet | Told::Checking | Told::GivingUp => self.under_way(ctx, kept, told),
        };
        let head = el("p", "kk-filing__who", el("strong", "", text(kept.draft.person.name.clone())));
        let list = link(Route::Filings, "kk-button kk-button--tertiary", text(words().to_list));
        let parts = vec![heading(words().title), head, inside, el("p", "kk-actions", list)];
        all(vec![el("article", "kk-page kk-filing", all(parts)), self.question(ctx)])
    }

    fn under_way(&self, ctx: &Context<Self>, kept: &Kept, told: Told) -> Html {
        let memory_only = kept.version == 0 || matches!(kept.saved, Saved::Not(_));
        let more = match told {
            Told::NotYet if memory_only => words().not_yet_memory,
            Told::NotYet => words().not_yet_more,
            Told::Checking => words().checking_more,
            _ => words().giving_up_more,
        };
        let tries = kept.draft.sent.as_ref().map_or(0, |sent| sent.outbox.tries);
        let tried = [words().tried, " ", &tries.to_string(), "回"].concat();
        let inside = all(vec![paragraph(more), el("p", "kk-support", text(tried))]);
        let tone = if told == Told::NotYet { Tone::Warning } else { Tone::Info };
        let mut parts = vec![banner(tone, told, inside)];
        if let Some(problem) = kept.trouble.clone() {
            parts.push(html! { <FaultMessage {problem} /> });
        }
        let now = ctx.link().callback(|()| Msg::Send);
        let mut ends = vec![press("filing-send", Rank::Secondary, words().send_now, now)];
        if told != Told::GivingUp {
            let ask = ctx.link().callback(|()| Msg::Ask(Some(Asked::GiveUp)));
            ends.push(press("filing-give-up", Rank::Tertiary, words().give_up, ask));
        }
        parts.push(actions(ends));
        all(parts)
    }

    /// The question in the way, if there is one.
    pub(super) fn question(&self, ctx: &Context<Self>) -> Html {
        let Some(asked) = self.asked else { return Html::default() };
        let (title, more, yes) = match asked {
            Asked::Discard => (words().discard_ask, words().discard_more, words().discard),
            Asked::GiveUp => (words().give_up_ask, words().give_up_more, words().give_up),
        };
        let close = ctx.link().callback(|()| Msg::Ask(None));
        let go = ctx.link().callback(move |()| Msg::Yes(asked));
        let ends = all(vec![
            press("filing-no", Rank::Secondary, crate::text::common().cancel, close.clone()),
            press("filing-yes", Rank::Primary, yes, go),
        ]);
        html! {
            <Dialog id="filing-question" {title} actions={ends} onclose={close}>{ note(more) }</Dialog>
        }
    }
}

#[inline(never)]
fn banner(tone: Tone, told: Told, inside: Html) -> Html {
    html! { <Banner {tone} title={filing_told(told)} focus=true>{ inside }</Banner> }
}

fn filed(kept: &Kept) -> Html {
    let Some(receipt) = kept.draft.receipt() else { return Html::default() };
    let statement = kept.draft.sent.as_ref().and_then(|sent| receipt::read(&sent.statement));
    all(vec![
        banner(Tone::Success, Told::Filed, paragraph(words().filed_more)),
        receipt::receipt(receipt, statement.as_ref()),
    ])
}

/// Why it was refused, in the words of its code.
fn refused(ctx: &Context<WritePage>, outcome: Option<&KeyOutcome>) -> Html {
    let why = match outcome {
        Some(KeyOutcome::Refused(refusal)) => {
            let problem = Problem { code: refusal.code.clone().into(), ..Problem::new("UPS-500") };
            fault(&problem, false, Html::default())
        }
        _ => Html::default(),
    };
    all(vec![banner(Tone::Error, Told::Refused, why), again(ctx)])
}

fn again(ctx: &Context<WritePage>) -> Html {
    let reopen = ctx.link().callback(|()| Msg::Reopen);
    let discard = ctx.link().callback(|()| Msg::Ask(Some(Asked::Discard)));
    actions(vec![
        press("filing-again", Rank::Primary, words().again, reopen),
        press("filing-discard", Rank::Tertiary, words().discard, discard),
    ])
}
