//! The queue: applications under way, late ones first, searched and turned by mouse or by keys alone.

mod model;
pub(super) mod view;

use crate::page::clients::keys;
use crate::route::Route;
use crate::service::problem::Problem;
use crate::service::{browser, download};
use crate::state::{App, PageEnd, QueueWish};
use crate::text::desk::desk as words;
use domain::export::{BOM, QUEUE_COLUMNS, queue_row, write_csv};
use domain::upstream::{QueueEntry, QueueFilter, QueueResponse};
use gloo_events::EventListener;
use model::Field;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`QueuePage`].
#[derive(Properties, PartialEq)]
pub(super) struct QueueProps {
    pub(super) app: App,
}

/// The page.
pub(super) struct QueuePage {
    /// The answer the rows were made of.
    of: Option<Rc<QueueResponse>>,
    rows: Vec<QueueEntry>,
    /// Fields that cannot be read.
    wrong: Vec<(Field, String)>,
    /// The page was turned: its count takes the focus once it is there.
    turned: bool,
    /// A file is being put together.
    gathering: bool,
    /// What became of it.
    said: Option<&'static str>,
    problem: Option<Problem>,
    _slash: Option<EventListener>,
}

/// What happens on the page.
pub(super) enum Msg {
    /// Another wish; whether to ask at once.
    Wish(QueueWish, bool),
    /// Ask for what is wished.
    Find,
    /// Ask for the same page again.
    Reload,
    /// The next page, or the one before.
    Turn(bool),
    /// A key in the list, on a row, or in the search field.
    Key(String, Option<usize>),
    /// Put all of it into a file.
    Save,
    /// All of it came.
    Gathered(Result<Vec<QueueEntry>, Problem>),
}

impl Component for QueuePage {
    type Message = Msg;
    type Properties = QueueProps;

    fn create(ctx: &Context<Self>) -> Self {
        let app = &ctx.props().app;
        // Whoever comes back finds the same page, fetched anew.
        let (filter, marks) = app.queue_asked();
        app.load_queue(filter, marks);
        let mut page = Self {
            of: None,
            rows: Vec::new(),
            wrong: Vec::new(),
            turned: false,
            gathering: false,
            said: None,
            problem: None,
            _slash: browser::window().map(|window| keys::slash(&window, view::SEARCH)),
        };
        page.take(app);
        page
    }

    fn changed(&mut self, ctx: &Context<Self>, _old: &QueueProps) -> bool {
        self.take(&ctx.props().app);
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let app = &ctx.props().app;
        match msg {
            Msg::Wish(wish, at_once) => {
                app.set_queue_wish(wish);
                if at_once {
                    self.find(app);
                }
            }
            Msg::Find => self.find(app),
            Msg::Reload => {
                let (filter, marks) = app.queue_asked();
                app.load_queue(filter, marks);
            }
            Msg::Turn(on) => self.turn(app, on),
            Msg::Key(key, at) => match keys::step(&key, at, self.rows.len()) {
                Some(next) => browser::focus(&format!("{}{next}", view::ROW)),
                None if at == Some(0) => browser::focus(view::SEARCH),
                None => {}
            },
            Msg::Save if self.gathering => return false,
            Msg::Save => {
                (self.gathering, self.said, self.problem) = (true, None, None);
                let (app, (filter, _)) = (app.clone(), app.queue_asked());
                ctx.link().send_future(async move { Msg::Gathered(app.whole_queue(filter).await) });
            }
            Msg::Gathered(result) => {
                self.gathering = false;
                match result {
                    Ok(all) => self.said = Some(save(&all, app)),
                    Err(problem) => self.problem = Some(problem),
                }
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        self.page(ctx)
    }

    fn rendered(&mut self, _ctx: &Context<Self>, _first: bool) {
        if self.turned && self.of.is_some() {
            self.turned = false;
            browser::focus(view::COUNT);
        }
    }
}

impl QueuePage {
    fn take(&mut self, app: &App) {
        let value = app.queue().value;
        let same = match (&value, &self.of) {
            (Some(new), Some(old)) => Rc::ptr_eq(new, old),
            (None, None) => true,
            _ => false,
        };
        if !same {
            self.rows = value.as_deref().map_or_else(Vec::new, |value| model::rows(value, app.today()));
        }
        self.of = value;
    }

    fn find(&mut self, app: &App) {
        match model::filter(&app.queue_wish()) {
            Ok(filter) => {
                self.wrong.clear();
                app.load_queue(filter, Vec::new());
            }
            Err(wrong) => self.wrong = wrong,
        }
    }

    fn turn(&mut self, app: &App, on: bool) {
        let (filter, mut marks): (QueueFilter, Vec<PageEnd>) = app.queue_asked();
        if on {
            let Some(mark) = self.of.as_ref().and_then(|value| value.next.clone()) else { return };
            let before = marks.last().map_or(0, |end| end.cases);
            marks.push(PageEnd { mark, cases: before + self.rows.len() });
        } else {
            marks.pop();
        }
        self.turned = true;
        app.load_queue(filter, marks);
    }
}

/// Makes the file and gives it to the browser; what is said of it.
fn save(all: &[QueueEntry], app: &App) -> &'static str {
    let heads = QUEUE_COLUMNS.map(str::to_owned);
    let rows: Vec<_> = all.iter().map(|entry| queue_row(entry, app.today())).collect();
    let csv = write_csv(std::iter::once(&heads).chain(&rows).map(|row| row.iter().map(String::as_str)));
    let saved = download::save(words().csv_file, "text/csv", &[BOM, &csv].concat());
    if saved { words().csv_saved } else { words().csv_not_saved }
}

/// Where a case of the queue is entered.
fn way(app: &App, entry: &QueueEntry) -> Option<Route> {
    app.case_key(&entry.case.id).map(|case| Route::DeskCase { case })
}
