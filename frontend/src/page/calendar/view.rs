//! How the month view looks.

use super::file::CalendarFile;
use super::{CalendarPage, Msg, Taken, entries};
use crate::component::{Button, FaultMessage, IconKind, Rank, Waiting, all, el, el_with, icon, link, text};
use crate::page::clients::outlook::Outlook;
use crate::page::parts::{heading, note, paragraph};
use crate::route::Route;
use crate::state::App;
use crate::text::{calendar as words, clients as clients_words, format};
use domain::calendar::Date;
use domain::upcoming::Entry;
use yew::prelude::*;

/// `id` of the heading of the day that is looked at.
pub(super) const DAY: &str = "calendar-day";

impl CalendarPage {
    pub(super) fn page(&self, ctx: &Context<Self>) -> Html {
        let app = &ctx.props().app;
        let load = app.clients();
        let problem = load.problem.clone().map(|problem| {
            let again = ctx.link().callback(|()| Msg::Reload);
            let old =
                if load.value.is_some() { paragraph(clients_words().old_kept) } else { Html::default() };
            html! { <FaultMessage {problem} onagain={again}>{ old }</FaultMessage> }
        });
        let inside = match &self.taken {
            None if load.waiting => html! { <Waiting what={words().waiting} /> },
            None => Html::default(),
            Some(taken) if taken.outlook.is_empty() => all(vec![
                el("p", "kk-empty", text(words().nobody)),
                el("p", "", link(Route::Clients, "", text(words().add))),
            ]),
            Some(taken) => self.month_of(ctx, taken),
        };
        let parts = vec![
            heading(words().title),
            problem.unwrap_or_default(),
            inside,
            el("p", "kk-tools", link(Route::Today, "", text(words().back))),
        ];
        el("article", "kk-page kk-page--month", all(parts))
    }

    fn month_of(&self, ctx: &Context<Self>, taken: &Taken) -> Html {
        let outlook = &taken.outlook;
        let app = &ctx.props().app;
        let unseen = if outlook.is_partial() { note(words().unseen) } else { Html::default() };
        let keys = el_with(
            "p",
            &["class", "id"],
            vec!["kk-support kk-month__keys".into(), "calendar-keys".into()],
            text(words().keys),
        );
        all(vec![
            self.tools(ctx),
            self.grid(ctx, app.today()),
            keys,
            self.beside(app, outlook),
            self.list(app, taken),
            unseen,
            note(words().past),
            html! { <CalendarFile app={app.clone()} /> },
        ])
    }

    fn tools(&self, ctx: &Context<Self>) -> Html {
        let button = |id: &'static str, sign, name: &'static str, msg: fn() -> Msg| {
            let onclick = ctx.link().callback(move |()| msg());
            html! { <Button {id} rank={Rank::Secondary} {onclick}>{ icon(sign) }{ name }</Button> }
        };
        let month = el_with(
            "h2",
            &["class", "aria-live"],
            vec!["kk-month__title".into(), "polite".into()],
            text(format::month(self.month())),
        );
        let tools = vec![
            button("month-before", IconKind::Before, words().before, || Msg::Month(-1)),
            button("month-today", IconKind::Today, words().today, || Msg::Today),
            button("month-after", IconKind::Next, words().after, || Msg::Month(1)),
            button("month-print", IconKind::Print, words().print, || Msg::Print),
        ];
        all(vec![month, el("div", "kk-tools", all(tools))])
    }

    /// What the day has that is looked at.
    fn beside(&self, app: &App, outlook: &Outlook) -> Html {
        let title = el_with(
            "h3",
            &["class", "id", "tabindex"],
            vec!["kk-subtitle".into(), DAY.into(), "-1".into()],
            text(format::date_with_weekday(self.day)),
        );
        let entries = self.entries(self.day);
        let inside = if entries.is_empty() { paragraph(words().none) } else { lines(entries, outlook, app) };
        let values = vec!["kk-month__beside".into(), DAY.into()];
        el_with("section", &["class", "aria-labelledby"], values, all(vec![title, inside]))
    }

    /// All days of the month that have something: for phones.
    fn list(&self, app: &App, taken: &Taken) -> Html {
        let days = taken.days.range(self.month().first()..=self.month().last()).map(|(day, entries)| {
            let title = el("h3", "kk-day__title", text(format::date_with_weekday(*day)));
            el("li", "kk-day", all(vec![title, lines(entries, &taken.outlook, app)]))
        });
        let days: Vec<Html> = days.collect();
        let inside = if days.is_empty() { paragraph(words().none_month) } else { el("ol", "", all(days)) };
        el("div", "kk-month__list", inside)
    }

    pub(super) fn entries(&self, day: Date) -> &[Entry] {
        self.taken.as_ref().and_then(|taken| taken.days.get(&day)).map_or(&[], Vec::as_slice)
    }
}

fn lines(entries: &[Entry], outlook: &Outlook, app: &App) -> Html {
    el("ul", "kk-day__entries", all(entries.iter().map(|entry| entries::line(entry, outlook, app)).collect()))
}
