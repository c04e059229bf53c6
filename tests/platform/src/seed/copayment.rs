//! 負担割合証 and 負担限度額認定証: August 1 to July 31.

use super::dates::{august_year, day, first};
use super::limit_table;
use super::random::Random;
use kakehashi_domain::calendar::Date;
use kakehashi_domain::qualification::{
    CopaymentCertificate, CopaymentPeriod, LimitCertificate, LimitStage, Period,
};

/// 1, 2 or 3 tenths. Below 65 (第2号被保険者) always one.
pub(super) fn tenths(random: &mut Random, age: i32) -> u8 {
    if age < 65 { 1 } else { random.weighted(&[(90, 1), (6, 2), (4, 3)]) }
}

/// The certificate with this year's and last year's rows; for a few the share changed within the year.
pub(super) fn certificate(
    random: &mut Random,
    tenths: u8,
    changes: bool,
    today: Date,
) -> CopaymentCertificate {
    let year = august_year(today);
    let row = |tenths, from: Date, to: Date| CopaymentPeriod { tenths, period: Period::new(from, Some(to)) };
    let (begin, end) = (day(year, 8, 1), day(year + 1, 7, 31));
    let mut periods = Vec::new();
    if changes && first(today, 0) > begin {
        let turn = first(today, 0);
        let before = if tenths == 1 { 2 } else { tenths - 1 };
        periods.push(row(tenths, turn, end));
        periods.push(row(before, begin, turn.plus_days(-1)));
    } else {
        periods.push(row(tenths, begin, end));
    }
    // The next year's share is sent out in July.
    if (today.month(), today.day()) >= (7, 15) && today.month() == 7 {
        periods.insert(0, row(tenths, day(year + 1, 8, 1), day(year + 2, 7, 31)));
    }
    let before = if random.percent(92) { tenths } else { 1 };
    periods.push(row(before, day(year - 1, 8, 1), day(year, 7, 31)));
    let issued_on = if changes { periods[0].period.from.min(today) } else { day(year, 7, 15) };
    CopaymentCertificate { issued_on: issued_on.into(), periods }
}

/// A stage, for those whose share is one tenth.
pub(super) fn stage(random: &mut Random) -> LimitStage {
    random.weighted(&[
        (8, LimitStage::First),
        (40, LimitStage::Second),
        (24, LimitStage::ThirdA),
        (28, LimitStage::ThirdB),
    ])
}

/// A certificate of the year that holds, or of last year and not asked for again.
pub(super) fn limit(random: &mut Random, stage: LimitStage, renewed: bool, today: Date) -> LimitCertificate {
    let year = august_year(today) - i32::from(!renewed);
    let begin = day(year, 8, 1);
    // Who asks during the year has it from the month of asking.
    let months = begin.days_until(today).clamp(0, 364) / 31;
    let late = if random.percent(15) { random.between(0, months) } else { 0 };
    let from = first(begin, late);
    let (food_facility_yen, food_short_stay_yen) = limit_table::food(from, stage);
    LimitCertificate {
        issued_on: if late == 0 { day(year, 7, 25) } else { from.plus_days(14).min(today) }.into(),
        validity: Period::new(from, Some(day(year + 1, 7, 31))),
        stage,
        food_facility_yen,
        food_short_stay_yen,
        rooms: limit_table::rooms(from, stage),
    }
}
