//! 利用者一覧: all clients of the office, searched, narrowed, sorted, by mouse or by keys alone.

pub mod agenda;
pub mod file;
mod keys;
mod list;
mod model;
pub mod outlook;
mod view;

use crate::service::browser;
use crate::state::{App, Wish};
use domain::upstream::ClientsResponse;
use gloo_events::EventListener;
use model::Row;
use std::rc::Rc;
use yew::prelude::*;

/// So many rows stand in the document at first, and so many more whenever somebody comes near the end: what is
/// drawn at once stays small however long the list is.
const PORTION: usize = 60;

/// Properties of the pages of clients.
#[derive(Properties, PartialEq)]
pub struct ClientsProps {
    /// The app.
    pub app: App,
}

/// The list.
pub struct ClientsPage {
    rows: Vec<Rc<Row>>,
    /// The answer the rows are made of.
    of: Option<Rc<ClientsResponse>>,
    limit: usize,
    /// The row that takes the focus once it is drawn.
    next: Option<usize>,
    _listeners: Vec<EventListener>,
}

/// What happens on the page.
pub enum Msg {
    /// Another wish.
    Wish(Wish),
    /// More rows.
    More,
    /// A key in the list; the number of the row it was pressed on, none in the search field.
    Key(String, Option<usize>),
    /// Enter in the search field.
    Open,
    /// Fetch anew.
    Reload,
}

impl Component for ClientsPage {
    type Message = Msg;
    type Properties = ClientsProps;

    fn create(ctx: &Context<Self>) -> Self {
        ctx.props().app.load_clients();
        let mut page = Self {
            rows: Vec::new(),
            of: None,
            limit: PORTION,
            next: None,
            _listeners: keys::listeners(&ctx.link().callback(|()| Msg::More)),
        };
        page.take(&ctx.props().app);
        page
    }

    fn changed(&mut self, ctx: &Context<Self>, _old: &ClientsProps) -> bool {
        self.take(&ctx.props().app);
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let app = &ctx.props().app;
        match msg {
            Msg::Wish(wish) => {
                self.limit = PORTION;
                app.set_wish(wish);
                // The changed memory draws the page.
                return false;
            }
            Msg::More => {
                let before = self.limit;
                self.limit = (before + PORTION).min(self.rows.len().max(PORTION));
                return self.limit != before;
            }
            Msg::Key(key, at) => {
                let count = self.found(app).len();
                match keys::step(&key, at, count) {
                    Some(next) => {
                        self.limit = self.limit.max(next + 1);
                        self.next = Some(next);
                    }
                    None if at == Some(0) => browser::focus(view::SEARCH),
                    None => {}
                }
            }
            Msg::Open => {
                if let Some(person) = self.found(app).first().and_then(|row| row.key) {
                    app.go(crate::route::Route::Person { person });
                }
            }
            Msg::Reload => app.load_clients(),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        self.page(ctx)
    }

    fn rendered(&mut self, _ctx: &Context<Self>, _first: bool) {
        if let Some(next) = self.next.take() {
            browser::focus(&format!("client-{next}"));
        }
    }
}

impl ClientsPage {
    /// Takes a new answer.
    fn take(&mut self, app: &App) {
        let value = app.clients().value;
        let same = match (&value, &self.of) {
            (Some(new), Some(old)) => Rc::ptr_eq(new, old),
            (None, None) => true,
            _ => false,
        };
        if !same {
            let key = |entry: &domain::upstream::ClientEntry| app.key_of(&entry.person.handle);
            self.rows = value
                .as_deref()
                .map_or_else(Vec::new, |value| model::rows(value, key, app.now(), &app.settings()));
            self.of = value;
        }
    }

    fn found(&self, app: &App) -> Vec<Rc<Row>> {
        model::chosen(&self.rows, &app.wish())
    }
}
