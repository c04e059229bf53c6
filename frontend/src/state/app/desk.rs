//! 受付: what the municipality's pages read and do.

mod filing;

use super::App;
use crate::service::problem::Problem;
use crate::state::{BulkDraft, CaseKey, EntryDraft, Load, PageEnd, QueueWish};
use domain::certification::{Case, CaseId, Fact};
use domain::upstream::{
    BulkRequest, BulkResponse, CaseEvents, EnterRequest, EnterResponse, QueueEntry, QueueFilter,
    QueueRequest, QueueResponse,
};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// Cases a page of the queue.
pub const QUEUE_PAGE: u16 = 50;
/// Cases fetched at a time for a file.
const MANY: u16 = 200;
/// More are not put into one file.
const MOST: usize = 20_000;

impl App {
    /// What is wished of the queue.
    pub fn queue_wish(&self) -> QueueWish {
        self.read(|memory| memory.work.desk.wish.clone())
    }

    /// Keeps it.
    pub fn set_queue_wish(&self, wish: QueueWish) {
        self.change(|memory| memory.work.desk.wish = wish);
    }

    /// The page of the queue that was asked for last, as far as fetched.
    pub fn queue(&self) -> Load<QueueResponse> {
        self.read(|memory| memory.work.desk.queue.clone())
    }

    /// What was asked for last, and the ends of the pages before.
    pub fn queue_asked(&self) -> (QueueFilter, Vec<PageEnd>) {
        self.read(|memory| (memory.work.desk.asked.clone(), memory.work.desk.marks.clone()))
    }

    /// Fetches a page of the queue.
    pub fn load_queue(&self, filter: QueueFilter, marks: Vec<PageEnd>) {
        let (app, Ok(client)) = (self.clone(), self.client()) else { return };
        let hands = self.hands();
        let request = QueueRequest {
            filter: filter.clone(),
            after: marks.last().map(|end| end.mark.clone()),
            size: QUEUE_PAGE,
        };
        let turn = self.change(|memory| memory.work.desk.ask(filter, marks));
        spawn_local(async move {
            let result = app.heard(client.queue(&request).await);
            app.change_work(hands, |work| {
                for entry in result.iter().flat_map(|page| &page.cases) {
                    work.desk.take(entry);
                }
                if let Some(load) = work.desk.answered(turn) {
                    *load = load.ended(result);
                }
            });
        });
    }

    /// All cases that a filter finds, for a file.
    ///
    /// # Errors
    /// What can happen on the way; `APP-004` when pages do not come to an end.
    pub async fn whole_queue(&self, filter: QueueFilter) -> Result<Vec<QueueEntry>, Problem> {
        let client = self.client()?;
        let mut request = QueueRequest { filter, after: None, size: MANY };
        let mut all = Vec::new();
        loop {
            let page = self.heard(client.queue(&request).await)?;
            let none = page.cases.is_empty();
            all.extend(page.cases);
            match page.next {
                None => return Ok(all),
                Some(_) if none || all.len() > MOST => return Err(Problem::new("APP-004")),
                next => request.after = next,
            }
        }
    }

    /// A case met in this session; `None` after the page was loaded anew.
    pub fn desk_case(&self, key: CaseKey) -> Option<Rc<QueueEntry>> {
        self.read(|memory| memory.work.desk.get(key))
    }

    /// The key of a case, for an address.
    pub fn case_key(&self, id: &CaseId) -> Option<CaseKey> {
        self.read(|memory| memory.work.desk.key_of(id))
    }

    /// What was typed for a case.
    pub fn entry_draft(&self, key: CaseKey) -> EntryDraft {
        self.read(|memory| memory.work.desk.draft(key))
    }

    /// Keeps it.
    pub fn set_entry_draft(&self, key: CaseKey, draft: EntryDraft) {
        self.change(|memory| memory.work.desk.set_draft(key, draft));
    }

    /// Everything that was entered for a case, and by whom.
    ///
    /// # Errors
    /// `UPS-143` for a case that is none of the municipality's, and what can happen on the way.
    pub async fn desk_history(&self, key: CaseKey) -> Result<CaseEvents, Problem> {
        let entry = self.desk_case(key).ok_or_else(|| Problem::new("UPS-143"))?;
        let told = self.heard(self.client()?.case_events(&entry.person.handle).await)?;
        let theirs = told.cases.into_iter().find(|one| one.case == entry.case.id);
        theirs.ok_or_else(|| Problem::new("UPS-143"))
    }

    /// Enters facts on the version that is on the screen. What was typed is let go once they are entered.
    ///
    /// # Errors
    /// `UPS-143`, and what can happen on the way.
    pub async fn enter(&self, key: CaseKey, facts: Vec<Fact>) -> Result<EnterResponse, Problem> {
        let entry = self.desk_case(key).ok_or_else(|| Problem::new("UPS-143"))?;
        let hands = self.hands();
        let request = EnterRequest { case: entry.case.id.clone(), version: entry.case.version, facts };
        let answer = self.heard(self.client()?.enter(&request).await)?;
        if let EnterResponse::Saved(entry) = &answer {
            self.change_work(hands, |work| {
                work.desk.take(entry);
                work.desk.set_draft(key, EntryDraft::default());
            });
        }
        Ok(answer)
    }

    /// Takes over what somebody else entered.
    pub fn take_over(&self, key: CaseKey, case: Case, by: String) {
        self.change(|memory| memory.work.desk.changed(key, case, by));
    }

    /// Many lines from a file.
    pub fn bulk_draft(&self) -> Option<BulkDraft> {
        self.read(|memory| memory.work.desk.bulk.clone())
    }

    /// Keeps them.
    pub fn set_bulk_draft(&self, draft: Option<BulkDraft>) {
        self.change(|memory| memory.work.desk.bulk = draft);
    }

    /// Enters many lines, or asks what would happen.
    ///
    /// # Errors
    /// What can happen on the way.
    pub async fn enter_many(&self, request: &BulkRequest) -> Result<BulkResponse, Problem> {
        self.heard(self.client()?.bulk(request).await)
    }
}
