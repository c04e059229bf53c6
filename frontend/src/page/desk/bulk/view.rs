//! How entering by file looks.

use super::model::{self, counts, is_done, may_enter};
use super::{BulkPage, Msg};
use crate::component::{
    Banner, Button, Need, RadioGroup, RadioOption, Rank, Tone, all, badge, el, el_with, link, text,
};
use crate::page::parts::{actions, fault, heading, note, paragraph, press};
use crate::route::Route;
use crate::state::{BulkAnswer, BulkDraft};
use crate::text::clients_unused;
use crate::text::desk::bulk::{bulk as words, finding, heads, mode as mode_value, outlook, read, result};
use crate::text::desk::fact::fact as fact_words;
use domain::certification::record::RecordLine;
use domain::upstream::{BulkMode, BulkResult};
use web_sys::HtmlInputElement;
use yew::prelude::*;

impl BulkPage {
    pub(super) fn page(&self, ctx: &Context<Self>) -> Html {
        let mut parts = vec![heading(words().title)];
        match ctx.props().app.bulk_draft() {
            None => parts.push(self.choose(ctx)),
            Some(draft) => parts.extend(self.looked(ctx, &draft)),
        }
        el("article", "kk-page kk-desk", all(parts))
    }

    fn choose(&self, ctx: &Context<Self>) -> Html {
        let refused = self.refused.as_ref().map(|(what, next)| {
            html! { <Banner tone={Tone::Error} title={*what} focus=true>{ el("p", "", text(next.clone())) }</Banner> }
        });
        let onchange = ctx.link().batch_callback(|event: Event| {
            let input = event.target_dyn_into::<HtmlInputElement>()?;
            let file = input.files()?.get(0)?;
            // The same file again, mended meanwhile, shall be a change too.
            input.set_value("");
            Some(Msg::Chosen(file))
        });
        let template = ctx.link().callback(|()| Msg::Template);
        let said = el_with(
            "p",
            &["role", "class"],
            vec!["status".into(), "kk-said".into()],
            text(self.said.unwrap_or_default()),
        );
        all(vec![
            refused.unwrap_or_default(),
            paragraph(words().lead),
            el("p", "", text(words().columns)),
            el("p", "", el("code", "kk-code", text(heads()))),
            note(words().columns_more),
            actions(vec![press("bulk-template", Rank::Secondary, words().template, template)]),
            said,
            html! {
                <p class="kk-field">
                    <label for="bulk-file">{ text(words().choose) }</label>
                    <input id="bulk-file" type="file" accept=".csv,.txt,text/csv,text/plain" {onchange} />
                </p>
            },
            el("p", "", link(Route::Desk, "", text(words().back))),
        ])
    }

    fn looked(&self, ctx: &Context<Self>, draft: &BulkDraft) -> Vec<Html> {
        let good = draft.file.records().count();
        let unread = draft.file.lines.len() - good;
        let problem = self.problem.as_ref().map(|problem| {
            let kept = all(vec![
                el("p", "", el("strong", "", text(words().stopped))),
                paragraph(words().stopped_more),
            ]);
            fault(problem, true, kept)
        });
        let said = [&draft.name, ":", &read(good, unread)].concat();
        let said = el_with("p", &["role", "class"], vec!["status".into(), "kk-outlook".into()], text(said));
        let done = is_done(draft);
        let answer = draft.answer.as_ref().map(|answer| heard(answer, unread)).unwrap_or_default();
        let mode = if done { Html::default() } else { self.mode(ctx, draft) };
        let parts = vec![
            problem.unwrap_or_default(),
            said,
            mode,
            answer,
            actions(self.buttons(ctx, draft)),
            findings(&draft.file.lines),
            table(draft),
        ];
        parts
    }

    fn mode(&self, ctx: &Context<Self>, draft: &BulkDraft) -> Html {
        let option = |mode, label: &'static str, more: &'static str| RadioOption {
            value: mode_value(mode).into(),
            label: label.into(),
            support: Some(more.into()),
        };
        let options = vec![
            option(BulkMode::AllOrNothing, words().whole, words().whole_more),
            option(BulkMode::EachLine, words().each, words().each_more),
        ];
        let selected = AttrValue::Static(mode_value(draft.mode));
        let onchange = ctx.link().callback(|value: AttrValue| {
            Msg::Mode(if value == mode_value(BulkMode::EachLine) {
                BulkMode::EachLine
            } else {
                BulkMode::AllOrNothing
            })
        });
        let held = if model::request(draft, true).is_some() {
            Html::default()
        } else if draft.file.records().next().is_none() {
            html! { <Banner tone={Tone::Warning} title={words().nothing} /> }
        } else {
            html! { <Banner tone={Tone::Warning} title={words().held} /> }
        };
        all(vec![
            html! { <RadioGroup id="bulk-mode" legend={words().mode} {options} {selected} {onchange} need={Need::Unsaid} /> },
            held,
        ])
    }

    fn buttons(&self, ctx: &Context<Self>, draft: &BulkDraft) -> Vec<Html> {
        let enter = may_enter(draft);
        let mut buttons = Vec::new();
        if !is_done(draft) && model::request(draft, true).is_some() {
            let (id, go, doing) = if enter {
                ("bulk-enter", words().enter, words().entering)
            } else {
                ("bulk-preview", words().preview, words().previewing)
            };
            let busy = self.running.then_some(AttrValue::Static(doing));
            let onclick = ctx.link().callback(move |()| Msg::Send(!enter));
            buttons.push(html! { <Button {id} {busy} {onclick}>{ go }</Button> });
        }
        if !self.running {
            let other = ctx.link().callback(|()| Msg::Other);
            buttons.push(press("bulk-other", Rank::Secondary, words().other, other));
        }
        buttons.push(link(Route::Desk, "kk-button kk-button--tertiary", text(words().back)));
        buttons
    }
}

/// What the upstream said, in short.
fn heard(answer: &BulkAnswer, unread: usize) -> Html {
    let counts = counts(answer);
    let said = outlook(counts.good, counts.known, counts.bad, unread, answer.preview);
    let (tone, title) = match (answer.preview, answer.response.entered) {
        (true, _) => (Tone::Info, words().looked),
        (false, true) => (Tone::Success, words().done),
        (false, false) => (Tone::Warning, words().done_none),
    };
    html! { <Banner {tone} {title} focus=true>{ el("p", "", text(said)) }</Banner> }
}

/// What is wrong or worth a look, by line and column.
fn findings(lines: &[RecordLine]) -> Html {
    let found = lines.iter().flat_map(|line| {
        line.findings.iter().map(move |one| {
            let (tone, kind) = if one.problem.is_error() {
                (Tone::Error, words().error)
            } else {
                (Tone::Warning, words().warning)
            };
            el("li", "", all(vec![badge(Some(tone), kind), text(" "), text(finding(line.line, one))]))
        })
    });
    let found: Vec<Html> = found.collect();
    if found.is_empty() {
        return Html::default();
    }
    let title = el("h2", "kk-desk__subtitle", text(words().findings));
    all(vec![title, el("ul", "kk-causes kk-findings", all(found))])
}

/// Every line of the file with what became of it.
fn table(draft: &BulkDraft) -> Html {
    let column = |name: &'static str| el_with("th", &["scope"], vec!["col".into()], text(name));
    let heads = [words().line, words().case, words().content, words().result].map(column);
    let head = el("thead", "", el("tr", "", all(heads.into())));
    let body = el("tbody", "", all(draft.file.lines.iter().map(|line| row(draft, line)).collect()));
    let unused = if draft.file.unused.is_empty() {
        Html::default()
    } else {
        el("p", "kk-support", text(clients_unused(&draft.file.unused)))
    };
    all(vec![
        el("h2", "kk-desk__subtitle", text(words().lines)),
        unused,
        el("table", "kk-table kk-lines-table kk-desk__lines", all(vec![head, body])),
    ])
}

fn row(draft: &BulkDraft, line: &RecordLine) -> Html {
    let number = el_with("th", &["scope"], vec!["row".into()], text(line.line.to_string()));
    let (case, content) = match &line.record {
        Some(record) => {
            let insured = el("span", "kk-queue__small", text(record.insured.as_str().to_owned()));
            (
                all(vec![el("span", "", text(record.case_no.clone())), text(" "), insured]),
                text(fact_words(&record.fact)),
            )
        }
        None => (text("—"), text("—")),
    };
    let state = match (&line.record, outcome(draft, line.line)) {
        (None, _) => badge(Some(Tone::Error), words().unread),
        (Some(_), None) => badge(None, words().ready),
        (Some(_), Some((found, preview))) => badge(tone(found, preview), result(found, preview)),
    };
    el("tr", "", all(vec![number, el("td", "", case), el("td", "", content), el("td", "", state)]))
}

fn outcome(draft: &BulkDraft, line: usize) -> Option<(&BulkResult, bool)> {
    let answer = draft.answer.as_ref()?;
    let found = answer.response.lines.iter().find(|outcome| usize::try_from(outcome.line) == Ok(line))?;
    Some((&found.result, answer.preview))
}

fn tone(found: &BulkResult, preview: bool) -> Option<Tone> {
    match found {
        BulkResult::Begun | BulkResult::Entered if preview => None,
        BulkResult::Begun | BulkResult::Entered => Some(Tone::Success),
        BulkResult::Replaced(_) | BulkResult::HeldBack => Some(Tone::Warning),
        BulkResult::Known | BulkResult::Older(_) => Some(Tone::Info),
        BulkResult::Refused(_) => Some(Tone::Error),
    }
}
