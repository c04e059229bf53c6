//! Who may file, and in whose name.

use super::FilerRelation;
use crate::code::coded;
use crate::upstream::{Job, ServiceType};

coded! {
    /// Why somebody may not file here.
    MayNot {
        Service = "service" "届出を代行できない種類の事業所";
        Job = "job" "届出を代行できない職種";
        Relation = "relation" "この職種では選べない関係";
    }
}

/// What is known of who may file: 伊勢崎市 says that ケアマネ and 施設職員 may file for the person. Which accounts
/// the national service lets file is not published.
pub const SOURCE: &str =
    "伊勢崎市 https://www.city.isesaki.lg.jp/soshiki/tyozyu/gaigohoken/kyuuhu/11640.html";

/// What we assume beyond it, in words for the docs.
pub const ASSUMPTION: &str = "居宅介護支援事業所と地域包括支援センターの、計画を作る職種と事務職員が届出を送れる。医療機関・通所・訪問の事業所は計画を作らないため送れない。介護支援専門員(代行)は介護支援専門員・主任介護支援専門員だけが選べる";

/// Who may make a plan at a 地域包括支援センター.
const PLANNERS: [Job; 5] =
    [Job::CareManager, Job::ChiefCareManager, Job::PublicHealthNurse, Job::SocialWorker, Job::Nurse];

/// Whether an account may submit filings at all. See [`ASSUMPTION`].
///
/// # Errors
/// Why it may not.
pub fn may_submit(service: ServiceType, job: Option<Job>) -> Result<(), MayNot> {
    let planners: &[Job] = match service {
        ServiceType::CareManagement => &[Job::CareManager, Job::ChiefCareManager],
        ServiceType::CommunitySupport => &PLANNERS,
        ServiceType::DayService
        | ServiceType::HomeVisit
        | ServiceType::Clinic
        | ServiceType::Municipality => return Err(MayNot::Service),
    };
    match job {
        Some(job) if planners.contains(&job) || job == Job::OfficeClerk => Ok(()),
        _ => Err(MayNot::Job),
    }
}

/// Whether an account may file with a 届出者 of this relation: 本人 and 家族 may always be named; only a
/// 介護支援専門員 stands in as one.
///
/// # Errors
/// Why it may not.
pub fn may_file(service: ServiceType, job: Option<Job>, relation: FilerRelation) -> Result<(), MayNot> {
    may_submit(service, job)?;
    match relation {
        FilerRelation::CareManager if !is_care_manager(job) => Err(MayNot::Relation),
        FilerRelation::Unknown(_) => Err(MayNot::Relation),
        _ => Ok(()),
    }
}

/// The relations an account may choose from.
pub fn relations(service: ServiceType, job: Option<Job>) -> Vec<FilerRelation> {
    FilerRelation::ALL.iter().copied().filter(|one| may_file(service, job, *one).is_ok()).collect()
}

/// The relation that stands there first: whoever has the tablet in hand files for the person.
pub fn usual_relation(job: Option<Job>) -> FilerRelation {
    if is_care_manager(job) { FilerRelation::CareManager } else { FilerRelation::OfficeStaff }
}

impl FilerRelation {
    /// 代行: a member of an office's staff files for the person.
    pub fn is_office(self) -> bool {
        matches!(self, Self::CareManager | Self::OfficeStaff)
    }

    /// Somebody else files for the person.
    pub fn is_agent(self) -> bool {
        self != Self::Person
    }
}

fn is_care_manager(job: Option<Job>) -> bool {
    matches!(job, Some(Job::CareManager | Job::ChiefCareManager))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ServiceType::{CareManagement, Clinic, CommunitySupport, DayService, HomeVisit, Municipality};

    #[test]
    fn who_makes_plans_may_file_and_nobody_else() {
        for job in [Job::CareManager, Job::ChiefCareManager, Job::OfficeClerk] {
            assert_eq!(may_submit(CareManagement, Some(job)), Ok(()), "{job:?}");
            assert_eq!(may_submit(CommunitySupport, Some(job)), Ok(()), "{job:?}");
        }
        assert_eq!(may_submit(CommunitySupport, Some(Job::PublicHealthNurse)), Ok(()));
        assert_eq!(may_submit(CareManagement, Some(Job::PublicHealthNurse)), Err(MayNot::Job));
        assert_eq!(may_submit(CareManagement, None), Err(MayNot::Job));
        assert_eq!(may_submit(CareManagement, Some(Job::from_code("new"))), Err(MayNot::Job));
        for service in [DayService, HomeVisit, Clinic, Municipality] {
            assert_eq!(may_submit(service, Some(Job::CareManager)), Err(MayNot::Service));
        }
    }

    #[test]
    fn only_a_care_manager_stands_in_as_one() {
        let clerk = Some(Job::OfficeClerk);
        assert_eq!(may_file(CareManagement, clerk, FilerRelation::CareManager), Err(MayNot::Relation));
        assert_eq!(may_file(CareManagement, clerk, FilerRelation::OfficeStaff), Ok(()));
        assert_eq!(relations(CareManagement, clerk).len(), FilerRelation::ALL.len() - 1);
        assert_eq!(relations(CareManagement, Some(Job::CareManager)), FilerRelation::ALL);
        assert_eq!(relations(Clinic, Some(Job::Doctor)), []);
        assert_eq!(usual_relation(Some(Job::ChiefCareManager)), FilerRelation::CareManager);
        assert_eq!(usual_relation(clerk), FilerRelation::OfficeStaff);
        for relation in FilerRelation::ALL {
            assert_eq!(relation.is_agent(), *relation != FilerRelation::Person);
            assert!(relation.is_agent() || !relation.is_office());
        }
    }
}
