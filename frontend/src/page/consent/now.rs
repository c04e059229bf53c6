//! What may be seen now, and why not.

use crate::component::{Tone, all, badge, el, sheet, text};
use crate::page::parts::note;
use crate::state::{App, PersonKey};
use crate::text::{consent as words, consent_standing, consent_until};
use domain::access::{Asker, Denial, Grant, Outlook, Planner, Subject, outlook};
use domain::fault;
use domain::qualification::{CareLevel, Content};
use domain::upstream::{ConsentListResponse, PersonHandle};
use yew::prelude::*;

/// The section: a part a kind of information.
pub(super) fn now(app: &App, key: PersonKey, list: &ConsentListResponse) -> Html {
    let (Some(seen), Some(staff)) = (app.person(key), app.session()) else { return Html::default() };
    let subject = Subject {
        until: Some(seen.right.until),
        insurer: &seen.person.insurer,
        level: level(app, &seen.person.handle, key),
        // Who makes the plan is not told here: the upstream asks it when something is opened.
        planner: Planner::Nobody,
        consents: &list.consents,
        paper: None,
    };
    let kinds = outlook(Asker::of(&staff), &subject, list.now).iter().map(kind).collect();
    let inside = vec![
        el("p", "kk-support", text(words().now_who)),
        el("ul", "kk-seen", all(kinds)),
        note(words().now_more),
    ];
    sheet("consent-now", words().now, None, all(inside))
}

/// The level that is held, as far as it is known here; without one nothing is closed for its sake.
fn level(app: &App, handle: &PersonHandle, key: PersonKey) -> Option<CareLevel> {
    if let Some(all) = app.qualification(key).value
        && let Some(certificate) = all.certificate.value()
    {
        return certificate.level;
    }
    let clients = app.clients().value?;
    let entry = clients.clients.iter().find(|entry| entry.person.handle == *handle)?;
    match &entry.outline.as_ref()?.certificate {
        Content::Present(paper) => paper.level,
        _ => None,
    }
}

fn kind(one: &Outlook) -> Html {
    let mut parts = vec![
        el("h3", "kk-seen__kind", text(one.information.name())),
        line(words().standing, consent_standing(one.standing)),
    ];
    parts.extend(match one.may {
        Ok(grant) => open(grant),
        Err(denial) => shut(denial),
    });
    el("li", "kk-seen__one", all(parts))
}

fn open(grant: Grant) -> Vec<Html> {
    let mut parts = vec![el("p", "kk-seen__may", badge(Some(Tone::Success), words().open))];
    parts.extend(grant.until.map(|until| line(words().till, consent_until(Some(until)))));
    parts
}

/// A small name, and what stands under it.
fn line(name: &'static str, value: String) -> Html {
    el("p", "kk-seen__line", all(vec![el("span", "kk-seen__name", text(name)), text(value)]))
}

/// Why not, and what to do.
fn shut(denial: Denial) -> Vec<Html> {
    let mut parts = vec![el("p", "kk-seen__may", badge(Some(Tone::Warning), words().shut))];
    match fault::find(denial.code()) {
        Some(fault) => {
            parts.push(el("p", "", text(fault.what)));
            parts.push(el("p", "kk-support", text(fault.next)));
        }
        None => parts.push(el("p", "", text(denial.name()))),
    }
    parts.push(el("p", "kk-banner__code", text(denial.code().to_owned())));
    parts
}
