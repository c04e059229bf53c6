//! The inbox of 届出: undecided ones, the oldest first, searched and turned by mouse or by keys alone.

pub(super) mod view;

use crate::page::clients::keys;
use crate::page::desk::DeskPageProps;
use crate::service::browser;
use crate::state::{App, InboxWish, PageEnd};
use domain::upstream::InboxResponse;
use gloo_events::EventListener;
use std::rc::Rc;
use yew::prelude::*;

/// The page.
pub(super) struct InboxPage {
    /// The answer that is shown.
    of: Option<Rc<InboxResponse>>,
    /// The page was turned: its count takes the focus once it is there.
    turned: bool,
    _slash: Option<EventListener>,
}

/// What happens on the page.
pub(super) enum Msg {
    /// Another wish; whether to ask at once.
    Wish(InboxWish, bool),
    /// Ask for what is wished.
    Find,
    /// Ask for the same page again.
    Reload,
    /// The next page, or the one before.
    Turn(bool),
    /// A key in the list, on a row, or in the search field.
    Key(String, Option<usize>),
}

impl Component for InboxPage {
    type Message = Msg;
    type Properties = DeskPageProps;

    fn create(ctx: &Context<Self>) -> Self {
        let app = &ctx.props().app;
        // Whoever comes back finds the same page, fetched anew.
        reload(app);
        Self {
            of: app.desk_filings(|desk| desk.inbox.value.clone()),
            turned: false,
            _slash: browser::window().map(|window| keys::slash(&window, view::SEARCH)),
        }
    }

    fn changed(&mut self, ctx: &Context<Self>, _old: &DeskPageProps) -> bool {
        self.of = ctx.props().app.desk_filings(|desk| desk.inbox.value.clone());
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let app = &ctx.props().app;
        match msg {
            Msg::Wish(wish, at_once) => {
                app.set_desk_filings(|desk| desk.wish = wish);
                if at_once {
                    find(app);
                }
            }
            Msg::Find => find(app),
            Msg::Reload => reload(app),
            Msg::Turn(on) => self.turn(app, on),
            Msg::Key(key, at) => {
                let count = self.of.as_ref().map_or(0, |page| page.filings.len());
                match keys::step(&key, at, count) {
                    Some(next) => browser::focus(&[view::ROW, &next.to_string()].concat()),
                    None if at == Some(0) => browser::focus(view::SEARCH),
                    None => {}
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

impl InboxPage {
    fn turn(&mut self, app: &App, on: bool) {
        let (asked, mut marks) = app.desk_filings(|desk| (desk.asked.clone(), desk.marks.clone()));
        if on {
            let Some(page) = &self.of else { return };
            let Some(mark) = page.next.clone() else { return };
            let before = marks.last().map_or(0, |end| end.cases);
            marks.push(PageEnd { mark, cases: before + page.filings.len() });
        } else {
            marks.pop();
        }
        self.turned = true;
        app.load_inbox(asked, marks);
    }
}

fn find(app: &App) {
    app.load_inbox(app.desk_filings(|desk| desk.wish.clone()), Vec::new());
}

fn reload(app: &App) {
    let (asked, marks) = app.desk_filings(|desk| (desk.asked.clone(), desk.marks.clone()));
    app.load_inbox(asked, marks);
}
