//! One sandbox a test: keys are made once a run, the database is copied.

use crate::browser::{Browser, Identity};
use crate::database::House;
use kakehashi_domain::calendar::{Date, Time};
use kakehashi_domain::upstream::Session;
use kakehashi_platform::store::Connection;
use kakehashi_platform::{
    Clock, Config, DemoPerson, Layout, PasswordCost, Platform, Rules, Running, SeedOptions, ShiftClock,
    SignIn, SystemClock, seed,
};
use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

/// 居宅介護支援, 通所介護, 地域包括支援センター.
pub(crate) const KYOTAKU: &str = "1070400005";
pub(crate) const DAY: &str = "1070400013";
/// The reference day of the seeded people.
pub(crate) const TODAY: &str = "2026-11-22";

/// Stands still at noon in Japan, today: so no test runs over midnight.
struct Noon(Time);

impl Clock for Noon {
    fn now(&self) -> Time {
        self.0
    }
}

/// A running sandbox.
pub(crate) struct World {
    pub(crate) layout: Layout,
    running: Running,
    pub(crate) sign_in: Vec<SignIn>,
    pub(crate) people: Vec<DemoPerson>,
    house: House,
}

/// Options of the seeded people.
pub(crate) fn options() -> SeedOptions {
    SeedOptions {
        people: 70,
        today: Date::from_iso(TODAY).ok(),
        password: PasswordCost::Least,
        ..SeedOptions::default()
    }
}

/// What is copied.
pub(crate) fn template() -> &'static House {
    static TEMPLATE: OnceLock<House> = OnceLock::new();
    TEMPLATE.get_or_init(House::made)
}

/// A copy of the template.
pub(crate) fn copy() -> House {
    House::copy()
}

impl World {
    pub(crate) async fn start() -> Self {
        Self::with(Rules::default()).await
    }

    /// With so many people, so many of them on the list of the 居宅介護支援 office.
    pub(crate) async fn seeded(people: u32, clients: u32) -> Self {
        let house = copy();
        seed(&house.layout(), &SeedOptions { people, clients, ..options() }).unwrap();
        Self::run(house, Rules::default()).await
    }

    pub(crate) async fn with(rules: Rules) -> Self {
        Self::run(copy(), rules).await
    }

    async fn run(house: House, rules: Rules) -> Self {
        let layout = house.layout();
        let noon = Time((SystemClock.now().date().day_number() * 24 + 3) * 3_600);
        let config = Config { rules, clock: Arc::new(Noon(noon)), ..Config::new(layout.clone()) };
        let running = Platform::start(config).await.unwrap();
        let read = |path: PathBuf| fs::read_to_string(path).unwrap();
        Self {
            sign_in: serde_json::from_str(&read(layout.sign_in())).unwrap(),
            people: serde_json::from_str(&read(layout.people())).unwrap(),
            layout,
            running,
            house,
        }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.running.tls_addr()
    }

    /// Its database, beside it.
    pub(crate) fn database(&self) -> Connection {
        self.house.open()
    }

    pub(crate) fn extras(&self) -> SocketAddr {
        self.running.extras_addr().unwrap()
    }

    pub(crate) fn clock(&self) -> ShiftClock {
        self.running.clock()
    }

    /// Stops and starts again on the same data.
    pub(crate) async fn restart(self) -> Self {
        let Self { running, house, .. } = self;
        running.shutdown().await;
        Self::run(house, Rules::default()).await
    }

    pub(crate) async fn stop(self) {
        self.running.shutdown().await;
    }

    /// Somebody of an office: `KYOTAKU.SATO`.
    pub(crate) fn account(&self, user_id: &str) -> &SignIn {
        self.sign_in.iter().find(|entry| entry.user_id == user_id).unwrap()
    }

    /// The person bound to a card.
    pub(crate) fn person(&self, card: &str) -> &DemoPerson {
        self.people.iter().find(|person| person.cards.iter().any(|id| id == card)).unwrap()
    }

    /// A browser with a new device key, behind an office's certificate.
    pub(crate) fn browser(&self, office: &str) -> Browser {
        Browser::new(self, Identity::of(&self.layout.office(office)), office)
    }

    /// The one-time password sent last.
    pub(crate) async fn otp(&self) -> String {
        let text = crate::extras::get(self, "/outbox.json").await;
        let messages: serde_json::Value = serde_json::from_str(&text).unwrap();
        messages[0]["otp"].as_str().unwrap().to_owned()
    }

    /// Signs somebody in.
    pub(crate) async fn signed_in(&self, user_id: &str) -> (Browser, Session) {
        let mut browser = self.browser(&self.account(user_id).office);
        let session = self.sign_in_with(&mut browser, user_id).await;
        (browser, session)
    }

    /// Signs somebody in, in this browser.
    pub(crate) async fn sign_in_with(&self, browser: &mut Browser, user_id: &str) -> Session {
        let ticket = browser.start(user_id, &self.account(user_id).password).await.ok().ticket;
        let session = browser.otp(&ticket, &self.otp().await).await.ok();
        browser.token = Some(session.access_token.clone());
        session
    }
}
