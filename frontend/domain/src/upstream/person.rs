//! Finding a person, the right to view, and who was seen.

use crate::calendar::{Date, GivenDate, Time};
use crate::code::coded;
use crate::number::{InsuredNumber, InsurerNumber};
use crate::raw::Raw;
use serde::{Deserialize, Deserializer, Serialize};

/// Names a person towards one office; random, no personal number in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PersonHandle(pub String);

/// Who it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Names the person in further calls.
    pub handle: PersonHandle,
    /// 氏名, as registered (raw characters).
    #[serde(default, deserialize_with = "text")]
    pub name: String,
    /// フリガナ.
    #[serde(default, deserialize_with = "text")]
    pub kana: String,
    /// 生年月日.
    #[serde(default)]
    pub birth_date: GivenDate,
    /// 性別.
    #[serde(default)]
    pub sex: Sex,
    /// 住所.
    #[serde(default, deserialize_with = "text")]
    pub address: String,
    /// 保険者番号.
    pub insurer: InsurerNumber,
    /// Name of the insurer.
    #[serde(default, deserialize_with = "text")]
    pub insurer_name: String,
    /// 被保険者番号.
    pub insured: InsuredNumber,
}

/// A text; empty for nothing, and what is no text as it came.
fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(match Raw::deserialize(deserializer)? {
        Raw::Null => String::new(),
        raw => raw.shown(),
    })
}

coded! {
    /// 性別 with the codes of ケアプランデータ連携標準仕様 V4.
    Sex {
        Male = "1" "男";
        Female = "2" "女";
    }
}

/// Search by typed numbers (the number route, since April 2026). All four must agree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchRequest {
    /// 保険者番号.
    pub insurer: InsurerNumber,
    /// 被保険者番号.
    pub insured: InsuredNumber,
    /// 生年月日.
    pub birth_date: Date,
    /// 性別.
    pub sex: Sex,
    /// The person's consent; refused with `UPS-110` when absent.
    pub consent: Option<Consent>,
    /// What for; left out, to be looked at.
    #[serde(default, skip_serializing_if = "SearchPurpose::is_view")]
    pub purpose: SearchPurpose,
}

/// What a person is looked up for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SearchPurpose {
    /// To be looked at.
    #[default]
    View,
    /// To stand on the list of clients; nobody looks at the person yet.
    List,
}

impl SearchPurpose {
    fn is_view(&self) -> bool {
        *self == Self::View
    }
}

/// A record of consent — 同意.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// Who consented.
    pub giver: ConsentGiver,
    /// How.
    pub method: ConsentMethod,
    /// When, on the office's clock.
    pub given_at: Time,
}

/// Who consented.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentGiver {
    /// 本人
    Person,
    /// 家族・代理人
    Representative,
}

/// How consent was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentMethod {
    /// 口頭
    Spoken,
    /// 書面
    Written,
}

/// A person was found and may be viewed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Who.
    pub person: Person,
    /// Till when.
    pub right: ViewingRight,
}

/// 閲覧権限.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewingRight {
    /// How it was gained.
    pub way: Way,
    /// 閲覧期限: it ends then.
    pub until: Time,
}

/// How a viewing right was gained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// By the person's card.
    Card,
    /// By typed numbers and consent.
    Numbers,
}

/// Asks for the five kinds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QualificationRequest {
    /// Whose.
    pub person: PersonHandle,
}

/// People this staff member saw today, latest first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "Came")]
pub struct SeenResponse {
    /// One entry a person.
    pub people: Vec<SeenPerson>,
    /// Entries that cannot be read, as they came; never sent.
    #[serde(skip_serializing)]
    pub unreadable: Vec<Raw>,
}

#[derive(Deserialize)]
struct Came {
    people: Vec<Raw>,
}

impl From<Came> for SeenResponse {
    fn from(came: Came) -> Self {
        let (people, unreadable) = Raw::rows(came.people);
        Self { people, unreadable }
    }
}

/// One person seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenPerson {
    /// Who.
    pub person: Person,
    /// Last time.
    pub seen_at: Time,
    /// The right as it stands.
    pub right: ViewingRight,
}
