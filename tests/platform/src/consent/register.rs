//! The records of consent as they are kept.

use crate::store::{Connection, Json, Row, SqlError, StoreError, params};
use kakehashi_domain::calendar::Time;
use kakehashi_domain::number::OfficeNumber;
use kakehashi_domain::upstream::{
    ConsentGiver, ConsentId, ConsentRecord, ConsentTaker, ConsentTerms, ConsentWithdrawal,
};

/// The records about a person that concern an office: its own and the comprehensive ones; latest first.
pub(crate) const CONCERNING: &str = "SELECT d.id, d.terms, d.office IS NULL, coalesce(o.name, i.name),
         coalesce(a.name, i.name), d.recorded_at, d.withdrawn_at, d.withdrawn_by,
         coalesce(w.name, i.name), d.withdrawal_reason
     FROM data_consent d
     JOIN person p ON p.id = d.person JOIN insurer i ON i.number = p.insurer
     LEFT JOIN office o ON o.number = d.office
     LEFT JOIN account a ON a.id = d.account
     LEFT JOIN account w ON w.id = d.withdrawal_account
     WHERE d.person = ?1 AND (d.office IS NULL OR d.office = ?2)
     ORDER BY d.recorded_at DESC, d.id";

/// The records about a person that concern an office.
pub(crate) fn concerning(
    db: &Connection,
    person: i64,
    office: &OfficeNumber,
) -> Result<Vec<ConsentRecord>, StoreError> {
    let mut select = db.prepare_cached(CONCERNING)?;
    let rows = select.query_map(params![person, office.as_str()], record)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn record(row: &Row<'_>) -> Result<ConsentRecord, SqlError> {
    let Json(terms): Json<ConsentTerms> = row.get(1)?;
    let taker = if row.get(2)? { ConsentTaker::Municipality } else { ConsentTaker::Office };
    let withdrawal = match row.get::<_, Option<i64>>(6)? {
        None => None,
        Some(at) => {
            let Json(by): Json<ConsentGiver> = row.get(7)?;
            Some(ConsentWithdrawal { at: Time(at), by, recorded_by: row.get(8)?, reason: row.get(9)? })
        }
    };
    Ok(ConsentRecord {
        id: ConsentId(row.get(0)?),
        terms,
        taker,
        taker_name: row.get(3)?,
        recorded_by: row.get(4)?,
        recorded_at: Time(row.get(5)?),
        withdrawal,
    })
}
