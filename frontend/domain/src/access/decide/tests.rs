use super::*;
use crate::access::{Need, SERVICES};
use crate::fault;
use crate::number::{OfficeNumber, UserId};
use crate::upstream::{
    ConsentBasis, ConsentGiver, ConsentId, ConsentMethod, ConsentScope, ConsentTaker, ConsentTerms,
    ConsentWithdrawal,
};
use proptest::prelude::*;

const NOW: Time = Time(1_000);

fn insurer(number: &str) -> InsurerNumber {
    InsurerNumber::parse(number).unwrap()
}

fn consent(scope: &[ConsentScope], until: Option<Time>, withdrawn: Option<Time>) -> ConsentRecord {
    ConsentRecord {
        id: ConsentId("c".into()),
        terms: ConsentTerms {
            giver: ConsentGiver::Person,
            giver_name: None,
            method: ConsentMethod::Written,
            basis: ConsentBasis::Application,
            basis_version: None,
            scope: scope.to_vec(),
            given_at: Time(10),
            until,
        },
        taker: ConsentTaker::Municipality,
        taker_name: "伊勢崎市".into(),
        recorded_by: "市職員".into(),
        recorded_at: Time(10),
        withdrawal: withdrawn.map(|at| ConsentWithdrawal {
            at,
            by: ConsentGiver::Person,
            recorded_by: "市職員".into(),
            reason: None,
        }),
    }
}

/// All that can be wished for, for a level.
#[derive(Debug)]
struct World {
    insurer: InsurerNumber,
    consents: Vec<ConsentRecord>,
    until: Option<Time>,
    level: Option<CareLevel>,
    planner: Planner,
    paper: Option<Paper>,
}

impl World {
    fn open(level: Option<CareLevel>) -> Self {
        Self {
            insurer: insurer("102046"),
            consents: vec![consent(ConsentScope::ALL, None, None)],
            until: Some(Time(2_000)),
            level,
            planner: Planner::This,
            paper: Some(Paper { age: Age::Latest, doctor: Some(true) }),
        }
    }

    fn ask(&self, service: ServiceType, job: Option<Job>, information: Information) -> Result<Grant, Denial> {
        let subject = Subject {
            until: self.until,
            insurer: &self.insurer,
            level: self.level,
            planner: self.planner,
            consents: &self.consents,
            paper: self.paper,
        };
        let own = insurer("102046");
        let asker = Asker { service, job, insurer: (service == ServiceType::Municipality).then_some(&own) };
        decide(asker, information, &subject, NOW)
    }
}

fn jobs() -> impl Iterator<Item = Option<Job>> {
    let strange = Job::from_code("director");
    std::iter::once(None).chain(Job::ALL.iter().copied().map(Some)).chain([Some(strange)])
}

/// Every cell, written out by hand: no job, the eleven jobs in their order, an unknown job.
const CELLS: [(Information, [&str; 6]); 5] = [
    (
        Information::Qualification,
        [
            "ooooooooooooo",
            "ooooooooooooo",
            "ooooooooooooo",
            "ooooooooooooo",
            "xxxxxxxxxxxxx",
            "xxxxxxxxxxxxx",
        ],
    ),
    (
        Information::Progress,
        [
            "xooxxxxxxxxxx",
            "xooooxxxoxxxx",
            "xxxxxxxxxxxxx",
            "xxxxxxxxxxxxx",
            "xxxxxxxxxxxxx",
            "xxxxxxxxxxxox",
        ],
    ),
    (
        Information::Judgement,
        [
            "xooxxxxxxxxxx",
            "xooooxxxoxxxx",
            "xxxxxxxxxxxxx",
            "xxxxxxxxxxxxx",
            "xxxxxxxxxxxxx",
            "xxxxxxxxxxxox",
        ],
    ),
    (
        Information::Survey,
        [
            "xooxxxxxxxxxx",
            "xooooxxxoxxxx",
            "xxxxxxxxxxxxx",
            "xxxxxxxxxxxxx",
            "xxxxxxxxxxxxx",
            "xxxxxxxxxxxox",
        ],
    ),
    (
        Information::Opinion,
        [
            "xooxxxxxxxxxx",
            "xooooxxxoxxxx",
            "xxxxxxxxxxxxx",
            "xxxxxxxxxxxxx",
            "xxxxxxxxxxxxx",
            "xxxxxxxxxxxox",
        ],
    ),
];

#[test]
fn every_cell() {
    // With everything granted and no level yet, only office and job decide.
    let world = World::open(None);
    for (information, offices) in CELLS {
        for (service, cells) in SERVICES.into_iter().zip(offices) {
            assert_eq!(cells.len(), jobs().count());
            for (job, mark) in jobs().zip(cells.chars()) {
                let found = world.ask(service, job, information);
                assert_eq!(found.is_ok(), mark == 'o', "{information:?} {service:?} {job:?}");
                if let Err(denial) = found {
                    let any = cells.contains('o');
                    assert_eq!(denial, if any { Denial::Job } else { Denial::Service });
                }
            }
        }
    }
}

/// Every cell tried with each of its conditions missing: the reason names that condition.
#[test]
fn every_condition_of_every_cell() {
    for information in Information::ALL {
        for service in SERVICES {
            for job in jobs() {
                let Some(needs) = cell(information, service, job).needs else { continue };
                for need in needs {
                    let mut world = World::open(None);
                    let expected = match need {
                        Need::Right => {
                            world.until = None;
                            assert_eq!(world.ask(service, job, information), Err(Denial::NotYours));
                            world.until = Some(NOW);
                            Denial::Over
                        }
                        Need::Consent(scope) => {
                            world.consents = vec![consent(&[*scope], None, Some(NOW))];
                            assert_eq!(world.ask(service, job, information), Err(Denial::Withdrawn));
                            world.consents = vec![consent(&[*scope], Some(NOW), None)];
                            assert_eq!(world.ask(service, job, information), Err(Denial::ConsentOver));
                            let others: Vec<_> =
                                ConsentScope::ALL.iter().copied().filter(|other| other != scope).collect();
                            world.consents = vec![consent(&others, None, None)];
                            Denial::NoConsent
                        }
                        Need::CareLevel => {
                            world.level = Some(CareLevel::from_code("99"));
                            assert_eq!(world.ask(service, job, information), Err(Denial::Support));
                            world.level = Some(CareLevel::Support2);
                            Denial::Support
                        }
                        Need::SupportLevel => {
                            world.level = Some(CareLevel::from_code("99"));
                            assert_eq!(world.ask(service, job, information), Err(Denial::Care));
                            world.level = Some(CareLevel::Care1);
                            Denial::Care
                        }
                        Need::Planner => {
                            world.planner = Planner::Other;
                            Denial::OtherOffice
                        }
                        Need::LatestTwo => {
                            world.paper = Some(Paper { age: Age::Older, doctor: Some(true) });
                            Denial::Old
                        }
                        Need::Doctor => {
                            world.paper = Some(Paper { age: Age::Latest, doctor: None });
                            assert_eq!(world.ask(service, job, information), Err(Denial::Doctor));
                            world.paper = Some(Paper { age: Age::Latest, doctor: Some(false) });
                            Denial::Doctor
                        }
                        Need::OwnInsurer => {
                            world.insurer = insurer("102012");
                            Denial::OtherInsurer
                        }
                    };
                    assert_eq!(
                        world.ask(service, job, information),
                        Err(expected),
                        "{information:?} {service:?}"
                    );
                }
            }
        }
    }
}

/// The rules of the house, said without the table: a row that loses a condition is found here.
#[test]
fn what_must_be_refused() {
    let manager = (ServiceType::CareManagement, Some(Job::CareManager));
    let centre = (ServiceType::CommunitySupport, Some(Job::PublicHealthNurse));
    let documents = [Information::Judgement, Information::Survey, Information::Opinion];
    for ((service, job), level, other, denial) in [
        (manager, CareLevel::Care2, CareLevel::Support1, Denial::Support),
        (centre, CareLevel::Support1, CareLevel::Care2, Denial::Care),
    ] {
        for information in documents {
            let with = |change: fn(&mut World)| {
                let mut world = World::open(Some(level));
                change(&mut world);
                world.ask(service, job, information)
            };
            assert!(with(|_| {}).is_ok());
            assert_eq!(World::open(Some(other)).ask(service, job, information), Err(denial));
            assert_eq!(with(|world| world.until = None), Err(Denial::NotYours));
            assert_eq!(with(|world| world.until = Some(NOW)), Err(Denial::Over));
            assert_eq!(with(|world| world.consents.clear()), Err(Denial::NoConsent));
            assert_eq!(with(|world| world.planner = Planner::Other), Err(Denial::OtherOffice));
            let old = Some(Paper { age: Age::Older, doctor: Some(true) });
            let mut world = World { paper: old, ..World::open(Some(level)) };
            assert_eq!(world.ask(service, job, information), Err(Denial::Old));
            world.paper = Some(Paper { age: Age::Previous, doctor: None });
            let expected =
                if information == Information::Opinion { Err(Denial::Doctor) } else { with(|_| {}) };
            assert_eq!(world.ask(service, job, information), expected);
        }
        let mut world = World::open(None);
        world.consents = vec![consent(&[ConsentScope::Opinion], None, None)];
        assert_eq!(world.ask(service, job, Information::Progress), Err(Denial::NoConsent));
    }
    let mut world = World::open(None);
    world.insurer = insurer("102012");
    let city = (ServiceType::Municipality, Some(Job::Official));
    for information in [Information::Progress].into_iter().chain(documents) {
        assert_eq!(world.ask(city.0, city.1, information), Err(Denial::OtherInsurer));
    }
    world.until = Some(NOW);
    for service in [ServiceType::DayService, ServiceType::HomeVisit] {
        assert_eq!(world.ask(service, None, Information::Qualification), Err(Denial::Over));
    }
}

#[test]
fn the_look_ends_with_the_right_or_the_consent_whichever_is_first() {
    let (service, job) = (ServiceType::CareManagement, Some(Job::CareManager));
    let mut world = World::open(Some(CareLevel::Care2));
    let until = |world: &World| world.ask(service, job, Information::Survey).unwrap().until;
    assert_eq!(until(&world), Some(Time(2_000)));
    world.consents = vec![consent(ConsentScope::ALL, Some(Time(1_500)), None)];
    assert_eq!(until(&world), Some(Time(1_500)));
}

#[test]
fn every_reason_has_its_words() {
    for denial in Denial::ALL {
        assert!(fault::find(denial.code()).is_some(), "{}", denial.code());
    }
}

#[test]
fn who_reads_the_record_and_who_enters() {
    let staff = |role, service, job, number: Option<&str>| Staff {
        user_id: UserId::parse("city01").unwrap(),
        name: "市 花子".into(),
        role,
        office: OfficeNumber::parse("1070400005").unwrap(),
        office_name: "伊勢崎市".into(),
        service,
        job,
        insurer: number.map(insurer),
    };
    let city = ServiceType::Municipality;
    let mine = insurer("102046");
    let enter = |role, service, job, number| may_enter(&staff(role, service, job, number), &mine);
    let official = Some(Job::Official);
    assert_eq!(enter(Role::Municipality, city, official, Some("102046")), Ok(()));
    assert_eq!(enter(Role::Municipality, city, official, Some("102012")), Err(Denial::OtherInsurer));
    assert_eq!(enter(Role::Municipality, city, official, None), Err(Denial::OtherInsurer));
    assert_eq!(enter(Role::Municipality, city, None, Some("102046")), Err(Denial::Job));
    assert_eq!(enter(Role::Administrator, city, official, Some("102046")), Err(Denial::Service));
    let office = ServiceType::CareManagement;
    assert_eq!(enter(Role::Municipality, office, official, Some("102046")), Err(Denial::Service));
    for role in [Role::Office, Role::Staff, Role::Municipality, Role::Medical] {
        assert_eq!(may_read_audit(&staff(role, office, None, None)), Err(Denial::Administrator));
    }
    assert_eq!(may_read_audit(&staff(Role::Administrator, office, None, None)), Ok(()));

    let follow = |service, job| may_follow(&staff(Role::Staff, service, job, None));
    assert_eq!(follow(office, Some(Job::CareManager)), Ok(()));
    assert_eq!(follow(office, Some(Job::OfficeClerk)), Err(Denial::Job));
    assert_eq!(follow(office, None), Err(Denial::Job));
    assert_eq!(follow(ServiceType::CommunitySupport, Some(Job::SocialWorker)), Ok(()));
    assert_eq!(follow(ServiceType::DayService, Some(Job::CareManager)), Err(Denial::Service));
    // Its own people stand in its queue; it has no clients.
    assert_eq!(follow(ServiceType::Municipality, Some(Job::Official)), Err(Denial::Service));
}

fn any_world() -> impl Strategy<Value = World> {
    let level = proptest::option::of(proptest::sample::select(CareLevel::ALL));
    let planner = proptest::sample::select(vec![Planner::This, Planner::Nobody, Planner::Other]);
    let paper = proptest::option::of(
        (proptest::sample::select(Age::ALL), proptest::option::of(any::<bool>()))
            .prop_map(|(age, doctor)| Paper { age, doctor }),
    );
    let one = (
        proptest::sample::subsequence(ConsentScope::ALL.to_vec(), 0..=ConsentScope::ALL.len()),
        proptest::option::of(900i64..1_100),
        proptest::option::of(900i64..1_100),
    )
        .prop_map(|(scope, until, gone)| consent(&scope, until.map(Time), gone.map(Time)));
    let consents = proptest::collection::vec(one, 0..3);
    let until = proptest::option::of(900i64..1_100);
    (level, planner, paper, consents, until, any::<bool>()).prop_map(
        |(level, planner, paper, consents, until, own)| World {
            insurer: insurer(if own { "102046" } else { "102012" }),
            consents,
            until: until.map(Time),
            level,
            planner,
            paper,
        },
    )
}

fn any_asker() -> impl Strategy<Value = (ServiceType, Option<Job>, Information)> {
    (
        proptest::sample::select(SERVICES.to_vec()),
        proptest::option::of(proptest::sample::select(Job::ALL)),
        proptest::sample::select(Information::ALL.to_vec()),
    )
}

proptest! {
    /// Without consent an office never sees 認定情報, whatever else is granted.
    #[test]
    fn no_consent_never((service, job, information) in any_asker(), mut world in any_world()) {
        world.consents.clear();
        let kept = information == Information::Qualification || service == ServiceType::Municipality;
        prop_assert!(kept || world.ask(service, job, information).is_err());
    }

    /// Once any consent is withdrawn, what it covered is closed at once.
    #[test]
    fn withdrawn_never((service, job, information) in any_asker(), mut world in any_world()) {
        world.consents.push(consent(ConsentScope::ALL, None, Some(NOW)));
        let kept = information == Information::Qualification || service == ServiceType::Municipality;
        prop_assert!(kept || world.ask(service, job, information).is_err());
    }

    /// A restriction more never opens anything and never makes a look longer.
    #[test]
    fn a_restriction_never_opens((service, job, information) in any_asker(), world in any_world(), which in 0usize..8) {
        let before = world.ask(service, job, information);
        let mut less = world;
        match which {
            0 => less.until = None,
            1 => less.until = less.until.map(|until| until.plus(-50)),
            2 => less.consents.clear(),
            3 => less.consents.iter_mut().for_each(|one| one.terms.until = Some(Time(1_050).min(one.terms.until.unwrap_or(Time(1_050))))),
            4 => less.consents.push(consent(ConsentScope::ALL, None, Some(NOW))),
            5 => less.planner = Planner::Other,
            6 => less.paper = less.paper.map(|paper| Paper { doctor: None, ..paper }),
            _ => less.insurer = insurer("102012"),
        }
        let after = less.ask(service, job, information);
        if let Ok(grant) = after {
            let Ok(first) = before else { return Err(TestCaseError::fail("a restriction opened it")) };
            prop_assert!(first.until.is_none_or(|until| grant.until.is_some_and(|end| end <= until)));
        }
        let jobless = less.ask(service, None, information);
        prop_assert!(jobless.is_err() || less.ask(service, job, information).is_ok());
    }
}
