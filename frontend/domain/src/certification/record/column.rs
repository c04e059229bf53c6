//! The columns: their keys, their headings, their form.

use crate::certification::Step;
use crate::search::normal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A column of CSV, a member of JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// 保険者番号
    InsurerNo,
    /// 被保険者番号
    InsuredNo,
    /// 申請番号
    CaseNo,
    /// 履歴番号
    HistoryNo,
    /// 種別
    Kind,
    /// 年月日
    On,
    /// 申請区分
    Application,
    /// 結果
    Outcome,
    /// 要介護状態区分
    Level,
    /// 有効期間開始
    ValidFrom,
    /// 有効期間終了
    ValidTo,
    /// 処理見込
    Until,
    /// 理由
    Reason,
    /// 取消
    Cleared,
    /// 入力日時
    RecordedAt,
}

/// A line as text: JSON's objects are this, all values text; empty ones may be left out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RecordRow(pub BTreeMap<Column, String>);

/// Key, heading, form.
type Names = (Column, &'static str, &'static str, &'static str);

const NAMES: [Names; 15] = [
    (Column::InsurerNo, "insurer_no", "保険者番号", "6 digits"),
    (Column::InsuredNo, "insured_no", "被保険者番号", "10 digits, leading zeros count; `H` and 9 digits"),
    (Column::CaseNo, "case_no", "申請番号", "1–20 letters, digits, hyphens; the municipality's own"),
    (Column::HistoryNo, "history_no", "履歴番号", "0 or a whole number; empty: the next"),
    (Column::Kind, "kind", "種別", "code or name, below"),
    (Column::On, "on", "年月日", "`2026-11-22`; 令和8年11月22日, R8.11.22 are read too"),
    (Column::Application, "application", "申請区分", "code or name, below"),
    (Column::Outcome, "outcome", "結果", "code or name, below"),
    (Column::Level, "level", "要介護状態区分", "code of ケアプランデータ連携標準仕様, or name"),
    (Column::ValidFrom, "valid_from", "有効期間開始", "a date"),
    (Column::ValidTo, "valid_to", "有効期間終了", "a date"),
    (Column::Until, "until", "処理見込", "a date"),
    (Column::Reason, "reason", "理由", "text, at most 400 characters"),
    (
        Column::Cleared,
        "cleared",
        "取消",
        "`1`: what stands for this kind was wrong, and nothing takes its place",
    ),
    (Column::RecordedAt, "recorded_at", "入力日時", "`2026-11-22T14:05:07+09:00`; empty: now"),
];

impl Column {
    /// In the order of a file.
    pub const ALL: [Self; 15] = {
        let mut all = [Self::InsurerNo; 15];
        let mut at = 0;
        while at < 15 {
            all[at] = NAMES[at].0;
            at += 1;
        }
        all
    };

    fn names(self) -> &'static Names {
        NAMES.iter().find(|(column, ..)| *column == self).unwrap_or(&NAMES[0])
    }

    /// Its key: the heading that is written, the member's name in JSON.
    pub fn key(self) -> &'static str {
        self.names().1
    }

    /// Its Japanese heading, which is read too.
    pub fn name(self) -> &'static str {
        self.names().2
    }

    /// What stands in it.
    pub fn form(self) -> &'static str {
        self.names().3
    }

    /// The column of a heading.
    pub fn read(heading: &str) -> Option<Self> {
        let heading = normal(heading);
        NAMES
            .iter()
            .find(|names| normal(names.1) == heading || normal(names.2) == heading)
            .map(|names| names.0)
    }

    /// Whether a file without it cannot be read.
    pub fn is_needed(self) -> bool {
        matches!(self, Self::InsurerNo | Self::InsuredNo | Self::CaseNo | Self::Kind | Self::On)
    }

    /// Whether lines of a kind may fill it.
    pub fn is_of(self, step: Step) -> bool {
        match self {
            Self::Application => step == Step::Application,
            Self::Outcome | Self::Level | Self::ValidFrom | Self::ValidTo => step == Step::Outcome,
            Self::Until => step == Step::Postponement,
            Self::Reason => matches!(step, Step::Postponement | Step::Outcome),
            _ => true,
        }
    }
}

impl RecordRow {
    /// A field, without white space around it; empty when it is not there.
    pub fn get(&self, column: Column) -> &str {
        self.0.get(&column).map_or("", |text| text.trim())
    }
}
