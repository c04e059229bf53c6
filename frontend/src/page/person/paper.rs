//! A sheet as data: what stands on it, in the order of the paper. How it looks is [`super::view`]'s.

use super::doubt;
use crate::component::Tone;
use crate::text::{format, none_issued, not_migrated, person as words, unavailable, unreadable};
use domain::calendar::{Date, GivenDate, Time};
use domain::qualification::{Content, Period, Sheet, Standing};
use domain::upstream::Person;
use yew::AttrValue;

/// One sheet.
#[derive(Debug, PartialEq)]
pub(super) struct Paper {
    pub(super) kind: Kind,
    /// When the source held it, where that was told.
    pub(super) as_of: Option<Time>,
    /// Whether it is from an earlier look, because the last one could not fetch it.
    pub(super) kept: bool,
    /// Who said it.
    pub(super) source: AttrValue,
    /// What it means today, or why there is none.
    pub(super) today: Today,
    /// What is worth a second look.
    pub(super) doubts: Vec<String>,
    /// The fields.
    pub(super) blocks: Vec<Block>,
    /// Whether something on it changed since it was last seen.
    pub(super) changed: bool,
}

/// What a sheet is called.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Kind {
    pub(super) id: &'static str,
    /// The official term.
    pub(super) title: &'static str,
    /// The same in plain words.
    pub(super) plain: &'static str,
}

/// What a sheet means today.
#[derive(Debug, PartialEq)]
pub(super) enum Today {
    Meaning(Vec<Piece>),
    /// There is none, and why.
    Absent {
        tone: Tone,
        label: &'static str,
        what: String,
        why: String,
    },
}

/// A part of a sheet.
#[derive(Debug, PartialEq)]
pub(super) enum Block {
    /// Ruled fields; one of several side by side when it has a title.
    Fields(&'static str, Vec<Field>),
    /// A ceiling with what was counted against it.
    Account(Account),
    /// A sentence.
    Note(&'static str),
}

/// A field as printed on the paper: its name, and one or more lines.
#[derive(Debug, PartialEq)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) lines: Vec<Vec<Piece>>,
    /// Whether it changed since it was last seen.
    pub(super) changed: bool,
}

/// What a line is made of.
#[derive(Debug, PartialEq)]
pub(super) enum Piece {
    Text(AttrValue),
    Strong(AttrValue),
    /// `なし`, `記載なし`.
    Quiet(&'static str),
    Note(&'static str),
    Number(AttrValue),
    Date(Date),
    Period(Period),
    Label(Option<Tone>, AttrValue),
    /// A name on the left, yen on the right.
    Amount(&'static str, u32),
    Break,
}

/// A ceiling, what was counted, and of what it is the sum.
#[derive(Debug, PartialEq)]
pub(super) struct Account {
    pub(super) title: String,
    pub(super) used_yen: u32,
    pub(super) left_yen: u32,
    pub(super) limit_yen: u32,
    pub(super) note: Option<String>,
    pub(super) columns: [&'static str; 3],
    pub(super) rows: Vec<(Date, AttrValue, u32)>,
    /// Said when there are no rows.
    pub(super) empty: &'static str,
}

/// A sheet with its content, or with the reason why there is none.
pub(super) fn paper<T>(
    kind: Kind,
    person: &Person,
    sheet: &Sheet<T>,
    inside: impl FnOnce(&T) -> (Vec<Piece>, Vec<String>, Vec<Block>),
) -> Paper {
    let (today, mut doubts, blocks) = match &sheet.content {
        Content::Present(value) => {
            let (meaning, doubts, blocks) = inside(value);
            (Today::Meaning(meaning), doubts, blocks)
        }
        Content::NoneIssued => {
            let (what, why) = none_issued(kind.title);
            let absent =
                Today::Absent { tone: Tone::Info, label: words().absent_none, what, why: why.to_owned() };
            (absent, Vec::new(), Vec::new())
        }
        Content::Unavailable => {
            let (what, why) = unavailable(kind.title);
            let absent = Today::Absent {
                tone: Tone::Warning,
                label: words().absent_failed,
                what,
                why: why.to_owned(),
            };
            (absent, Vec::new(), Vec::new())
        }
        Content::Unreadable(raw) => {
            let (what, why) = unreadable(kind.title, raw);
            let label = words().absent_unreadable;
            (Today::Absent { tone: Tone::Warning, label, what, why }, Vec::new(), Vec::new())
        }
        Content::NotMigrated => {
            let (what, why) = not_migrated(kind.title, &person.insurer_name);
            (
                Today::Absent { tone: Tone::Warning, label: words().absent_later, what, why },
                Vec::new(),
                Vec::new(),
            )
        }
    };
    doubts.splice(..0, doubt::odd(&sheet.odd));
    let source = sheet.source.clone().into();
    Paper { kind, as_of: sheet.told_at(), kept: sheet.kept, source, today, doubts, blocks, changed: false }
}

impl Field {
    /// A field of one line.
    pub(super) fn one(name: &'static str, line: Vec<Piece>) -> Self {
        Self { name, lines: vec![line], changed: false }
    }

    /// A field of some lines; `なし` when there are none.
    pub(super) fn some<T>(name: &'static str, items: &[T], line: impl Fn(&T) -> Vec<Piece>) -> Self {
        if items.is_empty() {
            return Self::one(name, vec![Piece::Quiet(words().none)]);
        }
        Self { name, lines: items.iter().map(line).collect(), changed: false }
    }

    /// A field that may be empty on the paper: `記載なし`.
    pub(super) fn maybe(name: &'static str, piece: Option<Piece>) -> Self {
        Self::one(name, vec![piece.unwrap_or(Piece::Quiet(words().not_known))])
    }
}

impl Piece {
    /// A day, or what came in its place.
    pub(super) fn given(date: &GivenDate) -> Self {
        match date {
            GivenDate::Day(day) => Self::Date(*day),
            GivenDate::Raw(raw) => Self::text(raw),
        }
    }

    pub(super) fn text(text: &str) -> Self {
        Self::Text(text.to_owned().into())
    }

    /// What a period means today.
    pub(super) fn standing(standing: Standing) -> Self {
        let tone = match standing {
            Standing::Valid { .. } | Standing::Open => Tone::Success,
            Standing::NotYet { .. } => Tone::Info,
            Standing::Expired { .. } | Standing::Impossible => Tone::Error,
        };
        Self::Label(Some(tone), format::standing(standing).into())
    }

    /// The same for a row of a history, where a row that is over is no fault.
    pub(super) fn history(standing: Standing) -> Self {
        match standing {
            Standing::Expired { .. } => Self::Label(None, words().past.into()),
            other => Self::standing(other),
        }
    }
}

/// The person, in the order all three papers share.
pub(super) fn person_fields(person: &Person) -> [Field; 6] {
    [
        Field::one(words().number, vec![Piece::Number(person.insured.as_str().to_owned().into())]),
        Field::one(words().address, vec![Piece::text(&person.address)]),
        Field::one(words().kana, vec![Piece::text(&person.kana)]),
        Field::one(words().name, vec![Piece::text(&person.name)]),
        Field::one(words().birth, vec![Piece::given(&person.birth_date)]),
        Field::one(words().sex, vec![Piece::Text(person.sex.name().into())]),
    ]
}

/// 交付年月日.
pub(super) fn issued(on: &GivenDate) -> Field {
    Field::one(words().issued, vec![Piece::given(on)])
}

/// 保険者番号・名称, as each of the three papers ends.
pub(super) fn insurer(person: &Person) -> Field {
    let number = Piece::Number(person.insurer.as_str().to_owned().into());
    Field::one(words().insurer_line, vec![number, Piece::text(&person.insurer_name)])
}

#[cfg(test)]
mod tests {
    use super::super::sample::{day, qualification};
    use super::super::{certificate, copayment, equipment, housing, limit};
    use super::*;

    fn names(paper: &Paper) -> Vec<&'static str> {
        let fields = paper.blocks.iter().filter_map(|block| match block {
            Block::Fields(_, fields) => Some(fields),
            _ => None,
        });
        fields.flatten().map(|field| field.name).collect()
    }

    #[test]
    fn fields_stand_in_the_papers_order() {
        let all = qualification();
        let today = day("2026-11-22");
        assert_eq!(
            names(&certificate::paper(&all.person, &all.certificate, today)),
            [
                "番号",
                "住所",
                "フリガナ",
                "氏名",
                "生年月日",
                "性別",
                "交付年月日",
                "保険者番号・名称",
                "要介護状態区分等",
                "認定年月日",
                "認定の有効期間",
                "居宅サービス等(区分支給限度基準額)",
                "うち種類支給限度基準額",
                "認定審査会の意見及びサービスの種類の指定",
                "給付制限",
                "居宅介護支援事業者等",
                "介護保険施設等",
            ]
        );
        let identity = ["交付年月日", "番号", "住所", "フリガナ", "氏名", "生年月日", "性別"];
        let share = names(&copayment::paper(&all.person, &all.copayment, today));
        assert_eq!(share[..7], identity);
        assert_eq!(share[7..], ["利用者負担の割合", "利用者負担の割合", "保険者番号・名称"]);
        let limits = names(&limit::paper(&all.person, &all.limit, today));
        assert_eq!(limits[..7], identity);
        assert_eq!(limits[7..10], ["適用年月日", "有効期限", "利用者負担段階"]);
    }

    #[test]
    fn none_and_not_yet_there_are_said_differently() {
        let mut all = qualification();
        all.housing.content = Content::NoneIssued;
        all.equipment.content = Content::NotMigrated;
        let today = day("2026-11-22");
        let none = housing::paper(&all.person, &all.housing, today);
        let later = equipment::paper(&all.person, &all.equipment, today);
        let words = |paper: &Paper| match &paper.today {
            Today::Absent { label, why, .. } => (*label, why.clone()),
            Today::Meaning(_) => panic!("there is none"),
        };
        assert_eq!(words(&none).0, "発行なし");
        assert_eq!(words(&later).0, "未移行");
        assert!(
            words(&later).1.contains("伊勢崎市")
                && words(&later).1.contains("「なし」という意味ではありません")
        );
        assert!(none.blocks.is_empty() && none.source == "伊勢崎市(保険者)");
    }

    #[test]
    fn a_row_that_is_over_is_no_fault_in_a_history() {
        let over = Standing::Expired { days_ago: 22 };
        assert_eq!(Piece::history(over), Piece::Label(None, "過去の期間".into()));
        assert!(matches!(Piece::standing(over), Piece::Label(Some(Tone::Error), _)));
        assert!(matches!(Piece::history(Standing::Impossible), Piece::Label(Some(Tone::Error), _)));
    }
}
