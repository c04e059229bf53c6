//! How the record looks: a table on a wide screen, parts of one line each on a narrow one.

use super::model::{Field, Wish};
use super::{Msg, RecordsPage};
use crate::component::{
    Banner, Button, ErrorSummary, FaultMessage, FieldError, FieldWidth, IconKind, Need, RadioGroup,
    RadioOption, Rank, Tone, Waiting, all, badge, el, el_with, icon, text,
};
use crate::page::parts::{self, actions, field, heading, note, paragraph, press};
use crate::state::App;
use crate::text::format::time;
use crate::text::{records as words, records_outlook, records_printed, records_span, take as take_words};
use domain::fault;
use domain::upstream::{AuditEntry, AuditKind};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// `id` of a line, for the focus.
pub(super) fn line_id(at: usize) -> String {
    ["record-", &at.to_string()].concat()
}

impl RecordsPage {
    pub(super) fn page(&self, ctx: &Context<Self>) -> Html {
        let app = &ctx.props().app;
        let mut parts = vec![heading(words().title)];
        match app.may_read_audit() {
            Some(Ok(())) => parts.extend(self.open(ctx)),
            Some(Err(denial)) => {
                let next = fault::find(denial.code()).map_or("", |fault| fault.next);
                parts.push(html! {
                    <Banner tone={Tone::Info} title={words().closed}>
                        { paragraph(next) }
                        { el("p", "kk-banner__code", text(denial.code().to_owned())) }
                    </Banner>
                });
            }
            None => {}
        }
        html! { <article class="kk-page kk-records" aria-busy={self.waiting.then_some("true")}>{ all(parts) }</article> }
    }

    fn open(&self, ctx: &Context<Self>) -> Vec<Html> {
        let app = &ctx.props().app;
        let problem = self.problem.clone().map(|problem| {
            let again = ctx.link().callback(|()| Msg::Find);
            let old = if self.entries.is_empty() { Html::default() } else { paragraph(words().old_kept) };
            html! { <FaultMessage {problem} focus=true onagain={again}>{ old }</FaultMessage> }
        });
        // Each has a place of its own, also when it is not there.
        vec![
            self.on_paper(app),
            paragraph(words().lead),
            note(words().itself),
            self.filter(ctx),
            problem.unwrap_or_default(),
            self.told(),
            if self.entries.is_empty() { Html::default() } else { self.table(ctx) },
            self.file(ctx),
        ]
    }

    fn filter(&self, ctx: &Context<Self>) -> Html {
        let onsubmit = ctx.link().callback(|event: SubmitEvent| {
            event.prevent_default();
            Msg::Find
        });
        let errors: Vec<FieldError> = self
            .errors
            .iter()
            .map(|(field, message)| FieldError { field: field.id().into(), message: message.clone().into() })
            .collect();
        let wish = &self.wish;
        let day = Some(words().day_support);
        let fields = vec![
            self.typed(ctx, Field::From, words().from, day, &wish.from, |wish, typed| wish.from = typed),
            self.typed(ctx, Field::To, words().to, day, &wish.to, |wish, typed| wish.to = typed),
            self.person(ctx),
            self.typed(ctx, Field::User, words().user, None, &wish.user, |wish, typed| wish.user = typed),
            self.what(ctx),
        ];
        html! {
            <>
                <ErrorSummary {errors} attempt={self.attempt} />
                <form class="kk-records__filter" {onsubmit} novalidate=true>
                    { el("div", "kk-records__fields", all(fields)) }
                    { actions(vec![parts::send(words().find, None)]) }
                </form>
            </>
        }
    }

    fn typed(
        &self,
        ctx: &Context<Self>,
        of: Field,
        label: &'static str,
        support: Option<&'static str>,
        value: &str,
        change: fn(&mut Wish, String),
    ) -> Html {
        let error = self.errors.iter().find(|(at, _)| *at == of);
        let need = if of == Field::User { Need::Optional } else { Need::Required };
        let wish = self.wish.clone();
        field(parts::Field {
            id: of.id(),
            label,
            support,
            value: value.to_owned(),
            error: error.map(|(_, message)| message.clone().into()),
            width: FieldWidth::Full,
            need,
            autocomplete: "off",
            digits: false,
            on_input: ctx.link().callback(move |text| {
                let mut wish = wish.clone();
                change(&mut wish, text);
                Msg::Wish(wish)
            }),
        })
    }

    fn person(&self, ctx: &Context<Self>) -> Html {
        let everybody = ctx.props().app.everybody();
        let chosen = self.wish.person.as_ref();
        let at = chosen.and_then(|handle| everybody.iter().position(|seen| seen.person.handle == *handle));
        let names = everybody.iter().map(|seen| seen.person.name.clone()).collect();
        let wish = self.wish.clone();
        let onchange = ctx.link().callback(move |at: Option<usize>| {
            let person = at.and_then(|at| everybody.get(at)).map(|seen| seen.person.handle.clone());
            Msg::Wish(Wish { person, ..wish.clone() })
        });
        choice("records-person", words().person, Some(words().person_support), names, at, onchange)
    }

    fn what(&self, ctx: &Context<Self>) -> Html {
        let at = self.wish.what.and_then(|what| AuditKind::ALL.iter().position(|one| *one == what));
        let names = AuditKind::ALL.iter().map(|one| one.name().to_owned()).collect();
        let wish = self.wish.clone();
        let onchange = ctx.link().callback(move |at: Option<usize>| {
            let what = at.and_then(|at| AuditKind::ALL.get(at)).copied();
            Msg::Wish(Wish { what, ..wish.clone() })
        });
        choice("records-what", words().what, None, names, at, onchange)
    }

    /// How many there are, or why there are none; read out.
    fn told(&self) -> Html {
        let answered = self.question.is_some() && !self.waiting && self.problem.is_none();
        let said = match self.entries.len() {
            0 if answered => text(words().none),
            0 => Html::default(),
            count => text(records_outlook(count, self.next.is_some())),
        };
        let values = vec!["status".into(), "kk-outlook".into(), "records-told".into()];
        let told = el_with("p", &["role", "class", "id"], values, said);
        let why = if answered && self.entries.is_empty() { note(words().none_why) } else { Html::default() };
        let waiting = self.waiting.then(|| html! { <Waiting what={words().waiting} /> });
        all(vec![told, why, waiting.unwrap_or_default()])
    }

    fn table(&self, ctx: &Context<Self>) -> Html {
        let heads = [words().at, words().what, words().by, words().about, words().outcome]
            .map(|head| el_with("th", &["scope"], vec!["col".into()], text(head)));
        let head = el("thead", "", el("tr", "", all(heads.into())));
        let body = el("tbody", "", all(self.entries.iter().enumerate().map(row).collect()));
        let caption = el("caption", "kk-hidden", text(words().title));
        let more = if self.next.is_some() {
            let onclick = ctx.link().callback(|()| Msg::More);
            actions(vec![press("records-more", Rank::Secondary, words().more, onclick)])
        } else {
            note(words().all)
        };
        all(vec![el("table", "kk-table kk-records__table", all(vec![caption, head, body])), more])
    }

    fn file(&self, ctx: &Context<Self>) -> Html {
        let options = vec![
            RadioOption {
                support: Some(take_words().utf8_more.into()),
                ..RadioOption::new("utf8", take_words().utf8)
            },
            RadioOption {
                support: Some(take_words().cp932_more.into()),
                ..RadioOption::new("cp932", take_words().cp932)
            },
        ];
        let selected = AttrValue::Static(if self.cp932 { "cp932" } else { "utf8" });
        let onchange = ctx.link().callback(|value: AttrValue| Msg::Encoding(value == "cp932"));
        let save = ctx.link().callback(|()| Msg::Save);
        let print = ctx.link().callback(|()| Msg::Print);
        let busy = self.gathering.then_some(AttrValue::Static(words().csv_busy));
        let values = vec!["status".into(), "kk-said".into(), "records-said".into()];
        let said = el_with("p", &["role", "class", "id"], values, text(self.said.clone()));
        html! {
            <section class="kk-sheet kk-records__file" aria-label={words().csv}>
                <RadioGroup id="records-encoding" legend={take_words().encoding} {options} {selected} {onchange} need={Need::Unsaid} />
                { note(take_words().formulas) }
                <div class="kk-actions">
                    <Button id="records-save" rank={Rank::Secondary} {busy} onclick={save}>{ icon(IconKind::Copy) }{ words().csv }</Button>
                    <Button id="records-print" rank={Rank::Secondary} onclick={print}>{ icon(IconKind::Print) }{ words().print }</Button>
                </div>
                { said }
            </section>
        }
    }

    /// The head of the printed pages: of which office, when, which days.
    fn on_paper(&self, app: &App) -> Html {
        let office = app.session().map(|staff| staff.office_name.clone()).unwrap_or_default();
        let span = self.question.as_ref().map(|asked| records_span(asked.from, asked.to)).unwrap_or_default();
        el("p", "kk-on-paper", text([&records_printed(&office, app.now()), " ", &span].concat()))
    }
}

/// One line. What was refused has its reason in words.
fn row((at, entry): (usize, &AuditEntry)) -> Html {
    let what = entry.what.unknown().map_or_else(|| entry.what.name().to_owned(), str::to_owned);
    let user = all(vec![
        el("span", "kk-records__name", text(entry.user_name.clone())),
        el("span", "kk-clients__small", text(entry.user.as_str().to_owned())),
    ]);
    let about = entry.person_name.clone().unwrap_or_else(|| words().nobody.to_owned());
    let (class, outcome) = match &entry.refused {
        Some(code) => {
            let why = fault::find(code).map_or("", |fault| fault.what);
            let said = [why, "(", code, ")"].concat();
            let parts = vec![
                badge(Some(Tone::Warning), words().refused),
                el("span", "kk-clients__small", text(said)),
            ];
            ("kk-records__line kk-records__line--refused", all(parts))
        }
        None => ("kk-records__line", text(words().done)),
    };
    let cells = [
        (words().at, text(time(entry.at))),
        (words().what, text(what)),
        (words().by, user),
        (words().about, text(about)),
        (words().outcome, outcome),
    ];
    let cells = cells.map(|(label, value)| {
        el(
            "td",
            "",
            all(vec![
                el_with(
                    "span",
                    &["class", "aria-hidden"],
                    vec!["kk-records__label".into(), "true".into()],
                    text(label),
                ),
                el("div", "", value),
            ]),
        )
    });
    el_with(
        "tr",
        &["class", "id", "tabindex"],
        vec![class.into(), line_id(at).into(), "-1".into()],
        all(cells.into()),
    )
}

/// One of some names, or all of them.
fn choice(
    id: &'static str,
    label: &'static str,
    support: Option<&'static str>,
    names: Vec<String>,
    chosen: Option<usize>,
    onchange: Callback<Option<usize>>,
) -> Html {
    let options = names.into_iter().enumerate().map(|(at, name)| {
        html! { <option value={at.to_string()} selected={chosen == Some(at)}>{ text(name) }</option> }
    });
    let options: Vec<Html> = options.collect();
    let onchange = Callback::from(move |event: Event| {
        if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
            onchange.emit(select.value().parse().ok());
        }
    });
    let help = [id, "-support"].concat();
    let described = support.is_some().then(|| help.clone());
    let support = support
        .map(|support| el_with("p", &["class", "id"], vec!["kk-support".into(), help.into()], text(support)));
    html! {
        <div class="kk-field">
            <label class="kk-label" for={id}>{ text(label) }</label>
            { support.unwrap_or_default() }
            <select {id} class="kk-select kk-records__select" aria-describedby={described} {onchange}>
                <option value="" selected={chosen.is_none()}>{ text(words().every) }</option>
                { all(options) }
            </select>
        </div>
    }
}
