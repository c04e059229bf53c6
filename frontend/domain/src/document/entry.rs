//! What was filled in.

use crate::code::coded;
use serde::{Deserialize, Serialize};

coded! {
    /// How far — 程度 of a paralysis, a weakness, a pain.
    Degree {
        Light = "light" "軽";
        Medium = "medium" "中";
        Heavy = "heavy" "重";
    }
}

/// One field that was filled in. `{"item":"1-3","marks":[{"code":"2"}]}`, `{"item":"5","text":"…"}`
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Entry {
    /// Number of the field, as in the paper's table; kept as it came.
    pub item: String,
    /// What was chosen, in the order it came.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Mark>,
    /// What was written; dates as `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

/// One choice that was marked.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Mark {
    /// Code of the choice, as in the field's table; kept as it came.
    pub code: String,
    /// What is written in brackets beside it: a place (部位), how often, what else.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// 程度, where the paper asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub degree: Option<Degree>,
    /// Underlined: 特に必要性の高いもの (意見書 4(5)).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub underlined: bool,
}

impl Entry {
    /// A field with choices.
    pub fn chosen<'a>(item: &str, codes: impl IntoIterator<Item = &'a str>) -> Self {
        let marks = codes.into_iter().map(Mark::plain).collect();
        Self { item: item.to_owned(), marks, text: String::new() }
    }

    /// A field with words.
    pub fn written(item: &str, text: &str) -> Self {
        Self { item: item.to_owned(), marks: Vec::new(), text: text.to_owned() }
    }

    /// The one code that is marked; `None` when there is none or more than one.
    pub fn only(&self) -> Option<&str> {
        match self.marks.as_slice() {
            [mark] => Some(&mark.code),
            _ => None,
        }
    }
}

impl Mark {
    /// A choice and nothing beside it.
    pub fn plain(code: &str) -> Self {
        Self { code: code.to_owned(), ..Self::default() }
    }

    /// A choice with words beside it.
    pub fn noted(code: &str, note: &str) -> Self {
        Self { note: note.to_owned(), ..Self::plain(code) }
    }
}
