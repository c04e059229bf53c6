//! One page of the record. Each of its filters has an index in the order of the page, so that a page costs what
//! it shows, however long the record is; by person it costs what there is about that person.

use crate::store::{Connection, OptionalExtension, Row, StoreError, Value, params};
use base64ct::{Base64UrlUnpadded, Encoding};
use kakehashi_domain::calendar::{Date, Time};
use kakehashi_domain::number::{OfficeNumber, UserId};
use kakehashi_domain::upstream::{
    AuditEntry, AuditKind, AuditRequest, AuditResponse, PageMark, PersonHandle,
};

/// What is asked for.
#[derive(Debug)]
pub(super) struct Page<'a> {
    pub(super) office: &'a OfficeNumber,
    pub(super) wanted: &'a AuditRequest,
    /// The last line of the page before.
    pub(super) after: Option<Place>,
}

/// Where a line stands in the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    at: i64,
    id: i64,
}

/// A mark that is none.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NoMark;

impl Place {
    /// Reads a mark.
    pub(super) fn of_mark(mark: &PageMark) -> Result<Self, NoMark> {
        let bytes = Base64UrlUnpadded::decode_vec(&mark.0).map_err(|_| NoMark)?;
        let bytes: [u8; 16] = bytes.try_into().map_err(|_| NoMark)?;
        let both = i128::from_be_bytes(bytes);
        let (at, id) = ((both >> 64) as i64, both as i64);
        Ok(Self { at, id })
    }

    fn mark(self) -> PageMark {
        let both = (i128::from(self.at) << 64) | i128::from(self.id as u64);
        PageMark(Base64UrlUnpadded::encode_string(&both.to_be_bytes()))
    }
}

/// Reads a page.
pub(super) fn read(db: &Connection, page: &Page<'_>) -> Result<AuditResponse, StoreError> {
    let Some(filter) = Filter::of(db, page)? else {
        return Ok(AuditResponse { entries: Vec::new(), next: None });
    };
    let mut select = db.prepare_cached(&question(filter.person.is_some(), page.wanted, page.after))?;
    let mut rows = select.query(filter.values(page))?;
    let (mut entries, mut last, mut next) = (Vec::new(), None, None);
    while let Some(row) = rows.next()? {
        if entries.len() == usize::from(page.wanted.size) {
            next = last.map(Place::mark);
            break;
        }
        last = Some(Place { at: row.get(0)?, id: row.get(1)? });
        entries.push(entry(&row)?);
    }
    Ok(AuditResponse { entries, next })
}

/// The filters as the database knows them.
struct Filter {
    account: Option<i64>,
    person: Option<i64>,
}

impl Filter {
    /// Nothing when one of them is nobody of this office.
    fn of(db: &Connection, page: &Page<'_>) -> Result<Option<Self>, StoreError> {
        let find = |sql: &str, what: &str| {
            let mut select = db.prepare_cached(sql)?;
            select.query_row(params![what, page.office.as_str()], |row| row.get::<_, i64>(0)).optional()
        };
        let mut filter = Self { account: None, person: None };
        if let Some(user) = &page.wanted.user {
            filter.account =
                find("SELECT id FROM account WHERE user_id = ?1 AND office = ?2", user.as_str())?;
            if filter.account.is_none() {
                return Ok(None);
            }
        }
        if let Some(handle) = &page.wanted.person {
            filter.person = find("SELECT person FROM handle WHERE handle = ?1 AND office = ?2", &handle.0)?;
            if filter.person.is_none() {
                return Ok(None);
            }
        }
        Ok(Some(filter))
    }

    /// What [`question`] asks for, in its order.
    fn values(&self, page: &Page<'_>) -> Vec<Value<'static>> {
        let wanted = page.wanted;
        // A day begins at midnight in Japan, nine hours before UTC's.
        let began = |day: Date| (day.day_number() * 24 - 9) * 3_600;
        let end = began(wanted.to.plus_days(1)) - 1;
        let mut values: Vec<Value<'_>> = vec![
            page.office.as_str().to_owned().into(),
            began(wanted.from).into(),
            page.after.map_or(end, |place| end.min(place.at)).into(),
        ];
        if let Some(place) = page.after {
            values.extend([place.at.into(), place.id.into()]);
        }
        values.extend(self.account.map(Value::from));
        values.extend(wanted.what.map(|what| Value::from(what.code().to_owned())));
        if let Some(person) = self.person {
            values.extend([page.office.as_str().to_owned().into(), person.into(), person.into()]);
        }
        values.push((i64::from(wanted.size) + 1).into());
        values
    }
}

/// The question of a page: one more line than wanted tells whether there is another page.
pub(crate) fn question(by_person: bool, wanted: &AuditRequest, after: Option<Place>) -> String {
    // Said, because without statistics SQLite takes any of them.
    let index = match (by_person, wanted.user.is_some(), wanted.what.is_some()) {
        (true, ..) => "NOT INDEXED",
        (_, false, false) => "INDEXED BY audit_page",
        (_, false, true) => "INDEXED BY audit_kind",
        (_, true, false) => "INDEXED BY audit_account",
        (_, true, true) => "INDEXED BY audit_account_kind",
    };
    let mut text = format!(
        "SELECT a.at, a.id, a.kind, c.user_id, c.name, h.handle, p.name, a.refused FROM audit a {index}
         LEFT JOIN account c ON c.id = a.account
         LEFT JOIN person p ON p.id = a.person
         LEFT JOIN handle h ON h.person = a.person AND h.office = a.office
         WHERE a.office = ? AND a.kind IS NOT NULL AND a.at >= ? AND a.at <= ?",
    );
    let mut and = |wanted: bool, condition: &str| {
        if wanted {
            text.push_str(condition);
        }
    };
    and(after.is_some(), " AND (a.at < ? OR a.id < ?)");
    and(wanted.user.is_some(), " AND a.account = ?");
    and(wanted.what.is_some(), " AND a.kind = ?");
    // Also the lists that showed the person.
    and(
        by_person,
        " AND a.id IN (SELECT id FROM audit WHERE office = ? AND person = ? AND kind IS NOT NULL
                       UNION ALL SELECT audit FROM audit_person WHERE person = ?)",
    );
    text.push_str(" ORDER BY a.at DESC, a.id DESC LIMIT ?");
    text
}

fn entry(row: &Row<'_>) -> Result<AuditEntry, StoreError> {
    let what: String = row.get(2)?;
    Ok(AuditEntry {
        at: Time(row.get(0)?),
        what: AuditKind::from_code(&what),
        user: UserId::parse(&row.get::<_, String>(3)?).map_err(StoreError::other)?,
        user_name: row.get(4)?,
        person: row.get::<_, Option<String>>(5)?.map(PersonHandle),
        person_name: row.get(6)?,
        refused: row.get(7)?,
    })
}

#[cfg(test)]
mod tests;
