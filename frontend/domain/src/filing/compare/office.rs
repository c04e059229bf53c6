//! What is to be said of the offices.

use super::{Check, FORMS, Facts, Finding, Found, Known, SYSTEM, Severity, fine, look, open};
use crate::filing::choose::{CategoryWhy, PlanKind, can_plan, category, kinds_of};
use crate::filing::{Category, Field};
use crate::number::{CheckDigit, OfficeNumber};

/// The office on the 被保険者証 against 区分.
pub(super) fn stands(facts: &Facts, known: &Known<'_>) -> Option<Finding> {
    let filed = facts.category?;
    let Some(paper) = known.certificate() else { return Some(open(Check::PlanOffice, Field::Category)) };
    let (_, why) = category(&paper.plan_offices, facts.office.as_ref());
    let find = |found| Some(look(Check::PlanOffice, found, Severity::Look, Field::Category, FORMS));
    match (filed, why) {
        (Category::New, CategoryWhy::OtherStands) => find(Found::OtherStands),
        (Category::New, CategoryWhy::SameStands) => find(Found::SameStands),
        (Category::Change, CategoryWhy::NobodyStands) => find(Found::NobodyStands),
        _ => Some(fine(Check::PlanOffice, Field::Category)),
    }
}

/// 事業所番号: check digit and kind. Official samples fail the check digit, so neither hinders.
pub(super) fn number(facts: &Facts) -> Option<Finding> {
    let (office, form) = (facts.office.as_ref()?, facts.form?);
    let field = Field::OfficeNumber;
    Some(if digit_differs(office) {
        look(Check::Number, Found::Digit, Severity::Look, field, "総合事業における事業所番号の考え方(厚労省)")
    } else if !can_plan(office, form) {
        look(Check::Number, Found::Kind, Severity::Look, field, SYSTEM)
    } else {
        fine(Check::Number, field)
    })
}

pub(super) fn entrusted(facts: &Facts) -> Option<Finding> {
    let entrusted = facts.entrusted.as_ref()?;
    let find = |found| Some(look(Check::Entrusted, found, Severity::Look, Field::EntrustedNumber, FORMS));
    if digit_differs(entrusted) {
        find(Found::Digit)
    } else if !kinds_of(entrusted).contains(&PlanKind::HomeCare) {
        find(Found::Kind)
    } else if facts.office.as_ref() == Some(entrusted) {
        find(Found::SameOffice)
    } else {
        Some(fine(Check::Entrusted, Field::EntrustedNumber))
    }
}

fn digit_differs(office: &OfficeNumber) -> bool {
    matches!(office.check(), CheckDigit::Differs { .. })
}
