//! 主治医意見書, in its five sections.
//!
//! Source of the table: the text of the 厚生労働省 標準様式 (令和), read by section; the codes of the choices are
//! this house's names, because no official list was found and other systems number them differently. Two
//! headings changed with the years; the older print is kept as [`Edition`].

use super::{Entry, Line, Table, lines};
use crate::code::coded;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// Which text the table was read from.
pub const SOURCE: &str = "主治医意見書 標準様式(令和)";

static FIELDS: LazyLock<Table> =
    LazyLock::new(|| Table::read(SOURCE, include_str!("opinion/fields.csv"), false));

/// Head (0) and sections 1–5.
pub fn fields() -> &'static Table {
    &FIELDS
}

/// The sections, in order.
pub const SECTIONS: [(u8, &str); 6] = [
    (0, "基本情報"),
    (1, "1. 傷病に関する意見"),
    (2, "2. 特別な医療(過去14日間以内に受けた医療)"),
    (3, "3. 心身の状態に関する意見"),
    (4, "4. 生活機能とサービスに関する意見"),
    (5, "5. 特記すべき事項"),
];

coded! {
    /// The doctor's own consent — 主治医として、本意見書が介護サービス計画作成等に利用されることに.
    DoctorConsent {
        Agreed = "agreed" "同意する";
        Refused = "refused" "同意しない";
    }
}

coded! {
    /// Which print of the form: two headings differ.
    Edition {
        Current = "current" "令和の様式";
        Older = "older" "以前の様式";
    }
}

impl Edition {
    /// To what the doctor agrees, as printed. Both are the same consent.
    pub fn purpose(self) -> &'static str {
        match self {
            Self::Older => "介護サービス計画作成に利用されること",
            _ => "介護サービス計画作成等に利用されること",
        }
    }

    /// A field's label, as printed.
    pub fn label(self, field: &super::Field) -> &'static str {
        match (self, field.number) {
            (Self::Older, "3-3") => "認知症の周辺症状",
            _ => field.label,
        }
    }
}

/// A 主治医意見書 as data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opinion {
    /// Which print of the form.
    pub edition: Edition,
    /// The doctor's own consent; without one there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<DoctorConsent>,
    /// What was filled in.
    pub entries: Vec<Entry>,
}

impl Opinion {
    /// Whether it may be used for care planning: only when the doctor agreed. No answer is no consent.
    pub fn may_be_used(&self) -> bool {
        self.consent == Some(DoctorConsent::Agreed)
    }

    /// Field by field.
    pub fn lines(&self) -> Vec<Line<'_>> {
        lines(fields(), &self.entries)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Kind, sample};
    use proptest::prelude::*;

    #[test]
    fn the_sections_hold_what_the_form_prints() {
        let many =
            SECTIONS.map(|(section, _)| fields().fields().iter().filter(|it| it.section == section).count());
        assert_eq!(many, [17, 9, 3, 21, 12, 1]);
        let choices = |number: &str| fields().field(number).unwrap().choices().count();
        for (number, expected) in [
            ("0-3-which", 13),
            ("2-1", 9),
            ("2-2", 2),
            ("2-3", 1),
            ("3-1-body", 9),
            ("3-1-dementia", 8),
            ("3-3-which", 12),
            ("3-5-paralysis", 5),
            ("4-3", 14),
            ("4-5", 13),
            ("4-6", 7),
        ] {
            assert_eq!(choices(number), expected, "{number}");
        }
        let text = |it: &&super::super::Field| it.kind == Kind::Text && it.section > 0;
        assert_eq!(fields().fields().iter().filter(text).count(), 10);
    }

    #[test]
    fn only_the_doctors_yes_is_a_consent() {
        let opinion = |consent| Opinion { edition: Edition::Current, consent, entries: Vec::new() };
        assert!(opinion(Some(DoctorConsent::Agreed)).may_be_used());
        for consent in [None, Some(DoctorConsent::Refused), Some(DoctorConsent::from_code("yes"))] {
            assert!(!opinion(consent).may_be_used(), "{consent:?}");
        }
        let unsaid: Opinion = serde_json::from_str(r#"{"edition":"current","entries":[]}"#).unwrap();
        assert!(!unsaid.may_be_used());
    }

    #[test]
    fn an_older_print_keeps_its_headings() {
        let field = fields().field("3-3").unwrap();
        assert_eq!(Edition::Current.label(field), "認知症の行動・心理症状（BPSD）");
        assert_eq!(Edition::Older.label(field), "認知症の周辺症状");
        assert_ne!(Edition::Older.purpose(), Edition::Current.purpose());
    }

    proptest! {
        #[test]
        fn what_is_written_comes_back(opinion in sample::opinion()) {
            let json = serde_json::to_string(&opinion).unwrap();
            prop_assert_eq!(serde_json::from_str::<Opinion>(&json).unwrap(), opinion);
        }

        #[test]
        fn every_field_is_reached(entries in sample::full(fields())) {
            let opinion = Opinion { edition: Edition::Current, consent: None, entries };
            prop_assert!(opinion.lines().iter().all(Line::sound));
        }
    }
}
