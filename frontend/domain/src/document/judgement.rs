//! 判定結果・審査会の意見: what was judged of an application, first by computer, then by the 介護認定審査会.
//!
//! Source of the items: the insurer's interface to the platform (介護情報基盤との連携における
//! インタフェース仕様書, 一次判定 and 二次判定) and 要介護認定等に係る介護認定審査会による審査及び判定の基準等に関する
//! 省令, arts. 1–3 (基準時間). No official list of codes was found: the codes of [`Act`], [`Stability`] and
//! [`Benefit`] are this house's names. What the source does not know is not there; nothing is computed from
//! anything else, least of all a level.

use crate::calendar::Date;
use crate::certification::Outcome;
use crate::code::coded;
use crate::qualification::CareLevel;
use serde::{Deserialize, Serialize};

coded! {
    /// 行為区分 of the 基準時間, and what dementia adds to it.
    Act {
        Eating = "eating" "食事";
        Excretion = "excretion" "排泄";
        Moving = "moving" "移動";
        Cleanliness = "cleanliness" "清潔保持";
        Indirect = "indirect" "間接ケア";
        Behaviour = "behaviour" "BPSD関連";
        Training = "training" "機能訓練";
        Medical = "medical" "医療関連";
        Dementia = "dementia" "認知症加算";
    }
}

coded! {
    /// 状態の安定性; given between 32 and 50 minutes.
    Stability {
        Stable = "stable" "安定";
        Unstable = "unstable" "不安定";
    }
}

coded! {
    /// 推定される給付区分; given between 32 and 50 minutes.
    Benefit {
        Prevention = "prevention" "予防給付";
        Care = "care" "介護給付";
    }
}

/// A time in tenths of a minute a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Minutes(pub u32);

/// What was judged of one application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// 一次判定; nothing when none is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<FirstJudgement>,
    /// 二次判定.
    pub second: SecondJudgement,
}

/// 一次判定, by computer.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FirstJudgement {
    /// 一次判定年月日.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
    /// 一次判定の結果.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<CareLevel>,
    /// 要介護認定等基準時間, 合計.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<Minutes>,
    /// The same by 行為区分.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub acts: Vec<ActTime>,
    /// 状態の安定性.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stability: Option<Stability>,
    /// 推定される給付区分.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub benefit: Option<Benefit>,
}

/// 基準時間 of one 行為区分.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActTime {
    /// 行為区分.
    pub act: Act,
    /// Its part.
    pub time: Minutes,
}

/// 二次判定, by the 介護認定審査会.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondJudgement {
    /// 審査会の開催年月日.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub committee_on: Option<Date>,
    /// What came of it: level and 有効期間, with the day of the insurer's decision.
    pub outcome: Outcome,
    /// 一次判定結果変更理由.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed_because: Option<String>,
    /// 認定審査会の意見及びサービスの種類の指定: one text, as on the 被保険者証.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opinion: Option<String>,
}

impl Minutes {
    /// 53.2分
    pub fn words(self) -> String {
        [&(self.0 / 10).to_string(), ".", &(self.0 % 10).to_string(), "分"].concat()
    }
}

impl Judgement {
    /// The day it stands under: the committee's, else the decision's.
    pub fn on(&self) -> Date {
        self.second.committee_on.unwrap_or(self.second.outcome.on())
    }

    /// Level the committee came to; nothing when it did not give one.
    pub fn level(&self) -> Option<CareLevel> {
        match self.second.outcome {
            Outcome::Certified { level, .. } => Some(level),
            Outcome::NotCertified { .. } => Some(CareLevel::None),
            Outcome::Dismissed { .. } | Outcome::Withdrawn { .. } => None,
        }
    }

    /// Whether the committee changed the computer's result; nothing unless both are known.
    pub fn changed(&self) -> Option<bool> {
        let known = |level: Option<CareLevel>| level.filter(|level| level.unknown().is_none());
        let (first, second) = (known(self.first.as_ref().and_then(|first| first.level)), known(self.level()));
        Some(first? != second?)
    }
}

impl FirstJudgement {
    /// Whether the parts come to the whole; nothing unless both are known.
    pub fn adds_up(&self) -> Option<bool> {
        let whole = self.time.filter(|_| !self.acts.is_empty())?;
        let sum: u64 = self.acts.iter().map(|one| u64::from(one.time.0)).sum();
        Some(sum == u64::from(whole.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::certification::Validity;
    use proptest::prelude::*;

    fn day(text: &str) -> Date {
        Date::from_iso(text).unwrap()
    }

    fn certified(level: CareLevel) -> Outcome {
        let validity = Validity { from: day("2026-10-05"), to: day("2027-04-30") };
        Outcome::Certified { on: day("2026-11-06"), level, validity }
    }

    fn judged(first: Option<CareLevel>, outcome: Outcome) -> Judgement {
        let first = first.map(|level| FirstJudgement { level: Some(level), ..FirstJudgement::default() });
        let second = SecondJudgement { committee_on: None, outcome, changed_because: None, opinion: None };
        Judgement { first, second }
    }

    #[test]
    fn a_change_is_said_only_when_both_results_are_known() {
        let changed = |first, outcome| judged(first, outcome).changed();
        let (care2, care3) = (CareLevel::Care2, CareLevel::Care3);
        assert_eq!(changed(Some(care2), certified(care3)), Some(true));
        assert_eq!(changed(Some(care3), certified(care3)), Some(false));
        let not = Outcome::NotCertified { on: day("2026-11-06") };
        assert_eq!(changed(Some(CareLevel::None), not.clone()), Some(false));
        assert_eq!(changed(None, certified(care3)), None);
        let strange = CareLevel::from_code("26");
        assert_eq!(changed(Some(strange), certified(strange)), None, "what nobody knows is not compared");
        let dismissed = Outcome::Dismissed { on: day("2026-11-06"), reason: None };
        assert_eq!(changed(Some(care2), dismissed), None);
    }

    #[test]
    fn it_stands_under_the_committees_day_as_far_as_that_is_known() {
        let mut one = judged(None, certified(CareLevel::Care2));
        assert_eq!(one.on(), day("2026-11-06"));
        one.second.committee_on = Some(day("2026-11-05"));
        assert_eq!(one.on(), day("2026-11-05"));
    }

    #[test]
    fn minutes_have_one_decimal_and_parts_come_to_the_whole() {
        assert_eq!((Minutes(532).words(), Minutes(1_100).words()), ("53.2分".into(), "110.0分".into()));
        let part = |act, time| ActTime { act, time: Minutes(time) };
        let acts = vec![part(Act::Eating, 300), part(Act::Moving, 232)];
        let first = |time| FirstJudgement { time, acts: acts.clone(), ..FirstJudgement::default() };
        assert_eq!(first(Some(Minutes(532))).adds_up(), Some(true));
        assert_eq!(first(Some(Minutes(531))).adds_up(), Some(false));
        assert_eq!(first(None).adds_up(), None);
        let whole = FirstJudgement { time: Some(Minutes(9)), ..FirstJudgement::default() };
        assert_eq!(whole.adds_up(), None);
    }

    #[test]
    fn it_has_the_documented_shape_and_keeps_what_nobody_knows() {
        let text = r#"{"first":{"on":"2026-10-22","level":"21","time":412,"acts":[{"act":"eating","time":412}],
            "stability":"x"},"second":{"outcome":{"kind":"not_certified","on":"2026-11-06"},"opinion":"なし"}}"#;
        let read: Judgement = serde_json::from_str(text).unwrap();
        let first = read.first.clone().unwrap();
        assert_eq!((first.time, first.adds_up()), (Some(Minutes(412)), Some(true)));
        assert_eq!(first.stability.unwrap().unknown(), Some("x"));
        assert_eq!((first.benefit, read.second.committee_on), (None, None));
        let written: serde_json::Value = serde_json::to_value(&read).unwrap();
        assert_eq!(written, serde_json::from_str::<serde_json::Value>(text).unwrap());
    }

    fn any_first() -> impl Strategy<Value = FirstJudgement> {
        let act = ("eating|moving|.{0,5}", any::<u32>())
            .prop_map(|(act, time)| ActTime { act: Act::from_code(&act), time: Minutes(time) });
        let code = || proptest::option::of("stable|prevention|.{0,5}");
        let time = proptest::option::of(any::<u32>().prop_map(Minutes));
        (code(), time, prop::collection::vec(act, 0..4), code(), code()).prop_map(
            |(level, time, acts, stability, benefit)| FirstJudgement {
                on: None,
                level: level.map(|code| CareLevel::from_code(&code)),
                time,
                acts,
                stability: stability.map(|code| Stability::from_code(&code)),
                benefit: benefit.map(|code| Benefit::from_code(&code)),
            },
        )
    }

    proptest! {
        #[test]
        fn what_is_written_comes_back(
            first in proptest::option::of(any_first()),
            because in proptest::option::of(".{0,9}"),
            opinion in proptest::option::of(".{0,9}")
        ) {
            let mut judgement = judged(None, certified(CareLevel::Care1));
            judgement.first = first;
            judgement.second.changed_because = because;
            judgement.second.opinion = opinion;
            let json = serde_json::to_string(&judgement).unwrap();
            prop_assert_eq!(serde_json::from_str::<Judgement>(&json).unwrap(), judgement);
        }
    }
}
