//! One line of a municipality's file.

use super::Fact;
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
