//! Finds what is due for one client.

use super::{Due, DueKind, Office, Settings, cost};
use crate::calendar::{Date, Month};
use crate::certification::{Case, Outcome};
use crate::filing::choose::{can_plan, level_on, suits};
use crate::filing::{FilingNumber, FormKind};
use crate::number::{OfficeKind, OfficeNumber};
use crate::qualification::{CareLevel, CertificationState};
use crate::search::normal;
use crate::upcoming::Urgency;
use crate::upstream::{
    CaseEntry, CertificateOutline, ClientEntry, FilingEntry, FilingState, Person, PersonHandle, ServiceType,
};
use std::collections::BTreeMap;

/// One client with what is known beside the outline.
#[derive(Debug, Clone, Copy)]
pub struct Client<'a> {
    /// The client.
    pub entry: &'a ClientEntry,
    /// The cases of 認定 this account may see.
    pub cases: &'a [&'a Case],
    /// This office's filings for the person.
    pub filings: &'a [&'a FilingEntry],
    /// The same person under another insurer, where [`moved`] found one.
    pub moved: bool,
}

/// What is due, the most pressing first. Nothing for an office that makes no plans, and nothing about a person
/// who may not be viewed but what became of the office's own filings.
///
/// When services begin is not known here, nor the level before the present one: what this cannot tell it leaves
/// out.
pub fn dues(office: Office<'_>, client: &Client<'_>, today: Date, settings: &Settings) -> Vec<Due> {
    if !matches!(office.service, ServiceType::CareManagement | ServiceType::CommunitySupport) {
        return Vec::new();
    }
    let mut list = List { office, client, today, settings, found: Vec::new() };
    list.returned();
    let waiting = client.filings.iter().any(|one| one.state == FilingState::Received);
    let outline = client.entry.outline.as_ref().and_then(|outline| outline.certificate.value());
    if let Some(paper) = outline.filter(|_| !waiting) {
        list.certificate(paper);
    }
    let mut found = list.found;
    found.sort_by_key(|one| (one.urgency, one.days_left, one.kind));
    found
}

struct List<'a> {
    office: Office<'a>,
    client: &'a Client<'a>,
    today: Date,
    settings: &'a Settings,
    found: Vec<Due>,
}

impl List<'_> {
    fn add(&mut self, kind: DueKind, by: Date, filing: Option<&FilingNumber>) {
        let days_left = self.today.days_until(by);
        let urgency = match days_left {
            _ if kind.is_note() => Urgency::Note,
            ..=7 => Urgency::Now,
            8..=30 => Urgency::Soon,
            _ => Urgency::Later,
        };
        let counter = self.settings.opening.last_open(by);
        self.found.push(Due { kind, by, days_left, counter, filing: filing.cloned(), urgency });
    }

    /// The end of the month of services from a day on.
    fn month_end(&self, from: Date) -> Date {
        cost(from, self.today, &self.settings.opening).by
    }

    /// 差戻し, unless something took its place.
    fn returned(&mut self) {
        for one in self.client.filings {
            if one.state == FilingState::Returned && one.replaced_by.is_none() {
                self.add(DueKind::Returned, self.month_end(one.start_on), Some(&one.number));
            }
        }
    }

    fn certificate(&mut self, paper: &CertificateOutline) {
        let applied = paper.state == CertificationState::Applied;
        let held = level_on(paper.state, paper.level, paper.validity, self.today);
        let decided = self.decided(paper);
        let Some((level, from)) = decided.or_else(|| {
            let level = paper.level.filter(|_| held.holds)?;
            Some((level, paper.validity.map_or(self.today, |validity| validity.from)))
        }) else {
            if applied && !paper.in_facility && self.latest().is_none() && paper.plan_office.is_none() {
                self.add(DueKind::BeforeDecision, self.today.month_end(), None);
            }
            return;
        };
        if !needs_plan(level) || paper.in_facility {
            return;
        }
        if !self.crossed(paper, level, from) {
            self.stands(paper, level);
        }
    }

    /// A level that is decided and begins later than the one on the certificate.
    fn decided(&self, paper: &CertificateOutline) -> Option<(CareLevel, Date)> {
        let held = paper.validity.map(|validity| validity.from);
        let cases = self.client.cases.iter().filter_map(|case| match &case.outcome {
            Some(Outcome::Certified { level, validity, .. }) => Some((*level, validity.from)),
            _ => None,
        });
        cases.filter(|(_, from)| held.is_none_or(|held| *from > held)).max_by_key(|(_, from)| *from)
    }

    /// The office's filing that was accepted last.
    fn latest(&self) -> Option<&FilingEntry> {
        let accepted = self.client.filings.iter().filter(|one| one.state == FilingState::Accepted);
        accepted.max_by_key(|one| (one.start_on, one.filed_on)).copied()
    }

    /// Whether the form or the office that stands does not fit the level.
    fn crossed(&mut self, paper: &CertificateOutline, level: CareLevel, from: Date) -> bool {
        if let Some(filing) = self.latest().cloned() {
            if suits(filing.form, level) {
                return false;
            }
            let number = &filing.number;
            match self.result_after(filing.filed_on, level) {
                Some(on) => {
                    let by = on.plus_days(i64::from(self.settings.provisional_days));
                    self.add(DueKind::ProvisionalDiffers { to: level }, by, Some(number));
                }
                None => self.add(DueKind::LevelCrossed { to: level }, self.month_end(from), Some(number)),
            }
            return true;
        }
        let standing = paper.plan_office.as_ref().and_then(|one| one.number.as_ref());
        let fits = |number: &OfficeNumber| {
            FormKind::ALL.iter().any(|form| suits(*form, level) && can_plan(number, *form))
        };
        // A number of a kind nobody here knows is not judged.
        let crossed = standing.is_some_and(|number| {
            matches!(number.kind(), OfficeKind::SupportCentre | OfficeKind::Designated) && !fits(number)
        });
        if crossed {
            self.add(DueKind::LevelCrossed { to: level }, self.month_end(from.max(self.today)), None);
        }
        crossed
    }

    /// The day on which a result was told that was awaited when the filing was made.
    fn result_after(&self, filed_on: Date, level: CareLevel) -> Option<Date> {
        self.client.cases.iter().find_map(|case| {
            let applied = case.application?.on;
            match &case.outcome {
                Some(Outcome::Certified { on, level: result, .. })
                    if *result == level && applied <= filed_on && filed_on <= *on =>
                {
                    Some(case.notified_on.unwrap_or(*on))
                }
                _ => None,
            }
        })
    }

    /// Who stands on the 被保険者証.
    fn stands(&mut self, paper: &CertificateOutline, level: CareLevel) {
        let month_end = Month::of(self.today).last();
        let Some(standing) = &paper.plan_office else {
            // Ours was accepted and is on its way to the certificate; and a centre makes no plan for 要介護.
            let centre = self.office.service == ServiceType::CommunitySupport;
            // One that was sent back says it already.
            let said = self.found.iter().any(|one| one.kind == DueKind::Returned);
            if self.latest().is_none() && !said && !(centre && level >= CareLevel::Care1) {
                let kind = if self.client.moved { DueKind::Moved } else { DueKind::NoPlanOffice };
                self.add(kind, month_end, None);
            }
            return;
        };
        let number = standing.number.as_ref();
        let ours = number == Some(self.office.number)
            || self
                .latest()
                .is_some_and(|one| Some(&one.office) == number || one.filed_on >= standing.filed_on);
        // A centre entrusts its plans to 居宅介護支援事業所: its number stands there, and that is right.
        let entrusted = level < CareLevel::Care1
            && self.office.service == ServiceType::CareManagement
            && number.is_some_and(|number| number.kind() == OfficeKind::SupportCentre);
        if !ours && !entrusted {
            self.add(DueKind::OtherOffice, month_end, None);
        }
    }
}

/// What is due for all clients, the most pressing first; each with the client's place in the list. Cases and
/// filings may be of anybody in any order.
pub fn dues_of_all(
    office: Office<'_>,
    clients: &[ClientEntry],
    cases: &[CaseEntry],
    filings: &[FilingEntry],
    today: Date,
    settings: &Settings,
) -> Vec<(usize, Due)> {
    let mut cases_of: BTreeMap<&PersonHandle, Vec<&Case>> = BTreeMap::new();
    for entry in cases {
        cases_of.entry(&entry.person.handle).or_default().push(&entry.case);
    }
    let mut filings_of: BTreeMap<&PersonHandle, Vec<&FilingEntry>> = BTreeMap::new();
    for filing in filings {
        if let Some(person) = &filing.person {
            filings_of.entry(&person.handle).or_default().push(filing);
        }
    }
    let moved = moved(clients);
    let mut all: Vec<(usize, Due)> = Vec::new();
    for (at, entry) in clients.iter().enumerate() {
        let handle = &entry.person.handle;
        let client = Client {
            entry,
            cases: cases_of.get(handle).map_or(&[], Vec::as_slice),
            filings: filings_of.get(handle).map_or(&[], Vec::as_slice),
            moved: moved.get(at).copied().unwrap_or_default(),
        };
        all.extend(dues(office, &client, today, settings).into_iter().map(|due| (at, due)));
    }
    all.sort_by_key(|(_, due)| (due.urgency, due.days_left, due.kind));
    all
}

/// Whether plans are made for a level.
fn needs_plan(level: CareLevel) -> bool {
    level >= CareLevel::Programme
}

/// For each client whether the same person stands on the list under another insurer as well: by フリガナ and
/// 生年月日, as no number goes along with a move. Both entries are meant; the one without a plan office is due.
pub fn moved(clients: &[ClientEntry]) -> Vec<bool> {
    let key = |person: &Person| Some((person.birth_date.day()?, normal(&person.kana)));
    let mut insurers: BTreeMap<(Date, String), Vec<&str>> = BTreeMap::new();
    for entry in clients {
        if let Some(key) = key(&entry.person).filter(|(_, kana)| !kana.is_empty()) {
            insurers.entry(key).or_default().push(entry.person.insurer.as_str());
        }
    }
    clients
        .iter()
        .map(|entry| {
            let others = key(&entry.person).and_then(|key| insurers.get(&key));
            others.is_some_and(|all| all.iter().any(|one| *one != entry.person.insurer.as_str()))
        })
        .collect()
}
