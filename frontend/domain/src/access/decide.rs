//! The decision about one look.

use super::{Age, Denial, Information, Need, cell, table::TABLE};
use crate::calendar::Time;
use crate::consent::Standing;
use crate::number::InsurerNumber;
use crate::qualification::CareLevel;
use crate::upstream::{ConsentRecord, Job, Role, ServiceType, Staff};

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asker<'a> {
    /// What the office is.
    pub service: ServiceType,
    /// 職種.
    pub job: Option<Job>,
    /// The insurer of a municipality's account.
    pub insurer: Option<&'a InsurerNumber>,
}

/// About whom.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// 閲覧期限 of the office's right to view; `None` without one.
    pub until: Option<Time>,
    /// 保険者番号.
    pub insurer: &'a InsurerNumber,
    /// The level that holds today; `None` before the first decision.
    pub level: Option<CareLevel>,
    /// Who makes the plan.
    pub planner: Planner,
    /// The consents that concern the office.
    pub consents: &'a [ConsentRecord],
    /// The document, where one is asked for; `None` for a kind as a whole.
    pub paper: Option<Paper>,
}

/// Who makes the person's plan, by the last 届出.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Planner {
    /// The asking office.
    This,
    /// None was filed yet.
    Nobody,
    /// Another office, or the person.
    Other,
}

/// A document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paper {
    /// How old among those of its kind.
    pub age: Age,
    /// Whether the doctor agreed; `None` when the paper does not say.
    pub doctor: Option<bool>,
}

/// It may be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    /// It must leave the screen then; `None` for a municipality's own.
    pub until: Option<Time>,
}

/// Decides. What hangs on the account alone is asked first, then what hangs on the person, so that a refusal
/// tells an account that sees nothing of the kind nothing of anybody.
///
/// # Errors
/// The first reason against it.
pub fn decide(
    asker: Asker<'_>,
    information: Information,
    subject: &Subject<'_>,
    now: Time,
) -> Result<Grant, Denial> {
    let mut until: Option<Time> = None;
    for need in needs(information, asker.service, asker.job)? {
        let ends = holds(*need, asker, subject, now)?;
        until = match (until, ends) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
    }
    Ok(Grant { until })
}

/// The conditions of a cell; the reason when it is closed under all conditions.
fn needs(
    information: Information,
    service: ServiceType,
    job: Option<Job>,
) -> Result<&'static [Need], Denial> {
    cell(information, service, job).needs.ok_or_else(|| {
        let some_job = TABLE.iter().any(|row| row.information == information && row.service == service);
        if some_job { Denial::Job } else { Denial::Service }
    })
}

/// Whether one condition holds, and till when where it ends.
fn holds(need: Need, asker: Asker<'_>, subject: &Subject<'_>, now: Time) -> Result<Option<Time>, Denial> {
    let unless = |holds: bool, denial| if holds { Ok(None) } else { Err(denial) };
    match need {
        Need::Right => match subject.until {
            Some(until) if now < until => Ok(Some(until)),
            Some(_) => Err(Denial::Over),
            None => Err(Denial::NotYours),
        },
        Need::Consent(scope) => match Standing::of(subject.consents, scope, now) {
            Standing::Valid { until } => Ok(until),
            Standing::Withdrawn { .. } => Err(Denial::Withdrawn),
            Standing::Over { .. } => Err(Denial::ConsentOver),
            Standing::None => Err(Denial::NoConsent),
        },
        // 非該当 leaves nobody in charge: it stays with whoever asked for it. An unknown code opens nothing.
        Need::CareLevel => {
            let care =
                subject.level.is_none_or(|level| level >= CareLevel::Care1 || level == CareLevel::None);
            unless(care, Denial::Support)
        }
        Need::SupportLevel => {
            let known = |level: CareLevel| level >= CareLevel::None && level < CareLevel::Care1;
            unless(subject.level.is_none_or(known), Denial::Care)
        }
        Need::Planner => unless(subject.planner != Planner::Other, Denial::OtherOffice),
        Need::LatestTwo => {
            let recent = |paper: Paper| matches!(paper.age, Age::Latest | Age::Previous);
            unless(subject.paper.is_none_or(recent), Denial::Old)
        }
        Need::Doctor => unless(subject.paper.is_none_or(|paper| paper.doctor == Some(true)), Denial::Doctor),
        Need::OwnInsurer => unless(asker.insurer == Some(subject.insurer), Denial::OtherInsurer),
    }
}

impl<'a> Asker<'a> {
    /// The one who signed in.
    pub fn of(staff: &'a Staff) -> Self {
        Self { service: staff.service, job: staff.job, insurer: staff.insurer.as_ref() }
    }
}

/// Whether an account may read its office's record of viewings.
///
/// # Errors
/// [`Denial::Administrator`] for everybody else.
pub fn may_read_audit(staff: &Staff) -> Result<(), Denial> {
    if staff.role == Role::Administrator { Ok(()) } else { Err(Denial::Administrator) }
}

/// Whether an account may follow the 認定の進捗 of its office's clients at all; of each of them the upstream
/// decides. A municipality has no clients: it has its own queue.
///
/// # Errors
/// [`Denial::Service`] or [`Denial::Job`].
pub fn may_follow(staff: &Staff) -> Result<(), Denial> {
    if staff.service == ServiceType::Municipality {
        return Err(Denial::Service);
    }
    needs(Information::Progress, staff.service, staff.job).map(drop)
}

/// Whether an account may enter facts about people of an insurer.
///
/// # Errors
/// The first reason against it.
pub fn may_enter(staff: &Staff, insurer: &InsurerNumber) -> Result<(), Denial> {
    if staff.service != ServiceType::Municipality || staff.role != Role::Municipality {
        Err(Denial::Service)
    } else if staff.job != Some(Job::Official) {
        Err(Denial::Job)
    } else if staff.insurer.as_ref() != Some(insurer) {
        Err(Denial::OtherInsurer)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
