//! What comes or stands for all clients, made once from an answer: today's list, the month view and the
//! calendar file read it.

use crate::state::App;
use domain::calendar::Date;
use domain::upcoming::{Entry, Line, Listed, Settings, Upcoming, Urgency, agenda, days, upcoming_of_client};
use domain::upstream::{ClientEntry, ClientsResponse, Person};
use std::collections::BTreeMap;
use std::rc::Rc;

/// All clients with what comes for each.
pub struct Outlook {
    of: Rc<ClientsResponse>,
    lists: Vec<Option<Vec<Upcoming>>>,
    settings: Settings,
}

impl Outlook {
    /// What an answer says for a day.
    pub fn new(app: &App, of: Rc<ClientsResponse>) -> Self {
        let (settings, today) = (app.settings(), app.today());
        let list =
            |entry: &ClientEntry| entry.outline.as_ref().map(|_| upcoming_of_client(entry, today, &settings));
        let lists = of.clients.iter().map(list).collect();
        Self { of, lists, settings }
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.of.clients.is_empty()
    }

    /// Whether somebody may not be viewed.
    pub fn is_partial(&self) -> bool {
        self.lists.iter().any(Option::is_none)
    }

    /// The wishes it was made with.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// A client by place.
    pub fn person(&self, client: usize) -> Option<&Person> {
        self.of.clients.get(client).map(|entry| &entry.person)
    }

    /// Today's list.
    pub fn agenda(&self) -> Vec<(Urgency, Line)> {
        agenda(&self.listed(), &self.settings)
    }

    /// Day by day.
    pub fn days(&self) -> BTreeMap<Date, Vec<Entry>> {
        days(&self.listed())
    }

    fn listed(&self) -> Vec<Listed<'_>> {
        self.of
            .clients
            .iter()
            .zip(&self.lists)
            .map(|(entry, list)| (entry.person.insurer.as_str(), list.as_deref()))
            .collect()
    }
}
