//! 届出 on the desk: what its pages read and do.

use crate::service::device;
use crate::service::problem::Problem;
use crate::state::App;
use crate::state::desk::{DeskFilings, FiledKey, InboxWish, PageEnd, PaperDraft};
use domain::calendar::Time;
use domain::filing::FilingKey;
use domain::upstream::{DecideRequest, DecideResponse, Decision, InboxOpenRequest, PaperRequest};
use wasm_bindgen_futures::spawn_local;

/// Filings a page of the inbox.
const INBOX_PAGE: u16 = 50;
/// Seconds after which whoever comes back to the desk gets a new count.
const AGAIN: i64 = 300;

impl App {
    /// Looks at what there is of it.
    pub fn desk_filings<T>(&self, look: impl FnOnce(&DeskFilings) -> T) -> T {
        self.read(|memory| look(&memory.work.desk.filings))
    }

    /// Keeps what is typed.
    pub fn set_desk_filings(&self, change: impl FnOnce(&mut DeskFilings)) {
        self.change(|memory| change(&mut memory.work.desk.filings));
    }

    /// Fetches a page of the inbox.
    pub fn load_inbox(&self, wish: InboxWish, marks: Vec<PageEnd>) {
        let (app, Ok(client)) = (self.clone(), self.client()) else { return };
        let hands = self.hands();
        let request = wish.request(marks.last(), INBOX_PAGE);
        let turn = self.change(|memory| memory.work.desk.filings.ask(wish, marks));
        spawn_local(async move {
            let result = app.heard(client.inbox(&request).await);
            app.change_work(hands, |work| {
                let desk = &mut work.desk.filings;
                if let Ok(page) = &result {
                    desk.take(turn, page);
                }
                if let Some(load) = desk.answered(turn) {
                    *load = load.ended(result);
                }
            });
        });
    }

    /// Fetches the beginning of the inbox, unless that was done lately: the navigation says how much there is.
    pub fn count_inbox(&self) {
        let now = self.now();
        let (due, shown) = self.desk_filings(|desk| {
            let lately = |at: Time| at.plus(AGAIN) > now && at <= now.plus(AGAIN);
            let due = !desk.counted_at.is_some_and(lately) && !desk.inbox.waiting;
            (due, desk.asked.is_all() && desk.marks.is_empty())
        });
        if due && shown {
            self.load_inbox(InboxWish::default(), Vec::new());
        } else if due {
            self.count_apart();
        }
    }

    /// The same without touching the page that is shown, which is another one.
    fn count_apart(&self) {
        let (app, Ok(client)) = (self.clone(), self.client()) else { return };
        let hands = self.hands();
        spawn_local(async move {
            let request = InboxWish::default().request(None, 1);
            if let Ok(page) = app.heard(client.inbox(&request).await) {
                app.change_work(hands, |work| work.desk.filings.count(&page));
            }
        });
    }

    /// Opens a filing with what the register says today.
    pub fn load_filed(&self, key: FiledKey) {
        let (app, Ok(client)) = (self.clone(), self.client()) else { return };
        let (number, before) = self.desk_filings(|desk| (desk.number(key), desk.opened(key)));
        let Some(number) = number.filter(|_| !before.waiting) else { return };
        let hands = self.hands();
        self.set_desk_filings(|desk| desk.put(key, before.started()));
        spawn_local(async move {
            let result = app.heard(client.open_filed(&InboxOpenRequest { number }).await);
            app.change_work(hands, |work| {
                let load = work.desk.filings.opened(key).ended(result);
                work.desk.filings.put(key, load);
            });
        });
    }

    /// 受理 or 差戻し of the version that was on the screen. The answer is what stands then.
    ///
    /// # Errors
    /// `UPS-157`, and what can happen on the way.
    pub async fn decide_filing(
        &self,
        key: FiledKey,
        version: u32,
        decision: Decision,
    ) -> Result<DecideResponse, Problem> {
        let number = self.desk_filings(|desk| desk.number(key)).ok_or_else(|| Problem::new("UPS-157"))?;
        let hands = self.hands();
        let request = DecideRequest { number, version, decision };
        let answer = self.heard(self.client()?.decide_filing(&request).await)?;
        let (DecideResponse::Saved(opened) | DecideResponse::Conflict(opened)) = &answer;
        let done = matches!(answer, DecideResponse::Saved(_));
        self.change_work(hands, |work| {
            let desk = &mut work.desk.filings;
            let load = desk.opened(key).ended(Ok((**opened).clone()));
            desk.put(key, load);
            // Another count is asked for with the next look at the desk.
            desk.counted_at = None;
            if done {
                desk.set_reason(key, String::new());
            }
        });
        self.count_inbox();
        Ok(answer)
    }

    /// The paper that is being entered, begun now if there is none.
    ///
    /// # Errors
    /// When the browser has no random numbers.
    pub fn begin_paper(&self) -> Result<(), Problem> {
        if self.desk_filings(|desk| desk.paper.is_some()) {
            return Ok(());
        }
        let insurer = self.session().and_then(|staff| staff.insurer.clone());
        let draft = PaperDraft::new(FilingKey(device::random::<16>()?), self.today(), insurer.as_ref());
        self.set_desk_filings(|desk| desk.paper = Some(draft));
        Ok(())
    }

    /// Enters a paper. What was typed is let go once it is entered.
    ///
    /// # Errors
    /// `UPS-111`, `UPS-140`, `UPS-150`, `UPS-152`, and what can happen on the way.
    pub async fn enter_paper(&self, request: &PaperRequest) -> Result<FiledKey, Problem> {
        let hands = self.hands();
        let opened = self.heard(self.client()?.paper_filing(request).await)?;
        let mut key = Err(Problem::new("APP-016"));
        self.change_work(hands, |work| {
            let desk = &mut work.desk.filings;
            let met = desk.meet(&opened.entry.number);
            desk.put(met, desk.opened(met).ended(Ok(opened)));
            (desk.paper, desk.counted_at, desk.entered) = (None, None, Some(met));
            key = Ok(met);
        });
        self.count_inbox();
        key
    }
}
