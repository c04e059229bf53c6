//! A page of questions.

use super::question::question;
use super::{Around, Kept, Msg, WritePage};
use crate::component::{ErrorSummary, FieldError, IconKind, Rank, all, el, icon, link, text};
use crate::page::parts::{actions, heading, press, send};
use crate::route::Route;
use crate::text::{filing as words, filing_confirmable, filing_wrong};
use domain::filing::wizard::{self, Group, Trouble};
use yew::prelude::*;

impl WritePage {
    pub(super) fn group_page(
        &self,
        ctx: &Context<Self>,
        kept: &Kept,
        around: &Around<'_>,
        at: u8,
        group: Group,
    ) -> Html {
        let answers = &kept.draft.answers;
        let asked = wizard::asked(group, answers, around);
        let troubles = if self.tried { wizard::check(group, answers, around) } else { Vec::new() };
        let label = |trouble: &Trouble| {
            asked.iter().find(|one| one.field == trouble.field).map_or(trouble.field.name(), |one| one.label)
        };
        let hard = |trouble: &&Trouble| !trouble.why.may_be_confirmed();
        let errors: Vec<FieldError> = troubles
            .iter()
            .map(|one| FieldError {
                field: if hard(&one) { super::question::id(one.field) } else { warning_id(one) },
                message: filing_wrong(one, label(one)).into(),
            })
            .collect();
        let fields = asked.iter().map(|one| {
            let error = troubles.iter().filter(hard).find(|trouble| trouble.field == one.field);
            let error = error.map(|trouble| AttrValue::from(filing_wrong(trouble, one.label)));
            question(ctx, one, kept, around, error)
        });
        let fields = all(fields.collect());
        let onsubmit = ctx.link().callback(|event: SubmitEvent| {
            event.prevent_default();
            Msg::Next
        });
        let mut ends = vec![send(words().next, None)];
        if at > 1 {
            let back = Route::Filing { draft: kept.key, page: at - 1 };
            let inside = all(vec![icon(IconKind::Before), text(words().before)]);
            ends.push(link(back, "kk-button kk-button--secondary", inside));
        }
        let discard = ctx.link().callback(|()| Msg::Ask(Some(super::Asked::Discard)));
        ends.push(press("filing-discard", Rank::Tertiary, words().discard, discard));
        let inside = html! {
            <>
                { heading(group_name(group)) }
                <ErrorSummary {errors} attempt={self.attempt} />
                <form class="kk-form" {onsubmit} novalidate=true>
                    { fields }
                    { self.warnings(ctx, kept, &label) }
                    { actions(ends) }
                </form>
            </>
        };
        self.framed(ctx, kept, around, false, inside)
    }

    /// What may be right as it is, each with a yes of its own.
    pub(super) fn warnings(
        &self,
        ctx: &Context<Self>,
        kept: &Kept,
        label: &impl Fn(&Trouble) -> &'static str,
    ) -> Html {
        if self.offered.is_empty() {
            return Html::default();
        }
        let boxes = self.offered.iter().map(|trouble| {
            let key = trouble.key();
            let checked = kept.draft.answers.is_confirmed(&key);
            let onchange = ctx.link().callback(move |on| Msg::Confirm(key.clone(), on));
            let label = filing_confirmable(trouble, label(trouble));
            html! { <crate::component::Checkbox id={warning_id(trouble)} {label} {checked} {onchange} /> }
        });
        let boxes = all(boxes.collect());
        let title = el("h2", "kk-subtitle", text(words().look_again));
        el("div", "kk-filing__warnings", all(vec![title, boxes]))
    }
}

pub(super) fn warning_id(trouble: &Trouble) -> AttrValue {
    ["w-", &trouble.key().replace(':', "-")].concat().into()
}

/// The name of a page. Static, because a heading is.
pub(super) fn group_name(group: Group) -> &'static str {
    Group::ALL.iter().find(|one| **one == group).map_or(words().title, |_| group.name())
}
