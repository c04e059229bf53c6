//! The five kinds of one person.

use super::demo::Demo;
use super::offices::OFFICES;
use super::random::Random;
use super::{benefit, certification, copayment, demo};
use kakehashi_domain::calendar::Date;
use kakehashi_domain::qualification::{
    CareLevel, Content, CopaymentCertificate, EquipmentUse, Facility, HousingUse, InsuranceCertificate,
    LimitCertificate, LimitStage,
};

/// What the insurer has delivered of each kind.
#[derive(Debug)]
pub(super) struct Papers {
    pub(super) certificate: Content<InsuranceCertificate>,
    pub(super) copayment: Content<CopaymentCertificate>,
    pub(super) limit: Content<LimitCertificate>,
    pub(super) housing: Content<HousingUse>,
    pub(super) equipment: Content<EquipmentUse>,
}

/// Of somebody of this age. `delivered`: whether the insurer has brought its data at all.
pub(super) fn of(random: &mut Random, age: i32, delivered: bool, today: Date) -> Papers {
    if !delivered {
        return Papers {
            certificate: Content::NotMigrated,
            copayment: Content::NotMigrated,
            limit: Content::NotMigrated,
            housing: Content::NotMigrated,
            equipment: Content::NotMigrated,
        };
    }
    let waiting = random.percent(3);
    let level = if waiting { None } else { Some(certification::level(random)) };
    let certificate = match level {
        Some(level) => certification::certificate(random, level, today),
        None => certification::applied(random, today),
    };
    // 非該当 and those who wait for a first decision have no share yet.
    let tenths = level.filter(|level| *level != CareLevel::None).map(|_| copayment::tenths(random, age));
    let changes = random.percent(3);
    let copayment = match tenths {
        Some(tenths) => Content::Present(copayment::certificate(random, tenths, changes, today)),
        None => Content::NoneIssued,
    };
    let in_facility = certificate.facilities.iter().any(|facility| facility.left_on.is_none());
    let asks = random.percent(if in_facility { 70 } else { 14 });
    let limit = if tenths == Some(1) && asks && level > Some(CareLevel::Programme) {
        let stage = copayment::stage(random);
        let renewed = random.percent(93);
        Content::Present(copayment::limit(random, stage, renewed, today))
    } else {
        Content::NoneIssued
    };
    // Paid benefits are the last data an insurer moves.
    let moved = !random.percent(3);
    Papers {
        certificate: Content::Present(certificate),
        copayment,
        limit,
        housing: content(moved, benefit::housing(random, level, 25, today)),
        equipment: content(moved, benefit::equipment(random, 20, today)),
    }
}

/// Of somebody of the cards.
pub(super) fn of_demo(random: &mut Random, who: &Demo, today: Date) -> Papers {
    let span = certification::renewal(today, who.months, 18);
    let began = span.validity.from;
    let mut certificate = certification::plain(who.level, &span);
    let [care, _, support, ..] = &OFFICES;
    let office = if who.level < CareLevel::Care1 { support } else { care };
    certificate.plan_offices =
        vec![certification::plan_office(office.number, office.name, began.plus_days(2))];
    if std::ptr::eq(who, &demo::HANAKO) {
        certificate.committee_opinion = Some("転倒の危険があるため、下肢筋力の維持に努めること。".to_owned());
        certificate.plan_offices.push(certification::other_office(random, began.plus_days(-400)));
    }
    if std::ptr::eq(who, &demo::KIYOSHI) {
        certificate.plan_offices.clear();
        certificate.facilities.push(Facility {
            kind: "介護老人福祉施設".to_owned(),
            name: "特別養護老人ホーム さくらの丘(架空)".to_owned(),
            entered_on: began.plus_days(40),
            left_on: None,
        });
    }
    let limit = if who.tenths == 1 {
        Content::Present(copayment::limit(random, LimitStage::ThirdA, true, today))
    } else {
        Content::NoneIssued
    };
    let (mut housing, mut equipment) =
        (benefit::housing(random, Some(who.level), 100, today), benefit::equipment(random, 100, today));
    if std::ptr::eq(who, &demo::HANAKO) {
        housing = benefit::two_works(who.level, began);
        equipment = benefit::bath_seat(today);
    }
    Papers {
        certificate: Content::Present(certificate),
        copayment: Content::Present(copayment::certificate(random, who.tenths, who.tenths == 2, today)),
        limit,
        housing: Content::Present(housing),
        equipment: Content::Present(equipment),
    }
}

fn content<T>(moved: bool, value: T) -> Content<T> {
    if moved { Content::Present(value) } else { Content::NotMigrated }
}
