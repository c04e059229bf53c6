//! Papers to start a case from: nothing on them that is not the case.

use super::benefit;
use super::certification::{self, Span};
use super::dates::{august_year, day};
use super::offices::OFFICES;
use super::papers::Papers;
use kakehashi_domain::calendar::Date;
use kakehashi_domain::qualification::{
    CareLevel, CertificationState, Content, CopaymentCertificate, CopaymentPeriod, InsuranceCertificate,
    Period,
};

/// A value that was delivered.
pub(super) fn present<T>(value: T) -> Content<T> {
    Content::Present(value)
}

/// A certificate of a level: months of its length, and months from this month till it ends.
pub(super) fn paper(level: CareLevel, months: (i64, i64), today: Date) -> InsuranceCertificate {
    let span = certification::renewal(today, months, 20);
    let mut paper = certification::plain(level, &span);
    let [care, _, support, ..] = &OFFICES;
    let office = if level < CareLevel::Care1 { support } else { care };
    let filed_on = span.validity.from.plus_days(1).min(today);
    paper.plan_offices = vec![certification::plan_office(office.number, office.name, filed_on)];
    paper
}

/// All five kinds: that certificate, one tenth, no 負担限度額, nothing used.
pub(super) fn plain(level: CareLevel, months: (i64, i64), today: Date) -> Papers {
    let year = august_year(today);
    let period = Period::new(day(year, 8, 1), Some(day(year + 1, 7, 31)));
    Papers {
        certificate: Content::Present(paper(level, months, today)),
        copayment: Content::Present(CopaymentCertificate {
            issued_on: day(year, 7, 15).into(),
            periods: vec![CopaymentPeriod { tenths: 1, period }],
        }),
        limit: Content::NoneIssued,
        housing: Content::Present(benefit::works(level, today, &[])),
        equipment: Content::Present(benefit::purchases(today, &[])),
    }
}

/// The certificate holds from another day on (区分変更).
pub(super) fn from(papers: &mut Papers, from: Date, to: Date) {
    if let Content::Present(paper) = &mut papers.certificate {
        let level = paper.level.unwrap_or(CareLevel::Care1);
        let span = Span { certified_on: from, validity: Period::new(from, Some(to)) };
        let offices = std::mem::take(&mut paper.plan_offices);
        *paper = InsuranceCertificate { plan_offices: offices, ..certification::plain(level, &span) };
    }
}

/// The next certificate is applied for.
pub(super) fn applied(papers: &mut Papers) {
    if let Content::Present(paper) = &mut papers.certificate {
        paper.state = CertificationState::Applied;
    }
}
