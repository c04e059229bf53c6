//! 届出 upstream: what was sent and how it stands, what proves it, taking it back.

use super::App;
use crate::service::problem::Problem;
use domain::filing::FilingNumber;
use domain::upstream::{CancelRequest, Evidence, FilingState, FilingsRequest};
use wasm_bindgen_futures::spawn_local;

/// Filings fetched at once.
const PAGE: u16 = 200;
/// Seconds after which the municipality's answer is looked for again.
const AGAIN: i64 = 60;

impl App {
    /// Fetches the office's filings.
    pub fn load_filings(&self) {
        let (app, Ok(client)) = (self.clone(), self.client()) else { return };
        if self.filings(|filings| filings.list.waiting) {
            return;
        }
        let hands = self.hands();
        self.change(|memory| memory.work.filings.list = memory.work.filings.list.started());
        spawn_local(async move {
            let request = FilingsRequest { size: PAGE, ..FilingsRequest::default() };
            let result = app.heard(client.filings(&request).await);
            app.change_work(hands, |work| {
                work.filings.asked_at = Some(app.now());
                work.filings.list = work.filings.list.ended(result);
            });
            // 受理 was seen, or another decision: nothing of it needs to lie here any more.
            for key in app.filings(|filings| filings.settled()) {
                app.discard_draft(key);
            }
        });
    }

    /// Looks for the municipality's answers now and then, while one is awaited.
    pub(super) fn follow_filings(&self) {
        let now = self.now();
        let due = self.filings(|filings| {
            let listed =
                filings.list.value.as_ref().is_some_and(|list| {
                    list.filings.iter().any(|entry| entry.state == FilingState::Received)
                });
            let awaited = listed || filings.drafts.iter().any(|kept| kept.draft.receipt().is_some());
            awaited && filings.asked_at.is_none_or(|asked| asked.plus(AGAIN) <= now || asked > now)
        });
        if due && self.session().is_some() && crate::service::watch::open() {
            self.load_filings();
        }
    }

    /// All that proves a filing.
    ///
    /// # Errors
    /// What can happen on the way.
    pub async fn filing_evidence(&self, number: &FilingNumber) -> Result<Evidence, Problem> {
        self.heard(self.client()?.filing_evidence(number).await)
    }

    /// The same, and as a file.
    ///
    /// # Errors
    /// What can happen on the way.
    pub async fn filing_evidence_file(
        &self,
        number: &FilingNumber,
    ) -> Result<(Box<Evidence>, String), Problem> {
        let came = self.heard(self.client()?.filing_evidence_file(number).await)?;
        Ok((Box::new(came.0), came.1))
    }

    /// Remembers of which filing the proof is wanted.
    pub fn ask_proof(&self, number: FilingNumber) {
        self.change(|memory| memory.work.filings.proof = Some(number));
    }

    /// 取下げ.
    ///
    /// # Errors
    /// What can happen on the way.
    pub async fn cancel_filing(&self, number: FilingNumber, reason: String) -> Result<(), Problem> {
        self.heard(self.client()?.cancel_filing(&CancelRequest { number, reason }).await)?;
        self.load_filings();
        Ok(())
    }
}
