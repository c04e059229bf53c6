//! How the entry looks: the questions in the order of the paper, all on one page.

use super::question::{id, question};
use super::{Msg, PaperPage, received_on};
use crate::component::{
    Button, Checkbox, ErrorSummary, FieldError, FieldWidth, Need, RadioGroup, RadioOption, Rank, TextField,
    all, el, link, text,
};
use crate::page::desk::parts::section;
use crate::page::parts::{actions, fault, heading, note, paragraph, press};
use crate::route::Route;
use crate::state::PaperDraft;
use crate::text::desk::filing::desk_filing as words;
use crate::text::{filing_confirmable, filing_wrong};
use domain::filing::Field;
use domain::filing::wizard::{self, Asked, Context as Around, Group, Trouble};
use domain::upstream::FilingWay;
use yew::prelude::*;

/// `id` of 受付日.
const RECEIVED: &str = "paper-received";

impl PaperPage {
    pub(super) fn page(&self, ctx: &Context<Self>) -> Html {
        let app = &ctx.props().app;
        let mut parts = Vec::new();
        let heard = self.problem.as_ref().map_or_else(Html::default, |problem| {
            let kept = el("p", "", el("strong", "", text(words().not_entered)));
            fault(problem, true, all(vec![kept, paragraph(words().not_entered_more)]))
        });
        if let Some(draft) = app.desk_filings(|desk| desk.paper.clone()) {
            let around = Around::desk(app.today());
            let groups = wizard::groups(&draft.answers, &around);
            let groups: Vec<Group> = groups.into_iter().filter(|one| *one != Group::Confirm).collect();
            let asked: Vec<(Group, Vec<Asked>)> =
                groups.into_iter().map(|one| (one, wizard::asked(one, &draft.answers, &around))).collect();
            let troubles = if self.tried { wizard::check_all(&draft.answers, &around) } else { Vec::new() };
            parts.extend([
                self.mend(ctx, &draft, &asked, &troubles),
                heading(words().entry),
                paragraph(words().entry_lead),
                note(words().entry_number),
                heard,
                self.form(ctx, &draft, &asked, &troubles),
            ]);
        } else {
            parts.extend([heading(words().entry), heard]);
        }
        parts.push(el("p", "", link(Route::DeskFilings, "kk-filed__way", text(words().back))));
        el("article", "kk-page kk-desk", all(parts))
    }

    /// What has to be mended before it can be entered.
    fn mend(
        &self,
        ctx: &Context<Self>,
        draft: &PaperDraft,
        asked: &[(Group, Vec<Asked>)],
        troubles: &[Trouble],
    ) -> Html {
        let mut errors = Vec::new();
        if let Some(message) = self.day(ctx, draft) {
            errors.push(FieldError { field: RECEIVED.into(), message });
        }
        errors.extend(troubles.iter().map(|one| FieldError {
            field: if one.why.may_be_confirmed() { warning(one) } else { id(one.field) },
            message: filing_wrong(one, label(asked, one)).into(),
        }));
        html! { <ErrorSummary {errors} attempt={self.attempt} /> }
    }

    fn form(
        &self,
        ctx: &Context<Self>,
        draft: &PaperDraft,
        asked: &[(Group, Vec<Asked>)],
        troubles: &[Trouble],
    ) -> Html {
        let around = Around::desk(ctx.props().app.today());
        let mut sections = vec![self.reception(ctx, draft)];
        for (group, questions) in asked {
            let fields = questions.iter().map(|one| {
                let wrong = troubles.iter().find(|trouble| trouble.field == one.field);
                let wrong = wrong.filter(|trouble| !trouble.why.may_be_confirmed());
                let error = wrong.map(|trouble| AttrValue::from(filing_wrong(trouble, one.label)));
                question(ctx.link(), one, &draft.answers, &around, error)
            });
            let fields = el("div", "kk-paper__fields", all(fields.collect()));
            sections.push(section(group_id(*group), group.name(), None, fields));
        }
        sections.push(self.warnings(ctx, draft, asked));
        let busy = self.sending.then_some(AttrValue::Static(words().entering));
        let enter = html! { <Button id="paper-enter" submit=true {busy}>{ words().enter }</Button> };
        let discard = ctx.link().callback(|()| Msg::Discard);
        let discard = press("paper-discard", Rank::Secondary, words().discard, discard);
        sections.push(actions(vec![enter, discard]));
        let onsubmit = ctx.link().callback(|event: SubmitEvent| {
            event.prevent_default();
            Msg::Enter
        });
        html! { <form class="kk-form kk-desk__sheet" {onsubmit} novalidate=true>{ all(sections) }</form> }
    }

    /// 受付日 and by which way.
    fn reception(&self, ctx: &Context<Self>, draft: &PaperDraft) -> Html {
        let options = [FilingWay::Counter, FilingWay::Post];
        let options: Vec<RadioOption> =
            options.iter().map(|one| RadioOption::new(one.code().to_owned(), one.name())).collect();
        let selected = Some(AttrValue::from(draft.way.code().to_owned()));
        let onchange = ctx.link().callback(|code: AttrValue| Msg::Way(FilingWay::from_code(&code)));
        let on_input = ctx.link().callback(Msg::Received);
        let fields = vec![
            html! {
                <RadioGroup id="paper-way" legend={words().way_label} {options} {selected} inline=true {onchange} />
            },
            html! {
                <TextField
                    id={RECEIVED}
                    label={words().received_on}
                    value={draft.received_on.clone()}
                    support={crate::text::desk::desk().day_support}
                    error={self.day(ctx, draft)}
                    width={FieldWidth::Medium}
                    need={Need::Required}
                    {on_input}
                />
            },
        ];
        section("paper-reception", words().reception, None, el("div", "kk-paper__fields", all(fields)))
    }

    /// What is wrong with 受付日, once it was tried.
    fn day(&self, ctx: &Context<Self>, draft: &PaperDraft) -> Option<AttrValue> {
        let why = received_on(draft, ctx.props().app.today()).err().filter(|_| self.tried)?;
        let trouble = Trouble { field: Field::FiledOn, why };
        Some(filing_wrong(&trouble, words().received_on).into())
    }

    /// What may be right as it is, each with a yes of its own.
    fn warnings(&self, ctx: &Context<Self>, draft: &PaperDraft, asked: &[(Group, Vec<Asked>)]) -> Html {
        if self.offered.is_empty() {
            return Html::default();
        }
        let boxes = self.offered.iter().map(|trouble| {
            let key = trouble.key();
            let checked = draft.answers.is_confirmed(&key);
            let onchange = ctx.link().callback(move |on| Msg::Confirm(key.clone(), on));
            let label = filing_confirmable(trouble, label(asked, trouble));
            html! { <Checkbox id={warning(trouble)} {label} {checked} {onchange} /> }
        });
        let boxes = all(boxes.collect());
        el(
            "div",
            "kk-filing__warnings",
            all(vec![el("h2", "kk-desk__subtitle", text(words().look_again)), boxes]),
        )
    }
}

/// `id` of the box that confirms a warning.
fn warning(trouble: &Trouble) -> AttrValue {
    ["paper-w-", &trouble.key().replace(':', "-")].concat().into()
}

/// What the paper calls the field of a trouble.
fn label(asked: &[(Group, Vec<Asked>)], trouble: &Trouble) -> &'static str {
    let mut all = asked.iter().flat_map(|(_, questions)| questions);
    all.find(|one| one.field == trouble.field).map_or(trouble.field.name(), |one| one.label)
}

fn group_id(group: Group) -> &'static str {
    match group {
        Group::Form => "paper-group-form",
        Group::Person => "paper-group-person",
        Group::Office => "paper-group-office",
        Group::Entrusted => "paper-group-entrusted",
        Group::Reason => "paper-group-reason",
        Group::SameMonth => "paper-group-month",
        Group::Filer => "paper-group-filer",
        Group::Confirm | Group::Unknown(_) => "paper-group-more",
    }
}
