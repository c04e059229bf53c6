//! What in a record cannot be, or is worth a second look. The raw value is shown all the same.

use crate::text::format;
use domain::calendar::Date;
use domain::qualification::{
    CopaymentCertificate, EquipmentUse, HousingUse, InsuranceCertificate, LimitCertificate, Period, Standing,
};
use domain::upstream::Person;

/// Doubts about who it is.
pub(super) fn person(person: &Person, today: Date) -> Vec<String> {
    let mut doubts = Vec::new();
    if person.birth_date > today {
        doubts.push(format!("生年月日({})が、今日より後です。", person.birth_date.wareki()));
    } else if person.birth_date.age_on(today) > 120 {
        doubts.push(format!("生年月日({})から数えると、120歳を超えます。", person.birth_date.wareki()));
    }
    doubts
}

/// Doubts about a 被保険者証.
pub(super) fn certificate(certificate: &InsuranceCertificate, today: Date) -> Vec<String> {
    let mut doubts = Vec::new();
    period("認定の有効期間", certificate.validity.as_ref(), today, &mut doubts);
    for restriction in &certificate.restrictions {
        period("給付制限の期間", Some(&restriction.period), today, &mut doubts);
    }
    later("交付年月日", certificate.issued_on, today, &mut doubts);
    if let (Some(level), Some(units)) = (certificate.level, certificate.monthly_units)
        && level.monthly_units() != Some(units)
    {
        let usual = level.monthly_units().map_or_else(|| "なし".to_owned(), format::units);
        doubts.push(format!(
            "区分支給限度基準額が{}となっています。{}の基準額は{usual}です。",
            format::units(units),
            level.name()
        ));
    }
    for facility in &certificate.facilities {
        if facility.left_on.is_some_and(|left| left < facility.entered_on) {
            doubts.push(format!("{}の退所等の日が、入所等の日より前です。", facility.name));
        }
    }
    doubts
}

/// Doubts about a 負担割合証.
pub(super) fn copayment(certificate: &CopaymentCertificate, today: Date) -> Vec<String> {
    let mut doubts = Vec::new();
    later("交付年月日", certificate.issued_on, today, &mut doubts);
    for row in &certificate.periods {
        period("適用期間", Some(&row.period), today, &mut doubts);
        if !(1..=3).contains(&row.tenths) {
            doubts.push(format!("負担割合が{}割となっています。1割から3割のはずです。", row.tenths));
        }
    }
    let overlap = certificate.periods.iter().enumerate().any(|(at, row)| {
        certificate.periods.iter().skip(at + 1).any(|other| overlaps(&row.period, &other.period))
    });
    if overlap {
        doubts.push("適用期間が重なっています。始まりの遅い方を今日の割合としました。".to_owned());
    }
    doubts
}

/// Doubts about a 負担限度額認定証.
pub(super) fn limit(certificate: &LimitCertificate, today: Date) -> Vec<String> {
    let mut doubts = Vec::new();
    later("交付年月日", certificate.issued_on, today, &mut doubts);
    period("適用の期間", Some(&certificate.validity), today, &mut doubts);
    doubts
}

/// Doubts about 住宅改修費.
pub(super) fn housing(housing: &HousingUse, today: Date) -> Vec<String> {
    let mut doubts = Vec::new();
    for dwelling in &housing.dwellings {
        over(&dwelling.label, dwelling.used_yen(), dwelling.limit_yen, &mut doubts);
        for payment in &dwelling.payments {
            later("着工日", payment.started_on, today, &mut doubts);
        }
    }
    if housing.dwellings.iter().filter(|dwelling| dwelling.current).count() > 1 {
        doubts.push("いまの住まいが2つ以上登録されています。".to_owned());
    }
    doubts
}

/// Doubts about 福祉用具購入費.
pub(super) fn equipment(equipment: &EquipmentUse, today: Date) -> Vec<String> {
    let mut doubts = Vec::new();
    over("福祉用具購入費", equipment.used_yen(), equipment.limit_yen, &mut doubts);
    for purchase in &equipment.purchases {
        later("購入日", purchase.bought_on, today, &mut doubts);
        if purchase.bought_on.fiscal_year() != equipment.fiscal_year {
            doubts.push(format!(
                "{}の購入日({})が、この年度の外です。",
                purchase.item,
                purchase.bought_on.wareki()
            ));
        }
    }
    doubts
}

fn period(name: &str, period: Option<&Period>, today: Date, doubts: &mut Vec<String>) {
    if let Some(period) = period
        && period.standing(today) == Standing::Impossible
    {
        doubts.push(format!("{name}({})の終わりが、始まりより前です。", format::period(period)));
    }
}

fn later(name: &str, date: Date, today: Date, doubts: &mut Vec<String>) {
    if date > today {
        doubts.push(format!("{name}({})が、今日より後です。", date.wareki()));
    }
}

fn over(name: &str, used: u32, limit: u32, doubts: &mut Vec<String>) {
    if used > limit {
        doubts.push(format!(
            "{name}の利用済み({})が、限度({})を超えています。",
            format::yen(used),
            format::yen(limit)
        ));
    }
}

fn overlaps(one: &Period, other: &Period) -> bool {
    let before_end = |from: Date, period: &Period| period.to.is_none_or(|to| from <= to);
    before_end(one.from, other) && before_end(other.from, one)
}

#[cfg(test)]
mod tests {
    use super::super::sample::{day, qualification};
    use super::*;

    fn today() -> Date {
        day("2026-11-22")
    }

    #[test]
    fn a_good_record_raises_none() {
        let all = qualification();
        assert!(person(&all.person, today()).is_empty());
        assert!(certificate(all.certificate.value().unwrap(), today()).is_empty());
        assert!(copayment(all.copayment.value().unwrap(), today()).is_empty());
        assert!(limit(all.limit.value().unwrap(), today()).is_empty());
        assert!(housing(all.housing.value().unwrap(), today()).is_empty());
        assert!(equipment(all.equipment.value().unwrap(), today()).is_empty());
    }

    #[test]
    fn what_cannot_be_is_said_with_its_raw_value() {
        let all = qualification();
        let mut paper = all.certificate.value().unwrap().clone();
        paper.validity = Some(Period::new(day("2026-12-01"), Some(day("2026-01-31"))));
        paper.monthly_units = Some(16_765);
        let doubts = certificate(&paper, today());
        assert_eq!(doubts.len(), 2);
        assert!(doubts[0].contains("令和8年12月1日 〜 令和8年1月31日"), "{doubts:?}");
        assert!(doubts[1].contains("16,765単位") && doubts[1].contains("19,705単位"), "{doubts:?}");
    }

    #[test]
    fn shares_out_of_range_and_overlapping_rows() {
        let all = qualification();
        let mut paper = all.copayment.value().unwrap().clone();
        paper.periods[0].tenths = 0;
        paper.periods[1].period.to = Some(day("2026-11-10"));
        let doubts = copayment(&paper, today());
        assert!(doubts.iter().any(|doubt| doubt.contains("0割")), "{doubts:?}");
        assert!(doubts.iter().any(|doubt| doubt.contains("重なって")), "{doubts:?}");
    }

    #[test]
    fn balances_and_days() {
        let all = qualification();
        let mut house = all.housing.value().unwrap().clone();
        house.dwellings[0].payments[0].cost_yen = 250_000;
        house.dwellings[0].payments[0].started_on = day("2027-01-01");
        assert_eq!(housing(&house, today()).len(), 2);
        let mut things = all.equipment.value().unwrap().clone();
        things.purchases[0].bought_on = day("2026-03-31");
        assert!(equipment(&things, today())[0].contains("年度の外"));
    }

    #[test]
    fn births_that_cannot_be() {
        let mut who = qualification().person;
        who.birth_date = day("2027-01-01");
        assert_eq!(person(&who, today()).len(), 1);
        who.birth_date = day("1900-01-01");
        assert!(person(&who, today())[0].contains("120歳"));
    }
}
