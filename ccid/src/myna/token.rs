//! What the token says of itself: its name (EF 0006) and which certificates it carries (EF 0008).

/// What the token says it is: the first 32 bytes of EF 0006, a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// マイナンバーカード.
    MyNumberCard,
    /// 住民基本台帳カード, the card before it.
    ResidentCard,
    /// A telephone (スマホ用電子証明書).
    Phone,
    /// Some other name, or none.
    Unknown,
}

impl TokenKind {
    /// By the name, blanks at its end.
    pub(super) fn named(label: &[u8]) -> Self {
        match label.trim_ascii_end() {
            b"JPKIAPICCTOKEN2" => Self::MyNumberCard,
            b"JPKIAPICCTOKEN" => Self::ResidentCard,
            b"JPKIAPGPSETOKEN" | b"JPKIAPIOSTOKEN" => Self::Phone,
            _ => Self::Unknown,
        }
    }
}

/// Which certificates the card carries (EF 0008): a byte each, `8F` where one is there. What another value
/// means is not known, and is no more than "not as on a card that has it".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Availability {
    /// 署名用証明書.
    pub sign: bool,
    /// 利用者証明用証明書.
    pub auth: bool,
}

impl Availability {
    pub(super) fn of(file: &[u8]) -> Option<Self> {
        const THERE: u8 = 0x8F;
        match *file {
            [sign, auth, _] => Some(Self { sign: sign == THERE, auth: auth == THERE }),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_availability() {
        for (label, kind) in [
            (&b"JPKIAPICCTOKEN2                 "[..], TokenKind::MyNumberCard),
            (b"JPKIAPICCTOKEN                  ", TokenKind::ResidentCard),
            (b"JPKIAPGPSETOKEN                 ", TokenKind::Phone),
            (b"JPKIAPIOSTOKEN                  ", TokenKind::Phone),
            (b"JPKIAPICCTOKEN3                 ", TokenKind::Unknown),
            (b"", TokenKind::Unknown),
        ] {
            assert_eq!(TokenKind::named(label), kind);
        }
        assert_eq!(Availability::of(&[0x8F, 0x8F, 0]), Some(Availability { sign: true, auth: true }));
        assert_eq!(Availability::of(&[0x00, 0x8F, 0]), Some(Availability { sign: false, auth: true }));
        assert_eq!([Availability::of(&[]), Availability::of(&[0x8F; 4])], [None; 2]);
    }
}
