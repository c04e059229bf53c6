//! 認定の進捗: asking for it again and again, gently, and what follows from the answers.

use super::App;
use crate::route::Route;
use crate::service::account::Kept;
use crate::service::alert::{self, AlertState, AlertWish};
use crate::service::problem::Problem;
use crate::service::watch::{self, Watch};
use crate::state::board::{Board, BoardWish, Seen, Told};
use crate::state::{PersonKey, Work};
use crate::text::board_changes;
use domain::access::{Denial, may_follow};
use domain::upstream::{CaseEventsResponse, CasesRequest, PersonHandle, Staff};
use wasm_bindgen_futures::spawn_local;

impl App {
    /// Whether who works here may follow the progress, or why not; `None` when nobody works.
    pub fn may_follow(&self) -> Option<Result<(), Denial>> {
        self.session().map(|staff| may_follow(&staff))
    }

    /// What was told of the cases of the office's clients.
    pub fn board(&self) -> Board {
        self.read(|memory| memory.work.board.clone())
    }

    /// What is wished of the board.
    pub fn board_wish(&self) -> BoardWish {
        self.read(|memory| memory.work.board_wish.clone())
    }

    /// How many cases have changed since they were looked at.
    pub fn fresh_cases(&self) -> usize {
        self.read(|memory| memory.work.board.fresh)
    }

    /// Keeps what is wished of the board.
    pub fn set_board_wish(&self, wish: BoardWish) {
        self.change(|memory| memory.work.board_wish = wish);
    }

    /// Begins to ask, as long as the app is there; a second time changes nothing.
    pub fn watch_cases(&self) {
        if self.shared.watch.borrow().is_none() {
            let app = self.clone();
            *self.shared.watch.borrow_mut() = Some(Watch::start(move |back| {
                app.ask_cases(back && app.read(|memory| memory.work.board.problem.is_some()));
            }));
        }
        self.ask_cases(false);
    }

    /// Asks what is new: when it is time, or at once; only while somebody works and can see the page.
    pub fn ask_cases(&self, at_once: bool) {
        let Some(staff) = self.session().filter(|staff| may_follow(staff).is_ok()) else { return };
        let Ok(client) = self.client() else { return };
        let now = self.now();
        let board = |memory: &crate::state::Memory| {
            let board = &memory.work.board;
            (board.is_due(now) || (at_once && !board.waiting)).then(|| board.mark())
        };
        if !watch::open() {
            return;
        }
        let Some(seen) = self.read(board) else { return };
        let app = self.clone();
        let hands = self.hands();
        self.shared.memory.borrow_mut().work.board.waiting = true;
        spawn_local(async move {
            let result = client.cases(&CasesRequest { seen }).await;
            app.heed(result.as_ref().err());
            let mut told = Told::default();
            app.change_work(hands, |work| match result {
                Ok(response) => {
                    let kept = Kept::Looks.load(&staff).map(|text| Seen::read(&text));
                    told = work.board.answered(response, app.now(), kept);
                    work.follow(&told);
                }
                Err(problem) => {
                    told = work.board.failed(problem, app.now());
                    work.follow(&told);
                }
            });
            if told.looks {
                app.keep_looks(&staff);
            }
            app.speak_up(&staff, &told);
        });
    }

    /// Somebody looked at the cases of one person, or at all.
    pub fn look_at_cases(&self, person: Option<&PersonHandle>) {
        self.change(|memory| memory.work.board.look(person));
        if let Some(staff) = self.session() {
            self.keep_looks(&staff);
        }
    }

    /// Every event of a person's cases.
    ///
    /// # Errors
    /// `UPS-120` and after, and what can happen on the way.
    pub async fn case_events(&self, key: PersonKey) -> Result<CaseEventsResponse, Problem> {
        let person = self.person(key).ok_or_else(|| Problem::new("UPS-121"))?;
        self.heard_of(key, self.client()?.case_events(&person.person.handle).await)
    }

    /// What somebody wishes of the browser's own notices.
    pub fn alert_wish(&self) -> AlertWish {
        self.session().map_or(AlertWish::Off, |staff| AlertWish::of(&staff))
    }

    /// Keeps such a wish; whether the browser allows that.
    pub fn set_alert_wish(&self, wish: AlertWish) -> bool {
        self.session().is_some_and(|staff| wish.keep(&staff))
    }

    /// Kept on this device, so that a page loaded anew knows what was seen.
    fn keep_looks(&self, staff: &Staff) {
        let text = self.read(|memory| {
            let board = &memory.work.board;
            memory.staff().filter(|now| **now == *staff)?;
            Some(board.seen.as_ref()?.text(board.all.as_ref()?))
        });
        if let Some(text) = text {
            // Where nothing can be kept, the marks end with the page.
            let _ = Kept::Looks.keep(staff, &text);
        }
    }

    /// Says it outside of the page, when that is wished and somebody works elsewhere.
    fn speak_up(&self, staff: &Staff, told: &Told) {
        let wish = AlertWish::of(staff);
        if told.changed.is_empty()
            || wish == AlertWish::Off
            || alert::state() != AlertState::Granted
            || watch::in_front()
            || self.session().is_none()
        {
            return;
        }
        // Behind the cover of an untouched screen nobody is named.
        let names = if wish == AlertWish::Names && !self.masked() { self.names(told) } else { String::new() };
        let app = self.clone();
        alert::show(&board_changes(told.changed.len()), &names, move || app.go(Route::Board));
    }

    fn names(&self, told: &Told) -> String {
        self.read(|memory| {
            let people = &memory.work.people;
            let person = |handle| people.get(people.key_of(handle)?);
            let names = told.changed.iter().filter_map(person).map(|seen| seen.person.name.clone());
            crate::text::board_names(&names.collect::<Vec<_>>())
        })
    }
}

impl Work {
    /// Draws the consequences: people are met, and of those who are closed nothing stays open.
    fn follow(&mut self, told: &Told) {
        self.people.cases(&told.entries);
        for key in told.closed.iter().filter_map(|person| self.people.key_of(person)).collect::<Vec<_>>() {
            self.people.close(key);
        }
    }
}
