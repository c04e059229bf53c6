//! An invented 判定結果. Level, days and 審査会の意見 are the case's and the certificate's; the computer's
//! judgement is invented beside them, only where the case says that there was one. It rests on nothing in the
//! 認定調査票: how a level is computed is the minister's.

use crate::seed::Random;
use kakehashi_domain::calendar::Date;
use kakehashi_domain::certification::Outcome;
use kakehashi_domain::document::Judgement;
use kakehashi_domain::document::judgement::{
    Act, ActTime, Benefit, FirstJudgement, Minutes, SecondJudgement, Stability,
};
use kakehashi_domain::qualification::CareLevel;

/// What is known of a decision.
#[derive(Debug, Clone)]
pub struct Decided {
    /// Number in the register of whom it is about.
    pub place: u32,
    /// 一次判定年月日.
    pub first_on: Option<Date>,
    /// 審査会の開催年月日.
    pub committee_on: Option<Date>,
    /// What came of it.
    pub outcome: Outcome,
    /// 認定審査会の意見及びサービスの種類の指定, as the certificate has it.
    pub opinion: Option<String>,
}

/// 要介護認定等基準時間 of a level, in tenths of a minute: from, below (省令 1–3条). 要支援2 and 要介護1 share theirs;
/// where the last ends nobody says.
const TIMES: [(CareLevel, i64, i64); 8] = [
    (CareLevel::None, 120, 250),
    (CareLevel::Support1, 250, 320),
    (CareLevel::Support2, 320, 500),
    (CareLevel::Care1, 320, 500),
    (CareLevel::Care2, 500, 700),
    (CareLevel::Care3, 700, 900),
    (CareLevel::Care4, 900, 1_100),
    (CareLevel::Care5, 1_100, 1_400),
];

/// What is written when the committee came to another level.
const BECAUSE: [&str; 2] = [
    "特記事項と主治医意見書から、通常より介護の手間がかかると認められるため。",
    "特記事項と主治医意見書から、通常より介護の手間がかからないと認められるため。",
];

/// The judgement of a decision.
pub fn judgement(decided: &Decided) -> Judgement {
    let Decided { place, first_on, committee_on, outcome, opinion } = decided.clone();
    let mut second = SecondJudgement { committee_on, outcome, changed_because: None, opinion };
    let Some(on) = first_on else { return Judgement { first: None, second } };
    let mut random = Random::new(0x1D6E ^ on.day_number().unsigned_abs(), u64::from(place));
    let mut first = FirstJudgement { on: first_on, ..FirstJudgement::default() };
    let told = match second.outcome {
        Outcome::Certified { level, .. } => Some(level),
        Outcome::NotCertified { .. } => Some(CareLevel::None),
        _ => None,
    };
    if let Some(at) = told.and_then(|level| TIMES.iter().position(|(known, ..)| *known == level)) {
        let was = match random.below(10) {
            0 => at.saturating_sub(1),
            1 => (at + 1).min(TIMES.len() - 1),
            _ => at,
        };
        if was != at {
            second.changed_because = Some(BECAUSE[usize::from(was > at)].to_owned());
        }
        measure(&mut first, TIMES[was], &mut random);
    }
    Judgement { first: Some(first), second }
}

/// Level and, mostly, times of the computer's judgement.
fn measure(first: &mut FirstJudgement, (level, from, below): (CareLevel, i64, i64), random: &mut Random) {
    first.level = Some(level);
    if random.percent(15) {
        return;
    }
    let whole = random.between(from, below - 1);
    first.time = Some(minutes(whole));
    first.acts = acts(whole, random);
    if matches!(level, CareLevel::Support2 | CareLevel::Care1) {
        let stable = level == CareLevel::Support2;
        first.stability = Some(if stable { Stability::Stable } else { Stability::Unstable });
        first.benefit = Some(if stable { Benefit::Prevention } else { Benefit::Care });
    }
}

/// The whole in parts by 行為区分; what rounding leaves goes to the last.
fn acts(whole: i64, random: &mut Random) -> Vec<ActTime> {
    let named = &Act::ALL[..8];
    let weights: Vec<i64> = named.iter().map(|_| random.between(1, 9)).collect();
    let sum: i64 = weights.iter().sum();
    let mut left = whole;
    let mut parts: Vec<ActTime> = Vec::with_capacity(named.len());
    for (act, weight) in named.iter().zip(weights) {
        let part = whole * weight / sum;
        left -= part;
        parts.push(ActTime { act: *act, time: minutes(part) });
    }
    if let Some(last) = parts.last_mut() {
        last.time.0 += minutes(left).0;
    }
    parts
}

fn minutes(tenths: i64) -> Minutes {
    Minutes(u32::try_from(tenths).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use kakehashi_domain::certification::Validity;

    fn decided(place: u32, level: CareLevel) -> Decided {
        let day = |text| Date::from_iso(text).unwrap();
        let validity = Validity { from: day("2026-10-05"), to: day("2027-04-30") };
        Decided {
            place,
            first_on: Some(day("2026-10-22")),
            committee_on: Some(day("2026-11-05")),
            outcome: Outcome::Certified { on: day("2026-11-06"), level, validity },
            opinion: None,
        }
    }

    #[test]
    fn times_lie_where_the_ordinance_puts_them_and_parts_come_to_the_whole() {
        let (mut changed, mut unknown) = (0, 0);
        for place in 0..400 {
            for level in [CareLevel::Support1, CareLevel::Support2, CareLevel::Care1, CareLevel::Care5] {
                let one = judgement(&decided(place, level));
                assert_eq!(one, judgement(&decided(place, level)), "the same every time");
                let first = one.first.clone().unwrap();
                let (_, from, below) =
                    TIMES.into_iter().find(|(known, ..)| Some(*known) == first.level).unwrap();
                assert!(
                    first.time.is_none_or(|time| (from..below).contains(&i64::from(time.0))),
                    "{first:?}"
                );
                assert_ne!(first.adds_up(), Some(false));
                assert_eq!(first.stability.is_some(), first.time.is_some() && (from, below) == (320, 500));
                assert_eq!(one.changed(), Some(one.second.changed_because.is_some()));
                changed += usize::from(one.changed() == Some(true));
                unknown += usize::from(first.time.is_none());
            }
        }
        assert!(changed > 100 && unknown > 100, "both are met: {changed} {unknown}");
    }

    #[test]
    fn what_the_case_does_not_know_is_not_there() {
        let without = Decided { first_on: None, committee_on: None, ..decided(1, CareLevel::Care2) };
        let one = judgement(&without);
        assert_eq!((&one.first, one.second.committee_on, &one.second.opinion), (&None, None, &None));
        let on = Date::from_iso("2026-11-06").unwrap();
        let dismissed =
            Decided { outcome: Outcome::Dismissed { on, reason: None }, ..decided(1, CareLevel::Care2) };
        let first = judgement(&dismissed).first.unwrap();
        assert_eq!((first.on, first.level, first.time), (dismissed.first_on, None, None));
    }
}
