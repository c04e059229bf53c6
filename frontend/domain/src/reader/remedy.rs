//! Causes and what to do about them, by trouble, operating system and reader: the table is `remedy/table.rs`.

mod table;

use super::{Os, Trouble, Way};
use crate::fault::Who;

/// A possible cause and what to do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Remedy {
    /// What it explains.
    pub of: &'static [Trouble],
    /// On which systems; empty on all.
    pub on: &'static [Os],
    /// With which readers; empty with all.
    pub with: &'static [Way],
    /// The cause, a sentence.
    pub cause: &'static str,
    /// Who can mend it.
    pub who: Who,
    /// What to do, step by step.
    pub steps: &'static [&'static str],
    /// How far it is known.
    pub proof: Proof,
}

/// How far something is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// Seen in Chromium's own WebUSB with a virtual reader.
    Seen,
    /// Written by makers of browsers, systems or drivers; not tried with a real reader.
    Written,
    /// Not known; what to look at is named.
    Unknown,
}

impl Proof {
    /// In words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Seen => "仮想のリーダーと実際のブラウザで確かめました。",
            Self::Written => "公開されている資料によります。実物のリーダーでは確かめられていません。",
            Self::Unknown => "確かめられていません。",
        }
    }
}

/// The causes to look at, likely ones first. A reader that is not known yet has all of them.
pub fn remedies(of: Trouble, on: Os, with: Option<Way>) -> impl Iterator<Item = &'static Remedy> {
    table::REMEDIES.iter().filter(move |it| {
        it.of.contains(&of)
            && (it.on.is_empty() || it.on.contains(&on))
            && (it.with.is_empty() || with.is_none_or(|way| it.with.contains(&way)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const WAYS: [Way; 5] = [Way::Open, Way::Protected, Way::Port100, Way::Port400, Way::Unlisted];

    #[test]
    fn nobody_is_left_without_a_next_step() {
        for trouble in Trouble::ALL {
            for os in Os::ALL.into_iter().chain([Os::Other]) {
                assert!(remedies(trouble, os, None).count() > 0, "{trouble:?} on {os:?}");
                for way in WAYS {
                    assert!(remedies(trouble, os, Some(way)).count() > 0, "{trouble:?} on {os:?}, {way:?}");
                }
            }
        }
    }

    #[test]
    fn sentences_are_whole_and_every_row_can_be_met() {
        for row in table::REMEDIES {
            assert!(row.cause.ends_with('。'), "{}", row.cause);
            assert!(!row.steps.is_empty() && row.steps.iter().all(|it| it.ends_with('。')), "{}", row.cause);
            assert!(!row.of.is_empty(), "{}", row.cause);
        }
    }

    #[test]
    fn advice_for_one_system_is_not_given_on_another() {
        let said = |os| -> String {
            Trouble::ALL
                .into_iter()
                .flat_map(|it| remedies(it, os, None))
                .flat_map(|it| it.steps.iter().copied().chain([it.cause]))
                .collect()
        };
        for (word, home) in
            [("Zadig", Os::Windows), ("udev", Os::Linux), ("port100", Os::Linux), ("pcscd", Os::Linux)]
        {
            for os in Os::ALL {
                assert_eq!(said(os).contains(word), os == home, "{word} on {os:?}");
            }
        }
    }

    #[test]
    fn replacing_a_driver_is_for_the_keeper_and_says_what_it_breaks() {
        let rows = table::REMEDIES.iter().filter(|it| it.steps.concat().contains("Zadig"));
        for row in rows.inspect(|it| assert_eq!(it.who, Who::ComputerKeeper)) {
            assert!(row.steps.concat().contains("使えなくなります"), "{}", row.cause);
        }
    }

    #[test]
    fn what_is_unknown_is_said_to_be_so() {
        assert!(Proof::Unknown.words().contains("確かめられていません"));
        let windows = remedies(Trouble::Busy, Os::Windows, Some(Way::Port400));
        assert!(windows.into_iter().any(|it| it.proof == Proof::Unknown));
    }

    #[test]
    fn a_protected_reader_is_answered_with_other_readers_and_the_number_route() {
        let all = remedies(Trouble::Protected, Os::Windows, Some(Way::Protected));
        let steps: String = all.flat_map(|it| it.steps.iter().copied()).collect();
        assert!(steps.contains("リーダーの一覧") && steps.contains("番号"));
    }
}
