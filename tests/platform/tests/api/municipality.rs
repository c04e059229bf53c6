//! `/api/v1/municipality/cases`, `/enter`

use crate::browser::Browser;
use crate::cases::{client, database, events, noted};
use crate::world::World;
use kakehashi_domain::certification::{
    ApplicationKind, Case, CaseId, Contradiction, Fact, Outcome, Stage, Step, Validity,
};
use kakehashi_domain::qualification::{CareLevel, Content};
use kakehashi_domain::upstream::{
    CaseEvents, CaseEventsRequest, CaseEventsResponse, EnterRequest, EnterResponse, HistoryRequest,
    HistoryResponse, PageMark, Person, QualificationRequest, QueueEntry, QueueFilter, QueueRequest,
    QueueResponse, route,
};
use kakehashi_platform::Clock;

/// A clerk, signed in.
pub(crate) async fn clerk(world: &World, user: &str) -> Browser {
    world.signed_in(user).await.0
}

/// Enters facts on the version of a case.
pub(crate) async fn enter(clerk: &Browser, case: &Case, facts: &[Fact]) -> EnterResponse {
    let body = EnterRequest { case: case.id.clone(), version: case.version, facts: facts.to_vec() };
    clerk.post(route::MUNICIPALITY_ENTER, &body).await.said().ok()
}

/// Enters facts that fit.
pub(crate) async fn save(clerk: &Browser, case: &Case, facts: &[Fact]) -> Case {
    match enter(clerk, case, facts).await {
        EnterResponse::Saved(entry) => entry.case,
        other => panic!("{other:?}"),
    }
}

async fn queue(clerk: &Browser, filter: QueueFilter, after: Option<PageMark>, size: u16) -> QueueResponse {
    let body = QueueRequest { filter, after, size };
    clerk.post(route::MUNICIPALITY_CASES, &body).await.said().ok()
}

/// The open case of somebody with this to be seen.
pub(crate) async fn of(clerk: &Browser, world: &World, note: &str) -> QueueEntry {
    let text = Some(noted(world, note).insured.as_str().to_owned());
    let found = queue(clerk, QueueFilter { text, ..QueueFilter::default() }, None, 10).await;
    assert_eq!(found.total, 1, "{found:?}");
    found.cases.into_iter().next().unwrap()
}

#[tokio::test]
async fn the_queue_comes_in_pages_oldest_first_each_case_once() {
    let world = World::start().await;
    let clerk = clerk(&world, "ISESAKI.MORI").await;
    let everything = || QueueFilter { ended: true, ..QueueFilter::default() };
    let whole = queue(&clerk, everything(), None, 200).await;
    assert!(whole.total >= 20 && whole.next.is_none());
    assert_eq!(whole.total as usize, whole.cases.len());
    let day = |entry: &QueueEntry| entry.case.application.map(|application| application.on);
    assert!(whole.cases.is_sorted_by_key(day));
    assert!(whole.cases.iter().all(|entry| entry.person.insurer.as_str() == "102046"));
    let (mut paged, mut after) = (Vec::new(), None);
    loop {
        let page = queue(&clerk, everything(), after, 7).await;
        assert!(page.cases.len() <= 7 && page.total == whole.total);
        paged.extend(page.cases);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(paged, whole.cases);
    let body = QueueRequest { after: Some(PageMark("?".into())), size: 5, ..QueueRequest::default() };
    let (status, code, detail) = clerk.post(route::MUNICIPALITY_CASES, &body).await.problem();
    assert_eq!((status, code.as_str(), detail.as_str()), (400, "UPS-400", "after"));
    world.stop().await;
}

#[tokio::test]
async fn a_filter_finds_what_it_says_and_a_plain_look_at_all_agrees() {
    let world = World::start().await;
    let clerk = clerk(&world, "ISESAKI.MORI").await;
    let today = world.clock().now().date();
    let all = queue(&clerk, QueueFilter { ended: true, ..QueueFilter::default() }, None, 200).await.cases;
    let middle = all[all.len() / 2].case.application.unwrap().on;
    let who = noted(&world, "主治医意見書を待つ人");
    let kana = who.kana.split('\u{3000}').next().unwrap().to_owned();
    let base = QueueFilter { ended: true, ..QueueFilter::default() };
    type Agrees = Box<dyn Fn(&QueueEntry) -> bool>;
    let part = kana.clone();
    let filters: Vec<(QueueFilter, Agrees)> = vec![
        (QueueFilter::default(), Box::new(|entry| entry.case.outcome.is_none())),
        (
            QueueFilter { stage: Some(Stage::Certified), ..base.clone() },
            Box::new(move |entry| entry.case.stage(today) == Stage::Certified),
        ),
        (
            QueueFilter { kind: Some(ApplicationKind::Change), ..base.clone() },
            Box::new(|entry| entry.case.application.unwrap().kind == ApplicationKind::Change),
        ),
        (QueueFilter { late: true, ..base.clone() }, Box::new(move |entry| entry.case.is_late(today))),
        (
            QueueFilter { applied_from: Some(middle), ..base.clone() },
            Box::new(move |entry| entry.case.application.unwrap().on >= middle),
        ),
        (
            QueueFilter { applied_to: Some(middle), ..base.clone() },
            Box::new(move |entry| entry.case.application.unwrap().on <= middle),
        ),
        (
            QueueFilter { text: Some(kana), ..base.clone() },
            Box::new(move |entry| entry.person.kana.contains(&part)),
        ),
    ];
    for (filter, agrees) in filters {
        let expected: Vec<_> = all.iter().filter(|entry| agrees(entry)).cloned().collect();
        assert!(!expected.is_empty(), "{filter:?}");
        assert_eq!(queue(&clerk, filter, None, 200).await.cases, expected);
    }
    world.stop().await;
}

#[tokio::test]
async fn the_second_of_two_clerks_is_told_and_nothing_is_lost() {
    let world = World::start().await;
    let (first, second) = (clerk(&world, "ISESAKI.MORI").await, clerk(&world, "ISESAKI.ISHII").await);
    let case = of(&first, &world, "主治医意見書を待つ人").await.case;
    let today = world.clock().now().date();
    let (opinion, survey) = ([Fact::Opinion(today)], [Fact::Survey(today.plus_days(-1))]);
    // At once, over two connections.
    let (one, other) = tokio::join!(enter(&first, &case, &opinion), enter(&second, &case, &survey));
    let (saved, conflict, by, lost) = match (one, other) {
        (EnterResponse::Saved(saved), EnterResponse::Conflict(conflict)) => {
            (saved, conflict, "森 和子", survey)
        }
        (EnterResponse::Conflict(conflict), EnterResponse::Saved(saved)) => {
            (saved, conflict, "石井 浩", opinion)
        }
        other => panic!("one is saved, one is told: {other:?}"),
    };
    assert_eq!((conflict.by.as_str(), &conflict.case), (by, &saved.case));
    let told: Vec<_> = conflict.since.iter().map(|event| event.version).collect();
    assert_eq!(told, [case.version + 1]);
    assert_eq!((saved.changed_by.as_str(), conflict.at), (by, world.clock().now()));
    // On the new version the other one's fact goes in beside the first.
    let after = save(&second, &conflict.case, &lost).await;
    assert_eq!((after.opinion_on, after.survey_on), (Some(today), Some(today.plus_days(-1))));
    world.stop().await;
}

/// Every event of somebody's cases, with what is told beside them.
async fn told(browser: &Browser, person: &Person) -> Vec<CaseEvents> {
    let body = CaseEventsRequest { person: person.handle.clone() };
    browser.post(route::CASES_EVENTS, &body).await.said::<CaseEventsResponse>().ok().cases
}

#[tokio::test]
async fn the_municipality_alone_learns_which_clerk_entered_what() {
    let world = World::start().await;
    let first = clerk(&world, "ISESAKI.MORI").await;
    let second = clerk(&world, "ISESAKI.ISHII").await;
    let entry = of(&first, &world, "主治医意見書を待つ人").await;
    let today = world.clock().now().date();
    let once = save(&first, &entry.case, &[Fact::Opinion(today.plus_days(-1))]).await;
    let twice = save(&second, &once, &[Fact::Opinion(today)]).await;
    let cases = told(&first, &entry.person).await;
    let theirs = cases.iter().find(|one| one.case == entry.case.id).unwrap();
    let by: Vec<_> = theirs.hands.iter().map(|hand| (hand.version, hand.by.as_str())).collect();
    assert_eq!(by, [(once.version, "森 和子"), (twice.version, "石井 浩")]);
    for hand in &theirs.hands {
        assert_eq!(theirs.events.iter().filter(|event| hand.entered(event)).count(), 1);
    }
    // An office sees the same events, and that the insurer said so.
    let (office, _) = world.signed_in("KYOTAKU.SATO").await;
    let person = client(&world, &office, noted(&world, "主治医意見書を待つ人")).await;
    let seen = told(&office, &person).await;
    assert!(seen.iter().all(|one| one.hands.is_empty()));
    assert_eq!(seen.iter().find(|one| one.case == theirs.case).unwrap().events, theirs.events);
    world.stop().await;
}

#[tokio::test]
async fn twenty_entries_at_once_are_one_and_the_others_are_told() {
    let world = World::start().await;
    let clerk = clerk(&world, "ISESAKI.MORI").await;
    let case = of(&clerk, &world, "主治医意見書を待つ人").await.case;
    let today = world.clock().now().date();
    let facts: Vec<[Fact; 1]> = (0..20).map(|ago| [Fact::Opinion(today.plus_days(-ago))]).collect();
    let answers = futures_util::future::join_all(facts.iter().map(|fact| enter(&clerk, &case, fact))).await;
    let saved = answers.iter().filter(|answer| matches!(answer, EnterResponse::Saved(_))).count();
    let told = answers.iter().filter(|answer| matches!(answer, EnterResponse::Conflict(_))).count();
    assert_eq!((saved, told), (1, 19));
    let events: i64 = database(&world)
        .query_row(
            "SELECT count(*) FROM case_event WHERE version = ?1 AND care_case =
            (SELECT id FROM care_case WHERE name = ?2)",
            kakehashi_platform::params![case.version + 1, case.id.0],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(events, 1);
    world.stop().await;
}

#[tokio::test]
async fn the_same_entry_sent_again_is_saved_once() {
    let world = World::start().await;
    let clerk = clerk(&world, "ISESAKI.MORI").await;
    let case = of(&clerk, &world, "主治医意見書を待つ人").await.case;
    let fact = [Fact::Opinion(world.clock().now().date())];
    let first = save(&clerk, &case, &fact).await;
    // The answer was lost on the way; the clerk's screen sends it once more.
    assert_eq!(save(&clerk, &case, &fact).await, first);
    assert_eq!(first.version, case.version + 1);
    world.stop().await;
}

#[tokio::test]
async fn what_cannot_be_so_is_refused_and_nothing_of_it_entered() {
    let world = World::start().await;
    let clerk = clerk(&world, "ISESAKI.MORI").await;
    let case = of(&clerk, &world, "主治医意見書を待つ人").await.case;
    let today = world.clock().now().date();
    let good = Fact::FirstJudgement(today);
    for (facts, why) in [
        (vec![good.clone(), Fact::Opinion(today.plus_days(1))], Contradiction::Future(Step::Opinion)),
        (vec![good.clone(), good.clone()], Contradiction::Twice(Step::FirstJudgement)),
        (vec![good.clone(), Fact::Cleared(Step::Application)], Contradiction::NoApplication),
    ] {
        assert_eq!(enter(&clerk, &case, &facts).await, EnterResponse::Refused(vec![why]));
    }
    assert_eq!(of(&clerk, &world, "主治医意見書を待つ人").await.case, case);
    let unknown = r#"{"case":"c","version":1,"facts":[{"cleared":"party"}]}"#;
    let (status, code, detail) = clerk
        .post(route::MUNICIPALITY_ENTER, &serde_json::from_str::<serde_json::Value>(unknown).unwrap())
        .await
        .problem();
    assert_eq!((status, code.as_str(), detail.as_str()), (400, "UPS-400", "facts"));
    world.stop().await;
}

#[tokio::test]
async fn another_insurers_case_answers_as_one_that_does_not_exist() {
    let world = World::seeded(300, 0).await;
    let clerk = clerk(&world, "ISESAKI.MORI").await;
    let other: String = database(&world)
        .query_row("SELECT name FROM care_case WHERE insurer <> '102046' LIMIT 1", [], |row| row.get(0))
        .unwrap();
    let mut answers = Vec::new();
    for name in [other, "AAAAAAAAAAAAAAAAAAAAAA".into()] {
        let body = EnterRequest { case: CaseId(name), version: 1, facts: vec![] };
        let reply = clerk.post(route::MUNICIPALITY_ENTER, &body).await;
        answers.push((reply.status, reply.text));
    }
    assert_eq!(answers[0], answers[1]);
    assert!(answers[0].1.contains(r#"{"refused":["unknown"]}"#), "{}", answers[0].1);
    world.stop().await;
}

#[tokio::test]
async fn only_a_clerk_with_the_job_enters() {
    let world = World::start().await;
    let case = {
        let clerk = clerk(&world, "ISESAKI.MORI").await;
        of(&clerk, &world, "主治医意見書を待つ人").await.case
    };
    let bulk = serde_json::json!({"lines":[],"mode":"each_line"});
    for (user, code) in [
        ("ISESAKI.OKADA", "UPS-131"),
        ("KYOTAKU.SATO", "UPS-130"),
        ("KYOTAKU.ADMIN", "UPS-130"),
        ("HOUKATSU.KATO", "UPS-130"),
        ("DAY.ADMIN", "UPS-130"),
        ("IIN.KAKU", "UPS-130"),
    ] {
        let (browser, _) = world.signed_in(user).await;
        for case in [case.id.clone(), CaseId("nobody".into())] {
            let body = EnterRequest { case, version: 1, facts: vec![] };
            let reply = browser.post(route::MUNICIPALITY_ENTER, &body).await;
            assert_eq!(reply.said::<EnterResponse>().refused().code, code, "{user}");
        }
        let reply = browser
            .post(route::MUNICIPALITY_CASES, &QueueRequest { size: 5, ..QueueRequest::default() })
            .await;
        assert_eq!(reply.said::<QueueResponse>().refused().code, code, "{user}");
        let reply = browser.post(route::MUNICIPALITY_BULK, &bulk).await;
        assert_eq!(reply.said::<serde_json::Value>().refused().code, code, "{user}");
    }
    world.stop().await;
}

#[tokio::test]
async fn a_clerk_follows_the_own_insurers_people_and_every_look_is_written_down() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let theirs = client(&world, &browser, noted(&world, "主治医意見書を待つ人")).await;
    let clerk = clerk(&world, "ISESAKI.MORI").await;
    let entry = of(&clerk, &world, "主治医意見書を待つ人").await;
    assert_ne!(entry.person.handle, theirs.handle, "each office has its own name for a person");
    let told = events(&clerk, &entry.person.handle).await.ok();
    assert!(told.cases.iter().any(|one| one.case == entry.case.id));
    assert_eq!(events(&clerk, &theirs.handle).await.refused().code, "UPS-140");
    save(&clerk, &entry.case, &[Fact::Opinion(world.clock().now().date())]).await;
    let database = database(&world);
    let mut select = database
        .prepare_cached(
            "SELECT kind, refused, evidence LIKE '%signature%' FROM audit
             WHERE office = '1020460000' AND what <> 'sign_in' ORDER BY id",
        )
        .unwrap();
    let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
    let lines: Vec<(Option<String>, Option<String>, bool)> = rows.collect::<Result<_, _>>().unwrap();
    let line = |kind: &str, refused: Option<&str>| (Some(kind.to_owned()), refused.map(str::to_owned), true);
    assert_eq!(
        lines[lines.len() - 4..],
        [
            line("cases", None),
            line("case_events", None),
            line("case_events", Some("UPS-140")),
            line("entered", None)
        ]
    );
    world.stop().await;
}

async fn certificate(browser: &Browser, person: &Person) -> (Option<CareLevel>, Option<String>) {
    let body = QualificationRequest { person: person.handle.clone() };
    let all: kakehashi_domain::qualification::Qualification =
        browser.post(route::PERSON_QUALIFICATION, &body).await.said().ok();
    let Content::Present(paper) = all.certificate.content else { panic!("a certificate") };
    (paper.level, paper.validity.and_then(|validity| validity.to).map(|to| to.to_string()))
}

#[tokio::test]
async fn a_result_stands_on_the_certificate_and_a_correction_takes_its_place() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let person = client(&world, &browser, noted(&world, "審査会が終わり、結果を待つ人")).await;
    let clerk = clerk(&world, "ISESAKI.MORI").await;
    let case = of(&clerk, &world, "審査会が終わり、結果を待つ人").await.case;
    let before = certificate(&browser, &person).await;
    let on = world.clock().now().date();
    let validity = Validity::of_months(case.application.unwrap().on, 6);
    let certified = |level| [Fact::Outcome(Outcome::Certified { on, level, validity })];
    let decided = save(&clerk, &case, &certified(CareLevel::Care4)).await;
    let to = Some(validity.to.to_string());
    assert_eq!(certificate(&browser, &person).await, (Some(CareLevel::Care4), to.clone()));
    // 結果の訂正: the wrong one is taken back, and both stay in the history.
    let corrected = save(&clerk, &decided, &certified(CareLevel::Care3)).await;
    assert_eq!(certificate(&browser, &person).await, (Some(CareLevel::Care3), to));
    assert_eq!(corrected.outcome_before, decided.outcome);
    let body = HistoryRequest { person: person.handle.clone() };
    let past: HistoryResponse = browser.post(route::PERSON_HISTORY, &body).await.said().ok();
    let levels: Vec<_> =
        past.history.certificates.iter().map(|version| (version.value.level, version.withdrawn)).collect();
    assert!(levels.contains(&(Some(CareLevel::Care4), true)), "{levels:?}");
    assert!(levels.contains(&(Some(CareLevel::Care3), false)), "{levels:?}");
    let application = past.applications.last().unwrap();
    assert_eq!((application.applied_on, application.decided_on), (case.application.unwrap().on, Some(on)));
    // Taken back altogether: what stood before stands again.
    let open = save(&clerk, &corrected, &[Fact::Cleared(Step::Outcome)]).await;
    assert_eq!((open.outcome, certificate(&browser, &person).await), (None, before));
    let told = events(&browser, &person.handle).await.ok();
    let of_case = told.cases.iter().find(|one| one.case == case.id).unwrap();
    let outcomes = of_case.events.iter().filter(|event| event.fact.step() == Step::Outcome).count();
    assert_eq!(outcomes, 3, "nothing that was entered is lost");
    world.stop().await;
}
