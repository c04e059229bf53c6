//! A person's 届出 as a browser makes it: statement, signature, key.

use crate::browser::{Browser, Reply, Said, machine_time};
use crate::card_hand::Hand;
use crate::person_search::{request, search};
use crate::world::World;
use base64ct::{Base64UrlUnpadded, Encoding};
use kakehashi_domain::filing::{
    Category, Confirmation, Confirmer, FiledOffice, FiledPerson, Filer, FilerRelation, Filing, FilingKey,
    FilingNumber, FormKind, IdPaper, Identity, Reason, Statement, StatementKind,
};
use kakehashi_domain::upstream::{
    CancelRequest, DecideRequest, DecideResponse, Decision, FilingEntry, FilingsRequest, FilingsResponse,
    InboxOpenRequest, InboxOpened, InboxRequest, InboxResponse, KeyOutcome, KeysRequest, KeysResponse,
    PaperRequest, Person, PersonHandle, Receipt, SubmitRequest, VoidRequest, route,
};
use kakehashi_platform::Clock;

/// A staff member with a person in view.
pub(crate) struct Office {
    pub(crate) browser: Browser,
    pub(crate) user: String,
    pub(crate) person: Person,
}

/// A new key.
pub(crate) fn key() -> FilingKey {
    let mut bytes = [0; 16];
    aws_lc_rs::rand::fill(&mut bytes).unwrap();
    FilingKey(Base64UrlUnpadded::encode_string(&bytes))
}

/// A filing that fits, about a person.
pub(crate) fn filing(world: &World, office: &str, person: &Person) -> Filing {
    let today = world.clock().now().date();
    Filing {
        form: FormKind::HomeCare,
        definition: "102046-2026".into(),
        category: Category::New,
        insured: FiledPerson {
            insurer: person.insurer.clone(),
            number: person.insured.clone(),
            name: person.name.clone(),
            kana: person.kana.clone(),
            birth_date: person.birth_date.day().unwrap(),
            sex: None,
            postal: None,
            address: person.address.clone(),
            phone: None,
        },
        office: FiledOffice {
            number: office.parse().unwrap(),
            name: "かけはし居宅介護支援事業所".into(),
            postal: Some("3720000".into()),
            address: "群馬県伊勢崎市連取町9999".into(),
            phone: "0270000000".into(),
            staff: Some("佐藤 健一".into()),
        },
        entrusted: None,
        reason: Some(Reason::NewOrOffice),
        reason_text: None,
        start_on: today,
        change_on: None,
        provisional: false,
        same_month: None,
        filed_on: today,
        filer: Filer { name: person.name.clone(), relation: FilerRelation::Person, phone: None },
    }
}

impl Office {
    /// Somebody of an office, with the holder of a card found by numbers.
    pub(crate) async fn with(world: &World, user: &str, card: &str) -> Self {
        let (browser, _) = world.signed_in(user).await;
        let person = search(&browser, &request(world.person(card))).await.ok().person;
        Self { browser, user: user.to_owned(), person }
    }

    /// The same, and the person's card was read for the filing.
    pub(crate) async fn with_card(world: &World, user: &str, card: &str) -> (Self, String) {
        let (browser, _) = world.signed_in(user).await;
        let (transaction, found) = Hand::of(&world.layout, card).identify(&browser).await;
        (Self { browser, user: user.to_owned(), person: found.person }, transaction)
    }

    /// A statement that is received, with papers that were seen.
    pub(crate) fn statement(&self, world: &World) -> Statement {
        let (office, now) = (&world.account(&self.user).office, world.clock().now());
        Statement {
            kind: StatementKind::V1,
            key: key(),
            filing: filing(world, office, &self.person),
            identity: Identity::Papers { seen: vec![IdPaper::DriversLicence], at: now },
            confirmation: Confirmation { at: now, by: Confirmer::Person },
            replaces: None,
            staff: self.user.parse().unwrap(),
            office: office.parse().unwrap(),
            device: self.browser.key.thumbprint().to_owned(),
            made_at: now,
        }
    }

    /// Sends a statement.
    pub(crate) async fn send(&self, statement: &Statement) -> Reply {
        send(&self.browser, &self.person.handle, statement).await
    }

    /// What became of it.
    pub(crate) async fn submit(&self, statement: &Statement) -> KeyOutcome {
        self.send(statement).await.said().ok()
    }

    /// It must be received.
    pub(crate) async fn receipt(&self, statement: &Statement) -> Receipt {
        match self.submit(statement).await {
            KeyOutcome::Received(receipt) => *receipt,
            other => panic!("not received: {other:?}"),
        }
    }

    /// It must be refused for good: the code.
    pub(crate) async fn refusal(&self, statement: &Statement) -> String {
        match self.submit(statement).await {
            KeyOutcome::Refused(refusal) => refusal.code,
            other => panic!("not refused: {other:?}"),
        }
    }

    /// It must be refused for now: the code. The key stays unknown.
    pub(crate) async fn turned_away(&self, statement: &Statement) -> String {
        let refused = self.send(statement).await.said::<KeyOutcome>().refused();
        assert_eq!(self.outcome(&statement.key).await, KeyOutcome::Unknown, "{refused:?}");
        refused.code
    }

    /// What became of a key.
    pub(crate) async fn outcome(&self, key: &FilingKey) -> KeyOutcome {
        let mut answer = asked(&self.browser, vec![key.clone()]).await;
        assert_eq!(answer.outcomes.len(), 1);
        answer.outcomes.remove(0)
    }

    /// A page of the office's list.
    pub(crate) async fn list(&self) -> FilingsResponse {
        let body = FilingsRequest { size: 200, ..FilingsRequest::default() };
        self.browser.post(route::FILING_LIST, &body).await.said().ok()
    }

    /// Takes a filing back.
    pub(crate) async fn cancel(&self, number: &FilingNumber) -> Said<FilingEntry> {
        let body = CancelRequest {
            number: number.clone(), reason: "事業所を変えることになった".into()
        };
        self.browser.post(route::FILING_CANCEL, &body).await.said()
    }

    /// Gives a key up.
    pub(crate) async fn give_up(&self, key: &FilingKey) -> KeyOutcome {
        self.browser.post(route::FILING_VOID, &VoidRequest { key: key.clone() }).await.said().ok()
    }
}

/// A clerk's desk.
pub(crate) struct Desk(pub(crate) Browser);

impl Desk {
    pub(crate) async fn of(world: &World, user: &str) -> Self {
        Self(world.signed_in(user).await.0)
    }

    pub(crate) async fn inbox(&self, filter: InboxRequest) -> InboxResponse {
        self.0.post(route::MUNICIPALITY_FILINGS, &filter).await.said().ok()
    }

    pub(crate) async fn open(&self, number: &FilingNumber) -> Said<InboxOpened> {
        self.0.post(route::MUNICIPALITY_FILING, &InboxOpenRequest { number: number.clone() }).await.said()
    }

    /// Decides on the version given.
    pub(crate) async fn decide(
        &self,
        number: &FilingNumber,
        version: u32,
        decision: Decision,
    ) -> DecideResponse {
        let body = DecideRequest { number: number.clone(), version, decision };
        self.0.post(route::MUNICIPALITY_DECIDE, &body).await.said().ok()
    }

    /// 受理 of what stands; it must be saved.
    pub(crate) async fn accept(&self, number: &FilingNumber) -> InboxOpened {
        let version = self.open(number).await.ok().entry.version;
        match self.decide(number, version, Decision::Accept).await {
            DecideResponse::Saved(opened) => *opened,
            other => panic!("{other:?}"),
        }
    }

    /// 差戻し of what stands; it must be saved.
    pub(crate) async fn send_back(&self, number: &FilingNumber) -> InboxOpened {
        let version = self.open(number).await.ok().entry.version;
        let decision = Decision::Return { reason: "開始日を確かめてください".into() };
        match self.decide(number, version, decision).await {
            DecideResponse::Saved(opened) => *opened,
            other => panic!("{other:?}"),
        }
    }

    pub(crate) async fn paper(&self, body: &PaperRequest) -> Said<InboxOpened> {
        self.0.post(route::MUNICIPALITY_PAPER, body).await.said()
    }
}

/// Asks what became of keys.
pub(crate) async fn asked(browser: &Browser, keys: Vec<FilingKey>) -> KeysResponse {
    browser.post(route::FILING_KEYS, &KeysRequest { keys }).await.said().ok()
}

/// Signs and sends a statement.
pub(crate) async fn send(browser: &Browser, person: &PersonHandle, statement: &Statement) -> Reply {
    let text = serde_json::to_string(statement).unwrap();
    let signature = Base64UrlUnpadded::encode_string(&browser.key.sign(text.as_bytes()).unwrap());
    let body = SubmitRequest { person: person.clone(), statement: text, signature };
    send_body(browser, &statement.key.0, &body).await
}

/// Sends a body under a key.
pub(crate) async fn send_body(browser: &Browser, key: &str, body: &SubmitRequest) -> Reply {
    let bytes = serde_json::to_vec(body).unwrap();
    let request = browser.keyed(route::FILING_SUBMIT, bytes, machine_time(), Some(key));
    browser.send(request).await.unwrap()
}

/// How many rows a table has.
pub(crate) fn rows(world: &World, sql: &str) -> i64 {
    crate::cases::database(world).query_row(sql, [], |row| row.get(0)).unwrap()
}
