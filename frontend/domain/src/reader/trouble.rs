//! What goes wrong with a reader, finer than the codes where the remedy differs.

/// What a person meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The reader is not found, or not in the browser's list.
    NotFound,
    /// A driver or another program holds it.
    Busy,
    /// Opening does not come to an end.
    Hanging,
    /// The browser or the system refuses.
    Refused,
    /// Its only interface is of class 0x0B.
    Protected,
    /// It is no reader that this program can drive.
    Unsupported,
    /// It was unplugged.
    Unplugged,
    /// It does not answer.
    Silent,
    /// It says what the rules do not know.
    Malformed,
    /// This browser has no WebUSB.
    NoWebUsb,
    /// There is a card, or none, and it cannot be read.
    Card,
}

/// When it happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// While the reader was opened.
    Opening,
    /// Afterwards.
    Later,
}

impl Trouble {
    /// All of them, the frequent ones first.
    pub const ALL: [Self; 11] = [
        Self::NotFound,
        Self::Busy,
        Self::Refused,
        Self::Hanging,
        Self::Protected,
        Self::Unsupported,
        Self::Unplugged,
        Self::Silent,
        Self::Malformed,
        Self::Card,
        Self::NoWebUsb,
    ];

    /// Of a code of the catalogue. `CARD-003` has two meanings: `protected` tells which.
    pub fn of(code: &str, moment: Moment, protected: bool) -> Option<Self> {
        Some(match (code, moment) {
            ("CARD-001" | "CARD-002", _) => Self::NotFound,
            ("CARD-003", _) if protected => Self::Protected,
            ("CARD-003", _) => Self::Unsupported,
            ("CARD-004", _) => Self::Busy,
            ("CARD-005", _) => Self::Unplugged,
            ("CARD-006", Moment::Opening) => Self::Hanging,
            ("CARD-006", Moment::Later) => Self::Silent,
            ("CARD-007", _) => Self::Refused,
            ("CARD-008", _) => Self::Malformed,
            ("CARD-009" | "APP-006", _) => Self::NoWebUsb,
            ("CARD-011" | "CARD-012" | "CARD-013" | "CARD-014" | "CARD-016" | "CARD-017" | "CARD-018", _) => {
                Self::Card
            }
            _ => return None,
        })
    }

    /// In words, as a heading.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotFound => "リーダーが見つからない、一覧に出ない",
            Self::Busy => "「他のアプリに使われています」と出る",
            Self::Hanging => "開こうとすると、返事がないまま止まる",
            Self::Refused => "「開く許可がありません」と出る",
            Self::Protected => "「ブラウザから直接は使えない種類」と出る",
            Self::Unsupported => "リーダーとして扱えない",
            Self::Unplugged => "途中で外れる",
            Self::Silent => "途中で返事がなくなる",
            Self::Malformed => "決まりにない返事がある",
            Self::NoWebUsb => "このブラウザではリーダーを使えない",
            Self::Card => "リーダーは開けるが、カードを読めない",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_a_reader_is_some_trouble_and_every_trouble_has_a_code() {
        let codes = crate::fault::all().map(|it| it.code).filter(|code| crate::fault::of_reader(code));
        let mut met = Vec::new();
        for code in codes.chain(["CARD-011"]) {
            for (moment, protected) in [(Moment::Opening, true), (Moment::Later, false)] {
                met.push(Trouble::of(code, moment, protected).expect(code));
            }
        }
        assert!(Trouble::ALL.iter().all(|it| met.contains(it)));
        for code in ["CARD-022", "UPS-401", ""] {
            assert_eq!(Trouble::of(code, Moment::Later, false), None);
        }
    }
}
