//! Every cell of docs/access.md, tried from the wrong side: kind × service × job × each condition that fails,
//! straight to the sandbox and through the relay. A refusal says its reason, and of somebody who is not there
//! the very same bytes as of somebody who may not be seen.

use crate::access_state::{Facts, Wrong};
use crate::access_table::{Cell, cells};
use crate::browser::{Browser, Reply};
use crate::relayed::Relayed;
use crate::world::World;
use kakehashi_domain::upstream::{DocumentListResponse, Job, PersonHandle, ServiceType, route};
use kakehashi_platform::Clock;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const ACCOUNTS: [(ServiceType, &str); 6] = [
    (ServiceType::CareManagement, "KYOTAKU.SATO"),
    (ServiceType::CommunitySupport, "HOUKATSU.NAKAMURA"),
    (ServiceType::DayService, "DAY.TANAKA"),
    (ServiceType::HomeVisit, "HOMON.INOUE"),
    (ServiceType::Clinic, "IIN.KAKU"),
    (ServiceType::Municipality, "ISESAKI.MORI"),
];

/// The papers, in the order of the shelf.
const PAPERS: [&str; 3] = ["認定調査票", "主治医意見書", "判定結果・審査会の意見"];

/// Somebody at an office, and what the office calls the papers it may see.
struct Seat {
    office: String,
    browser: Browser,
    papers: BTreeMap<(PersonHandle, &'static str), String>,
}

impl Seat {
    /// Learns the names of the papers while everything is well.
    async fn learn(&mut self, facts: &Facts) {
        for wrong in [Wrong::Nothing, Wrong::Doctor] {
            let person = facts.handle(&self.office, wrong);
            let listed = self.browser.post(route::DOCUMENTS_LIST, &json!({ "person": person })).await;
            let listed: DocumentListResponse = listed.said().ok();
            for (shelf, name) in listed.kinds.iter().zip(PAPERS) {
                if let Some(head) = shelf.documents.first() {
                    self.papers.insert((person.clone(), name), head.id.0.clone());
                }
            }
        }
    }

    /// Tries a kind of information.
    async fn tries(&self, information: &'static str, person: &PersonHandle, wrong: Wrong) -> Reply {
        match information {
            "資格情報" => {
                self.browser.post(route::PERSON_QUALIFICATION, &json!({ "person": person })).await
            }
            "認定の進捗" => self.browser.post(route::CASES_EVENTS, &json!({ "person": person })).await,
            paper => {
                let unknown = match paper {
                    "認定調査票" => "sAAAAAAAAAAAAAAAAAAAAAA",
                    "主治医意見書" => "oAAAAAAAAAAAAAAAAAAAAAA",
                    _ => "jAAAAAAAAAAAAAAAAAAAAAA",
                };
                let known = self.papers.get(&(person.clone(), paper)).map_or(unknown, String::as_str);
                let document = if wrong == Wrong::Old { unknown } else { known };
                let body = json!({ "person": person, "document": document, "part": "content" });
                self.browser.post(route::DOCUMENTS_OPEN, &body).await
            }
        }
    }
}

/// What docs/access.md says of it: a code, or nothing when it is shown.
fn expected(cell: &Cell, all: &[Cell], wrong: Wrong) -> Option<&'static str> {
    let Some(conditions) = &cell.conditions else {
        let some_job = all.iter().any(|other| {
            other.information == cell.information
                && other.service == cell.service
                && other.conditions.is_some()
        });
        return Some(if some_job { "UPS-131" } else { "UPS-130" });
    };
    if wrong == Wrong::Unknown {
        let municipal = conditions.iter().any(|one| one == "自らの被保険者");
        return Some(if municipal { "UPS-140" } else { "UPS-121" });
    }
    // A municipality's shelf has no more than two of a kind either.
    let old = wrong == Wrong::Old && PAPERS.contains(&cell.information.as_str());
    let (condition, code) = wrong.breaks()?;
    (old || conditions.iter().any(|one| one == condition)).then_some(code)
}

fn refusal(reply: &Reply) -> Option<String> {
    assert_eq!(reply.status, http::StatusCode::OK, "{reply:?}");
    let body: Value = serde_json::from_str(&reply.text).unwrap();
    assert!(body.get("ok").is_some() != body.get("error").is_some());
    body["error"]["code"].as_str().map(str::to_owned)
}

async fn walk(world: &World, relayed: bool) {
    let facts = Facts::of(world, world.clock().now());
    facts.make(Wrong::Nothing);
    let (mut seats, mut relays) = (Vec::new(), Vec::new());
    for (service, user) in ACCOUNTS {
        let office = world.account(user).office.clone();
        let mut browser = world.browser(&office);
        if relayed {
            let relay = Relayed::start(world, &office).await;
            browser.go_through(&relay, &office);
            relays.push(relay);
        }
        world.sign_in_with(&mut browser, user).await;
        seats.push((service, Seat { office, browser, papers: BTreeMap::new() }));
    }
    for (job, service) in [(Job::CareManager, 0), (Job::CareManager, 1), (Job::Official, 5)] {
        facts.job(Some(job.code()));
        seats[service].1.learn(&facts).await;
    }
    let all = cells();
    let jobs = std::iter::once(None).chain(Job::ALL.iter().copied().map(Some));
    // What is said of somebody, by account and code: the same whoever it is.
    let mut said: BTreeMap<String, String> = BTreeMap::new();
    let (mut tried, mut shown) = (0, 0);
    for job in jobs {
        facts.job(job.as_ref().map(Job::code));
        for wrong in Wrong::ALL {
            facts.make(wrong);
            for (service, seat) in &seats {
                let person = facts.handle(&seat.office, wrong);
                for information in ["資格情報", "認定の進捗"].into_iter().chain(PAPERS) {
                    let at = |cell: &&Cell| {
                        cell.information == information && cell.service == *service && cell.job == job
                    };
                    let cell = all.iter().find(at).unwrap();
                    // What is closed to a job is closed whatever holds; three ways of asking show that.
                    let telling = [Wrong::NoRight, Wrong::Unknown, Wrong::Nothing];
                    if cell.conditions.is_none() && !telling.contains(&wrong) {
                        continue;
                    }
                    let reply = seat.tries(information, &person, wrong).await;
                    let code = refusal(&reply);
                    let place = format!("{information} {service:?} {job:?} {wrong:?}");
                    assert_eq!(code.as_deref(), expected(cell, &all, wrong), "{place}: {}", reply.text);
                    tried += 1;
                    match code {
                        None => shown += 1,
                        Some(code) => {
                            let before = said.entry(code).or_insert_with(|| reply.text.clone());
                            assert_eq!(*before, reply.text, "{place}");
                        }
                    }
                }
            }
        }
    }
    assert!(tried > 1_300 && shown > 130 && said.len() == 13, "{tried} {shown} {:?}", said.keys());
    for relay in relays {
        relay.stop().await;
    }
}

#[tokio::test]
async fn every_cell_straight_to_the_sandbox() {
    let world = World::start().await;
    walk(&world, false).await;
    world.stop().await;
}

#[tokio::test]
async fn every_cell_through_the_relay() {
    let world = World::start().await;
    walk(&world, true).await;
    world.stop().await;
}
