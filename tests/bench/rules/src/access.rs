//! Every look that every account may try at people of every kind: allowed, or refused with its reason.

use crate::Answers;
use kakehashi_domain::access::{Age, Asker, Grant, Information, Paper, Planner, SERVICES, Subject, decide};
use kakehashi_domain::calendar::Time;
use kakehashi_domain::number::InsurerNumber;
use kakehashi_domain::qualification::CareLevel;
use kakehashi_domain::upstream::{
    ConsentBasis, ConsentGiver, ConsentId, ConsentMethod, ConsentRecord, ConsentScope, ConsentTaker,
    ConsentTerms, ConsentWithdrawal, Job,
};

const NOW: Time = Time(1_795_323_900);
/// Records of the person with the longest history.
const MANY: i64 = 20;

/// People's consents, each history once.
#[derive(Debug)]
pub struct Looks {
    insurer: InsurerNumber,
    histories: Vec<Vec<ConsentRecord>>,
}

fn record(at: i64, until: Option<Time>, withdrawn: bool) -> ConsentRecord {
    let withdrawal = ConsentWithdrawal {
        at: NOW.plus(-1),
        by: ConsentGiver::Person,
        recorded_by: "市 花子".into(),
        reason: None,
    };
    ConsentRecord {
        id: ConsentId(at.to_string()),
        terms: ConsentTerms {
            giver: ConsentGiver::Person,
            giver_name: None,
            method: ConsentMethod::Written,
            basis: ConsentBasis::Application,
            basis_version: None,
            scope: ConsentScope::ALL.to_vec(),
            given_at: Time(at),
            until,
        },
        taker: ConsentTaker::Municipality,
        taker_name: "伊勢崎市".into(),
        recorded_by: "市 花子".into(),
        recorded_at: Time(at),
        withdrawal: withdrawn.then_some(withdrawal),
    }
}

impl Looks {
    /// None when the number of the insurer is no number.
    pub fn new() -> Option<Self> {
        let old = |at| record(at, Some(Time(at + 100)), false);
        let long = (1..MANY).map(|at| old(at * 1_000)).chain([record(1_000_000, None, false)]);
        let histories = vec![
            Vec::new(),
            vec![record(1_000, None, false)],
            vec![record(1_000, None, true)],
            vec![old(1_000)],
            long.collect(),
        ];
        Some(Self { insurer: InsurerNumber::parse("102046").ok()?, histories })
    }

    /// Decides about all of them once.
    pub fn ask(&self) -> Answers {
        let mut answers = Answers::default();
        let jobs = || std::iter::once(None).chain(Job::ALL.iter().cloned().map(Some));
        for service in SERVICES {
            for job in jobs() {
                let asker = Asker { service, job, insurer: Some(&self.insurer) };
                for information in Information::ALL {
                    self.people(asker, information, &mut answers);
                }
            }
        }
        answers
    }

    fn people(&self, asker: Asker<'_>, information: Information, answers: &mut Answers) {
        let levels = [None, Some(CareLevel::Support1), Some(CareLevel::Care2)];
        let paper = Paper { age: Age::Latest, doctor: Some(true) };
        for consents in &self.histories {
            for level in levels {
                for planner in [Planner::This, Planner::Other] {
                    let (until, insurer) = (Some(NOW.plus(60)), &self.insurer);
                    let subject = Subject { until, insurer, level, planner, consents, paper: Some(paper) };
                    let number = match decide(asker, information, &subject, NOW) {
                        Ok(Grant { until }) => until.map_or(1, |until| until.0),
                        Err(denial) => denial.code().bytes().map(i64::from).sum(),
                    };
                    answers.take(number);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_answers_come_and_are_the_same_twice() {
        let looks = Looks::new().unwrap();
        let answers = looks.ask();
        assert_eq!(answers, looks.ask());
        assert_eq!(answers.rules, 6 * 12 * 5 * 5 * 3 * 2);
        let (asker, mut open) =
            (Asker { service: SERVICES[0], job: Some(Job::CareManager), insurer: None }, 0);
        for consents in &looks.histories {
            let subject = Subject {
                until: Some(NOW.plus(60)),
                insurer: &looks.insurer,
                level: Some(CareLevel::Care2),
                planner: Planner::This,
                consents,
                paper: None,
            };
            open += usize::from(decide(asker, Information::Survey, &subject, NOW).is_ok());
        }
        assert_eq!(open, 2, "consent given, and given anew after many that ended");
    }
}
