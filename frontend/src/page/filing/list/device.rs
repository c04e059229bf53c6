//! What lies on this device.

use super::{ListPage, Msg, section};
use crate::component::{FaultMessage, FieldWidth, Rank, TextField, all, badge, el, link, text};
use crate::page::parts::{actions, press};
use crate::route::Route;
use crate::state::filings::Shut;
use crate::state::{App, Kept};
use crate::text::format::time;
use crate::text::{filing as words, filing_told};
use domain::filing::{Field, FormKind};
use yew::prelude::*;

/// What is confirmed and not known to have come; and receipts that lie here until the municipality has decided.
pub(super) fn waiting(app: &App) -> Html {
    let of = |received: bool| {
        app.filings(|filings| {
            let sent = filings.drafts.iter().filter(|kept| kept.draft.sent.is_some());
            let wanted = sent.filter(|kept| kept.draft.receipt().is_some() == received);
            wanted.map(|kept| one(kept, words().look)).collect::<Vec<_>>()
        })
    };
    let part = |title, ones: Vec<Html>| {
        if ones.is_empty() {
            Html::default()
        } else {
            section(title, None, el("ul", "kk-filings__list", all(ones)))
        }
    };
    all(vec![part(words().waiting, of(false)), part(words().receipts_here, of(true))])
}

/// What is being written.
pub(super) fn drafts(app: &App) -> Html {
    let ones = app.filings(|filings| {
        let open = filings.drafts.iter().filter(|kept| kept.draft.is_open());
        open.map(|kept| one(kept, words().go_on)).collect::<Vec<_>>()
    });
    let list = if ones.is_empty() {
        let clients = link(Route::Clients, "kk-cases__way", text(words().to_clients));
        all(vec![
            el("p", "kk-empty", text(words().drafts_none)),
            el("p", "", all(vec![text(words().new), clients])),
        ])
    } else {
        el("ul", "kk-filings__list", all(ones))
    };
    section(words().drafts, Some(words().drafts_where), list)
}

fn one(kept: &Kept, way: &'static str) -> Html {
    let draft = &kept.draft;
    let name = el("strong", "kk-filings__name", text(draft.person.name.clone()));
    let form = FormKind::from_code(draft.answers.get(Field::Form));
    let form = if form.unknown().is_none() { form.name() } else { words().title };
    let state = kept.told().map_or_else(Html::default, |told| {
        use domain::filing::outbox::Told;
        let tone = match told {
            Told::NotYet | Told::Checking | Told::GivingUp => crate::component::Tone::Warning,
            Told::Filed => crate::component::Tone::Success,
            Told::Refused => crate::component::Tone::Error,
            Told::GivenUp => crate::component::Tone::Info,
        };
        badge(Some(tone), filing_told(told))
    });
    let begun = el("span", "kk-support", text([words().begun, " ", &time(draft.begun_at)].concat()));
    let whose = el("span", "kk-hidden", text(draft.person.name.clone()));
    let go = link(
        Route::Filing { draft: kept.key, page: 0 },
        "kk-button kk-button--secondary",
        all(vec![text(way), whose]),
    );
    let lines = vec![name, el("span", "", text(form)), state, begun];
    el("li", "kk-filings__one", all(vec![el("div", "kk-filings__what", all(lines)), go]))
}

impl ListPage {
    /// Drafts that could not be opened, each with why and the ways out.
    pub(super) fn shut(&self, ctx: &Context<Self>) -> Html {
        let shut = ctx.props().app.filings(|filings| filings.shut.clone());
        if shut.is_empty() {
            return Html::default();
        }
        let ones = shut.iter().enumerate().map(|(at, one)| self.one_shut(ctx, at, one));
        section(words().shut, None, el("ul", "kk-filings__list", all(ones.collect())))
    }

    fn one_shut(&self, ctx: &Context<Self>, at: usize, shut: &Shut) -> Html {
        let discard = ctx.link().callback(move |()| Msg::Discard(at));
        let discard = press("", Rank::Tertiary, words().discard, discard);
        let problem = shut.problem.clone();
        let said = html! { <FaultMessage {problem} /> };
        if !shut.problem.is(crate::service::vault::OTHER_PASSWORD) {
            return el("li", "kk-filings__one", all(vec![said, actions(vec![discard])]));
        }
        let typed = if self.former.0 == at { self.former.1.clone() } else { String::new() };
        let on_input = ctx.link().callback(move |typed| Msg::Former(at, typed));
        let onsubmit = ctx.link().callback(move |event: SubmitEvent| {
            event.prevent_default();
            Msg::Unlock(at)
        });
        let busy = (self.busy && self.former.0 == at).then_some(words().unlocking);
        let ends = actions(vec![crate::page::parts::send(words().unlock, busy), discard]);
        html! {
            <li class="kk-filings__one">
                { said }
                <form class="kk-form" {onsubmit} novalidate=true>
                    <TextField
                        id={["filing-former-", &at.to_string()].concat()} label={words().former} value={typed}
                        support={words().former_support} password=true autocomplete="current-password"
                        width={FieldWidth::Medium} {on_input}
                    />
                    { ends }
                </form>
            </li>
        }
    }
}
