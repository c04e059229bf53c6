//! What all calls share.

use crate::card::Trust;
use crate::cases::Paces;
use crate::extras::{Failing, Outbox};
use crate::filing::Seal;
use crate::secret::InstallationKey;
use crate::session::Guard;
use crate::shelf::Originals;
use crate::store::Store;
use crate::{Clock, Config, Layout, PlatformError, Rules, ShiftClock, SystemClock};
use kakehashi_domain::calendar::Time;
use kakehashi_signing::{ReplayCache, WINDOW};
use std::collections::HashSet;
use std::sync::Arc;

/// Nonces remembered: an office sends a few a second, and the window is two minutes wide.
const NONCES: usize = 200_000;

/// Shared state.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) layout: Layout,
    pub(crate) store: Store,
    pub(crate) rules: Rules,
    /// The clock of the rules.
    pub(crate) clock: ShiftClock,
    /// Offices that exist, by number.
    pub(crate) offices: HashSet<String>,
    /// Hides tokens, binds people to cards.
    pub(crate) key: InstallationKey,
    /// Nonces of signatures seen.
    pub(crate) replay: ReplayCache,
    /// Counts failures of sign-in.
    pub(crate) guard: Guard,
    /// Kinds that cannot be fetched just now.
    pub(crate) failing: Failing,
    /// How long insurers take.
    pub(crate) paces: Paces,
    /// Signs receipts and decisions of 届出.
    pub(crate) seal: Seal,
    /// Where one-time passwords are put.
    pub(crate) outbox: Outbox,
    /// Originals being sent.
    pub(crate) originals: Originals,
    /// Roots and revocation lists of the cards.
    pub(crate) trust: Trust,
}

/// How calls hold it.
pub(crate) type Shared = Arc<State>;

impl State {
    /// Opens everything below the directory.
    pub(crate) fn open(config: &Config) -> Result<Self, PlatformError> {
        let layout = config.layout.clone();
        let dir = || layout.dir().to_owned();
        if let Some(missing) =
            [layout.installation_key(), layout.receipts()].into_iter().find(|path| !path.exists())
        {
            return Err(PlatformError::NotMade { dir: dir(), missing });
        }
        let database = layout.database();
        let nobody = database.note("nobody")?.ok_or_else(|| PlatformError::NotSeeded { dir: dir() })?;
        let store = Store::open(database)?;
        let offices = store.offices()?;
        let machine = u64::try_from(SystemClock.now().0).unwrap_or_default();
        Ok(Self {
            store,
            rules: config.rules.clone(),
            clock: ShiftClock::new(Arc::clone(&config.clock)),
            offices,
            key: InstallationKey::load(&layout.installation_key())?,
            replay: ReplayCache::new(NONCES, WINDOW, machine),
            guard: Guard::new(nobody),
            failing: Failing::default(),
            paces: Paces::default(),
            seal: Seal::load(&layout)?,
            outbox: Outbox::default(),
            originals: Originals::default(),
            trust: Trust::load(&layout.jpki())?,
            layout,
        })
    }

    /// Now, by the clock of the rules.
    pub(crate) fn now(&self) -> Time {
        self.clock.now()
    }
}
