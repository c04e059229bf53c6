//! What a clerk has typed and not entered yet.

use domain::certification::Step;
use domain::certification::record::RecordFile;
use domain::upstream::{BulkMode, BulkResponse};

/// A field of the clerk's sheet, in the order of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryField {
    /// 調査依頼日
    SurveyRequest,
    /// 調査日
    Survey,
    /// 意見書依頼日
    OpinionRequest,
    /// 意見書受領日
    Opinion,
    /// 一次判定日
    FirstJudgement,
    /// 審査会日
    Committee,
    /// 結果: which; a code of `certification::record`.
    Outcome,
    /// 認定年月日, 決定日, 取下げ日
    OutcomeOn,
    /// 要介護状態区分; its code.
    Level,
    /// 有効期間の始まり
    ValidFrom,
    /// 有効期間の月数
    Months,
    /// 有効期間の終わり
    ValidTo,
    /// 却下の理由
    OutcomeReason,
    /// 結果通知日
    Notice,
    /// 延期通知日
    PostponedOn,
    /// 処理見込
    PostponedUntil,
    /// 延期の理由
    PostponedReason,
    /// 申請日
    Applied,
    /// 申請区分; its code.
    Kind,
}

/// All of them.
const FIELDS: usize = EntryField::Kind as usize + 1;

/// What was typed for one case.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EntryDraft {
    texts: [String; FIELDS],
    /// What stands for these was wrong, and nothing takes its place.
    pub cleared: Vec<Step>,
    /// What should be looked at was looked at.
    pub looked: bool,
}

impl EntryDraft {
    /// What stands in a field.
    pub fn get(&self, field: EntryField) -> &str {
        self.texts.get(field as usize).map_or("", String::as_str)
    }

    /// The same with another text in a field. What was looked at before has to be looked at anew.
    #[must_use]
    pub fn typed(mut self, field: EntryField, text: impl Into<String>) -> Self {
        if let Some(old) = self.texts.get_mut(field as usize) {
            *old = text.into();
        }
        self.looked = false;
        self
    }

    /// The same with a fact of a step taken back, or not.
    #[must_use]
    pub fn clearing(mut self, step: Step, clear: bool) -> Self {
        self.cleared.retain(|one| *one != step);
        if clear {
            self.cleared.push(step);
        }
        self.looked = false;
        self
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.cleared.is_empty() && self.texts.iter().all(|text| text.trim().is_empty())
    }
}

/// Many lines, looked at before they are entered.
#[derive(Debug, Clone, PartialEq)]
pub struct BulkDraft {
    /// Name of the file.
    pub name: String,
    /// As it was read here.
    pub file: RecordFile,
    /// What happens when a line is refused.
    pub mode: BulkMode,
    /// What the upstream says of it.
    pub answer: Option<BulkAnswer>,
}

/// What the upstream said of the lines.
#[derive(Debug, Clone, PartialEq)]
pub struct BulkAnswer {
    /// Whether it was only asked what would happen.
    pub preview: bool,
    /// Its answer.
    pub response: BulkResponse,
}
