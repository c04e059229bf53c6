//! A municipality's records as files: one fact a line, the same columns in CSV and in JSON. docs/records.md.
//!
//! The item layouts of the official interface (『介護情報基盤との連携におけるインタフェース仕様書』) are not public. This is a
//! neutral schema of our own, with its keys: 保険者番号, 被保険者番号, 申請番号, 履歴番号 and the kind of fact.

mod column;
#[cfg(test)]
mod document;
mod field;
mod read;
mod write;

pub use column::{Column, RecordRow};
pub use read::{RecordFile, RecordFileError, RecordFinding, RecordLine, RecordProblem, read_csv, read_rows};
pub use write::{row, template_csv, write_csv};

use super::{Event, Fact};
use crate::calendar::Time;
use crate::number::{InsuredNumber, InsurerNumber};
use serde::{Deserialize, Serialize};

/// One fact with its keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// 保険者番号.
    pub insurer: InsurerNumber,
    /// 被保険者番号.
    pub insured: InsuredNumber,
    /// 申請番号: the municipality's own number of the application.
    pub case_no: String,
    /// 履歴番号: of two for one step the higher holds; none means the next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub history_no: Option<u32>,
    /// When it was entered; none means now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Time>,
    /// What.
    pub fact: Fact,
}

impl Record {
    /// The record of an event.
    pub fn of(insurer: InsurerNumber, insured: InsuredNumber, case_no: String, event: &Event) -> Self {
        let (history_no, at) = (Some(event.version), Some(event.at));
        Self { insurer, insured, case_no, history_no, at, fact: event.fact.clone() }
    }
}

#[cfg(test)]
mod tests;
