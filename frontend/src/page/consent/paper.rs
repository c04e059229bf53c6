//! The papers of consent and its withdrawal, to be printed and written on. The office's own draft.

use super::{ConsentPage, Msg};
use crate::component::{Need, RadioGroup, RadioOption, Rank, all, el, pairs, sheet, text};
use crate::page::parts::{note, paragraph, press};
use crate::service::browser;
use crate::text::consent_paper as words;
use domain::upstream::{ConsentScope, Person};
use yew::prelude::*;

/// Which paper, and whether it has the person's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wanted {
    withdrawal: bool,
    blank: bool,
}

/// The section: what to print, and how it looks.
pub(super) fn section(ctx: &Context<ConsentPage>, wanted: Wanted, person: &Person) -> Html {
    let print = press("consent-print", Rank::Secondary, words().print, Callback::from(|()| browser::print()));
    let which = choice(
        ctx,
        "paper-which",
        words().which,
        [words().consent, words().withdrawal],
        wanted.withdrawal,
        move |on| Wanted { withdrawal: on, ..wanted },
    );
    let named = choice(
        ctx,
        "paper-person",
        words().person,
        [words().filled, words().blank],
        wanted.blank,
        move |on| Wanted { blank: on, ..wanted },
    );
    let choose = vec![
        paragraph(words().lead),
        note(words().draft_more),
        el("div", "kk-consent__choose", all(vec![which, named])),
        el("p", "kk-actions", print),
    ];
    let office = ctx.props().app.session().map(|staff| staff.office_name.clone()).unwrap_or_default();
    let person = (!wanted.blank).then_some(person);
    all(vec![
        sheet("consent-papers", words().section, None, all(choose)),
        if wanted.withdrawal { withdrawal(&office, person) } else { consent(&office, person) },
    ])
}

fn choice(
    ctx: &Context<ConsentPage>,
    id: &'static str,
    legend: &'static str,
    names: [&'static str; 2],
    second: bool,
    wanted: impl Fn(bool) -> Wanted + 'static,
) -> Html {
    let options = vec![RadioOption::new("0", names[0]), RadioOption::new("1", names[1])];
    let selected = AttrValue::Static(if second { "1" } else { "0" });
    let onchange = ctx.link().callback(move |value: AttrValue| Msg::Paper(wanted(value == "1")));
    html! { <RadioGroup {id} {legend} {options} {selected} {onchange} inline=true need={Need::Unsaid} /> }
}

fn consent(office: &str, person: Option<&Person>) -> Html {
    let explained = [words().explained_1, words().explained_2, words().explained_3, words().explained_4];
    let parts = vec![
        el("p", "kk-sheet-paper__statement", text(words().consent_text)),
        boxes(words().scope, None),
        el("dl", "kk-sheet-paper__rows", pairs([(words().until, text(words().until_choices))])),
        list(words().explained, &explained),
    ];
    paper(office, words().consent_title, parts, person)
}

fn withdrawal(office: &str, person: Option<&Person>) -> Html {
    let explained = [words().withdrawal_1, words().withdrawal_2, words().withdrawal_3];
    let parts = vec![
        el("p", "kk-sheet-paper__statement", text(words().withdrawal_text)),
        boxes(words().withdrawal_scope, Some(words().withdrawal_scope_all)),
        el("dl", "kk-sheet-paper__rows", pairs([(words().withdrawal_reason, text(""))])),
        list(words().explained, &explained),
    ];
    paper(office, words().withdrawal_title, parts, person)
}

/// One sheet of A4: marked as a draft, addressed to the office, signed below.
fn paper(office: &str, title: &'static str, body: Vec<Html>, person: Option<&Person>) -> Html {
    let said = |value: fn(&Person) -> String| text(person.map(value).unwrap_or_default());
    let signer = pairs([
        (words().day, text(words().day_blank)),
        (words().name, said(|person| person.name.clone())),
        (words().birth, said(|person| person.birth_date.wareki())),
        (words().insured, said(|person| person.insured.as_str().to_owned())),
        (words().signer, text("")),
        (words().representative, text("")),
        (words().relation, text("")),
    ]);
    let office_use = pairs([
        (words().taken, text(words().taken_blank)),
        (words().taker, text("")),
        (words().recorded, text(words().recorded_blank)),
    ]);
    let mut inside = vec![
        el("p", "kk-sheet-paper__own", text(words().draft)),
        el("h2", "kk-sheet-paper__title", text(title)),
        el("p", "kk-sheet-paper__to", text([office, " ", words().to].concat())),
    ];
    inside.extend(body);
    inside.push(el("dl", "kk-sheet-paper__rows kk-sheet-paper__rows--tall", signer));
    inside.push(el("h3", "kk-sheet-paper__part", text(words().office_use)));
    inside.push(el("dl", "kk-sheet-paper__rows", office_use));
    el("section", "kk-sheet-paper", all(inside))
}

/// A box to tick for each kind.
fn boxes(title: &'static str, first: Option<&'static str>) -> Html {
    let kinds = ConsentScope::ALL.iter().map(|scope| el("li", "", text(["□ ", scope.name()].concat())));
    let first = first.map(|first| el("li", "kk-sheet-paper__whole", text(first)));
    let lines = first.into_iter().chain(kinds).collect();
    all(vec![el("h3", "kk-sheet-paper__part", text(title)), el("ul", "kk-sheet-paper__boxes", all(lines))])
}

fn list(title: &'static str, lines: &[&'static str]) -> Html {
    let lines = lines.iter().map(|line| el("li", "", text(*line))).collect();
    all(vec![
        el("h3", "kk-sheet-paper__part", text(title)),
        el("ul", "kk-sheet-paper__explained", all(lines)),
    ])
}
