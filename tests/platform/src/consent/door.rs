//! Who keeps a person's consents: every account of a care office, and a municipality's clerks for their own.

use crate::access::Gate;
use crate::access::gate::Asked;
use crate::store::StoreError;
use kakehashi_domain::access::{Denial, Information, may_enter};
use kakehashi_domain::number::OfficeNumber;
use kakehashi_domain::upstream::{PersonHandle, ServiceType};

/// Whose consents, by the office's name for them.
pub(super) fn person(
    gate: &Gate<'_>,
    handle: &PersonHandle,
) -> Result<Result<(i64, Asked), Denial>, StoreError> {
    let staff = &gate.member.staff;
    let asked = gate.asked(handle)?;
    let refusal = match (staff.service, &staff.insurer) {
        (ServiceType::Municipality, Some(insurer)) => may_enter(staff, insurer)
            .err()
            .or_else(|| (asked.insurer.as_ref() != Some(insurer)).then_some(Denial::OtherInsurer)),
        _ => Gate::closed(gate.member, Information::Qualification)
            .or(asked.person.is_none().then_some(Denial::NotYours)),
    };
    Ok(match (refusal, asked.person) {
        (None, Some(person)) => Ok((person, asked)),
        (refusal, _) => Err(refusal.unwrap_or(Denial::NotYours)),
    })
}

/// Whose paper it is: this office's, or the municipality's for every office.
pub(super) fn taker<'a>(gate: &Gate<'a>) -> Option<&'a OfficeNumber> {
    let staff = &gate.member.staff;
    (staff.service != ServiceType::Municipality).then_some(&staff.office)
}
