//! 居宅サービス計画作成依頼(変更)届出書: the four forms, what they say, and sending each exactly once.

mod answers;
pub mod choose;
pub mod compare;
pub mod definition;
#[cfg(test)]
mod document;
pub mod due;
mod field;
pub mod file;
pub mod identity;
pub mod outbox;
pub mod paper;
mod record;
#[cfg(test)]
pub(crate) mod sample;
pub mod typed;
pub mod wizard;

pub use answers::{Answer, Answers, Origin};
pub use definition::{Defined, Definition, definition, definition_named};
pub use field::{Field, Shape};
pub use record::{
    Category, Confirmation, Confirmer, FiledOffice, FiledPerson, Filer, FilerRelation, Filing, FilingKey,
    FilingNumber, FormKind, IdPaper, Identity, Reason, SameMonth, Statement, StatementKind,
};
