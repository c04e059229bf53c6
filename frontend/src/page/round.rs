//! 8月の切替表: the round of August for all clients, on the screen, on paper and as CSV.

mod csv;
mod view;

use crate::page::clients::ClientsProps;
use crate::service::{browser, download};
use crate::state::App;
use domain::upcoming::{Round, RoundRow};
use domain::upstream::{ClientEntry, ClientsResponse};
use std::rc::Rc;
use yew::prelude::*;

/// The page.
pub struct RoundPage {
    round: Round,
    /// Whether the browser took the file.
    saved: Option<bool>,
}

/// What happens on the page.
pub enum Msg {
    /// Another August.
    Show(Round),
    /// On paper.
    Print,
    /// As CSV.
    Save,
    /// Fetch anew.
    Reload,
}

/// One client's line.
struct RoundLine<'a> {
    client: &'a ClientEntry,
    row: RoundRow,
}

impl Component for RoundPage {
    type Message = Msg;
    type Properties = ClientsProps;

    fn create(ctx: &Context<Self>) -> Self {
        let app = &ctx.props().app;
        app.load_clients();
        Self { round: Round::at(app.today()), saved: None }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let app = &ctx.props().app;
        match msg {
            Msg::Show(round) => {
                self.round = round;
                self.saved = None;
            }
            Msg::Print => browser::print(),
            Msg::Save => self.saved = value(app).map(|value| self.save(&value)),
            Msg::Reload => app.load_clients(),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        self.page(ctx)
    }
}

impl RoundPage {
    fn save(&self, value: &ClientsResponse) -> bool {
        let name = ["kakehashi-round-", &self.round.from().to_string(), ".csv"].concat();
        download::save(&name, "text/csv;charset=utf-8", &csv::text(&lines(value, self.round)))
    }
}

fn value(app: &App) -> Option<Rc<ClientsResponse>> {
    app.clients().value
}

/// Who lacks something first; among equals by kana as the answer has them, those without kana last.
fn lines(value: &ClientsResponse, round: Round) -> Vec<RoundLine<'_>> {
    let line = |client| RoundLine { client, row: round.row(outline(client)) };
    let mut lines: Vec<RoundLine<'_>> = value.clients.iter().map(line).collect();
    lines.sort_by_key(|line| (!line.row.lacks(), line.client.person.kana.is_empty()));
    lines
}

fn outline(client: &ClientEntry) -> Option<&domain::upstream::Outline> {
    client.outline.as_ref()
}
