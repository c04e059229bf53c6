//! UTCTime and GeneralizedTime as certificates write them (RFC 5280 §4.1.2.5), in seconds since 1970.

use super::der::{Der, NotDer};

const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;

/// From the first second to the last, both counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Validity {
    pub(in super::super) from: i64,
    pub(in super::super) until: i64,
}

impl Validity {
    pub(super) fn read(der: &mut Der<'_>) -> Result<Self, NotDer> {
        let mut both = der.within(super::der::SEQUENCE)?;
        let validity = Self { from: seconds(&mut both)?, until: seconds(&mut both)? };
        both.end().map(|()| validity)
    }
}

fn seconds(der: &mut Der<'_>) -> Result<i64, NotDer> {
    let element = der.any()?;
    let (first, rest) = two(element.value)?;
    let (year, rest) = match element.tag {
        UTC_TIME if first < 50 => (2000 + first, rest),
        UTC_TIME => (1900 + first, rest),
        GENERALIZED_TIME => two(rest).map(|(year, rest)| (first * 100 + year, rest))?,
        _ => return Err(NotDer),
    };
    let (month, rest) = two(rest)?;
    let (day, rest) = two(rest)?;
    let (hour, rest) = two(rest)?;
    let (minute, rest) = two(rest)?;
    let (second, rest) = two(rest)?;
    let real = (1..=days_of(year, month)).contains(&day) && hour < 24 && minute < 60 && second < 60;
    if !real || year < 1970 || rest != b"Z" {
        return Err(NotDer);
    }
    Ok(((days_before(year, month) + day - 1) * 24 + hour) * 3600 + minute * 60 + second)
}

/// A number of two digits, and what follows.
fn two(bytes: &[u8]) -> Result<(i64, &[u8]), NotDer> {
    match bytes {
        [tens @ b'0'..=b'9', ones @ b'0'..=b'9', rest @ ..] => {
            Ok((i64::from(tens - b'0') * 10 + i64::from(ones - b'0'), rest))
        }
        _ => Err(NotDer),
    }
}

/// Days of a month of the Gregorian calendar; 0 when there is no such month.
pub(in super::super) const fn days_of(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        _ => 0,
    }
}

/// Days from 1970-01-01 to the first of a month.
fn days_before(year: i64, month: i64) -> i64 {
    let before = year - 1;
    let years = before * 365 + before / 4 - before / 100 + before / 400 - 719_162;
    years + (1..month).map(|month| days_of(year, month)).sum::<i64>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use x509_cert::der::{DateTime, Encode, asn1::GeneralizedTime};

    fn read(tag: u8, text: &str) -> Result<i64, NotDer> {
        let bytes = [&[tag, u8::try_from(text.len()).unwrap()][..], text.as_bytes()].concat();
        seconds(&mut Der::new(&bytes))
    }

    #[test]
    fn both_forms_and_their_edges() {
        assert_eq!(read(UTC_TIME, "700101000000Z"), Ok(0));
        assert_eq!(read(UTC_TIME, "300217145959Z"), Ok(1_897_570_799));
        assert_eq!(read(UTC_TIME, "491231235959Z"), Ok(2_524_607_999));
        assert_eq!(read(GENERALIZED_TIME, "20500101000000Z"), Ok(2_524_608_000));
        assert_eq!(read(GENERALIZED_TIME, "99991231235959Z"), Ok(253_402_300_799));
        assert_eq!(read(UTC_TIME, "000229000000Z"), Ok(951_782_400));
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "690101000000Z",
            "210229000000Z",
            "211301000000Z",
            "210001000000Z",
            "210100000000Z",
            "210101240000Z",
            "210101006000Z",
            "210101000060Z",
            "2101010000Z",
            "210101000000",
            "210101000000+0900",
            "21010100000/Z",
            "",
        ] {
            assert_eq!(read(UTC_TIME, text), Err(NotDer), "{text}");
        }
        assert_eq!(read(GENERALIZED_TIME, "21000229000000Z"), Err(NotDer));
        assert_eq!(read(GENERALIZED_TIME, "20260101000000.5Z"), Err(NotDer));
        assert_eq!(read(GENERALIZED_TIME, "202"), Err(NotDer));
        assert_eq!(read(0x16, "210101000000Z"), Err(NotDer));
    }

    proptest! {
        #[test]
        fn every_date_is_counted_as_the_crate_der_counts_it(
            year in 1970u16..=9999, month in 1u8..=12, day in 1u8..=31, hour in 0u8..24, minute in 0u8..60,
        ) {
            let text = format!("{year:04}{month:02}{day:02}{hour:02}{minute:02}07Z");
            match DateTime::new(year, month, day, hour, minute, 7) {
                Ok(time) => {
                    let der = GeneralizedTime::from_date_time(time).to_der().unwrap();
                    let expected = i64::try_from(time.unix_duration().as_secs()).unwrap();
                    prop_assert_eq!(seconds(&mut Der::new(&der)), Ok(expected));
                }
                Err(_) => prop_assert_eq!(read(GENERALIZED_TIME, &text), Err(NotDer)),
            }
        }
    }
}
