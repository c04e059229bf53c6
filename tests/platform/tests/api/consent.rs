//! `/api/v1/consent/record`, `/list`, `/withdraw`

use crate::browser::{Browser, Said};
use crate::person_search::{request, search};
use crate::world::World;
use kakehashi_domain::calendar::Time;
use kakehashi_domain::consent::Standing;
use kakehashi_domain::upstream::{
    ConsentBasis, ConsentGiver, ConsentId, ConsentListRequest, ConsentListResponse, ConsentMethod,
    ConsentRecordRequest, ConsentScope, ConsentTaker, ConsentTerms, ConsentWithdrawRequest, PersonHandle,
    route,
};
use kakehashi_platform::{Clock, Rules};

/// 事業所の同意書, given now by the person.
pub(crate) fn terms(now: Time) -> ConsentTerms {
    ConsentTerms {
        giver: ConsentGiver::Person,
        giver_name: None,
        method: ConsentMethod::Written,
        basis: ConsentBasis::OfficeForm,
        basis_version: None,
        scope: vec![ConsentScope::Progress, ConsentScope::Survey, ConsentScope::Opinion],
        given_at: now,
        until: None,
    }
}

pub(crate) async fn record(
    browser: &Browser,
    person: &PersonHandle,
    terms: ConsentTerms,
) -> Said<ConsentListResponse> {
    let body = ConsentRecordRequest { person: person.clone(), terms };
    browser.post(route::CONSENT_RECORD, &body).await.said()
}

pub(crate) async fn list(browser: &Browser, person: &PersonHandle) -> Said<ConsentListResponse> {
    browser.post(route::CONSENT_LIST, &ConsentListRequest { person: person.clone() }).await.said()
}

pub(crate) async fn withdraw(
    browser: &Browser,
    person: &PersonHandle,
    consent: &ConsentId,
) -> Said<ConsentListResponse> {
    let body = ConsentWithdrawRequest {
        person: person.clone(),
        consent: consent.clone(),
        by: ConsentGiver::Person,
        reason: Some("口頭でお申し出".into()),
    };
    browser.post(route::CONSENT_WITHDRAW, &body).await.said()
}

async fn found(world: &World, browser: &Browser, card: &str) -> PersonHandle {
    search(browser, &request(world.person(card))).await.ok().person.handle
}

#[tokio::test]
async fn what_came_with_the_application_is_there_for_every_office() {
    let world = World::start().await;
    for user in ["KYOTAKU.SATO", "DAY.TANAKA"] {
        let (browser, _) = world.signed_in(user).await;
        let hanako = found(&world, &browser, "hanako").await;
        let listed = list(&browser, &hanako).await.ok();
        let [one] = &listed.consents[..] else { panic!("{listed:?}") };
        assert_eq!((one.taker, one.taker_name.as_str()), (ConsentTaker::Municipality, "伊勢崎市"));
        assert_eq!(one.terms.basis, ConsentBasis::Application);
        let standing = Standing::of(&listed.consents, ConsentScope::Opinion, listed.now);
        assert_eq!(standing, Standing::Valid { until: None });
        // Of one it is to be asked for, of another it was taken back.
        let taro = found(&world, &browser, "taro").await;
        assert_eq!(list(&browser, &taro).await.ok().consents, []);
        let kiyoshi = found(&world, &browser, "expired").await;
        let listed = list(&browser, &kiyoshi).await.ok();
        let standing = Standing::of(&listed.consents, ConsentScope::Progress, listed.now);
        assert!(matches!(standing, Standing::Withdrawn { .. }), "{standing:?}");
    }
    world.stop().await;
}

#[tokio::test]
async fn a_recorded_consent_is_this_offices_and_the_same_twice_is_one() {
    let world = World::start().await;
    let (browser, session) = world.signed_in("KYOTAKU.SUZUKI").await;
    let taro = found(&world, &browser, "taro").await;
    let terms = terms(world.clock().now());
    for _ in 0..2 {
        let listed = record(&browser, &taro, terms.clone()).await.ok();
        let [one] = &listed.consents[..] else { panic!("{listed:?}") };
        assert_eq!((&one.terms, one.taker), (&terms, ConsentTaker::Office));
        assert_eq!((&one.recorded_by, one.recorded_at), (&session.staff.name, listed.now));
        assert_eq!(one.taker_name, session.staff.office_name);
    }
    let (elsewhere, _) = world.signed_in("DAY.TANAKA").await;
    let there = found(&world, &elsewhere, "taro").await;
    assert_eq!(list(&elsewhere, &there).await.ok().consents, [], "it holds for one office");
    world.stop().await;
}

#[tokio::test]
async fn a_withdrawal_is_in_effect_at_once_and_stays_as_it_was_written() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let hanako = found(&world, &browser, "hanako").await;
    let id = list(&browser, &hanako).await.ok().consents[0].id.clone();
    let first = withdraw(&browser, &hanako, &id).await.ok();
    let standing = |listed: &ConsentListResponse, scope| Standing::of(&listed.consents, scope, listed.now);
    assert_eq!(standing(&first, ConsentScope::Survey), Standing::Withdrawn { at: first.now });
    world.clock().shift(60);
    let (colleague, _) = world.signed_in("KYOTAKU.ADMIN").await;
    assert_eq!(withdraw(&colleague, &hanako, &id).await.ok().consents, first.consents);
    // Only a consent given later opens again.
    let now = world.clock().now();
    let before = ConsentTerms { given_at: first.now, ..terms(now) };
    let listed = record(&browser, &hanako, before).await.ok();
    assert!(matches!(standing(&listed, ConsentScope::Survey), Standing::Withdrawn { .. }));
    let listed = record(&browser, &hanako, terms(now)).await.ok();
    assert_eq!(standing(&listed, ConsentScope::Survey), Standing::Valid { until: None });
    world.stop().await;
}

#[tokio::test]
async fn after_the_right_is_over_nothing_is_recorded_and_everything_is_withdrawn() {
    let world = World::with(Rules { right_by_numbers_s: 600, ..Rules::default() }).await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let hanako = found(&world, &browser, "hanako").await;
    world.clock().shift(600);
    let now = world.clock().now();
    assert_eq!(record(&browser, &hanako, terms(now)).await.refused().code, "UPS-120");
    let id = list(&browser, &hanako).await.ok().consents[0].id.clone();
    assert!(withdraw(&browser, &hanako, &id).await.ok().consents[0].withdrawal.is_some());
    world.stop().await;
}

#[tokio::test]
async fn what_cannot_be_so_is_not_recorded() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let taro = found(&world, &browser, "taro").await;
    let now = world.clock().now();
    let good = terms(now);
    let wrong = [
        ConsentTerms { scope: vec![], ..good.clone() },
        ConsentTerms { scope: vec![ConsentScope::from_code("everything")], ..good.clone() },
        ConsentTerms { basis: ConsentBasis::from_code("telepathy"), ..good.clone() },
        ConsentTerms { given_at: now.plus(1), ..good.clone() },
        ConsentTerms { until: Some(now), ..good.clone() },
        ConsentTerms { given_at: now.plus(-60), until: Some(now.plus(-30)), ..good.clone() },
        ConsentTerms { giver: ConsentGiver::Representative, ..good.clone() },
        ConsentTerms {
            giver: ConsentGiver::Representative,
            giver_name: Some(" \u{3000}".into()),
            ..good.clone()
        },
        ConsentTerms { giver_name: Some("あ".repeat(101)), ..good.clone() },
    ];
    for terms in wrong {
        assert_eq!(record(&browser, &taro, terms.clone()).await.refused().code, "UPS-142", "{terms:?}");
    }
    assert_eq!(list(&browser, &taro).await.ok().consents, []);
    // A record of somebody else's, or none at all.
    let hanako = found(&world, &browser, "hanako").await;
    let hers = list(&browser, &hanako).await.ok().consents[0].id.clone();
    for id in [hers, ConsentId("AAAAAAAAAAAAAAAAAAAAAA".into())] {
        assert_eq!(withdraw(&browser, &taro, &id).await.refused().code, "UPS-142");
    }
    world.stop().await;
}

#[tokio::test]
async fn who_keeps_no_consents_learns_nothing() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let hanako = found(&world, &browser, "hanako").await;
    let nobody = PersonHandle("AAAAAAAAAAAAAAAAAAAAAA".into());
    let id = list(&browser, &hanako).await.ok().consents[0].id.clone();
    let now = world.clock().now();
    let accounts = [
        ("KYOTAKU.SATO", "UPS-121", vec![&nobody]),
        ("DAY.TANAKA", "UPS-121", vec![&nobody, &hanako]),
        ("IIN.KAKU", "UPS-130", vec![&nobody, &hanako]),
        ("ISESAKI.OKADA", "UPS-131", vec![&nobody, &hanako]),
        ("ISESAKI.MORI", "UPS-140", vec![&nobody, &hanako]),
    ];
    for (user, code, people) in accounts {
        let (browser, _) = world.signed_in(user).await;
        for person in people {
            assert_eq!(list(&browser, person).await.refused().code, code, "{user}");
            assert_eq!(record(&browser, person, terms(now)).await.refused().code, code, "{user}");
            assert_eq!(withdraw(&browser, person, &id).await.refused().code, code, "{user}");
        }
    }
    world.stop().await;
}
