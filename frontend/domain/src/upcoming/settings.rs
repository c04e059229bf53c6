//! What an office sets: when it wants to hear of things.

use crate::calendar::Date;
use crate::rollout::Rollout;

/// The office's wishes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Days before an event from which it is due, in any order.
    pub notice_days: Vec<u16>,
    /// Left below this, a balance is nearly used, yen.
    pub nearly_used_yen: u32,
    /// When the insurers begin.
    pub rollout: Rollout,
}

impl Default for Settings {
    fn default() -> Self {
        Self { notice_days: vec![60, 30, 7], nearly_used_yen: 20_000, rollout: Rollout::default() }
    }
}

impl Settings {
    /// The tightest notice reached so many days before; what is over has reached all.
    pub fn notice(&self, days_left: i64) -> Option<u16> {
        self.notice_days.iter().copied().filter(|notice| days_left <= i64::from(*notice)).min()
    }

    /// The days on which notices for a day are reached, the earliest first.
    pub fn reminders(&self, on: Date) -> Vec<(Date, u16)> {
        let mut days: Vec<(Date, u16)> =
            self.notice_days.iter().map(|notice| (on.plus_days(-i64::from(*notice)), *notice)).collect();
        days.sort_unstable();
        days.dedup();
        days
    }
}

/// Why wishes cannot be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingsError {
    /// Days that are none: one to three numbers from 1 to 365, each another.
    Days,
    /// An amount that is none, or above the widest ceiling.
    Yen,
}

/// More notices than this nobody reads.
const MOST_NOTICES: usize = 3;
/// No balance is larger: 住宅改修, 200,000 yen.
const MOST_YEN: u32 = 200_000;

impl Settings {
    /// Wishes as they were typed: days apart by commas, and an amount; any width of digits.
    ///
    /// # Errors
    /// When one of the two cannot be read.
    pub fn typed(days: &str, yen: &str) -> Result<Self, SettingsError> {
        let apart = |c: char| matches!(c, ',' | '、' | '\u{FF0C}' | '・' | '/') || c.is_whitespace();
        let mut notice_days = Vec::new();
        for part in days.split(apart).filter(|part| !part.is_empty()) {
            let day = number(part).filter(|day| (1..=365).contains(day)).ok_or(SettingsError::Days)?;
            notice_days.push(day as u16);
        }
        notice_days.sort_unstable_by(|one, other| other.cmp(one));
        let count = notice_days.len();
        notice_days.dedup();
        if count == 0 || count > MOST_NOTICES || notice_days.len() != count {
            return Err(SettingsError::Days);
        }
        let nearly_used_yen = number(yen).filter(|yen| *yen <= MOST_YEN).ok_or(SettingsError::Yen)?;
        Ok(Self { notice_days, nearly_used_yen, ..Self::default() })
    }

    /// The days as [`Settings::typed`] reads them: `60,30,7`.
    pub fn days_text(&self) -> String {
        self.notice_days.iter().map(u16::to_string).collect::<Vec<_>>().join(",")
    }
}

/// A number of any width, with or without thousands apart.
fn number(text: &str) -> Option<u32> {
    let mut number = 0_u32;
    let mut digits = 0;
    for c in text.trim().chars() {
        let c = match c {
            '\u{FF10}'..='\u{FF19}' => char::from_u32(u32::from(c) - 0xFEE0)?,
            ',' | '\u{FF0C}' => continue,
            other => other,
        };
        number = number.checked_mul(10)?.checked_add(c.to_digit(10)?)?;
        digits += 1;
    }
    (digits > 0).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_typed_is_read_or_refused() {
        let read = |days, yen| Settings::typed(days, yen).map(|it| (it.notice_days, it.nearly_used_yen));
        assert_eq!(read("60,30,7", "20000"), Ok((vec![60, 30, 7], 20_000)));
        assert_eq!(read("7、90 14", "20,000"), Ok((vec![90, 14, 7], 20_000)));
        assert_eq!(read("\u{FF16}\u{FF10}\u{FF0C}\u{FF17}", "\u{FF15}00"), Ok((vec![60, 7], 500)));
        assert_eq!(read("45", "0"), Ok((vec![45], 0)));
        for days in ["", "0", "366", "60,60", "1,2,3,4", "ten", "-7", "99999999999"] {
            assert_eq!(read(days, "20000"), Err(SettingsError::Days), "{days}");
        }
        for yen in ["", "200001", "-1", "二万", "99999999999999"] {
            assert_eq!(read("7", yen), Err(SettingsError::Yen), "{yen}");
        }
    }

    proptest! {
        #[test]
        fn kept_wishes_come_back(days in proptest::collection::btree_set(1u16..=365, 1..=3), yen in 0u32..=200_000) {
            let days: Vec<u16> = days.into_iter().rev().collect();
            let kept = Settings { notice_days: days, nearly_used_yen: yen, ..Settings::default() };
            prop_assert_eq!(Settings::typed(&kept.days_text(), &yen.to_string()), Ok(kept));
        }

        #[test]
        fn nothing_typed_makes_it_stumble(days in "\\PC{0,20}", yen in "\\PC{0,20}") {
            let _ = Settings::typed(&days, &yen);
        }
    }
}
