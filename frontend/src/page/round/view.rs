//! How the table looks.

use super::{Msg, RoundLine, RoundPage, lines};
use crate::component::{
    Banner, Button, FaultMessage, IconKind, Rank, Tone, Waiting, all, badge, el, el_with, icon, link, text,
};
use crate::page::parts::{heading, paragraph};
use crate::route::Route;
use crate::text::{
    clients as clients_words, format, round as words, round_held, round_lacks, round_limit, round_outlook,
};
use domain::upcoming::{Held, Round};
use domain::upstream::ClientsResponse;
use yew::prelude::*;

impl RoundPage {
    pub(super) fn page(&self, ctx: &Context<Self>) -> Html {
        let app = &ctx.props().app;
        let load = app.clients();
        let mut parts = vec![heading(words().title), paragraph(words().lead)];
        if let Some(problem) = load.problem.clone() {
            let again = ctx.link().callback(|()| Msg::Reload);
            let old =
                if load.value.is_some() { paragraph(clients_words().old_kept) } else { Html::default() };
            parts.push(html! { <FaultMessage {problem} onagain={again}>{ old }</FaultMessage> });
        }
        match &load.value {
            None if load.waiting => parts.push(html! { <Waiting what={words().waiting} /> }),
            None => {}
            Some(value) if value.clients.is_empty() => {
                parts.push(el("p", "kk-empty", text(words().nobody)));
                parts.push(el("p", "", link(Route::Clients, "", text(words().add))));
            }
            Some(value) => parts.push(self.table(ctx, value)),
        }
        parts.push(el("p", "kk-tools", link(Route::Today, "", text(words().back))));
        el("article", "kk-page kk-page--round", all(parts))
    }

    fn table(&self, ctx: &Context<Self>, value: &ClientsResponse) -> Html {
        let lines = lines(value, self.round);
        let lacking = lines.iter().filter(|line| line.row.lacks()).count();
        let changing = lines.iter().filter(|line| line.row.changes()).count();
        let said = self.saved.map_or_else(Html::default, |saved| {
            let (tone, title) =
                if saved { (Tone::Success, words().csv_made) } else { (Tone::Error, words().csv_not_made) };
            html! { <Banner {tone} {title} /> }
        });
        let when = el_with(
            "h2",
            &["class", "aria-live"],
            vec!["kk-subtitle".into(), "polite".into()],
            text(self.round.from().wareki() + "の切替"),
        );
        all(vec![
            self.tools(ctx),
            said,
            when,
            el("p", "kk-outlook", text(round_outlook(lines.len(), lacking, changing))),
            sheet(&lines),
            source(ctx, value),
        ])
    }

    fn tools(&self, ctx: &Context<Self>) -> Html {
        let button = |id: &'static str, sign, name: &'static str, msg: fn(Round) -> Msg| {
            let round = self.round;
            let onclick = ctx.link().callback(move |()| msg(round));
            html! { <Button {id} rank={Rank::Secondary} {onclick}>{ icon(sign) }{ name }</Button> }
        };
        let tools = vec![
            button("round-before", IconKind::Before, words().before, |round| Msg::Show(round.before())),
            button("round-after", IconKind::Next, words().after, |round| Msg::Show(round.after())),
            button("round-print", IconKind::Print, words().print, |_| Msg::Print),
            button("round-csv", IconKind::Copy, words().csv, |_| Msg::Save),
        ];
        el("div", "kk-tools", all(tools))
    }
}

/// Where it comes from, and who printed it when.
fn source(ctx: &Context<RoundPage>, value: &ClientsResponse) -> Html {
    let app = &ctx.props().app;
    let outlines = value.clients.iter().filter_map(|entry| entry.outline.as_ref());
    let oldest = outlines.map(|outline| outline.as_of).min();
    let source = oldest.map_or_else(String::new, |at| words().source.to_owned() + &format::as_of(at));
    let office = app.session().map_or_else(String::new, |staff| staff.office_name.clone());
    let printed = [office.as_str(), " ", words().printed, " ", &app.today().wareki()].concat();
    all(vec![el("p", "kk-support", text(source)), el("p", "kk-printed", text(printed))])
}

fn sheet(lines: &[RoundLine<'_>]) -> Html {
    let heads =
        [words().who, words().share_before_head, words().share_after_head, words().limit, words().lacks]
            .map(|head| el_with("th", &["scope"], vec!["col".into()], text(head)));
    let head = el("thead", "", el("tr", "", all(heads.into())));
    let body = el("tbody", "", all(lines.iter().map(row).collect()));
    el("table", "kk-round", all(vec![head, body]))
}

fn row(line: &RoundLine<'_>) -> Html {
    let (person, row) = (&line.client.person, &line.row);
    let number = [&person.insurer_name, " ", person.insured.as_str()].concat();
    let who = vec![
        el("span", "kk-clients__kana", text(person.kana.clone())),
        el("span", "kk-round__name", text(person.name.clone())),
        el("span", "kk-clients__small", text(number)),
    ];
    let who = el_with("th", &["scope", "class"], vec!["row".into(), "kk-round__who".into()], all(who));
    let (stage, end) = round_limit(row.limit);
    let limit = vec![el("span", "", text(stage)), text(" "), el("span", "kk-clients__small", text(end))];
    let lacks = round_lacks(row);
    let lacks = if lacks.is_empty() {
        el("span", "kk-clients__small", text(words().complete))
    } else {
        let badges = lacks.into_iter().map(|what| badge(Some(Tone::Warning), what));
        el("span", "kk-round__lacks", all(badges.collect()))
    };
    let cells = vec![
        who,
        cell(words().share_before_head, text(round_held(row.before))),
        cell(words().share_after_head, after(row.after, row.changes())),
        cell(words().limit, all(limit)),
        cell(words().lacks, lacks),
    ];
    el("tr", "", all(cells))
}

/// On a phone each stands on its own line, behind its heading.
fn cell(label: &'static str, inside: Html) -> Html {
    let label = el_with(
        "span",
        &["class", "aria-hidden"],
        vec!["kk-round__label".into(), "true".into()],
        text(label),
    );
    el("td", "", all(vec![label, inside]))
}

/// The new share, and a word where it is another one.
fn after(after: Held, changes: bool) -> Html {
    let mark = if changes { badge(Some(Tone::Info), words().changes) } else { Html::default() };
    el("span", "kk-round__share", all(vec![text(round_held(after)), mark]))
}
