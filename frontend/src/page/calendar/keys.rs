//! Keys of the grid, as the pattern for grids has them (ARIA Authoring Practices, date grid).

use domain::calendar::Date;

/// Where a key leads from a day; `None` when it is not one of the grid's.
pub(super) fn step(key: &str, shift: bool, day: Date) -> Option<Date> {
    let weekday = i64::from(day.weekday());
    Some(match (key, shift) {
        ("ArrowLeft", _) => day.plus_days(-1),
        ("ArrowRight", _) => day.plus_days(1),
        ("ArrowUp", _) => day.plus_days(-7),
        ("ArrowDown", _) => day.plus_days(7),
        ("Home", _) => day.plus_days(-weekday),
        ("End", _) => day.plus_days(6 - weekday),
        ("PageUp", false) => day.plus_months(-1),
        ("PageDown", false) => day.plus_months(1),
        ("PageUp", true) => day.plus_months(-12),
        ("PageDown", true) => day.plus_months(12),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_lead_by_days_weeks_months_and_years() {
        let day = |text| Date::from_iso(text).unwrap();
        // A Tuesday.
        let here = day("2026-03-31");
        for (key, shift, there) in [
            ("ArrowLeft", false, "2026-03-30"),
            ("ArrowRight", false, "2026-04-01"),
            ("ArrowUp", false, "2026-03-24"),
            ("ArrowDown", false, "2026-04-07"),
            ("Home", false, "2026-03-29"),
            ("End", false, "2026-04-04"),
            ("PageUp", false, "2026-02-28"),
            ("PageDown", false, "2026-04-30"),
            ("PageUp", true, "2025-03-31"),
            ("PageDown", true, "2027-03-31"),
        ] {
            assert_eq!(step(key, shift, here), Some(day(there)), "{key} {shift}");
        }
        assert_eq!(step("Enter", false, here), None);
        assert_eq!(step("a", false, here), None);
    }
}
