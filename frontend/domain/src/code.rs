//! Codes that come from outside: the known ones by name, the others kept as they came.
//!
//! An unknown code must neither break the rest of a record nor be taken for a known one.

use std::fmt;

/// A code nobody here knows, as it came: its first 22 bytes, so that it stays small and `Copy`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    bytes: [u8; 22],
    length: u8,
}

impl Code {
    /// Keeps what fits of a text.
    pub fn new(text: &str) -> Self {
        let mut end = text.len().min(22);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let mut bytes = [0; 22];
        if let (Some(to), Some(from)) = (bytes.get_mut(..end), text.as_bytes().get(..end)) {
            to.copy_from_slice(from);
        }
        Self { bytes, length: end as u8 }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        self.bytes
            .get(..usize::from(self.length))
            .and_then(|bytes| std::str::from_utf8(bytes).ok())
            .unwrap_or_default()
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

/// Makes an enum of known codes with their official names, and `Unknown` for every other code.
/// `Unknown` comes first in the order, so that no "at least" ever holds for it.
macro_rules! coded {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $code:literal $label:literal;)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(from = "crate::raw::Raw", into = "String")]
        pub enum $name {
            /// A code that is not known here, as it came.
            Unknown(crate::code::Code),
            $($(#[$doc])* #[doc = $label] $variant,)*
        }

        impl $name {
            /// The known ones, in order.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The one of a code.
            pub fn from_code(code: &str) -> Self {
                match code {
                    $($code => Self::$variant,)*
                    other => Self::Unknown(crate::code::Code::new(other)),
                }
            }

            /// Its code on the wire.
            pub fn code(&self) -> &str {
                match self {
                    $(Self::$variant => $code,)*
                    Self::Unknown(code) => code.as_str(),
                }
            }

            /// The official name; 不明 for an unknown code.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $label,)*
                    Self::Unknown(_) => "不明",
                }
            }

            /// The code, when it is not known here.
            pub fn unknown(&self) -> Option<&str> {
                match self {
                    Self::Unknown(code) => Some(code.as_str()),
                    _ => None,
                }
            }
        }

        impl From<crate::raw::Raw> for $name {
            fn from(raw: crate::raw::Raw) -> Self {
                match raw {
                    crate::raw::Raw::Text(code) => Self::from_code(&code),
                    // No text is no code, even if its digits are those of one.
                    other => Self::Unknown(crate::code::Code::new(&other.shown())),
                }
            }
        }

        /// No code came.
        impl Default for $name {
            fn default() -> Self {
                Self::from_code("")
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> String {
                value.code().to_owned()
            }
        }
    };
}
pub(crate) use coded;

#[cfg(test)]
mod tests {
    use crate::qualification::{CareLevel, CertificationState, LimitStage, RestrictionKind, RoomKind};
    use crate::upstream::Sex;
    use proptest::prelude::*;

    #[test]
    fn codes_on_the_wire() {
        // 要介護状態区分 and 性別: ケアプランデータ連携標準仕様 V4.
        let codes: Vec<&str> = CareLevel::ALL.iter().map(CareLevel::code).collect();
        assert_eq!(codes, ["01", "06", "12", "13", "21", "22", "23", "24", "25"]);
        assert_eq!((Sex::Male.code(), Sex::Female.name()), ("1", "女"));
        assert_eq!(serde_json::to_string(&LimitStage::ThirdB).unwrap(), "\"3-2\"");
        assert_eq!(serde_json::to_string(&RoomKind::UnitPrivate).unwrap(), "\"unit_private\"");
        assert_eq!(CertificationState::from_code("applied"), CertificationState::Applied);
        assert_eq!(RestrictionKind::from_code("reduced").name(), "給付額減額");
    }

    #[test]
    fn an_unknown_code_is_kept_and_is_never_at_least_anything() {
        let level: CareLevel = serde_json::from_str("\"26\"").unwrap();
        assert_eq!((level.unknown(), level.name()), (Some("26"), "不明"));
        assert!(level < CareLevel::None && level < CareLevel::Support1);
        assert_eq!(serde_json::to_string(&level).unwrap(), "\"26\"");
    }

    proptest! {
        #[test]
        fn no_code_breaks_and_all_come_back(text in ".{0,30}") {
            let level = CareLevel::from_code(&text);
            prop_assert!(text.starts_with(level.code()));
            prop_assert!(text.len() > 22 || text == level.code());
        }
    }
}
