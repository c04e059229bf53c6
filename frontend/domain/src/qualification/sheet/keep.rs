//! A refresh that brings only some of the five kinds.

use super::{Content, Sheet};
use crate::qualification::Qualification;

/// What to show after a refresh: what it brought, and of the kinds that could not be fetched what was there
/// before, with its own as-of time and marked [`Sheet::kept`]. What came and cannot be read is shown as it
/// came: it is the newer word. Nothing is kept of another person.
#[must_use]
pub fn kept(before: Option<&Qualification>, mut now: Qualification) -> Qualification {
    if let Some(before) = before.filter(|before| before.person.handle == now.person.handle) {
        keep(&before.certificate, &mut now.certificate);
        keep(&before.copayment, &mut now.copayment);
        keep(&before.limit, &mut now.limit);
        keep(&before.housing, &mut now.housing);
        keep(&before.equipment, &mut now.equipment);
    }
    now
}

fn keep<T: Clone>(before: &Sheet<T>, now: &mut Sheet<T>) {
    if now.content.is_unavailable() && !before.content.is_unavailable() {
        *now = Sheet { kept: true, ..before.clone() };
    }
}

impl<T> Content<T> {
    fn is_unavailable(&self) -> bool {
        matches!(self, Self::Unavailable)
    }
}
