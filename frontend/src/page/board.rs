//! 認定の進捗: the cases of all clients in lanes by stage, the late ones first.

mod card;
mod closed;
mod model;
mod view;

use crate::service::browser;
use crate::state::{App, BoardWish};
use domain::calendar::Date;
use domain::certification::Cases;
use domain::upstream::ClientsResponse;
use model::{Card, LANES, Lanes};
use std::rc::Rc;
use yew::prelude::*;

/// Cards of a lane that are drawn at once, …
const FIRST: usize = 6;
/// … and those that another press adds.
const MORE: usize = 24;

/// Properties of [`BoardPage`].
#[derive(Properties, PartialEq)]
pub struct BoardProps {
    /// The app, as of now.
    pub app: App,
}

/// The page.
pub struct BoardPage {
    cards: Vec<Rc<Card>>,
    lanes: Lanes,
    insurers: Vec<(String, String)>,
    /// What the cards were made of.
    of: Made,
    wish: BoardWish,
    /// How many cards of each lane stand there.
    shown: [usize; LANES],
    closed: usize,
    /// What takes the focus once it is drawn.
    next: Option<String>,
}

/// What the cards were made of: the same come to the same.
#[derive(Default)]
struct Made {
    all: Option<Rc<Cases>>,
    seen: Option<Rc<crate::state::Seen>>,
    today: Option<Date>,
    clients: Option<Rc<ClientsResponse>>,
}

/// What happens on the page.
pub enum Msg {
    /// Another wish.
    Wish(BoardWish),
    /// More cards of a lane.
    More(usize),
    /// More names of those who are closed.
    MoreClosed,
    /// All changes were looked at.
    Look,
    /// Ask again now: the last question failed.
    Again,
}

impl Component for BoardPage {
    type Message = Msg;
    type Properties = BoardProps;

    fn create(ctx: &Context<Self>) -> Self {
        let app = &ctx.props().app;
        if app.may_follow().is_some_and(|may| may.is_ok()) {
            app.watch_cases();
            // Whoever is closed is named by the list of clients only.
            if app.clients().value.is_none() {
                app.load_clients();
            }
        }
        let mut page = Self {
            cards: Vec::new(),
            lanes: Lanes::default(),
            insurers: Vec::new(),
            of: Made::default(),
            wish: app.board_wish(),
            shown: [FIRST; LANES],
            closed: closed::FIRST,
            next: None,
        };
        page.take(app);
        page
    }

    fn changed(&mut self, ctx: &Context<Self>, _old: &BoardProps) -> bool {
        self.take(&ctx.props().app);
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let app = &ctx.props().app;
        match msg {
            Msg::Wish(wish) => {
                app.set_board_wish(wish);
                // The changed memory draws the page.
                return false;
            }
            Msg::More(lane) => {
                let (Some(cards), Some(shown)) = (self.lanes.0.get(lane), self.shown.get_mut(lane)) else {
                    return false;
                };
                // The keyboard goes on with the first of the new ones.
                self.next = cards.get(*shown).map(|card| ["case-", &card.entry.case.id.0].concat());
                *shown += MORE;
            }
            Msg::MoreClosed => self.closed += MORE,
            Msg::Look => {
                app.look_at_cases(None);
                self.next = Some(view::TITLE.to_owned());
            }
            Msg::Again => {
                app.ask_cases(true);
                return false;
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        self.page(ctx)
    }

    fn rendered(&mut self, _ctx: &Context<Self>, _first: bool) {
        if let Some(next) = self.next.take() {
            browser::focus(&next);
        }
    }
}

impl BoardPage {
    /// Takes a new answer, look, day or wish.
    fn take(&mut self, app: &App) {
        let (board, wish) = (app.board(), app.board_wish());
        let made = Made {
            all: board.all.clone(),
            seen: board.seen.clone(),
            today: Some(app.today()),
            clients: app.clients().value,
        };
        let same = self.of.is(&made);
        if !same {
            self.cards =
                model::cards(&self.cards, &board, |entry| app.key_of(&entry.person.handle), app.today());
            self.insurers = model::insurers(&self.cards);
        }
        if wish != self.wish {
            self.shown = [FIRST; LANES];
        }
        if !same || wish != self.wish {
            self.lanes = Lanes::of(&self.cards, &wish);
        }
        (self.of, self.wish) = (made, wish);
    }
}

impl Made {
    fn is(&self, other: &Self) -> bool {
        fn same<T>(one: &Option<Rc<T>>, other: &Option<Rc<T>>) -> bool {
            match (one, other) {
                (Some(one), Some(other)) => Rc::ptr_eq(one, other),
                (None, None) => true,
                _ => false,
            }
        }
        self.today == other.today
            && same(&self.all, &other.all)
            && same(&self.seen, &other.seen)
            && same(&self.clients, &other.clients)
    }
}
