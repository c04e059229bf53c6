//! What stands on a 負担限度額認定証: the domain's table on the day it begins to hold.

use kakehashi_domain::benefit::{Meal, limit_table};
use kakehashi_domain::calendar::Date;
use kakehashi_domain::qualification::{LimitStage, RoomAmount, RoomKind};

/// 食費 a day: in a facility, in a short stay.
pub(super) fn food(from: Date, stage: LimitStage) -> (u32, u32) {
    let yen = |meal| {
        limit_table(from).and_then(|table| table.value.food_yen(meal, stage)).map_or(0, |(yen, _)| yen)
    };
    (yen(Meal::Facility), yen(Meal::ShortStay))
}

/// 居住費 a day by kind of room. 多床室(老健等) stands for the rooms without 室料.
pub(super) fn rooms(from: Date, stage: LimitStage) -> Vec<RoomAmount> {
    let Some(table) = limit_table(from) else { return Vec::new() };
    let kinds = RoomKind::ALL.iter().filter(|kind| **kind != RoomKind::SharedHealthCharged);
    kinds
        .filter_map(|kind| Some(RoomAmount { kind: *kind, yen: table.value.room_yen(*kind, stage)?.0 }))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_change_on_the_first_of_august() {
        let day = |day| Date::from_iso(day).unwrap();
        assert_eq!(food(day("2026-07-31"), LimitStage::ThirdB), (1_360, 1_300));
        assert_eq!(food(day("2026-08-01"), LimitStage::ThirdB), (1_420, 1_360));
        assert_eq!(rooms(day("2026-08-01"), LimitStage::ThirdB)[0].yen, 1_470);
        assert_eq!(rooms(day("2026-07-31"), LimitStage::ThirdB)[0].yen, 1_370);
        assert_eq!(rooms(day("2026-08-01"), LimitStage::First).len(), 6);
    }
}
