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

/// Whether a name holds a mark that stands for a character a system on the way could not write: ● 〓 □, or
/// U+FFFD for one that was lost.
pub fn has_substitute(name: &str) -> bool {
    name.contains(['●', '〓', '\u{FFFD}', '□'])
}

/// 外字 (private use), control characters, and the variants of a kanji that a
/// selector chooses: JIS X 0213 has none of them. Whether every other character is in it is not checked.
fn is_unreadable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}')
        || matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn substitutes_are_noticed_and_names_are_not() {
        assert!(has_substitute("●田 花子") && has_substitute("髙〓 一郎"));
        assert!(!has_substitute("髙﨑 一郎") && !has_substitute("山田 花子"));
    }
}
