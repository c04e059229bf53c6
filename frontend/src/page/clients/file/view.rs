//! How adding by file looks.

use super::{FilePage, Msg, is_open};
use crate::component::{
    Banner, Button, Checkbox, ErrorSummary, FieldError, FieldGroup, RadioGroup, RadioOption, Rank, Tone, all,
    badge, el, el_with, link, text,
};
use crate::page::parts::{actions, fault, heading, note, paragraph, press};
use crate::route::Route;
use crate::state::{DraftLine, ImportDraft, LineState};
use crate::text::{clients as words, clients_finding, clients_outlook, clients_unused, find as find_words};
use domain::upstream::{ConsentGiver, ConsentMethod};
use web_sys::HtmlInputElement;
use yew::prelude::*;

const CONSENT: &str = "file-consent";

impl FilePage {
    pub(super) fn page(&self, ctx: &Context<Self>) -> Html {
        let draft = ctx.props().app.import();
        let mut parts = vec![heading(words().file_title)];
        if self.missing {
            let errors = vec![FieldError { field: CONSENT.into(), message: words().consent_missing.into() }];
            parts.insert(0, html! { <ErrorSummary {errors} attempt={self.attempt} /> });
        }
        match draft {
            None => parts.push(self.choose(ctx)),
            Some(draft) => parts.extend(self.preview(ctx, &draft)),
        }
        el("div", "kk-page", all(parts))
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
        let columns = vec![
            el("p", "", text(words().file_columns)),
            el("p", "", el("code", "kk-code", text(words().file_heads))),
            note(words().file_columns_more),
        ];
        all(vec![
            refused.unwrap_or_default(),
            paragraph(words().file_lead),
            all(columns),
            html! {
                <p class="kk-field">
                    <label for="clients-file">{ text(words().file_choose) }</label>
                    <input id="clients-file" type="file" accept=".csv,.txt,text/csv,text/plain" {onchange} />
                </p>
            },
            el("p", "", link(Route::Clients, "", text(words().back))),
        ])
    }

    fn preview(&self, ctx: &Context<Self>, draft: &ImportDraft) -> Vec<Html> {
        let count = |is: fn(&LineState) -> bool| draft.count(is);
        let ready = count(|state| *state == LineState::Ready);
        let outlook = clients_outlook(
            ready,
            count(|state| *state == LineState::Added),
            count(|state| *state == LineState::Already),
            count(|state| *state == LineState::Wrong),
            count(|state| matches!(state, LineState::Failed(_))),
        );
        let mut parts = Vec::new();
        if let Some(problem) = &self.problem {
            let kept = all(vec![el("strong", "", text(words().stopped)), paragraph(words().stopped_kept)]);
            parts.push(fault(problem, true, kept));
        }
        parts.push(el_with(
            "p",
            &["role", "class"],
            vec!["status".into(), "kk-outlook".into()],
            text(outlook),
        ));
        let ended = count(is_open) == 0;
        if !ended && draft.asks_consent() {
            parts.push(self.consent(ctx, draft));
        }
        let go = if count(|state| *state == LineState::Added) > 0 { words().again } else { words().start };
        let start = ctx.link().callback(|()| Msg::Start);
        let busy = self.running.then_some(AttrValue::Static(words().running));
        let mut buttons = Vec::new();
        if !ended {
            buttons.push(html! { <Button id="file-start" {busy} onclick={start}>{ text(go) }</Button> });
        }
        if !self.running {
            let other = ctx.link().callback(|()| Msg::Other);
            buttons.push(press("file-other", Rank::Secondary, words().file_other, other));
        }
        let back = if ended { "kk-button kk-button--primary" } else { "kk-button kk-button--tertiary" };
        buttons.push(link(Route::Clients, back, text(words().back)));
        parts.push(actions(buttons));
        parts.push(findings(draft));
        parts.push(table(draft));
        parts
    }

    fn consent(&self, ctx: &Context<Self>, draft: &ImportDraft) -> Html {
        let giver = radio(
            "file-giver",
            find_words().giver,
            [find_words().giver_person, find_words().giver_representative],
            draft.giver.map(|giver| usize::from(giver == ConsentGiver::Representative)),
            ctx.link().callback(|at| {
                Msg::Giver(if at == 0 { ConsentGiver::Person } else { ConsentGiver::Representative })
            }),
        );
        let method = radio(
            "file-method",
            find_words().method,
            [find_words().method_spoken, find_words().method_written],
            draft.method.map(|method| usize::from(method == ConsentMethod::Written)),
            ctx.link().callback(|at| {
                Msg::Method(if at == 0 { ConsentMethod::Spoken } else { ConsentMethod::Written })
            }),
        );
        let onchange = ctx.link().callback(Msg::Agreed);
        let error = self.missing.then_some(AttrValue::Static(words().consent_missing));
        html! {
            <FieldGroup legend={words().consent_title} support={words().consent_support}>
                { giver }
                { method }
                <Checkbox id={CONSENT} label={words().consent_all} checked={draft.agreed} {error} {onchange} />
            </FieldGroup>
        }
    }
}

fn radio(
    id: &'static str,
    legend: &'static str,
    answers: [&'static str; 2],
    chosen: Option<usize>,
    change: Callback<usize>,
) -> Html {
    let options = vec![RadioOption::new("0", answers[0]), RadioOption::new("1", answers[1])];
    let selected = chosen.map(|at| AttrValue::Static(if at == 0 { "0" } else { "1" }));
    let onchange = Callback::from(move |value: AttrValue| change.emit(usize::from(value == "1")));
    html! { <RadioGroup {id} {legend} {options} {selected} inline=true {onchange} /> }
}

/// What is wrong or worth a look, by line and column.
fn findings(draft: &ImportDraft) -> Html {
    let lines = draft.lines.iter().flat_map(|line| {
        line.line.findings.iter().map(move |finding| {
            let tone = if finding.problem.is_error() { Tone::Error } else { Tone::Warning };
            let said = clients_finding(line.line.line, finding);
            el(
                "li",
                "",
                all(vec![
                    badge(Some(tone), if finding.problem.is_error() { "誤り" } else { "注意" }),
                    text(" "),
                    text(said),
                ]),
            )
        })
    });
    let lines: Vec<Html> = lines.collect();
    if lines.is_empty() {
        return Html::default();
    }
    let title = el("h2", "kk-subtitle", text(words().mend));
    all(vec![title, el("ul", "kk-causes kk-findings", all(lines))])
}

/// Every line of the file with its state.
fn table(draft: &ImportDraft) -> Html {
    let heads = [words().line, words().who, words().state]
        .map(|head| el_with("th", &["scope"], vec!["col".into()], text(head)));
    let head = el("thead", "", el("tr", "", all(heads.into())));
    let body = el("tbody", "", all(draft.lines.iter().map(row).collect()));
    let unused = if draft.unused.is_empty() {
        Html::default()
    } else {
        el("p", "kk-support", text(clients_unused(&draft.unused)))
    };
    all(vec![
        el("h2", "kk-subtitle", text(words().preview)),
        unused,
        el("table", "kk-table kk-lines-table", all(vec![head, body])),
    ])
}

fn row(line: &DraftLine) -> Html {
    let who = match &line.line.client {
        Some(client) => {
            let name = client.name.clone().unwrap_or_default();
            let numbers = format!("{} {} {}", client.insurer, client.insured, client.birth_date.wareki());
            all(vec![el("span", "", text(name)), el("span", "kk-clients__small", text(numbers))])
        }
        None => text("—"),
    };
    let state = match &line.state {
        LineState::Wrong => badge(Some(Tone::Error), words().wrong),
        LineState::Ready => badge(None, words().ready),
        LineState::Added => badge(Some(Tone::Success), words().added),
        LineState::Already => badge(Some(Tone::Info), words().already),
        LineState::Failed(problem) => {
            let what = problem.fault().map_or("", |fault| fault.what);
            badge(Some(Tone::Error), [what, "(", &problem.code, ")"].concat())
        }
    };
    let number = el_with("th", &["scope"], vec!["row".into()], text(line.line.line.to_string()));
    el("tr", "", all(vec![number, el("td", "", who), el("td", "", state)]))
}
