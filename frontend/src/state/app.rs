//! The handle on the app.

use super::{Connection, Load, Memory, NumbersDraft, PersonKey, Phase, Work};
use crate::route::Route;
use crate::service::clock::Clock;
use crate::service::config::{self, Config, Training};
use crate::service::device::Device;
use crate::service::idle::{IdleWatch, Stage};
use crate::service::problem::Problem;
use crate::service::upstream::Client;
use crate::service::{browser, relay};
use domain::calendar::{Date, Time};
use domain::qualification::Qualification;
use domain::upstream::{
    AssertionRequest, ChallengeRequest, ChallengeResponse, Found, OtpRequest, PersonHandle, Purpose,
    SearchRequest, SeenPerson, SeenResponse, Staff, StartRequest, StartResponse,
};
use gloo_events::EventListener;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

/// The app as its pages see it. Cheap to clone; two are equal when nothing changed between them.
#[derive(Clone)]
pub struct App {
    shared: Rc<Shared>,
    version: u64,
}

struct Shared {
    memory: RefCell<Memory>,
    version: Cell<u64>,
    changed: Callback<()>,
    clock: Rc<Clock>,
    client: RefCell<Option<Client>>,
    route: Cell<Route>,
    /// Listeners that live as long as the app.
    idle: RefCell<Option<IdleWatch>>,
    moved: RefCell<Option<EventListener>>,
}

impl PartialEq for App {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.shared, &other.shared) && self.version == other.version
    }
}

/// What a page reads.
impl App {
    /// What stands between a person and the pages.
    pub fn phase(&self) -> Phase {
        self.read(|memory| memory.phase.clone())
    }

    /// Who is signed in.
    pub fn session(&self) -> Option<Rc<Staff>> {
        self.read(Memory::staff)
    }

    /// The page.
    pub fn route(&self) -> Route {
        self.shared.route.get()
    }

    /// Settings of this installation.
    pub fn config(&self) -> Rc<Config> {
        self.read(|memory| Rc::clone(&memory.config))
    }

    /// What the training mode offers; `None` in real use.
    pub fn training(&self) -> Option<Training> {
        self.read(|memory| memory.config.training.clone())
    }

    /// What is known of the way to the upstream.
    pub fn connection(&self) -> Connection {
        self.read(|memory| memory.connection)
    }

    /// Whether the screen is covered.
    pub fn masked(&self) -> bool {
        self.read(|memory| memory.masked)
    }

    /// Now, by the relay's clock.
    pub fn now(&self) -> Time {
        self.shared.clock.now()
    }

    /// Today in Japan.
    pub fn today(&self) -> Date {
        self.now().date()
    }

    /// A person met in this session; `None` after the page was loaded anew.
    pub fn person(&self, key: PersonKey) -> Option<Rc<SeenPerson>> {
        self.read(|memory| memory.work.people.get(key))
    }

    /// The key of a person, for an address.
    pub fn key_of(&self, handle: &PersonHandle) -> Option<PersonKey> {
        self.read(|memory| memory.work.people.key_of(handle))
    }

    /// The list of those seen today, as far as fetched.
    pub fn seen(&self) -> Load<SeenResponse> {
        self.read(|memory| memory.work.seen.clone())
    }

    /// The five kinds of a person, as far as fetched.
    pub fn qualification(&self, key: PersonKey) -> Load<Qualification> {
        self.read(|memory| memory.work.people.sheets(key))
    }

    /// The form by numbers, as typed.
    pub fn numbers(&self) -> NumbersDraft {
        self.read(|memory| memory.work.numbers.clone())
    }

    /// Thumbprint of this device's key; part of what a card signs.
    pub fn thumbprint(&self) -> Option<String> {
        self.shared.client.borrow().as_ref().map(Client::thumbprint)
    }
}

/// What a page does.
impl App {
    /// A new app; `changed` is told after each change.
    pub fn new(changed: Callback<()>) -> Self {
        let shared = Shared {
            memory: RefCell::default(),
            version: Cell::new(0),
            changed,
            clock: Rc::default(),
            client: RefCell::default(),
            route: Cell::default(),
            idle: RefCell::default(),
            moved: RefCell::default(),
        };
        Self { shared: Rc::new(shared), version: 0 }
    }

    /// The same handle, as of now.
    #[must_use]
    pub fn newest(&self) -> Self {
        Self { shared: Rc::clone(&self.shared), version: self.shared.version.get() }
    }

    /// Reads settings and key and opens the first gate.
    pub fn start(&self) {
        self.follow();
        let app = self.clone();
        spawn_local(async move {
            let phase = app.prepare().await.unwrap_or_else(Phase::Broken);
            app.change(|memory| memory.phase = phase);
        });
    }

    /// Goes to a page; the browser's back button comes back here.
    pub fn go(&self, route: Route) {
        browser::set_fragment(&route.address());
    }

    /// Enrols this device with a one-time code.
    ///
    /// # Errors
    /// `RLY-021`, `RLY-022`, `APP-005`, `APP-009`, and no connection.
    pub async fn enrol(&self, code: &str, label: &str) -> Result<(), Problem> {
        let device = match Device::load().await? {
            Some(device) => device,
            None => Device::make().await?,
        };
        let base = self.config().relay.clone();
        let enrolled = relay::enrol(&base, code, device.public(), label, self.now()).await?;
        let device = device.enrolled(enrolled.credential).await?;
        *self.shared.client.borrow_mut() = Some(Client::new(&base, device, Rc::clone(&self.shared.clock)));
        self.change(|memory| memory.phase = Phase::SignIn { why: None, last: None });
        Ok(())
    }

    /// First step of a sign-in.
    ///
    /// # Errors
    /// `UPS-101`, `UPS-102`, `UPS-107`, and what can happen on the way.
    pub async fn sign_in(&self, request: StartRequest) -> Result<StartResponse, Problem> {
        self.heard(self.client()?.start(&request).await)
    }

    /// Second step.
    ///
    /// # Errors
    /// `UPS-103`, `UPS-104`, and what can happen on the way.
    pub async fn one_time_password(&self, request: OtpRequest) -> Result<(), Problem> {
        let session = self.heard(self.client()?.otp(&request).await)?;
        self.change(|memory| memory.signed_in(session.staff));
        Ok(())
    }

    /// Locks the screen; the work stays for the same person.
    pub fn lock(&self) {
        self.change(Memory::lock);
        self.end_session();
    }

    /// Signs out; nothing stays.
    pub fn sign_out(&self) {
        self.change(Memory::sign_out);
        self.end_session();
    }

    /// Looks a person up by numbers.
    ///
    /// # Errors
    /// `UPS-110` to `UPS-112`, and what can happen on the way.
    pub async fn search(&self, request: SearchRequest) -> Result<PersonKey, Problem> {
        let key = self.met(self.heard(self.client()?.search(&request).await)?);
        self.change(|memory| memory.work.numbers = NumbersDraft::default());
        Ok(key)
    }

    /// A challenge for a card.
    ///
    /// # Errors
    /// What can happen on the way.
    pub async fn challenge(&self) -> Result<ChallengeResponse, Problem> {
        self.heard(self.client()?.challenge(&ChallengeRequest { purpose: Purpose::View }).await)
    }

    /// Brings the card's answer and learns whose it is.
    ///
    /// # Errors
    /// `UPS-201` to `UPS-208`, and what can happen on the way.
    pub async fn assertion(&self, request: AssertionRequest) -> Result<PersonKey, Problem> {
        Ok(self.met(self.heard(self.client()?.assertion(&request).await)?))
    }

    /// Fetches who was seen today.
    pub fn load_seen(&self) {
        let (app, Ok(client)) = (self.clone(), self.client()) else { return };
        spawn_local(async move {
            if app.seen().waiting {
                return;
            }
            let hands = app.hands();
            app.change(|memory| memory.work.seen = memory.work.seen.started());
            let result = app.heard(client.seen().await);
            app.change_work(hands, |work| {
                if let Ok(response) = &result {
                    work.people.seen(response);
                }
                work.seen = work.seen.ended(result);
            });
        });
    }

    /// Fetches the five kinds of a person.
    pub fn load_qualification(&self, key: PersonKey) {
        let (app, Some(person), Ok(client)) = (self.clone(), self.person(key), self.client()) else { return };
        spawn_local(async move {
            if app.qualification(key).waiting {
                return;
            }
            let hands = app.hands();
            app.change(|memory| memory.work.people.set_sheets(key, memory.work.people.sheets(key).started()));
            let result = app.heard(client.qualification(&person.person.handle).await);
            app.change_work(hands, |work| work.people.set_sheets(key, work.people.sheets(key).ended(result)));
        });
    }

    /// Keeps what was typed in the form by numbers.
    pub fn set_numbers(&self, draft: NumbersDraft) {
        self.change(|memory| memory.work.numbers = draft);
    }
}

/// Inside.
impl App {
    /// Follows the address.
    fn follow(&self) {
        self.shared.route.set(Route::read(&browser::fragment()));
        let app = self.clone();
        *self.shared.moved.borrow_mut() = browser::window().map(|window| {
            EventListener::new(&window, "hashchange", move |_| {
                app.shared.route.set(Route::read(&browser::fragment()));
                app.tell();
            })
        });
    }

    async fn prepare(&self) -> Result<Phase, Problem> {
        if !browser::secure() {
            return Err(Problem::new("APP-006"));
        }
        let config = Rc::new(config::load().await?);
        self.change(|memory| memory.config = Rc::clone(&config));
        let watching = self.clone();
        *self.shared.idle.borrow_mut() =
            Some(IdleWatch::start(config.idle, move |stage| watching.idle(stage)));
        // The relay's clock is good to have; that it is not there will be said where it is needed.
        let status = relay::status(&config.relay, &self.shared.clock).await;
        self.change(|memory| match status {
            Ok(_) => memory.connection.relay = super::Reach::Up,
            Err(problem) => memory.connection = memory.connection.after(&problem),
        });
        match Device::load().await? {
            Some(device) if device.credential().is_some() => {
                let client = Client::new(&config.relay, device, Rc::clone(&self.shared.clock));
                *self.shared.client.borrow_mut() = Some(client);
                Ok(Phase::SignIn { why: None, last: None })
            }
            _ => Ok(Phase::Enrol { why: None }),
        }
    }

    fn client(&self) -> Result<Client, Problem> {
        self.shared.client.borrow().clone().ok_or_else(|| Problem::new("RLY-015"))
    }

    /// Draws the consequences of a call.
    fn heard<T>(&self, result: Result<T, Problem>) -> Result<T, Problem> {
        self.heed(result.as_ref().err());
        result
    }

    fn heed(&self, problem: Option<&Problem>) {
        self.change(|memory| match problem {
            None => memory.reached(),
            Some(problem) => memory.failed(problem),
        });
    }

    fn met(&self, found: Found) -> PersonKey {
        let now = self.now();
        self.change(|memory| memory.work.people.found(found, now))
    }

    fn idle(&self, stage: Stage) {
        if self.session().is_none() {
            return;
        }
        match stage {
            Stage::Locked => self.lock(),
            Stage::Covered => self.change(|memory| memory.masked = true),
            Stage::Active => self.change(|memory| memory.masked = false),
        }
    }

    fn end_session(&self) {
        if let Some(client) = self.shared.client.borrow().clone() {
            spawn_local(async move { client.end().await });
        }
    }

    fn hands(&self) -> u32 {
        self.read(|memory| memory.hands)
    }

    fn read<T>(&self, look: impl FnOnce(&Memory) -> T) -> T {
        look(&self.shared.memory.borrow())
    }

    fn change<T>(&self, change: impl FnOnce(&mut Memory) -> T) -> T {
        let result = change(&mut self.shared.memory.borrow_mut());
        self.tell();
        result
    }

    fn tell(&self) {
        self.shared.version.set(self.shared.version.get() + 1);
        self.shared.changed.emit(());
    }

    /// Changes the work, unless it has gone to other hands since.
    fn change_work(&self, hands: u32, change: impl FnOnce(&mut Work)) {
        self.change(|memory| {
            if memory.hands == hands {
                change(&mut memory.work);
            }
        });
    }
}
