//! How one filing looks on the desk.

use super::findings::{findings, identity, others, steps};
use super::{FiledPage, FiledProps, Heard, Msg, found};
use crate::component::{Banner, ErrorSummary, FaultMessage, Rank, Tone, Waiting, all, el, link, pairs, text};
use crate::page::desk::inbox::view::state;
use crate::page::filing::form;
use crate::page::parts::{fault, heading, paragraph, press};
use crate::route::Route;
use crate::text::desk::filing::{desk_filing as words, first};
use crate::text::format::time;
use domain::filing::Filing;
use domain::filing::definition::{definition, definition_named};
use domain::filing::paper::{self, Content, Use};
use domain::upstream::{FilingEntry, FilingState, InboxOpened};
use yew::prelude::*;

impl FiledPage {
    pub(super) fn page(&self, ctx: &Context<Self>) -> Html {
        let FiledProps { app, filing } = ctx.props();
        let (met, load) = app.desk_filings(|desk| (desk.number(*filing).is_some(), desk.opened(*filing)));
        if !met {
            return gone();
        }
        let again = ctx.link().callback(|()| Msg::Reload);
        let problem = load.problem.clone().map(|problem| {
            let old = if load.value.is_some() { paragraph(words().old_kept) } else { Html::default() };
            html! { <FaultMessage {problem} onagain={again.clone()}>{ old }</FaultMessage> }
        });
        let waiting = load.waiting && load.value.is_none();
        let waiting = waiting.then(|| html! { <Waiting what={words().opening} /> });
        let errors = self.errors.clone();
        // Each has a place of its own, also when it is not there: a field keeps the focus.
        let parts = vec![
            html! { <ErrorSummary {errors} attempt={self.attempt} /> },
            heading(words().one),
            problem.unwrap_or_default(),
            waiting.unwrap_or_default(),
            load.value.as_ref().map_or_else(Html::default, |opened| self.opened(ctx, opened)),
            el("p", "", link(Route::DeskFilings, "kk-filed__way", text(words().back))),
        ];
        el("article", "kk-page kk-desk kk-filed", all(parts))
    }

    fn opened(&self, ctx: &Context<Self>, opened: &InboxOpened) -> Html {
        let FiledProps { app, filing } = ctx.props();
        let entry = &opened.entry;
        let found = found(opened);
        let again = ctx.link().callback(|()| Msg::Reload);
        let evidence = Route::DeskProof { filing: *filing };
        let tools = vec![
            press("filed-reload", Rank::Secondary, words().reload, again),
            link(evidence, "kk-button kk-button--secondary", text(words().evidence)),
        ];
        let left = vec![
            findings(&found),
            identity(opened),
            self.deciding(ctx, opened, &found),
            steps(app, entry),
            others(app, opened),
        ];
        let insurer = entry.person.as_ref().map_or("", |person| person.insurer_name.as_str());
        let sides = vec![el("div", "kk-filed__side", all(left)), form_as_filed(&opened.filing, insurer)];
        all(vec![
            self.heard(opened),
            head(entry),
            el("div", "kk-tools", all(tools)),
            el("div", "kk-filed__sides", all(sides)),
        ])
    }

    /// What became of the last press.
    fn heard(&self, opened: &InboxOpened) -> Html {
        if let Some(problem) = &self.problem {
            return fault(problem, true, paragraph(words().unsure));
        }
        let (tone, title, more) = match (&self.heard, opened.entry.state) {
            (None, _) => return Html::default(),
            (Some(Heard::Entered), _) => (Tone::Success, words().entered, paragraph(words().entered_more)),
            (Some(Heard::Conflict), _) => {
                let who = el("p", "", text(first(opened)));
                (Tone::Warning, words().conflict, all(vec![who, paragraph(words().conflict_more)]))
            }
            (Some(Heard::Saved), FilingState::Accepted) => {
                let on = opened.entry.steps.last().is_some_and(|step| step.on_certificate);
                let said = if on { words().accepted_on } else { words().accepted_off };
                (Tone::Success, words().accepted, paragraph(said))
            }
            (Some(Heard::Saved), _) => (Tone::Success, words().returned, paragraph(words().returned_more)),
        };
        let way = el("p", "", link(Route::DeskFilings, "kk-filed__way", text(words().back)));
        html! { <Banner {tone} {title} focus=true>{ more }{ way }</Banner> }
    }
}

/// Whose, what, when, by which way, where it stands.
fn head(entry: &FilingEntry) -> Html {
    let (kana, name, insured) = entry.person.as_ref().map_or(("", words().no_person, ""), |person| {
        (person.kana.as_str(), person.name.as_str(), person.insured.as_str())
    });
    let who = vec![
        el("span", "kk-queue__kana", text(kana.to_owned())),
        el("strong", "kk-desk__name", text(name.to_owned())),
        el("span", "kk-queue__small", text(insured.to_owned())),
    ];
    let received = entry.steps.first().map(|step| time(step.at)).unwrap_or_default();
    let form = [entry.form.name(), " ", entry.category.name()].concat();
    let facts = [
        (words().state, state(entry.state)),
        (words().number, text(entry.number.0.clone())),
        (words().form, text(form)),
        (words().office, text([&entry.office_name, "(", entry.office.as_str(), ")"].concat())),
        (words().starts, text(entry.start_on.wareki())),
        (words().filed_on, text(entry.filed_on.wareki())),
        (words().received, text([&received, " ", entry.way.name(), " ", &entry.by].concat())),
    ];
    let who = el("p", "kk-desk__who", all(who));
    el("div", "kk-desk__head", all(vec![who, el("dl", "kk-desk__pairs", pairs(facts))]))
}

/// The form in its printed layout, filled with what was filed.
fn form_as_filed(filing: &Filing, insurer: &str) -> Html {
    let of = definition_named(&filing.definition, filing.form)
        .or_else(|| definition(&filing.insured.insurer, filing.form, filing.filed_on));
    let sheet = of.map_or_else(Html::default, |of| {
        form::sheet(&paper::sheet(of, Content::Filing(filing), insurer, Use::Read))
    });
    let title = el("h2", "kk-desk__subtitle", text(words().as_filed));
    el("section", "kk-filed__form", all(vec![title, sheet]))
}

/// The filing of an address was not met in this session.
pub(in crate::page::desk) fn gone() -> Html {
    let way = link(Route::DeskFilings, "kk-button kk-button--primary", text(words().back));
    let banner = html! {
        <Banner tone={Tone::Info} title={words().gone}>{ paragraph(words().gone_why) }</Banner>
    };
    el("article", "kk-page", all(vec![heading(words().one), banner, el("p", "", way)]))
}
