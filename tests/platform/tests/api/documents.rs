//! `/api/v1/documents/list`, `/open`, `/still`

use crate::browser::{Browser, Reply, Said};
use crate::consent;
use crate::person_search::{request, search};
use crate::relayed::Relayed;
use crate::world::{KYOTAKU, World};
use base64ct::{Base64, Encoding};
use kakehashi_domain::access::{Age, Denial};
use kakehashi_domain::document::{Opinion, Survey};
use kakehashi_domain::upstream::{
    DocumentBody, DocumentHead, DocumentId, DocumentKind, DocumentListRequest, DocumentListResponse,
    DocumentOpenRequest, DocumentOpened, DocumentPart, DocumentStill, DocumentStillRequest, PdfPiece,
    PersonHandle, route,
};
use kakehashi_platform::{Clock, DemoPerson};
use kakehashi_viewer::{Broken, Document};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

pub(crate) async fn list(browser: &Browser, person: &PersonHandle) -> DocumentListResponse {
    let body = DocumentListRequest { person: person.clone() };
    browser.post(route::DOCUMENTS_LIST, &body).await.said().ok()
}

pub(crate) async fn open(
    browser: &Browser,
    person: &PersonHandle,
    document: &DocumentId,
    part: DocumentPart,
) -> Reply {
    let body = DocumentOpenRequest { person: person.clone(), document: document.clone(), part };
    browser.post(route::DOCUMENTS_OPEN, &body).await
}

pub(crate) async fn content<T: DeserializeOwned + std::fmt::Debug + Clone>(
    browser: &Browser,
    person: &PersonHandle,
    head: &DocumentHead,
) -> (DocumentOpened<T>, T) {
    let said: Said<DocumentOpened<T>> = open(browser, person, &head.id, DocumentPart::Content).await.said();
    let opened = said.ok();
    let DocumentBody::Content(content) = opened.body.clone() else { panic!("{opened:?}") };
    (opened, content)
}

/// The whole file, piece by piece, and how many there were.
pub(crate) async fn file(browser: &Browser, person: &PersonHandle, head: &DocumentHead) -> (Vec<u8>, usize) {
    let (mut whole, mut pieces, mut last) = (Vec::new(), 0, None::<PdfPiece>);
    while last.as_ref().is_none_or(|piece| (whole.len() as u64) < piece.total) {
        let part = DocumentPart::Pdf { offset: whole.len() as u64 };
        let opened: DocumentOpened<()> = open(browser, person, &head.id, part).await.said().ok();
        let DocumentBody::Pdf(piece) = opened.body else { panic!("no piece") };
        whole.extend(Base64::decode_vec(&piece.data).unwrap());
        pieces += 1;
        last = Some(piece);
    }
    let piece = last.unwrap();
    let sha256: String = Sha256::digest(&whole).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!((piece.total, piece.sha256), (whole.len() as u64, sha256));
    (whole, pieces)
}

pub(crate) async fn still(
    browser: &Browser,
    person: &PersonHandle,
    document: &DocumentId,
) -> Said<DocumentStill> {
    let body = DocumentStillRequest { person: person.clone(), document: document.clone() };
    browser.post(route::DOCUMENTS_STILL, &body).await.said()
}

pub(crate) fn noted<'a>(world: &'a World, note: &str) -> &'a DemoPerson {
    world.people.iter().find(|person| person.note.contains(note)).unwrap()
}

async fn found(world: &World, browser: &Browser, who: &str) -> PersonHandle {
    let person = world.people.iter().find(|person| person.cards.iter().any(|card| card == who));
    search(browser, &request(person.unwrap_or_else(|| noted(world, who)))).await.ok().person.handle
}

#[tokio::test]
async fn latest_and_previous_of_each_kind_and_the_same_every_time() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let hanako = found(&world, &browser, "hanako").await;
    let listed = list(&browser, &hanako).await;
    let kinds: Vec<_> = listed.kinds.iter().map(|shelf| (shelf.kind, shelf.closed)).collect();
    let open = [DocumentKind::Survey, DocumentKind::Opinion, DocumentKind::Judgement];
    assert_eq!(kinds, open.map(|kind| (kind, None)));
    for shelf in &listed.kinds[..2] {
        let ages: Vec<_> = shelf.documents.iter().map(|head| (head.age, head.closed)).collect();
        assert_eq!(ages[0], (Age::Latest, None));
        assert_eq!(shelf.documents.len(), 2);
        assert!(shelf.documents[0].on > shelf.documents[1].on);
        assert!(shelf.documents.iter().all(|head| head.pdf_pages.is_some_and(|pages| pages > 0)));
    }
    let [latest, previous] = &listed.kinds[0].documents[..] else { panic!() };
    let (opened, survey) = content::<Survey>(&browser, &hanako, latest).await;
    assert_eq!((&opened.head, opened.opened_at), (latest, listed.now));
    assert_eq!(survey.surveyed_on(), Some(latest.on));
    assert_ne!(content::<Survey>(&browser, &hanako, previous).await.1, survey);
    let (_, opinion) = content::<Opinion>(&browser, &hanako, &listed.kinds[1].documents[0]).await;
    assert!(opinion.may_be_used());
    assert_eq!(content::<Survey>(&browser, &hanako, latest).await.1, survey);
    let (pdf, _) = file(&browser, &hanako, latest).await;
    let pages = Document::open(pdf.clone()).unwrap().sizes().len();
    assert_eq!(Some(pages as u32), latest.pdf_pages);
    assert_eq!(file(&browser, &hanako, latest).await.0, pdf);
    world.stop().await;
}

#[tokio::test]
async fn it_leaves_the_screen_with_the_right_or_with_the_consent() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let taro = found(&world, &browser, "taro").await;
    let closed: Vec<_> = list(&browser, &taro).await.kinds.iter().map(|shelf| shelf.closed).collect();
    assert_eq!(closed, [Some(Denial::NoConsent); 3]);
    let now = world.clock().now();
    let terms =
        kakehashi_domain::upstream::ConsentTerms { until: Some(now.plus(900)), ..consent::terms(now) };
    let recorded = consent::record(&browser, &taro, terms).await.ok();
    let head = list(&browser, &taro).await.kinds[0].documents[0].clone();
    let (opened, _) = content::<Survey>(&browser, &taro, &head).await;
    assert_eq!(opened.until, now.plus(900));
    assert!(still(&browser, &taro, &head.id).await.ok().again_in_s > 0);
    // Withdrawn, the very next look is refused; content and every piece, and what is open may not stay.
    consent::withdraw(&browser, &taro, &recorded.consents[0].id).await.ok();
    for part in [DocumentPart::Content, DocumentPart::Pdf { offset: 0 }, DocumentPart::Pdf { offset: 9 }] {
        let said: Said<DocumentOpened<()>> = open(&browser, &taro, &head.id, part).await.said();
        assert_eq!(said.refused().code, "UPS-133");
    }
    assert_eq!(still(&browser, &taro, &head.id).await.refused().code, "UPS-133");
    world.stop().await;
}

#[tokio::test]
async fn without_the_doctors_consent_the_opinion_alone_is_closed() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.ADMIN").await;
    let person = found(&world, &browser, "主治医が意見書の利用に同意していない").await;
    let listed = list(&browser, &person).await;
    let [survey, opinion, _] = &listed.kinds[..] else { panic!() };
    assert_eq!((survey.documents[0].closed, opinion.closed), (None, None));
    let head = &opinion.documents[0];
    assert_eq!(head.closed, Some(Denial::Doctor));
    for part in [DocumentPart::Content, DocumentPart::Pdf { offset: 0 }] {
        let said: Said<DocumentOpened<()>> = open(&browser, &person, &head.id, part).await.said();
        assert_eq!(said.refused().code, "UPS-138");
    }
    content::<Survey>(&browser, &person, &survey.documents[0]).await;
    world.stop().await;
}

#[tokio::test]
async fn a_long_a_broken_and_a_scripted_original_are_sent_as_they_are() {
    let world = World::start().await;
    let (mut browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let relay = Relayed::start(&world, KYOTAKU).await;
    browser.go_through(&relay, KYOTAKU);
    let mut sent = Vec::new();
    for note in ["原本が300ページ", "原本が壊れている", "原本にスクリプト"] {
        let person = found(&world, &browser, note).await;
        let head = list(&browser, &person).await.kinds[0].documents[0].clone();
        let (bytes, pieces) = file(&browser, &person, &head).await;
        sent.push((bytes, pieces, head.pdf_pages));
    }
    let [(long, pieces, said), (broken, ..), (scripted, _, one)] = &sent[..] else { panic!() };
    assert_eq!((Document::open(long.clone()).unwrap().sizes().len(), *said), (300, Some(300)));
    assert_eq!(*pieces, long.len().div_ceil(1 << 20));
    assert_eq!(Document::open(broken.clone()).err(), Some(Broken::Unreadable));
    assert!(scripted.windows(14).any(|window| window == b"/S /JavaScript") && *one == Some(1));
    relay.stop().await;
    world.stop().await;
}

#[tokio::test]
async fn a_paper_nobody_has_is_answered_like_one_too_old() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let hanako = found(&world, &browser, "hanako").await;
    let taken_back = found(&world, &browser, "取り消された認定").await;
    let others = list(&browser, &taken_back).await.kinds[0].documents[0].id.clone();
    let mut texts = Vec::new();
    for name in [
        others.0.as_str(),
        "sAAAAAAAAAAAAAAAAAAAAAA",
        "oAAAAAAAAAAAAAAAAAAAAAA",
        "jAAAAAAAAAAAAAAAAAAAAAA",
        "",
        "x",
    ] {
        let id = DocumentId(name.into());
        let reply = open(&browser, &hanako, &id, DocumentPart::Content).await;
        assert_eq!(reply.said::<DocumentOpened<()>>().refused().code, "UPS-139");
        texts.push(reply.text);
    }
    texts.dedup();
    assert_eq!(texts.len(), 1);
    // Another office calls the same papers otherwise.
    let mine = list(&browser, &hanako).await.kinds[0].documents[0].id.clone();
    let database = world.database();
    database.execute("UPDATE account SET job = '\"care_manager\"'", []).unwrap();
    database.execute("UPDATE office SET service = '\"care_management\"'", []).unwrap();
    let (elsewhere, _) = world.signed_in("DAY.TANAKA").await;
    let there = found(&world, &elsewhere, "hanako").await;
    let shelf = list(&elsewhere, &there).await.kinds[0].clone();
    assert_eq!(shelf.closed, Some(Denial::OtherOffice), "the plan is another's");
    assert!(!mine.0.is_empty());
    world.stop().await;
}

#[tokio::test]
async fn every_look_is_a_line_and_the_pieces_of_one_look_are_one() {
    let world = World::start().await;
    let (browser, _) = world.signed_in("KYOTAKU.SATO").await;
    let person = found(&world, &browser, "原本が300ページ").await;
    let head = list(&browser, &person).await.kinds[0].documents[0].clone();
    let database = world.database();
    let lines = || -> i64 {
        let count =
            "SELECT count(*) FROM audit WHERE kind = 'survey' AND refused IS NULL AND person IS NOT NULL";
        database.query_row(count, [], |row| row.get(0)).unwrap()
    };
    // Who begins in the middle is written down all the same.
    open(&browser, &person, &head.id, DocumentPart::Pdf { offset: 40 }).await;
    assert_eq!(lines(), 1);
    file(&browser, &person, &head).await;
    assert_eq!(lines(), 2);
    open(&browser, &person, &head.id, DocumentPart::Pdf { offset: 90 }).await;
    assert_eq!(lines(), 2);
    content::<Survey>(&browser, &person, &head).await;
    assert_eq!(lines(), 3);
    world.stop().await;
}
