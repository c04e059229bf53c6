//! What holds and what once held, on one line for each kind: for the time line of a person.

use super::history::known;
use super::timeline::{Claim, line};
use super::{
    BenefitRestriction, CareLevel, Content, History, InsuranceCertificate, LimitStage, Period, Qualification,
    Sheet, Version,
};
use crate::calendar::Date;

/// What can hold in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// 要介護状態区分.
    Level(CareLevel),
    /// 負担割合, 割.
    Share(u8),
    /// 利用者負担段階 of the 負担限度額認定証.
    Stage(LimitStage),
}

/// Kinds of it, a line each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeldKind {
    /// 認定の有効期間
    Level,
    /// 負担割合
    Share,
    /// 負担限度額
    Stage,
}

/// A stretch of days with what holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldStretch {
    /// What.
    pub value: Held,
    /// From when till when.
    pub period: Period,
    /// 履歴番号.
    pub number: u32,
}

/// What was registered once and does not hold any more: corrected, or taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Correction {
    /// The days. They lie wholly before [`Correction::on`] or wholly from it on.
    pub period: Period,
    /// What had been known.
    pub was: Held,
    /// What is known since; `None` for nothing.
    pub is: Option<Held>,
    /// Day of the registration that changed it.
    pub on: Date,
    /// Whether it was taken back (取消し) and not replaced by another version.
    pub withdrawn: bool,
}

impl Correction {
    /// Whether days were changed that had gone by (遡及変更): what was claimed for them has to be looked at.
    pub fn is_retroactive(&self) -> bool {
        self.period.from < self.on
    }
}

/// A row of a version: 履歴番号, period, what it says.
type Row = (u32, Period, Held);

impl History {
    /// What the sheets say, as a history of one version each, for kinds of which no version is there. The
    /// day of registration is not on a sheet: that of issue stands for it, or the day it was looked up.
    #[must_use]
    pub fn or_sheets(mut self, all: &Qualification) -> Self {
        fill(&mut self.certificates, &all.certificate, |paper| paper.issued_on.day());
        fill(&mut self.copayments, &all.copayment, |paper| paper.issued_on.day());
        fill(&mut self.limits, &all.limit, |paper| paper.issued_on.day());
        self
    }

    /// What holds as it was known on a day, oldest first; the stretches never overlap.
    pub fn held(&self, kind: HeldKind, known_on: Date) -> Vec<HeldStretch> {
        let rows = self.rows(kind, known_on);
        let claims: Vec<Claim> =
            rows.iter().map(|(number, period, _)| Claim { rank: *number, period: *period }).collect();
        line(&claims)
            .iter()
            .filter_map(|stretch| {
                let (number, _, value) = *rows.get(stretch.claim)?;
                Some(HeldStretch { value, period: stretch.period, number })
            })
            .collect()
    }

    /// What was corrected or taken back until a day, in the order of the registrations. What was known of
    /// no day before is none: a 認定 reaches back to its application and corrects nothing by that.
    pub fn corrections(&self, kind: HeldKind, known_on: Date) -> Vec<Correction> {
        let mut days = match kind {
            HeldKind::Level => registered(&self.certificates),
            HeldKind::Share => registered(&self.copayments),
            HeldKind::Stage => registered(&self.limits),
        };
        days.retain(|(day, _)| *day <= known_on);
        let mut found = Vec::new();
        for (on, taken_back) in days {
            let (before, after) = (self.held(kind, on.plus_days(-1)), self.held(kind, on));
            for one in between(&before, &after, on) {
                let (stretch, is) = one;
                let withdrawn = is.is_none() && taken_back.contains(&stretch.number);
                join(
                    &mut found,
                    Correction { period: stretch.period, was: stretch.value, is, on, withdrawn },
                );
            }
        }
        found
    }

    /// 給付制限: those of the newest 被保険者証, and those of older ones that were over before it came.
    pub fn restrictions(&self, known_on: Date) -> Vec<BenefitRestriction> {
        let mut known: Vec<&Version<InsuranceCertificate>> = known(&self.certificates, known_on).collect();
        known.sort_by_key(|version| version.number);
        let Some((newest, older)) = known.split_last() else { return Vec::new() };
        let mut found = newest.value.restrictions.clone();
        for one in older.iter().flat_map(|version| &version.value.restrictions) {
            let over = one.period.to.is_some_and(|to| to < newest.registered_on);
            if over && !found.contains(one) {
                found.push(one.clone());
            }
        }
        found.sort_by_key(|one| one.period.from);
        found
    }

    fn rows(&self, kind: HeldKind, on: Date) -> Vec<Row> {
        match kind {
            HeldKind::Level => known(&self.certificates, on)
                .filter_map(|one| Some((one.number, one.value.validity?, Held::Level(one.value.level?))))
                .collect(),
            HeldKind::Share => known(&self.copayments, on)
                .flat_map(|one| one.value.periods.iter().map(|row| (one.number, row)))
                .map(|(number, row)| (number, row.period, Held::Share(row.tenths)))
                .collect(),
            HeldKind::Stage => known(&self.limits, on)
                .map(|one| (one.number, one.value.validity, Held::Stage(one.value.stage)))
                .collect(),
        }
    }
}

fn fill<T: Clone>(versions: &mut Vec<Version<T>>, sheet: &Sheet<T>, issued: impl FnOnce(&T) -> Option<Date>) {
    if let (true, Content::Present(value)) = (versions.is_empty(), &sheet.content) {
        let looked_up = sheet.as_of.date();
        let registered_on = issued(value).map_or(looked_up, |issued| issued.min(looked_up));
        versions.push(Version { number: 1, registered_on, withdrawn: false, value: value.clone() });
    }
}

/// Days of registration in their order, each with the versions taken back on it.
fn registered<T>(versions: &[Version<T>]) -> Vec<(Date, Vec<u32>)> {
    let mut days: Vec<Date> = versions.iter().map(|version| version.registered_on).collect();
    days.sort_unstable();
    days.dedup();
    let taken_back = |day| {
        let on = versions.iter().filter(move |one| one.withdrawn && one.registered_on == day);
        on.map(|one| one.number).collect()
    };
    days.into_iter().map(|day| (day, taken_back(day))).collect()
}

/// The pieces of `before` that are not the same in `after`, parted at `on`.
fn between(before: &[HeldStretch], after: &[HeldStretch], on: Date) -> Vec<(HeldStretch, Option<Held>)> {
    let mut days: Vec<Date> = before
        .iter()
        .chain(after)
        .flat_map(|one| [Some(one.period.from), one.period.to.map(|to| to.plus_days(1))])
        .flatten()
        .chain([on])
        .collect();
    days.sort_unstable();
    days.dedup();
    let at = |line: &[HeldStretch], day| line.iter().find(|one| one.period.covers(day)).copied();
    let mut found = Vec::new();
    for (place, from) in days.iter().enumerate() {
        let Some(was) = at(before, *from) else { continue };
        let is = at(after, *from).map(|one| one.value);
        if is != Some(was.value) {
            let to = days.get(place + 1).map(|next| next.plus_days(-1));
            found.push((HeldStretch { period: Period::new(*from, to), ..was }, is));
        }
    }
    found
}

/// Adds a correction; one that goes on where the last ended and says the same is one with it. Days gone by
/// and days to come stay apart.
fn join(found: &mut Vec<Correction>, next: Correction) {
    if let Some(last) = found.last_mut() {
        let same = Correction { period: last.period, ..next } == *last;
        let adjoins = last.period.to.is_some_and(|to| to.plus_days(1) == next.period.from);
        if same && adjoins && next.period.from != next.on {
            last.period.to = next.period.to;
            return;
        }
    }
    found.push(next);
}

#[cfg(test)]
mod tests;
