//! What the register says, how the person was identified, what happened to the filing, what else there is.

use crate::component::{Tone, all, badge, el, link, text};
use crate::page::desk::parts::section;
use crate::page::parts::note;
use crate::route::Route;
use crate::state::App;
use crate::text::desk::filing::{self, desk_filing as words};
use domain::filing::FilingNumber;
use domain::filing::compare::{Finding, Severity};
use domain::upstream::{FilingEntry, InboxOpened};
use yew::Html;

/// The findings: what hinders first, what is in order in one line.
pub(super) fn findings(found: &[Finding]) -> Html {
    let (fine, others): (Vec<&Finding>, Vec<&Finding>) =
        found.iter().partition(|one| one.severity == Severity::Fine);
    let mut list: Vec<Html> = others.into_iter().map(finding).collect();
    if !fine.is_empty() {
        let names: Vec<&str> = fine.iter().map(|one| one.check.name()).collect();
        let line = vec![badge(Some(Tone::Success), words().good), text(" "), text(names.join("、"))];
        list.push(el("li", "", all(line)));
    }
    let list = el("ul", "kk-filed__findings", all(list));
    section("filed-findings", words().findings, Some(words().findings_more), list)
}

fn finding(one: &Finding) -> Html {
    let tone = match one.severity {
        Severity::Hinders => Tone::Error,
        Severity::Look => Tone::Warning,
        Severity::Open => Tone::Info,
        Severity::Fine => Tone::Success,
    };
    let check = [one.check.name(), ":"].concat();
    let mut line = vec![
        badge(Some(tone), filing::severity(one.severity)),
        text(" "),
        el("strong", "", text(check)),
        text(one.found.name()),
    ];
    if !one.source.is_empty() {
        line.push(el("span", "kk-filed__source", text([words().source, one.source].concat())));
    }
    el("li", "", all(line))
}

/// 本人確認 and 本人の確認.
pub(super) fn identity(opened: &InboxOpened) -> Html {
    let mut lines: Vec<Html> = Vec::new();
    lines.extend(opened.identity.as_ref().map(|one| el("p", "", text(filing::identity(one)))));
    lines.extend(opened.confirmation.as_ref().map(|one| el("p", "", text(filing::confirmation(one)))));
    if lines.is_empty() {
        lines.push(note(words().identity_none));
    }
    section("filed-identity", words().identity, None, all(lines))
}

/// All that happened to it, the filings before and after it, and the person's others.
pub(super) fn steps(app: &App, entry: &FilingEntry) -> Html {
    let all_of = entry.steps.iter().map(|step| el("li", "", text(filing::step(step)))).collect();
    let mut lines = vec![el("ol", "kk-filed__steps", all(all_of))];
    let chain = [(words().before, &entry.replaces), (words().after, &entry.replaced_by)];
    for (said, number) in chain {
        if let Some(number) = number {
            let way = to(app, number, filing::numbered(number));
            lines.push(el("p", "", all(vec![text(said), text(":"), way])));
        }
    }
    section("filed-steps", words().steps, None, all(lines))
}

/// Other filings of the person.
pub(super) fn others(app: &App, opened: &InboxOpened) -> Html {
    let others = &opened.register.others;
    if others.is_empty() {
        return section("filed-others", words().others, None, note(words().others_none));
    }
    let list = others.iter().map(|one| el("li", "", to(app, &one.number, filing::other(one)))).collect();
    section("filed-others", words().others, None, el("ul", "kk-filed__others", all(list)))
}

/// The way to another filing.
fn to(app: &App, number: &FilingNumber, said: String) -> Html {
    match app.desk_filings(|desk| desk.key_of(number)) {
        Some(filing) => link(Route::DeskFiled { filing }, "kk-filed__way", text(said)),
        None => text(said),
    }
}
