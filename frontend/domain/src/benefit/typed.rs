//! Amounts as people type them.

/// Yen or 単位 as typed: `50000`, `50,000円`, `５万` … `None` for what is no whole number up to
/// 99,999,999, which no amount here comes near.
pub fn amount(text: &str) -> Option<u32> {
    let mut digits = String::new();
    let mut text = text.trim();
    for unit in ["円", "単位"] {
        text = text.strip_suffix(unit).unwrap_or(text).trim_end();
    }
    let (text, zeros) = text.strip_suffix('万').map_or((text, ""), |text| (text, "0000"));
    for c in text.chars() {
        match c {
            '0'..='9' => digits.push(c),
            '０'..='９' => digits.extend(char::from_u32(u32::from(c) - 0xFEE0)),
            ',' | '，' | '、' => {}
            _ => return None,
        }
    }
    if digits.is_empty() {
        return None;
    }
    digits.push_str(zeros);
    digits.parse().ok().filter(|amount| *amount < 100_000_000)
}

/// Hundredths of a yen a 単位, as it is written on a bill: `10.21`, `１０`, `10.21円`. `None` for what cannot
/// be a price of a 単位 (below 10円 or above 20円).
pub fn unit_price(text: &str) -> Option<u32> {
    let (whole, part) = text
        .trim()
        .trim_end_matches('円')
        .split_once(['.', '．'])
        .unwrap_or((text.trim().trim_end_matches('円'), ""));
    let whole = amount(whole)?;
    let hundredths = match part.chars().count() {
        0 => 0,
        1 => amount(part)?.checked_mul(10)?,
        2 => amount(part)?,
        _ => return None,
    };
    whole.checked_mul(100)?.checked_add(hundredths).filter(|price| (1_000..=2_000).contains(price))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_as_they_are_typed() {
        for (text, amount_of) in [
            ("50000", Some(50_000)),
            (" ５０，０００円 ", Some(50_000)),
            ("5万", Some(50_000)),
            ("5万円", Some(50_000)),
            ("19,705単位", Some(19_705)),
            ("0", Some(0)),
            ("", None),
            ("万", None),
            ("-1", None),
            ("1.5", None),
            ("100000000", None),
        ] {
            assert_eq!(amount(text), amount_of, "{text}");
        }
    }

    #[test]
    fn prices_as_they_are_written() {
        for (text, price) in [
            ("10", Some(1_000)),
            ("10.21", Some(1_021)),
            ("１１．４円", Some(1_140)),
            (" 10.7 ", Some(1_070)),
            ("9.99", None),
            ("1021", None),
            ("10.211", None),
            ("", None),
            ("-10", None),
            ("十円", None),
        ] {
            assert_eq!(unit_price(text), price, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_breaks_them(text in ".{0,12}") {
            prop_assert!(amount(&text).is_none_or(|amount| amount < 100_000_000));
            prop_assert!(unit_price(&text).is_none_or(|price| (1_000..=2_000).contains(&price)));
        }
    }
}
