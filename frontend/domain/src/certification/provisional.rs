//! 暫定ケアプラン: care between the application and its result, and what it risks.

use super::{ApplicationKind, Case, Validity};
use crate::calendar::Date;
use crate::code::coded;

coded! {
    /// What may come of it for the person. The names are short; [`ProvisionalRisk::words`] has the sentences.
    ProvisionalRisk {
        NotCertified = "not_certified" "非該当になる";
        NoResult = "no_result" "結果が出ない";
        Unchanged = "unchanged" "区分が変わらない";
        Lighter = "lighter" "見込みより軽い区分になる";
        Crossing = "crossing" "要支援と要介護が入れかわる";
    }
}

/// Who says so: two municipalities' published practice.
pub const SOURCES: [&str; 2] = [
    "https://www.city.kiyosu.aichi.jp/kenko_iryo/fukushi_kaigo/kaigo/kaigohoken/zanteicareplan.html",
    "https://www.city.yamato.lg.jp/gyosei/soshik/18/kaigojigoysyamuke/tsuchi_jimurenraku/kaisyaku/22114.html",
];

/// Care on a day rests on no decided level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provisional {
    /// Since this day the care is provisional.
    pub since: Date,
    /// What may come of it.
    pub risks: &'static [ProvisionalRisk],
}

use ProvisionalRisk::{Crossing, Lighter, NoResult, NotCertified, Unchanged};

const FIRST: &[ProvisionalRisk] = &[NotCertified, NoResult, Lighter, Crossing];
const CHANGE: &[ProvisionalRisk] = &[Unchanged, Lighter, Crossing];

impl ProvisionalRisk {
    /// A sentence for the person.
    pub fn words(self) -> &'static str {
        match self {
            Self::NotCertified => {
                "認定されなかったときは、それまでに使った介護サービスの費用が全額自己負担になります。"
            }
            Self::NoResult => {
                "調査の前に亡くなったときや申請を取り下げたときは、結果が出ないため、費用が全額自己負担になります。"
            }
            Self::Unchanged => {
                "いまの区分のままのときは、いまの区分支給限度基準額をこえた分の費用が全額自己負担になります。"
            }
            Self::Lighter => {
                "見込みより軽い区分のときは、その区分支給限度基準額をこえた分の費用が自己負担になります。使えないサービスの費用も同じです。"
            }
            Self::Crossing => {
                "要支援なら地域包括支援センター、要介護なら居宅介護支援事業所がケアプランを作ります。どちらか見込めないときは、両方で相談しながら作ってください。"
            }
            Self::Unknown(_) => "",
        }
    }
}

impl Case {
    /// Whether care on a day is provisional. At a renewal it is so only once the 有効期間 before is over; without
    /// the one before, nothing is said of a renewal.
    pub fn provisional(&self, held: Option<Validity>, today: Date) -> Option<Provisional> {
        let application = self.application.filter(|application| application.on <= today)?;
        if self.outcome.is_some() {
            return None;
        }
        match application.kind {
            ApplicationKind::New => Some(Provisional { since: application.on, risks: FIRST }),
            // While the level before still holds it is safe up to that level's limit; after it ended there is none.
            ApplicationKind::Change => {
                let over = held.filter(|held| held.to < today);
                let since = over.map_or(application.on, |held| held.to.plus_days(1));
                Some(Provisional { since, risks: if over.is_some() { FIRST } else { CHANGE } })
            }
            ApplicationKind::Renewal => {
                let since = held.filter(|held| held.to < today)?.to.plus_days(1);
                Some(Provisional { since, risks: FIRST })
            }
            ApplicationKind::Unknown(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{case, day};
    use super::*;
    use crate::certification::{Application, Fact};

    fn of(kind: ApplicationKind, held: Option<Validity>, today: &str) -> Option<Provisional> {
        let application = Application { kind, on: day("2026-10-05") };
        case(0).with(&[Fact::Application(application)]).provisional(held, day(today))
    }

    #[test]
    fn from_the_application_or_from_the_end_of_the_level_before() {
        let held = Some(Validity { from: day("2025-11-01"), to: day("2026-10-31") });
        let new = of(ApplicationKind::New, None, "2026-10-05").unwrap();
        assert_eq!((new.since, new.risks), (day("2026-10-05"), FIRST));
        assert_eq!(of(ApplicationKind::New, None, "2026-10-04"), None);
        assert_eq!(of(ApplicationKind::Renewal, held, "2026-10-31"), None, "the level before holds");
        assert_eq!(of(ApplicationKind::Renewal, held, "2026-11-01").unwrap().since, day("2026-11-01"));
        assert_eq!(of(ApplicationKind::Renewal, None, "2026-11-01"), None);
        assert_eq!(of(ApplicationKind::Change, held, "2026-10-31").unwrap().risks, CHANGE);
        assert_eq!(of(ApplicationKind::Change, held, "2026-11-01").unwrap().risks, FIRST);
        assert_eq!(case(8).provisional(None, day("2026-11-22")), None, "decided");
    }

    #[test]
    fn every_risk_has_a_sentence() {
        for risk in ProvisionalRisk::ALL {
            assert!(risk.words().ends_with('。'), "{}", risk.name());
        }
    }
}
