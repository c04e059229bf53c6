//! A filing that is received: what stands, what proves it, the receipt.

use super::keep::{self, New, Step};
use super::seal::{Received, Seal};
use crate::store::{Connection, Json, StoreError, params};
use kakehashi_domain::calendar::Time;
use kakehashi_domain::filing::{FilingNumber, Identity, Statement};
use kakehashi_domain::upstream::{FilingState, FilingWay, Receipt};

/// A statement that nothing is against.
pub(crate) struct Arrival<'a> {
    /// 受付番号, new.
    pub(crate) number: FilingNumber,
    pub(crate) statement: &'a Statement,
    /// Byte by byte.
    pub(crate) text: &'a str,
    /// Of the text.
    pub(crate) sha256: &'a str,
    pub(crate) signature: &'a str,
    /// PEM.
    pub(crate) public_key: &'a str,
    pub(crate) person: i64,
    pub(crate) account: i64,
    /// The filing it takes the place of, and where that stands.
    pub(crate) replaces: Option<(i64, FilingState)>,
    pub(crate) at: Time,
}

impl Arrival<'_> {
    /// Writes it with all that proves it.
    pub(crate) fn receive(&self, db: &Connection, seal: &Seal) -> Result<Receipt, StoreError> {
        let Statement { key, filing, identity, office, .. } = self.statement;
        // The one it replaces makes way first: a person has one undecided filing.
        let replaced = self.replaces.filter(|(_, state)| *state != FilingState::Accepted);
        if let Some((old, _)) = replaced {
            keep::step(db, old, &Step::plain(FilingState::Superseded, self.at, self.account))?;
        }
        let id = keep::begin(
            db,
            &New {
                number: &self.number,
                sender: office,
                key,
                account: self.account,
                office,
                person: self.person,
                way: FilingWay::Online,
                at: self.at,
                on: self.at.date(),
                filing,
                identity: Some(identity),
                replaces: self.replaces.map(|(old, _)| old),
            },
        )?;
        if let Some((old, _)) = replaced {
            keep::replaced_by(db, old, id)?;
        }
        let to: String = db
            .prepare_cached("SELECT name FROM insurer WHERE number = ?1")?
            .query_row([filing.insured.insurer.as_str()], |row| row.get(0))?;
        let (number, sha256) = (&self.number, self.sha256);
        let receipt = seal.receipt(&Received { number, key, at: self.at, sha256, to: &to })?;
        self.prove(db, id, &receipt)?;
        Ok(receipt)
    }

    fn prove(&self, db: &Connection, id: i64, receipt: &Receipt) -> Result<(), StoreError> {
        let check = match &self.statement.identity {
            Identity::Card { transaction } => Some(transaction.as_str()),
            Identity::Papers { .. } => None,
        };
        db.prepare_cached(
            "INSERT INTO filing_proof (filing, statement, signature, public_key, card_check, receipt)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![id, self.text, self.signature, self.public_key, check, Json(receipt)])?;
        if let Some(check) = check {
            db.prepare_cached("UPDATE card_check SET used_by = ?2 WHERE transaction_id = ?1")?
                .execute(params![check, receipt.number.0])?;
        }
        Ok(())
    }
}
