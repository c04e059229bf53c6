//! A synthetic person for tests.

use super::{
    CareLevel, CertificationState, Content, CopaymentCertificate, CopaymentPeriod, Dwelling,
    EquipmentPurchase, EquipmentUse, HousingPayment, HousingUse, InsuranceCertificate, LimitCertificate,
    LimitStage, Period, Qualification, RoomAmount, RoomKind, Sheet,
};
use crate::calendar::{Date, Time};
use crate::number::{InsuredNumber, InsurerNumber};
use crate::upstream::{Person, PersonHandle, Sex};

pub(crate) fn day(text: &str) -> Date {
    Date::from_iso(text).unwrap()
}

pub(crate) fn period(from: &str, to: &str) -> Period {
    Period::new(day(from), Some(day(to)))
}

/// As it stands on 2026-11-22, and nothing doubtful in it.
pub(crate) fn qualification() -> Qualification {
    let share = |tenths, from, to| CopaymentPeriod { tenths, period: period(from, to) };
    Qualification {
        person: Person {
            handle: PersonHandle("p1".into()),
            name: "山田 花子".into(),
            kana: "ヤマダ ハナコ".into(),
            birth_date: day("1940-03-02").into(),
            sex: Sex::Female,
            address: "群馬県伊勢崎市今泉町二丁目410番地".into(),
            insurer: InsurerNumber::parse("102046").unwrap(),
            insurer_name: "伊勢崎市".into(),
            insured: InsuredNumber::parse("0000012345").unwrap(),
        },
        certificate: sheet(InsuranceCertificate {
            issued_on: day("2026-03-20").into(),
            state: CertificationState::Certified,
            level: Some(CareLevel::Care2),
            certified_on: Some(day("2026-03-18")),
            validity: Some(period("2026-04-01", "2027-03-31")),
            monthly_units: Some(19_705),
            kind_limits: Vec::new(),
            committee_opinion: None,
            restrictions: Vec::new(),
            plan_offices: Vec::new(),
            facilities: Vec::new(),
        }),
        copayment: sheet(CopaymentCertificate {
            issued_on: day("2026-07-15").into(),
            periods: vec![share(2, "2026-11-01", "2027-07-31"), share(1, "2026-08-01", "2026-10-31")],
        }),
        limit: sheet(LimitCertificate {
            issued_on: day("2026-07-20").into(),
            validity: period("2026-08-01", "2027-07-31"),
            stage: LimitStage::ThirdA,
            food_facility_yen: 680,
            food_short_stay_yen: 1_030,
            rooms: vec![RoomAmount { kind: RoomKind::UnitPrivate, yen: 1_370 }],
        }),
        housing: sheet(HousingUse {
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
        }),
        equipment: sheet(EquipmentUse {
            fiscal_year: 2026,
            limit_yen: 100_000,
            purchases: vec![EquipmentPurchase {
                bought_on: day("2026-06-10"),
                item: "腰掛便座".into(),
                cost_yen: 38_500,
            }],
        }),
    }
}

fn sheet<T>(value: T) -> Sheet<T> {
    Sheet::new(Time(1_795_323_900), "伊勢崎市(保険者)", Content::Present(value))
}

impl<T> Sheet<T> {
    /// The value, to change it.
    pub(crate) fn change(&mut self) -> &mut T {
        match &mut self.content {
            Content::Present(value) => value,
            _ => panic!("the sample holds everything"),
        }
    }
}
