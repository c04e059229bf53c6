//! Whether a look goes on that is in the record already.

use crate::session::Member;
use crate::store::{Connection, StoreError, params};
use kakehashi_domain::calendar::Time;
use kakehashi_domain::upstream::AuditKind;

/// Whether this account has looked at this since a time.
pub(crate) const LATELY: &str = "SELECT EXISTS (SELECT 1 FROM audit INDEXED BY audit_account_kind
     WHERE office = ?1 AND account = ?2 AND kind = ?3 AND at >= ?4 AND person = ?5 AND refused IS NULL)";

/// Whether this account was shown this of a person since a time.
pub(crate) fn seen_lately(
    db: &Connection,
    member: &Member,
    what: AuditKind,
    person: i64,
    since: Time,
) -> Result<bool, StoreError> {
    let office = member.staff.office.as_str();
    let asked = params![office, member.account, what.code(), since.0, person];
    Ok(db.prepare_cached(LATELY)?.query_row(asked, |row| row.get(0))?)
}
