//! The people met in this session, in memory only. A page's address names one by a small number that means
//! nothing elsewhere, so no personal number ever stands in an address or in the browser's history.

use super::Load;
use domain::calendar::Time;
use domain::qualification::Qualification;
use domain::upstream::{
    CaseEntry, ClientsResponse, Found, HistoryResponse, PersonHandle, SeenPerson, SeenResponse,
};
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;
use std::str::FromStr;

/// Names a person within one session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PersonKey(usize);

impl fmt::Display for PersonKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for PersonKey {
    type Err = std::num::ParseIntError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

/// All people met, in the order of meeting.
#[derive(Debug, Default)]
pub struct People {
    met: Vec<Met>,
    /// Where each stands: a list of a thousand is looked through a thousand times.
    places: BTreeMap<PersonHandle, PersonKey>,
}

#[derive(Debug)]
struct Met {
    seen: Rc<SeenPerson>,
    sheets: Load<Qualification>,
    history: Load<HistoryResponse>,
    /// How often open documents had to be closed.
    closings: u32,
    /// Whether nothing came since the last time.
    shut: bool,
}

impl People {
    /// Takes a person who was just found.
    pub fn found(&mut self, found: Found, now: Time) -> PersonKey {
        self.take(SeenPerson { person: found.person, seen_at: now, right: found.right })
    }

    /// Takes all who were seen today.
    pub fn seen(&mut self, response: &SeenResponse) {
        for person in &response.people {
            self.take(person.clone());
        }
    }

    /// Takes the office's clients. Who was met today stays met then.
    pub fn clients(&mut self, response: &ClientsResponse) {
        for entry in &response.clients {
            let seen_at = self.key_of(&entry.person.handle).and_then(|key| self.get(key));
            let seen_at = seen_at.map_or(Time(0), |seen| seen.seen_at);
            self.take(SeenPerson { person: entry.person.clone(), seen_at, right: entry.right });
        }
    }

    /// Takes those whose cases were told. Who was met today stays met then.
    pub fn cases(&mut self, entries: &[Rc<CaseEntry>]) {
        for entry in entries {
            let met = self.key_of(&entry.person.handle).and_then(|key| self.get(key));
            // A thousand cases come to this; hardly any person is another than before.
            if !met.as_ref().is_some_and(|met| met.person == entry.person && met.right == entry.right) {
                let seen_at = met.map_or(Time(0), |met| met.seen_at);
                self.take(SeenPerson { person: entry.person.clone(), seen_at, right: entry.right });
            }
        }
    }

    /// The person of a key.
    pub fn get(&self, key: PersonKey) -> Option<Rc<SeenPerson>> {
        self.met.get(key.0).map(|met| Rc::clone(&met.seen))
    }

    /// Everybody, in the order of meeting.
    pub fn all(&self) -> Vec<Rc<SeenPerson>> {
        self.met.iter().map(|met| Rc::clone(&met.seen)).collect()
    }

    /// The key of a person.
    pub fn key_of(&self, handle: &PersonHandle) -> Option<PersonKey> {
        self.places.get(handle).copied()
    }

    /// The five kinds of a person, as far as fetched.
    pub fn sheets(&self, key: PersonKey) -> Load<Qualification> {
        self.met.get(key.0).map(|met| met.sheets.clone()).unwrap_or_default()
    }

    /// Changes what is known of the five kinds.
    pub fn set_sheets(&mut self, key: PersonKey, sheets: Load<Qualification>) {
        if let Some(met) = self.met.get_mut(key.0) {
            met.sheets = sheets;
        }
    }

    /// What was registered of a person, as far as fetched.
    pub fn history(&self, key: PersonKey) -> Load<HistoryResponse> {
        self.met.get(key.0).map(|met| met.history.clone()).unwrap_or_default()
    }

    /// Changes what is known of it.
    pub fn set_history(&mut self, key: PersonKey, history: Load<HistoryResponse>) {
        if let Some(met) = self.met.get_mut(key.0) {
            met.history = history;
        }
    }

    /// Whatever documents of this person are open have to be closed.
    pub fn close(&mut self, key: PersonKey) {
        if let Some(met) = self.met.get_mut(key.0) {
            met.closings += 1;
            met.shut = true;
        }
    }

    /// The same after a refusal, unless nothing came since the last time: a page that asks again because it was
    /// closed would be closed, and ask, without end.
    pub fn refuse(&mut self, key: PersonKey) {
        if self.met.get(key.0).is_some_and(|met| !met.shut) {
            self.close(key);
        }
    }

    /// Something about this person's certification came.
    pub fn open(&mut self, key: PersonKey) {
        if let Some(met) = self.met.get_mut(key.0) {
            met.shut = false;
        }
    }

    /// How often that was so.
    pub fn closings(&self, key: PersonKey) -> u32 {
        self.met.get(key.0).map_or(0, |met| met.closings)
    }

    fn take(&mut self, person: SeenPerson) -> PersonKey {
        if let Some(key) = self.key_of(&person.person.handle) {
            self.met[key.0].seen = Rc::new(person);
            return key;
        }
        let key = PersonKey(self.met.len());
        self.places.insert(person.person.handle.clone(), key);
        self.met.push(Met {
            seen: Rc::new(person),
            sheets: Load::default(),
            history: Load::default(),
            closings: 0,
            shut: false,
        });
        key
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::calendar::Date;
    use domain::number::{InsuredNumber, InsurerNumber};
    use domain::upstream::{Person, Sex, ViewingRight, Way};

    fn found(handle: &str, until: i64) -> Found {
        let person = Person {
            handle: PersonHandle(handle.into()),
            name: "試験 花子".into(),
            kana: "シケン ハナコ".into(),
            birth_date: Date::new(1940, 3, 2).unwrap().into(),
            sex: Sex::Female,
            address: "伊勢崎市".into(),
            insurer: InsurerNumber::parse("102046").unwrap(),
            insurer_name: "伊勢崎市".into(),
            insured: InsuredNumber::parse("0000012345").unwrap(),
        };
        Found { person, right: ViewingRight { way: Way::Numbers, until: Time(until) } }
    }

    #[test]
    fn a_person_keeps_the_key_and_the_newest_right_counts() {
        let mut people = People::default();
        let first = people.found(found("a", 10), Time(1));
        let second = people.found(found("b", 10), Time(2));
        assert_ne!(first, second);
        assert_eq!(people.found(found("a", 99), Time(3)), first);
        assert_eq!(people.get(first).unwrap().right.until, Time(99));
        assert_eq!(people.key_of(&PersonHandle("b".into())), Some(second));
    }

    #[test]
    fn closing_concerns_one_person() {
        let mut people = People::default();
        let first = people.found(found("a", 10), Time(1));
        let second = people.found(found("b", 10), Time(2));
        people.close(first);
        people.close(first);
        people.close(PersonKey(9));
        assert_eq!((people.closings(first), people.closings(second)), (2, 0));
    }

    #[test]
    fn refusals_one_after_the_other_close_once() {
        let mut people = People::default();
        let key = people.found(found("a", 10), Time(1));
        people.refuse(key);
        people.refuse(key);
        assert_eq!(people.closings(key), 1);
        people.open(key);
        people.close(key);
        people.refuse(key);
        assert_eq!(people.closings(key), 2, "what was closed by a withdrawal is refused as it should be");
        people.open(key);
        people.refuse(key);
        assert_eq!(people.closings(key), 3);
    }

    #[test]
    fn an_address_holds_a_small_number_and_nothing_else() {
        let mut people = People::default();
        let key = people.found(found("0000012345", 10), Time(1));
        assert_eq!(key.to_string(), "0");
        assert_eq!("0".parse(), Ok(key));
        assert!(people.get(PersonKey(7)).is_none());
    }
}
