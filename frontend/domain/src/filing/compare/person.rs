//! What the register says of the person.

use super::{Check, FORMS, Facts, Finding, Found, Known, Paper, SYSTEM, Severity, fine, look, open};
use crate::filing::choose::{Fit, Level, fit, level_on};
use crate::filing::{Category, Field, Filing, FormKind};
use crate::qualification::CertificationState;
use crate::search::normal;
use crate::upstream::{FilingState, Person};

pub(super) fn insured(known: &Known<'_>) -> Option<Finding> {
    Some(match known.paper {
        Paper::Held(_) => fine(Check::Insured, Field::Number),
        Paper::Unseen => open(Check::Insured, Field::Number),
        Paper::Missing => look(Check::Insured, Found::NotInsured, Severity::Hinders, Field::Number, FORMS),
    })
}

/// Whether the form names the person of the register. The way of writing does not count; another address may be
/// a move that is not registered yet.
pub(super) fn same(filing: &Filing, person: &Person) -> Finding {
    let ours = &filing.insured;
    let find = |found, severity, field| look(Check::Person, found, severity, field, FORMS);
    let alike = |one: &str, other: &str| other.is_empty() || normal(one) == normal(other);
    if ours.number != person.insured || ours.insurer != person.insurer {
        find(Found::NumberDiffers, Severity::Hinders, Field::Number)
    } else if person.birth_date.day().is_some_and(|day| day != ours.birth_date) {
        find(Found::BirthDiffers, Severity::Hinders, Field::BirthDate)
    } else if !alike(&ours.name, &person.name) {
        find(Found::NameDiffers, Severity::Look, Field::Name)
    } else if !alike(&ours.address, &person.address) {
        find(Found::AddressDiffers, Severity::Look, Field::Address)
    } else {
        fine(Check::Person, Field::Name)
    }
}

/// Whether the form is for the level, whatever the day.
pub(super) fn level(facts: &Facts, known: &Known<'_>) -> Option<Finding> {
    let form = facts.form.filter(|form| form.unknown().is_none())?;
    let Some(paper) = known.certificate() else { return Some(open(Check::Level, Field::Form)) };
    let applied = paper.state == CertificationState::Applied;
    let level = Level { level: paper.level, holds: paper.level.is_some(), applied };
    let find =
        |found, severity, field| look(Check::Level, found, severity, field, crate::filing::choose::SOURCE);
    Some(match fit(form, None, level) {
        Ok(_) if facts.provisional && !applied => {
            find(Found::MarkedProvisional, Severity::Look, Field::Provisional)
        }
        Ok(Fit::Right) => fine(Check::Level, Field::Form),
        Ok(Fit::Provisional) if facts.provisional => fine(Check::Level, Field::Form),
        Ok(Fit::Provisional) => find(Found::NotMarkedProvisional, Severity::Look, Field::Provisional),
        Err(_) => find(Found::FormOfOther, Severity::Hinders, Field::Form),
    })
}

/// Whether a 認定 holds on the day the plan begins.
pub(super) fn certified(facts: &Facts, known: &Known<'_>) -> Option<Finding> {
    let start = facts.start_on?;
    let Some(paper) = known.certificate() else { return Some(open(Check::Certified, Field::StartOn)) };
    let level = level_on(paper.state, paper.level, paper.validity, start);
    Some(if level.holds || (level.applied && facts.provisional) {
        fine(Check::Certified, Field::StartOn)
    } else {
        look(Check::Certified, Found::NotCertified, Severity::Look, Field::StartOn, SYSTEM)
    })
}

pub(super) fn duplicate(facts: &Facts, known: &Known<'_>) -> Option<Finding> {
    let find = |found, severity| {
        let source = "津市の届出書の確認欄、市町村の介護保険システムの履歴";
        Some(look(Check::Duplicate, found, severity, Field::StartOn, source))
    };
    let accepted = || known.others.iter().filter(|one| one.state == FilingState::Accepted);
    // While a decision is awaited, one form for 要介護 and one for 要支援 may lie side by side (河内長野市).
    let beside = |other: FormKind| facts.provisional && facts.form.is_some_and(|form| form != other);
    if let Some(open) = known.others.iter().find(|one| one.state == FilingState::Received) {
        let severity = if beside(open.form) { Severity::Look } else { Severity::Hinders };
        return find(Found::OpenFiling, severity);
    }
    let (Some(form), Some(start)) = (facts.form, facts.start_on) else { return None };
    let same = |one: &crate::upstream::FilingEntry| {
        one.form == form && one.start_on == start && facts.office.as_ref() == Some(&one.office)
    };
    if accepted().any(|one| same(one) && one.category == facts.category.unwrap_or(Category::New)) {
        return find(Found::SameFiling, Severity::Look);
    }
    if accepted().any(|one| one.start_on > start && !beside(one.form)) {
        return find(Found::LaterFiling, Severity::Look);
    }
    Some(fine(Check::Duplicate, Field::StartOn))
}
