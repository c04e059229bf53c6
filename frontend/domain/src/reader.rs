//! Card readers and the computers they stand at: what a page can reach, what goes wrong, who can mend it.
//!
//! Plain data and rules. Which reader has which numbers is `ccid`'s table; here stands what that means for a
//! person. What nobody has seen is said to be so: [`Proof`].

mod ability;
mod machine;
mod remedy;
mod trouble;

pub use ability::{Ability, Mark, Topic, abilities};
pub use machine::{Browser, Machine, Os};
pub use remedy::{Proof, Remedy, remedies};
pub use trouble::{Moment, Trouble};

/// How a reader is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// CCID on an interface of class 0xFF.
    Open,
    /// CCID on an interface of class 0x0B, which browsers keep to themselves.
    Protected,
    /// Sony's RC-S380.
    Port100,
    /// Sony's RC-S300.
    Port400,
    /// It stands in no table; its descriptors will tell.
    Unlisted,
}

/// What may be hoped of a reader on this page. Nobody has tried any yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// 使える見込み.
    Likely,
    /// 実験中.
    Experimental,
    /// このページからは使えない.
    Closed,
    /// 開いてみるまでわからない.
    Open,
}

impl Way {
    /// What may be hoped of it; `unrestricted` on a page that may claim class 0x0B.
    pub const fn standing(self, unrestricted: bool) -> Standing {
        match self {
            Self::Open | Self::Port100 => Standing::Likely,
            Self::Protected if unrestricted => Standing::Likely,
            Self::Protected => Standing::Closed,
            Self::Port400 => Standing::Experimental,
            Self::Unlisted => Standing::Open,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_unrestricted_page_reaches_class_0b() {
        assert_eq!(Way::Protected.standing(false), Standing::Closed);
        assert_eq!(Way::Protected.standing(true), Standing::Likely);
        for way in [Way::Open, Way::Port100, Way::Port400, Way::Unlisted] {
            assert_eq!(way.standing(false), way.standing(true));
            assert_ne!(way.standing(false), Standing::Closed);
        }
    }

    #[test]
    fn nothing_without_a_trial_is_more_than_likely() {
        assert_eq!(Way::Port400.standing(true), Standing::Experimental);
    }
}
