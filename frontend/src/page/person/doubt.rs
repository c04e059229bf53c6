//! What in a record cannot be, or is worth a second look, in words. The rules are the domain's; the raw
//! value is shown all the same.

use crate::text::format;
use domain::calendar::Date;
use domain::qualification::doubt::{self, Doubt, Field};
use domain::qualification::{
    CareLevel, CopaymentCertificate, EquipmentUse, HousingUse, InsuranceCertificate, LimitCertificate, Odd,
};
use domain::upstream::Person;

/// Parts of a sheet that cannot be read.
pub(super) fn odd(odd: &[Odd]) -> Vec<String> {
    said(&doubt::odd(odd))
}

/// Doubts about who it is.
pub(super) fn person(person: &Person, today: Date) -> Vec<String> {
    said(&doubt::person(person, today))
}

/// Doubts about a 被保険者証.
pub(super) fn certificate(certificate: &InsuranceCertificate, today: Date) -> Vec<String> {
    said(&doubt::certificate(certificate, today))
}

/// Doubts about a 負担割合証.
pub(super) fn copayment(certificate: &CopaymentCertificate, today: Date) -> Vec<String> {
    said(&doubt::copayment(certificate, today))
}

/// Doubts about a 負担限度額認定証.
pub(super) fn limit(certificate: &LimitCertificate, today: Date) -> Vec<String> {
    said(&doubt::limit(certificate, today))
}

/// Doubts about 住宅改修費.
pub(super) fn housing(housing: &HousingUse, today: Date) -> Vec<String> {
    said(&doubt::housing(housing, today))
}

/// Doubts about 福祉用具購入費.
pub(super) fn equipment(equipment: &EquipmentUse, today: Date) -> Vec<String> {
    said(&doubt::equipment(equipment, today))
}

fn said(doubts: &[Doubt]) -> Vec<String> {
    doubts.iter().map(say).collect()
}

/// One doubt in a sentence.
fn say(doubt: &Doubt) -> String {
    match doubt {
        Doubt::BornLater(born) => format!("生年月日({})が、今日より後です。", born.wareki()),
        Doubt::TooOld { born, .. } => {
            format!("生年月日({})から数えると、120歳を超えます。", born.wareki())
        }
        Doubt::Unreadable { what, raw } => format!("{what}を読み取れません。届いたままの値は「{raw}」です。"),
        Doubt::Missing(field) => format!("{}が届いていません。", field.name()),
        Doubt::Long { field, characters } => {
            format!("{}が{characters}文字あります。様式に入りきらないことがあります。", field.name())
        }
        Doubt::Characters { field, found } => {
            format!("{}に、ほかのシステムで読めない文字があります(「{found}」)。", field.name())
        }
        Doubt::UnknownCode { field, raw } => {
            format!("{}のコード「{raw}」の意味がわかりません。", field.name())
        }
        Doubt::EndBeforeStart { field, period } => {
            format!("{}({})の終わりが、始まりより前です。", field.name(), format::period(period))
        }
        Doubt::Later { field, on } => format!("{}({})が、今日より後です。", field.name(), on.wareki()),
        Doubt::Overlap { field: Field::Validity, .. } => {
            "認定の有効期間が重なっています。登録の新しい方を示しています。".to_owned()
        }
        Doubt::Overlap { field, .. } => {
            format!("{}が重なっています。始まりの遅い方を今日の割合としました。", field.name())
        }
        Doubt::EndsWithinMonth(period) => {
            format!("認定の有効期間({})が、月の末日に終わっていません。", format::period(period))
        }
        Doubt::TooLong(period) => {
            format!("認定の有効期間({})が、48か月を超えています。", format::period(period))
        }
        Doubt::NoLevel => "認定済ですが、要介護状態区分が届いていません。".to_owned(),
        Doubt::Units { level, units, usual } => differing_units(*level, *units, *usual),
        Doubt::Tenths(tenths) => {
            format!("負担割合が{tenths}割となっています。1割から3割のはずです。")
        }
        Doubt::ShareChanged { period, was, is } => {
            let tenths =
                |tenths: &Option<u8>| tenths.map_or("なし".to_owned(), |tenths| format!("{tenths}割"));
            format!(
                "{}の負担割合が、さかのぼって{}から{}に変わりました。",
                format::period(period),
                tenths(was),
                tenths(is)
            )
        }
        Doubt::Amount { what, yen, usual } => {
            format!("{what}が{}となっています。基準では{}です。", format::yen(*yen), format::yen(*usual))
        }
        Doubt::Over { what, used, limit } => format!(
            "{what}の利用済み({})が、限度({})を超えています。",
            format::yen(*used),
            format::yen(*limit)
        ),
        Doubt::LeftBeforeEntered { name, .. } => format!("{name}の退所等の日が、入所等の日より前です。"),
        Doubt::SeveralHomes(_) => "いまの住まいが2つ以上登録されています。".to_owned(),
        Doubt::NoBase(dwelling) => {
            format!("{dwelling}は、3段階リセットの基準となる区分が届いていません。")
        }
        Doubt::OutsideYear { item, on, .. } => {
            format!("{item}の購入日({})が、この年度の外です。", on.wareki())
        }
    }
}

fn differing_units(level: CareLevel, units: u32, usual: Option<u32>) -> String {
    let usual = usual.map_or_else(|| "なし".to_owned(), format::units);
    format!(
        "区分支給限度基準額が{}となっています。{}の基準額は{usual}です。",
        format::units(units),
        level.name()
    )
}

#[cfg(test)]
mod tests {
    use super::super::sample::{day, qualification};
    use super::*;
    use domain::qualification::Period;

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
        who.birth_date = day("2027-01-01").into();
        assert_eq!(person(&who, today()).len(), 1);
        who.birth_date = day("1900-01-01").into();
        assert!(person(&who, today())[0].contains("120歳"));
    }
}
