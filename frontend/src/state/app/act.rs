//! What a page does.

use super::App;
use crate::route::Route;
use crate::service::device::Device;
use crate::service::problem::Problem;
use crate::service::staff_key::StaffKey;
use crate::service::upstream::Client;
use crate::service::{browser, relay};
use crate::state::filings::Checked;
use crate::state::{DraftKey, ImportDraft, Memory, NumbersDraft, PersonKey, Phase, Wish};
use domain::qualification::kept;
use domain::upstream::{
    AssertionRequest, ChallengeRequest, ChallengeResponse, OtpRequest, PersonHandle, Purpose, SearchRequest,
    StartRequest, StartResponse,
};
use futures_util::future::join;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use zeroize::Zeroize;

/// What a page does.
impl App {
    /// Goes to a page; the browser's back button comes back here.
    pub fn go(&self, route: Route) {
        browser::set_fragment(&route.address());
    }

    /// Enrols this device with a one-time code.
    ///
    /// # Errors
    /// `RLY-021`, `RLY-022`, `APP-005`, `APP-009`, and no connection.
    pub async fn enrol(&self, code: &str, label: &str) -> Result<(), Problem> {
        let device = match Device::load().await? {
            Some(device) => device,
            None => Device::make().await?,
        };
        let base = self.config().relay.clone();
        let enrolled = relay::enrol(&base, code, device.public(), label, self.now()).await?;
        let device = device.enrolled(enrolled.credential).await?;
        *self.shared.client.borrow_mut() = Some(Client::new(&base, device, Rc::clone(&self.shared.clock)));
        self.change(|memory| memory.phase = Phase::SignIn { why: None, last: None });
        Ok(())
    }

    /// First step of a sign-in.
    ///
    /// # Errors
    /// `UPS-101`, `UPS-102`, `UPS-107`, and what can happen on the way.
    pub async fn sign_in(&self, request: StartRequest) -> Result<StartResponse, Problem> {
        let client = self.client()?;
        // The password is here now and never again.
        let key = StaffKey::derive(request.user_id.as_str(), &request.password);
        let (started, key) = join(client.start(&request), key).await;
        let mut password = request.password;
        password.zeroize();
        let started = self.heard(started)?;
        *self.shared.staff_key.borrow_mut() = key;
        Ok(started)
    }

    /// Second step.
    ///
    /// # Errors
    /// `UPS-103`, `UPS-104`, and what can happen on the way.
    pub async fn one_time_password(&self, request: OtpRequest) -> Result<(), Problem> {
        let session = self.heard(self.client()?.otp(&request).await)?;
        if self.change(|memory| memory.signed_in(session.staff)) {
            self.go(Route::Today);
        }
        Ok(())
    }

    /// Locks the screen; the work stays for the same person.
    pub fn lock(&self) {
        self.change(Memory::lock);
        self.end_session();
    }

    /// Signs out; nothing of anybody stays.
    pub fn sign_out(&self) {
        self.change(Memory::sign_out);
        self.end_session();
        self.go(Route::Today);
    }

    /// Looks a person up by numbers.
    ///
    /// # Errors
    /// `UPS-110` to `UPS-112`, and what can happen on the way.
    pub async fn search(&self, request: SearchRequest) -> Result<PersonKey, Problem> {
        let key = self.met(self.heard(self.client()?.search(&request).await)?);
        self.change(|memory| memory.work.numbers = NumbersDraft::default());
        Ok(key)
    }

    /// A challenge for a card.
    ///
    /// # Errors
    /// What can happen on the way.
    pub async fn challenge(&self, purpose: Purpose) -> Result<ChallengeResponse, Problem> {
        self.heard(self.client()?.challenge(&ChallengeRequest { purpose }).await)
    }

    /// Keeps 本人確認 that was made by card for a draft, until its page takes it.
    pub fn set_checked(&self, checked: Checked) {
        self.change(|memory| memory.work.filings.checked = Some(checked));
    }

    /// Whose draft it is.
    pub fn draft_of(&self, key: DraftKey) -> Option<PersonHandle> {
        self.read(|memory| Some(memory.work.filings.get(key)?.draft.person.handle.clone()))
    }

    /// Brings the card's answer and learns whose it is.
    ///
    /// # Errors
    /// `UPS-201` to `UPS-208`, and what can happen on the way.
    pub async fn assertion(&self, request: AssertionRequest) -> Result<PersonKey, Problem> {
        Ok(self.met(self.heard(self.client()?.assertion(&request).await)?))
    }

    /// Fetches who was seen today.
    pub fn load_seen(&self) {
        let (app, Ok(client)) = (self.clone(), self.client()) else { return };
        spawn_local(async move {
            if app.seen().waiting {
                return;
            }
            let hands = app.hands();
            app.change(|memory| memory.work.seen = memory.work.seen.started());
            let result = app.heard(client.seen().await);
            app.change_work(hands, |work| {
                if let Ok(response) = &result {
                    work.people.seen(response);
                }
                work.seen = work.seen.ended(result);
            });
        });
    }

    /// Fetches the office's clients.
    pub fn load_clients(&self) {
        let (app, Ok(client)) = (self.clone(), self.client()) else { return };
        spawn_local(async move {
            if app.clients().waiting {
                return;
            }
            let hands = app.hands();
            app.change(|memory| memory.work.clients = memory.work.clients.started());
            let result = app.heard(client.clients().await);
            app.change_work(hands, |work| {
                if let Ok(response) = &result {
                    work.people.clients(response);
                }
                work.clients = work.clients.ended(result);
            });
        });
    }

    /// Looks a person up by numbers and puts them on the list.
    ///
    /// # Errors
    /// `UPS-110` to `UPS-112`, and what can happen on the way.
    pub async fn add_by_numbers(&self, request: SearchRequest) -> Result<(), Problem> {
        let client = self.client()?;
        let found = self.heard(client.search(&request).await)?;
        self.heard(client.add_client(&found.person.handle).await)
    }

    /// Puts somebody who may be viewed on the list, or takes somebody off it.
    pub fn set_client(&self, person: PersonHandle, on: bool) {
        let (app, Ok(client)) = (self.clone(), self.client()) else { return };
        spawn_local(async move {
            let result =
                if on { client.add_client(&person).await } else { client.remove_client(&person).await };
            match app.heard(result) {
                Ok(()) => app.load_clients(),
                Err(problem) => {
                    app.change(|memory| memory.work.clients = memory.work.clients.ended(Err(problem)));
                }
            }
        });
    }

    /// Keeps what is wished of the list, for whoever comes back to it. The list itself knows already: nothing
    /// is drawn for it.
    pub fn keep_wish(&self, wish: Wish) {
        self.shared.memory.borrow_mut().work.wish = wish;
    }

    /// Keeps clients from a file.
    pub fn set_import(&self, draft: Option<ImportDraft>) {
        self.change(|memory| memory.work.import = draft);
    }

    /// Fetches the five kinds of a person.
    pub fn load_qualification(&self, key: PersonKey) {
        let (app, Some(person), Ok(client)) = (self.clone(), self.person(key), self.client()) else { return };
        spawn_local(async move {
            if app.qualification(key).waiting {
                return;
            }
            let hands = app.hands();
            app.change(|memory| memory.work.people.set_sheets(key, memory.work.people.sheets(key).started()));
            let result = app.heard(client.qualification(&person.person.handle).await);
            app.change_work(hands, |work| {
                let before = work.people.sheets(key);
                // A kind that could not be fetched stays as it was.
                let result = result.map(|now| kept(before.value.as_deref(), now));
                work.people.set_sheets(key, before.ended(result));
            });
        });
    }

    /// Fetches what was registered of a person.
    pub fn load_history(&self, key: PersonKey) {
        let (app, Some(person), Ok(client)) = (self.clone(), self.person(key), self.client()) else { return };
        spawn_local(async move {
            if app.history(key).waiting {
                return;
            }
            let hands = app.hands();
            app.change(|memory| {
                memory.work.people.set_history(key, memory.work.people.history(key).started());
            });
            let result = app.heard(client.history(&person.person.handle).await);
            app.change_work(hands, |work| {
                work.people.set_history(key, work.people.history(key).ended(result))
            });
        });
    }

    /// Keeps what was typed in the form by numbers.
    pub fn set_numbers(&self, draft: NumbersDraft) {
        self.change(|memory| memory.work.numbers = draft);
    }
}
