//! 負担限度額 and 基準費用額: yen a day by 利用者負担段階, for food and for kinds of room.

use super::{Certainty, Dated};
use crate::calendar::Date;
use crate::qualification::{LimitStage, RoomKind};

/// For whom food is cooked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Meal {
    /// 施設サービス
    Facility,
    /// 短期入所
    ShortStay,
}

/// One line of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LimitRow {
    /// 基準費用額, yen a day.
    pub standard_yen: u32,
    /// 負担限度額, yen a day, in the order of [`LimitTable::stages`].
    pub yen: &'static [u32],
    /// How sure the line is.
    pub certainty: Certainty,
}

/// All amounts that hold together. A table names its own stages, so one with a split 第3段階 fits in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LimitTable {
    /// Stages of the columns.
    pub stages: &'static [LimitStage],
    /// 食費.
    pub food: [(Meal, LimitRow); 2],
    /// 居住費・滞在費.
    pub rooms: &'static [(RoomKind, LimitRow)],
}

/// A change that is announced and whose amounts are not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Announced {
    /// Fiscal year it is to come in.
    pub fiscal_year: i32,
    /// What.
    pub what: &'static str,
    /// Who says so.
    pub source: &'static str,
}

/// Announced and without amounts yet; a table with its first day takes its place in this file.
pub static ANNOUNCED: [Announced; 1] = [Announced {
    fiscal_year: 2027,
    what: "第3段階①・②をそれぞれ2つに分ける",
    source: "介護保険最新情報 Vol.1506",
}];

use Certainty::{Assumed, Derived, Stated};

const STAGES: &[LimitStage] =
    &[LimitStage::First, LimitStage::Second, LimitStage::ThirdA, LimitStage::ThirdB];

const fn row(standard_yen: u32, yen: &'static [u32; 4], certainty: Certainty) -> LimitRow {
    LimitRow { standard_yen, yen, certainty }
}

/// Newest first.
static TABLES: [Dated<LimitTable>; 3] = [
    Dated {
        from: (2026, 8, 1),
        source: "介護保険最新情報 Vol.1506 (告示88号, 2026-03-13)",
        value: LimitTable {
            stages: STAGES,
            food: [
                (Meal::Facility, row(1_545, &[300, 390, 680, 1_420], Stated)),
                (Meal::ShortStay, row(1_545, &[300, 600, 1_030, 1_360], Stated)),
            ],
            rooms: &[
                (RoomKind::UnitPrivate, row(2_066, &[880, 880, 1_370, 1_470], Stated)),
                // The source has one line of 1,728円; that it covers this kind too is an assumption.
                (RoomKind::UnitSemiPrivate, row(1_728, &[550, 550, 1_370, 1_470], Assumed)),
                (RoomKind::PrivateSpecial, row(1_231, &[380, 480, 880, 980], Stated)),
                (RoomKind::PrivateHealth, row(1_728, &[550, 550, 1_370, 1_470], Stated)),
                (RoomKind::SharedSpecial, row(915, &[0, 430, 430, 530], Stated)),
                (RoomKind::SharedHealthCharged, row(697, &[0, 430, 430, 530], Stated)),
                (RoomKind::SharedHealth, row(437, &[0, 430, 430, 430], Stated)),
            ],
        },
    },
    Dated {
        from: (2025, 8, 1),
        source: "介護保険部会第125回 資料1 (室料, 令和7年8月から); https://shinagawa.kaigoweb.jp/article/2016033000021Z; \
                 限度額は Vol.1506 からの差引き",
        value: LimitTable {
            stages: STAGES,
            food: FOOD_2024,
            rooms: &[
                ROOMS_2024[0],
                ROOMS_2024[1],
                ROOMS_2024[2],
                ROOMS_2024[3],
                ROOMS_2024[4],
                // 437 + 260円 for the room.
                (RoomKind::SharedHealthCharged, row(697, &[0, 430, 430, 430], Derived)),
                ROOMS_2024[5],
            ],
        },
    },
    Dated {
        from: (2024, 8, 1),
        source: "https://tanpoponosato.com/shortstay/price, http://rindounosato.or.jp/publics/index/63/, \
                 https://shinagawa.kaigoweb.jp/article/2016033000021Z; 限度額は Vol.1506 からの差引き",
        value: LimitTable { stages: STAGES, food: FOOD_2024, rooms: &ROOMS_2024 },
    },
];

const FOOD_2024: [(Meal, LimitRow); 2] = [
    (Meal::Facility, row(1_445, &[300, 390, 650, 1_360], Stated)),
    (Meal::ShortStay, row(1_445, &[300, 600, 1_000, 1_300], Stated)),
];

const ROOMS_2024: [(RoomKind, LimitRow); 6] = [
    (RoomKind::UnitPrivate, row(2_066, &[880, 880, 1_370, 1_370], Derived)),
    (RoomKind::UnitSemiPrivate, row(1_728, &[550, 550, 1_370, 1_370], Derived)),
    (RoomKind::PrivateSpecial, row(1_231, &[380, 480, 880, 880], Stated)),
    (RoomKind::PrivateHealth, row(1_728, &[550, 550, 1_370, 1_370], Derived)),
    (RoomKind::SharedSpecial, row(915, &[0, 430, 430, 430], Stated)),
    (RoomKind::SharedHealth, row(437, &[0, 430, 430, 430], Derived)),
];

/// The amounts that hold on a day; `None` before August 2024, for which no table is kept.
pub fn limit_table(day: Date) -> Option<&'static Dated<LimitTable>> {
    Dated::on(&TABLES, day)
}

impl LimitTable {
    /// 食費 of a stage, yen a day; `None` for a stage the table does not know.
    pub fn food_yen(&self, meal: Meal, stage: LimitStage) -> Option<(u32, Certainty)> {
        self.food.iter().find(|(at, _)| *at == meal).and_then(|(_, row)| self.amount(row, stage))
    }

    /// 居住費・滞在費 of a stage, yen a day; `None` for a stage or a room the table does not know.
    pub fn room_yen(&self, room: RoomKind, stage: LimitStage) -> Option<(u32, Certainty)> {
        self.rooms.iter().find(|(at, _)| *at == room).and_then(|(_, row)| self.amount(row, stage))
    }

    fn amount(&self, row: &LimitRow, stage: LimitStage) -> Option<(u32, Certainty)> {
        let at = self.stages.iter().position(|known| *known == stage)?;
        row.yen.get(at).map(|yen| (*yen, row.certainty))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(day: &str) -> Option<&'static LimitTable> {
        limit_table(Date::from_iso(day).unwrap()).map(|row| &row.value)
    }

    #[test]
    fn amounts_change_on_the_first_of_august() {
        let third = LimitStage::ThirdB;
        let food = |day: &str, meal| on(day).unwrap().food_yen(meal, third).unwrap().0;
        assert_eq!((food("2026-07-31", Meal::Facility), food("2026-07-31", Meal::ShortStay)), (1_360, 1_300));
        assert_eq!((food("2026-08-01", Meal::Facility), food("2026-08-01", Meal::ShortStay)), (1_420, 1_360));
        let room = |day: &str| on(day).unwrap().room_yen(RoomKind::UnitPrivate, third).unwrap().0;
        assert_eq!((room("2026-07-31"), room("2026-08-01")), (1_370, 1_470));
        assert_eq!(on("2024-07-31"), None, "no table, no guess");
    }

    /// tanpoponosato.com (2025-04): 従来型個室 380, 480, 880, 880 and 食費 300, 600, 1,000, 1,300.
    #[test]
    fn a_published_price_list_of_2025() {
        let table = on("2025-04-01").unwrap();
        let rooms = STAGES.iter().map(|stage| table.room_yen(RoomKind::PrivateSpecial, *stage).unwrap().0);
        assert_eq!(rooms.collect::<Vec<_>>(), [380, 480, 880, 880]);
        let food = STAGES.iter().map(|stage| table.food_yen(Meal::ShortStay, *stage).unwrap().0);
        assert_eq!(food.collect::<Vec<_>>(), [300, 600, 1_000, 1_300]);
    }

    #[test]
    fn the_charged_room_begins_in_august_2025() {
        let charged = |day| on(day).unwrap().room_yen(RoomKind::SharedHealthCharged, LimitStage::ThirdB);
        assert_eq!(charged("2025-07-31"), None);
        assert_eq!(charged("2025-08-01"), Some((430, Certainty::Derived)));
        assert_eq!(charged("2026-08-01"), Some((530, Certainty::Stated)));
    }

    #[test]
    fn a_stage_of_a_later_year_is_no_guess() {
        let table = on("2026-11-22").unwrap();
        assert_eq!(table.food_yen(Meal::Facility, LimitStage::from_code("3-1-1")), None);
        assert_eq!(ANNOUNCED[0].fiscal_year, 2027);
    }

    #[test]
    fn every_line_is_whole_and_never_above_the_standard() {
        for table in &TABLES {
            let value = &table.value;
            assert!(Date::new(table.from.0, table.from.1, table.from.2).is_ok() && !table.source.is_empty());
            let food = value.food.iter().map(|(_, row)| row);
            for row in food.chain(value.rooms.iter().map(|(_, row)| row)) {
                assert_eq!(row.yen.len(), value.stages.len());
                assert!(row.yen.is_sorted() && row.yen.iter().all(|yen| *yen <= row.standard_yen));
            }
        }
        assert!(TABLES.is_sorted_by(|newer, older| newer.from > older.from));
    }
}
