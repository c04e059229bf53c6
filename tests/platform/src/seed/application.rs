//! 要介護認定の申請, as they follow from the certificates.

use kakehashi_domain::calendar::Date;
use kakehashi_domain::qualification::{CareLevel, CertificationState, InsuranceCertificate};
use kakehashi_domain::upstream::{Application, ApplicationKind};

/// Days before the end on which a renewal under way was applied for.
const DAYS: i64 = 30;
/// 更新申請 is open so many days before the end.
const WINDOW: i64 = 60;

/// An application and the certificate it led to.
pub(super) type Made<'a> = (Application, Option<&'a InsuranceCertificate>);

/// The applications behind the versions of a certificate, oldest first, each with the version it led to.
pub(super) fn all<'a>(papers: &[&'a InsuranceCertificate], today: Date) -> Vec<Made<'a>> {
    let mut applications = Vec::new();
    for paper in papers {
        let before = !applications.is_empty();
        if let Some(application) = decided(paper, before) {
            applications.push((application, Some(*paper)));
        }
        if paper.state == CertificationState::Applied {
            let kind = if paper.level.is_none() { ApplicationKind::New } else { ApplicationKind::Renewal };
            // 更新申請: within the 60 days before the end.
            let end = paper.validity.and_then(|validity| validity.to);
            let applied_on =
                end.map(|to| to.plus_days(-DAYS)).or(paper.issued_on.day()).unwrap_or(today).min(today);
            applications.push((Application { kind, applied_on, decided_on: None }, None));
        }
    }
    applications.sort_by_key(|(application, _)| application.applied_on);
    applications.dedup_by_key(|(application, _)| application.applied_on);
    applications
}

/// The application that led to a certificate; 事業対象者 never applied.
fn decided(paper: &InsuranceCertificate, before: bool) -> Option<Application> {
    let decided_on = paper.certified_on.filter(|_| paper.level != Some(CareLevel::Programme))?;
    let number = decided_on.day_number();
    // Where only the decision is known: about as long as insurers take.
    let asked = decided_on.plus_days(-24 - number.rem_euclid(19));
    // Of some, what was before the change was not brought.
    let change = before || number.rem_euclid(3) == 0;
    let (kind, applied_on) = match paper.validity {
        // 新規 and 区分変更 hold from the day of the application, 更新 from a first of a month.
        Some(validity) if validity.from.day() != 1 && change => (ApplicationKind::Change, validity.from),
        Some(validity) if validity.from.day() != 1 => (ApplicationKind::New, validity.from),
        Some(validity) => (ApplicationKind::Renewal, asked.max(validity.from.plus_days(-WINDOW))),
        None => (ApplicationKind::New, asked),
    };
    Some(Application { kind, applied_on: applied_on.min(decided_on), decided_on: Some(decided_on) })
}
