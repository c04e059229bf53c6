//! A synthetic person for tests.

use domain::calendar::{Date, Time};
use domain::number::{InsuredNumber, InsurerNumber};
use domain::qualification::{
    CareLevel, CertificationState, Content, CopaymentCertificate, CopaymentPeriod, Dwelling,
    EquipmentPurchase, EquipmentUse, HousingPayment, HousingUse, InsuranceCertificate, LimitCertificate,
    LimitStage, Period, Qualification, RoomAmount, RoomKind, Sheet,
};
use domain::upstream::{Person, PersonHandle, Sex};

pub(super) fn day(text: &str) -> Date {
    Date::from_iso(text).unwrap()
}

pub(super) fn qualification() -> Qualification {
    Qualification {
        person: person(),
        certificate: sheet(certificate()),
        copayment: sheet(copayment()),
        limit: sheet(limit()),
        housing: sheet(housing()),
        equipment: sheet(equipment()),
    }
}

fn sheet<T>(value: T) -> Sheet<T> {
    Sheet::new(Time(1_795_323_900), "伊勢崎市(保険者)", Content::Present(value))
}

fn person() -> Person {
    Person {
        handle: PersonHandle("p1".into()),
        name: "山田 花子".into(),
        kana: "ヤマダ ハナコ".into(),
        birth_date: day("1940-03-02").into(),
        sex: Sex::Female,
        address: "群馬県伊勢崎市今泉町二丁目410番地".into(),
        insurer: InsurerNumber::parse("102046").unwrap(),
        insurer_name: "伊勢崎市".into(),
        insured: InsuredNumber::parse("0000012345").unwrap(),
    }
}

fn certificate() -> InsuranceCertificate {
    InsuranceCertificate {
        issued_on: day("2026-03-20").into(),
        state: CertificationState::Certified,
        level: Some(CareLevel::Care2),
        certified_on: Some(day("2026-03-18")),
        validity: Some(Period::new(day("2026-04-01"), Some(day("2027-03-31")))),
        monthly_units: Some(19_705),
        kind_limits: Vec::new(),
        committee_opinion: None,
        restrictions: Vec::new(),
        plan_offices: Vec::new(),
        facilities: Vec::new(),
    }
}

fn copayment() -> CopaymentCertificate {
    let row = |tenths, from, to| CopaymentPeriod { tenths, period: Period::new(day(from), Some(day(to))) };
    CopaymentCertificate {
        issued_on: day("2026-07-15").into(),
        periods: vec![row(2, "2026-11-01", "2027-07-31"), row(1, "2026-08-01", "2026-10-31")],
    }
}

fn limit() -> LimitCertificate {
    LimitCertificate {
        issued_on: day("2026-07-20").into(),
        validity: Period::new(day("2026-08-01"), Some(day("2027-07-31"))),
        stage: LimitStage::ThirdA,
        food_facility_yen: 680,
        food_short_stay_yen: 1_030,
        rooms: vec![RoomAmount { kind: RoomKind::UnitPrivate, yen: 1_370 }],
    }
}

fn housing() -> HousingUse {
    HousingUse {
        dwellings: vec![Dwelling {
            label: "現住所".into(),
            current: true,
            limit_yen: 200_000,
            baseline: Some(CareLevel::Care1),
            reset_on: None,
            payments: vec![HousingPayment {
                started_on: day("2025-06-02"),
                work: "手すりの取付け".into(),
                cost_yen: 120_000,
            }],
        }],
    }
}

fn equipment() -> EquipmentUse {
    EquipmentUse {
        fiscal_year: 2026,
        limit_yen: 100_000,
        purchases: vec![EquipmentPurchase {
            bought_on: day("2026-06-10"),
            item: "腰掛便座".into(),
            cost_yen: 38_500,
        }],
    }
}
