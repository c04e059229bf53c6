//! 住宅改修費 and 福祉用具購入費 as the insurer has registered them.

use super::dates::day;
use super::random::Random;
use kakehashi_domain::calendar::Date;
use kakehashi_domain::qualification::{
    CareLevel, Dwelling, EquipmentPurchase, EquipmentUse, HousingPayment, HousingUse,
};

/// 住宅改修費支給限度基準額 of a dwelling, yen.
const HOUSING_YEN: u32 = 200_000;
/// 福祉用具購入費支給限度基準額 of a fiscal year, yen.
const EQUIPMENT_YEN: u32 = 100_000;

static WORKS: [&str; 6] = [
    "手すりの取付け",
    "段差の解消",
    "滑りの防止・移動の円滑化のための床材の変更",
    "引き戸等への扉の取替え",
    "洋式便器等への便器の取替え",
    "手すりの取付け(玄関・浴室)",
];

static ITEMS: [&str; 9] = [
    "腰掛便座",
    "入浴補助用具",
    "自動排泄処理装置の交換可能部品",
    "簡易浴槽",
    "移動用リフトのつり具の部分",
    "排泄予測支援機器",
    "固定用スロープ",
    "歩行器(歩行車を除く)",
    "歩行補助つえ",
];

/// One dwelling; `share` in a hundred have had work done. Works are paid for whoever has a level (要支援 or
/// 要介護); whoever waits for the first had none paid.
pub(super) fn housing(random: &mut Random, level: Option<CareLevel>, share: u64, today: Date) -> HousingUse {
    let share = if level >= Some(CareLevel::Support1) { share } else { 0 };
    let mut dwellings = vec![dwelling(random, "現住所", true, level, share, today)];
    if random.percent(share / 10) {
        // 転居リセット: the old account rests until the person moves back.
        let moved = today.plus_days(-random.between(300, 1_500));
        dwellings.push(dwelling(random, "前住所", false, level, 100, moved));
    }
    HousingUse { dwellings }
}

fn dwelling(
    random: &mut Random,
    label: &str,
    current: bool,
    level: Option<CareLevel>,
    share: u64,
    until: Date,
) -> Dwelling {
    let mut payments = Vec::new();
    let mut left = i64::from(HOUSING_YEN);
    if random.percent(share) {
        let count = random.between(1, 3);
        let mut started_on = until.plus_days(-random.between(700, 1_400));
        for _ in 0..count {
            let cost = (random.between(18, 130) * 1_000 + random.between(0, 9) * 100).min(left);
            if cost > 0 {
                payments.push(HousingPayment {
                    started_on,
                    work: (*random.pick(&WORKS)).to_owned(),
                    cost_yen: u32::try_from(cost).unwrap_or_default(),
                });
            }
            left -= cost;
            started_on = started_on.plus_days(random.between(30, 300));
        }
    }
    let baseline = if payments.is_empty() { None } else { level };
    Dwelling { label: label.to_owned(), current, limit_yen: HOUSING_YEN, baseline, reset_on: None, payments }
}

/// The fiscal year's purchases; `share` in a hundred have bought something.
pub(super) fn equipment(random: &mut Random, share: u64, today: Date) -> EquipmentUse {
    let begin = day(today.fiscal_year(), 4, 1);
    let mut purchases = Vec::new();
    let mut left = i64::from(EQUIPMENT_YEN);
    if random.percent(share) {
        let start = random.below(ITEMS.len() as u64) as usize;
        for at in 0..random.between(1, 2) {
            let cost = (random.between(8, 60) * 1_000 + random.between(0, 99) * 10).min(left);
            // The same 種目 is normally bought once.
            let item = ITEMS[(start + at as usize * 4) % ITEMS.len()];
            if cost > 0 {
                purchases.push(EquipmentPurchase {
                    bought_on: begin.plus_days(random.between(0, begin.days_until(today))),
                    item: item.to_owned(),
                    cost_yen: u32::try_from(cost).unwrap_or_default(),
                });
            }
            left -= cost;
        }
        purchases.sort_by_key(|purchase| purchase.bought_on);
    }
    EquipmentUse { fiscal_year: today.fiscal_year(), limit_yen: EQUIPMENT_YEN, purchases }
}

/// 手すり and 段差, soon after a 認定: 62,400円 left.
pub(super) fn two_works(level: CareLevel, began: Date) -> HousingUse {
    works_on(level, &[(began.plus_days(19), WORKS[0], 86_400), (began.plus_days(47), WORKS[1], 51_200)])
}

/// Works at the present dwelling, a month and a half apart from a day on.
pub(super) fn works(baseline: CareLevel, from: Date, costs: &[u32]) -> HousingUse {
    let works: Vec<_> = (0_usize..)
        .zip(costs)
        .map(|(at, cost)| {
            let work = WORKS[at % WORKS.len()];
            (from.plus_days(at as i64 * 45), work, *cost)
        })
        .collect();
    works_on(baseline, &works)
}

fn works_on(baseline: CareLevel, works: &[(Date, &str, u32)]) -> HousingUse {
    let work = |(started_on, work, cost_yen): &(Date, &str, u32)| HousingPayment {
        started_on: *started_on,
        work: (*work).to_owned(),
        cost_yen: *cost_yen,
    };
    HousingUse {
        dwellings: vec![Dwelling {
            label: "現住所".to_owned(),
            current: true,
            limit_yen: HOUSING_YEN,
            baseline: (!works.is_empty()).then_some(baseline),
            reset_on: None,
            payments: works.iter().map(work).collect(),
        }],
    }
}

/// Purchases of the fiscal year, each of another 種目, on its first days.
pub(super) fn purchases(today: Date, costs: &[u32]) -> EquipmentUse {
    let begin = day(today.fiscal_year(), 4, 1);
    let purchases = ITEMS.iter().zip(costs).map(|(item, cost_yen)| EquipmentPurchase {
        bought_on: begin,
        item: (*item).to_owned(),
        cost_yen: *cost_yen,
    });
    EquipmentUse {
        fiscal_year: today.fiscal_year(),
        limit_yen: EQUIPMENT_YEN,
        purchases: purchases.collect(),
    }
}

/// 入浴補助用具, bought early in the fiscal year.
pub(super) fn bath_seat(today: Date) -> EquipmentUse {
    let begin = day(today.fiscal_year(), 4, 1);
    let bought_on = begin.plus_days(41.min(begin.days_until(today)));
    let purchase = EquipmentPurchase { bought_on, item: ITEMS[1].to_owned(), cost_yen: 23_760 };
    EquipmentUse { fiscal_year: today.fiscal_year(), limit_yen: EQUIPMENT_YEN, purchases: vec![purchase] }
}
