//! An account as it is shown and as access is decided by.

use crate::store::{Connection, Json, Row, SqlError, StoreError};
use kakehashi_domain::number::{InsurerNumber, NumberError, OfficeNumber, UserId};
use kakehashi_domain::upstream::{Job, Staff};

/// Columns of a [`Staff`], for `account a JOIN office o`.
pub(super) const STAFF: &str = "a.user_id, a.name, a.role, a.office, o.name, o.service, a.job, o.insurer";

/// Reads [`STAFF`].
pub(super) fn read(row: &Row<'_>) -> Result<Staff, SqlError> {
    let wrong = |column| move |error: NumberError| SqlError::found(column, error);
    let insurer = row.get::<_, Option<String>>(7)?;
    Ok(Staff {
        user_id: UserId::parse(&row.get::<_, String>(0)?).map_err(wrong(0))?,
        name: row.get(1)?,
        role: row.get::<_, Json<_>>(2)?.0,
        office: OfficeNumber::parse(&row.get::<_, String>(3)?).map_err(wrong(3))?,
        office_name: row.get(4)?,
        service: row.get::<_, Json<_>>(5)?.0,
        job: row.get::<_, Option<Json<Job>>>(6)?.map(|Json(job)| job),
        insurer: insurer.as_deref().map(InsurerNumber::parse).transpose().map_err(wrong(7))?,
    })
}

/// An account by its number.
pub(super) fn of(db: &Connection, account: i64) -> Result<Staff, StoreError> {
    let one = format!("SELECT {STAFF} FROM account a JOIN office o ON o.number = a.office WHERE a.id = ?1");
    Ok(db.prepare_cached(&one)?.query_row([account], read)?)
}
