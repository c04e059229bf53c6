//! What consent opens for an account now, kind by kind, with the reason where it is closed.

use super::{Asker, Denial, Grant, Information, Need, Subject, decide, table::TABLE};
use crate::calendar::Time;
use crate::consent::Standing;
use crate::upstream::ConsentScope;

/// One kind of information that rests on consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outlook {
    /// Which.
    pub information: Information,
    /// How consent stands for it.
    pub standing: Standing,
    /// Whether this account may see it, as far as the subject is known.
    pub may: Result<Grant, Denial>,
}

impl Information {
    /// The consent it rests on, where a row of the table asks for one.
    pub fn scope(self) -> Option<ConsentScope> {
        let needs = TABLE.iter().filter(|row| row.information == self).flat_map(|row| row.needs);
        needs.into_iter().find_map(|need| match need {
            Need::Consent(scope) => Some(*scope),
            _ => None,
        })
    }
}

/// All kinds that rest on consent, in the order of [`Information::ALL`].
pub fn outlook(asker: Asker<'_>, subject: &Subject<'_>, now: Time) -> Vec<Outlook> {
    let kinds = Information::ALL.iter().filter_map(|kind| Some((*kind, kind.scope()?)));
    kinds
        .map(|(information, scope)| Outlook {
            information,
            standing: Standing::of(subject.consents, scope, now),
            may: decide(asker, information, subject, now),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Planner;
    use crate::number::InsurerNumber;
    use crate::upstream::{
        ConsentBasis, ConsentGiver, ConsentId, ConsentMethod, ConsentRecord, ConsentTaker, ConsentTerms, Job,
        ServiceType,
    };

    #[test]
    fn each_kind_rests_on_its_own_consent() {
        let scopes: Vec<_> = Information::ALL.iter().map(|kind| kind.scope()).collect();
        assert_eq!(
            scopes,
            [
                None,
                Some(ConsentScope::Progress),
                Some(ConsentScope::Judgement),
                Some(ConsentScope::Survey),
                Some(ConsentScope::Opinion)
            ]
        );
    }

    #[test]
    fn consent_for_one_opens_one_and_no_consent_opens_a_job_that_sees_nothing() {
        let terms = ConsentTerms {
            giver: ConsentGiver::Person,
            giver_name: None,
            method: ConsentMethod::Written,
            basis: ConsentBasis::OfficeForm,
            basis_version: None,
            scope: vec![ConsentScope::Survey],
            given_at: Time(10),
            until: None,
        };
        let record = ConsentRecord {
            id: ConsentId("c".into()),
            terms,
            taker: ConsentTaker::Office,
            taker_name: "かけはし".into(),
            recorded_by: "佐藤".into(),
            recorded_at: Time(10),
            withdrawal: None,
        };
        let insurer = InsurerNumber::parse("102046").unwrap();
        let consents = [record];
        let subject = Subject {
            until: Some(Time(1_000)),
            insurer: &insurer,
            level: None,
            planner: Planner::Nobody,
            consents: &consents,
            paper: None,
        };
        let seen = |job| {
            let asker = Asker { service: ServiceType::CareManagement, job, insurer: None };
            outlook(asker, &subject, Time(20))
        };
        for one in seen(Some(Job::CareManager)) {
            let survey = one.information == Information::Survey;
            assert_eq!(one.may.is_ok(), survey, "{one:?}");
            assert_eq!(one.standing == Standing::Valid { until: None }, survey);
            assert!(survey || one.may == Err(Denial::NoConsent));
        }
        assert!(seen(Some(Job::OfficeClerk)).iter().all(|one| one.may == Err(Denial::Job)));
    }
}
