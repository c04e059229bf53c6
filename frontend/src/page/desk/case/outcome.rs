//! The parts of the sheet for 結果, 延期 and a correction of 申請.

use super::check::{CERTIFIED, DISMISSED, NOT_CERTIFIED, WITHDRAWN};
use super::view::Lines;
use crate::component::{FieldWidth, Need, RadioGroup, RadioOption, all, el, link, text};
use crate::page::desk::parts::section;
use crate::page::desk::parts::{Choice, choice};
use crate::route::Route;
use crate::state::EntryField as Field;
use crate::text::desk::entry::{entry as words, months};
use crate::text::desk::fact::step as step_name;
use domain::certification::{ApplicationKind, Step};
use domain::qualification::CareLevel;
use yew::prelude::*;

/// 結果.
pub(super) fn outcome(lines: &Lines<'_>) -> Html {
    let kinds = [
        ("", words().no_outcome),
        (CERTIFIED, "認定"),
        (NOT_CERTIFIED, "非該当"),
        (DISMISSED, "却下"),
        (WITHDRAWN, "取下げ"),
    ];
    let options = kinds.map(|(value, label)| RadioOption::new(value, label)).to_vec();
    let selected = AttrValue::from(lines.draft.get(Field::Outcome).to_owned());
    let onchange =
        lines.link.callback(|value: AttrValue| super::Msg::Type(Field::Outcome, value.to_string()));
    let kind = html! {
        <RadioGroup id="entry-outcome" legend={words().outcome_kind} {options} {selected} {onchange} need={Need::Unsaid} inline=true />
    };
    let mut parts = Vec::new();
    let on = match lines.draft.get(Field::Outcome) {
        CERTIFIED => words().on_certified,
        NOT_CERTIFIED => words().on_not_certified,
        DISMISSED => words().on_dismissed,
        WITHDRAWN => words().on_withdrawn,
        _ => "",
    };
    if !on.is_empty() {
        parts.push(lines.field(
            Field::OutcomeOn,
            on,
            Some(words().support_date),
            FieldWidth::Medium,
            Need::Required,
        ));
    }
    match lines.draft.get(Field::Outcome) {
        CERTIFIED => parts.extend(certified(lines)),
        DISMISSED => {
            parts.push(lines.field(
                Field::OutcomeReason,
                words().reason,
                None,
                FieldWidth::Full,
                Need::Optional,
            ));
        }
        _ => {}
    }
    // What follows has one place, so that the radio button keeps the focus when it changes.
    let parts = vec![lines.standing(Step::Outcome), kind, el("div", "kk-desk__grid", all(parts))];
    section("entry-result", words().outcome, Some(words().outcome_more), all(parts))
}

fn certified(lines: &Lines<'_>) -> Vec<Html> {
    let levels = CareLevel::ALL.iter().filter(|level| **level >= CareLevel::Support1);
    let none = std::iter::once((String::new(), words().choose));
    let level = choice(Choice {
        id: lines.id(Field::Level),
        label: words().level,
        answers: none.chain(levels.map(|level| (level.code().to_owned(), level.name()))).collect(),
        selected: lines.draft.get(Field::Level),
        wrong: lines.wrong(Field::Level),
        onchange: lines.link.callback(|value| super::Msg::Type(Field::Level, value)),
    });
    let renewal =
        lines.case.application.is_some_and(|application| application.kind == ApplicationKind::Renewal);
    let from = if renewal { words().valid_from_renewal } else { words().support_date };
    let bounds =
        lines.case.validity_offer().months.map(|bound| months(bound.standard, bound.least, bound.most));
    let mut parts = vec![
        el("div", "kk-desk__level", level),
        lines.field(Field::ValidFrom, words().valid_from, Some(from), FieldWidth::Medium, Need::Required),
        lines.field_with(Field::Months, words().months, bounds, FieldWidth::Short, Need::Optional),
        lines.field(
            Field::ValidTo,
            words().valid_to,
            Some(words().support_date),
            FieldWidth::Medium,
            Need::Required,
        ),
    ];
    if renewal {
        parts.push(el("p", "kk-support", text(words().level_before)));
    }
    parts
}

/// 延期.
pub(super) fn postponement(lines: &Lines<'_>, case: crate::state::CaseKey) -> Html {
    let print = link(Route::DeskNotice { case }, "", text(words().print_notice));
    let day = |field, name| {
        lines.field(field, name, Some(words().support_date), FieldWidth::Medium, Need::Optional)
    };
    let days = vec![
        day(Field::PostponedOn, words().postponed_on),
        day(Field::PostponedUntil, words().postponed_until),
    ];
    let parts = vec![
        lines.standing(Step::Postponement),
        el("div", "kk-desk__grid", all(days)),
        lines.field(Field::PostponedReason, words().postponed_reason, None, FieldWidth::Full, Need::Optional),
        el("p", "", print),
    ];
    section("entry-postponement", words().postponement, Some(words().postponement_more), all(parts))
}

/// A correction of 申請, which is rare.
pub(super) fn application(lines: &Lines<'_>) -> Html {
    let none = std::iter::once((String::new(), words().choose));
    let kinds = ApplicationKind::ALL.iter().map(|kind| (kind.code().to_owned(), kind.name()));
    let kind = choice(Choice {
        id: lines.id(Field::Kind),
        label: words().kind,
        answers: none.chain(kinds).collect(),
        selected: lines.draft.get(Field::Kind),
        wrong: lines.wrong(Field::Kind),
        onchange: lines.link.callback(|value| super::Msg::Type(Field::Kind, value)),
    });
    let parts = vec![
        el("p", "kk-support", text(words().application_more)),
        lines.standing(Step::Application),
        lines.field(
            Field::Applied,
            step_name(Step::Application),
            Some(words().support_date),
            FieldWidth::Medium,
            Need::Optional,
        ),
        el("div", "kk-desk__level", kind),
    ];
    // Nothing that is wrong may stand where it is not seen.
    let open = lines.case.application.is_none()
        || lines.wrong(Field::Applied).is_some()
        || lines.wrong(Field::Kind).is_some();
    html! {
        <details class="kk-plan" open={open}>
            <summary class="kk-plan__title">{ text(words().correct_application) }</summary>
            { all(parts) }
        </details>
    }
}
