//! What the insurance pays, and what the person pays: limits, balances and shares in 単位 and yen.
//!
//! Every number stands in a table with the day it holds from and the source that says so.

mod equipment;
mod housing;
mod ledger;
mod limit_table;
mod month_plan;
mod monthly;
mod share;
mod typed;

pub use equipment::{EQUIPMENT_LIMIT, EquipmentKind, PurchasePlan};
pub use housing::{HOUSING_LIMIT, HousingPlan, Reset, ResetScope, step};
pub use ledger::{HousingLedger, Paid, Work};
pub use limit_table::{ANNOUNCED, Announced, LimitRow, LimitTable, Meal, limit_table};
pub use month_plan::{Amount, LEAST_UNIT_PRICE, MonthPlan, month_plan};
pub use monthly::{MonthLimit, MonthlyUnits, monthly_limit, monthly_units};
pub use share::{Payment, Rounding, Terms};
pub use typed::{amount, unit_price};

use crate::calendar::Date;

/// How sure a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// The source states it.
    Stated,
    /// It was computed from what a source states.
    Derived,
    /// The source states the amount; that it belongs to this row is an assumption.
    Assumed,
}

/// A number that holds from a day on, with its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dated<T> {
    /// First day, year, month, day.
    pub from: (i32, u8, u8),
    /// What holds.
    pub value: T,
    /// Who says so.
    pub source: &'static str,
}

impl<T> Dated<T> {
    /// The row that holds on a day; rows stand newest first.
    pub fn on(rows: &[Self], day: Date) -> Option<&Self> {
        rows.iter().find(|row| row.from <= (day.year(), day.month(), day.day()))
    }
}
