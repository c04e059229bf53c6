//! Pages of filings: where one ended, and the next one. A page costs what it shows.

use super::read::{Kept, kept};
use crate::answer::Problem;
use crate::store::{Connection, Params, StoreError};
use base64ct::{Base64UrlUnpadded, Encoding};
use kakehashi_domain::upstream::PageMark;

/// Entries of a page at most.
const MOST: u16 = 200;

/// Where a filing stands in the order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) at: i64,
    pub(super) id: i64,
}

impl Place {
    /// Before all others in a list that begins with the latest.
    pub(super) const LATEST: Self = Self { at: i64::MAX, id: i64::MAX };
    /// Before all others in a list that begins with the oldest.
    pub(super) const OLDEST: Self = Self { at: i64::MIN, id: i64::MIN };

    /// Reads the mark of the page before.
    pub(super) fn after(mark: Option<&PageMark>) -> Result<Option<Self>, Problem> {
        mark.map(|mark| Self::read(mark).ok_or(Problem::Malformed("after"))).transpose()
    }

    fn read(mark: &PageMark) -> Option<Self> {
        let bytes: [u8; 16] = Base64UrlUnpadded::decode_vec(&mark.0).ok()?.try_into().ok()?;
        let both = i128::from_be_bytes(bytes);
        Some(Self { at: (both >> 64) as i64, id: both as i64 })
    }

    fn mark(self) -> PageMark {
        let both = (i128::from(self.at) << 64) | i128::from(self.id as u64);
        PageMark(Base64UrlUnpadded::encode_string(&both.to_be_bytes()))
    }
}

/// How many entries are wanted.
pub(super) fn size(wanted: u16) -> Result<usize, Problem> {
    if (1..=MOST).contains(&wanted) { Ok(usize::from(wanted)) } else { Err(Problem::Malformed("size")) }
}

/// Reads a page; the question asks for one more than the page shows.
pub(super) fn read(
    db: &Connection,
    question: &str,
    asked: impl Params,
    size: usize,
) -> Result<(Vec<Kept>, Option<PageMark>), StoreError> {
    let mut select = db.prepare_cached(question)?;
    let mut page = select.query_map(asked, kept)?.collect::<Result<Vec<_>, _>>()?;
    let more = page.len() > size;
    page.truncate(size);
    let last = page.last().filter(|_| more);
    let next = last.map(|last| Place { at: last.received_at.0, id: last.id }.mark());
    Ok((page, next))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_mark_is_read_back(at in any::<i64>(), id in any::<i64>()) {
            let place = Place { at, id };
            prop_assert_eq!(Place::after(Some(&place.mark())), Ok(Some(place)));
        }

        #[test]
        fn whatever_comes_is_a_mark_or_refused(text in "\\PC{0,30}") {
            let _ = Place::after(Some(&PageMark(text)));
        }
    }
}
