use super::*;
use crate::qualification::Version;
use crate::qualification::sample::{day, period as span, qualification};

fn today() -> Date {
    day("2026-11-22")
}

#[test]
fn a_good_record_raises_none() {
    let all = qualification();
    assert_eq!(person(&all.person, today()), []);
    assert_eq!(certificate(all.certificate.value().unwrap(), today()), []);
    assert_eq!(copayment(all.copayment.value().unwrap(), today()), []);
    assert_eq!(limit(all.limit.value().unwrap(), today()), []);
    assert_eq!(housing(all.housing.value().unwrap(), today()), []);
    assert_eq!(equipment(all.equipment.value().unwrap(), today()), []);
}

#[test]
fn who_it_is() {
    let mut who = qualification().person;
    who.birth_date = day("1908-02-29").into();
    assert_eq!(person(&who, today()), [], "118 years are no doubt");
    who.birth_date = day("1900-01-01").into();
    assert_eq!(person(&who, today()), [Doubt::TooOld { born: day("1900-01-01"), age: 126 }]);
    who.birth_date = day("2027-01-01").into();
    who.kana = "　".into();
    who.name = "\u{E000}山".repeat(41);
    who.sex = crate::upstream::Sex::from_code("9");
    assert_eq!(
        person(&who, today()),
        [
            Doubt::BornLater(day("2027-01-01")),
            Doubt::Long { field: Field::Name, characters: 82 },
            Doubt::Characters { field: Field::Name, found: "\u{E000}".repeat(41) },
            Doubt::Missing(Field::Kana),
            Doubt::UnknownCode { field: Field::Sex, raw: "9".into() },
        ]
    );
}

#[test]
fn periods_and_units_of_a_certificate() {
    let all = qualification();
    let with = |change: &dyn Fn(&mut InsuranceCertificate)| {
        let mut paper = all.certificate.value().unwrap().clone();
        change(&mut paper);
        certificate(&paper, today())
    };
    let reversed = span("2026-12-01", "2026-01-31");
    assert_eq!(
        with(&|paper| paper.validity = Some(reversed)),
        [Doubt::EndBeforeStart { field: Field::Validity, period: reversed }]
    );
    assert_eq!(
        with(&|paper| paper.monthly_units = Some(16_765)),
        [Doubt::Units { level: CareLevel::Care2, units: 16_765, usual: Some(19_705) }]
    );
    // A level that changes on a month's end: the new 有効期間 begins on it and counts that month's rest.
    assert_eq!(with(&|paper| paper.validity = Some(span("2026-10-31", "2027-04-30"))), []);
    let within = span("2026-04-01", "2027-03-30");
    assert_eq!(with(&|paper| paper.validity = Some(within)), [Doubt::EndsWithinMonth(within)]);
    assert_eq!(with(&|paper| paper.validity = Some(span("2024-02-29", "2028-02-29"))), []);
    let long = span("2024-02-01", "2028-02-29");
    assert_eq!(with(&|paper| paper.validity = Some(long)), [Doubt::TooLong(long)]);
    assert_eq!(with(&|paper| paper.level = None), [Doubt::NoLevel]);
    assert_eq!(
        with(&|paper| paper.level = Some(CareLevel::from_code("31"))),
        [Doubt::UnknownCode { field: Field::Level, raw: "31".into() }]
    );
}

#[test]
fn shares_and_limits() {
    let mut all = qualification();
    let share = all.copayment.change();
    share.periods[0].tenths = 0;
    share.periods[1].period = span("2026-08-01", "2026-11-10");
    assert_eq!(
        copayment(share, today()),
        [
            Doubt::Tenths(0),
            Doubt::Overlap {
                field: Field::SharePeriod,
                first: span("2026-11-01", "2027-07-31"),
                second: span("2026-08-01", "2026-11-10"),
            }
        ]
    );
    let paper = all.limit.change();
    paper.food_facility_yen = 650;
    assert_eq!(limit(paper, today()), [Doubt::Amount { what: "食費(施設)", yen: 650, usual: 680 }]);
    paper.stage = LimitStage::from_code("3-1-2");
    assert_eq!(limit(paper, today()), [Doubt::UnknownCode { field: Field::Stage, raw: "3-1-2".into() }]);
}

#[test]
fn balances() {
    let mut all = qualification();
    let house = all.housing.change();
    house.dwellings[0].payments[0].cost_yen = 250_000;
    house.dwellings[0].payments[0].started_on = day("2027-01-01");
    house.dwellings[0].baseline = None;
    let other = house.dwellings[0].clone();
    house.dwellings.push(other);
    let doubts = housing(house, today());
    let over = Doubt::Over { what: "現住所".into(), used: 250_000, limit: 200_000 };
    for doubt in [
        over,
        Doubt::Later { field: Field::StartedOn, on: day("2027-01-01") },
        Doubt::NoBase("現住所".into()),
        Doubt::SeveralHomes(2),
    ] {
        assert!(doubts.contains(&doubt), "{doubt:?}");
    }
    let things = all.equipment.change();
    things.purchases[0].bought_on = day("2026-03-31");
    assert!(matches!(equipment(things, today())[0], Doubt::OutsideYear { fiscal_year: 2026, .. }));
}

#[test]
fn a_history_that_overlaps_or_was_changed_back() {
    let all = qualification();
    let version = |number, on: &str, validity| {
        let mut value = all.certificate.value().unwrap().clone();
        value.validity = Some(validity);
        Version { number, registered_on: day(on), withdrawn: false, value }
    };
    let shares = |number, on: &str, tenths| {
        let mut value = all.copayment.value().unwrap().clone();
        value.periods.truncate(1);
        value.periods[0] =
            crate::qualification::CopaymentPeriod { tenths, period: span("2026-08-01", "2027-07-31") };
        Version { number, registered_on: day(on), withdrawn: false, value }
    };
    let past = History {
        certificates: vec![
            version(1, "2025-03-20", span("2025-04-01", "2026-03-31")),
            version(2, "2026-03-20", span("2026-03-15", "2027-03-31")),
        ],
        copayments: vec![shares(1, "2026-07-15", 1), shares(2, "2026-11-20", 2)],
        limits: Vec::new(),
    };
    let doubts = history(&past, day("2026-11-01"), today());
    assert!(matches!(doubts[0], Doubt::Overlap { field: Field::Validity, .. }), "{doubts:?}");
    let changed = span("2026-08-01", "2026-11-21");
    assert_eq!(doubts[1], Doubt::ShareChanged { period: changed, was: Some(1), is: Some(2) });
    assert_eq!(history(&past, day("2026-11-20"), today()).len(), 1, "seen already");
}
