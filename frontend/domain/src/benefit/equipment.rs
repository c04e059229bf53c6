//! 福祉用具購入費: per fiscal year, and the same 種目 once.
//!
//! Sources: <https://abile-abile.com/?p=1365> (April to March; the same kind once, again when broken, of
//! another use, or when the level has risen and the insurer agrees), <http://keamane1967.jp/blog-entry-419.html>.

use super::Dated;
use crate::calendar::Date;
use crate::code::coded;
use crate::qualification::{EquipmentPurchase, EquipmentUse};

/// 福祉用具購入費支給限度基準額 of a fiscal year, yen, cost before the person's share.
pub static EQUIPMENT_LIMIT: [Dated<u32>; 1] = [Dated {
    from: (2000, 4, 1),
    value: 100_000,
    source: "介護保険法44条・56条 (http://keamane1967.jp/blog-entry-419.html)",
}];

coded! {
    /// 特定福祉用具の種目. The last three can also be rented (選択制, since April 2024).
    EquipmentKind {
        Toilet = "腰掛便座" "腰掛便座";
        Waste = "自動排泄処理装置の交換可能部品" "自動排泄処理装置の交換可能部品";
        WastePrediction = "排泄予測支援機器" "排泄予測支援機器";
        Bathing = "入浴補助用具" "入浴補助用具";
        Bathtub = "簡易浴槽" "簡易浴槽";
        Sling = "移動用リフトのつり具の部分" "移動用リフトのつり具の部分";
        Ramp = "固定用スロープ" "固定用スロープ";
        Walker = "歩行器(歩行車を除く)" "歩行器(歩行車を除く)";
        Stick = "歩行補助つえ" "歩行補助つえ";
    }
}

impl EquipmentKind {
    /// The kind of a written 種目; brackets and what follows them do not matter.
    pub fn read(text: &str) -> Self {
        let plain = |text: &str| crate::search::normal(text.split(['(', '（']).next().unwrap_or(text));
        let wanted = plain(text);
        Self::ALL
            .iter()
            .copied()
            .find(|kind| plain(kind.name()) == wanted)
            .unwrap_or_else(|| Self::from_code(text))
    }
}

/// What a planned purchase would find and leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PurchasePlan {
    /// The fiscal year it belongs to.
    pub fiscal_year: i32,
    /// The year's ceiling, yen.
    pub limit_yen: u32,
    /// Left before, yen.
    pub left_before_yen: u32,
    /// Part of the cost that counts, yen.
    pub counted_yen: u32,
    /// Part the person pays alone, yen.
    pub over_yen: u32,
    /// Left after, yen.
    pub left_after_yen: u32,
    /// The same 種目 was bought before: ask the insurer first. A warning, no refusal.
    pub same_kind: Option<EquipmentPurchase>,
    /// The record of that year is there; without it the whole ceiling is an assumption.
    pub year_known: bool,
}

impl EquipmentUse {
    /// What a purchase on `day` would find. `years`: the years' records that are known, in any order.
    pub fn plan(years: &[Self], item: &str, day: Date, cost_yen: u32) -> PurchasePlan {
        let fiscal_year = day.fiscal_year();
        let year = years.iter().find(|year| year.fiscal_year == fiscal_year);
        let limit = Dated::on(&EQUIPMENT_LIMIT, day).map_or(0, |row| row.value);
        let limit_yen = year.map_or(limit, |year| year.limit_yen);
        let left_before_yen = year.map_or(limit, Self::left_yen);
        let counted_yen = cost_yen.min(left_before_yen);
        let kind = EquipmentKind::read(item);
        let same_kind = years
            .iter()
            .flat_map(|year| &year.purchases)
            .filter(|purchase| EquipmentKind::read(&purchase.item) == kind)
            .max_by_key(|purchase| purchase.bought_on)
            .cloned();
        PurchasePlan {
            fiscal_year,
            limit_yen,
            left_before_yen,
            counted_yen,
            over_yen: cost_yen - counted_yen,
            left_after_yen: left_before_yen - counted_yen,
            same_kind,
            year_known: year.is_some(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Date {
        Date::from_iso(text).unwrap()
    }

    fn year(fiscal_year: i32, purchases: &[(&str, &str, u32)]) -> EquipmentUse {
        let purchases = purchases
            .iter()
            .map(|(on, item, cost_yen)| EquipmentPurchase {
                bought_on: day(on),
                item: (*item).into(),
                cost_yen: *cost_yen,
            })
            .collect();
        EquipmentUse { fiscal_year, limit_yen: 100_000, purchases }
    }

    #[test]
    fn a_new_year_begins_on_april_first() {
        let years = [year(2026, &[("2026-05-01", "腰掛便座", 90_000)])];
        let on = |on| EquipmentUse::plan(&years, "入浴補助用具", day(on), 30_000);
        let march = on("2027-03-31");
        assert_eq!((march.counted_yen, march.over_yen, march.left_after_yen), (10_000, 20_000, 0));
        let april = on("2027-04-01");
        assert_eq!((april.counted_yen, april.left_after_yen, april.year_known), (30_000, 70_000, false));
    }

    #[test]
    fn the_same_kind_again_is_a_warning() {
        let years = [
            year(2025, &[("2025-05-01", "歩行器（歩行車を除く）", 9_000)]),
            year(2026, &[("2026-05-01", "ﾎﾟｰﾀﾌﾞﾙﾄｲﾚ", 30_000)]),
        ];
        let plan = |item| EquipmentUse::plan(&years, item, day("2026-11-22"), 10_000);
        assert_eq!(plan("歩行器").same_kind.map(|found| found.bought_on), Some(day("2025-05-01")));
        assert_eq!(plan("歩行器").counted_yen, 10_000, "a warning, no refusal");
        assert_eq!(plan("簡易浴槽").same_kind, None);
        assert_eq!(EquipmentKind::read("歩行補助杖").unknown(), Some("歩行補助杖"));
    }

    proptest! {
        #[test]
        fn never_more_than_the_year_has(used in 0u32..250_000, cost: u32) {
            let years = [year(2026, &[("2026-05-01", "腰掛便座", used)])];
            let plan = EquipmentUse::plan(&years, "簡易浴槽", day("2026-11-22"), cost);
            prop_assert!(plan.counted_yen <= 100_000 && plan.left_after_yen <= plan.limit_yen);
            prop_assert_eq!(plan.counted_yen + plan.over_yen, cost);
            prop_assert_eq!(plan.left_before_yen, plan.counted_yen + plan.left_after_yen);
        }
    }
}
