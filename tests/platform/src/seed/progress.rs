//! 要介護認定の進捗: the cases behind the certificates and the applications of the register, fact by fact, and
//! those of the [scripts](super::script).

use super::application::Made;
use super::resident::Resident;
use super::script::Script;
use super::{Random, dates};
use crate::cases::keep::{self, Beginning, Hand};
use crate::municipality::words;
use crate::store::{Connection, StoreError};
use aws_lc_rs::digest::{SHA256, digest};
use base64ct::{Base64UrlUnpadded, Encoding};
use kakehashi_domain::calendar::{Date, Time};
use kakehashi_domain::certification::{Application, CaseId, Event, Fact, Outcome, Postponement, Validity};
use kakehashi_domain::qualification::{CareLevel, InsuranceCertificate};
use kakehashi_domain::upstream;

/// Decided cases are written of so many people from the register's beginning: enough for the medians, and the
/// register stays small at any size.
pub(super) const DECIDED_OF: u32 = 3_000;
/// How far back decided cases reach.
const BACK_DAYS: i64 = 550;

/// A fact, and the day it was entered when that is not its own.
#[derive(Debug)]
pub(super) struct Entered {
    pub(super) fact: Fact,
    pub(super) on: Option<Date>,
}

impl Entered {
    /// On its own day.
    pub(super) fn at_once(fact: Fact) -> Self {
        Self { fact, on: None }
    }
}

/// Whose cases are written.
pub(super) struct Progress<'a> {
    pub(super) db: &'a Connection,
    pub(super) seed: u64,
    pub(super) today: Date,
}

impl Progress<'_> {
    /// The case of a script, and the ordinary ones of the applications before it.
    pub(super) fn write<'a>(
        &self,
        place: u32,
        one: &Resident,
        script: Option<&Script>,
        applications: impl Iterator<Item = &'a Made<'a>>,
    ) -> Result<(), StoreError> {
        let mut random = Random::new(self.seed ^ 0xCA5E, u64::from(place));
        for (application, paper) in applications {
            let of_script =
                script.is_some_and(|script| script.applied_on(self.today) == application.applied_on);
            let facts = match script.filter(|_| of_script) {
                Some(script) => script.facts(one, self.today),
                None => {
                    let Some(facts) = self.usual(&mut random, application, *paper) else { continue };
                    facts.into_iter().map(Entered::at_once).collect()
                }
            };
            self.case(place, one, &facts)?;
        }
        // 取下げ: the case is there, the application is none any more.
        match script.filter(|script| script.is_withdrawn()) {
            Some(script) => self.case(place, one, &script.facts(one, self.today)),
            None => Ok(()),
        }
    }

    /// The facts of an ordinary case; nothing for one decided long ago, or one of which too little is known.
    fn usual(
        &self,
        random: &mut Random,
        application: &upstream::Application,
        paper: Option<&InsuranceCertificate>,
    ) -> Option<Vec<Fact>> {
        let (applied, kind) = (application.applied_on, application.kind);
        let waited = applied.days_until(self.today);
        let end = match application.decided_on {
            Some(on) if on.days_until(self.today) > BACK_DAYS => return None,
            Some(on) => Some(certified(on, paper?)?),
            None => None,
        };
        // An open case would take as long as others, or is late already.
        let whole = match &end {
            Some(end) => applied.days_until(end.on()),
            None => random.between(27, 42).max(waited + random.between(2, 12)),
        };
        let at = |share: i64| applied.plus_days(whole * share / 100);
        let survey = at(random.between(25, 40));
        let opinion = at(random.between(35, 60));
        let judged = survey.max(opinion).max(at(random.between(60, 75)));
        let committee = at(97).max(judged);
        let mut facts = vec![
            Fact::SurveyRequest(applied.plus_days(1).min(survey)),
            Fact::OpinionRequest(applied.plus_days(1).min(opinion)),
            Fact::Survey(survey),
            Fact::Opinion(opinion),
            Fact::FirstJudgement(judged),
            Fact::Committee(committee),
        ];
        // What is not yet: nobody has entered it, but a day may be known some days before.
        let planned = |day: Date| day.plus_days(-6) <= self.today;
        facts.retain(|fact| match fact {
            Fact::Survey(on) => planned(*on),
            Fact::Committee(on) => planned(*on) && judged <= self.today,
            other => other.on().is_some_and(|on| on <= self.today),
        });
        if end.is_none() && waited > 30 && random.percent(60) {
            let notified_on = applied.plus_days(random.between(26, 30));
            facts.push(Fact::Postponement(Postponement {
                notified_on,
                until: Some(notified_on.plus_days(random.between(20, 45))),
                reason: Some("認定調査または主治医意見書に日時を要するため".to_owned()),
            }));
        }
        if let Some(end) = end {
            let told = end.on().plus_days(1);
            facts.push(Fact::Outcome(end));
            if told <= self.today {
                facts.push(Fact::Notice(told));
            }
        }
        facts.insert(0, Fact::Application(Application { kind, on: applied }));
        Some(facts)
    }

    fn case(&self, place: u32, one: &Resident, facts: &[Entered]) -> Result<(), StoreError> {
        let Some(applied) = facts.first().and_then(|entered| entered.fact.on()) else { return Ok(()) };
        let case_no = number(place, applied);
        let name = self.name(&one.insurer, &case_no);
        let words = words(&one.name, &one.kana, one.insured.as_str());
        let beginning = Beginning {
            name: &name,
            person: i64::from(place),
            insurer: &one.insurer,
            case_no: &case_no,
            words: &words,
        };
        let id = keep::begin(self.db, &beginning)?;
        let hand = Hand { account: None, name: "台帳からの連携" };
        keep::enter(self.db, id, &name, &self.events(one.insurer_name, facts), hand)?;
        Ok(())
    }

    /// Each entered on the evening of its day, never before the one it follows, and a plan when its day was
    /// set.
    fn events(&self, insurer: &str, facts: &[Entered]) -> Vec<Event> {
        let source = format!("{insurer}(保険者)");
        let mut at = Time(i64::MIN);
        let evening = |day: Date| dates::last_delivery(day.plus_days(1).min(self.today));
        (1..)
            .zip(facts)
            .map(|(version, Entered { fact, on })| {
                let day = on.or(fact.on()).unwrap_or(self.today);
                let day = if day > self.today { at.date() } else { day };
                at = evening(day).max(at.plus(1));
                Event { version, at, source: source.clone(), fact: fact.clone() }
            })
            .collect()
    }

    /// Names a case: the same with each seeding, and nothing to be read from it.
    fn name(&self, insurer: &kakehashi_domain::number::InsurerNumber, case_no: &str) -> CaseId {
        let hash = digest(&SHA256, format!("case {} {insurer} {case_no}", self.seed).as_bytes());
        CaseId(Base64UrlUnpadded::encode_string(hash.as_ref().get(..16).unwrap_or_default()))
    }
}

/// 申請番号: year of the application, place in the register, and month, for a person may apply twice a year.
fn number(place: u32, applied: Date) -> String {
    format!("R{:02}{:02}-{place:07}", applied.year() - 2018, applied.month())
}

/// What a certificate says of its decision.
pub(crate) fn certified(on: Date, paper: &InsuranceCertificate) -> Option<Outcome> {
    let level = paper.level?;
    if level == CareLevel::None {
        return Some(Outcome::NotCertified { on });
    }
    let period = paper.validity?;
    let to = period.to.filter(|to| period.from <= *to)?;
    (level >= CareLevel::Support1).then_some(Outcome::Certified {
        on,
        level,
        validity: Validity { from: period.from, to },
    })
}
