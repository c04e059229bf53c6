//! Filings that are there from the start, written as if each had come and been decided on in its time.

use super::desk::decide::Hand;
use super::keep::{self, New, Step};
use super::keys::{self, Decided};
use super::read::{self, Kept};
use super::receive::Arrival;
use super::seal::Seal;
use super::statement::device_key_pem;
use crate::secret::hex;
use crate::store::{Connection, StoreError};
use base64ct::{Base64UrlUnpadded, Encoding};
use kakehashi_domain::calendar::Time;
use kakehashi_domain::filing::{Filing, FilingKey, FilingNumber, Statement};
use kakehashi_domain::number::OfficeNumber;
use kakehashi_domain::upstream::{Decision, FilingState, FilingWay, KeyOutcome};
use kakehashi_signing::DeviceKey;
use sha2::{Digest, Sha256};

/// Who writes them.
pub(crate) struct Plant<'a> {
    pub(crate) db: &'a Connection,
    pub(crate) seal: &'a Seal,
    /// The insurer, in words.
    pub(crate) source: &'a str,
    /// Accounts: of whoever files, and of the clerk.
    pub(crate) staff: i64,
    pub(crate) clerk: i64,
}

/// Which one, about whom, when.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) number: FilingNumber,
    pub(crate) person: i64,
    pub(crate) at: Time,
}

impl Plant<'_> {
    /// One that was sent.
    pub(crate) fn online(
        &self,
        device: &DeviceKey,
        statement: &Statement,
        place: &Place,
    ) -> Result<(), StoreError> {
        let text = serde_json::to_string(statement).map_err(StoreError::other)?;
        let unsigned = |_| StoreError::other("the device's key cannot sign");
        let signature = Base64UrlUnpadded::encode_string(&device.sign(text.as_bytes()).map_err(unsigned)?);
        let public_key = device_key_pem(&device.jwk().map_err(unsigned)?).map_err(StoreError::other)?;
        let sha256 = hex(&Sha256::digest(&text));
        let replaces = statement.replaces.as_ref().map(|number| self.kept(number, statement)).transpose()?;
        let arrival = Arrival {
            number: place.number.clone(),
            statement,
            text: &text,
            sha256: &sha256,
            signature: &signature,
            public_key: &public_key,
            person: place.person,
            account: self.staff,
            replaces: replaces.map(|kept| (kept.id, kept.state)),
            at: place.at,
        };
        let receipt = arrival.receive(self.db, self.seal)?;
        let outcome = KeyOutcome::Received(Box::new(receipt));
        let decided = Decided { sha256: Some(sha256), outcome };
        keys::decide(self.db, &statement.office, &statement.key, &decided)
    }

    /// One on paper.
    pub(crate) fn paper(
        &self,
        (sender, key, way): (&OfficeNumber, &FilingKey, FilingWay),
        filing: &Filing,
        place: &Place,
    ) -> Result<(), StoreError> {
        keep::begin(
            self.db,
            &New {
                number: &place.number,
                sender,
                key,
                account: self.clerk,
                office: &filing.office.number,
                person: place.person,
                way,
                at: place.at,
                on: place.at.date(),
                filing,
                identity: None,
                replaces: None,
            },
        )
        .map(drop)
    }

    /// 受理, 差戻し.
    pub(crate) fn decide(
        &self,
        filing: &Filing,
        place: &Place,
        decision: &Decision,
    ) -> Result<(), StoreError> {
        let (db, seal, source) = (self.db, self.seal, self.source);
        let hand = Hand { db, seal, source, account: self.clerk, now: place.at };
        hand.decide(&self.find(&place.number, filing)?, decision)
    }

    /// 取下げ.
    pub(crate) fn cancel(&self, filing: &Filing, place: &Place, reason: &str) -> Result<(), StoreError> {
        let plain = Step::plain(FilingState::Cancelled, place.at, self.staff);
        let kept = self.find(&place.number, filing)?;
        keep::step(self.db, kept.id, &Step { reason: Some(reason), ..plain })
    }

    fn kept(&self, number: &FilingNumber, statement: &Statement) -> Result<Kept, StoreError> {
        self.find(number, &statement.filing)
    }

    fn find(&self, number: &FilingNumber, filing: &Filing) -> Result<Kept, StoreError> {
        let found = read::find(self.db, &read::of_insurer(), number, filing.insured.insurer.as_str())?;
        found.ok_or_else(|| StoreError::other("there is no such filing"))
    }
}
