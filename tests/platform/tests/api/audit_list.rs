//! `/api/v1/audit/list`

use crate::browser::{Browser, Said};
use crate::person_search::{request, search};
use crate::world::World;
use kakehashi_domain::calendar::Date;
use kakehashi_domain::upstream::{
    AuditEntry, AuditKind, AuditRequest, AuditResponse, ClientRequest, Empty, PageMark, PersonHandle,
    QualificationRequest, route,
};
use kakehashi_platform::Clock;

fn today(world: &World) -> AuditRequest {
    let day = world.clock().now().date();
    AuditRequest { from: day, to: day, person: None, user: None, what: None, after: None, size: 100 }
}

async fn ask(browser: &Browser, wanted: &AuditRequest) -> Said<AuditResponse> {
    browser.post(route::AUDIT_LIST, wanted).await.said()
}

fn kinds(entries: &[AuditEntry]) -> Vec<&str> {
    entries.iter().map(|entry| entry.what.code()).collect()
}

/// Some looks: shown and refused, by two accounts.
async fn looks(world: &World) -> PersonHandle {
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let hanako = search(&browser, &request(world.person("hanako"))).await.ok().person.handle;
    let body = QualificationRequest { person: hanako.clone() };
    browser.post(route::PERSON_QUALIFICATION, &body).await;
    let nobody = QualificationRequest { person: PersonHandle("AAAAAAAAAAAAAAAAAAAAAA".into()) };
    browser.post(route::PERSON_QUALIFICATION, &nobody).await;
    browser.post(route::CLIENTS_ADD, &ClientRequest { person: hanako.clone() }).await;
    let (other, _) = world.signed_in("KYOTAKU.SUZUKI").await;
    other.post(route::CLIENTS_LIST, &Empty {}).await;
    hanako
}

#[tokio::test]
async fn everything_stands_there_latest_first_also_what_was_refused() {
    let world = World::start().await;
    let hanako = looks(&world).await;
    let (admin, _) = world.signed_in("KYOTAKU.ADMIN").await;
    let all = ask(&admin, &today(&world)).await.ok();
    let expected = ["sign_in", "clients", "sign_in", "qualification", "qualification", "search", "sign_in"];
    assert_eq!((kinds(&all.entries), &all.next), (expected.to_vec(), &None));
    let [refused, shown] = &all.entries[3..5] else { panic!() };
    assert_eq!((refused.refused.as_deref(), &refused.person), (Some("UPS-121"), &None));
    assert_eq!((&shown.refused, shown.person.as_ref()), (&None, Some(&hanako)));
    assert_eq!(shown.user.as_str(), "KYOTAKU.SATO");
    assert_eq!(shown.user_name, "佐藤 健一");
    assert_eq!(shown.person_name.as_deref(), Some("山田　花子"));
    // Being read is in it too.
    let again = ask(&admin, &today(&world)).await.ok();
    assert_eq!(again.entries[0].what, AuditKind::AuditList);
    world.stop().await;
}

#[tokio::test]
async fn filters_and_pages_cut_the_same_record() {
    let world = World::start().await;
    let hanako = looks(&world).await;
    let (admin, _) = world.signed_in("KYOTAKU.ADMIN").await;
    let wanted = today(&world);
    let whole = ask(&admin, &wanted).await.ok().entries;
    let reader = &admin;
    let only = |wanted: AuditRequest| async move { ask(reader, &wanted).await.ok().entries };
    let sato = Some("KYOTAKU.SATO".parse().unwrap());
    let by_user = only(AuditRequest { user: sato.clone(), ..wanted.clone() }).await;
    assert_eq!(kinds(&by_user), ["qualification", "qualification", "search", "sign_in"]);
    let what = Some(AuditKind::Qualification);
    let both = only(AuditRequest { user: sato.clone(), what, ..wanted.clone() }).await;
    assert_eq!(both, by_user[..2]);
    assert_eq!(only(AuditRequest { what, ..wanted.clone() }).await, by_user[..2]);
    // About a person: also the list that showed them.
    let about = only(AuditRequest { person: Some(hanako.clone()), ..wanted.clone() }).await;
    assert_eq!(kinds(&about), ["clients", "qualification", "search"]);
    let about = only(AuditRequest { person: Some(hanako), user: sato, what, ..wanted.clone() }).await;
    assert_eq!(about, by_user[1..2]);
    // Page by page it is the same, whatever the size.
    for size in [1, 2, 3] {
        let (mut pieces, mut after) = (Vec::new(), None);
        loop {
            let what = Some(AuditKind::Qualification);
            let page = AuditRequest { size, after: after.clone(), what, ..wanted.clone() };
            let page = ask(&admin, &page).await.ok();
            assert!(page.entries.len() <= usize::from(size));
            pieces.extend(page.entries);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(
            pieces,
            whole.iter().filter(|one| one.what.code() == "qualification").cloned().collect::<Vec<_>>()
        );
    }
    // Another day, nobody's account, nobody's handle: nothing.
    let past = Date::from_iso("2020-01-01").unwrap();
    assert_eq!(only(AuditRequest { from: past, to: past, ..wanted.clone() }).await, []);
    let user = Some("DAY.TANAKA".parse().unwrap());
    assert_eq!(only(AuditRequest { user, ..wanted.clone() }).await, []);
    let person = Some(PersonHandle("AAAAAAAAAAAAAAAAAAAAAA".into()));
    assert_eq!(only(AuditRequest { person, ..wanted }).await, []);
    world.stop().await;
}

#[tokio::test]
async fn only_the_administrator_of_the_office_reads_and_only_the_offices_own() {
    let world = World::start().await;
    looks(&world).await;
    for user in ["KYOTAKU.SATO", "KJ107040000501", "ISESAKI.MORI", "IIN.KAKU"] {
        let (browser, _) = world.signed_in(user).await;
        assert_eq!(ask(&browser, &today(&world)).await.refused().code, "UPS-141", "{user}");
    }
    let (elsewhere, _) = world.signed_in("DAY.ADMIN").await;
    let theirs = ask(&elsewhere, &today(&world)).await.ok().entries;
    assert_eq!(kinds(&theirs), ["sign_in"]);
    let (admin, _) = world.signed_in("KYOTAKU.ADMIN").await;
    let refused = AuditRequest { what: Some(AuditKind::AuditList), ..today(&world) };
    let refused = ask(&admin, &refused).await.ok().entries;
    let users: Vec<_> = refused.iter().map(|one| (one.user.as_str(), one.refused.as_deref())).collect();
    assert_eq!(users, [("KJ107040000501", Some("UPS-141")), ("KYOTAKU.SATO", Some("UPS-141"))]);
    world.stop().await;
}

#[tokio::test]
async fn a_page_that_cannot_be_is_not_of_the_form() {
    let world = World::start().await;
    let (admin, _) = world.signed_in("KYOTAKU.ADMIN").await;
    for (wanted, part) in [
        (AuditRequest { size: 0, ..today(&world) }, "size"),
        (AuditRequest { size: 501, ..today(&world) }, "size"),
        (AuditRequest { after: Some(PageMark("x".into())), ..today(&world) }, "after"),
    ] {
        let reply = admin.post(route::AUDIT_LIST, &wanted).await;
        assert_eq!(reply.problem(), (400, "UPS-400".into(), part.into()));
    }
    world.stop().await;
}
