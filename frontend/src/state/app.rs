//! The handle on the app: what it holds, how it begins, how changes are told.

mod act;
mod case;
mod consent;
mod desk;
mod document;
mod filing;
mod read;

pub use desk::QUEUE_PAGE;
pub use document::Original;

use super::{Memory, PersonKey, Phase, Reach, Work};
use crate::route::Route;
use crate::service::clock::Clock;
use crate::service::config;
use crate::service::device::Device;
use crate::service::idle::{IdleWatch, Stage};
use crate::service::problem::Problem;
use crate::service::staff_key::StaffKey;
use crate::service::upstream::Client;
use crate::service::vault::Vault;
use crate::service::watch::Watch;
use crate::service::{browser, relay};
use domain::upstream::Found;
use futures_util::lock::Mutex;
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
    /// What opens the drafts of whoever is signed in; gone with the session.
    staff_key: RefCell<Option<StaffKey>>,
    vault: RefCell<Option<Vault>>,
    /// Whoever writes a draft has it.
    writing: Mutex<()>,
    /// Whether what waits is being sent.
    sending: Cell<bool>,
    filing_watch: RefCell<Option<Watch>>,
    /// Listeners that live as long as the app.
    idle: RefCell<Option<IdleWatch>>,
    moved: RefCell<Option<EventListener>>,
    watch: RefCell<Option<Watch>>,
}

impl PartialEq for App {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.shared, &other.shared) && self.version == other.version
    }
}

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
            staff_key: RefCell::default(),
            vault: RefCell::default(),
            writing: Mutex::new(()),
            sending: Cell::new(false),
            filing_watch: RefCell::default(),
            idle: RefCell::default(),
            moved: RefCell::default(),
            watch: RefCell::default(),
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
            Ok(_) => memory.connection.relay = Reach::Up,
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
        let worked = self.session().is_some();
        self.change(|memory| match problem {
            None => memory.reached(),
            Some(problem) => memory.failed(problem),
        });
        // A wrong one-time password ends nothing: the key of this sign-in is still wanted.
        if worked && self.session().is_none() {
            self.forget_keys();
        }
    }

    /// Nobody is signed in: the keys of drafts go.
    fn forget_keys(&self) {
        self.shared.staff_key.take();
        self.shared.vault.take();
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
        self.forget_keys();
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
