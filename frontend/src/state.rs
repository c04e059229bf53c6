//! What the app knows while it runs, and the one handle through which pages read and change it.
//!
//! [`Memory`] is plain data with its rules, tested natively. [`App`] owns it, calls the services, and tells
//! Yew when something changed. Tokens and keys are not in here: they stay inside the services.

mod app;
mod board;
mod connection;
mod consent;
pub mod desk;
mod draft;
pub mod filings;
mod hooks;
mod import;
mod load;
mod memory;
mod people;
mod wish;

pub use app::{App, Original, QUEUE_PAGE};
pub use board::{Board, BoardWish, Seen};
pub use connection::{Connection, Reach};
pub use consent::{ConsentDraft, ConsentErrors, ConsentField};
pub use desk::{
    BulkAnswer, BulkDraft, CaseKey, Desk, EntryDraft, EntryField, FiledKey, InboxWish, PageEnd, PaperDraft,
    QueueWish,
};
pub use draft::NumbersDraft;
pub use filings::{Draft, DraftKey, Filings, Kept, Opening, Saved, Sent};
pub use hooks::{Loaded, use_app, use_clients, use_history, use_page, use_qualification, use_seen};
pub use import::{DraftLine, ImportDraft, LineState};
pub use load::Load;
pub use memory::{Memory, Phase, Work};
pub use people::{People, PersonKey};
pub use wish::{Filter, Sort, Wish};
