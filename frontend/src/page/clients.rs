//! 利用者一覧: all clients of the office, searched, narrowed, sorted, by mouse or by keys alone.

pub mod agenda;
mod choice;
mod drawn;
pub mod file;
pub(super) mod keys;
mod list;
mod model;
pub mod outlook;
mod view;

use crate::service::browser;
use crate::state::{App, Wish};
use choice::{Choice, Choices};
use domain::calendar::Date;
use domain::upstream::{ClientEntry, ClientsResponse};
use drawn::Drawn;
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use model::Row;
use std::rc::Rc;
use yew::prelude::*;

/// Milliseconds between two portions of what is not in view: nothing else waits long for its turn.
const PAUSE: u32 = 20;
/// Milliseconds after a key before the first of them: whoever types fast is not held up by rows that the next
/// key takes away.
const REST: u32 = 120;

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
    choices: Rc<Choices>,
    /// Another choice was made.
    onchoice: Callback<(Choice, String)>,
    wish: Wish,
    /// Who is wished for, as far as drawn.
    drawn: Drawn<Row>,
    /// The last look found something to fill: there may be more.
    looking: bool,
    /// Draws the next blocks …
    drawing: Option<Timeout>,
    /// … after so many milliseconds.
    pause: u32,
    /// The row that takes the focus once it is drawn.
    next: Option<usize>,
    _listeners: Vec<EventListener>,
}

/// What happens on the page.
pub enum Msg {
    /// Another wish.
    Wish(Wish),
    /// Something else is typed.
    Typed(String),
    /// Another choice.
    Choice(Choice, String),
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
            choices: Rc::default(),
            onchoice: ctx.link().callback(|(choice, value)| Msg::Choice(choice, value)),
            wish: ctx.props().app.wish(),
            drawn: Drawn::new(),
            looking: false,
            drawing: None,
            pause: PAUSE,
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
            Msg::Wish(wish) => self.turn(app, wish),
            Msg::Typed(typed) => self.turn(app, Wish { typed, ..self.wish.clone() }),
            Msg::Choice(choice, value) => self.turn(app, choice.make(&self.wish, value)),
            Msg::More => {
                self.pause = PAUSE;
                // What is in view comes first.
                if !self.look() {
                    self.drawn.more().iter().for_each(|row| row.prepare());
                }
            }
            Msg::Moved => return self.look(),
            Msg::Printing(begins) => {
                self.drawn.print(begins);
                self.look();
            }
            Msg::Key(key, at) => {
                let count = self.drawn.found().len();
                match keys::step(&key, at, count) {
                    Some(next) => {
                        self.drawn.reach(next);
                        self.next = Some(next);
                    }
                    None if at == Some(0) => browser::focus(view::SEARCH),
                    None => {}
                }
            }
            Msg::Open => {
                if let Some(person) = self.drawn.found().first().and_then(|row| row.key) {
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
        self.drawing = (self.looking || !self.drawn.is_whole()).then(|| {
            let link = ctx.link().clone();
            Timeout::new(self.pause, move || link.send_message(Msg::More))
        });
        if let Some(next) = self.next.take() {
            browser::focus(&format!("client-{next}"));
        }
    }
}

impl ClientsPage {
    /// Takes a new answer.
    fn take(&mut self, app: &App) {
        let (value, today) = (app.clients().value, app.today());
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
            self.choices = Rc::new(Choices::of(&self.rows));
            self.drawn.renew(model::chosen(&self.rows, &self.wish));
        }
        (self.of, self.today) = (value, today);
    }

    /// Takes another wish.
    fn turn(&mut self, app: &App, wish: Wish) {
        self.drawn.begin(model::chosen(&self.rows, &wish), keys::in_view());
        self.pause = REST;
        app.keep_wish(wish.clone());
        self.wish = wish;
    }

    /// Looks which blocks are near the view; whether they are others than before.
    fn look(&mut self) -> bool {
        self.looking = self.drawn.look(keys::near(self.drawn.present().blocks.len()).unwrap_or(0..1));
        self.looking
    }
}
