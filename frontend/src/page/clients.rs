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
use domain::calendar::Date;
use domain::qualification::CareLevel;
use domain::upstream::{ClientEntry, ClientsResponse};
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use list::{BLOCK, Found};
use model::Row;
use std::ops::Range;
use std::rc::Rc;
use yew::prelude::*;

/// Blocks that are added at once, until all stand in the document.
const STEP: usize = 6;
/// Milliseconds before more are added: what was typed last is shown before, and the next key is not held up.
const PAUSE: u32 = 20;

/// Properties of the pages of clients.
#[derive(Properties, PartialEq)]
pub struct ClientsProps {
    /// The app.
    pub app: App,
}

/// The list.
pub struct ClientsPage {
    rows: Vec<Rc<Row>>,
    /// The answer that was looked at last; the rows are made of it, or of one that says the same.
    of: Option<Rc<ClientsResponse>>,
    /// The day the rows were made.
    today: Date,
    /// What the rows can be narrowed to.
    levels: Vec<CareLevel>,
    insurers: Vec<(String, String)>,
    wish: Wish,
    /// Who is wished for.
    found: Found,
    /// Blocks in the document.
    blocks: usize,
    /// Blocks that are filled.
    near: Range<usize>,
    printing: bool,
    /// Adds the next blocks.
    adding: Option<Timeout>,
    /// The row that takes the focus once it is drawn.
    next: Option<usize>,
    _listeners: Vec<EventListener>,
}

/// What happens on the page.
pub enum Msg {
    /// Another wish.
    Wish(Wish),
    /// More blocks.
    More,
    /// Another part of the list is in view.
    Moved,
    /// Printing begins, or ends.
    Printing(bool),
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
            today: ctx.props().app.today(),
            levels: Vec::new(),
            insurers: Vec::new(),
            wish: ctx.props().app.wish(),
            found: Found::default(),
            blocks: 1,
            near: 0..1,
            printing: false,
            adding: None,
            next: None,
            _listeners: keys::listeners(
                &ctx.link().callback(|()| Msg::Moved),
                &ctx.link().callback(Msg::Printing),
            ),
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
                app.set_wish(wish);
                // The changed memory draws the page.
                return false;
            }
            Msg::More => {
                let drawn = self.blocks * BLOCK;
                self.blocks = (self.blocks + STEP).min(self.all());
                self.found.iter().take(self.blocks * BLOCK).skip(drawn).for_each(|row| row.prepare());
                self.look();
            }
            Msg::Moved => return self.look(),
            Msg::Printing(begins) => {
                self.printing = begins;
                (self.blocks, self.near) = (self.all(), 0..self.all());
                if !begins {
                    self.look();
                }
            }
            Msg::Key(key, at) => {
                let count = self.found.len();
                match keys::step(&key, at, count) {
                    Some(next) => {
                        self.blocks = self.blocks.max(next / BLOCK + 1);
                        self.next = Some(next);
                    }
                    None if at == Some(0) => browser::focus(view::SEARCH),
                    None => {}
                }
            }
            Msg::Open => {
                if let Some(person) = self.found.first().and_then(|row| row.key) {
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

    fn rendered(&mut self, ctx: &Context<Self>, _first: bool) {
        self.adding = (self.blocks < self.all()).then(|| {
            let link = ctx.link().clone();
            Timeout::new(PAUSE, move || link.send_message(Msg::More))
        });
        if let Some(next) = self.next.take() {
            browser::focus(&format!("client-{next}"));
        }
    }
}

impl ClientsPage {
    /// Takes a new answer or wish.
    fn take(&mut self, app: &App) {
        let (value, wish, today) = (app.clients().value, app.wish(), app.today());
        let same = today == self.today
            && match (&value, &self.of) {
                // Fetched anew, it mostly says the same.
                (Some(new), Some(old)) => Rc::ptr_eq(new, old) || new == old,
                (None, None) => true,
                _ => false,
            };
        if !same {
            let key = |entry: &ClientEntry| app.key_of(&entry.person.handle);
            self.rows = value
                .as_ref()
                .map_or_else(Vec::new, |value| model::rows(value, key, app.now(), &app.settings()));
            (self.levels, self.insurers) = (model::levels(&self.rows), model::insurers(&self.rows));
        }
        (self.of, self.today) = (value, today);
        if wish != self.wish {
            (self.blocks, self.near) = (1, 0..1);
        }
        if !same || wish != self.wish {
            self.found = Rc::new(model::chosen(&self.rows, &wish));
            self.blocks = self.blocks.min(self.all());
        }
        self.wish = wish;
    }

    /// Blocks of the whole list.
    fn all(&self) -> usize {
        self.found.len().div_ceil(BLOCK).max(1)
    }

    /// Looks which blocks are near the view; whether they are others than before.
    fn look(&mut self) -> bool {
        if self.printing {
            return false;
        }
        let near = keys::near(self.blocks).unwrap_or(0..1);
        let other = near != self.near;
        self.near = near;
        other
    }
}
