//! What can be said of an enrolment before it is sent.

use crate::text::enrol as words;

/// A form that may be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Checked {
    /// `ABCD-EFGH-JK`.
    pub(super) code: String,
    /// Without spaces around.
    pub(super) label: String,
}

/// What is wrong with each field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Errors {
    pub(super) code: Option<&'static str>,
    pub(super) label: Option<&'static str>,
}

const CODE_LENGTH: usize = 10;
const LABEL_LENGTH: usize = 40;

/// Checks the whole form.
pub(super) fn check(code: &str, label: &str) -> Result<Checked, Errors> {
    let label = label.trim();
    let label_error = match label.chars().count() {
        0 => Some(words().label_missing),
        count if count > LABEL_LENGTH => Some(words().label_long),
        _ => None,
    };
    match (read_code(code), label_error) {
        (Ok(code), None) => Ok(Checked { code, label: label.to_owned() }),
        (code, label) => Err(Errors { code: code.err(), label }),
    }
}

/// Reads a code as people type it: any case and width, hyphens or none, `O` for 0, `I` and `L` for 1
/// (Crockford's base32).
fn read_code(input: &str) -> Result<String, &'static str> {
    let mut code = String::with_capacity(CODE_LENGTH + 2);
    let mut count = 0;
    for letter in input.chars().filter_map(half_width) {
        let letter = match letter {
            'O' => '0',
            'I' | 'L' => '1',
            'U' => return Err(words().code_character),
            letter if letter.is_ascii_alphanumeric() => letter,
            _ => return Err(words().code_character),
        };
        if count == 4 || count == 8 {
            code.push('-');
        }
        code.push(letter);
        count += 1;
    }
    match count {
        0 => Err(words().code_missing),
        CODE_LENGTH => Ok(code),
        _ => Err(words().code_length),
    }
}

/// Upper case, half width; separators are nothing.
fn half_width(letter: char) -> Option<char> {
    let letter = match letter {
        '！'..='～' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        letter => letter,
    };
    let separator = letter.is_whitespace() || matches!(letter, '-' | '‐' | 'ー' | '−' | '–');
    (!separator).then(|| letter.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_as_people_type_them() {
        for typed in ["ABCD-EFGH-JK", "abcdefghjk", " ＡＢＣＤ－ＥＦＧＨ－ＪＫ ", "ABCDーEFGHーJK"]
        {
            assert_eq!(read_code(typed).as_deref(), Ok("ABCD-EFGH-JK"), "{typed}");
        }
        assert_eq!(read_code("OIL0-0000-00").as_deref(), Ok("0110-0000-00"));
    }

    #[test]
    fn what_cannot_be_a_code_is_said_why() {
        assert_eq!(read_code(" - "), Err(words().code_missing));
        assert_eq!(read_code("ABCD-EFGH"), Err(words().code_length));
        assert_eq!(read_code("ABCD-EFGH-JKM"), Err(words().code_length));
        for typed in ["ABCD-EFGH-J*", "ABCD-EFGH-JU", "あBCD-EFGH-JK"] {
            assert_eq!(read_code(typed), Err(words().code_character), "{typed}");
        }
    }

    #[test]
    fn a_device_needs_a_name_of_bearable_length() {
        let errors = check("ABCDEFGHJK", "  ").unwrap_err();
        assert_eq!(errors, Errors { code: None, label: Some(words().label_missing) });
        assert!(check("ABCDEFGHJK", &"あ".repeat(41)).is_err());
        assert_eq!(check("ABCDEFGHJK", " 相談室 ").unwrap().label, "相談室");
    }
}
