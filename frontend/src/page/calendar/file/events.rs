//! What stands in the calendar file.

use crate::page::clients::outlook::Outlook;
use crate::text::{calendar as words, calendar_counted, calendar_summary};
use domain::calendar::Date;
use domain::icalendar::{Event, uid, uid_of_office};
use domain::number::OfficeNumber;
use domain::upcoming::{Entry, Settings, Topic, Upcoming, UpcomingKind, counted, initials};
use domain::upstream::Person;

/// What can go in, each with its words.
pub(super) const TOPICS: [(Topic, &str); 5] = [
    (Topic::Certification, words().topic_certification),
    (Topic::Share, words().topic_share),
    (Topic::Limit, words().topic_limit),
    (Topic::Restriction, words().topic_restriction),
    (Topic::Insurer, words().topic_insurer),
];

/// How people are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    /// Not at all: how many, and what.
    Nobody,
    /// By first letters of the kana.
    Initials,
    /// By name.
    Names,
}

impl Naming {
    /// Its value in a form.
    pub(super) fn value(self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::Initials => "initials",
            Self::Names => "names",
        }
    }

    /// The naming of a value; nobody is named unless that is chosen.
    pub(super) fn of(value: &str) -> Self {
        [Self::Initials, Self::Names]
            .into_iter()
            .find(|naming| naming.value() == value)
            .unwrap_or(Self::Nobody)
    }

    fn who(self, person: &Person) -> Option<String> {
        match self {
            Self::Nobody => None,
            Self::Initials => initials(&person.kana),
            Self::Names => Some(person.name.clone()),
        }
    }
}

/// From today on, day by day.
pub(super) fn events(
    outlook: &Outlook,
    topics: &[Topic],
    naming: Naming,
    office: &OfficeNumber,
    today: Date,
) -> Vec<Event> {
    let mut events = Vec::new();
    for (on, entries) in outlook.days().range(today..) {
        let entries: Vec<Entry> =
            entries.iter().filter(|entry| topics.contains(&entry.what.kind.topic())).cloned().collect();
        let (named, rest): (Vec<Entry>, Vec<Entry>) =
            entries.into_iter().partition(|entry| named(entry, outlook, naming).is_some());
        for entry in named {
            if let Some((person, who)) = self::named(&entry, outlook, naming) {
                events.push(Event {
                    uid: uid(&person.handle, &entry.what),
                    on: *on,
                    summary: calendar_summary(&entry.what, &who),
                    description: words().see.to_owned(),
                    alarms: alarms(&entry.what, outlook.settings(), today),
                });
            }
        }
        for (what, clients) in counted(&rest) {
            events.push(Event {
                uid: uid_of_office(office, &what),
                on: *on,
                summary: calendar_counted(&what, clients),
                description: words().see.to_owned(),
                alarms: alarms(&what, outlook.settings(), today),
            });
        }
    }
    events
}

/// Whom an entry names: somebody whose own it is and who has such a name.
fn named<'a>(entry: &Entry, outlook: &'a Outlook, naming: Naming) -> Option<(&'a Person, String)> {
    let [client] = entry.clients.as_slice() else { return None };
    let own = !matches!(entry.what.kind.topic(), Topic::Insurer);
    let person = outlook.person(*client).filter(|_| own)?;
    naming.who(person).map(|who| (person, who))
}

/// Reminders that still lie ahead, of what has to be done by its day.
fn alarms(what: &Upcoming, settings: &Settings, today: Date) -> Vec<u16> {
    let has_to_be_done = matches!(
        what.kind,
        UpcomingKind::RenewalCloses | UpcomingKind::CertificationEnds { .. } | UpcomingKind::LimitEnds
    );
    if !has_to_be_done {
        return Vec::new();
    }
    settings
        .reminders(what.on)
        .into_iter()
        .filter(|(day, _)| *day >= today)
        .map(|(_, before)| before)
        .collect()
}
