//! Whether a statement is received: what is against it now, and what is against it for good.

use super::statement::Sent;
use crate::access::Gate;
use crate::http::Caller;
use crate::store::{Connection, OptionalExtension, StoreError, params};
use kakehashi_domain::filing::file::may_file;
use kakehashi_domain::filing::wizard::sound;
use kakehashi_domain::filing::{FilingNumber, IdPaper, Identity};
use kakehashi_domain::upstream::FilingState;

/// The person's undecided filing.
pub(crate) const OPEN: &str =
    "SELECT id, number, office FROM filing WHERE person = ?1 AND state = 'received'";
/// A filing of an office about a person, by number.
pub(crate) const NAMED: &str =
    "SELECT id, state FROM filing WHERE number = ?1 AND office = ?2 AND person = ?3";
/// A check of identity by card.
pub(crate) const CHECK: &str = "SELECT account, person, device, at, used_by FROM card_check
     WHERE transaction_id = ?1";

/// What is against a statement.
pub(super) enum Against {
    /// Nobody can tell just now.
    Store(StoreError),
    /// Something that passes: it says nothing of the key.
    Now(&'static str),
    /// For good, with the filing that stands in the way.
    Ever(&'static str, Option<FilingNumber>),
}

impl From<StoreError> for Against {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// A statement that is to be received.
pub(super) struct Fits {
    pub(super) person: i64,
    /// The filing it takes the place of, and where that stands.
    pub(super) replaces: Option<(i64, FilingState)>,
}

/// Judges, in the order of docs/api.md §4.
pub(super) struct Judge<'a> {
    pub(super) gate: Gate<'a>,
    pub(super) caller: &'a Caller,
    pub(super) sent: &'a Sent,
    /// How long a check by card may be named.
    pub(super) check_s: i64,
}

impl Judge<'_> {
    /// All of it.
    pub(super) fn judge(&self) -> Result<Fits, Against> {
        if !self.sent.is_of(self.caller, self.gate.member) {
            return Err(Against::Now("UPS-156"));
        }
        if !self.sent.is_signed(&self.caller.key) {
            return Err(Against::Ever("UPS-151", None));
        }
        let person = self.person()?;
        let (staff, filing) = (&self.gate.member.staff, &self.sent.statement.filing);
        may_file(staff.service, staff.job, filing.filer.relation)
            .map_err(|_| Against::Ever("UPS-154", None))?;
        if !self.is_identified(person)? {
            return Err(Against::Ever("UPS-153", None));
        }
        if sound(filing, self.gate.now.date()).is_err() {
            return Err(Against::Ever("UPS-155", None));
        }
        let replaces = self.replaced(person)?;
        self.free(person, replaces)?;
        Ok(Fits { person, replaces })
    }

    /// The person the office means, who must be the filing's.
    fn person(&self) -> Result<i64, Against> {
        let asked = self.gate.asked(&self.sent.person)?;
        let person = match (asked.person, asked.until) {
            (Some(person), Some(until)) if self.gate.now < until => person,
            (Some(_), Some(_)) => return Err(Against::Now("UPS-120")),
            _ => return Err(Against::Now("UPS-121")),
        };
        let insured = &self.sent.statement.filing.insured;
        let same = asked.insurer.as_ref() == Some(&insured.insurer)
            && insured_number(self.gate.db, person)? == insured.number.as_str();
        if same { Ok(person) } else { Err(Against::Ever("UPS-155", None)) }
    }

    /// By a card's check of this person, made by this account in this browser, not used for another filing; or
    /// by papers.
    fn is_identified(&self, person: i64) -> Result<bool, StoreError> {
        let transaction = match &self.sent.statement.identity {
            Identity::Papers { seen, .. } => return Ok(IdPaper::suffice(seen)),
            Identity::Card { transaction } => transaction,
        };
        let after = self.gate.now.plus(-self.check_s).0;
        let holds = self
            .gate
            .db
            .prepare_cached(CHECK)?
            .query_row([transaction], |row| {
                let (account, whose): (i64, i64) = (row.get(0)?, row.get(1)?);
                let (device, at): (String, i64) = (row.get(2)?, row.get(3)?);
                let used: Option<String> = row.get(4)?;
                let same =
                    account == self.gate.member.account && whose == person && device == self.caller.device;
                Ok(same && at > after && used.is_none())
            })
            .optional()?;
        Ok(holds.unwrap_or(false))
    }

    /// The filing it takes the place of: one of this office about this person that is not over.
    fn replaced(&self, person: i64) -> Result<Option<(i64, FilingState)>, Against> {
        let Some(number) = &self.sent.statement.replaces else { return Ok(None) };
        let found = named(self.gate.db, number, self.caller.office.as_str(), person)?;
        match found {
            Some((id, state @ (FilingState::Received | FilingState::Returned | FilingState::Accepted))) => {
                Ok(Some((id, state)))
            }
            _ => Err(Against::Ever("UPS-159", None)),
        }
    }

    /// No other one is undecided. Its number is told to the office whose it is.
    fn free(&self, person: i64, replaces: Option<(i64, FilingState)>) -> Result<(), Against> {
        let Some(open) = open(self.gate.db, person)? else { return Ok(()) };
        if replaces.is_some_and(|(replaced, _)| replaced == open.id) {
            return Ok(());
        }
        let own = open.office == self.caller.office.as_str();
        Err(Against::Ever("UPS-152", own.then_some(open.number)))
    }
}

/// An undecided filing.
pub(super) struct Open {
    pub(super) id: i64,
    pub(super) number: FilingNumber,
    office: String,
}

/// The undecided filing of a person.
pub(super) fn open(db: &Connection, person: i64) -> Result<Option<Open>, StoreError> {
    let found = db
        .prepare_cached(OPEN)?
        .query_row([person], |row| {
            Ok(Open { id: row.get(0)?, number: FilingNumber(row.get(1)?), office: row.get(2)? })
        })
        .optional()?;
    Ok(found)
}

fn named(
    db: &Connection,
    number: &FilingNumber,
    office: &str,
    person: i64,
) -> Result<Option<(i64, FilingState)>, StoreError> {
    let found = db
        .prepare_cached(NAMED)?
        .query_row(params![number.0, office, person], |row| {
            Ok((row.get(0)?, FilingState::from_code(&row.get::<_, String>(1)?)))
        })
        .optional()?;
    Ok(found)
}

fn insured_number(db: &Connection, person: i64) -> Result<String, StoreError> {
    let mut select = db.prepare_cached("SELECT insured FROM person WHERE id = ?1")?;
    Ok(select.query_row([person], |row| row.get(0))?)
}
