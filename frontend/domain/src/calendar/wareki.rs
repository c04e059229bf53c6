//! 和暦, both ways.

use super::{Date, DateError};

/// An era — 元号. Eras begin to the day; 明治 is counted from the solar calendar's start (1873).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Era {
    /// 明治
    Meiji,
    /// 大正
    Taisho,
    /// 昭和
    Showa,
    /// 平成
    Heisei,
    /// 令和
    Reiwa,
}

/// Era, name, letter, first day.
type Row = (Era, &'static str, char, (i32, u8, u8));

/// Newest first.
const ERAS: [Row; 5] = [
    (Era::Reiwa, "令和", 'R', (2019, 5, 1)),
    (Era::Heisei, "平成", 'H', (1989, 1, 8)),
    (Era::Showa, "昭和", 'S', (1926, 12, 25)),
    (Era::Taisho, "大正", 'T', (1912, 7, 30)),
    (Era::Meiji, "明治", 'M', (1868, 1, 25)),
];

impl Date {
    /// Era and year in it (1 = 元年); `None` before 明治.
    pub fn era(self) -> Option<(Era, i32)> {
        ERAS.iter().find_map(|(era, _, _, (year, month, day))| {
            ((self.year(), self.month(), self.day()) >= (*year, *month, *day))
                .then(|| (*era, self.year() - year + 1))
        })
    }

    /// 令和8年11月22日; the Gregorian form before 明治.
    pub fn wareki(self) -> String {
        let (month, day) = (self.month(), self.day());
        match self.era() {
            Some((era, 1)) => format!("{}元年{month}月{day}日", era.name()),
            Some((era, year)) => format!("{}{year}年{month}月{day}日", era.name()),
            None => format!("{}年{month}月{day}日", self.year()),
        }
    }
}

impl Date {
    /// R8.11.22: short, for narrow columns; the Gregorian form before 明治.
    pub fn wareki_short(self) -> String {
        let (month, day) = (self.month(), self.day());
        match self.era() {
            Some((era, year)) => format!("{}{year}.{month}.{day}", era.letter()),
            None => format!("{}.{month}.{day}", self.year()),
        }
    }
}

impl Era {
    /// R, H, S, T, M: as dates are written short.
    pub fn letter(self) -> char {
        ERAS.iter().find(|(era, ..)| *era == self).map_or(' ', |(_, _, letter, _)| *letter)
    }

    /// 令和, 平成 …
    pub fn name(self) -> &'static str {
        ERAS.iter().find(|(era, ..)| *era == self).map_or("", |(_, name, ..)| name)
    }
}

/// Reads what a person types: `昭和15年3月2日`, `S15.3.2`, `S15/03/02`, `1940-03-02`, `19400302`, full or half width.
///
/// # Errors
/// When it cannot be read, or the day does not exist or lies outside its era.
pub fn parse(input: &str) -> Result<Date, DateError> {
    let text: String = input
        .chars()
        .map(|c| match c {
            '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            other => other,
        })
        .filter(|c| !c.is_whitespace())
        .map(|c| c.to_ascii_uppercase())
        .collect();
    if text.is_empty() {
        return Err(DateError::Empty);
    }
    let era = ERAS.iter().find_map(|row| {
        text.strip_prefix(row.1).or_else(|| text.strip_prefix(row.2)).map(|rest| (row, rest))
    });
    let rest = era.map_or(text.as_str(), |(_, rest)| rest);
    let rest = rest.replace("元", "1");
    let parts = numbers(&rest)?;
    match (era, parts.as_slice()) {
        (None, [year, month, day]) if *year >= 1000 => date(*year, *month, *day),
        (None, [packed]) if rest.len() == 8 => date(packed / 10_000, packed / 100 % 100, packed % 100),
        (Some((row, _)), [packed]) if rest.len() == 6 => {
            in_era(row.0, row.3.0, packed / 10_000, packed / 100 % 100, packed % 100)
        }
        (Some((row, _)), [year, month, day]) => in_era(row.0, row.3.0, *year, *month, *day),
        _ => Err(DateError::Form),
    }
}

fn in_era(era: Era, first: i32, year: u32, month: u32, day: u32) -> Result<Date, DateError> {
    let gregorian = i32::try_from(year).map_err(|_| DateError::Form)? + first - 1;
    let found = date(u32::try_from(gregorian).map_err(|_| DateError::Form)?, month, day)?;
    match found.era() {
        Some((actual, _)) if actual == era && year > 0 => Ok(found),
        _ => Err(DateError::NoSuchDay),
    }
}

fn date(year: u32, month: u32, day: u32) -> Result<Date, DateError> {
    let small = |value: u32| u8::try_from(value).map_err(|_| DateError::NoSuchDay);
    Date::new(i32::try_from(year).map_err(|_| DateError::NoSuchDay)?, small(month)?, small(day)?)
}

/// The numbers between separators; any other character is an error.
fn numbers(text: &str) -> Result<Vec<u32>, DateError> {
    let text = text.strip_suffix('日').unwrap_or(text);
    text.split(['年', '月', '.', '/', '-', '．', '。'])
        .map(|part| match part.len() {
            1..=8 if part.bytes().all(|b| b.is_ascii_digit()) => part.parse().map_err(|_| DateError::Form),
            _ => Err(DateError::Form),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn iso(text: &str) -> Date {
        Date::from_iso(text).unwrap()
    }

    #[test]
    fn era_borders_to_the_day() {
        assert_eq!(iso("2019-04-30").wareki(), "平成31年4月30日");
        assert_eq!(iso("2019-05-01").wareki(), "令和元年5月1日");
        assert_eq!(iso("1989-01-07").wareki(), "昭和64年1月7日");
        assert_eq!(iso("1926-12-25").wareki(), "昭和元年12月25日");
        assert_eq!(iso("1912-07-29").wareki(), "明治45年7月29日");
    }

    #[test]
    fn people_type_dates_in_many_ways() {
        for text in [
            "昭和15年3月2日",
            "S15.3.2",
            "s15/03/02",
            "１９４０－０３－０２",
            "19400302",
            "S150302",
            " 昭和 15年 3月 2日 ",
            "1940年3月2日",
        ] {
            assert_eq!(parse(text), Ok(iso("1940-03-02")), "{text}");
        }
        assert_eq!(parse("令和元年5月1日"), Ok(iso("2019-05-01")));
    }

    #[test]
    fn what_cannot_be_is_refused() {
        assert_eq!(parse(""), Err(DateError::Empty));
        assert_eq!(parse("昭和65年1月1日"), Err(DateError::NoSuchDay));
        assert_eq!(parse("平成31年5月1日"), Err(DateError::NoSuchDay));
        assert_eq!(parse("S0.1.1"), Err(DateError::NoSuchDay));
        assert_eq!(parse("きのう"), Err(DateError::Form));
        assert_eq!(parse("40.3.2"), Err(DateError::Form));
    }

    #[test]
    fn every_day_from_1868_to_2100_reads_back() {
        let (first, last) = (iso("1868-01-01").day_number(), iso("2100-12-31").day_number());
        for date in (first..=last).map(Date::from_day_number) {
            assert_eq!(parse(&date.wareki()), Ok(date));
            assert_eq!(parse(&date.wareki_short()), Ok(date));
            assert_eq!(parse(&date.to_string()), Ok(date));
        }
    }

    #[test]
    fn the_first_year_is_gannen_or_one() {
        for text in ["令和元年5月1日", "令和1年5月1日", "R1.5.1", "R元.5.1", "R010501"] {
            assert_eq!(parse(text), Ok(iso("2019-05-01")), "{text}");
        }
        assert_eq!(parse("昭和元年12月24日"), Err(DateError::NoSuchDay));
        assert_eq!(parse("大正15年12月25日"), Err(DateError::NoSuchDay));
        assert_eq!(parse("大正15年12月24日"), Ok(iso("1926-12-24")));
    }

    proptest! {
        #[test]
        fn wareki_reads_back(number in -35_000i64..60_000) {
            let date = Date::from_day_number(number);
            prop_assert_eq!(parse(&date.wareki()), Ok(date));
        }

        #[test]
        fn no_text_makes_it_fail_otherwise(text in ".{0,20}") {
            let _ = parse(&text);
        }
    }
}
