//! A consent as it is typed, and what can be said of it before it is sent. No browser in here.

use crate::text::{consent as words, field_missing, field_wrong};
use domain::calendar::{ClockError, Date, DateError, Time, parse_clock, parse_date};
use domain::consent::{TermsError, given_at, through};
use domain::upstream::{ConsentBasis, ConsentGiver, ConsentMethod, ConsentScope, ConsentTerms};

/// What was typed and chosen for one person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ConsentDraft {
    /// Who consented.
    pub giver: Option<ConsentGiver>,
    /// 氏名 of a representative.
    pub name: String,
    /// 続柄.
    pub relation: String,
    /// How.
    pub method: Option<ConsentMethod>,
    /// On which paper.
    pub basis: Option<ConsentBasis>,
    /// Version of its wording.
    pub version: String,
    /// What may be shown.
    pub scope: Vec<ConsentScope>,
    /// The day it was given, in any form.
    pub day: String,
    /// The time of that day.
    pub clock: String,
    /// Whether it ends; nothing before that was chosen.
    pub ends: Option<bool>,
    /// Its last day.
    pub last: String,
}

/// A field of the form, in the order of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConsentField {
    /// Who.
    Giver,
    /// 氏名.
    Name,
    /// 続柄.
    Relation,
    /// How.
    Method,
    /// Which paper.
    Basis,
    /// Its version.
    Version,
    /// What for.
    Scope,
    /// The day.
    Day,
    /// The time.
    Clock,
    /// Whether it ends.
    Ends,
    /// Its last day.
    Last,
}

/// What is wrong, in the order of the page.
pub type ConsentErrors = Vec<(ConsentField, String)>;

/// Letters a name or a version may have; the upstream takes no more.
const LETTERS: usize = 100;

impl ConsentField {
    /// The `id` of its element.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Giver => "consent-giver",
            Self::Name => "consent-name",
            Self::Relation => "consent-relation",
            Self::Method => "consent-method",
            Self::Basis => "consent-basis",
            Self::Version => "consent-version",
            Self::Scope => "consent-scope",
            Self::Day => "consent-day",
            Self::Clock => "consent-clock",
            Self::Ends => "consent-ends",
            Self::Last => "consent-last",
        }
    }
}

impl ConsentDraft {
    /// A new one: given just now, until that is changed.
    pub fn new(now: Time) -> Self {
        Self { day: now.date().wareki(), clock: crate::text::format::clock(now), ..Self::default() }
    }

    /// Puts a kind of information in or takes it out; the order stays that of the paper.
    pub fn cover(&mut self, scope: ConsentScope, on: bool) {
        self.scope.retain(|one| *one != scope);
        if on {
            self.scope.push(scope);
        }
        self.scope.sort_unstable();
    }

    /// What is to be recorded.
    ///
    /// # Errors
    /// What has to be mended first.
    pub fn terms(&self, now: Time) -> Result<ConsentTerms, ConsentErrors> {
        let mut errors = ConsentErrors::new();
        let giver_name = self.giver_name(&mut errors);
        for (field, missing, words) in [
            (ConsentField::Method, self.method.is_none(), words().method_missing),
            (ConsentField::Basis, self.basis.is_none(), words().basis_missing),
        ] {
            if missing {
                errors.push((field, words.to_owned()));
            }
        }
        let version = self.version.trim();
        if version.chars().count() > LETTERS {
            errors.push((ConsentField::Version, field_wrong(words().version, words().long)));
        }
        if self.scope.is_empty() {
            errors.push((ConsentField::Scope, words().scope_missing.to_owned()));
        }
        let day = day(words().day, &self.day).map_err(|error| errors.push((ConsentField::Day, error))).ok();
        let clock = clock(&self.clock).map_err(|error| errors.push((ConsentField::Clock, error))).ok();
        let given = day.zip(clock).map(|(day, clock)| given_at(day, clock, now));
        let until = self.until(given, now, &mut errors);
        // The day alone may already lie ahead, else it is the time.
        if given.is_some_and(|given| given > now) {
            let ahead = day.is_some_and(|day| day > now.date());
            let field = if ahead { ConsentField::Day } else { ConsentField::Clock };
            let before =
                errors.iter().position(|(at, _)| matches!(at, ConsentField::Ends | ConsentField::Last));
            errors.insert(before.unwrap_or(errors.len()), (field, words().given_later.to_owned()));
        }
        let (Some(giver), Some(method), Some(basis), Some(given_at), true) =
            (self.giver, self.method, self.basis, given, errors.is_empty())
        else {
            return Err(errors);
        };
        let terms = ConsentTerms {
            giver,
            giver_name,
            method,
            basis,
            basis_version: (!version.is_empty()).then(|| version.to_owned()),
            scope: self.scope.clone(),
            given_at,
            until,
        };
        // The rule itself has the last word.
        match terms.check(now) {
            Ok(()) => Ok(terms),
            Err(error) => Err(vec![refused(error)]),
        }
    }

    /// Name and 続柄 of a representative, as the record has them; whoever consents for themselves has none.
    fn giver_name(&self, errors: &mut ConsentErrors) -> Option<String> {
        let (name, relation) = (self.name.trim(), self.relation.trim());
        match self.giver {
            None => errors.push((ConsentField::Giver, words().giver_missing.to_owned())),
            Some(ConsentGiver::Person) => return None,
            Some(ConsentGiver::Representative) => {
                for (field, typed, label) in [
                    (ConsentField::Name, name, words().name),
                    (ConsentField::Relation, relation, words().relation),
                ] {
                    if typed.is_empty() {
                        errors.push((field, field_missing(label)));
                    }
                }
            }
        }
        let both = [name, "(", relation, ")"].concat();
        if both.chars().count() > LETTERS {
            errors.push((ConsentField::Name, field_wrong(words().name, words().long)));
        }
        Some(both)
    }

    fn until(&self, given: Option<Time>, now: Time, errors: &mut ConsentErrors) -> Option<Time> {
        match self.ends {
            None => errors.push((ConsentField::Ends, words().ends_missing.to_owned())),
            Some(false) => {}
            Some(true) => match day(words().last, &self.last) {
                Err(error) => errors.push((ConsentField::Last, error)),
                Ok(last) => {
                    let until = through(last);
                    if until <= now || given.is_some_and(|given| until <= given) {
                        errors.push((ConsentField::Last, words().last_over.to_owned()));
                    }
                    return Some(until);
                }
            },
        }
        None
    }
}

fn day(label: &str, typed: &str) -> Result<Date, String> {
    parse_date(typed).map_err(|error| match error {
        DateError::Empty => field_missing(label),
        error => field_wrong(label, &error.to_string()),
    })
}

fn clock(typed: &str) -> Result<(u8, u8), String> {
    parse_clock(typed).map_err(|error| match error {
        ClockError::Empty => field_missing(words().clock),
        error => field_wrong(words().clock, &error.to_string()),
    })
}

/// Where the rule's own refusal stands.
fn refused(error: TermsError) -> (ConsentField, String) {
    let (field, said) = match error {
        TermsError::NoScope | TermsError::Unknown => (ConsentField::Scope, words().scope_missing),
        TermsError::GivenLater => (ConsentField::Day, words().given_later),
        TermsError::Ended => (ConsentField::Last, words().last_over),
        TermsError::NoName => (ConsentField::Name, words().giver_missing),
    };
    (field, said.to_owned())
}

#[cfg(test)]
mod tests;
