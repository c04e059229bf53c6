//! Collects it from all certificates of one person.

use super::{Settings, Upcoming, UpcomingKind};
use crate::calendar::Date;
use crate::certification::RenewalWindow;
use crate::qualification::{
    CareLevel, CertificationState, Content, CopaymentCertificate, EquipmentUse, HousingUse,
    InsuranceCertificate, LimitCertificate, Period, Qualification, Standing,
};
use crate::rollout::InsurerStart;

/// Everything that comes or stands for one person, the earliest first. What cannot be (an end before its
/// beginning) is left to [`crate::qualification::doubt`]; what is not registered is not in it.
pub fn upcoming(all: &Qualification, today: Date, settings: &Settings) -> Vec<Upcoming> {
    let mut list = List { today, settings, found: Vec::new() };
    list.insurer(all);
    let certificate = all.certificate.value();
    if let Some(certificate) = certificate {
        list.certificate(certificate);
    }
    list.share(&all.copayment.content, certificate);
    if let Some(limit) = all.limit.value() {
        list.limit(limit);
    }
    if let Some(housing) = all.housing.value() {
        list.housing(housing);
    }
    if let Some(equipment) = all.equipment.value() {
        list.equipment(equipment);
    }
    list.found.sort_by_key(|one| (one.on, one.kind));
    list.found
}

struct List<'a> {
    today: Date,
    settings: &'a Settings,
    found: Vec<Upcoming>,
}

impl List<'_> {
    fn add(&mut self, on: Date, kind: UpcomingKind) {
        let days_left = self.today.days_until(on);
        let notice = self.settings.notice(days_left);
        self.found.push(Upcoming { on, kind, days_left, notice });
    }

    fn stands(&mut self, kind: UpcomingKind) {
        self.add(self.today, kind);
    }

    /// From today on; what is over is not listed.
    fn comes(&mut self, on: Date, kind: UpcomingKind) {
        if on >= self.today {
            self.add(on, kind);
        }
    }

    fn insurer(&mut self, all: &Qualification) {
        match self.settings.rollout.start(&all.person.insurer, self.today) {
            InsurerStart::On(day) => self.comes(day, UpcomingKind::InsurerStarts),
            // What was brought says more than a list that may be old.
            InsurerStart::Undecided if all.certificate.content == Content::NotMigrated => {
                self.stands(UpcomingKind::InsurerNotStarted);
            }
            InsurerStart::Undecided | InsurerStart::Started | InsurerStart::NotListed => {}
        }
    }

    fn certificate(&mut self, certificate: &InsuranceCertificate) {
        for restriction in &certificate.restrictions {
            self.restriction(restriction.period, restriction.kind);
        }
        let Some(validity) = certificate.validity else { return };
        let applied = certificate.state == CertificationState::Applied;
        match validity.standing(self.today) {
            Standing::NotYet { .. } => self.comes(validity.from, UpcomingKind::CertificationBegins),
            Standing::Expired { .. } => {
                if let Some(to) = validity.to {
                    self.add(to, UpcomingKind::CertificationEnded);
                }
                return;
            }
            Standing::Impossible => return,
            Standing::Valid { .. } | Standing::Open => {}
        }
        if let Some(to) = validity.to {
            self.comes(to, UpcomingKind::CertificationEnds { applied });
        }
        if let Some(window) = RenewalWindow::of(certificate).filter(|_| !applied) {
            self.comes(window.opens, UpcomingKind::RenewalOpens);
            self.comes(window.closes, UpcomingKind::RenewalCloses);
        }
    }

    fn restriction(&mut self, period: Period, kind: crate::qualification::RestrictionKind) {
        if !period.is_possible() {
            return;
        }
        if period.from > self.today {
            self.comes(period.from, UpcomingKind::RestrictionBegins(kind));
        }
        if let Some(to) = period.to {
            self.comes(to, UpcomingKind::RestrictionEnds(kind));
        }
    }

    fn share(&mut self, share: &Content<CopaymentCertificate>, certificate: Option<&InsuranceCertificate>) {
        let today = self.today;
        // Issued to 認定者 and 事業対象者.
        let entitled = certificate
            .and_then(|certificate| certificate.level_on(today))
            .is_some_and(|level| level >= CareLevel::Programme);
        let rows = match share {
            Content::Present(share) => share,
            Content::NoneIssued if entitled => return self.stands(UpcomingKind::ShareMissing),
            _ => return,
        };
        if entitled && rows.on(today).is_none() {
            self.stands(UpcomingKind::ShareMissing);
        }
        let renewed = CopaymentCertificate::renewed_after(today);
        let known = rows.on(renewed).map(|row| row.tenths);
        self.comes(renewed, UpcomingKind::ShareRenewed { known });
        for row in rows.periods.iter().filter(|row| row.period.is_possible() && row.period.from > today) {
            let before = rows.on(row.period.from.plus_days(-1)).map(|row| row.tenths);
            if row.period.from != renewed && before != Some(row.tenths) {
                self.comes(row.period.from, UpcomingKind::ShareChanges { to: row.tenths });
            }
        }
    }

    fn limit(&mut self, limit: &LimitCertificate) {
        match (limit.validity.standing(self.today), limit.validity.to) {
            (Standing::Valid { .. } | Standing::NotYet { .. }, Some(to)) => {
                self.comes(to, UpcomingKind::LimitEnds);
            }
            (Standing::Expired { .. }, Some(to)) => self.add(to, UpcomingKind::LimitEnded),
            _ => {}
        }
    }

    fn housing(&mut self, housing: &HousingUse) {
        let used = housing.dwellings.iter().filter(|one| one.current && one.used_yen() > 0);
        if let Some(left_yen) = used.map(|dwelling| dwelling.left_yen()).min() {
            self.balance(left_yen, UpcomingKind::HousingNearlyUsed { left_yen });
        }
    }

    fn equipment(&mut self, equipment: &EquipmentUse) {
        if equipment.fiscal_year == self.today.fiscal_year() && equipment.used_yen() > 0 {
            let left_yen = equipment.left_yen();
            self.balance(left_yen, UpcomingKind::EquipmentNearlyUsed { left_yen });
        }
    }

    fn balance(&mut self, left_yen: u32, kind: UpcomingKind) {
        if left_yen < self.settings.nearly_used_yen {
            self.stands(kind);
        }
    }
}
