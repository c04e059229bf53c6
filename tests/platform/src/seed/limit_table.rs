//! 負担限度額: what stands on the certificates, by the day it begins to hold.
//!
//! Source: 介護保険最新情報 Vol.1506 (amounts from 2026-08-01; those before by subtraction), as cities
//! have published them. 多床室(老健等) stands for the rooms without 室料.

use kakehashi_domain::calendar::Date;
use kakehashi_domain::qualification::{LimitStage, RoomAmount, RoomKind};

/// Yen a day for the stages 1, 2, 3①, 3②.
type Row = [u32; 4];

/// All amounts that hold from a day on.
pub(super) struct Table {
    /// First day.
    pub(super) from: &'static str,
    food_facility: Row,
    food_short_stay: Row,
    rooms: [(RoomKind, Row); 6],
}

/// Newest first.
static TABLES: [Table; 2] = [
    Table {
        from: "2026-08-01",
        food_facility: [300, 390, 680, 1_420],
        food_short_stay: [300, 600, 1_030, 1_360],
        rooms: [
            (RoomKind::UnitPrivate, [880, 880, 1_370, 1_470]),
            (RoomKind::UnitSemiPrivate, [550, 550, 1_370, 1_470]),
            (RoomKind::PrivateSpecial, [380, 480, 880, 980]),
            (RoomKind::PrivateHealth, [550, 550, 1_370, 1_470]),
            (RoomKind::SharedSpecial, [0, 430, 430, 530]),
            (RoomKind::SharedHealth, [0, 430, 430, 430]),
        ],
    },
    Table {
        from: "2024-08-01",
        food_facility: [300, 390, 650, 1_360],
        food_short_stay: [300, 600, 1_000, 1_300],
        rooms: [
            (RoomKind::UnitPrivate, [880, 880, 1_370, 1_370]),
            (RoomKind::UnitSemiPrivate, [550, 550, 1_370, 1_370]),
            (RoomKind::PrivateSpecial, [380, 480, 880, 880]),
            (RoomKind::PrivateHealth, [550, 550, 1_370, 1_370]),
            (RoomKind::SharedSpecial, [0, 430, 430, 430]),
            (RoomKind::SharedHealth, [0, 430, 430, 430]),
        ],
    },
];

/// The amounts on a day; before the first day known, the oldest known.
pub(super) fn on(day: Date) -> &'static Table {
    let day = day.to_string();
    TABLES.iter().find(|table| table.from <= day.as_str()).unwrap_or(&TABLES[TABLES.len() - 1])
}

impl Table {
    /// 食費 a day: in a facility, in a short stay.
    pub(super) fn food(&self, stage: LimitStage) -> (u32, u32) {
        (self.food_facility[column(stage)], self.food_short_stay[column(stage)])
    }

    /// 居住費 a day by kind of room.
    pub(super) fn rooms(&self, stage: LimitStage) -> Vec<RoomAmount> {
        self.rooms.iter().map(|(kind, row)| RoomAmount { kind: *kind, yen: row[column(stage)] }).collect()
    }
}

fn column(stage: LimitStage) -> usize {
    match stage {
        LimitStage::First => 0,
        LimitStage::Second => 1,
        LimitStage::ThirdA => 2,
        // The seed makes no unknown stage.
        LimitStage::ThirdB | LimitStage::Unknown(_) => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_change_on_the_first_of_august() {
        let on = |day| on(Date::from_iso(day).unwrap());
        assert_eq!(on("2026-07-31").food(LimitStage::ThirdB), (1_360, 1_300));
        assert_eq!(on("2026-08-01").food(LimitStage::ThirdB), (1_420, 1_360));
        assert_eq!(on("2026-08-01").rooms(LimitStage::ThirdB)[0].yen, 1_470);
        assert_eq!(on("2026-07-31").rooms(LimitStage::ThirdB)[0].yen, 1_370);
        for table in &TABLES {
            assert!(Date::from_iso(table.from).is_ok());
        }
    }
}
