//! The values other software asks for most, as it takes them: digits, ISO dates, plain numbers.

use crate::text::{person, take as words};
use domain::calendar::Date;
use domain::qualification::{Qualification, Standing};

/// Names with values; what is not there is left out.
pub(super) fn values(all: &Qualification, today: Date) -> Vec<(&'static str, String)> {
    let who = &all.person;
    let mut found = vec![
        (person().insurer, who.insurer.as_str().to_owned()),
        (person().insured, who.insured.as_str().to_owned()),
        (person().name, who.name.clone()),
        (person().kana, who.kana.clone()),
        (person().birth, who.birth_date.to_string()),
        (person().address, who.address.clone()),
    ];
    if let Some(paper) = all.certificate.value() {
        let level = paper.level.filter(|level| level.unknown().is_none());
        found.extend(level.map(|level| (words().level, level.name().to_owned())));
        if let Some(validity) = paper.validity.filter(|one| one.is_possible()) {
            found.push((words().from, validity.from.to_string()));
            found.extend(validity.to.map(|to| (words().to, to.to_string())));
        }
        found.extend(paper.monthly_units.map(|units| (words().units, units.to_string())));
    }
    let share = all.copayment.value().and_then(|paper| paper.on(today));
    found.extend(share.map(|row| (words().share, row.tenths.to_string())));
    let limit = all.limit.value().filter(|paper| {
        paper.stage.unknown().is_none()
            && matches!(paper.validity.standing(today), Standing::Valid { .. } | Standing::Open)
    });
    found.extend(limit.map(|paper| (words().stage, paper.stage.name().to_owned())));
    let home = all.housing.value().and_then(|used| used.dwellings.iter().find(|one| one.current));
    found.extend(home.map(|home| (words().housing, home.left_yen().to_string())));
    let year = all.equipment.value().filter(|used| used.fiscal_year == today.fiscal_year());
    found.extend(year.map(|year| (words().equipment, year.left_yen().to_string())));
    found.retain(|(_, value)| !value.is_empty());
    found
}

#[cfg(test)]
mod tests {
    use super::super::super::sample::{day, qualification};
    use super::*;

    #[test]
    fn values_as_other_software_takes_them() {
        let found = values(&qualification(), day("2026-11-22"));
        for wanted in [
            ("被保険者番号", "0000012345"),
            ("生年月日", "1940-03-02"),
            ("有効期間の終了日", "2027-03-31"),
            ("負担割合", "2"),
            ("利用者負担段階", "第3段階①"),
            ("住宅改修費の残り", "80000"),
        ] {
            assert!(found.iter().any(|(name, value)| (*name, value.as_str()) == wanted), "{wanted:?}");
        }
    }

    #[test]
    fn what_does_not_hold_today_is_left_out() {
        let mut all = qualification();
        all.person.kana = String::new();
        let found = values(&all, day("2027-08-01"));
        for name in ["フリガナ", "負担割合", "利用者負担段階", "福祉用具購入費の残り"]
        {
            assert!(found.iter().all(|(other, _)| *other != name), "{name}");
        }
    }
}
