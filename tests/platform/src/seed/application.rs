//! 要介護認定の申請, as they follow from the certificates.

use kakehashi_domain::calendar::Date;
use kakehashi_domain::qualification::{CareLevel, CertificationState, InsuranceCertificate};
use kakehashi_domain::upstream::{Application, ApplicationKind};

/// Days from an application to its decision, where only the decision is known: the law's limit.
const DAYS: i64 = 30;

/// The applications behind the versions of a certificate, oldest first.
pub(super) fn all(papers: &[&InsuranceCertificate], today: Date) -> Vec<Application> {
    let mut applications: Vec<Application> = Vec::new();
    for paper in papers {
        let before = !applications.is_empty();
        if let Some(application) = decided(paper, before) {
            applications.push(application);
        }
        if paper.state == CertificationState::Applied {
            let kind = if paper.level.is_none() { ApplicationKind::New } else { ApplicationKind::Renewal };
            // 更新申請: within the 60 days before the end.
            let end = paper.validity.and_then(|validity| validity.to);
            let applied_on =
                end.map(|to| to.plus_days(-DAYS)).or(paper.issued_on.day()).unwrap_or(today).min(today);
            applications.push(Application { kind, applied_on, decided_on: None });
        }
    }
    applications.sort_by_key(|application| application.applied_on);
    applications.dedup_by_key(|application| application.applied_on);
    applications
}

/// The application that led to a certificate; 事業対象者 never applied.
fn decided(paper: &InsuranceCertificate, before: bool) -> Option<Application> {
    let decided_on = paper.certified_on.filter(|_| paper.level != Some(CareLevel::Programme))?;
    let asked = decided_on.plus_days(-DAYS);
    let (kind, applied_on) = match paper.validity {
        // 新規 and 区分変更 hold from the day of the application, 更新 from a first of a month.
        Some(validity) if validity.from.day() != 1 && before => (ApplicationKind::Change, validity.from),
        Some(validity) if validity.from.day() != 1 => (ApplicationKind::New, validity.from),
        Some(_) => (ApplicationKind::Renewal, asked),
        None => (ApplicationKind::New, asked),
    };
    Some(Application { kind, applied_on: applied_on.min(decided_on), decided_on: Some(decided_on) })
}
