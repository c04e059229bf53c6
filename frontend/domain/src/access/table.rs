//! The table: which office and which job see which information, under which conditions, and who says so.

use crate::upstream::{ConsentScope, Job, ServiceType};

/// Kinds of information.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Information {
    /// 資格情報: the five kinds of certificates and balances
    Qualification,
    /// 認定の進捗: stages and dates
    Progress,
    /// 判定結果・審査会の意見
    Judgement,
    /// 認定調査票
    Survey,
    /// 主治医意見書
    Opinion,
}

/// What must be so besides office and job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Need {
    /// 閲覧期限: a right to view that is not over.
    Right,
    /// Consent for this.
    Consent(ConsentScope),
    /// The person is 要介護, or has no level yet.
    CareLevel,
    /// The person is 要支援 or 事業対象者, or has no level yet.
    SupportLevel,
    /// The plan is this office's, or nobody's yet.
    Planner,
    /// The latest document of its kind or the one before.
    LatestTwo,
    /// The doctor agreed (主治医の同意欄).
    Doctor,
    /// The person is insured with the account's municipality.
    OwnInsurer,
}

/// Whose jobs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Jobs {
    /// Every account, also one without a job.
    All,
    /// These.
    Only(&'static [Job]),
}

/// Why a cell is as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// A source says so.
    Source(&'static str),
    /// No source was found: this house's careful assumption, and why.
    Assumption(&'static str),
}

/// What is allowed. Whatever has no row is denied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Which information.
    pub information: Information,
    /// To which offices.
    pub service: ServiceType,
    /// To which jobs there.
    pub jobs: Jobs,
    /// Under which conditions, all of them, asked in this order.
    pub needs: &'static [Need],
    /// Who says so.
    pub basis: Basis,
}

/// One cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// Conditions; `None` when it is denied under all conditions.
    pub needs: Option<&'static [Need]>,
    /// Who says so.
    pub basis: Basis,
}

use Basis::{Assumption, Source};
use Need::{CareLevel, Consent, Doctor, LatestTwo, OwnInsurer, Planner, Right, SupportLevel};

const CARE_MANAGERS: Jobs = Jobs::Only(&[Job::CareManager, Job::ChiefCareManager]);
/// Those who make plans for 要支援 at a 地域包括支援センター.
const CENTRE: Jobs = Jobs::Only(&[
    Job::ChiefCareManager,
    Job::CareManager,
    Job::PublicHealthNurse,
    Job::SocialWorker,
    Job::Nurse,
]);
const OFFICIALS: Jobs = Jobs::Only(&[Job::Official]);

const SEED: Basis = Source(
    "伊勢崎市の説明資料「実現できること① 資格情報等の確認」: 事業所が確かめられる。職種の定めは見つからない",
);
const CARE_OFFICE: Basis = Source(
    "介護情報基盤 API仕様書 v1.0 (介護保険最新情報 Vol.1539) の解説: 認定情報は居宅介護支援事業所の介護支援専門員にだけ表示される",
);
const PROGRESS: Basis = Assumption("進捗(審査会進捗)を見る職種は公表されていない。認定情報と同じとした");
const THROUGH_CENTRE: Basis = Assumption(
    "要支援は地域包括支援センターが介護予防を受け持つ。職種は同センターの必置職種と看護職員・介護支援専門員とした",
);
const INSURER: Basis = Source("介護保険法27条: 認定は保険者(市町村)が行う");

const SURVEY: [&[Need]; 2] = [
    &[Right, Consent(ConsentScope::Survey), CareLevel, Planner, LatestTwo],
    &[Right, Consent(ConsentScope::Survey), SupportLevel, Planner, LatestTwo],
];
const OPINION: [&[Need]; 2] = [
    &[Right, Consent(ConsentScope::Opinion), CareLevel, Planner, LatestTwo, Doctor],
    &[Right, Consent(ConsentScope::Opinion), SupportLevel, Planner, LatestTwo, Doctor],
];
const JUDGEMENT: [&[Need]; 2] = [
    &[Right, Consent(ConsentScope::Judgement), CareLevel, Planner, LatestTwo],
    &[Right, Consent(ConsentScope::Judgement), SupportLevel, Planner, LatestTwo],
];
const PROGRESS_NEEDS: &[Need] = &[Right, Consent(ConsentScope::Progress)];

const fn row(
    information: Information,
    service: ServiceType,
    jobs: Jobs,
    needs: &'static [Need],
    basis: Basis,
) -> Row {
    Row { information, service, jobs, needs, basis }
}

use Information::{Judgement, Opinion, Progress, Qualification, Survey};
use ServiceType::{CareManagement, Clinic, CommunitySupport, DayService, HomeVisit, Municipality};

/// All that is allowed.
pub static TABLE: [Row; 16] = [
    row(Qualification, CareManagement, Jobs::All, &[Right], SEED),
    row(Qualification, CommunitySupport, Jobs::All, &[Right], SEED),
    row(Qualification, DayService, Jobs::All, &[Right], SEED),
    row(Qualification, HomeVisit, Jobs::All, &[Right], SEED),
    row(Progress, CareManagement, CARE_MANAGERS, PROGRESS_NEEDS, PROGRESS),
    row(Progress, CommunitySupport, CENTRE, PROGRESS_NEEDS, PROGRESS),
    row(Progress, Municipality, OFFICIALS, &[OwnInsurer], INSURER),
    row(Judgement, CareManagement, CARE_MANAGERS, JUDGEMENT[0], CARE_OFFICE),
    row(Judgement, CommunitySupport, CENTRE, JUDGEMENT[1], THROUGH_CENTRE),
    row(Judgement, Municipality, OFFICIALS, &[OwnInsurer], INSURER),
    row(Survey, CareManagement, CARE_MANAGERS, SURVEY[0], CARE_OFFICE),
    row(Survey, CommunitySupport, CENTRE, SURVEY[1], THROUGH_CENTRE),
    row(Survey, Municipality, OFFICIALS, &[OwnInsurer], INSURER),
    row(Opinion, CareManagement, CARE_MANAGERS, OPINION[0], CARE_OFFICE),
    row(Opinion, CommunitySupport, CENTRE, OPINION[1], THROUGH_CENTRE),
    row(Opinion, Municipality, OFFICIALS, &[OwnInsurer], INSURER),
];

/// The offices, in the order of the document.
pub const SERVICES: [ServiceType; 6] =
    [CareManagement, CommunitySupport, DayService, HomeVisit, Clinic, Municipality];

/// Why what has no row is denied.
fn denied(information: Information, service: ServiceType) -> Basis {
    match (information, service) {
        (Qualification, Clinic) => Assumption("医療機関に資格情報を見せる定めは見つからない(別紙4は非公開)"),
        (Qualification, Municipality) => Assumption("市町村は自らの台帳を見る。この道は事業所のためのもの"),
        (Progress, _) => PROGRESS,
        (_, Clinic) => Assumption("医療機関に認定情報を見せる定めは見つからない(別紙4は非公開)"),
        (_, Municipality) => Assumption("市町村では、認定の仕事をする市町村職員だけとした"),
        (_, CommunitySupport) => THROUGH_CENTRE,
        _ => CARE_OFFICE,
    }
}

impl Jobs {
    /// Whether a job is among them.
    pub fn holds(self, job: Option<Job>) -> bool {
        match self {
            Self::All => true,
            Self::Only(jobs) => job.is_some_and(|job| jobs.contains(&job)),
        }
    }
}

/// What the table says of an office and a job; an account may be without a job.
pub fn cell(information: Information, service: ServiceType, job: Option<Job>) -> Cell {
    let rows = || TABLE.iter().filter(|row| row.information == information && row.service == service);
    match rows().find(|row| row.jobs.holds(job)) {
        Some(row) => Cell { needs: Some(row.needs), basis: row.basis },
        None => Cell { needs: None, basis: denied(information, service) },
    }
}

impl Information {
    /// All of them.
    pub const ALL: [Self; 5] = [Qualification, Progress, Judgement, Survey, Opinion];

    /// The official name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Qualification => "資格情報",
            Self::Progress => "認定の進捗",
            Self::Judgement => "判定結果・審査会の意見",
            Self::Survey => "認定調査票",
            Self::Opinion => "主治医意見書",
        }
    }
}

impl Need {
    /// In words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Right => "閲覧期限内",
            Self::Consent(_) => "同意",
            Self::CareLevel => "要介護(または認定前)",
            Self::SupportLevel => "要支援・事業対象者(または認定前)",
            Self::Planner => "担当(または担当なし)",
            Self::LatestTwo => "最新と前回",
            Self::Doctor => "主治医の同意",
            Self::OwnInsurer => "自らの被保険者",
        }
    }
}
