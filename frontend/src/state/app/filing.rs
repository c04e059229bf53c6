//! 届出: the drafts of this device. Each change is in memory at once and on the device soon after; a draft that
//! another tab was first with is shown as that tab left it.

mod calls;
mod confirm;
mod queue;

use super::App;
use crate::service::device;
use crate::service::problem::Problem;
use crate::service::staff_key::StaffKey;
use crate::service::vault::{self, OTHER_TAB, Opened, Vault};
use crate::service::{json, locks};
use crate::state::filings::{Checked, Draft, DraftKey, Filings, Kept, Opening, Saved, Shut};
use domain::calendar::Time;
use domain::filing::outbox::Event;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// Seconds of a day.
const DAY: i64 = 86_400;
/// Nobody has the key of the drafts in this session.
const NO_KEY: &str = "APP-016";
/// What was written could not be read or made.
const UNREADABLE: &str = "APP-013";

impl App {
    /// Looks at what there is of 届出.
    pub fn filings<T>(&self, look: impl FnOnce(&Filings) -> T) -> T {
        self.read(|memory| look(&memory.work.filings))
    }

    /// One draft as it is now.
    pub fn draft(&self, key: DraftKey) -> Option<Kept> {
        self.filings(|filings| filings.get(key).cloned())
    }

    /// Reads the drafts of whoever is signed in, once a session.
    pub fn open_drafts(&self) {
        let begun = self.session().is_some() && self.filings(|filings| filings.opening == Opening::Not);
        if !begun {
            return;
        }
        let (app, hands) = (self.clone(), self.hands());
        self.change(|memory| memory.work.filings.opening = Opening::Opening);
        spawn_local(async move {
            let _writing = app.shared.writing.lock().await;
            let read = app.read_drafts().await;
            app.change_work(hands, |work| match read {
                Ok((drafts, shut)) => {
                    work.filings.opening = Opening::Open;
                    work.filings.shut = shut;
                    drafts.into_iter().for_each(|kept| work.filings.put(kept));
                    work.filings.drafts.sort_by_key(|kept| std::cmp::Reverse(kept.draft.begun_at));
                }
                Err(problem) => work.filings.opening = Opening::Failed(problem),
            });
            app.send_filings();
        });
    }

    /// Reads them again, also after they could not be read.
    pub fn reopen_drafts(&self) {
        self.change(|memory| {
            if memory.work.filings.opening != Opening::Opening {
                memory.work.filings.opening = Opening::Not;
            }
        });
        self.open_drafts();
    }

    async fn read_drafts(&self) -> Result<(Vec<Kept>, Vec<Shut>), Problem> {
        let now = self.now();
        let contents = self.vault().await?.contents(now).await?;
        let mut shut: Vec<Shut> = contents
            .shut
            .into_iter()
            .map(|one| Shut { name: one.name, version: one.version, problem: Problem::new(one.code) })
            .collect();
        let mut drafts = Vec::new();
        for opened in contents.opened {
            match kept(&opened, now) {
                Some(kept) => drafts.push(kept),
                None => shut.push(Shut {
                    name: opened.name,
                    version: opened.version,
                    problem: Problem::new(UNREADABLE),
                }),
            }
        }
        Ok((drafts, shut))
    }

    /// What opens and seals the drafts of whoever is signed in.
    async fn vault(&self) -> Result<Vault, Problem> {
        if let Some(vault) = self.shared.vault.borrow().clone() {
            return Ok(vault);
        }
        let staff = self.session().ok_or_else(|| Problem::new(NO_KEY))?;
        let share = self.shared.staff_key.borrow().clone().ok_or_else(|| Problem::new(NO_KEY))?;
        let vault = Vault::open(&staff, &share).await?;
        // The session may be over by now: then it is not kept for the next.
        if self.shared.staff_key.borrow().is_some() {
            *self.shared.vault.borrow_mut() = Some(vault.clone());
        }
        Ok(vault)
    }

    /// Opens a draft that was sealed with a former password, and seals it with the one of today.
    ///
    /// # Errors
    /// `APP-014` when it was not that password, either; `APP-012`, `APP-013`.
    pub async fn unlock_draft(&self, shut: &Shut, password: &str) -> Result<(), Problem> {
        let staff = self.session().ok_or_else(|| Problem::new(NO_KEY))?;
        let share = StaffKey::derive(staff.user_id.as_str(), password).await;
        let share = share.ok_or_else(|| Problem::new("APP-009"))?;
        let former = Vault::open(&staff, &share).await?.read(&shut.name).await?;
        let opened = former.ok_or_else(|| Problem::new(UNREADABLE))?;
        let mut kept = kept(&opened, self.now()).ok_or_else(|| Problem::new(UNREADABLE))?;
        let until = self.until(&kept.draft);
        kept.version = self.vault().await?.write(&opened.name, opened.version, &opened.bytes, until).await?;
        self.change(|memory| {
            memory.work.filings.shut.retain(|one| one.name != shut.name);
            memory.work.filings.put(kept);
        });
        self.send_filings();
        Ok(())
    }

    /// Throws away a draft that cannot be opened.
    ///
    /// # Errors
    /// `APP-012`, `APP-015`.
    pub async fn discard_shut(&self, shut: &Shut) -> Result<(), Problem> {
        vault::remove(&shut.name, shut.version).await?;
        self.change(|memory| memory.work.filings.shut.retain(|one| one.name != shut.name));
        Ok(())
    }

    /// A new draft, kept soon.
    ///
    /// # Errors
    /// `APP-009` without random numbers.
    pub fn begin_draft(&self, draft: Draft) -> Result<DraftKey, Problem> {
        let mut name = [0; 8];
        device::fill(&mut name).ok_or_else(|| Problem::new("APP-009"))?;
        let key = DraftKey(u64::from_le_bytes(name));
        let kept = Kept { key, version: 0, draft: Rc::new(draft), saved: Saved::Soon, trouble: None };
        self.change(|memory| memory.work.filings.put(kept));
        self.save_draft(key);
        Ok(key)
    }

    /// Changes a draft that is not confirmed, and keeps it.
    pub fn change_draft(&self, key: DraftKey, change: impl FnOnce(&mut Draft)) {
        let changed = self.change(|memory| {
            let kept = memory.work.filings.get_mut(key).filter(|kept| kept.draft.is_open())?;
            change(Rc::make_mut(&mut kept.draft));
            kept.saved = Saved::Soon;
            kept.trouble = None;
            Some(())
        });
        if changed.is_some() {
            self.save_draft(key);
        }
    }

    /// Keeps a draft as it is when its turn comes. What was changed meanwhile is kept with it.
    fn save_draft(&self, key: DraftKey) {
        let (app, hands) = (self.clone(), self.hands());
        spawn_local(async move {
            let _writing = app.shared.writing.lock().await;
            let soon = |kept: &Kept| kept.saved == Saved::Soon && app.hands() == hands;
            if let Some(kept) = app.draft(key).filter(soon) {
                app.write_draft(&kept).await;
            }
        });
    }

    /// Writes a draft as it is given in the place of the version it names.
    ///
    /// # Errors
    /// As [`Vault::write`].
    async fn write_as_is(&self, kept: &Kept) -> Result<(), Problem> {
        let bytes = serde_json::to_vec(&*kept.draft).map_err(|_| Problem::new(UNREADABLE))?;
        let until = self.until(&kept.draft);
        let version = self.vault().await?.write(&kept.key.to_string(), kept.version, &bytes, until).await?;
        let at = self.now();
        self.change_kept(kept.key, |now| {
            now.version = version;
            if Rc::ptr_eq(&now.draft, &kept.draft) {
                now.saved = Saved::At(at);
            }
        });
        Ok(())
    }

    /// The same, and what follows when it cannot be. Whether that is what lies on the device now.
    async fn write_draft(&self, kept: &Kept) -> bool {
        match self.write_as_is(kept).await {
            Ok(()) => true,
            Err(problem) if problem.is(OTHER_TAB) => {
                self.read_again(kept.key).await;
                self.change_kept(kept.key, |now| now.trouble = Some(problem));
                false
            }
            Err(problem) => {
                self.change_kept(kept.key, |now| now.saved = Saved::Not(problem));
                false
            }
        }
    }

    /// Shows a draft as it lies on the device, after another tab was first.
    async fn read_again(&self, key: DraftKey) {
        let Ok(vault) = self.vault().await else { return };
        match vault.read(&key.to_string()).await {
            Ok(Some(opened)) => {
                if let Some(kept) = kept(&opened, self.now()) {
                    self.change(|memory| memory.work.filings.put(kept));
                }
            }
            Ok(None) => self.change(|memory| memory.work.filings.remove(key)),
            Err(problem) => self.change_kept(key, |now| now.trouble = Some(problem)),
        }
    }

    /// Throws a draft away; only what was never confirmed or has come to an end.
    pub fn discard_draft(&self, key: DraftKey) {
        let Some(kept) = self.draft(key).filter(|kept| kept.draft.may_go()) else { return };
        let app = self.clone();
        spawn_local(async move {
            let _writing = app.shared.writing.lock().await;
            let version = app.draft(key).map_or(kept.version, |kept| kept.version);
            match if version == 0 { Ok(()) } else { vault::remove(&key.to_string(), version).await } {
                Ok(()) => app.change(|memory| memory.work.filings.remove(key)),
                Err(problem) => {
                    app.read_again(key).await;
                    app.change_kept(key, |now| now.trouble = Some(problem));
                }
            }
        });
    }

    /// Takes a filing that was refused or given up for a draft again.
    pub fn reopen_draft(&self, key: DraftKey) {
        let reopened = self.change(|memory| {
            let kept = memory.work.filings.get_mut(key)?;
            kept.draft = Rc::new(kept.draft.reopened()?);
            (kept.saved, kept.trouble) = (Saved::Soon, None);
            Some(())
        });
        if reopened.is_some() {
            self.save_draft(key);
        }
    }

    /// 本人確認 by card that was made for a draft; taken once.
    pub fn take_checked(&self, key: DraftKey) -> Option<Checked> {
        self.filings(|filings| filings.checked.as_ref().is_some_and(|checked| checked.draft == key))
            .then(|| self.change(|memory| memory.work.filings.checked.take()))?
    }

    fn change_kept(&self, key: DraftKey, change: impl FnOnce(&mut Kept)) {
        self.change(|memory| {
            if let Some(kept) = memory.work.filings.get_mut(key) {
                change(kept);
            }
        });
    }

    /// Until when a draft lies here untouched; what may be on its way has no such day.
    fn until(&self, draft: &Draft) -> Option<Time> {
        let days = i64::from(self.config().drafts_days.0);
        draft.may_go().then(|| self.now().plus(days * DAY))
    }
}

/// A draft as it was opened; `None` when it cannot be read.
fn kept(opened: &Opened, now: Time) -> Option<Kept> {
    let key = DraftKey(opened.name.parse().ok()?);
    let mut draft: Draft = json::read(&opened.bytes).ok()?;
    if let Some(sent) = &mut draft.sent {
        // Whatever was under way died with the page.
        let _ = sent.outbox.handle(Event::Restarted, now, 0);
    }
    Some(Kept { key, version: opened.version, draft: Rc::new(draft), saved: Saved::At(now), trouble: None })
}
