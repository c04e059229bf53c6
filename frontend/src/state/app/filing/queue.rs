//! Sending what is confirmed: the outbox machine of each, one tab at a time, as long as somebody is signed in.

use super::{App, locks};
use crate::service::problem::Problem;
use crate::service::vault::OTHER_TAB;
use crate::service::watch::Watch;
use crate::service::{browser, device};
use crate::state::filings::{DraftKey, Kept, Saved};
use crate::state::memory::SESSION_OVER;
use domain::filing::outbox::{Call, Event, Line, Reply, Step, reply};
use domain::upstream::{KeyOutcome, SubmitRequest};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// Name of the lock among the tabs.
const LOCK: &str = "kakehashi-filings";
/// Tries to write what another tab writes as well.
const TURNS: u8 = 5;

impl App {
    /// Begins to watch, as long as the app is there; a second time changes nothing.
    pub fn watch_filings(&self) {
        if self.shared.filing_watch.borrow().is_none() {
            let app = self.clone();
            *self.shared.filing_watch.borrow_mut() = Some(Watch::start(move |_| app.glance()));
        }
        self.glance();
    }

    fn glance(&self) {
        self.open_drafts();
        self.send_filings();
        self.follow_filings();
    }

    /// Sends what waits. Too often does no harm: the machines know when.
    pub fn send_filings(&self) {
        let waiting = self.filings(|filings| filings.waiting().count());
        if waiting == 0 || self.shared.sending.replace(true) {
            return;
        }
        let app = self.clone();
        spawn_local(async move {
            let work = app.clone();
            let mine = locks::alone(LOCK, async move {
                for key in work.waiting_keys() {
                    work.send_one(key).await;
                }
            });
            if !mine.await {
                // Another tab is at it: what it has learnt lies on the device.
                for key in app.waiting_keys() {
                    let _ = app.keep(key).await;
                }
            }
            app.shared.sending.set(false);
        });
    }

    fn waiting_keys(&self) -> Vec<DraftKey> {
        self.filings(|filings| filings.waiting().map(|(kept, _)| kept.key).collect())
    }

    /// Somebody wants a filing back that is not known to have come.
    pub fn give_up_filing(&self, key: DraftKey) {
        let app = self.clone();
        spawn_local(async move {
            if let Some(step) = app.step(key, Event::GiveUp)
                && step.keep
            {
                let _ = app.keep(key).await;
            }
            app.send_filings();
        });
    }

    /// Drives one machine until it has to wait.
    async fn send_one(&self, key: DraftKey) {
        let line = if !browser::online() {
            Line::Down
        } else if self.session().is_none() {
            Line::SignedOut
        } else {
            Line::Up
        };
        let mut event = Event::Tick(line);
        while let Some(step) = self.step(key, event) {
            let kept = !step.keep || self.keep(key).await;
            let Some(call) = step.call else { return };
            let stands = self.draft(key).is_some_and(|kept| machine(&kept, |outbox| outbox.stands(call)));
            let answer = if kept && stands { self.call_filing(key, call).await } else { Reply::Nothing };
            event = Event::Answer(call, answer);
        }
    }

    /// Tells the machine; `None` when there is none (any more).
    fn step(&self, key: DraftKey, event: Event) -> Option<Step> {
        let (now, mut luck) = (self.now(), [0; 4]);
        // Without random numbers the pauses are even.
        let _ = device::fill(&mut luck);
        self.change(|memory| {
            let kept = memory.work.filings.get_mut(key)?;
            let sent = Rc::make_mut(&mut kept.draft).sent.as_mut()?;
            Some(sent.outbox.handle(event, now, u32::from_le_bytes(luck)))
        })
    }

    /// Keeps a machine in one change: reads what is kept, takes it in, writes. Where the device keeps nothing of
    /// it, memory is all there is.
    pub(super) async fn keep(&self, key: DraftKey) -> bool {
        let _writing = self.shared.writing.lock().await;
        for _ in 0..TURNS {
            let Some(mine) = self.draft(key) else { return false };
            if mine.version == 0 {
                return true;
            }
            let Ok(vault) = self.vault().await else { return false };
            match vault.read(&key.to_string()).await {
                Ok(Some(opened)) => {
                    let Some(theirs) = super::kept(&opened, self.now()) else { return false };
                    let before = Rc::clone(&theirs.draft);
                    self.change_kept(key, |now| {
                        now.version = theirs.version;
                        Rc::make_mut(&mut now.draft).take_in(&theirs.draft);
                    });
                    let Some(now) = self.draft(key) else { return false };
                    if now.draft == before {
                        return true;
                    }
                    match self.write_as_is(&now).await {
                        Ok(()) => return true,
                        // Another tab was first once more: what it wrote is taken in as well.
                        Err(problem) if problem.is(OTHER_TAB) => {}
                        Err(problem) => {
                            self.change_kept(key, |now| now.saved = Saved::Not(problem));
                            return false;
                        }
                    }
                }
                // Another tab has thrown it away, which only what has ended can be.
                Ok(None) => {
                    self.change(|memory| memory.work.filings.remove(key));
                    return false;
                }
                Err(problem) => {
                    self.change_kept(key, |now| now.trouble = Some(problem));
                    return false;
                }
            }
        }
        false
    }

    async fn call_filing(&self, key: DraftKey, call: Call) -> Reply {
        let Some((request, filing_key)) = self.draft(key).and_then(|kept| {
            let sent = kept.draft.sent.as_ref()?;
            let (statement, signature) = (sent.statement.clone(), sent.signature.clone());
            let person = kept.draft.person.handle.clone();
            Some((SubmitRequest { person, statement, signature }, sent.outbox.key.clone()))
        }) else {
            return Reply::Nothing;
        };
        let answer = async {
            let client = self.client()?;
            match call {
                Call::Submit => client.submit_filing(&filing_key, &request).await,
                Call::Keys => client.filing_key(&filing_key).await,
                Call::Void => client.void_filing(&filing_key).await,
            }
        };
        let answer = answer.await;
        let told = match &answer {
            Ok(outcome) => reply(outcome, &filing_key, &request.statement),
            Err(problem) if SESSION_OVER.contains(&problem.code.as_ref()) => Reply::SessionOver,
            Err(_) => Reply::Nothing,
        };
        self.learn(key, &answer, told);
        self.heed(answer.as_ref().err());
        told
    }

    /// Keeps what was answered beside the machine, for the screen.
    fn learn(&self, key: DraftKey, answer: &Result<KeyOutcome, Problem>, told: Reply) {
        self.change_kept(key, |kept| match answer {
            Ok(outcome) => {
                kept.trouble = (told == Reply::Nothing).then(|| Problem::new("APP-004"));
                let end = matches!(told, Reply::Received | Reply::Refused | Reply::Void);
                if let (true, Some(sent)) = (end, &mut Rc::make_mut(&mut kept.draft).sent) {
                    sent.outcome = Some(outcome.clone());
                }
            }
            Err(problem) => kept.trouble = Some(problem.clone()),
        });
    }
}

fn machine(kept: &Kept, ask: impl FnOnce(&domain::filing::outbox::Outbox) -> bool) -> bool {
    kept.draft.sent.as_ref().is_some_and(|sent| ask(&sent.outbox))
}
