//! One invented person.

use super::cases::{self, Case, Earlier};
use super::demo::{self, Demo};
use super::names::{FAMILY, FEMALE, MALE, TOWNS};
use super::odd::Strange;
use super::papers::{self, Papers};
use super::random::Random;
use kakehashi_domain::calendar::Date;
use kakehashi_domain::number::{InsuredNumber, InsurerNumber, NumberError};
use kakehashi_domain::upstream::Sex;

/// 伊勢崎市.
pub(super) const ISESAKI: &str = "102046";
/// Insurers: number, name, whether they have brought their data.
pub(super) static INSURERS: [(&str, &str, bool); 4] = [
    (ISESAKI, "伊勢崎市", true),
    ("102012", "前橋市", true),
    ("102053", "太田市", false),
    ("102038", "桐生市", false),
];

/// A person and what there is about them.
#[derive(Debug)]
pub(super) struct Resident {
    pub(super) insurer: InsurerNumber,
    pub(super) insurer_name: &'static str,
    pub(super) insured: InsuredNumber,
    pub(super) name: String,
    pub(super) kana: String,
    pub(super) birth: Date,
    pub(super) sex: Sex,
    pub(super) address: String,
    pub(super) papers: Papers,
    /// What was delivered before.
    pub(super) earlier: Earlier,
    /// What cannot be and is delivered all the same.
    pub(super) strange: &'static [Strange],
    /// Whether this is a case that cannot be.
    pub(super) is_odd: bool,
}

/// The person at a place in the register. The first places belong to the people of the cards, the next to
/// the cases.
pub(super) fn at(seed: u64, place: u32, today: Date) -> Result<Resident, NumberError> {
    let mut random = Random::new(seed, u64::from(place));
    match demo::ALL.get(place as usize) {
        Some(who) => of_demo(&mut random, who, today),
        None => {
            let one = of_register(&mut random, place, today)?;
            Ok(match case_at(place) {
                Some(case) => of_case(case, one, today),
                None => one,
            })
        }
    }
}

/// The case at a place.
pub(super) fn case_at(place: u32) -> Option<&'static Case> {
    cases::at((place as usize).checked_sub(demo::ALL.len())?)
}

/// Somebody of the register with the papers of a case, insured here and old enough for any share.
fn of_case(case: &Case, one: Resident, today: Date) -> Resident {
    // A stream of its own, so that the rest of the register stays as it is.
    let (papers, earlier) = (case.make)(&mut Random::new(0, 0), today);
    let age = case.age.unwrap_or_else(|| i64::from(one.birth.age_on(today)).max(66));
    let birth = if i64::from(one.birth.age_on(today)) == age {
        one.birth
    } else {
        today.plus_days(-(age * 365 + age / 4 + 100))
    };
    let birth = case.birth.and_then(|birth| Date::from_iso(birth).ok()).unwrap_or(birth);
    let insurer = InsurerNumber::parse(ISESAKI).unwrap_or(one.insurer);
    let (name, kana) = match case.name {
        Some((name, kana)) => (name.to_owned(), kana.to_owned()),
        None => (one.name, one.kana),
    };
    let (strange, is_odd) = (case.strange, cases::is_odd(case));
    Resident {
        insurer,
        insurer_name: INSURERS[0].1,
        birth,
        name,
        kana,
        papers,
        earlier,
        strange,
        is_odd,
        ..one
    }
}

fn of_demo(random: &mut Random, who: &Demo, today: Date) -> Result<Resident, NumberError> {
    Ok(Resident {
        insurer: InsurerNumber::parse(ISESAKI)?,
        insurer_name: INSURERS[0].1,
        insured: InsuredNumber::parse(who.insured)?,
        name: who.name.to_owned(),
        kana: who.kana.to_owned(),
        birth: Date::from_iso(who.birth).unwrap_or(today),
        sex: if who.female { Sex::Female } else { Sex::Male },
        address: who.address.to_owned(),
        papers: papers::of_demo(random, who, today),
        earlier: Earlier::default(),
        strange: &[],
        is_odd: false,
    })
}

fn of_register(random: &mut Random, place: u32, today: Date) -> Result<Resident, NumberError> {
    // 第2号被保険者 (40–64) are few; of the others the old are many.
    let second = random.percent(2);
    let age =
        if second { random.between(40, 64) } else { 65 + random.between(0, 19) + random.between(3, 20) };
    let birth = today.plus_days(-(age * 365 + age / 4 + random.between(1, 364)));
    let sex = if random.percent(64) { Sex::Female } else { Sex::Male };
    let (family, family_kana) = *random.pick(&FAMILY);
    let (given, given_kana) = *random.pick(if sex == Sex::Female { &FEMALE } else { &MALE });
    // 住所地特例: insured elsewhere, living here.
    let (insurer, insurer_name, delivered) =
        random.weighted(&[(97, INSURERS[0]), (1, INSURERS[1]), (1, INSURERS[2]), (1, INSURERS[3])]);
    let town = *random.pick(&TOWNS);
    let (lot, branch) = (random.between(1, 2_990), random.between(1, 19));
    Ok(Resident {
        insurer: InsurerNumber::parse(insurer)?,
        insurer_name,
        insured: InsuredNumber::parse(&insured(random, place, second))?,
        name: format!("{family}\u{3000}{given}"),
        kana: format!("{family_kana}\u{3000}{given_kana}"),
        birth,
        sex,
        address: wide(&format!("群馬県伊勢崎市{town}{lot}番地{branch}")),
        papers: papers::of(random, birth.age_on(today), delivered, today),
        earlier: Earlier::default(),
        strange: &[],
        is_odd: false,
    })
}

/// A number nobody else has: multiplying by a number prime to the modulus shuffles without repeating.
/// Below 65, some have the `H` number of 生活保護のみ.
fn insured(random: &mut Random, place: u32, second: bool) -> String {
    let shuffled = (u64::from(place) * 7_368_787 + 104_729) % 9_899_989;
    let number = 100_000 + shuffled;
    if second && random.percent(10) { format!("H{number:09}") } else { format!("{number:010}") }
}

/// Digits in full width, as the register writes them.
fn wide(text: &str) -> String {
    text.chars()
        .map(|c| match c.to_digit(10) {
            Some(digit) => char::from_u32(0xFF10 + digit).unwrap_or(c),
            None => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use kakehashi_domain::calendar::Time;
    use kakehashi_domain::number::CheckDigit;
    use kakehashi_domain::qualification::{CareLevel, CertificationState, Content, LimitStage};
    use std::collections::{HashMap, HashSet};

    fn town(people: u32, today: &str) -> Vec<Resident> {
        let today = Date::from_iso(today).unwrap();
        (0..people).map(|place| at(102_046, place, today).unwrap()).collect()
    }

    #[test]
    fn numbers_are_unique_and_check_digits_agree() {
        let town = town(20_000, "2026-11-22");
        let unique: HashSet<_> = town.iter().map(|one| (&one.insurer, &one.insured)).collect();
        assert_eq!(unique.len(), town.len());
        assert!(town.iter().all(|one| one.insurer.check() == CheckDigit::Agrees));
        for one in &town {
            let Content::Present(paper) = &one.papers.certificate else { continue };
            for office in &paper.plan_offices {
                if let Some(number) = &office.number {
                    assert_eq!(number.check(), CheckDigit::Agrees, "{number}");
                }
            }
        }
    }

    #[test]
    fn dates_keep_the_rules_on_any_day() {
        for today in ["2026-11-22", "2026-08-01", "2026-07-31", "2027-03-31", "2028-02-29", "2027-01-01"] {
            let day = Date::from_iso(today).unwrap();
            for one in town(1_500, today).into_iter().filter(|one| !one.is_odd) {
                let age = one.birth.age_on(day);
                assert!((40..=104).contains(&age), "{age}");
                if let Content::Present(paper) = &one.papers.certificate {
                    assert!(paper.issued_on.day().is_some_and(|on| on <= day));
                    assert!(paper.certified_on.is_none_or(|on| on <= day));
                    if let Some((validity, to)) = paper.validity.and_then(|v| Some((v, v.to?))) {
                        assert_eq!(to, to.month_end(), "validity ends at a month's end");
                        assert!(validity.from < to && validity.from <= day);
                    }
                    assert_eq!(paper.monthly_units, paper.level.and_then(CareLevel::monthly_units));
                }
                if let Content::Present(paper) = &one.papers.copayment {
                    let now = paper.on(day).expect("a share today");
                    assert!((1..=3).contains(&now.tenths) && (age >= 65 || now.tenths == 1));
                    assert!(paper.issued_on.day().is_some_and(|on| on <= day));
                }
                if let Content::Present(paper) = &one.papers.limit {
                    let to = paper.validity.to.unwrap();
                    assert_eq!((to.month(), to.day()), (7, 31));
                    assert!(paper.validity.from <= day && paper.validity.from.day() == 1);
                    assert!(paper.food_facility_yen <= 1_420);
                }
                if let Content::Present(used) = &one.papers.housing {
                    assert!(used.dwellings.iter().all(|dwelling| dwelling.used_yen() <= 200_000));
                    assert!(used.dwellings[0].payments.iter().all(|work| work.started_on <= day));
                }
                if let Content::Present(used) = &one.papers.equipment {
                    assert!(used.used_yen() <= 100_000);
                    let year = day.fiscal_year();
                    assert!(
                        used.purchases
                            .iter()
                            .all(|p| p.bought_on.fiscal_year() == year && p.bought_on <= day)
                    );
                }
            }
        }
    }

    #[test]
    fn everything_an_office_meets_is_there() {
        let today = Date::from_iso("2026-11-22").unwrap();
        let mut counts: HashMap<&str, u32> = HashMap::new();
        let mut count = |what| *counts.entry(what).or_default() += 1;
        for one in town(300, "2026-11-22") {
            match &one.papers.certificate {
                Content::NotMigrated => count("not migrated"),
                Content::NoneIssued | Content::Unavailable | Content::Unreadable(_) => {
                    panic!("everybody has a certificate")
                }
                Content::Present(paper) => {
                    count(paper.level.map_or("waiting", CareLevel::name));
                    if paper.state == CertificationState::Applied && paper.level.is_some() {
                        count("renewing");
                    }
                    match paper.validity.and_then(|validity| validity.to) {
                        Some(to) if to < today => count("expired"),
                        Some(to) if today.days_until(to) <= 60 => count("expiring"),
                        _ => {}
                    }
                    if !paper.restrictions.is_empty() {
                        count("restricted");
                    }
                    if !paper.facilities.is_empty() {
                        count("in a facility");
                    }
                }
            }
            if let Content::Present(paper) = &one.papers.limit {
                count(match paper.stage {
                    LimitStage::First => "stage 1",
                    LimitStage::Second => "stage 2",
                    LimitStage::ThirdA => "stage 3-1",
                    LimitStage::ThirdB => "stage 3-2",
                    LimitStage::Unknown(_) => "stage unknown",
                });
            }
            if one.birth.age_on(today) < 65 {
                count("below 65");
            }
        }
        for what in [
            "not migrated",
            "waiting",
            "renewing",
            "expired",
            "expiring",
            "restricted",
            "in a facility",
            "stage 1",
            "stage 2",
            "stage 3-1",
            "stage 3-2",
            "below 65",
            "事業対象者",
            "要支援1",
            "要支援2",
            "要介護1",
            "要介護2",
            "要介護3",
            "要介護4",
            "要介護5",
            "非該当",
        ] {
            assert!(counts.contains_key(what), "{what} is missing: {counts:?}");
        }
    }

    #[test]
    fn hanako_has_what_the_demonstration_says() {
        let hanako = &town(1, "2026-11-22")[0];
        let Content::Present(paper) = &hanako.papers.certificate else { panic!("no certificate") };
        assert_eq!(paper.level, Some(CareLevel::Care2));
        assert_eq!(paper.validity.unwrap().to.unwrap().to_string(), "2027-03-31");
        assert!(matches!(hanako.papers.limit, Content::Present(_)));
        assert_eq!(hanako.birth.to_string(), "1940-03-02");
        assert!(Time(0).date() < hanako.birth.plus_days(365 * 100));
    }
}
