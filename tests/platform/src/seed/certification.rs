//! 認定 and what stands beside it on the 被保険者証.

use super::dates::{first, last};
use super::names::{FACILITIES, PLAN_OFFICES};
use super::offices::OFFICES;
use super::random::Random;
use kakehashi_domain::calendar::Date;
use kakehashi_domain::number::{CheckDigit, OfficeNumber};
use kakehashi_domain::qualification::{
    BenefitRestriction, CareLevel, CertificationState, Facility, InsuranceCertificate, KindLimit, Period,
    PlanOffice, RestrictionKind,
};

/// Levels as often as they are among those who have one, roughly.
static LEVELS: [(u64, CareLevel); 9] = [
    (2, CareLevel::None),
    (4, CareLevel::Programme),
    (13, CareLevel::Support1),
    (14, CareLevel::Support2),
    (22, CareLevel::Care1),
    (17, CareLevel::Care2),
    (12, CareLevel::Care3),
    (10, CareLevel::Care4),
    (6, CareLevel::Care5),
];

/// A level.
pub(super) fn level(random: &mut Random) -> CareLevel {
    random.weighted(&LEVELS)
}

/// When a 認定 was decided and how long it is good.
pub(super) struct Span {
    pub(super) certified_on: Date,
    pub(super) validity: Period,
}

/// A renewal of so many months that ends so many months on: from a first of a month to an end of one.
pub(super) fn renewal(today: Date, (length, until): (i64, i64), decided_before: i64) -> Span {
    let from = first(today, until - length + 1);
    Span {
        certified_on: from.plus_days(-decided_before),
        validity: Period::new(from, Some(last(today, until))),
    }
}

/// Some span: mostly with months to go, some about to end, a few over.
fn span(random: &mut Random, today: Date) -> Span {
    let until = match random.below(100) {
        0..4 => random.between(-2, -1),
        4..16 => random.between(0, 1),
        _ => random.between(2, 35),
    };
    // 新規: on the day of the application, the rest of that month on top. 更新: up to 36 months, 48 when
    // the level stays, since April 2024.
    if until < 11 && random.percent(30) {
        let length = if until < 5 { random.weighted(&[(2, 6), (1, 12)]) } else { 12 };
        let from = first(today, until - length).plus_days(random.between(1, 26));
        let certified_on = from.plus_days(random.between(25, 45)).min(today);
        return Span { certified_on, validity: Period::new(from, Some(last(today, until))) };
    }
    let mut lengths = [12, 24, 36, 48].into_iter().filter(|length| *length > until);
    let shortest = lengths.next().unwrap_or(48);
    let length = lengths.find(|_| random.percent(35)).unwrap_or(shortest);
    renewal(today, (length, until), random.between(5, 35))
}

/// A first application that is not decided yet.
pub(super) fn applied(random: &mut Random, today: Date) -> InsuranceCertificate {
    applied_on(today.plus_days(-random.between(1, 40)))
}

/// A first application of a day.
pub(super) fn applied_on(applied_on: Date) -> InsuranceCertificate {
    InsuranceCertificate {
        issued_on: applied_on.into(),
        state: CertificationState::Applied,
        level: None,
        certified_on: None,
        validity: None,
        monthly_units: None,
        kind_limits: Vec::new(),
        committee_opinion: None,
        restrictions: Vec::new(),
        plan_offices: Vec::new(),
        facilities: Vec::new(),
    }
}

/// A 被保険者証 of a span, with nothing beside the 認定.
pub(super) fn plain(level: CareLevel, span: &Span) -> InsuranceCertificate {
    // 非該当 and 事業対象者 have no period that ends: the first none at all, the other until changed.
    let validity = match level {
        CareLevel::None => None,
        CareLevel::Programme => Some(Period::new(span.certified_on, None)),
        _ => Some(span.validity),
    };
    InsuranceCertificate {
        issued_on: span.certified_on.into(),
        state: CertificationState::Certified,
        level: Some(level),
        certified_on: Some(span.certified_on),
        validity,
        monthly_units: level.monthly_units(),
        kind_limits: Vec::new(),
        committee_opinion: None,
        restrictions: Vec::new(),
        plan_offices: Vec::new(),
        facilities: Vec::new(),
    }
}

/// A 被保険者証 with everything that may stand on it.
pub(super) fn certificate(random: &mut Random, level: CareLevel, today: Date) -> InsuranceCertificate {
    let span = span(random, today);
    let mut paper = plain(level, &span);
    let over = span.validity.to.is_some_and(|to| to <= last(today, 1));
    if over && paper.validity.is_some_and(|v| v.to.is_some()) && random.percent(50) {
        // 更新申請中: the level stands until the new decision comes.
        paper.state = CertificationState::Applied;
    }
    if level == CareLevel::None {
        return paper;
    }
    if random.percent(25) {
        paper.committee_opinion = Some((*random.pick(&OPINIONS)).to_owned());
    }
    if random.percent(1) {
        paper.kind_limits.push(KindLimit { kind: "通所介護".into(), units: 8_000 });
    }
    let began = paper.validity.map_or(span.certified_on, |validity| validity.from);
    if level >= CareLevel::Care3 && random.percent(14) {
        paper.facilities = facilities(random, began, today);
    }
    if paper.facilities.iter().all(|facility| facility.left_on.is_some()) {
        paper.plan_offices = plan_offices(random, level, began);
    }
    if random.percent(2) {
        paper.restrictions.push(restriction(random, today));
    }
    paper
}

static OPINIONS: [&str; 5] = [
    "転倒の危険があるため、下肢筋力の維持に努めること。",
    "認知症の進行予防のため、通所によるサービスの利用が望ましい。",
    "医療機関との連携のもとでサービスを利用すること。",
    "福祉用具の利用により、できるだけ自立した生活を続けることが望ましい。",
    "状態が変わりやすいため、早めに区分変更の申請を検討すること。",
];

fn facilities(random: &mut Random, began: Date, today: Date) -> Vec<Facility> {
    let (kind, name) = *random.pick(&FACILITIES);
    let entered_on = began.plus_days(-random.between(0, 400));
    let stay = random.between(60, 300);
    let left_on =
        (random.percent(20) && entered_on.plus_days(stay) < today).then(|| entered_on.plus_days(stay));
    vec![Facility { kind: kind.to_owned(), name: name.to_owned(), entered_on, left_on }]
}

fn plan_offices(random: &mut Random, level: CareLevel, began: Date) -> Vec<PlanOffice> {
    let filed_on = began.plus_days(random.between(0, 6));
    let [care, _, support, ..] = &OFFICES;
    let newest = match random.below(100) {
        0 => PlanOffice { number: None, name: "自己作成".into(), filed_on },
        _ if level < CareLevel::Care1 => plan_office(support.number, support.name, filed_on),
        1..60 => plan_office(care.number, care.name, filed_on),
        _ => other_office(random, filed_on),
    };
    let mut offices = vec![newest];
    if random.percent(15) {
        let before = filed_on.plus_days(-random.between(200, 900));
        offices.push(other_office(random, before));
    }
    offices
}

pub(super) fn plan_office(number: &str, name: &str, filed_on: Date) -> PlanOffice {
    PlanOffice { number: OfficeNumber::parse(number).ok(), name: name.to_owned(), filed_on }
}

/// An invented office with a good check digit.
pub(super) fn other_office(random: &mut Random, filed_on: Date) -> PlanOffice {
    let (body, name) = *random.pick(&PLAN_OFFICES);
    let number = (0..10)
        .filter_map(|digit| OfficeNumber::parse(&format!("{body}{digit}")).ok())
        .find(|number| number.check() == CheckDigit::Agrees);
    PlanOffice { number, name: name.to_owned(), filed_on }
}

fn restriction(random: &mut Random, today: Date) -> BenefitRestriction {
    let kind = if random.percent(60) { RestrictionKind::RepaymentOnly } else { RestrictionKind::Reduced };
    let from = first(today, -random.between(1, 8));
    BenefitRestriction { kind, period: Period::new(from, Some(last(from, random.between(11, 23)))) }
}
