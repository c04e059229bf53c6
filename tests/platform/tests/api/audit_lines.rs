//! Every look is a line of the record, shown or refused.

use crate::browser::Browser;
use crate::consent::terms;
use crate::person_search::{request, search};
use crate::world::World;
use kakehashi_domain::upstream::{AuditKind, PersonHandle, route};
use kakehashi_platform::Clock;
use serde_json::{Value, json};

/// Every route that shows something of people, and what its line is called.
fn looks(world: &World, person: &PersonHandle) -> Vec<(&'static str, Value, AuditKind)> {
    let only = json!({ "person": person });
    let day = world.clock().now().date();
    let id = "sAAAAAAAAAAAAAAAAAAAAAA";
    let record = json!({ "person": person, "terms": terms(world.clock().now()) });
    let withdraw = json!({ "person": person, "consent": "x", "by": "person" });
    let open = |id: &str| json!({ "person": person, "document": id, "part": "content" });
    vec![
        (
            route::PERSON_SEARCH,
            serde_json::to_value(request(world.person("taro"))).unwrap(),
            AuditKind::Search,
        ),
        (route::PERSON_QUALIFICATION, only.clone(), AuditKind::Qualification),
        (route::PERSON_HISTORY, only.clone(), AuditKind::Qualification),
        (route::CLIENTS_LIST, json!({}), AuditKind::Clients),
        (route::CASES_LIST, json!({}), AuditKind::Cases),
        (route::CASES_EVENTS, only.clone(), AuditKind::CaseEvents),
        (route::CONSENT_LIST, only.clone(), AuditKind::ConsentList),
        (route::CONSENT_RECORD, record, AuditKind::ConsentRecorded),
        (route::CONSENT_WITHDRAW, withdraw, AuditKind::ConsentWithdrawn),
        (route::DOCUMENTS_LIST, only, AuditKind::DocumentList),
        (route::DOCUMENTS_OPEN, open(id), AuditKind::Survey),
        (route::DOCUMENTS_OPEN, open(&id.replace('s', "o")), AuditKind::Opinion),
        (route::DOCUMENTS_OPEN, open(&id.replace('s', "j")), AuditKind::Judgement),
        (route::AUDIT_LIST, json!({ "from": day, "to": day, "size": 5 }), AuditKind::AuditList),
        (route::MUNICIPALITY_CASES, json!({ "filter": {}, "size": 5 }), AuditKind::Cases),
    ]
}

/// The lines written for a look: their kinds and refusals.
async fn lines(
    world: &World,
    browser: &Browser,
    path: &str,
    body: &Value,
) -> (Value, Vec<(String, Option<String>)>) {
    let database = world.database();
    let last: i64 = database.query_row("SELECT max(id) FROM audit", [], |row| row.get(0)).unwrap();
    let reply = browser.post(path, body).await;
    let mut select =
        database.prepare_cached("SELECT kind, refused FROM audit WHERE id > ?1 AND evidence <> ''").unwrap();
    let rows = select.query_map([last], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    (serde_json::from_str(&reply.text).unwrap(), rows.map(Result::unwrap).collect())
}

#[tokio::test]
async fn whatever_is_asked_is_written_down_once_with_its_refusal() {
    let world = World::start().await;
    let (mut shown, mut refused) = (0, 0);
    for user in
        ["KYOTAKU.SATO", "KYOTAKU.ADMIN", "KYOTAKU.SUZUKI", "IIN.KAKU", "ISESAKI.MORI", "ISESAKI.OKADA"]
    {
        let (browser, _) = world.signed_in(user).await;
        let nobody = PersonHandle("AAAAAAAAAAAAAAAAAAAAAA".into());
        let mut people = vec![nobody];
        if user.starts_with("KYOTAKU") {
            people.push(search(&browser, &request(world.person("hanako"))).await.ok().person.handle);
        }
        for person in &people {
            for (path, body, kind) in looks(&world, person) {
                let (answer, lines) = lines(&world, &browser, path, &body).await;
                let code = answer["error"]["code"].as_str().map(str::to_owned);
                // A list of papers says for each kind why it is closed.
                let code = code.or_else(|| answer["ok"]["kinds"][0]["closed"].as_str().map(str::to_owned));
                shown += usize::from(code.is_none());
                refused += usize::from(code.is_some());
                assert_eq!(lines, [(kind.code().to_owned(), code)], "{user} {path} {answer}");
            }
        }
    }
    assert!(shown > 20 && refused > 40, "{shown} {refused}");
    world.stop().await;
}

#[tokio::test]
async fn a_paper_that_stays_is_no_viewing_and_one_that_must_go_is_a_line() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let hanako = search(&browser, &request(world.person("hanako"))).await.ok().person.handle;
    let listed = crate::documents::list(&browser, &hanako).await;
    for (shelf, kind) in listed.kinds.iter().zip([AuditKind::Survey, AuditKind::Opinion]) {
        let still = |person: &PersonHandle| json!({ "person": person, "document": shelf.documents[0].id });
        let (answer, written) = lines(&world, &browser, route::DOCUMENTS_STILL, &still(&hanako)).await;
        assert!(answer["ok"]["again_in_s"].is_u64() && written.is_empty(), "{answer}");
        let nobody = PersonHandle("AAAAAAAAAAAAAAAAAAAAAA".into());
        let (answer, written) = lines(&world, &browser, route::DOCUMENTS_STILL, &still(&nobody)).await;
        assert_eq!(answer["error"]["code"], "UPS-121");
        assert_eq!(written, [(kind.code().to_owned(), Some("UPS-121".to_owned()))]);
    }
    world.stop().await;
}
