//! The checks, one function a kind of record.

use super::{Doubt, Field, text};
use crate::benefit::{Certainty, Meal, limit_table, monthly_units};
use crate::calendar::{Date, GivenDate, Month};
use crate::qualification::{
    CareLevel, CertificationState, Content, CopaymentCertificate, EquipmentUse, History, HousingUse,
    InsuranceCertificate, LimitCertificate, LimitStage, Odd, Period, RoomKind, Sheet, known,
};
use crate::upstream::Person;

/// Doubts about how a sheet came: what of it cannot be read, or all of it.
pub fn sheet<T>(sheet: &Sheet<T>) -> Vec<Doubt> {
    let mut doubts = odd(&sheet.odd);
    if let Content::Unreadable(raw) = &sheet.content {
        doubts.push(Doubt::Unreadable { what: "内容", raw: raw.clone() });
    }
    doubts
}

/// Doubts about parts that cannot be read.
pub fn odd(odd: &[Odd]) -> Vec<Doubt> {
    odd.iter().map(|odd| Doubt::Unreadable { what: odd.what, raw: odd.raw.clone() }).collect()
}

/// Doubts about who it is.
pub fn person(person: &Person, today: Date) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    match given(Field::BirthDate, &person.birth_date, &mut doubts).map(|born| (born, born.age_on(today))) {
        Some((born, _)) if born > today => doubts.push(Doubt::BornLater(born)),
        Some((born, age)) if age > 120 => doubts.push(Doubt::TooOld { born, age }),
        _ => {}
    }
    text::name(Field::Name, &person.name, &mut doubts);
    text::name(Field::Kana, &person.kana, &mut doubts);
    text::code(Field::Sex, person.sex.unknown(), &mut doubts);
    doubts
}

/// Doubts about a 被保険者証.
pub fn certificate(certificate: &InsuranceCertificate, today: Date) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    text::code(Field::Level, certificate.level.as_ref().and_then(CareLevel::unknown), &mut doubts);
    text::code(Field::State, certificate.state.unknown(), &mut doubts);
    if let Some(validity) = &certificate.validity {
        period(Field::Validity, validity, &mut doubts);
        length(certificate.level, validity, &mut doubts);
    }
    for restriction in &certificate.restrictions {
        text::code(Field::Restriction, restriction.kind.unknown(), &mut doubts);
        period(Field::RestrictionPeriod, &restriction.period, &mut doubts);
    }
    issued(&certificate.issued_on, today, &mut doubts);
    if let Some(on) = certificate.certified_on {
        later(Field::CertifiedOn, on, today, &mut doubts);
    }
    match (certificate.level, certificate.monthly_units) {
        (None, _) if certificate.state == CertificationState::Certified => doubts.push(Doubt::NoLevel),
        (Some(level), Some(units)) if level.unknown().is_none() => {
            let usual = monthly_units(level, today).map(|(units, _)| units);
            if usual != Some(units) {
                doubts.push(Doubt::Units { level, units, usual });
            }
        }
        _ => {}
    }
    for stay in &certificate.facilities {
        if let Some(left) = stay.left_on.filter(|left| *left < stay.entered_on) {
            doubts.push(Doubt::LeftBeforeEntered { name: stay.name.clone(), entered: stay.entered_on, left });
        }
    }
    doubts
}

/// A 有効期間 ends at a month's end and lasts 48 months at most, and the rest of the first month when it
/// begins within one (<http://www.city.ama.aichi.jp/faq/c_06/1001499/1001502.html>).
fn length(level: Option<CareLevel>, validity: &Period, doubts: &mut Vec<Doubt>) {
    let renewed = level.is_some_and(|level| level >= CareLevel::Support1);
    let Some(to) = validity.to.filter(|_| renewed && validity.is_possible()) else { return };
    if !to.is_month_end() {
        doubts.push(Doubt::EndsWithinMonth(*validity));
    }
    let rest = i32::from(validity.from.day() > 1);
    if Month::of(validity.from).until(Month::of(to)) + 1 > 48 + rest {
        doubts.push(Doubt::TooLong(*validity));
    }
}

/// Doubts about a 負担割合証.
pub fn copayment(certificate: &CopaymentCertificate, today: Date) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    issued(&certificate.issued_on, today, &mut doubts);
    for row in &certificate.periods {
        period(Field::SharePeriod, &row.period, &mut doubts);
        if !(1..=3).contains(&row.tenths) {
            doubts.push(Doubt::Tenths(row.tenths));
        }
    }
    overlap(Field::SharePeriod, certificate.periods.iter().map(|row| row.period), &mut doubts);
    doubts
}

/// Doubts about a 負担限度額認定証. Its amounts are compared with the table of its first day, where the
/// table is sure; the shared room of 老健 is not, as it has two amounts since August 2025.
pub fn limit(certificate: &LimitCertificate, today: Date) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    issued(&certificate.issued_on, today, &mut doubts);
    period(Field::LimitPeriod, &certificate.validity, &mut doubts);
    text::code(Field::Stage, certificate.stage.unknown(), &mut doubts);
    for room in &certificate.rooms {
        text::code(Field::Room, room.kind.unknown(), &mut doubts);
    }
    let Some(table) = limit_table(certificate.validity.from).map(|row| &row.value) else { return doubts };
    let stage: LimitStage = certificate.stage;
    let mut compare = |what, yen: u32, usual: Option<(u32, Certainty)>| match usual {
        Some((usual, Certainty::Stated)) if usual != yen => doubts.push(Doubt::Amount { what, yen, usual }),
        _ => {}
    };
    compare("食費(施設)", certificate.food_facility_yen, table.food_yen(Meal::Facility, stage));
    compare("食費(短期入所)", certificate.food_short_stay_yen, table.food_yen(Meal::ShortStay, stage));
    for room in certificate.rooms.iter().filter(|room| room.kind != RoomKind::SharedHealth) {
        compare(room.kind.name(), room.yen, table.room_yen(room.kind, stage));
    }
    doubts
}

/// Doubts about 住宅改修費.
pub fn housing(housing: &HousingUse, today: Date) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    for dwelling in &housing.dwellings {
        over(&dwelling.label, dwelling.used_yen(), dwelling.limit_yen, &mut doubts);
        for payment in &dwelling.payments {
            later(Field::StartedOn, payment.started_on, today, &mut doubts);
        }
        match dwelling.baseline {
            Some(level) => text::code(Field::Level, level.unknown(), &mut doubts),
            None if dwelling.payments.is_empty() => {}
            None => doubts.push(Doubt::NoBase(dwelling.label.clone())),
        }
    }
    let homes = housing.dwellings.iter().filter(|dwelling| dwelling.current).count();
    if homes > 1 {
        doubts.push(Doubt::SeveralHomes(homes));
    }
    doubts
}

/// Doubts about 福祉用具購入費.
pub fn equipment(equipment: &EquipmentUse, today: Date) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    over("福祉用具購入費", equipment.used_yen(), equipment.limit_yen, &mut doubts);
    for purchase in &equipment.purchases {
        later(Field::BoughtOn, purchase.bought_on, today, &mut doubts);
        if purchase.bought_on.fiscal_year() != equipment.fiscal_year {
            doubts.push(Doubt::OutsideYear {
                item: purchase.item.clone(),
                on: purchase.bought_on,
                fiscal_year: equipment.fiscal_year,
            });
        }
    }
    doubts
}

/// Doubts that only the history shows: certificates of one day that overlap, and shares changed back in
/// time since `seen`, the day the office last looked.
pub fn history(history: &History, seen: Date, today: Date) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    let periods = known(&history.certificates, today).filter_map(|one| one.value.validity);
    overlap(Field::Validity, periods, &mut doubts);
    doubts.extend(
        history
            .share_changes(seen, today)
            .into_iter()
            .filter(|change| change.was.is_some())
            .map(|change| Doubt::ShareChanged { period: change.period, was: change.was, is: change.is }),
    );
    doubts
}

fn period(field: Field, period: &Period, doubts: &mut Vec<Doubt>) {
    if !period.is_possible() {
        doubts.push(Doubt::EndBeforeStart { field, period: *period });
    }
}

fn issued(on: &GivenDate, today: Date, doubts: &mut Vec<Doubt>) {
    if let Some(on) = given(Field::IssuedOn, on, doubts) {
        later(Field::IssuedOn, on, today, doubts);
    }
}

/// The day, or a doubt why there is none.
fn given(field: Field, given: &GivenDate, doubts: &mut Vec<Doubt>) -> Option<Date> {
    match given.raw() {
        Some("") => doubts.push(Doubt::Missing(field)),
        Some(raw) => doubts.push(Doubt::Unreadable { what: field.name(), raw: raw.to_owned() }),
        None => {}
    }
    given.day()
}

fn later(field: Field, on: Date, today: Date, doubts: &mut Vec<Doubt>) {
    if on > today {
        doubts.push(Doubt::Later { field, on });
    }
}

fn over(what: &str, used: u32, limit: u32, doubts: &mut Vec<Doubt>) {
    if used > limit {
        doubts.push(Doubt::Over { what: what.to_owned(), used, limit });
    }
}

/// The first two that overlap; one doubt says enough.
fn overlap(field: Field, periods: impl Iterator<Item = Period>, doubts: &mut Vec<Doubt>) {
    let periods: Vec<Period> = periods.collect();
    let pairs = periods
        .iter()
        .enumerate()
        .flat_map(|(at, first)| periods.iter().skip(at + 1).map(move |second| (first, second)));
    doubts.extend(
        pairs
            .filter(|(first, second)| first.overlaps(second))
            .map(|(first, second)| Doubt::Overlap { field, first: *first, second: *second })
            .take(1),
    );
}

#[cfg(test)]
mod tests;
