//! 本人確認: which papers are enough.

use super::{IdPaper, Identity};

/// Where the rule of one paper with a photograph or two others comes from.
pub const SOURCE: &str = "https://www.city.yamanashi.yamanashi.jp/soshiki/14/11626.html";

impl IdPaper {
    /// Whether it bears a photograph. 障害者手帳 counts among those that do; 津市's form lists it so.
    pub fn has_photograph(self) -> bool {
        matches!(
            self,
            Self::MyNumberCard
                | Self::DriversLicence
                | Self::DisabilityBook
                | Self::Passport
                | Self::ResidenceCard
        )
    }
}

/// Whether papers are enough: one with a photograph, or two different others.
pub fn papers_are_enough(papers: &[IdPaper]) -> bool {
    let mut others: Vec<IdPaper> = papers.iter().copied().filter(|one| one.unknown().is_none()).collect();
    others.sort_unstable();
    others.dedup();
    others.len() >= 2 || others.iter().any(|one| one.has_photograph())
}

impl Identity {
    /// Whether it is enough by its kind. Whether a card's check of that name exists only the upstream knows.
    pub fn is_enough(&self) -> bool {
        match self {
            Self::Card { transaction } => !transaction.is_empty(),
            Self::Papers { seen, .. } => papers_are_enough(seen),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Time;

    #[test]
    fn one_with_a_photograph_or_two_others() {
        use IdPaper::{CareInsurance, DriversLicence, HealthInsurance, PensionBook};
        assert!(papers_are_enough(&[DriversLicence]));
        assert!(papers_are_enough(&[CareInsurance, HealthInsurance]));
        assert!(!papers_are_enough(&[PensionBook]));
        assert!(!papers_are_enough(&[CareInsurance, CareInsurance]), "the same paper twice is one");
        assert!(!papers_are_enough(&[CareInsurance, IdPaper::from_code("new")]));
        assert!(!papers_are_enough(&[]));
        assert!(!Identity::Card { transaction: String::new() }.is_enough());
        assert!(!Identity::Papers { seen: vec![], at: Time(0) }.is_enough());
    }
}
