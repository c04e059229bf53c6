//! 介護保険被保険者証.

use super::Period;
use crate::calendar::Date;
use crate::number::OfficeNumber;
use serde::{Deserialize, Serialize};

/// The insured person's certificate — 被保険者証, in the paper's order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InsuranceCertificate {
    /// 交付年月日.
    pub issued_on: Date,
    /// 認定状況: applied for, or decided.
    pub state: CertificationState,
    /// 要介護状態区分等; `None` while the first decision is awaited.
    pub level: Option<CareLevel>,
    /// 認定年月日 (事業対象者: 基本チェックリスト実施日).
    pub certified_on: Option<Date>,
    /// 認定の有効期間.
    pub validity: Option<Period>,
    /// 区分支給限度基準額, 単位 a month.
    pub monthly_units: Option<u32>,
    /// うち種類支給限度基準額.
    pub kind_limits: Vec<KindLimit>,
    /// 認定審査会の意見及びサービスの種類の指定.
    pub committee_opinion: Option<String>,
    /// 給付制限.
    pub restrictions: Vec<BenefitRestriction>,
    /// 居宅介護支援事業者等 and the date it was filed; newest first.
    pub plan_offices: Vec<PlanOffice>,
    /// 介護保険施設等; newest first.
    pub facilities: Vec<Facility>,
}

/// 要介護状態区分等 with the codes of ケアプランデータ連携標準仕様 V4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum CareLevel {
    /// 非該当
    #[serde(rename = "01")]
    None,
    /// 事業対象者
    #[serde(rename = "06")]
    Programme,
    /// 要支援1
    #[serde(rename = "12")]
    Support1,
    /// 要支援2
    #[serde(rename = "13")]
    Support2,
    /// 要介護1
    #[serde(rename = "21")]
    Care1,
    /// 要介護2
    #[serde(rename = "22")]
    Care2,
    /// 要介護3
    #[serde(rename = "23")]
    Care3,
    /// 要介護4
    #[serde(rename = "24")]
    Care4,
    /// 要介護5
    #[serde(rename = "25")]
    Care5,
}

impl CareLevel {
    /// The official name.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "非該当",
            Self::Programme => "事業対象者",
            Self::Support1 => "要支援1",
            Self::Support2 => "要支援2",
            Self::Care1 => "要介護1",
            Self::Care2 => "要介護2",
            Self::Care3 => "要介護3",
            Self::Care4 => "要介護4",
            Self::Care5 => "要介護5",
        }
    }

    /// 区分支給限度基準額 in 単位 a month; none for 非該当.
    pub fn monthly_units(self) -> Option<u32> {
        match self {
            Self::None => None,
            Self::Programme | Self::Support1 => Some(5_032),
            Self::Support2 => Some(10_531),
            Self::Care1 => Some(16_765),
            Self::Care2 => Some(19_705),
            Self::Care3 => Some(27_048),
            Self::Care4 => Some(30_938),
            Self::Care5 => Some(36_217),
        }
    }
}

/// 認定状況区分.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CertificationState {
    /// 申請中
    Applied,
    /// 認定済
    Certified,
}

/// うち種類支給限度基準額.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindLimit {
    /// Kind of service, in words.
    pub kind: String,
    /// 単位 a month.
    pub units: u32,
}

/// 給付制限.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BenefitRestriction {
    /// What is restricted.
    pub kind: RestrictionKind,
    /// From when till when.
    pub period: Period,
}

/// Kinds of 給付制限.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RestrictionKind {
    /// 支払方法変更 (償還払い化): the person pays all first.
    RepaymentOnly,
    /// 給付額減額: the benefit is lowered, the person pays 3割 or 4割.
    Reduced,
}

impl RestrictionKind {
    /// The official name.
    pub fn name(self) -> &'static str {
        match self {
            Self::RepaymentOnly => "支払方法変更",
            Self::Reduced => "給付額減額",
        }
    }
}

/// 居宅介護支援事業者又は介護予防支援事業者 with the date it was filed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanOffice {
    /// 事業所番号; `None` for 自己作成.
    pub number: Option<OfficeNumber>,
    /// Its name, or 自己作成.
    pub name: String,
    /// 届出年月日.
    pub filed_on: Date,
}

/// 介護保険施設等.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facility {
    /// Kind, in words.
    pub kind: String,
    /// Name.
    pub name: String,
    /// 入所等年月日.
    pub entered_on: Date,
    /// 退所等年月日.
    pub left_on: Option<Date>,
}
