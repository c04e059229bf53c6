//! Doubts about names and codes.

use super::{Doubt, Field};

/// Characters the care forms hold in a name.
const LONGEST: usize = 80;

/// What may be wrong with a name.
pub(super) fn name(field: Field, text: &str, doubts: &mut Vec<Doubt>) {
    if text.trim().is_empty() {
        doubts.push(Doubt::Missing(field));
    }
    let characters = text.chars().count();
    if characters > LONGEST {
        doubts.push(Doubt::Long { field, characters });
    }
    let found: String = text.chars().filter(|c| is_unreadable(*c)).collect();
    if !found.is_empty() {
        doubts.push(Doubt::Characters { field, found });
    }
}

/// A code that is not known here.
pub(super) fn code(field: Field, unknown: Option<&str>, doubts: &mut Vec<Doubt>) {
    doubts.extend(unknown.map(|raw| Doubt::UnknownCode { field, raw: raw.to_owned() }));
}

/// 外字 (private use), the replacement mark, control characters, and the variants of a kanji that a
/// selector chooses: JIS X 0213 has none of them. Whether every other character is in it is not checked.
fn is_unreadable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}' | '\u{FFFD}' | '〓')
        || matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}
