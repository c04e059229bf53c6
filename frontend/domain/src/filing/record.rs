//! What a 届出 says, neutral of any insurer's paper: the superset of the forms. 個人番号 has no place in it.

use crate::calendar::{Date, Time};
use crate::code::coded;
use crate::number::{InsuredNumber, InsurerNumber, OfficeNumber, UserId};
use crate::upstream::Sex;
use serde::{Deserialize, Serialize};

coded! {
    /// 様式: which of the four.
    FormKind {
        /// 要介護1–5.
        HomeCare = "home_care" "居宅サービス計画作成依頼(変更)届出書";
        /// 要支援1–2 and 要介護1–5.
        SmallMulti = "small_multi" "居宅(介護予防)サービス計画作成依頼(変更)届出書【小規模多機能型居宅介護】";
        /// 要介護1–5.
        NursingSmallMulti = "nursing_small_multi" "居宅サービス計画作成依頼(変更)届出書【看護小規模多機能型居宅介護】";
        /// 要支援1–2, 事業対象者.
        Preventive = "preventive" "介護予防サービス計画作成・介護予防ケアマネジメント依頼(変更)届出書";
    }
}

coded! {
    /// 届出区分, with the codes insurers store it under.
    Category {
        New = "1" "新規";
        Change = "2" "変更";
    }
}

coded! {
    /// 依頼(変更)する事由. Which of them stand on a form is a matter of its definition.
    Reason {
        NewOrOffice = "new_or_office" "新規または事業所変更のため";
        AddressAndOffice = "address_and_office" "新規または住所変更に伴う介護予防事業所変更のため";
        SupportToCare = "support_to_care" "要支援から要介護へ変更のため";
        CareToSupport = "care_to_support" "要介護から要支援へ変更のため";
        Entrusted = "entrusted" "受託する居宅介護支援事業者変更(追加・削除)のため";
        ProvisionalDiffers = "provisional_differs" "暫定での届出と認定結果が異なるため";
        Other = "other" "その他";
    }
}

coded! {
    /// 関係: who files.
    FilerRelation {
        Person = "person" "本人";
        Family = "family" "家族";
        Guardian = "guardian" "成年後見人等";
        CareManager = "care_manager" "介護支援専門員(代行)";
        OfficeStaff = "office_staff" "事業所の職員(代行)";
    }
}

coded! {
    /// 身元確認書類. One with a photograph is enough, of the others two are needed.
    IdPaper {
        MyNumberCard = "my_number_card" "マイナンバーカード(目視)";
        DriversLicence = "drivers_licence" "運転免許証";
        DisabilityBook = "disability_book" "障害者手帳";
        Passport = "passport" "旅券";
        ResidenceCard = "residence_card" "在留カード";
        CareInsurance = "care_insurance" "介護保険被保険者証";
        HealthInsurance = "health_insurance" "資格確認書(健康保険)";
        PensionBook = "pension_book" "年金手帳・基礎年金番号通知書";
        PensionCertificate = "pension_certificate" "年金証書";
    }
}

impl IdPaper {
    /// 写真付き: one such is enough.
    pub fn has_photograph(self) -> bool {
        matches!(
            self,
            Self::MyNumberCard
                | Self::DriversLicence
                | Self::DisabilityBook
                | Self::Passport
                | Self::ResidenceCard
        )
    }

    /// Whether these papers show who somebody is: one with a photograph, or two different ones without.
    pub fn suffice(seen: &[Self]) -> bool {
        let mut known: Vec<Self> = seen.iter().copied().filter(|paper| paper.unknown().is_none()).collect();
        known.sort_unstable();
        known.dedup();
        known.iter().any(|paper| paper.has_photograph()) || known.len() >= 2
    }
}

/// A filing — 届出の内容.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filing {
    /// 様式.
    pub form: FormKind,
    /// Which definition of it: insurer and version, `102046-2026`.
    pub definition: String,
    /// 区分.
    pub category: Category,
    /// 被保険者.
    pub insured: FiledPerson,
    /// 計画の作成を依頼する事業者.
    pub office: FiledOffice,
    /// 介護予防支援を受託する居宅介護支援事業者.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entrusted: Option<FiledOffice>,
    /// 事由.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// 事由, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason_text: Option<String>,
    /// 有効開始年月日, サービス開始年月日.
    pub start_on: Date,
    /// 変更年月日.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change_on: Option<Date>,
    /// 暫定: filed before the certification is decided.
    #[serde(default)]
    pub provisional: bool,
    /// 同一月の居宅サービス等の利用 (小規模多機能 only).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_month: Option<SameMonth>,
    /// 届出年月日.
    pub filed_on: Date,
    /// 届出者.
    pub filer: Filer,
}

/// 被保険者, as it stands on the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiledPerson {
    /// 保険者番号.
    pub insurer: InsurerNumber,
    /// 被保険者番号.
    pub number: InsuredNumber,
    /// 氏名.
    pub name: String,
    /// フリガナ.
    pub kana: String,
    /// 生年月日.
    pub birth_date: Date,
    /// 性別, where the form asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
    /// 郵便番号, 7 digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postal: Option<String>,
    /// 住所.
    pub address: String,
    /// 電話番号.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

/// 事業者, as it stands on the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiledOffice {
    /// 事業所番号.
    pub number: OfficeNumber,
    /// 事業所名.
    pub name: String,
    /// 郵便番号, 7 digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postal: Option<String>,
    /// 所在地.
    pub address: String,
    /// 電話番号.
    pub phone: String,
    /// 担当者氏名.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staff: Option<String>,
}

/// 同一月の居宅サービス等の利用の有無.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SameMonth {
    /// 利用あり.
    pub used: bool,
    /// 利用したサービス.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub services: String,
}

/// 届出者.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filer {
    /// 氏名.
    pub name: String,
    /// 関係.
    pub relation: FilerRelation,
    /// 電話番号.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

/// 本人確認: how it was made sure who the person is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Identity {
    /// By card: the check of this transaction (`Purpose::File`).
    Card {
        /// From the challenge.
        transaction: String,
    },
    /// By papers that were looked at.
    Papers {
        /// Which.
        seen: Vec<IdPaper>,
        /// When.
        at: Time,
    },
}

/// 本人の確認: the filled form was shown and agreed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// When.
    pub at: Time,
    /// Who.
    pub by: Confirmer,
}

/// Who agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confirmer {
    /// 本人.
    Person,
    /// 代理人.
    Representative {
        /// 氏名.
        name: String,
        /// 関係.
        relation: FilerRelation,
    },
}

/// Idempotency key of one filing: 128 random bits, base64url without padding. Made when the form is confirmed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FilingKey(pub String);

/// 受付番号.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FilingNumber(pub String);

/// Says that a text is a [`Statement`], so that no other signed text can pass for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum StatementKind {
    /// The first version.
    #[default]
    #[serde(rename = "kakehashi-filing-v1")]
    V1,
}

/// What the device signs, once, when the form is confirmed. Its JSON text is sent again byte by byte at every
/// try, and is the evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// What this is.
    pub kind: StatementKind,
    /// Idempotency key.
    pub key: FilingKey,
    /// The content.
    pub filing: Filing,
    /// 本人確認.
    pub identity: Identity,
    /// 本人の確認.
    pub confirmation: Confirmation,
    /// The filing this one takes the place of: one that was sent back (補正) or is to be replaced (差替え).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<FilingNumber>,
    /// Whose account.
    pub staff: UserId,
    /// 事業所番号 of that account.
    pub office: OfficeNumber,
    /// Thumbprint of the signing device (RFC 7638).
    pub device: String,
    /// When it was signed, by the device's clock.
    pub made_at: Time,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_paper_with_a_photograph_or_two_others() {
        use IdPaper::{CareInsurance, DriversLicence, HealthInsurance};
        assert!(IdPaper::suffice(&[DriversLicence]));
        assert!(IdPaper::suffice(&[CareInsurance, HealthInsurance]));
        assert!(!IdPaper::suffice(&[CareInsurance, CareInsurance]), "one paper twice is one");
        assert!(!IdPaper::suffice(&[CareInsurance, IdPaper::from_code("library_card")]));
        assert!(!IdPaper::suffice(&[]));
    }
}
