//! `/api/v1/cases/list`, `/api/v1/cases/events`

use crate::browser::{Browser, Said};
use crate::municipality::{clerk, enter};
use crate::person_search::{request, search};
use crate::world::{TODAY, World};
use kakehashi_domain::access::Denial;
use kakehashi_domain::calendar::Date;
use kakehashi_domain::certification::{ApplicationKind, Case, Fact, History, Outcome, Stage, Step};
use kakehashi_domain::upstream::{
    CaseEntry, CaseEventsRequest, CaseEventsResponse, CasesAll, CasesChanged, CasesNews, CasesRequest,
    CasesResponse, ClientRequest, ClosedPerson, ConsentBasis, ConsentGiver, ConsentMethod, ConsentScope,
    ConsentTerms, Empty, EnterResponse, Mark, Pace, Person, PersonHandle, route,
};
use kakehashi_platform::params;
use kakehashi_platform::store::Connection;
use kakehashi_platform::{Clock, DemoPerson};

/// Somebody with this to be seen.
pub(crate) fn noted<'a>(world: &'a World, note: &str) -> &'a DemoPerson {
    world.people.iter().find(|person| person.note.contains(note)).unwrap()
}

/// Finds somebody who consented, and puts them on the office's list.
pub(crate) async fn client(world: &World, browser: &Browser, who: &DemoPerson) -> Person {
    consented(world, who);
    let person = search(browser, &request(who)).await.ok().person;
    let body = ClientRequest { person: person.handle.clone() };
    browser.post(route::CLIENTS_ADD, &body).await.said::<Empty>().ok();
    person
}

/// The sandbox's own database, beside it.
pub(crate) fn database(world: &World) -> Connection {
    world.database()
}

/// The progress, since yesterday.
fn terms(world: &World) -> ConsentTerms {
    ConsentTerms {
        giver: ConsentGiver::Person,
        giver_name: None,
        method: ConsentMethod::Written,
        basis: ConsentBasis::Application,
        basis_version: None,
        scope: vec![ConsentScope::Progress],
        given_at: world.clock().now().plus(-86_400),
        until: None,
    }
}

/// Somebody consented with the application, whatever the seed says of them.
fn consented(world: &World, who: &DemoPerson) {
    let terms = terms(world);
    let database = database(world);
    database
        .execute(
            "DELETE FROM data_consent WHERE person = (SELECT id FROM person WHERE insured = ?1)",
            [who.insured.as_str()],
        )
        .unwrap();
    database
        .execute(
            "INSERT INTO data_consent (id, person, recorded_at, terms)
             SELECT 'paper of ' || id, id, ?2, ?3 FROM person WHERE insured = ?1",
            params![who.insured.as_str(), terms.given_at.0, serde_json::to_string(&terms).unwrap()],
        )
        .unwrap();
}

/// Somebody's consents are withdrawn, by whatever way.
fn withdraw(world: &World, who: &DemoPerson) {
    let now = world.clock().now().0;
    let changed = database(world)
        .execute(
            "UPDATE data_consent SET withdrawn_at = ?2, withdrawn_by = '\"person\"'
             WHERE person = (SELECT id FROM person WHERE insured = ?1)",
            params![who.insured.as_str(), now],
        )
        .unwrap();
    assert!(changed > 0, "there was one to withdraw");
}

async fn list(browser: &Browser, seen: Option<&Mark>) -> CasesResponse {
    let body = CasesRequest { seen: seen.cloned() };
    browser.post(route::CASES_LIST, &body).await.said().ok()
}

async fn all(browser: &Browser) -> (Mark, CasesAll) {
    let answer = list(browser, None).await;
    let CasesNews::All(all) = answer.news else { panic!("{:?}", answer.news) };
    (answer.mark, all)
}

async fn changed(browser: &Browser, seen: &Mark) -> (Mark, CasesChanged) {
    let answer = list(browser, Some(seen)).await;
    let CasesNews::Changed(changed) = answer.news else { panic!("{:?}", answer.news) };
    (answer.mark, changed)
}

pub(crate) async fn events(browser: &Browser, person: &PersonHandle) -> Said<CaseEventsResponse> {
    let body = CaseEventsRequest { person: person.clone() };
    browser.post(route::CASES_EVENTS, &body).await.said()
}

fn open(entries: &[CaseEntry]) -> Vec<&CaseEntry> {
    entries.iter().filter(|entry| entry.case.outcome.is_none()).collect()
}

#[tokio::test]
async fn the_board_holds_the_clients_cases_and_says_what_is_new() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let (mark, empty) = all(&browser).await;
    assert_eq!(empty, CasesAll::default());
    let waiting = client(&world, &browser, noted(&world, "主治医意見書を待つ人")).await;
    let (mark, news) = changed(&browser, &mark).await;
    let [entry] = &open(&news.cases)[..] else { panic!("{news:?}") };
    assert_eq!((&entry.person, entry.case.opinion_on), (&waiting, None));
    // Asked again with what it has: nothing, and the mark stays.
    let again = list(&browser, Some(&mark)).await;
    assert_eq!((again.news, &again.mark, again.again_in_s), (CasesNews::Unchanged, &mark, 30));
    // A colleague's mark, an old one and a made-up one are no marks: everything comes.
    let (colleague, _) = world.signed_in("KYOTAKU.ADMIN").await;
    for stranger in [mark.clone(), Mark("x".into())] {
        let CasesNews::All(all) = list(&colleague, Some(&stranger)).await.news else { panic!("all") };
        assert_eq!(open(&all.cases), [*entry]);
    }
    world.stop().await;
}

#[tokio::test]
async fn what_a_clerk_enters_is_on_the_board_and_in_the_events() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let person = client(&world, &browser, noted(&world, "主治医意見書を待つ人")).await;
    let (mark, before) = all(&browser).await;
    let case = open(&before.cases)[0].case.clone();
    let clerk = clerk(&world, "ISESAKI.MORI").await;
    let today = world.clock().now().date();
    let entered = enter(&clerk, &case, &[Fact::Opinion(today)]).await;
    assert!(matches!(entered, EnterResponse::Saved(_)), "{entered:?}");
    let (mark, news) = changed(&browser, &mark).await;
    let [entry] = &news.cases[..] else { panic!("only this: {news:?}") };
    assert_eq!((entry.case.opinion_on, entry.case.version), (Some(today), case.version + 1));
    assert_eq!((&news.gone, &news.paces), (&Vec::new(), &None));
    assert_eq!(list(&browser, Some(&mark)).await.news, CasesNews::Unchanged);
    // The list and the events come to the same case.
    let told = events(&browser, &person.handle).await.ok();
    let of_case = told.cases.into_iter().find(|one| one.case == case.id).unwrap();
    let history = History::of(of_case.case, of_case.events);
    assert_eq!(history.case, entry.case);
    assert_eq!(history.entries.last().unwrap().event.source, "伊勢崎市(保険者)");
    world.stop().await;
}

#[tokio::test]
async fn a_case_leaves_when_consent_is_withdrawn_or_the_client_goes() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let (first, second) = (noted(&world, "主治医意見書を待つ人"), noted(&world, "認定調査の日が決まった人"));
    let (one, other) = (client(&world, &browser, first).await, client(&world, &browser, second).await);
    let (mark, before) = all(&browser).await;
    let of = |person: &Person| {
        let of = before.cases.iter().filter(|entry| entry.person == *person);
        let mut ids: Vec<_> = of.map(|entry| entry.case.id.clone()).collect();
        ids.sort();
        ids
    };
    withdraw(&world, first);
    let (mark, news) = changed(&browser, &mark).await;
    assert_eq!((news.gone, &news.cases), (of(&one), &Vec::new()));
    let [closed] = &news.closed[..] else { panic!("{:?}", news.closed) };
    assert_eq!((&closed.person, closed.why), (&one.handle, Denial::Withdrawn));
    assert_eq!(events(&browser, &one.handle).await.refused().code, "UPS-133");
    let body = ClientRequest { person: other.handle.clone() };
    browser.post(route::CLIENTS_REMOVE, &body).await.said::<Empty>().ok();
    let (mark, news) = changed(&browser, &mark).await;
    assert_eq!(news.gone, of(&other));
    // Nobody is told that the case of the closed one goes on.
    let case = open(&before.cases).into_iter().find(|entry| entry.person == one).unwrap().case.clone();
    let clerk = clerk(&world, "ISESAKI.MORI").await;
    enter(&clerk, &case, &[Fact::Opinion(world.clock().now().date())]).await;
    assert_eq!(list(&browser, Some(&mark)).await.news, CasesNews::Unchanged);
    world.stop().await;
}

#[tokio::test]
async fn what_ends_by_itself_leaves_without_anybody_entering_anything() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let who = noted(&world, "主治医意見書を待つ人");
    let person = client(&world, &browser, who).await;
    let hour = world.clock().now().plus(1_800);
    let terms = ConsentTerms { until: Some(hour), ..terms(&world) };
    let changed_terms = database(&world).execute(
        "UPDATE data_consent SET terms = ?2 WHERE person = (SELECT id FROM person WHERE insured = ?1)",
        params![who.insured.as_str(), serde_json::to_string(&terms).unwrap()],
    );
    assert!(changed_terms.unwrap() > 0);
    let (mark, before) = all(&browser).await;
    assert!(!before.cases.is_empty());
    world.clock().shift(1_500);
    assert_eq!(list(&browser, Some(&mark)).await.news, CasesNews::Unchanged);
    world.clock().shift(600);
    let (_, news) = changed(&browser, &mark).await;
    assert_eq!(news.gone.len(), before.cases.len());
    assert_eq!((&news.closed[0].person, news.closed[0].why), (&person.handle, Denial::ConsentOver));
    world.stop().await;
}

#[tokio::test]
async fn who_may_not_follow_gets_the_same_reason_whoever_is_asked_for() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let person = client(&world, &browser, noted(&world, "主治医意見書を待つ人")).await;
    for (user, code) in [("KYOTAKU.SUZUKI", "UPS-131"), ("DAY.ADMIN", "UPS-130")] {
        let (other, _) = world.signed_in(user).await;
        let list = other.post(route::CASES_LIST, &CasesRequest::default()).await;
        assert_eq!(list.said::<CasesResponse>().refused().code, code);
        let nobody = PersonHandle("AAAAAAAAAAAAAAAAAAAAAA".into());
        for handle in [&person.handle, &nobody] {
            assert_eq!(events(&other, handle).await.refused().code, code);
        }
    }
    // Of somebody who is not the office's, as of nobody.
    let (centre, _) = world.signed_in("HOUKATSU.KATO").await;
    let mut answers = Vec::new();
    for handle in [&person.handle, &PersonHandle("AAAAAAAAAAAAAAAAAAAAAA".into())] {
        let reply = centre.post(route::CASES_EVENTS, &CaseEventsRequest { person: handle.clone() }).await;
        answers.push((reply.status, reply.text));
    }
    assert_eq!(answers[0], answers[1]);
    assert!(answers[0].1.contains("UPS-121"));
    world.stop().await;
}

#[tokio::test]
async fn a_client_who_is_closed_looks_the_same_with_a_case_and_without() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let with = noted(&world, "主治医意見書を待つ人");
    let person = client(&world, &browser, with).await;
    let without = client(&world, &browser, world.person("expired")).await;
    database(&world).execute("DELETE FROM data_consent", []).unwrap();
    let (_, board) = all(&browser).await;
    assert_eq!((board.cases, board.paces), (Vec::new(), Vec::new()));
    assert_eq!(board.closed.len(), 2);
    for handle in [person.handle, without.handle] {
        assert!(board.closed.contains(&ClosedPerson { person: handle, why: Denial::NoConsent }));
    }
    world.stop().await;
}

/// What stands in the cases that a condition names.
fn kept(world: &World, condition: &str) -> Vec<Case> {
    let database = database(world);
    let mut select = database
        .prepare_cached(&format!(
            "SELECT c.stands FROM care_case c JOIN person p ON p.id = c.person WHERE {condition}"
        ))
        .unwrap();
    let rows = select.query_map([], |row| row.get::<_, String>(0)).unwrap();
    rows.map(|text| serde_json::from_str(&text.unwrap()).unwrap()).collect()
}

#[tokio::test]
async fn the_seeded_cases_of_the_forty_clients_show_every_stage_and_all_fit() {
    let world = World::seeded(300, 0).await;
    let today = Date::from_iso(TODAY).unwrap();
    let file = std::fs::read_to_string(world.layout.clients()).unwrap();
    let numbers: Vec<String> =
        file.lines().skip(1).map(|line| format!("'{}'", line.split(',').nth(1).unwrap())).collect();
    let clients = kept(&world, &format!("p.insured IN ({})", numbers.join(",")));
    for stage in Stage::ALL {
        assert!(clients.iter().any(|case| case.stage(today) == *stage), "{stage:?} is missing");
    }
    let open: Vec<_> = clients.iter().filter(|case| case.outcome.is_none()).collect();
    let late = open.iter().filter(|case| case.is_late(today)).count();
    let postponed = open.iter().filter(|case| case.postponement.is_some()).count();
    assert!((10..=18).contains(&open.len()) && late >= 2 && postponed >= 2, "{} {late}", open.len());
    for case in kept(&world, "1 = 1") {
        assert_eq!(case.contradictions(today), [], "{case:?}");
    }
    world.stop().await;
}

#[tokio::test]
async fn an_insurer_with_enough_decided_cases_has_medians_and_another_has_none() {
    let world = World::seeded(300, 300).await;
    let database = database(&world);
    database.execute("DELETE FROM data_consent", []).unwrap();
    let terms = serde_json::to_string(&terms(&world)).unwrap();
    database
        .execute(
            "INSERT INTO data_consent (id, person, recorded_at, terms) SELECT 'p' || id, id, 0, ?1 FROM person",
            [terms],
        )
        .unwrap();
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let (_, board) = all(&browser).await;
    let insurers = |entry: &CaseEntry| entry.person.insurer.as_str() != "102046";
    assert!(board.cases.iter().any(insurers), "there are cases of another insurer");
    let today = world.clock().now().date();
    assert!(!board.paces.is_empty());
    for pace in &board.paces {
        assert!(pace.insurer.as_str() == "102046" && pace.cases >= 10, "{pace:?}");
        assert_eq!((pace.first, pace.last), (today.plus_months(-18), today.plus_days(-1)));
    }
    // The judge goes through all that was decided.
    let decided = kept(&world, "p.insurer = '102046'");
    let renewals: Vec<i64> = {
        let mut days: Vec<i64> = decided
            .iter()
            .filter(|case| case.application.unwrap().kind == ApplicationKind::Renewal)
            .filter_map(|case| match case.outcome.as_ref()? {
                Outcome::Certified { on, .. } | Outcome::NotCertified { on }
                    if (today.plus_months(-18)..today).contains(on) =>
                {
                    Some(case.application.unwrap().on.days_until(*on))
                }
                _ => None,
            })
            .collect();
        days.sort_unstable();
        days
    };
    let of = |pace: &&Pace| pace.kind == ApplicationKind::Renewal && pace.from == Step::Application;
    let pace = board.paces.iter().find(of).unwrap();
    assert_eq!(pace.cases as usize, renewals.len());
    assert_eq!(i64::from(pace.median_days), renewals[renewals.len() / 2]);
    world.stop().await;
}
