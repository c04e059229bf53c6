//! What was registered when — 履歴番号. A later version corrects an earlier one, also for days gone by.

use super::timeline::{Claim, Stretch, holds, line};
use super::{CareLevel, CopaymentCertificate, InsuranceCertificate, LimitCertificate, Period};
use crate::calendar::Date;
use serde::{Deserialize, Serialize};

/// One version of a certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version<T> {
    /// 履歴番号: it grows with each registration.
    pub number: u32,
    /// Day on which the insurer registered it: known from then on.
    pub registered_on: Date,
    /// Whether it was taken back (取消し); it then says nothing.
    #[serde(default)]
    pub withdrawn: bool,
    /// What it says.
    pub value: T,
}

/// All versions of the certificates of one person, in any order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct History {
    /// 被保険者証.
    #[serde(default)]
    pub certificates: Vec<Version<InsuranceCertificate>>,
    /// 負担割合証.
    #[serde(default)]
    pub copayments: Vec<Version<CopaymentCertificate>>,
    /// 負担限度額認定証.
    #[serde(default)]
    pub limits: Vec<Version<LimitCertificate>>,
}

/// A share that held, or holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldShare {
    /// Tenths as they were registered; whether they can be is for [`crate::qualification::doubt`] to say.
    pub tenths: u8,
    /// From when till when.
    pub period: Period,
    /// 履歴番号 of the version that says so.
    pub number: u32,
}

/// A level that held, or holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldLevel {
    /// The level.
    pub level: CareLevel,
    /// From when till when.
    pub period: Period,
    /// 履歴番号.
    pub number: u32,
}

/// Days whose share was changed after the fact: what was claimed for them has to be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShareChange {
    /// The days.
    pub period: Period,
    /// What was known before; `None` for nothing.
    pub was: Option<u8>,
    /// What is known now; `None` for nothing.
    pub is: Option<u8>,
}

impl History {
    /// The shares that hold as they were known on a day, oldest first; they never overlap.
    pub fn shares(&self, known_on: Date) -> Vec<HeldShare> {
        let (claims, shares) = share_claims(&self.copayments, known_on);
        line(&claims).iter().filter_map(|stretch| held_share(&shares, stretch)).collect()
    }

    /// The share of a day as it was known on another; `None` when nothing was.
    pub fn share_on(&self, day: Date, known_on: Date) -> Option<HeldShare> {
        let (claims, shares) = share_claims(&self.copayments, known_on);
        let claim = holds(&claims, day)?;
        let period = claims.get(claim)?.period;
        held_share(&shares, &Stretch { period, claim })
    }

    /// What became different between two days of knowledge, for days before the later of them (遡及変更).
    pub fn share_changes(&self, before: Date, after: Date) -> Vec<ShareChange> {
        let (was, is) = (self.shares(before), self.shares(after));
        let at = |line: &[HeldShare], day| {
            line.iter().find(|share| share.period.covers(day)).map(|share| share.tenths)
        };
        let mut days: Vec<Date> = was
            .iter()
            .chain(&is)
            .flat_map(|share| [Some(share.period.from), share.period.to.map(|to| to.plus_days(1))])
            .flatten()
            .chain([after])
            .filter(|day| *day <= after)
            .collect();
        days.sort_unstable();
        days.dedup();
        days.windows(2)
            .filter_map(|pair| match pair {
                [from, next] => {
                    let (was, is) = (at(&was, *from), at(&is, *from));
                    let period = Period::new(*from, Some(next.plus_days(-1)));
                    (was != is).then_some(ShareChange { period, was, is })
                }
                _ => None,
            })
            .fold(Vec::new(), join)
    }

    /// The levels that hold as they were known on a day, oldest first; they never overlap.
    pub fn levels(&self, known_on: Date) -> Vec<HeldLevel> {
        let known: Vec<(&Version<InsuranceCertificate>, Period, CareLevel)> =
            known(&self.certificates, known_on)
                .filter_map(|version| Some((version, version.value.validity?, version.value.level?)))
                .collect();
        let claims: Vec<Claim> = known
            .iter()
            .map(|(version, period, _)| Claim { rank: version.number, period: *period })
            .collect();
        line(&claims)
            .iter()
            .filter_map(|stretch| {
                known.get(stretch.claim).map(|(version, _, level)| HeldLevel {
                    level: *level,
                    period: stretch.period,
                    number: version.number,
                })
            })
            .collect()
    }

    /// The 負担限度額認定証 that holds on a day as it was known on another.
    pub fn limit_on(&self, day: Date, known_on: Date) -> Option<&LimitCertificate> {
        let known: Vec<&Version<LimitCertificate>> = known(&self.limits, known_on).collect();
        let claims: Vec<Claim> = known
            .iter()
            .map(|version| Claim { rank: version.number, period: version.value.validity })
            .collect();
        holds(&claims, day).and_then(|at| known.get(at).map(|version| &version.value))
    }
}

/// Versions that were known on a day and not taken back. A withdrawal counts from its own registration.
pub(super) fn known<T>(versions: &[Version<T>], on: Date) -> impl Iterator<Item = &Version<T>> {
    let known = move |version: &&Version<T>| version.registered_on <= on;
    versions.iter().filter(known).filter(move |version| {
        !version.withdrawn
            && !versions
                .iter()
                .any(|other| other.withdrawn && other.number == version.number && other.registered_on <= on)
    })
}

fn share_claims(versions: &[Version<CopaymentCertificate>], on: Date) -> (Vec<Claim>, Vec<(u8, u32)>) {
    known(versions, on)
        .flat_map(|version| version.value.periods.iter().map(move |row| (version.number, row)))
        .map(|(number, row)| (Claim { rank: number, period: row.period }, (row.tenths, number)))
        .unzip()
}

fn held_share(shares: &[(u8, u32)], stretch: &Stretch) -> Option<HeldShare> {
    shares.get(stretch.claim).map(|(tenths, number)| HeldShare {
        tenths: *tenths,
        period: stretch.period,
        number: *number,
    })
}

/// Joins neighbours that say the same.
fn join(mut changes: Vec<ShareChange>, next: ShareChange) -> Vec<ShareChange> {
    match changes.last_mut() {
        Some(last)
            if (last.was, last.is) == (next.was, next.is)
                && last.period.to.is_some_and(|to| to.plus_days(1) == next.period.from) =>
        {
            last.period.to = next.period.to;
        }
        _ => changes.push(next),
    }
    changes
}

#[cfg(test)]
mod tests;
