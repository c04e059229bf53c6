//! The queue of an insurer's cases, oldest application first.

use super::clerk;
use crate::answer::{Done, Outcome, Problem};
use crate::audit::Line;
use crate::cases::keep::{self, COLUMNS, Kept};
use crate::http::Authorised;
use crate::person::register;
use crate::secret::random_text;
use crate::state::Shared;
use crate::store::{Connection, StoreError, params};
use axum::extract::State;
use base64ct::{Base64UrlUnpadded, Encoding};
use kakehashi_domain::calendar::Date;
use kakehashi_domain::certification::Case;
use kakehashi_domain::number::{InsurerNumber, OfficeNumber};
use kakehashi_domain::search::normal;
use kakehashi_domain::upstream::{PageMark, QueueEntry, QueueFilter, QueueRequest, QueueResponse};

/// Entries of a page at most.
const MOST: usize = 200;

/// `/api/v1/municipality/cases`
pub(crate) async fn cases(
    State(state): State<Shared>,
    Authorised { caller, member, body }: Authorised<QueueRequest>,
) -> Outcome<QueueResponse> {
    let now = state.now();
    let after = body.after.as_ref().map(|mark| Place::read(mark).ok_or(Problem::Malformed("after")));
    let after = after.transpose()?;
    let answer = state
        .store
        .write(move |db| {
            let line = Line::new(&caller, Some(member.account), now, "cases");
            let clerk = match clerk(db, &member.staff, &line)? {
                Ok(clerk) => clerk,
                Err(refusal) => return Ok(Err(refusal)),
            };
            let size = usize::from(body.size).clamp(1, MOST);
            let page = page(db, &clerk.insurer, &body.filter, after.as_ref(), (size, now.date()))?;
            let mut cases = Vec::with_capacity(page.cases.len());
            for kept in &page.cases {
                cases.push(entry(db, &caller.office, kept)?);
            }
            let mut people: Vec<i64> = page.cases.iter().map(|kept| kept.person).collect();
            people.sort_unstable();
            people.dedup();
            line.write_list(db, &people)?;
            Ok(Ok(QueueResponse { now, cases, next: page.next, total: page.total }))
        })
        .await??;
    Ok(Done(answer))
}

/// A case for the clerk's screen. The office gets its own name for the person when it has none yet.
pub(super) fn entry(db: &Connection, office: &OfficeNumber, kept: &Kept) -> Result<QueueEntry, StoreError> {
    db.prepare_cached(
        "INSERT INTO handle (handle, office, person) VALUES (?1, ?2, ?3)
         ON CONFLICT (office, person) DO NOTHING",
    )?
    .execute(params![random_text::<16>()?, office.as_str(), kept.person])?;
    let person = db
        .prepare_cached(&register::granted())?
        .query_row(params![kept.person, office.as_str()], register::person)?;
    Ok(QueueEntry {
        person,
        case_no: kept.case_no.clone(),
        case: kept.case.clone(),
        changed_by: kept.changed_by.clone(),
    })
}

/// A page, before anybody's name is looked up.
struct Page {
    cases: Vec<Kept>,
    next: Option<PageMark>,
    total: u32,
}

/// Where a page ended: the place in the order of the queue.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Place(String, i64);

impl Place {
    fn mark(&self) -> PageMark {
        PageMark(Base64UrlUnpadded::encode_string(
            [self.0.as_str(), ".", &self.1.to_string()].concat().as_bytes(),
        ))
    }

    fn read(mark: &PageMark) -> Option<Self> {
        let text = String::from_utf8(Base64UrlUnpadded::decode_vec(&mark.0).ok()?).ok()?;
        let (day, id) = text.split_once('.')?;
        Some(Self(day.to_owned(), id.parse().ok()?))
    }
}

/// All cases of an insurer that agree with what is a column, in the order of the queue.
pub(crate) fn sql(ended: bool) -> String {
    let open = if ended { "" } else { " AND c.ended = 0" };
    format!(
        "SELECT {COLUMNS}, c.applied_on FROM care_case c WHERE c.insurer = ?1{open}
         AND (CAST(?2 AS TEXT) IS NULL OR c.kind = ?2)
         AND (CAST(?3 AS TEXT) IS NULL OR c.applied_on >= ?3)
         AND (CAST(?4 AS TEXT) IS NULL OR (c.applied_on <= ?4 AND c.applied_on <> ''))
         AND (CAST(?5 AS TEXT) IS NULL OR instr(c.words, ?5) > 0)
         ORDER BY c.applied_on, c.id"
    )
}

fn page(
    db: &Connection,
    insurer: &InsurerNumber,
    filter: &QueueFilter,
    after: Option<&Place>,
    (size, today): (usize, Date),
) -> Result<Page, StoreError> {
    let mut select = db.prepare_cached(&sql(filter.ended))?;
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    let mut rows = select.query(params![
        insurer.as_str(),
        filter.kind.as_ref().map(|kind| kind.code()),
        day(filter.applied_from),
        day(filter.applied_to),
        filter.text.as_deref().map(normal).filter(|text| !text.is_empty()),
    ])?;
    let mut page = Page { cases: Vec::new(), next: None, total: 0 };
    let by_day = filter.stage.is_some() || filter.late;
    let mut last = None;
    while let Some(row) = rows.next()? {
        let place = Place(row.get(6)?, row.get(0)?);
        let wanted = after.is_none_or(|after| *after < place) && page.cases.len() < size;
        // What is only counted need not be read.
        if by_day || wanted {
            let kept = keep::kept(&row)?;
            if !agrees(&kept.case, filter, today) {
                continue;
            }
            if wanted {
                page.cases.push(kept);
                last = Some(place);
                page.total += 1;
                continue;
            }
        }
        page.total += 1;
        if let Some(last) = last.take_if(|last| *last < place) {
            page.next = Some(last.mark());
        }
    }
    Ok(page)
}

/// What hangs on the day is no column.
fn agrees(case: &Case, filter: &QueueFilter, today: Date) -> bool {
    filter.stage.is_none_or(|stage| case.stage(today) == stage) && (!filter.late || case.is_late(today))
}
