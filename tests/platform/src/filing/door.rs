//! Who sees filings: an office its own, a municipality those of its insured.

use super::read::{self, Kept};
use crate::audit::Line;
use crate::municipality::clerk;
use crate::session::Member;
use crate::store::{StoreError, Transaction};
use kakehashi_domain::filing::FilingNumber;
use kakehashi_domain::filing::file::{MayNot, may_submit};
use kakehashi_domain::upstream::{BusinessError, ServiceType};

/// Whether an account sees its office's own; the code when it does not.
pub(super) fn office(member: &Member) -> Result<(), &'static str> {
    may_submit(member.staff.service, member.staff.job).map_err(|why| match why {
        MayNot::Service => "UPS-130",
        _ => "UPS-131",
    })
}

/// The caller's filing of a number: what is another's is answered like what does not exist.
pub(super) fn own(
    db: &Transaction<'_>,
    member: &Member,
    number: &FilingNumber,
    line: &Line<'_>,
) -> Result<Result<Kept, BusinessError>, StoreError> {
    let refuse = |code: &str| {
        line.clone().refused(code).write(db)?;
        Ok(Err(crate::answer::business(code)))
    };
    let found = if member.staff.service == ServiceType::Municipality {
        match clerk(db, &member.staff, line)? {
            Ok(clerk) => read::find(db, &read::of_insurer(), number, clerk.insurer.as_str())?,
            Err(refusal) => return Ok(Err(refusal)),
        }
    } else {
        if let Err(code) = office(member) {
            return refuse(code);
        }
        read::find(db, &read::of_office(), number, member.staff.office.as_str())?
    };
    found.map_or_else(|| refuse("UPS-157"), |kept| Ok(Ok(kept)))
}
