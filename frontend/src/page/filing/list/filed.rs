//! What was sent, as upstream tells it.

use super::{ListPage, Msg, entries, section};
use crate::component::{
    Dialog, FaultMessage, FieldWidth, Rank, TextField, Tone, Waiting, all, badge, el, text,
};
use crate::page::filing::receipt;
use crate::page::parts::{actions, note, press};
use crate::text::format::time;
use crate::text::{filing as words, filing_day, filing_state};
use domain::upstream::{Evidence, FilingEntry, FilingState, FilingStep};
use yew::prelude::*;

impl ListPage {
    pub(super) fn filed(&self, ctx: &Context<Self>) -> Html {
        let load = ctx.props().app.filings(|filings| filings.list.clone());
        let mut parts = Vec::new();
        if let Some(problem) = load.problem {
            let again = ctx.link().callback(|()| Msg::Refresh);
            parts.push(html! { <FaultMessage {problem} onagain={again} /> });
        }
        match load.value {
            None if load.waiting => parts.push(html! { <Waiting what={words().listed_waiting} /> }),
            None => {}
            Some(list) if list.filings.is_empty() => {
                parts.push(el("p", "kk-empty", text(words().listed_none)))
            }
            Some(_) => {
                let ones = entries(&ctx.props().app).iter().map(|entry| self.entry(ctx, entry)).collect();
                parts.push(el("ul", "kk-filings__list", all(ones)));
            }
        }
        section(words().listed, None, all(parts))
    }

    fn entry(&self, ctx: &Context<Self>, entry: &FilingEntry) -> Html {
        let name = entry.person.as_ref().map_or(words().no_name.to_owned(), |person| person.name.clone());
        let tone = match entry.state {
            FilingState::Accepted => Tone::Success,
            FilingState::Returned => Tone::Warning,
            _ => Tone::Info,
        };
        let office = [words().office, ":", &entry.office_name].concat();
        let starts = [words().starts, ":", &filing_day(entry.start_on)].concat();
        let number = [words().number, ":", &entry.number.0].concat();
        let form = [entry.form.name(), " ", entry.category.name()].concat();
        let steps = entry.steps.iter().map(step).collect();
        let lines = vec![
            el("strong", "kk-filings__name", text(name.clone())),
            badge(Some(tone), filing_state(entry)),
            el("span", "", text(form)),
            el("span", "kk-support", text([office.as_str(), "、", &starts].concat())),
            el("span", "kk-support", text(number)),
            el("ol", "kk-filings__steps", all(steps)),
        ];
        let mut inside = vec![el("div", "kk-filings__what", all(lines)), self.ways(ctx, entry, &name)];
        if let Some((_, shown)) = self.shown.as_ref().filter(|(of, _)| *of == entry.number) {
            inside.push(match shown {
                None => html! { <Waiting what={words().evidence_waiting} /> },
                Some(Err(problem)) => html! { <FaultMessage problem={problem.clone()} focus=true /> },
                Some(Ok(evidence)) => proved(evidence),
            });
        }
        el("li", "kk-filings__one", all(inside))
    }

    fn ways(&self, ctx: &Context<Self>, entry: &FilingEntry, name: &str) -> Html {
        let way = |words: &'static str, msg: fn(domain::filing::FilingNumber) -> Msg| {
            let number = entry.number.clone();
            let onclick = ctx.link().callback(move |()| msg(number.clone()));
            let whose = el("span", "kk-hidden", text([" ", name].concat()));
            html! {
                <crate::component::Button rank={Rank::Secondary} {onclick}>{ words }{ whose }</crate::component::Button>
            }
        };
        let mut ways = vec![way(words().evidence, |number| Msg::Show(Some(number)))];
        ways.push(way(words().proof, Msg::Prove));
        match entry.state {
            FilingState::Returned => ways.push(way(words().mend, Msg::Mend)),
            FilingState::Received => ways.push(way(words().cancel, |number| Msg::Ask(Some(number)))),
            _ => {}
        }
        actions(ways)
    }

    /// 取下げ: what it means, and why it is wanted.
    pub(super) fn cancelling(&self, ctx: &Context<Self>) -> Html {
        let Some((_, why)) = &self.cancel else { return Html::default() };
        let close = ctx.link().callback(|()| Msg::Ask(None));
        let on_input = ctx.link().callback(Msg::Why);
        let go = ctx.link().callback(|()| Msg::Cancel);
        let yes = if self.busy { words().cancelling } else { words().cancel };
        let ends = all(vec![
            press("cancel-no", Rank::Secondary, crate::text::common().cancel, close.clone()),
            press("cancel-yes", Rank::Primary, yes, go),
        ]);
        html! {
            <Dialog id="filing-cancel" title={words().cancel_ask} actions={ends} onclose={close}>
                { note(words().cancel_more) }
                <TextField
                    id="cancel-why" label={words().cancel_reason} value={why.clone()} width={FieldWidth::Full} {on_input}
                />
            </Dialog>
        }
    }
}

/// When, what, who, why.
fn step(step: &FilingStep) -> Html {
    let mut said = [&time(step.at), " ", step.state.name(), " ", &step.by].concat();
    if let Some(reason) = &step.reason {
        said += &[" ", words().reason, ":", reason].concat();
    }
    if step.on_certificate {
        said += &["。", words().on_certificate].concat();
    }
    el("li", "", text(said))
}

/// 控え as it is kept upstream.
fn proved(evidence: &Evidence) -> Html {
    let statement = evidence.statement.as_ref().and_then(|signed| receipt::read(&signed.text));
    match &evidence.receipt {
        Some(of) => receipt::receipt(of, statement.as_ref()),
        None => note(words().statement_none),
    }
}
