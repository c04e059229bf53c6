//! Numbers, days and times as they are written here.

use domain::calendar::{Date, Month, Time};
use domain::qualification::{Period, Standing};

/// 12,345
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// 12,345円
pub fn yen(amount: u32) -> String {
    grouped(u64::from(amount)) + "円"
}

/// 19,705単位
pub fn units(amount: u32) -> String {
    grouped(u64::from(amount)) + "単位"
}

/// 11月22日
pub fn month_day(date: Date) -> String {
    format!("{}月{}日", date.month(), date.day())
}

/// 令和8年11月(2026年11月)
pub fn month(month: Month) -> String {
    let first = month.first().wareki();
    let era = first.split_once('月').map_or(first.as_str(), |(era, _)| era);
    format!("{era}月({}年{}月)", month.year(), month.month())
}

/// 2026年11月22日
pub fn gregorian(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// 日 … 土
pub fn weekday(date: Date) -> &'static str {
    // 1970-01-01 was a Thursday.
    const DAYS: [&str; 7] = ["木", "金", "土", "日", "月", "火", "水"];
    usize::try_from(date.day_number().rem_euclid(7)).ok().and_then(|at| DAYS.get(at).copied()).unwrap_or("")
}

/// 令和8年11月22日(日)
pub fn date_with_weekday(date: Date) -> String {
    format!("{}({})", date.wareki(), weekday(date))
}

/// 令和8年度(令和8年4月1日から令和9年3月31日まで)
pub fn fiscal_year(year: i32) -> String {
    match (Date::new(year, 4, 1), Date::new(year.saturating_add(1), 3, 31)) {
        (Ok(from), Ok(to)) => {
            let name = from.wareki();
            let name = name.split_once('年').map_or(name.as_str(), |(era, _)| era);
            format!("{name}年度({}から{}まで)", from.wareki(), to.wareki())
        }
        _ => format!("{year}年度"),
    }
}

/// 14:05
pub fn clock(time: Time) -> String {
    let (hour, minute) = time.clock();
    format!("{hour}:{minute:02}")
}

/// 令和8年11月22日 14:05
pub fn time(time: Time) -> String {
    format!("{} {}", time.date().wareki(), clock(time))
}

/// 2026年11月22日 14:05
pub fn gregorian_time(time: Time) -> String {
    format!("{} {}", gregorian(time.date()), clock(time))
}

/// 2026-11-22T14:05+09:00, for machines
pub fn machine_time(time: Time) -> String {
    let (hour, minute) = time.clock();
    format!("{}T{hour:02}:{minute:02}+09:00", time.date())
}

/// 令和8年11月22日 14:05時点
pub fn as_of(at: Time) -> String {
    time(at) + "時点"
}

/// 14:05以降にもう一度お試しください。
pub fn not_before(at: Time) -> String {
    format!("{}以降に、もう一度お試しください。", time(at))
}

/// あと3回…
pub fn tries_left(tries: u8) -> String {
    format!("あと{tries}回")
}

/// 令和8年4月1日 〜 令和9年3月31日
pub fn period(period: &Period) -> String {
    match period.to {
        Some(to) => format!("{} 〜 {}", period.from.wareki(), to.wareki()),
        None => format!("{} 〜 (終わりの定めなし)", period.from.wareki()),
    }
}

/// あと129日, 今日まで, 5日前に切れました …
pub fn standing(standing: Standing) -> String {
    match standing {
        Standing::NotYet { in_days: 1 } => "明日から有効".to_owned(),
        Standing::NotYet { in_days } => format!("{in_days}日後から有効"),
        Standing::Valid { days_left: 0 } => "有効(今日まで)".to_owned(),
        Standing::Valid { days_left } => format!("有効(あと{days_left}日)"),
        Standing::Open => "有効(終わりの定めなし)".to_owned(),
        Standing::Expired { days_ago } => format!("期限切れ({days_ago}日前まで有効)"),
        Standing::Impossible => "期間の終わりが始まりより前です".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::from_iso(text).unwrap()
    }

    #[test]
    fn thousands_are_parted() {
        for (number, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (12_345, "12,345")] {
            assert_eq!(grouped(number), text);
        }
        assert_eq!(yen(u32::MAX), "4,294,967,295円");
        assert_eq!(units(19_705), "19,705単位");
    }

    #[test]
    fn weekdays_fall_where_they_should() {
        for (date, name) in
            [("2026-11-22", "日"), ("2026-11-23", "月"), ("1970-01-01", "木"), ("1940-03-02", "土")]
        {
            assert_eq!(weekday(day(date)), name, "{date}");
        }
        assert_eq!(date_with_weekday(day("2026-11-22")), "令和8年11月22日(日)");
    }

    #[test]
    fn a_fiscal_year_is_named_by_its_first_day() {
        assert_eq!(fiscal_year(2026), "令和8年度(令和8年4月1日から令和9年3月31日まで)");
        assert_eq!(fiscal_year(2019), "平成31年度(平成31年4月1日から令和2年3月31日まで)");
        assert_eq!(fiscal_year(i32::MAX), "2147483647年度");
    }

    #[test]
    fn times_are_japans() {
        let at = Time(1_795_323_900);
        assert_eq!(time(at), "令和8年11月22日 14:05");
        assert_eq!(as_of(at), "令和8年11月22日 14:05時点");
        assert_eq!(machine_time(at), "2026-11-22T14:05+09:00");
        assert_eq!(gregorian_time(at), "2026年11月22日 14:05");
    }

    #[test]
    fn every_standing_has_words() {
        let period = Period::new(day("2026-04-01"), Some(day("2027-03-31")));
        for (today, words) in [
            ("2026-03-30", "2日後から有効"),
            ("2026-03-31", "明日から有効"),
            ("2026-11-22", "有効(あと129日)"),
            ("2027-03-31", "有効(今日まで)"),
            ("2027-04-05", "期限切れ(5日前まで有効)"),
        ] {
            assert_eq!(standing(period.standing(day(today))), words);
        }
        assert_eq!(standing(Standing::Open), "有効(終わりの定めなし)");
        assert!(standing(Standing::Impossible).contains("前"));
    }
}
