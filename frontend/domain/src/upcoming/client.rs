//! The same for a client of the list, from the outline alone.

use super::{Settings, Upcoming, upcoming};
use crate::calendar::Date;
use crate::qualification::{
    Content, CopaymentCertificate, Dwelling, EquipmentPurchase, EquipmentUse, HousingPayment, HousingUse,
    InsuranceCertificate, LimitCertificate, Qualification, Sheet,
};
use crate::upstream::{ClientEntry, Outline, Person};

/// What comes or stands for a client; nothing when there is no right to see it. The same as
/// [`upcoming`] says of all five kinds: an outline leaves out only what that does not look at.
pub fn upcoming_of_client(entry: &ClientEntry, today: Date, settings: &Settings) -> Vec<Upcoming> {
    match &entry.outline {
        Some(outline) => upcoming(&whole(&entry.person, outline), today, settings),
        None => Vec::new(),
    }
}

/// An outline in the shape of the whole; what it does not hold is empty.
fn whole(person: &Person, outline: &Outline) -> Qualification {
    let day = outline.as_of.date();
    Qualification {
        person: person.clone(),
        certificate: sheet(outline, &outline.certificate, |paper| InsuranceCertificate {
            issued_on: day.into(),
            state: paper.state,
            level: paper.level,
            certified_on: None,
            validity: paper.validity,
            monthly_units: None,
            kind_limits: Vec::new(),
            committee_opinion: None,
            restrictions: paper.restrictions.clone(),
            plan_offices: paper.plan_office.iter().cloned().collect(),
            facilities: Vec::new(),
        }),
        copayment: sheet(outline, &outline.copayment, |periods| CopaymentCertificate {
            issued_on: day.into(),
            periods: periods.clone(),
        }),
        limit: sheet(outline, &outline.limit, |paper| LimitCertificate {
            issued_on: day.into(),
            validity: paper.validity,
            stage: paper.stage,
            food_facility_yen: 0,
            food_short_stay_yen: 0,
            rooms: Vec::new(),
        }),
        housing: sheet(outline, &outline.housing, |balance| HousingUse {
            dwellings: vec![Dwelling {
                label: String::new(),
                current: true,
                limit_yen: balance.limit_yen,
                baseline: None,
                reset_on: None,
                payments: Some(balance.used_yen)
                    .filter(|yen| *yen > 0)
                    .map(|cost_yen| HousingPayment { started_on: day, work: String::new(), cost_yen })
                    .into_iter()
                    .collect(),
            }],
        }),
        equipment: sheet(outline, &outline.equipment, |year| EquipmentUse {
            fiscal_year: year.fiscal_year,
            limit_yen: year.balance.limit_yen,
            purchases: Some(year.balance.used_yen)
                .filter(|yen| *yen > 0)
                .map(|cost_yen| EquipmentPurchase { bought_on: day, item: String::new(), cost_yen })
                .into_iter()
                .collect(),
        }),
    }
}

fn sheet<T, U>(outline: &Outline, content: &Content<T>, fill: impl FnOnce(&T) -> U) -> Sheet<U> {
    Sheet::new(outline.as_of, "", content.map(fill))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Time;
    use crate::qualification::sample::{day, qualification};
    use crate::qualification::{CareLevel, CertificationState, Period};
    use crate::upstream::{ViewingRight, Way};
    use proptest::prelude::*;

    fn entry(all: &Qualification, may: bool) -> ClientEntry {
        ClientEntry {
            person: all.person.clone(),
            right: ViewingRight { way: Way::Numbers, until: Time(0) },
            outline: may.then(|| Outline::of(all)),
        }
    }

    #[test]
    fn without_a_right_nothing_is_known() {
        let entry = entry(&qualification(), false);
        assert_eq!(upcoming_of_client(&entry, day("2027-03-31"), &Settings::default()), []);
    }

    proptest! {
        #[test]
        fn the_outline_says_what_the_whole_says(
            spans in proptest::collection::vec((-900i64..900, proptest::option::of(-100i64..900)), 4),
            level in 0usize..9,
            applied in any::<bool>(),
            costs in (0u32..260_000, 0u32..130_000),
            absent in 0usize..6,
            today in -800i64..800,
        ) {
            let mut all = qualification();
            let zero = day("2026-11-22");
            let make = |at: usize| {
                let (from, days) = spans[at];
                let from = zero.plus_days(from);
                Period::new(from, days.map(|days| from.plus_days(days)))
            };
            all.certificate.change().validity = Some(make(0));
            all.certificate.change().level = Some(CareLevel::ALL[level]);
            if applied {
                all.certificate.change().state = CertificationState::Applied;
            }
            all.copayment.change().periods[0].period = make(1);
            all.copayment.change().periods[1].period = make(2);
            all.limit.change().validity = make(3);
            all.housing.change().dwellings[0].payments[0].cost_yen = costs.0;
            all.equipment.change().purchases[0].cost_yen = costs.1;
            match absent {
                0 => all.certificate.content = Content::NotMigrated,
                1 => all.copayment.content = Content::NoneIssued,
                2 => all.limit.content = Content::NoneIssued,
                3 => all.housing.content = Content::NotMigrated,
                4 => all.equipment.content = Content::NoneIssued,
                _ => {}
            }
            let today = zero.plus_days(today);
            let settings = Settings::default();
            let of_client = upcoming_of_client(&entry(&all, true), today, &settings);
            prop_assert_eq!(of_client, upcoming(&all, today, &settings));
        }
    }
}
