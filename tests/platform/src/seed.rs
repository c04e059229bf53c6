//! A deterministic synthetic municipality: 伊勢崎市, insurer 102046. No real person is in it.
//!
//! The same options make the same people to the last digit, so that a demonstration, a test and a
//! benchmark speak of the same things. Dates stand around a reference day, so that what is about to
//! expire really is.

mod accounts;
mod application;
mod benefit;
mod case_papers;
mod cases;
mod certification;
mod client_file;
mod clients;
mod consents;
mod copayment;
mod dates;
pub(crate) mod demo;
mod filings;
mod limit_table;
mod names;
mod odd;
pub(crate) mod offices;
mod originals;
mod papers;
mod progress;
mod random;
mod resident;
mod script;
mod show;
mod write;

pub use accounts::SignIn;
pub(crate) use progress::certified;
pub(crate) use random::Random;
pub use show::DemoPerson;

use crate::document::Original;
use crate::filing::Seal;
use crate::layout::{self, Layout};
use crate::{Clock, PlatformError, SystemClock};
use kakehashi_domain::calendar::Date;
use serde::{Deserialize, Serialize};

/// Raised when what is written changes, so that an older database is written anew.
const VERSION: u32 = 8;
/// A database seeded for a day so long ago is no longer alive.
const STALE_DAYS: i64 = 31;

/// What to write.
#[derive(Debug, Clone)]
pub struct SeedOptions {
    /// How many people.
    pub people: u32,
    /// How many of them the 居宅介護支援 office has on its list from the start.
    pub clients: u32,
    /// How many of those have a certification under way, beside the few that have one anyway.
    pub under_way: u32,
    /// How many people there are with a 届出 in one state or another, or with one due.
    pub filings: u32,
    /// Which municipality: another number, other people.
    pub seed: u64,
    /// The reference day; none: today.
    pub today: Option<Date>,
    /// How hard passwords are to guess from their hashes.
    pub password: PasswordCost,
}

impl Default for SeedOptions {
    fn default() -> Self {
        Self {
            people: 300,
            clients: 0,
            under_way: 0,
            filings: 0,
            seed: 102_046,
            today: None,
            password: PasswordCost::Usual,
        }
    }
}

/// Cost of argon2id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordCost {
    /// As in use: 19 MiB, two passes.
    Usual,
    /// For tests only: the least the algorithm allows.
    Least,
}

/// What was written, or found written.
#[derive(Debug, Clone)]
pub struct Seeded {
    /// How many people there are.
    pub people: u32,
    /// The reference day.
    pub today: Date,
    /// Whether it was there already.
    pub kept: bool,
    /// Who can sign in.
    pub sign_in: Vec<SignIn>,
    /// Whom to look up.
    pub demo: Vec<DemoPerson>,
}

/// Says what a database was seeded with; kept in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Mark {
    version: u32,
    people: u32,
    #[serde(default)]
    clients: u32,
    #[serde(default)]
    under_way: u32,
    #[serde(default)]
    filings: u32,
    seed: u64,
    today: Date,
    pki: String,
}

/// Writes the municipality below a directory that [`crate::make`] made; nothing twice.
///
/// # Errors
/// When keys are missing or a file cannot be written.
pub fn seed(layout: &Layout, options: &SeedOptions) -> Result<Seeded, PlatformError> {
    let cards = write::bindings(layout)?;
    let today = options.today.unwrap_or_else(|| SystemClock.now().date());
    let wanted = Mark {
        version: VERSION,
        people: options.people.max(demo::ALL.len() as u32),
        clients: options.clients,
        under_way: options.under_way,
        filings: options.filings,
        seed: options.seed,
        today,
        pki: cards.fingerprint(),
    };
    if let Some(mark) = found(layout)?.filter(|mark| still_good(mark, &wanted, options.today.is_none())) {
        let demo = show::read(&layout.people())?;
        let sign_in = show::read(&layout.sign_in())?;
        return Ok(Seeded { people: mark.people, today: mark.today, kept: true, sign_in, demo });
    }
    let seal = Seal::load(layout)?;
    let outcome = layout.database().fill(|db| {
        let outcome = write::whole(db, &wanted, &cards, &seal, options.password)?;
        show::write(&layout.people(), &outcome.demo)?;
        layout::write(&layout.clients(), &outcome.clients)?;
        show::write_secret(&layout.sign_in(), &outcome.sign_in)?;
        Ok(outcome)
    })?;
    Ok(Seeded { people: wanted.people, today, kept: false, sign_in: outcome.sign_in, demo: outcome.demo })
}

/// What is the matter with the originals of somebody's papers, by place in the register.
pub(crate) fn original(place: u32) -> Original {
    resident::case_at(place).map_or(Original::Usual, |case| case.original)
}

/// Whether the doctor agrees to the use of the opinion, of somebody of whom that is settled.
pub(crate) fn doctor_agrees(place: u32) -> Option<bool> {
    let card = demo::ALL.get(place as usize).map(|_| true);
    card.or_else(|| resident::case_at(place).map(|case| case.doctor_agrees))
}

/// What the present database was seeded with, if it was.
fn found(layout: &Layout) -> Result<Option<Mark>, PlatformError> {
    let shown = layout.people().exists() && layout.clients().exists() && layout.sign_in().exists();
    if !shown {
        return Ok(None);
    }
    let text = layout.database().note("seed")?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

fn still_good(mark: &Mark, wanted: &Mark, any_day: bool) -> bool {
    let age = mark.today.days_until(wanted.today);
    let day = if any_day { (0..STALE_DAYS).contains(&age) } else { age == 0 };
    day && Mark { today: wanted.today, ..mark.clone() } == *wanted
}
