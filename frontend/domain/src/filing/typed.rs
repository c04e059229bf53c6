//! Texts as they are typed into a form, brought to the form in which they are kept; and what must never be kept.

/// Whether a text holds what may be a 個人番号: twelve digits on end, or in groups with spaces or hyphens
/// between. Its check digit is not asked: a mistyped one must not be kept either.
pub fn holds_my_number(text: &str) -> bool {
    // Lengths of the runs of digits; 0 parts what does not belong together.
    let mut runs: Vec<usize> = vec![0];
    for c in text.chars() {
        let Some(last) = runs.last_mut() else { return false };
        match kind(c) {
            Kind::Digit => *last += 1,
            Kind::Between if *last > 0 => runs.push(0),
            Kind::Between => {}
            Kind::Other => runs.extend([0, 0]),
        }
    }
    runs.split(|run| *run == 0).any(|together| {
        together.contains(&12)
            || together.iter().sum::<usize>() == 12
            || together.windows(3).any(|three| three == [4, 4, 4])
    })
}

enum Kind {
    Digit,
    Between,
    Other,
}

fn kind(c: char) -> Kind {
    match narrow(c) {
        '0'..='9' | '〇' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' => {
            Kind::Digit
        }
        '-' | '_' | '/' | '・' => Kind::Between,
        c if c.is_whitespace() => Kind::Between,
        _ => Kind::Other,
    }
}

/// A character in half width; all hyphens as one.
fn narrow(c: char) -> char {
    match c {
        '‐' | '‑' | '–' | '—' | '―' | '−' | 'ー' | 'ｰ' | '－' => '-',
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        other => other,
    }
}

/// 電話番号 as digits and hyphens: ten or eleven digits, the first a 0. `None` for anything else.
pub fn phone(text: &str) -> Option<String> {
    let mut kept = String::new();
    let mut digits = 0;
    for c in text.chars().map(narrow) {
        match c {
            '0'..='9' => {
                kept.push(c);
                digits += 1;
            }
            '-' | '(' | ')' if kept.ends_with(|last: char| last.is_ascii_digit()) => kept.push('-'),
            '-' | '(' | ')' => {}
            c if c.is_whitespace() => {}
            _ => return None,
        }
    }
    while kept.ends_with('-') {
        kept.pop();
    }
    (kept.starts_with('0') && matches!(digits, 10 | 11)).then_some(kept)
}

/// 郵便番号 as seven digits. `None` for anything else.
pub fn postal(text: &str) -> Option<String> {
    let mut kept = String::new();
    for c in text.chars().map(narrow) {
        match c {
            '0'..='9' => kept.push(c),
            '-' | '〒' => {}
            c if c.is_whitespace() => {}
            _ => return None,
        }
    }
    (kept.len() == 7).then_some(kept)
}

/// Whether a text is written in kana, as フリガナ should be: of any width, with spaces and the marks of names.
pub fn is_kana(text: &str) -> bool {
    text.chars().all(|c| {
        matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ｦ'..='ﾟ' | 'ー' | '・' | '･' | '゛' | '゜' | '\u{3099}' | '\u{309A}')
            || matches!(narrow(c), '-' | '=' | '.')
            || c.is_whitespace()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn twelve_digits_are_seen_however_they_are_written() {
        for text in [
            "123456789012",
            "１２３４５６７８９０１２",
            "1234 5678 9012",
            "1234-5678-9012",
            "１２３４　５６７８　９０１２",
            "マイナンバーは123456789012です",
            "1 123456789012",
            "1234－5678－9012 号",
            "2. 1234 5678 9012",
            "一二三四五六七八九〇一二",
        ] {
            assert!(holds_my_number(text), "{text}");
        }
    }

    #[test]
    fn numbers_that_belong_on_the_form_are_none() {
        for text in [
            "",
            "1070400005",
            "0270-24-5111",
            "090-1234-5678",
            "372-8501",
            "群馬県伊勢崎市今泉町二丁目410番地",
            "伊勢崎市今泉町2-410-101",
            "令和8年12月1日",
            "2026-12-01",
            "0270-24-5111、090-1234-5678",
        ] {
            assert!(!holds_my_number(text), "{text}");
        }
    }

    #[test]
    fn telephone_and_postal_numbers_have_one_form() {
        for (text, kept) in [
            ("０２７０（２４）５１１１", Some("0270-24-5111")),
            ("(0270)24-5111", Some("0270-24-5111")),
            ("0270245111", Some("0270245111")),
            ("090 1234 5678", Some("09012345678")),
            ("24-5111", None),
            ("2702451110", None),
            ("0270-24-5111 内線3", None),
            ("", None),
        ] {
            assert_eq!(phone(text).as_deref(), kept, "{text}");
        }
        assert_eq!(postal("〒３７２－８５０１").as_deref(), Some("3728501"));
        assert_eq!(postal("372-850"), None);
        assert!(is_kana("ヤマダ　ハナコ") && is_kana("ﾔﾏﾀﾞ ﾊﾅｺ") && is_kana("マリア・ホセ"));
        assert!(!is_kana("山田") && !is_kana("Maria"));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_stumble_and_what_is_kept_stays(text in "\\PC{0,30}") {
            let _ = holds_my_number(&text);
            for read in [phone, postal] {
                if let Some(kept) = read(&text) {
                    prop_assert_eq!(read(&kept), Some(kept.clone()));
                }
            }
        }

        #[test]
        fn a_my_number_in_words_is_seen(
            before in "[ぁ-んa-z。]{0,8}", digits in "[0-9]{12}", after in "[ぁ-んa-z。]{0,8}",
            between in proptest::sample::select(vec!["", " ", "-", "　", "－"]),
        ) {
            let apart = [&digits[..4], &digits[4..8], &digits[8..]].join(between);
            let text = [before.as_str(), &apart, &after].concat();
            prop_assert!(holds_my_number(&text), "{}", text);
        }
    }
}
