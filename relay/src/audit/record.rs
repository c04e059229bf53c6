//! A line that is written whatever becomes of its request.

use super::{Audit, Closed, Entry};
use http::StatusCode;

/// The status of a request whose caller went away before the answer was there (nginx's convention). Whether
/// the upstream has acted on it is not known here.
const GONE: u16 = 499;

/// The line of a request under way. Dropped before its end, it says that the caller went away.
#[derive(Debug)]
pub struct Record<'a> {
    audit: &'a Audit,
    entry: Option<Entry>,
}

impl<'a> Record<'a> {
    pub(super) fn new(audit: &'a Audit, entry: Entry) -> Self {
        Self { audit, entry: Some(entry) }
    }

    /// The answer is there: its status, and its code if it is a refusal.
    pub async fn end(mut self, status: StatusCode, code: Option<u16>) -> Result<(), Closed> {
        match self.close(status.as_u16(), code) {
            Some(entry) => self.audit.record(entry).await,
            None => Ok(()),
        }
    }

    fn close(&mut self, status: u16, code: Option<u16>) -> Option<Entry> {
        let mut entry = self.entry.take()?;
        (entry.status, entry.code, entry.took) = (status, code, entry.visit.began.elapsed());
        // A stranger that got nothing.
        let stranger = entry.visit.device().is_none() && (code.is_some() || status == GONE);
        (!stranger || self.audit.strangers.line()).then_some(entry)
    }
}

impl Drop for Record<'_> {
    fn drop(&mut self) {
        if let Some(entry) = self.close(GONE, None) {
            self.audit.record_later(entry);
        }
    }
}
