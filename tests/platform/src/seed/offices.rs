//! The three offices. Names are invented; numbers have good check digits.

use kakehashi_domain::upstream::ServiceType;

/// An office.
#[derive(Debug)]
pub(crate) struct OfficeSeed {
    /// 事業所番号.
    pub(crate) number: &'static str,
    /// Name.
    pub(crate) name: &'static str,
    /// What it is.
    pub(crate) service: ServiceType,
    /// Short name in user IDs.
    pub(crate) short: &'static str,
    /// Staff: name to show and its part of the user ID; the first is the administrator.
    pub(crate) staff: [(&'static str, &'static str); 3],
}

/// All of them.
pub(crate) static OFFICES: [OfficeSeed; 3] = [
    OfficeSeed {
        number: "1070400005",
        name: "かけはし居宅介護支援事業所",
        service: ServiceType::CareManagement,
        short: "KYOTAKU",
        staff: [("小林 恵子", "ADMIN"), ("佐藤 健一", "SATO"), ("鈴木 美咲", "SUZUKI")],
    },
    OfficeSeed {
        number: "1070400013",
        name: "デイサービスかけはし",
        service: ServiceType::DayService,
        short: "DAY",
        staff: [("高橋 誠", "ADMIN"), ("田中 由美", "TANAKA"), ("伊藤 大輔", "ITO")],
    },
    OfficeSeed {
        number: "1000400000",
        name: "かけはし地域包括支援センター",
        service: ServiceType::CommunitySupport,
        short: "HOUKATSU",
        staff: [("渡辺 真理", "ADMIN"), ("中村 翔", "NAKAMURA"), ("加藤 愛", "KATO")],
    },
];
