//! 認定の経過: every event of one person's cases, who entered it, what was corrected, and what it means until
//! the result is there.
//!
//! What came belongs to this component alone. It goes with the page, with a lock, and when
//! [`App::close_documents`] says so.

mod advice;
mod doubt;
mod entry;
mod way;

pub(super) use doubt::doubts;
pub(super) use entry::entries;

use crate::component::{
    Banner, Button, FaultMessage, IconKind, Rank, Tone, Waiting, all, as_of, badge, el, icon, link, text,
};
use crate::page::parts::{heading, nobody, paragraph};
use crate::route::Route;
use crate::service::browser;
use crate::service::problem::Problem;
use crate::state::{App, PersonKey};
use crate::text::{board_expected, board_state, board_waited, case as words, case_printed, consent};
use domain::calendar::{Date, Time};
use domain::certification::{Expected, History, MINIMUM_CASES};
use domain::upstream::{CaseEventsResponse, PersonHandle};
use std::cmp::Reverse;
use yew::prelude::*;

/// Properties of [`CasesPage`].
#[derive(Properties, PartialEq)]
pub struct CasesProps {
    /// The app, as of now.
    pub app: App,
    /// Whose.
    pub person: PersonKey,
}

/// The page.
pub struct CasesPage {
    came: Option<Came>,
    problem: Option<Problem>,
    waiting: bool,
    /// Whether what was shown had to leave the screen.
    put_away: bool,
    closings: u32,
    /// Versions of the cases on the board: when they grow, there is something new to fetch.
    versions: u64,
}

/// What came, put in order.
struct Came {
    at: Time,
    cases: Vec<History>,
}

/// What happens on the page.
pub enum Msg {
    /// The events are to be fetched.
    Fetch,
    /// They came.
    Came(Result<CaseEventsResponse, Problem>),
}

impl Component for CasesPage {
    type Message = Msg;
    type Properties = CasesProps;

    fn create(ctx: &Context<Self>) -> Self {
        let CasesProps { app, person } = ctx.props();
        ctx.link().send_message(Msg::Fetch);
        app.watch_cases();
        // What the 暫定 rests on stands in the list of clients; asking for it is no look at anybody.
        if app.clients().value.is_none() {
            app.load_clients();
        }
        Self {
            came: None,
            problem: None,
            waiting: false,
            put_away: false,
            closings: app.closings(*person),
            versions: versions(app, *person),
        }
    }

    fn changed(&mut self, ctx: &Context<Self>, _old: &CasesProps) -> bool {
        let CasesProps { app, person } = ctx.props();
        let (closings, versions) = (app.closings(*person), versions(app, *person));
        if closings != self.closings {
            self.put_away = self.came.take().is_some();
            ctx.link().send_message(Msg::Fetch);
        } else if versions != self.versions {
            ctx.link().send_message(Msg::Fetch);
        }
        (self.closings, self.versions) = (closings, versions);
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let CasesProps { app, person } = ctx.props();
        match msg {
            Msg::Fetch if self.waiting || app.person(*person).is_none() => return false,
            Msg::Fetch => {
                self.waiting = true;
                self.problem = None;
                let (app, person) = (app.clone(), *person);
                ctx.link().send_future(async move { Msg::Came(app.case_events(person).await) });
            }
            Msg::Came(result) => {
                self.waiting = false;
                match result {
                    Ok(came) => {
                        self.came = Some(Came::of(came));
                        self.put_away = false;
                        if let Some(seen) = app.person(*person) {
                            app.look_at_cases(Some(&seen.person.handle));
                        }
                    }
                    Err(problem) => {
                        // What was refused may not stay; what could not be fetched may.
                        if problem.code.starts_with("UPS-1") {
                            self.came = None;
                        }
                        self.problem = Some(problem);
                    }
                }
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let CasesProps { app, person } = ctx.props();
        let Some(seen) = app.person(*person) else {
            return nobody(words().title);
        };
        let again = ctx.link().callback(|()| Msg::Fetch);
        let who = all(vec![
            el("strong", "", text(seen.person.name.clone())),
            link(Route::Person { person: *person }, "kk-cases__way", text(words().to_person)),
            link(Route::Board, "kk-cases__way", text(words().to_board)),
            link(Route::Consent { person: *person }, "kk-cases__way", text(consent().to_consent)),
        ]);
        html! {
            <article class="kk-page kk-cases" aria-busy={self.waiting.then_some("true")}>
                { on_paper(app) }
                { heading(words().title) }
                { el("p", "kk-cases__who", who) }
                if self.put_away {
                    <Banner tone={Tone::Info} title={words().put_away} focus={true}>
                        <p>{ words().put_away_why }</p>
                    </Banner>
                }
                if let Some(problem) = &self.problem {
                    <FaultMessage problem={problem.clone()} onagain={again} />
                }
                if self.waiting && self.came.is_none() {
                    <Waiting what={words().waiting} />
                }
                if let Some(came) = &self.came {
                    { came.view(app, &seen.person.handle, *person) }
                }
            </article>
        }
    }
}

impl Came {
    fn of(came: CaseEventsResponse) -> Self {
        let mut cases: Vec<History> =
            came.cases.into_iter().map(|one| History::of(one.case, one.events)).collect();
        let applied = |one: &History| one.case.application.map(|application| application.on);
        cases.sort_by_key(|one| Reverse((applied(one), one.case.changed_at)));
        Self { at: came.now, cases }
    }

    fn view(&self, app: &App, handle: &PersonHandle, person: PersonKey) -> Html {
        let today = app.today();
        let held = advice::held(app, handle, person);
        let print = Callback::from(|()| browser::print());
        let tools = html! {
            <div class="kk-tools">
                <Button rank={Rank::Secondary} id="kk-print" onclick={print}>
                    { icon(IconKind::Print) }{ words().print }
                </Button>
            </div>
        };
        let cases = self.cases.iter().map(|one| &one.case);
        let mut parts = vec![tools, advice::renewal(held.as_ref(), cases, today)];
        if self.cases.is_empty() {
            parts.push(el("p", "kk-empty", text(words().none)));
            parts.push(paragraph(words().none_why));
        }
        let expected = |history: &History| expected(app, handle, history);
        parts.extend(self.cases.iter().map(|one| case(one, held.as_ref(), &expected(one), today)));
        parts.push(as_of(self.at, words().source.into()));
        all(parts)
    }
}

/// One case, from its way to each entry.
fn case(history: &History, held: Option<&advice::Held>, expected: &Expected, today: Date) -> Html {
    let case = &history.case;
    let title = case.application.map_or_else(
        || words().no_application.to_owned(),
        |application| [application.kind.name(), "申請 ", &application.on.wareki()].concat(),
    );
    let mut line = vec![badge(None, case.stage(today).name())];
    if let Some(wait) = case.wait(today) {
        line.push(el("span", "", text(board_waited(&wait))));
        line.push(el("span", "", text(board_state(&wait, today))));
    }
    line.extend(board_expected(expected, today).map(|said| el("span", "", text(said))));
    let parts = vec![
        el("h2", "kk-sheet__title", text(title)),
        el("p", "kk-cases__line", all(line)),
        way::way(case, today),
        doubts(history, today, words().doubts_next),
        advice::provisional(case, held, today),
        el("h3", "kk-sheet__part", text(words().entries)),
        entries(history, &[], today),
    ];
    el("section", "kk-sheet kk-cases__one", all(parts))
}

/// From the times of the insurer, as far as the board has them.
fn expected(app: &App, handle: &PersonHandle, history: &History) -> Expected {
    let board = app.board();
    let Some(told) = &board.all else { return Expected::Unknown };
    let theirs = told.entries.iter().find(|entry| entry.person.handle == *handle);
    theirs.map_or(Expected::Unknown, |entry| {
        history.case.expected(&entry.person.insurer, &told.paces, MINIMUM_CASES)
    })
}

/// Changes when any case of the person does.
fn versions(app: &App, person: PersonKey) -> u64 {
    let Some(seen) = app.person(person) else { return 0 };
    let board = app.board();
    let cases = board.all.iter().flat_map(|all| &all.entries);
    let theirs = cases.filter(|entry| entry.person.handle == seen.person.handle);
    theirs.map(|entry| u64::from(entry.case.version) + 1).sum()
}

/// The head of the printed pages: of which office, when.
fn on_paper(app: &App) -> Html {
    let office = app.session().map(|staff| staff.office_name.clone()).unwrap_or_default();
    el("p", "kk-on-paper", text(case_printed(&office, app.now())))
}
