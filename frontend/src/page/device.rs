//! 機器の確認: what this browser can do, which reader is there, whether a card can be read, and what to do when
//! not. Open before the sign-in too: whoever sets up computers has no account.

mod ability;
mod advice;
mod known;
mod readers;
mod report;
mod table;
mod test;
mod view;

use crate::page::practice;
use crate::service::card::Trust;
use crate::service::card::reader::{self, Found, Plugged, Where};
use crate::service::card::trial::{Ended, Record, Trial};
use crate::service::card::{Practice, Shelf};
use crate::service::problem::Problem;
use crate::service::{browser, machine};
use crate::state::App;
use domain::reader::{Ability, Os};
use yew::prelude::*;

/// Properties of [`DevicePage`].
#[derive(Properties, PartialEq)]
pub struct DeviceProps {
    /// The app.
    pub app: App,
}

/// The page.
pub struct DevicePage {
    ability: Ability,
    /// For which system advice is shown.
    os: Os,
    readers: Result<Vec<Found>, Problem>,
    /// Whether the list is still awaited.
    looking: bool,
    /// Why choosing a reader came to nothing.
    unchosen: Option<Problem>,
    /// The reader of the last test; `None` for the practice reader.
    tried: Option<Found>,
    record: Record,
    phase: Phase,
    /// The running test. Dropped with the page, which stops it.
    trial: Option<Trial>,
    /// Counts tests, so that a late word of an earlier one is not heard.
    attempt: u32,
    practice: Option<Practice>,
    shelf: Option<Shelf>,
    /// What the table is searched for.
    wanted: String,
    /// Whether the report could be copied.
    copied: Option<bool>,
    _plugged: [Plugged; 2],
}

/// How the test stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Before,
    Running,
    Stopping,
    Over(Ended),
}

/// What happens on the page.
pub enum Msg {
    /// Readers came or went.
    Look,
    /// Which there are.
    Listed(Result<Vec<Found>, Problem>),
    /// Let the person choose one.
    Choose,
    /// One was chosen, or not.
    Chosen(Result<Found, Problem>),
    /// Test the reader at this place of the list, or the practice reader.
    Test(Option<usize>),
    /// The test of an attempt goes on.
    Told(u32, Record),
    /// The test of an attempt has ended.
    Ended(u32, Record, Ended),
    /// Stop the test.
    Stop,
    /// Show advice for another system.
    Os(AttrValue),
    /// Search the table.
    Wanted(String),
    /// Copy the report.
    Copy,
    /// It was copied, or not.
    Copied(bool),
    /// The shelf of the training mode; `None` when it is gone.
    Shelf(Option<Shelf>),
    /// A practice card is put on or taken away.
    Practice(practice::Act),
}

impl Component for DevicePage {
    type Message = Msg;
    type Properties = DeviceProps;

    fn create(ctx: &Context<Self>) -> Self {
        let ability = machine::ability();
        let (came, went) = (ctx.link().clone(), ctx.link().clone());
        let mut page = Self {
            ability,
            os: ability.machine.os,
            readers: Ok(Vec::new()),
            looking: true,
            unchosen: None,
            tried: None,
            record: Record::default(),
            phase: Phase::Before,
            trial: None,
            attempt: 0,
            practice: None,
            shelf: None,
            wanted: String::new(),
            copied: None,
            _plugged: [
                reader::on_connect(move || came.send_message(Msg::Look)),
                reader::on_disconnect(move || went.send_message(Msg::Look)),
            ],
        };
        page.open_practice(ctx);
        ctx.link().send_message(Msg::Look);
        page
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Look => {
                ctx.link().send_future(async { Msg::Listed(reader::list().await.map_err(Problem::from)) });
                return false;
            }
            Msg::Listed(readers) => (self.readers, self.looking) = (readers, false),
            Msg::Choose => {
                self.unchosen = None;
                ctx.link().send_future(async { Msg::Chosen(reader::choose().await.map_err(Problem::from)) });
            }
            Msg::Chosen(Ok(_)) => ctx.link().send_message(Msg::Look),
            Msg::Chosen(Err(problem)) => self.unchosen = Some(problem),
            Msg::Test(at) => self.test(ctx, at),
            Msg::Told(attempt, record) if attempt == self.attempt && self.phase == Phase::Running => {
                self.record = record;
            }
            Msg::Ended(attempt, record, ended) if attempt == self.attempt => {
                (self.record, self.phase, self.trial) = (record, Phase::Over(ended), None);
            }
            // A late word of an earlier test.
            Msg::Told(..) | Msg::Ended(..) => return false,
            Msg::Stop => {
                if self.trial.take().is_some() {
                    self.phase = Phase::Stopping;
                }
            }
            Msg::Os(name) => {
                self.os = Os::ALL.into_iter().find(|os| *os.name() == *name).unwrap_or(self.os);
            }
            Msg::Wanted(wanted) => self.wanted = wanted,
            Msg::Copy => {
                let report = self.report();
                ctx.link().send_future(async move { Msg::Copied(browser::copy(&report).await) });
            }
            Msg::Copied(copied) => self.copied = Some(copied),
            Msg::Shelf(shelf) => self.shelf = shelf,
            Msg::Practice(act) => {
                if let Some(practice) = &self.practice {
                    act.at(practice);
                }
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        self.page(ctx)
    }
}

impl DevicePage {
    /// The practice reader, in the training mode; opened anew when its socket is gone.
    fn open_practice(&mut self, ctx: &Context<Self>) {
        if self.practice.as_ref().is_none_or(Practice::is_closed) {
            self.practice = ctx.props().app.training().map(|training| {
                let link = ctx.link().clone();
                Practice::open(&training.reader, move |shelf| link.send_message(Msg::Shelf(shelf)))
            });
        }
    }

    fn test(&mut self, ctx: &Context<Self>, at: Option<usize>) {
        self.open_practice(ctx);
        self.tried = at.and_then(|at| self.readers.as_ref().ok()?.get(at)).cloned();
        let place = match (&self.practice, &self.tried) {
            (Some(practice), _) => Where::Practice(practice.pipe()),
            (None, Some(found)) => Where::This(found.clone()),
            (None, None) => return,
        };
        self.attempt += 1;
        (self.record, self.phase, self.copied) = (Record::default(), Phase::Running, None);
        let app = &ctx.props().app;
        let trust = Trust::new(app.config().jpki.as_ref(), app.now());
        let (attempt, told, ended) = (self.attempt, ctx.link().clone(), ctx.link().clone());
        self.trial = Some(Trial::start(
            place,
            trust,
            move |record| told.send_message(Msg::Told(attempt, record)),
            move |record, end| ended.send_message(Msg::Ended(attempt, record, end)),
        ));
        browser::focus("trial-lead");
    }

    fn report(&self) -> String {
        report::report(&self.ability, self.tried.as_ref(), &self.record)
    }
}
