//! `/api/v1/municipality/bulk`

use crate::browser::Browser;
use crate::cases::{database, noted};
use crate::municipality::{clerk, of};
use crate::world::World;
use kakehashi_domain::certification::{
    Application, ApplicationKind, CaseId, Contradiction, Event, Fact, History, Outcome, Record, Step,
};
use kakehashi_domain::number::{InsuredNumber, InsurerNumber};
use kakehashi_domain::upstream::{BulkLine, BulkMode, BulkRequest, BulkResponse, BulkResult, route};
use kakehashi_platform::Clock;

/// A record of 山田 花子, of an application of this year.
fn record(world: &World, fact: Fact) -> Record {
    Record {
        insurer: InsurerNumber::parse("102046").unwrap(),
        insured: world.person("hanako").insured.clone(),
        case_no: "R99-000001".into(),
        history_no: None,
        at: None,
        fact,
    }
}

async fn bulk(clerk: &Browser, records: &[Record], mode: BulkMode, preview: bool) -> BulkResponse {
    let lines = records.iter().cloned().zip(2..).map(|(record, line)| BulkLine { line, record }).collect();
    clerk.post(route::MUNICIPALITY_BULK, &BulkRequest { lines, mode, preview }).await.said().ok()
}

fn results(answer: BulkResponse) -> Vec<BulkResult> {
    assert!(answer.lines.iter().map(|line| line.line).eq(2..2 + answer.lines.len() as u32));
    answer.lines.into_iter().map(|line| line.result).collect()
}

/// What was entered for an application.
fn events(world: &World, case_no: &str) -> Vec<Event> {
    let database = database(world);
    let mut select = database
        .prepare_cached(
            "SELECT e.version, e.at, e.source, e.fact FROM case_event e JOIN care_case c ON c.id = e.care_case
             WHERE c.case_no = ?1 ORDER BY e.id",
        )
        .unwrap();
    let rows = select.query_map([case_no], |row| {
        Ok(Event {
            version: row.get(0)?,
            at: kakehashi_domain::calendar::Time(row.get(1)?),
            source: row.get(2)?,
            fact: serde_json::from_str(&row.get::<_, String>(3)?).unwrap(),
        })
    });
    rows.unwrap().collect::<Result<_, _>>().unwrap()
}

/// Everything in the database that an entry may change.
fn state(world: &World) -> Vec<(i64, i64, i64)> {
    let count = |table: &str| {
        let sql = format!("SELECT count(*), coalesce(max(id), 0), 0 FROM {table}");
        let row = |row: &kakehashi_platform::store::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        database(world).query_row(&sql, [], row).unwrap()
    };
    ["care_case", "case_event"].map(count).to_vec()
}

fn application(world: &World, ago: i64) -> Fact {
    let on = world.clock().now().date().plus_days(-ago);
    Fact::Application(Application { kind: ApplicationKind::Change, on })
}

#[tokio::test]
async fn a_preview_says_what_would_happen_and_changes_nothing() {
    let world = World::start().await;
    let clerk = clerk(&world, "ISESAKI.MORI").await;
    let today = world.clock().now().date();
    let records = [
        record(&world, Fact::Survey(today.plus_days(-2))),
        record(&world, application(&world, 10)),
        record(&world, application(&world, 10)),
        record(&world, Fact::Survey(today.plus_days(-3))),
    ];
    let before = state(&world);
    let answer = bulk(&clerk, &records, BulkMode::EachLine, true).await;
    assert!(!answer.entered && state(&world) == before);
    let foreseen = results(answer);
    // The application begins the case though it stands below.
    assert_eq!(foreseen[..3], [BulkResult::Entered, BulkResult::Begun, BulkResult::Known]);
    let BulkResult::Replaced(was) = &foreseen[3] else { panic!("{foreseen:?}") };
    assert_eq!(was.fact, records[0].fact);
    let answer = bulk(&clerk, &records, BulkMode::EachLine, false).await;
    assert!(answer.entered);
    assert_eq!(results(answer), foreseen);
    assert_eq!(events(&world, "R99-000001").len(), 3);
    // Once more, without a number: what holds is known, what was replaced would replace again.
    let again = results(bulk(&clerk, &records[1..], BulkMode::EachLine, false).await);
    assert_eq!(again, [BulkResult::Known, BulkResult::Known, BulkResult::Known]);
    world.stop().await;
}

#[tokio::test]
async fn one_refused_line_holds_all_back_or_only_itself() {
    let world = World::start().await;
    let clerk = clerk(&world, "ISESAKI.MORI").await;
    let today = world.clock().now().date();
    let nobody = InsuredNumber::parse("9999999999").unwrap();
    let other = InsurerNumber::parse("102012").unwrap();
    let known = of(&clerk, &world, "主治医意見書を待つ人").await;
    let records = [
        record(&world, application(&world, 10)),
        record(&world, Fact::Opinion(today.plus_days(1))),
        Record { insured: nobody, ..record(&world, application(&world, 5)) },
        Record { insurer: other, ..record(&world, application(&world, 5)) },
        // The number of another person's application.
        Record { case_no: known.case_no.clone(), ..record(&world, Fact::Opinion(today)) },
        record(&world, Fact::Survey(today)),
    ];
    let refused = |why| BulkResult::Refused(vec![why]);
    let wrong = [
        refused(Contradiction::Future(Step::Opinion)),
        refused(Contradiction::Unknown),
        refused(Contradiction::Unknown),
        refused(Contradiction::Unknown),
    ];
    let before = state(&world);
    let answer = bulk(&clerk, &records, BulkMode::AllOrNothing, false).await;
    assert!(!answer.entered && state(&world) == before);
    let held = results(answer);
    assert_eq!((&held[0], &held[5]), (&BulkResult::HeldBack, &BulkResult::HeldBack));
    assert_eq!(held[1..5], wrong);
    let answer = bulk(&clerk, &records, BulkMode::EachLine, false).await;
    assert!(answer.entered);
    let each = results(answer);
    assert_eq!((&each[0], &each[5]), (&BulkResult::Begun, &BulkResult::Entered));
    assert_eq!(each[1..5], wrong);
    assert_eq!(of(&clerk, &world, "主治医意見書を待つ人").await.case, known.case);
    world.stop().await;
}

#[tokio::test]
async fn what_comes_late_or_twice_leads_to_the_same_whatever_the_order() {
    let world = World::start().await;
    let clerk = clerk(&world, "ISESAKI.MORI").await;
    let today = world.clock().now().date();
    let numbered = |number, fact| Record { history_no: Some(number), ..record(&world, fact) };
    let records = [
        numbered(1, application(&world, 20)),
        numbered(2, Fact::Survey(today.plus_days(-12))),
        numbered(3, Fact::Opinion(today.plus_days(-8))),
        numbered(4, Fact::Survey(today.plus_days(-11))),
        numbered(5, Fact::Cleared(Step::Opinion)),
        numbered(6, Fact::Opinion(today.plus_days(-7))),
        numbered(7, Fact::Outcome(Outcome::Withdrawn { on: today })),
    ];
    let mut cases = Vec::new();
    for turn in 0..records.len() {
        let mut turned: Vec<Record> = records.to_vec();
        turned.rotate_left(turn);
        let case_no = format!("R98-{turn:06}");
        // The application's line first, the rest one request a line, each sent twice.
        turned.sort_by_key(|record| record.fact.step() != Step::Application);
        for record in &turned {
            let record = Record { case_no: case_no.clone(), ..record.clone() };
            let mut sent = Vec::new();
            for _ in 0..2 {
                sent.extend(results(
                    bulk(&clerk, std::slice::from_ref(&record), BulkMode::EachLine, false).await,
                ));
            }
            assert_eq!(sent[1], BulkResult::Known);
        }
        let events = events(&world, &case_no);
        assert_eq!(events.len(), records.len());
        cases.push(History::of(CaseId("c".into()), events).case);
    }
    assert!(cases.windows(2).all(|pair| pair[0] == pair[1]));
    assert_eq!((cases[0].survey_on, cases[0].version), (Some(today.plus_days(-11)), 7));
    world.stop().await;
}

#[tokio::test]
async fn an_older_line_stays_behind_what_holds() {
    let world = World::start().await;
    let clerk = clerk(&world, "ISESAKI.MORI").await;
    let entry = of(&clerk, &world, "主治医意見書を待つ人").await;
    let insured = noted(&world, "主治医意見書を待つ人").insured.clone();
    let line = Record {
        insured,
        case_no: entry.case_no.clone(),
        history_no: Some(0),
        ..record(&world, Fact::Survey(entry.case.application.unwrap().on))
    };
    let results = results(bulk(&clerk, &[line], BulkMode::AllOrNothing, false).await);
    let [BulkResult::Older(held)] = &results[..] else { panic!("{results:?}") };
    assert_eq!(held.fact.on(), entry.case.survey_on);
    let after = of(&clerk, &world, "主治医意見書を待つ人").await.case;
    assert_eq!((after.survey_on, after.version), (entry.case.survey_on, entry.case.version));
    world.stop().await;
}
