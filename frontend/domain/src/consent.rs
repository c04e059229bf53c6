//! 同意: whether it stands for something now. Records are never changed: what stands is computed from all.

use crate::calendar::{Date, Time};
use crate::upstream::{ConsentGiver, ConsentRecord, ConsentScope, ConsentTaker, ConsentTerms};

/// How consent stands for one kind of information.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It holds; till then, or until withdrawn.
    Valid {
        /// Its end.
        until: Option<Time>,
    },
    /// It was withdrawn, and none was given since.
    Withdrawn {
        /// When.
        at: Time,
    },
    /// Its time is over.
    Over {
        /// Since then.
        since: Time,
    },
    /// None was ever given, or one is given for a time to come.
    None,
}

impl Standing {
    /// Of the records that concern an office, in any order. A withdrawal closes whatever was given up to then,
    /// by whichever paper: a person who takes consent back does not know how many papers there are. Only one
    /// given later opens again. A record with a taker that is not known counts for nothing; its withdrawal
    /// counts all the same.
    pub fn of(records: &[ConsentRecord], scope: ConsentScope, now: Time) -> Self {
        if scope.unknown().is_some() {
            return Self::None;
        }
        let covering = || records.iter().filter(move |record| record.terms.scope.contains(&scope));
        let withdrawn = covering()
            .filter_map(|record| record.withdrawal.as_ref())
            .map(|withdrawal| withdrawal.at)
            .filter(|at| *at <= now)
            .max();
        let standing = covering().filter(|record| {
            record.taker.unknown().is_none()
                && record.withdrawal.as_ref().is_none_or(|withdrawal| withdrawal.at > now)
                && record.terms.given_at <= now
                && withdrawn.is_none_or(|at| record.terms.given_at > at)
        });
        let mut best: Option<Option<Time>> = None;
        let mut over: Option<Time> = None;
        for record in standing {
            match record.terms.until {
                Some(until) if until <= now => over = over.max(Some(until)),
                until => {
                    best = Some(match (best, until) {
                        (None, until) => until,
                        (Some(Some(one)), Some(other)) => Some(one.max(other)),
                        _ => None,
                    });
                }
            }
        }
        match (best, over, withdrawn) {
            (Some(until), ..) => Self::Valid { until },
            (None, Some(since), _) => Self::Over { since },
            (None, None, Some(at)) => Self::Withdrawn { at },
            (None, None, None) => Self::None,
        }
    }
}

/// Why a consent cannot be recorded as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TermsError {
    /// It is for nothing.
    NoScope,
    /// It is for something nobody here knows, or rests on such a paper.
    Unknown,
    /// It was given in the future.
    GivenLater,
    /// It ends before it was given, or has ended already.
    Ended,
    /// A representative without a name.
    NoName,
}

impl ConsentTerms {
    /// Whether it can be recorded now.
    ///
    /// # Errors
    /// When something of it cannot be so.
    pub fn check(&self, now: Time) -> Result<(), TermsError> {
        let named = self.giver_name.as_ref().is_some_and(|name| !name.trim().is_empty());
        if self.scope.is_empty() {
            Err(TermsError::NoScope)
        } else if self.scope.iter().any(|scope| scope.unknown().is_some()) || self.basis.unknown().is_some() {
            Err(TermsError::Unknown)
        } else if self.given_at > now {
            Err(TermsError::GivenLater)
        } else if self.until.is_some_and(|until| until <= now || until <= self.given_at) {
            Err(TermsError::Ended)
        } else if self.giver == ConsentGiver::Representative && !named {
            Err(TermsError::NoName)
        } else {
            Ok(())
        }
    }
}

/// When a consent was given, from a day and a time of day. The very minute that is running means now: typed in
/// minutes it would lie before a withdrawal of the same minute, and open nothing.
pub fn given_at(day: Date, clock: (u8, u8), now: Time) -> Time {
    let at = day.at(clock);
    if at <= now && now < at.plus(60) { now } else { at }
}

/// The end of a consent that holds through a day.
pub fn through(day: Date) -> Time {
    day.plus_days(1).begin()
}

impl ConsentRecord {
    /// Whether it can still be withdrawn: neither withdrawn nor over.
    pub fn is_open(&self, now: Time) -> bool {
        self.withdrawal.is_none() && self.terms.until.is_none_or(|until| until > now)
    }

    /// Whether it was taken by the municipality for every office (包括的同意).
    pub fn is_comprehensive(&self) -> bool {
        self.taker == ConsentTaker::Municipality
    }
}

#[cfg(test)]
mod tests;
