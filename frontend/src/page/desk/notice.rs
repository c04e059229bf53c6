//! A 延期通知書 as a draft, to be printed. The official form is each insurer's own.

use super::case::look;
use crate::component::{Banner, Rank, Tone, all, el, link, pairs, text};
use crate::page::parts::{actions, heading, note, press};
use crate::route::Route;
use crate::service::browser;
use crate::state::{App, CaseKey};
use crate::text::desk::entry::entry as gone_words;
use crate::text::desk::fact::standing;
use crate::text::desk::notice::{notice as words, sentence, until};
use domain::certification::{Fact, LIMIT_DAYS, Postponement, Step};
use yew::prelude::*;

/// The page.
pub(super) fn notice_page(app: &App, key: CaseKey) -> Html {
    let Some(entry) = app.desk_case(key) else {
        return html! {
            <article class="kk-page">
                { heading(words().title) }
                <Banner tone={Tone::Info} title={gone_words().gone}><p>{ gone_words().gone_why }</p></Banner>
                { el("p", "", link(Route::Desk, "kk-button kk-button--primary", text(gone_words().back))) }
            </article>
        };
    };
    let case = &entry.case;
    let typed =
        look(case, &app.entry_draft(key), app.today()).facts.into_iter().find_map(|fact| match fact {
            Fact::Postponement(notice) => Some(notice),
            _ => None,
        });
    let from_draft = typed.is_some();
    let notice = typed.or_else(|| case.postponement.clone());
    let whole = notice.as_ref().is_some_and(|notice| notice.until.is_some() && notice.reason.is_some());
    let print = press("notice-print", Rank::Primary, words().print, Callback::from(|()| browser::print()));
    let back = link(Route::DeskCase { case: key }, "kk-button kk-button--secondary", text(words().back));
    let mut parts = vec![heading(words().title), note(words().draft_more)];
    if !whole {
        parts.push(html! { <Banner tone={Tone::Warning} title={words().missing} /> });
    }
    if from_draft {
        parts.push(note(words().from_draft));
    }
    parts.push(actions(vec![print, back]));
    parts.push(paper(&entry, notice.as_ref()));
    el("article", "kk-page kk-desk", all(parts))
}

/// What is on paper, marked as a draft at its top and its foot.
fn paper(entry: &domain::upstream::QueueEntry, notice: Option<&Postponement>) -> Html {
    let (case, person) = (&entry.case, &entry.person);
    let blank = || words().blank.to_owned();
    let said = |text: Option<String>| text.unwrap_or_else(blank);
    let on = notice.map(|notice| notice.notified_on.wareki());
    let sentence =
        case.application.map_or_else(blank, |application| sentence(Some(application.kind), application.on));
    let limit = case.application.map(|application| application.on.plus_days(LIMIT_DAYS).wareki());
    let rows = [
        (words().insured, person.insured.as_str().to_owned()),
        (words().name, person.name.clone()),
        (words().address, person.address.clone()),
        (words().application, said(standing(case, Step::Application))),
        (words().limit, said(limit)),
        (words().reason, said(notice.and_then(|notice| notice.reason.clone()))),
        (words().until, said(notice.and_then(|notice| notice.until).map(until))),
    ];
    let rows = pairs(rows.map(|(name, value)| (name, text(value))));
    let draft = || el("p", "kk-postponed__draft", text(words().draft));
    let inside = vec![
        draft(),
        el("p", "kk-postponed__on", text([words().on, " ", &said(on)].concat())),
        el("p", "kk-postponed__to", text([&person.name, " ", words().to].concat())),
        el("p", "kk-postponed__from", text([words().insurer, " ", &person.insurer_name].concat())),
        el("h2", "kk-postponed__title", text(words().paper)),
        el("p", "", text(sentence)),
        el("dl", "kk-postponed__rows", rows),
        draft(),
    ];
    el("section", "kk-postponed", all(inside))
}
