//! When each insurer begins to bring its data to 介護情報基盤. No date stands here: each installation has its
//! own list, with the source of each line, and says nothing of insurers that are not on it.
//!
//! The ministry's list of insurers: <https://www.kaigo-kiban-portal.jp/assets/pdf/taioujyoukyou.pdf>. All begin
//! by 2028-04-01; the day of 伊勢崎市 has not been published where it could be read.

use crate::calendar::Date;
use crate::number::InsurerNumber;
use serde::{Deserialize, Serialize};

/// What is known of the insurers' starts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rollout(pub Vec<RolloutLine>);

/// One insurer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RolloutLine {
    /// 保険者番号.
    pub insurer: InsurerNumber,
    /// First day; `None` while it is undecided (未定).
    pub start: Option<Date>,
    /// Who says so.
    pub source: String,
    /// When that was so.
    pub as_of: Date,
}

/// How an insurer stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InsurerStart {
    /// It is on no list.
    NotListed,
    /// It has begun.
    Started,
    /// It begins that day.
    On(Date),
    /// It has not begun, and the day is undecided (未定).
    Undecided,
}

impl Rollout {
    /// The line of an insurer; of several the newest.
    pub fn line(&self, insurer: &InsurerNumber) -> Option<&RolloutLine> {
        self.0.iter().filter(|line| line.insurer == *insurer).max_by_key(|line| line.as_of)
    }

    /// How an insurer stands.
    pub fn start(&self, insurer: &InsurerNumber, today: Date) -> InsurerStart {
        match self.line(insurer).map(|line| line.start) {
            None => InsurerStart::NotListed,
            Some(Some(day)) if day <= today => InsurerStart::Started,
            Some(Some(day)) => InsurerStart::On(day),
            Some(None) => InsurerStart::Undecided,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_line_counts_and_the_first_day_is_a_start() {
        let text = r#"[
            {"insurer":"102046","start":null,"source":"対応状況 2026年7月","as_of":"2026-07-10"},
            {"insurer":"102046","start":"2027-02-01","source":"市の通知","as_of":"2026-11-01"},
            {"insurer":"102053","start":null,"source":"対応状況 2026年7月","as_of":"2026-07-10"}]"#;
        let rollout: Rollout = serde_json::from_str(text).unwrap();
        let start = |insurer, today| {
            rollout.start(&InsurerNumber::parse(insurer).unwrap(), Date::from_iso(today).unwrap())
        };
        let day = Date::from_iso("2027-02-01").unwrap();
        assert_eq!(start("102046", "2027-01-31"), InsurerStart::On(day));
        assert_eq!(start("102046", "2027-02-01"), InsurerStart::Started);
        assert_eq!(start("102053", "2027-02-01"), InsurerStart::Undecided);
        assert_eq!(start("102012", "2027-02-01"), InsurerStart::NotListed);
    }
}
