//! What was typed and not yet sent. It lies above the pages, so that it outlives a lock and a session's end.

use domain::upstream::{ConsentGiver, ConsentMethod, Sex};

/// 伊勢崎市, where this is first used; every office may change it in the form.
const USUAL_INSURER: &str = "102046";

/// The form for looking a person up by numbers, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumbersDraft {
    /// 保険者番号.
    pub insurer: String,
    /// 被保険者番号.
    pub insured: String,
    /// 生年月日, in any form.
    pub birth_date: String,
    /// 性別.
    pub sex: Option<Sex>,
    /// Who consented.
    pub giver: Option<ConsentGiver>,
    /// How.
    pub method: Option<ConsentMethod>,
    /// The insurer number whose differing check digit was seen and accepted.
    pub accepted: Option<String>,
}

impl Default for NumbersDraft {
    fn default() -> Self {
        Self {
            insurer: USUAL_INSURER.to_owned(),
            insured: String::new(),
            birth_date: String::new(),
            sex: None,
            giver: None,
            method: None,
            accepted: None,
        }
    }
}
