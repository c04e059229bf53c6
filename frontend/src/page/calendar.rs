//! 月の予定: what comes for all clients, as a month on a wall; as a list where there is no room for one; and as a
//! calendar file.

mod entries;
pub mod file;
mod grid;
mod keys;
mod view;

use crate::page::clients::ClientsProps;
use crate::page::clients::outlook::Outlook;
use crate::service::browser;
use domain::calendar::{Date, Month};
use domain::upcoming::Entry;
use domain::upstream::ClientsResponse;
use std::collections::BTreeMap;
use std::rc::Rc;
use yew::prelude::*;

/// The page.
pub struct CalendarPage {
    /// The day that is looked at; its month is shown.
    day: Date,
    taken: Option<Taken>,
    /// What takes the focus once it is drawn.
    next: Option<String>,
}

/// An answer, and what it says.
struct Taken {
    of: Rc<ClientsResponse>,
    outlook: Outlook,
    days: BTreeMap<Date, Vec<Entry>>,
}

/// What happens on the page.
pub enum Msg {
    /// To a day, by key or mouse.
    Day(Date),
    /// To the same day some months away.
    Month(i32),
    /// To today.
    Today,
    /// To what the day has.
    Open,
    /// On paper.
    Print,
    /// Fetch anew.
    Reload,
}

impl Component for CalendarPage {
    type Message = Msg;
    type Properties = ClientsProps;

    fn create(ctx: &Context<Self>) -> Self {
        let app = &ctx.props().app;
        app.load_clients();
        let mut page = Self { day: app.today(), taken: None, next: None };
        page.take(ctx);
        page
    }

    fn changed(&mut self, ctx: &Context<Self>, _old: &ClientsProps) -> bool {
        self.take(ctx);
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let app = &ctx.props().app;
        match msg {
            Msg::Day(day) => {
                self.day = day;
                self.next = Some(grid::id(day));
            }
            Msg::Month(months) => self.day = self.day.plus_months(months),
            Msg::Today => self.day = app.today(),
            Msg::Open => self.next = Some(view::DAY.to_owned()),
            Msg::Print => browser::print(),
            Msg::Reload => app.load_clients(),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        self.page(ctx)
    }

    fn rendered(&mut self, _ctx: &Context<Self>, _first: bool) {
        if let Some(id) = self.next.take() {
            browser::focus(&id);
        }
    }
}

impl CalendarPage {
    fn month(&self) -> Month {
        Month::of(self.day)
    }

    /// Takes a new answer.
    fn take(&mut self, ctx: &Context<Self>) {
        let app = &ctx.props().app;
        let value = app.clients().value;
        let same = match (&value, &self.taken) {
            (Some(new), Some(taken)) => Rc::ptr_eq(new, &taken.of),
            (None, None) => true,
            _ => false,
        };
        if !same {
            self.taken = value.map(|of| {
                let outlook = Outlook::new(app, Rc::clone(&of));
                let days = outlook.days();
                Taken { of, outlook, days }
            });
        }
    }
}
