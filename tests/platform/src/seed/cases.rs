//! Cases that an office meets and that a rule is tried on: one person each, after the people of the cards.
//! Name, age and address are the register's; what the insurer has delivered is made for the case, with the
//! versions that came before. All dates stand around the reference day.

use super::dates::{august_year, day, first, last};
use super::odd::{self, Strange};
use super::papers::Papers;
use super::random::Random;
use super::{benefit, case_papers as make, copayment, originals};
use crate::document::Original;
use kakehashi_domain::calendar::Date;
use kakehashi_domain::qualification::{
    CareLevel, CopaymentCertificate, InsuranceCertificate, LimitCertificate, LimitStage,
};
use serde::Serialize;

/// Versions that were delivered before the present one, oldest first.
#[derive(Debug, Default)]
pub(super) struct Earlier {
    pub(super) certificate: Vec<Came<InsuranceCertificate>>,
    pub(super) copayment: Vec<Came<CopaymentCertificate>>,
    pub(super) limit: Vec<Came<LimitCertificate>>,
}

/// A version that came on a day.
#[derive(Debug)]
pub(super) struct Came<T> {
    pub(super) on: Date,
    /// Day on which it was taken back (取消し).
    pub(super) withdrawn_on: Option<Date>,
    pub(super) paper: T,
}

/// A version that came on the day it was issued.
pub(super) fn came<T: Paper>(paper: T) -> Came<T> {
    Came { on: paper.issued_on().unwrap_or(Date::from_day_number(0)), withdrawn_on: None, paper }
}

/// A certificate that comes in versions.
pub(super) trait Paper: Serialize + Clone {
    /// 交付年月日, where it is one: the day it was registered.
    fn issued_on(&self) -> Option<Date>;
}

impl Paper for InsuranceCertificate {
    fn issued_on(&self) -> Option<Date> {
        self.issued_on.day()
    }
}

impl Paper for CopaymentCertificate {
    fn issued_on(&self) -> Option<Date> {
        self.issued_on.day()
    }
}

impl Paper for LimitCertificate {
    fn issued_on(&self) -> Option<Date> {
        self.issued_on.day()
    }
}

/// A case.
pub(super) struct Case {
    /// What is to be seen here.
    pub(super) note: &'static str,
    /// Name and kana, where they are the case.
    pub(super) name: Option<(&'static str, &'static str)>,
    /// Age, where it is.
    pub(super) age: Option<i64>,
    /// Day of birth, where it is.
    pub(super) birth: Option<&'static str>,
    /// What cannot be and is delivered all the same.
    pub(super) strange: &'static [Strange],
    /// What is the matter with the originals of the papers.
    pub(super) original: Original,
    /// 主治医の同意欄.
    pub(super) doctor_agrees: bool,
    /// What was delivered.
    pub(super) make: fn(&mut Random, Date) -> (Papers, Earlier),
}

pub(super) const fn case(note: &'static str, make: fn(&mut Random, Date) -> (Papers, Earlier)) -> Case {
    Case {
        note,
        name: None,
        age: None,
        birth: None,
        strange: &[],
        original: Original::Usual,
        doctor_agrees: true,
        make,
    }
}

/// The case at a place among the cases.
pub(super) fn at(place: usize) -> Option<&'static Case> {
    ALL.iter().chain(&odd::ALL).chain(&originals::ALL).nth(place)
}

/// Whether it cannot be, or its papers are nothing an office meets each day.
pub(super) fn is_odd(case: &Case) -> bool {
    odd::ALL.iter().chain(&originals::ALL).any(|odd| std::ptr::eq(odd, case))
}

/// What can be, in the order of their places; after them come those that cannot be.
static ALL: [Case; 22] = [
    case("負担割合が年度の途中で変わった人(履歴つき)", share_within_the_year),
    case("負担割合が8月にさかのぼって変わった人", share_after_the_fact),
    case("負担割合が変わり、元に戻った人", share_back_again),
    case("月末に区分変更で重くなった人(その月は重いほうの限度額)", heavier_on_a_month_end),
    case("月末に更新で軽くなった人", lighter_after_a_month_end),
    case("住宅改修で3段階リセットが使える人", three_steps),
    case("住宅改修で3段階リセットを使った人", three_steps_used),
    case("住宅改修で転居リセットがある人", moved),
    case("負担限度額 第1段階の人", |random, today| staged(random, LimitStage::First, today)),
    case("負担限度額 第2段階の人", |random, today| staged(random, LimitStage::Second, today)),
    case("負担限度額 第3段階①の人", |random, today| staged(random, LimitStage::ThirdA, today)),
    case("負担限度額 第3段階②の人", |random, today| staged(random, LimitStage::ThirdB, today)),
    case("負担限度額認定証が切れたままの人", limit_over),
    case("負担限度額の段階が8月に変わった人", limit_changed),
    case("認定が今月末で切れる人", |_, today| ends(today, 0)),
    case("認定が来月末で切れる人", |_, today| ends(today, 1)),
    case("認定が切れた人", |_, today| ends(today, -1)),
    case("認定が切れ、更新を申請中の人", over_and_applied),
    case("住宅改修と福祉用具の残額が少ない人", nearly_used),
    Case {
        name: Some(("𠮷﨑　髙次郎左衛門", "")),
        ..case("名前がJISの範囲外で、フリガナのない人", |_, today| ends(today, 8))
    },
    Case { age: Some(102), ..case("100歳を超えた人", |_, today| ends(today, 20)) },
    case("取り消された認定がある人", taken_back),
];

fn share_within_the_year(random: &mut Random, today: Date) -> (Papers, Earlier) {
    let mut papers = make::plain(CareLevel::Care2, (24, 10), today);
    papers.copayment = make::present(copayment::certificate(random, 2, true, today));
    let before = copayment::certificate(random, 1, false, today);
    (papers, Earlier { copayment: vec![came(before)], ..Earlier::default() })
}

fn share_after_the_fact(random: &mut Random, today: Date) -> (Papers, Earlier) {
    let mut papers = make::plain(CareLevel::Care1, (24, 6), today);
    // 所得更正: the whole year is another one.
    let mut after = copayment::certificate(random, 3, false, today);
    after.issued_on = today.plus_days(-12).into();
    papers.copayment = make::present(after);
    let before = copayment::certificate(random, 1, false, today);
    (papers, Earlier { copayment: vec![came(before)], ..Earlier::default() })
}

fn share_back_again(random: &mut Random, today: Date) -> (Papers, Earlier) {
    let mut papers = make::plain(CareLevel::Care3, (12, 7), today);
    let issued = day(august_year(today), 7, 15);
    let mut again = copayment::certificate(random, 1, false, today);
    again.issued_on = issued.plus_days(30).min(today).into();
    papers.copayment = make::present(again);
    let first_one = copayment::certificate(random, 1, false, today);
    let other = copayment::certificate(random, 2, false, today);
    let copayment = vec![came(first_one), Came { on: issued.plus_days(15), ..came(other) }];
    (papers, Earlier { copayment, ..Earlier::default() })
}

fn heavier_on_a_month_end(_: &mut Random, today: Date) -> (Papers, Earlier) {
    let change = last(today, -1);
    let before = make::paper(CareLevel::Care1, (12, 3), today);
    let mut papers = make::plain(CareLevel::Care4, (6, 5), today);
    make::from(&mut papers, change, last(today, 5));
    (papers, Earlier { certificate: vec![came(before)], ..Earlier::default() })
}

fn lighter_after_a_month_end(_: &mut Random, today: Date) -> (Papers, Earlier) {
    let before = make::paper(CareLevel::Care3, (12, -1), today);
    let papers = make::plain(CareLevel::Care1, (24, 23), today);
    (papers, Earlier { certificate: vec![came(before)], ..Earlier::default() })
}

fn three_steps(_: &mut Random, today: Date) -> (Papers, Earlier) {
    let mut papers = make::plain(CareLevel::Care5, (12, 9), today);
    papers.housing = make::present(benefit::works(CareLevel::Support2, first(today, -30), &[180_000]));
    (papers, Earlier::default())
}

fn three_steps_used(_: &mut Random, today: Date) -> (Papers, Earlier) {
    let mut papers = make::plain(CareLevel::Care4, (12, 5), today);
    let mut used = benefit::works(CareLevel::Care1, first(today, -40), &[120_000, 80_000, 60_000]);
    if let Some(dwelling) = used.dwellings.first_mut() {
        dwelling.reset_on = dwelling.payments.last().map(|work| work.started_on);
    }
    papers.housing = make::present(used);
    (papers, Earlier::default())
}

fn moved(_: &mut Random, today: Date) -> (Papers, Earlier) {
    let mut papers = make::plain(CareLevel::Care2, (12, 6), today);
    let mut used = benefit::works(CareLevel::Care1, first(today, -50), &[165_000]);
    used.dwellings.iter_mut().for_each(|dwelling| {
        dwelling.current = false;
        dwelling.label = "前住所".to_owned();
    });
    let mut present = benefit::works(CareLevel::Care2, today, &[]);
    present.dwellings.append(&mut used.dwellings);
    papers.housing = make::present(present);
    (papers, Earlier::default())
}

fn staged(random: &mut Random, stage: LimitStage, today: Date) -> (Papers, Earlier) {
    let mut papers = make::plain(CareLevel::Care4, (24, 12), today);
    papers.limit = make::present(copayment::limit(random, stage, true, today));
    (papers, Earlier::default())
}

fn limit_over(random: &mut Random, today: Date) -> (Papers, Earlier) {
    let mut papers = make::plain(CareLevel::Care3, (12, 4), today);
    papers.limit = make::present(copayment::limit(random, LimitStage::ThirdA, false, today));
    (papers, Earlier::default())
}

fn limit_changed(random: &mut Random, today: Date) -> (Papers, Earlier) {
    let mut papers = make::plain(CareLevel::Care5, (36, 20), today);
    papers.limit = make::present(copayment::limit(random, LimitStage::ThirdB, true, today));
    let before = copayment::limit(random, LimitStage::ThirdA, false, today);
    (papers, Earlier { limit: vec![came(before)], ..Earlier::default() })
}

fn ends(today: Date, months: i64) -> (Papers, Earlier) {
    (make::plain(CareLevel::Care2, (if months < 12 { 12 } else { 24 }, months), today), Earlier::default())
}

fn over_and_applied(_: &mut Random, today: Date) -> (Papers, Earlier) {
    let mut papers = make::plain(CareLevel::Care3, (12, -1), today);
    make::applied(&mut papers);
    (papers, Earlier::default())
}

fn taken_back(_: &mut Random, today: Date) -> (Papers, Earlier) {
    let papers = make::plain(CareLevel::Care2, (24, 15), today);
    // Decided a level too high, found out three weeks later, registered anew.
    let mut wrong = make::paper(CareLevel::Care3, (24, 15), today);
    wrong.plan_offices.clear();
    let mut wrong = came(wrong);
    wrong.on = wrong.on.plus_days(-21);
    wrong.paper.issued_on = wrong.on.into();
    wrong.withdrawn_on = Some(wrong.on.plus_days(21));
    (papers, Earlier { certificate: vec![wrong], ..Earlier::default() })
}

fn nearly_used(_: &mut Random, today: Date) -> (Papers, Earlier) {
    let mut papers = make::plain(CareLevel::Care2, (12, 7), today);
    papers.housing = make::present(benefit::works(CareLevel::Care2, first(today, -4), &[150_000, 42_000]));
    papers.equipment = make::present(benefit::purchases(today, &[57_000, 38_500]));
    (papers, Earlier::default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::{demo, resident};
    use kakehashi_domain::qualification::{Content, CopaymentPeriod};

    fn at(note: &str, today: &str) -> resident::Resident {
        let place = ALL.iter().position(|case| case.note.contains(note)).unwrap() + demo::ALL.len();
        resident::at(102_046, place as u32, Date::from_iso(today).unwrap()).unwrap()
    }

    fn rows(content: &Content<CopaymentCertificate>) -> &[CopaymentPeriod] {
        let Content::Present(paper) = content else { panic!("no share") };
        &paper.periods
    }

    #[test]
    fn a_share_after_the_fact_is_another_for_the_same_days() {
        let one = at("さかのぼって", "2026-11-22");
        let before = &one.earlier.copayment[0].paper;
        let now = rows(&one.papers.copayment);
        assert_eq!((before.periods[0].tenths, now[0].tenths), (1, 3));
        assert_eq!(before.periods[0].period, now[0].period);
    }

    #[test]
    fn the_heavier_level_begins_on_the_last_day_of_a_month() {
        let one = at("月末に区分変更", "2026-11-22");
        let Content::Present(now) = &one.papers.certificate else { panic!("no certificate") };
        assert_eq!(now.validity.unwrap().from.to_string(), "2026-10-31");
        let before = one.earlier.certificate[0].paper.validity.unwrap();
        assert!(before.covers(now.validity.unwrap().from), "it was cut short");
    }

    #[test]
    fn balances_are_those_of_the_rules() {
        let left = |note| {
            let one = at(note, "2026-11-22");
            let Content::Present(used) = one.papers.housing else { panic!("no account") };
            used.dwellings.iter().map(|dwelling| dwelling.left_yen()).collect::<Vec<_>>()
        };
        assert_eq!(left("リセットが使える"), [20_000]);
        assert_eq!(left("リセットを使った"), [140_000]);
        assert_eq!(left("転居リセット"), [200_000, 35_000]);
        assert_eq!(left("残額が少ない"), [8_000]);
    }

    #[test]
    fn no_version_came_after_the_present_one() {
        for today in ["2026-11-22", "2026-08-01", "2026-07-31", "2027-01-01", "2028-02-29"] {
            let day = Date::from_iso(today).unwrap();
            for case in &ALL {
                let one = at(case.note, today);
                let days = [
                    one.earlier.certificate.iter().map(|came| came.on).collect::<Vec<_>>(),
                    one.earlier.copayment.iter().map(|came| came.on).collect(),
                    one.earlier.limit.iter().map(|came| came.on).collect(),
                ];
                for days in days {
                    assert!(days.is_sorted() && days.iter().all(|on| *on <= day), "{today} {}", case.note);
                }
            }
        }
    }
}
