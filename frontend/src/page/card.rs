//! Reading a card: a sheet with four steps, the way out beside it from the start.

mod desk;
mod step;
mod view;

use crate::component::Digits;
use crate::page::practice;
use crate::route::Route;
use crate::service::card::reader::{self, Plugged, Where};
use crate::service::card::{AnyReader, Check, Ended, Input, Practice, Shelf, Stage};
use crate::service::problem::Problem;
use crate::state::{App, DraftKey, PersonKey};
use ccid::myna::PinEntry;
use desk::AppDesk;
use yew::prelude::*;

/// Properties of [`CardSheet`].
#[derive(Properties, PartialEq)]
pub struct CardProps {
    /// The app.
    pub app: App,
    /// 本人確認 for this draft of a 届出; without one somebody is looked up.
    #[prop_or_default]
    pub draft: Option<DraftKey>,
}

/// The sheet.
pub struct CardSheet {
    face: Face,
    /// The running check. Dropped with the sheet, which stops it and puts the card to rest.
    check: Option<Check>,
    /// Counts attempts, so that a late word of an earlier one is not heard.
    attempt: u32,
    practice: Option<Practice>,
    shelf: Option<Shelf>,
    _plugged: Plugged,
}

/// What the sheet shows.
#[derive(Debug, Clone, PartialEq)]
enum Face {
    /// Looking for a reader.
    Looking,
    /// A reader has to be chosen.
    Choose,
    /// A check runs.
    Running(Stage),
    /// It is being stopped.
    Stopping,
    /// It was stopped.
    Stopped,
    /// It failed at a step.
    Failed(Problem, step::At),
    /// The person was found.
    Met(PersonKey),
}

/// What happens on the sheet.
pub enum Msg {
    /// Begin again.
    Begin,
    /// Let the person choose a reader.
    Choose,
    /// A known reader was plugged in.
    Plugged,
    /// A reader was looked for, in an attempt.
    Opened(u32, Result<Option<AnyReader>, Problem>),
    /// The check of an attempt goes on.
    Told(u32, Stage),
    /// The check of an attempt has ended.
    Ended(u32, Ended<PersonKey>),
    /// Four digits were confirmed.
    Pin(Digits),
    /// The last try may be spent.
    SpendLastTry,
    /// Stop.
    Cancel,
    /// Show the person.
    Show,
    /// The shelf of the training mode; `None` when it is gone.
    Shelf(Option<Shelf>),
    /// A practice card is put on or taken away.
    Practice(practice::Act),
}

impl Component for CardSheet {
    type Message = Msg;
    type Properties = CardProps;

    fn create(ctx: &Context<Self>) -> Self {
        let link = ctx.link().clone();
        let plugged = reader::on_connect(move || link.send_message(Msg::Plugged));
        let mut sheet = Self {
            face: Face::Looking,
            check: None,
            attempt: 0,
            practice: None,
            shelf: None,
            _plugged: plugged,
        };
        sheet.begin(ctx);
        sheet
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Begin => self.begin(ctx),
            Msg::Choose => self.choose(ctx),
            Msg::Plugged if self.waits_for_reader() => self.begin(ctx),
            Msg::Plugged => return false,
            Msg::Opened(attempt, found) if attempt == self.attempt => self.opened(ctx, found),
            Msg::Told(attempt, stage) if attempt == self.attempt && self.check.is_some() => {
                self.face = Face::Running(stage);
            }
            Msg::Ended(attempt, ended) if attempt == self.attempt => self.ended(ctx, ended),
            // A late word of an earlier attempt. A reader that came late is let go by being dropped.
            Msg::Opened(..) | Msg::Told(..) | Msg::Ended(..) => return false,
            Msg::Pin(digits) => self.pin(&digits),
            Msg::SpendLastTry => self.hand_on(Input::SpendLastTry),
            Msg::Cancel => self.cancel(ctx),
            Msg::Show => self.show(ctx),
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
        self.sheet(ctx)
    }
}

impl CardSheet {
    /// Looks for a reader that may be used without asking.
    fn begin(&mut self, ctx: &Context<Self>) {
        let attempt = self.next(Face::Looking);
        if self.practice.as_ref().is_none_or(Practice::is_closed) {
            self.practice = open_practice(ctx);
        }
        let place = self.practice.as_ref().map_or(Where::Known, |practice| Where::Practice(practice.pipe()));
        open(ctx, attempt, place);
    }

    /// Opens the browser's list of readers; called in answer to a press.
    fn choose(&mut self, ctx: &Context<Self>) {
        let attempt = self.next(Face::Looking);
        open(ctx, attempt, Where::Chosen);
    }

    fn next(&mut self, face: Face) -> u32 {
        self.check = None;
        self.attempt += 1;
        self.face = face;
        self.attempt
    }

    fn opened(&mut self, ctx: &Context<Self>, found: Result<Option<AnyReader>, Problem>) {
        match found {
            Ok(Some(reader)) => {
                let (attempt, told, ended) = (self.attempt, ctx.link().clone(), ctx.link().clone());
                self.face = Face::Running(Stage::PutCard);
                self.check = Some(Check::start(
                    reader,
                    AppDesk { app: ctx.props().app.clone(), draft: ctx.props().draft },
                    move |stage| told.send_message(Msg::Told(attempt, stage)),
                    move |end| ended.send_message(Msg::Ended(attempt, end)),
                ));
            }
            Ok(None) => self.face = Face::Choose,
            Err(problem) => self.face = Face::Failed(problem, step::At::Reader),
        }
    }

    fn ended(&mut self, ctx: &Context<Self>, ended: Ended<PersonKey>) {
        self.check = None;
        self.face = match ended {
            Ended::Met(person) => {
                if ctx.props().draft.is_none() {
                    ctx.props().app.load_qualification(person);
                }
                Face::Met(person)
            }
            Ended::Failed(problem) => Face::Failed(problem, self.face.at()),
            Ended::Stopped => Face::Stopped,
        };
    }

    fn pin(&mut self, digits: &Digits) {
        let mut entry = PinEntry::new();
        let whole = digits.bytes().iter().all(|digit| entry.push(digit.wrapping_sub(b'0')));
        if let (Some(pin), Some(check)) = (entry.complete().filter(|_| whole), &self.check) {
            check.input(Input::Pin(pin));
            // The check may still be looking at the card: the keypad goes at once, so that nobody types again.
            self.face = Face::Running(Stage::Checking);
        }
    }

    fn hand_on(&self, input: Input) {
        if let Some(check) = &self.check {
            check.input(input);
        }
    }

    /// Stops what runs. The check's end is told once the card is at rest.
    fn cancel(&mut self, ctx: &Context<Self>) {
        if self.check.take().is_some() {
            self.face = Face::Stopping;
        } else {
            ctx.props()
                .app
                .go(ctx.props().draft.map_or(Route::Find, |draft| Route::Filing { draft, page: 0 }));
        }
    }

    fn show(&self, ctx: &Context<Self>) {
        if let Face::Met(person) = self.face {
            let back = |draft| Route::Filing { draft, page: 0 };
            ctx.props().app.go(ctx.props().draft.map_or(Route::Person { person }, back));
        }
    }

    /// Whether a reader that is plugged in now is what is missing.
    fn waits_for_reader(&self) -> bool {
        matches!(self.face, Face::Choose | Face::Failed(_, step::At::Reader))
    }
}

/// The practice reader, in the training mode.
fn open_practice(ctx: &Context<CardSheet>) -> Option<Practice> {
    let (training, link) = (ctx.props().app.training()?, ctx.link().clone());
    Some(Practice::open(&training.reader, move |shelf| link.send_message(Msg::Shelf(shelf))))
}

fn open(ctx: &Context<CardSheet>, attempt: u32, place: Where) {
    ctx.link()
        .send_future(async move { Msg::Opened(attempt, reader::open(place).await.map_err(Problem::from)) });
}
