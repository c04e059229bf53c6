//! 介護保険負担限度額認定証.

use super::Period;
use crate::calendar::Date;
use serde::{Deserialize, Serialize};

/// Ceiling of what food and room cost a day in facilities and short stays — 負担限度額認定証.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitCertificate {
    /// 交付年月日.
    pub issued_on: Date,
    /// 適用年月日・有効期限.
    pub validity: Period,
    /// 利用者負担段階.
    pub stage: LimitStage,
    /// 食費, yen a day in a facility (施設サービス).
    pub food_facility_yen: u32,
    /// 食費, yen a day in a short stay (短期入所).
    pub food_short_stay_yen: u32,
    /// 居住費・滞在費, yen a day by kind of room.
    pub rooms: Vec<RoomAmount>,
}

/// 利用者負担段階.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum LimitStage {
    /// 第1段階
    #[serde(rename = "1")]
    First,
    /// 第2段階
    #[serde(rename = "2")]
    Second,
    /// 第3段階①
    #[serde(rename = "3-1")]
    ThirdA,
    /// 第3段階②
    #[serde(rename = "3-2")]
    ThirdB,
}

impl LimitStage {
    /// The official name.
    pub fn name(self) -> &'static str {
        match self {
            Self::First => "第1段階",
            Self::Second => "第2段階",
            Self::ThirdA => "第3段階①",
            Self::ThirdB => "第3段階②",
        }
    }
}

/// A kind of room and its ceiling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomAmount {
    /// Kind.
    pub kind: RoomKind,
    /// Yen a day.
    pub yen: u32,
}

/// Kinds of room the certificate names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoomKind {
    /// ユニット型個室
    UnitPrivate,
    /// ユニット型個室的多床室
    UnitSemiPrivate,
    /// 従来型個室(特養等)
    PrivateSpecial,
    /// 従来型個室(老健・医療院等)
    PrivateHealth,
    /// 多床室(特養等)
    SharedSpecial,
    /// 多床室(老健・医療院等)
    SharedHealth,
}

impl RoomKind {
    /// The official name.
    pub fn name(self) -> &'static str {
        match self {
            Self::UnitPrivate => "ユニット型個室",
            Self::UnitSemiPrivate => "ユニット型個室的多床室",
            Self::PrivateSpecial => "従来型個室(特養等)",
            Self::PrivateHealth => "従来型個室(老健・医療院等)",
            Self::SharedSpecial => "多床室(特養等)",
            Self::SharedHealth => "多床室(老健・医療院等)",
        }
    }
}
