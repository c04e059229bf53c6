//! The municipality's side: its queue of applications, and what its clerks enter. A clerk sees and changes the
//! cases of the own insurer only; another's are answered like those that do not exist.

pub(crate) mod bulk;
pub(crate) mod desk;
mod enter;
pub(crate) mod queue;
pub(crate) mod reflect;
mod words;

pub(crate) use bulk::Work;
pub(crate) use enter::enter;
pub(crate) use queue::cases;
pub(crate) use words::words;

use crate::answer::business;
use crate::audit::Line;
use crate::store::{Connection, StoreError, Transaction};
use kakehashi_domain::access::{Denial, may_enter};
use kakehashi_domain::number::InsurerNumber;
use kakehashi_domain::upstream::{BusinessError, Staff};

/// A clerk who may enter (市町村職員).
#[derive(Debug, Clone)]
pub(crate) struct Clerk {
    /// The own insurer.
    pub(crate) insurer: InsurerNumber,
    /// Name to show.
    name: String,
    /// Who says so, in words: `伊勢崎市(保険者)`.
    pub(crate) source: String,
}

/// The clerk that is signed in. For anybody else the refusal is written down; nothing but the account is
/// looked at before.
pub(crate) fn clerk(
    db: &Transaction<'_>,
    staff: &Staff,
    line: &Line<'_>,
) -> Result<Result<Clerk, BusinessError>, StoreError> {
    let own = staff.insurer.clone().ok_or(Denial::Service);
    match own.and_then(|insurer| may_enter(staff, &insurer).map(|()| insurer)) {
        Ok(insurer) => {
            let source = source(db, &insurer)?;
            Ok(Ok(Clerk { insurer, name: staff.name.clone(), source }))
        }
        Err(denial) => {
            line.clone().refused(denial.code()).write(db)?;
            Ok(Err(business(denial.code())))
        }
    }
}

/// An insurer in words: `伊勢崎市(保険者)`.
pub(crate) fn source(db: &Connection, insurer: &InsurerNumber) -> Result<String, StoreError> {
    let name: String = db
        .prepare_cached("SELECT name FROM insurer WHERE number = ?1")?
        .query_row([insurer.as_str()], |row| row.get(0))?;
    Ok(name + "(保険者)")
}
