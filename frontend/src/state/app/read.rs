//! What a page reads.

use super::App;
use crate::route::Route;
use crate::service::config::{Config, Training};
use crate::service::notices;
use crate::service::upstream::Client;
use crate::state::{Connection, ImportDraft, Load, Memory, NumbersDraft, PersonKey, Phase, Wish};
use domain::calendar::{Date, Time};
use domain::filing::file::may_submit;
use domain::qualification::Qualification;
use domain::upcoming::Settings;
use domain::upstream::{
    ClientsResponse, HistoryResponse, PersonHandle, Role, SeenPerson, SeenResponse, Staff,
};
use std::rc::Rc;

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

    /// The page, as far as whoever is signed in has it.
    pub fn route(&self) -> Route {
        let route = self.shared.route.get();
        self.session().map_or(route, |staff| route.of(staff.role))
    }

    /// Whether a municipality's clerk is signed in.
    pub fn at_desk(&self) -> bool {
        self.session().is_some_and(|staff| staff.role == Role::Municipality)
    }

    /// Whether who works here may submit a 届出.
    pub fn may_file(&self) -> bool {
        self.session().is_some_and(|staff| may_submit(staff.service, staff.job).is_ok())
    }

    /// How many filings wait to be sent, and of how many it is being found out whether they came.
    pub fn unsent(&self) -> (usize, usize) {
        self.read(|memory| memory.work.filings.counts())
    }

    /// How many filings the municipality has to look at, as far as it is known.
    pub fn undecided_filings(&self) -> usize {
        self.read(|memory| memory.work.desk.filings.undecided.unwrap_or_default() as usize)
    }

    /// Settings of this installation.
    pub fn config(&self) -> Rc<Config> {
        self.read(|memory| Rc::clone(&memory.config))
    }

    /// When this office wants to hear of things, and when the insurers begin.
    pub fn settings(&self) -> Settings {
        Settings { rollout: self.config().rollout.clone(), ..notices::load() }
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

    /// What was registered of a person, as far as fetched.
    pub fn history(&self, key: PersonKey) -> Load<HistoryResponse> {
        self.read(|memory| memory.work.people.history(key))
    }

    /// The office's clients, as far as fetched.
    pub fn clients(&self) -> Load<ClientsResponse> {
        self.read(|memory| memory.work.clients.clone())
    }

    /// What is wished of their list.
    pub fn wish(&self) -> Wish {
        self.read(|memory| memory.work.wish.clone())
    }

    /// Clients from a file, while they are looked up.
    pub fn import(&self) -> Option<ImportDraft> {
        self.read(|memory| memory.work.import.clone())
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
