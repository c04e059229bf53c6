//! Confirming a draft: the statement is made and signed once, and kept before anything is sent.

use super::App;
use crate::service::device;
use crate::service::problem::Problem;
use crate::service::vault::OTHER_TAB;
use crate::state::filings::{Draft, DraftKey, Kept, Saved, Sent};
use domain::filing::outbox::Outbox;
use domain::filing::{Confirmation, Filing, FilingKey, Identity, Statement, StatementKind};
use std::rc::Rc;

impl App {
    /// Confirms a draft with what the person has agreed to, and begins to send it.
    ///
    /// # Errors
    /// `APP-012` and after; then nothing is confirmed.
    pub async fn confirm_filing(
        &self,
        key: DraftKey,
        filing: Filing,
        identity: Identity,
        confirmation: Confirmation,
    ) -> Result<(), Problem> {
        let staff = self.session().ok_or_else(|| Problem::new("APP-016"))?;
        let client = self.client()?;
        let statement = Statement {
            kind: StatementKind::V1,
            key: FilingKey(device::random::<16>()?),
            filing,
            identity,
            confirmation,
            replaces: self.draft(key).and_then(|kept| kept.draft.replaces.clone()),
            staff: staff.user_id.clone(),
            office: staff.office.clone(),
            device: client.thumbprint(),
            made_at: self.now(),
        };
        let text = serde_json::to_string(&statement).map_err(|_| Problem::new("APP-099"))?;
        let signature = client.sign_text(&text).await?;
        self.confirm_draft(key, statement.key, text, signature).await?;
        self.send_filings();
        Ok(())
    }

    /// Confirms a draft: from now on its key and its statement never change. It is confirmed when it is on the
    /// device; where the device keeps nothing at all, in memory.
    ///
    /// # Errors
    /// `APP-012` and after; then nothing is confirmed.
    async fn confirm_draft(
        &self,
        key: DraftKey,
        filing_key: FilingKey,
        statement: String,
        signature: String,
    ) -> Result<(), Problem> {
        let _writing = self.shared.writing.lock().await;
        let gone = || Problem::new(OTHER_TAB);
        let before = self.draft(key).filter(|kept| kept.draft.is_open()).ok_or_else(gone)?;
        let outbox = Outbox::confirmed(filing_key, self.now());
        let sent = Sent { statement, signature, outbox, outcome: None };
        let draft = Rc::new(Draft { sent: Some(sent), ..(*before.draft).clone() });
        let after = Kept { draft: Rc::clone(&draft), saved: Saved::Soon, ..before.clone() };
        let put = |kept: Kept| self.change(|memory| memory.work.filings.put(kept));
        put(after.clone());
        if self.write_draft(&after).await {
            return Ok(());
        }
        let now = self.draft(key).ok_or_else(gone)?;
        match now.saved {
            // Nothing of it lies on the device: there is no older text that somebody could confirm again.
            Saved::Not(_) if now.version == 0 => Ok(()),
            Saved::Not(problem) => {
                put(Kept { saved: Saved::Not(problem.clone()), ..before });
                Err(problem)
            }
            _ => Err(gone()),
        }
    }
}
