//! What a 被保険者証 says for one day.

use super::{
    BenefitRestriction, CareLevel, CertificationState, CopaymentCertificate, Facility, InsuranceCertificate,
    PlanOffice,
};
use crate::calendar::Date;

/// The paper a person holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeldPaper {
    /// 被保険者証
    Certificate,
    /// 資格者証: in place of the 被保険者証 while that lies with the insurer for an application
    /// (<https://www.city.maebashi.gunma.jp/soshiki/fukushibu/kaigohoken/shinseisho/11112/7614.html>).
    Interim,
}

impl InsuranceCertificate {
    /// Whether the 認定 holds on a day. A 認定 without a 有効期間 (非該当, first application) never does.
    pub fn holds_on(&self, day: Date) -> bool {
        self.validity.is_some_and(|validity| validity.is_possible() && validity.covers(day))
    }

    /// The level that holds on a day.
    pub fn level_on(&self, day: Date) -> Option<CareLevel> {
        self.level.filter(|_| self.holds_on(day))
    }

    /// 給付制限 that hold on a day.
    pub fn restrictions_on(&self, day: Date) -> impl Iterator<Item = &BenefitRestriction> {
        self.restrictions.iter().filter(move |restriction| restriction.period.covers(day))
    }

    /// The plan office of a day: the one filed last by then (届出年月日).
    pub fn plan_office_on(&self, day: Date) -> Option<&PlanOffice> {
        self.plan_offices.iter().filter(|office| office.filed_on <= day).max_by_key(|office| office.filed_on)
    }

    /// The facility the person is in on a day; the day of leaving still counts.
    pub fn facility_on(&self, day: Date) -> Option<&Facility> {
        self.facilities
            .iter()
            .find(|stay| stay.entered_on <= day && stay.left_on.is_none_or(|left| day <= left))
    }

    /// The paper in the person's hands.
    pub fn paper(&self) -> HeldPaper {
        match self.state {
            CertificationState::Applied => HeldPaper::Interim,
            CertificationState::Certified | CertificationState::Unknown(_) => HeldPaper::Certificate,
        }
    }
}

impl CopaymentCertificate {
    /// When the share is decided anew: the August 1 after a day (適用期間 8/1–7/31; issued each July,
    /// <https://www.city.takashima.lg.jp/iryo_kenko_fukushi/kenkohoken_nenkin/1/5089.html>).
    pub fn renewed_after(day: Date) -> Date {
        day.next_august()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qualification::Period;

    fn day(text: &str) -> Date {
        Date::from_iso(text).unwrap()
    }

    fn certificate() -> InsuranceCertificate {
        let office = |name: &str, on| PlanOffice { number: None, name: name.into(), filed_on: day(on) };
        InsuranceCertificate {
            issued_on: day("2026-03-20").into(),
            state: CertificationState::Certified,
            level: Some(CareLevel::Care2),
            certified_on: Some(day("2026-03-18")),
            validity: Some(Period::new(day("2026-04-01"), Some(day("2027-03-31")))),
            monthly_units: Some(19_705),
            kind_limits: Vec::new(),
            committee_opinion: None,
            restrictions: Vec::new(),
            plan_offices: vec![office("後", "2026-10-01"), office("先", "2026-04-02")],
            facilities: Vec::new(),
        }
    }

    #[test]
    fn to_the_day() {
        let paper = certificate();
        assert_eq!(paper.level_on(day("2027-03-31")), Some(CareLevel::Care2));
        assert_eq!(paper.level_on(day("2027-04-01")), None);
        let office = |on| paper.plan_office_on(day(on)).map(|office| office.name.as_str());
        assert_eq!(
            (office("2026-04-01"), office("2026-09-30"), office("2026-10-01")),
            (None, Some("先"), Some("後"))
        );
        assert_eq!(CopaymentCertificate::renewed_after(day("2026-11-22")), day("2027-08-01"));
    }

    #[test]
    fn while_an_application_runs_the_interim_paper_is_held() {
        let mut paper = certificate();
        assert_eq!(paper.paper(), HeldPaper::Certificate);
        paper.state = CertificationState::Applied;
        assert_eq!(paper.paper(), HeldPaper::Interim);
    }

    #[test]
    fn a_period_that_cannot_be_holds_never() {
        let mut paper = certificate();
        paper.validity = Some(Period::new(day("2027-03-31"), Some(day("2026-04-01"))));
        assert_eq!(paper.level_on(day("2026-11-22")), None);
    }
}
