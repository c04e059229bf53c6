//! The offices, the municipality and the clinic. Names are invented; numbers have good check digits.

use super::resident::ISESAKI;
use kakehashi_domain::upstream::{Job, Role, ServiceType};

/// An office, or whoever else has a client certificate.
#[derive(Debug)]
pub(crate) struct OfficeSeed {
    /// 事業所番号. How a municipality's terminal is named is not published; here the insurer's number, filled up.
    pub(crate) number: &'static str,
    /// Name.
    pub(crate) name: &'static str,
    /// What it is.
    pub(crate) service: ServiceType,
    /// 保険者番号 of a municipality.
    pub(crate) insurer: Option<&'static str>,
    /// Short name in user IDs.
    pub(crate) short: &'static str,
    /// Staff.
    pub(crate) staff: &'static [StaffSeed],
}

/// Somebody who works there.
#[derive(Debug)]
pub(crate) struct StaffSeed {
    /// Name to show.
    pub(crate) name: &'static str,
    /// Its part of the user ID.
    pub(crate) part: &'static str,
    /// Kind of account.
    pub(crate) role: Role,
    /// 職種.
    pub(crate) job: Option<Job>,
}

const fn staff(name: &'static str, part: &'static str, role: Role, job: Job) -> StaffSeed {
    StaffSeed { name, part, role, job: Some(job) }
}

use Role::{Administrator, Medical, Municipality, Staff};

/// All of them; the 居宅介護支援 office first, the three offices of plans and of day care before all others.
pub(crate) static OFFICES: [OfficeSeed; 6] = [
    OfficeSeed {
        number: "1070400005",
        name: "かけはし居宅介護支援事業所",
        service: ServiceType::CareManagement,
        insurer: None,
        short: "KYOTAKU",
        staff: &[
            staff("小林 恵子", "ADMIN", Administrator, Job::ChiefCareManager),
            staff("佐藤 健一", "SATO", Staff, Job::CareManager),
            staff("鈴木 美咲", "SUZUKI", Staff, Job::OfficeClerk),
        ],
    },
    OfficeSeed {
        number: "1070400013",
        name: "デイサービスかけはし",
        service: ServiceType::DayService,
        insurer: None,
        short: "DAY",
        staff: &[
            staff("高橋 誠", "ADMIN", Administrator, Job::Counsellor),
            staff("田中 由美", "TANAKA", Staff, Job::CareWorker),
            staff("伊藤 大輔", "ITO", Staff, Job::Nurse),
        ],
    },
    OfficeSeed {
        number: "1000400000",
        name: "かけはし地域包括支援センター",
        service: ServiceType::CommunitySupport,
        insurer: None,
        short: "HOUKATSU",
        staff: &[
            staff("渡辺 真理", "ADMIN", Administrator, Job::ChiefCareManager),
            staff("中村 翔", "NAKAMURA", Staff, Job::PublicHealthNurse),
            staff("加藤 愛", "KATO", Staff, Job::SocialWorker),
        ],
    },
    OfficeSeed {
        number: "1070400021",
        name: "ヘルパーステーションかけはし",
        service: ServiceType::HomeVisit,
        insurer: None,
        short: "HOMON",
        staff: &[
            staff("山本 節子", "ADMIN", Administrator, Job::ServiceManager),
            staff("井上 真", "INOUE", Staff, Job::CareWorker),
        ],
    },
    OfficeSeed {
        number: "1020460000",
        name: "伊勢崎市 介護保険課",
        service: ServiceType::Municipality,
        insurer: Some(ISESAKI),
        short: "ISESAKI",
        staff: &[
            staff("森 和子", "MORI", Municipality, Job::Official),
            staff("石井 浩", "ISHII", Municipality, Job::Official),
            StaffSeed { name: "岡田 進", part: "OKADA", role: Municipality, job: None },
        ],
    },
    OfficeSeed {
        number: "1010400016",
        name: "架空内科医院",
        service: ServiceType::Clinic,
        insurer: None,
        short: "IIN",
        staff: &[
            staff("架空 医子", "KAKU", Medical, Job::Doctor),
            staff("西村 香", "NISHIMURA", Medical, Job::OfficeClerk),
        ],
    },
];
