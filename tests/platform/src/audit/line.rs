//! One line, with the device's signature as evidence.

use crate::http::Caller;
use crate::store::{Json, StoreError, Transaction, params};
use kakehashi_domain::calendar::Time;
use kakehashi_domain::upstream::AuditKind;

/// What was done, by whom, about whom. It is written in the change it tells of, so that neither is without
/// the other.
#[derive(Debug, Clone)]
pub(crate) struct Line<'a> {
    caller: &'a Caller,
    at: Time,
    what: String,
    account: Option<i64>,
    person: Option<i64>,
    refused: Option<String>,
}

impl<'a> Line<'a> {
    /// Of an account; `what` is a code of [`AuditKind`], or a finer name of the sandbox's own.
    pub(crate) fn new(caller: &'a Caller, account: Option<i64>, at: Time, what: &str) -> Self {
        Self { caller, at, what: what.to_owned(), account, person: None, refused: None }
    }

    /// About somebody; about nobody when there is no such person.
    pub(crate) fn about(self, person: Option<i64>) -> Self {
        Self { person, ..self }
    }

    /// It was refused, with this code.
    pub(crate) fn refused(self, code: &str) -> Self {
        Self { refused: Some(code.to_owned()), ..self }
    }

    /// Writes it.
    pub(crate) fn write(&self, db: &Transaction<'_>) -> Result<(), StoreError> {
        self.write_list(db, &[])
    }

    /// Writes it, with the people a list showed.
    pub(crate) fn write_list(&self, db: &Transaction<'_>, people: &[i64]) -> Result<(), StoreError> {
        let written = params![
            self.at.0,
            self.what,
            self.caller.office.as_str(),
            self.account,
            self.person,
            self.caller.device,
            Json(&self.caller.evidence),
            kind(&self.what).map(|kind| kind.code().to_owned()),
            self.refused,
        ];
        let line: i64 = db.prepare_cached(INSERT)?.query_row(written, |row| row.get(0))?;
        let mut insert = db.prepare_cached("INSERT INTO audit_person (audit, person) VALUES (?1, ?2)")?;
        for person in people {
            insert.execute(params![line, person])?;
        }
        Ok(())
    }
}

const INSERT: &str = "INSERT INTO audit (at, what, office, account, person, device, evidence, kind, refused)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) RETURNING id";

/// What it is called on the wire; nothing for what the record of viewings does not show.
fn kind(what: &str) -> Option<AuditKind> {
    match what {
        "found_by_numbers" | "found_for_list" | "search_missed" => Some(AuditKind::Search),
        "found_by_card" | "card_unbound" => Some(AuditKind::Card),
        "history" => Some(AuditKind::Qualification),
        "clients_listed" => Some(AuditKind::Clients),
        other => Some(AuditKind::from_code(other)).filter(|kind| kind.unknown().is_none()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_has_one_on_the_wire_or_none() {
        for known in AuditKind::ALL {
            assert_eq!(kind(known.code()), Some(*known));
        }
        assert_eq!(kind("history"), Some(AuditKind::Qualification));
        assert_eq!(kind("client_added"), None);
    }
}
