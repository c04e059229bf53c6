//! 本人確認: which papers are enough.

use super::{IdPaper, Identity};

/// Where the rule of one paper with a photograph or two others comes from.
pub const SOURCE: &str = "https://www.city.yamanashi.yamanashi.jp/soshiki/14/11626.html";

impl Identity {
    /// Whether it is enough by its kind. Whether a card's check of that name exists only the upstream knows.
    pub fn is_enough(&self) -> bool {
        match self {
            Self::Card { transaction } => !transaction.is_empty(),
            Self::Papers { seen, .. } => IdPaper::suffice(seen),
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
        assert!(IdPaper::suffice(&[DriversLicence]));
        assert!(IdPaper::suffice(&[CareInsurance, HealthInsurance]));
        assert!(!IdPaper::suffice(&[PensionBook]));
        assert!(!IdPaper::suffice(&[CareInsurance, CareInsurance]), "the same paper twice is one");
        assert!(!IdPaper::suffice(&[CareInsurance, IdPaper::from_code("new")]));
        assert!(!IdPaper::suffice(&[]));
        assert!(!Identity::Card { transaction: String::new() }.is_enough());
        assert!(!Identity::Papers { seen: vec![], at: Time(0) }.is_enough());
    }
}
