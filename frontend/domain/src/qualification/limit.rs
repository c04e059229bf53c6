//! 介護保険負担限度額認定証.

use super::Period;
use crate::calendar::GivenDate;
use crate::code::coded;
use serde::{Deserialize, Serialize};

/// Ceiling of what food and room cost a day in facilities and short stays — 負担限度額認定証.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitCertificate {
    /// 交付年月日.
    #[serde(default)]
    pub issued_on: GivenDate,
    /// 適用年月日・有効期限.
    pub validity: Period,
    /// 利用者負担段階.
    #[serde(default)]
    pub stage: LimitStage,
    /// 食費, yen a day in a facility (施設サービス).
    pub food_facility_yen: u32,
    /// 食費, yen a day in a short stay (短期入所).
    pub food_short_stay_yen: u32,
    /// 居住費・滞在費, yen a day by kind of room.
    #[serde(default)]
    pub rooms: Vec<RoomAmount>,
}

coded! {
    /// 利用者負担段階. The two parts of 第3段階 are to be split again in fiscal year 2027; their codes and
    /// names are not known yet, so they arrive as `Unknown` and are shown raw.
    LimitStage {
        First = "1" "第1段階";
        Second = "2" "第2段階";
        ThirdA = "3-1" "第3段階①";
        ThirdB = "3-2" "第3段階②";
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

coded! {
    /// Kinds of room the certificate names.
    RoomKind {
        UnitPrivate = "unit_private" "ユニット型個室";
        UnitSemiPrivate = "unit_semi_private" "ユニット型個室的多床室";
        PrivateSpecial = "private_special" "従来型個室(特養等)";
        PrivateHealth = "private_health" "従来型個室(老健・医療院等)";
        SharedSpecial = "shared_special" "多床室(特養等)";
        /// Facilities that charge for the room, since 2025-08-01.
        SharedHealthCharged = "shared_health_charged" "多床室(老健・医療院等、室料徴収)";
        SharedHealth = "shared_health" "多床室(老健・医療院等)";
    }
}
