//! One person: who it is, one sentence, the time line, what comes next, the five kinds as sheets with what a
//! planned use would leave, and the ways into other software and onto paper.

mod certificate;
mod change;
mod client;
mod coming;
mod copayment;
mod doubt;
mod equipment;
mod head;
mod housing;
mod limit;
mod line;
mod paper;
mod plan;
#[cfg(test)]
mod sample;
mod sentence;
mod take;
mod view;

use crate::component::{
    Banner, Button, DateStyle, FaultMessage, IconKind, Rank, Tone, Waiting, all, el, el_with, focus_on, icon,
    text,
};
use crate::later::{Part, later};
use crate::page::parts::nobody;
use crate::page::ways::Ways;
use crate::route::Route;
use crate::service::browser;
use crate::state::{App, Loaded, PersonKey, use_app, use_clients, use_history, use_page, use_qualification};
use crate::text::{change as change_words, line as line_words, person as words, printed};
use change::Change;
use domain::calendar::Date;
use domain::qualification::{EquipmentUse, History, Qualification};
use domain::upcoming::Settings;
use domain::upstream::{Application, HistoryResponse};
use paper::Paper;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`PersonPage`].
#[derive(Properties, PartialEq)]
pub struct PersonPageProps {
    /// Names the person within this session.
    pub person: PersonKey,
}

/// The right to view is over, or was never there.
const NO_RIGHT: [&str; 2] = ["UPS-120", "UPS-121"];

/// One person's page.
#[component]
pub fn PersonPage(props: &PersonPageProps) -> Html {
    let app = use_app();
    let heading = use_page(words().title);
    let sheets = use_qualification(props.person);
    let history = use_history(props.person);
    use_clients();
    let style = use_state_eq(DateStyle::default);
    // What stood on the screen when it was last looked at.
    let looked = use_mut_ref(|| None::<Rc<Qualification>>);
    let (refreshed, tried) = (use_state_eq(|| false), use_state_eq(|| false));
    let redraw = use_force_update();
    let Some(seen) = app.person(props.person) else {
        return nobody(words().title);
    };
    let now = app.now();
    let today = now.date();
    let load = &sheets.load;
    let all_kinds = load.value.clone();
    let mut papers = all_kinds.as_deref().map(|all| papers(all, today)).unwrap_or_default();
    let changes = match (&mut *looked.borrow_mut(), &all_kinds) {
        (looked @ None, Some(all)) => {
            *looked = Some(Rc::clone(all));
            Vec::new()
        }
        (Some(looked), Some(all)) if !Rc::ptr_eq(looked, all) => {
            change::changes(&self::papers(looked, today), &papers)
        }
        _ => Vec::new(),
    };
    change::mark(&mut papers, &changes);
    let onseen = {
        let (looked, all, heading) = (Rc::clone(&looked), all_kinds.clone(), heading.clone());
        Callback::from(move |()| {
            looked.borrow_mut().clone_from(&all);
            // The button goes; the keyboard stays on the page.
            focus_on(&heading);
            redraw.force_update();
        })
    };
    let reload = {
        let (sheets, history, refreshed) = (sheets.reload.clone(), history.reload.clone(), refreshed.clone());
        Callback::from(move |()| {
            refreshed.set(true);
            sheets.emit(());
            history.emit(());
        })
    };
    let tools = Tools { style: style.clone(), reload: reload.clone(), waiting: load.waiting };
    html! {
        <article class="kk-page kk-person" aria-busy={load.waiting.then_some("true")}>
            { on_paper(&app, all_kinds.as_deref()) }
            { head::head(&seen, all_kinds.as_deref(), now, *style, heading) }
            if seen.right.until <= now {
                <Banner tone={Tone::Warning} title={words().right_over}>
                    <p>{ words().right_again }</p>
                    <Ways />
                </Banner>
            }
            if let Some(problem) = &load.problem {
                <FaultMessage problem={problem.clone()} onagain={reload}>
                    if all_kinds.is_some() {
                        <p>{ words().old_kept }</p>
                    }
                    if NO_RIGHT.contains(&problem.code.as_ref()) {
                        <Ways />
                    }
                </FaultMessage>
            }
            if load.waiting {
                <Waiting what={if all_kinds.is_some() { words().refreshing } else { words().waiting }} />
            }
            { told(&changes, *refreshed && !load.waiting && load.problem.is_none()) }
            if let Some(all_kinds) = &all_kinds {
                { tools.view(client::button(&app, &seen.person.handle, tried.clone())) }
                { client::ways(&app, props.person) }
                if app.may_file() {
                    { later(Part::Filing, &app, Route::Person { person: props.person }) }
                }
                { client::refused(&app, *tried) }
                if !changes.is_empty() {
                    { change::list(&changes, onseen) }
                }
                { sections(all_kinds, &app.settings(), &history, &papers, today, *style) }
            }
        </article>
    }
}

/// What screen readers are told once a refresh has come. The element is there before its words.
fn told(changes: &[Change], came: bool) -> Html {
    let words = match changes.len() {
        0 if came => AttrValue::Static(change_words().same),
        0 => AttrValue::default(),
        count => crate::text::change::count(count).into(),
    };
    let class = if changes.is_empty() && came { "kk-said" } else { "kk-hidden" };
    el_with(
        "p",
        &["role", "class", "id"],
        vec!["status".into(), class.into(), "person-told".into()],
        text(words),
    )
}

/// The head of the printed pages: what it is, of which office, when.
fn on_paper(app: &App, all: Option<&Qualification>) -> Html {
    let office = app.session().map(|staff| staff.office_name.clone()).unwrap_or_default();
    // The oldest of the five: nothing on the paper is older.
    let as_of = all.and_then(|all| {
        let (housing, equipment) = (all.housing.told_at(), all.equipment.told_at());
        let times =
            [all.certificate.told_at(), all.copayment.told_at(), all.limit.told_at(), housing, equipment];
        times.into_iter().flatten().min()
    });
    el("p", "kk-on-paper", text(printed(&office, app.now(), as_of)))
}

/// Print, fetch anew, both calendars.
struct Tools {
    style: UseStateHandle<DateStyle>,
    reload: Callback<()>,
    waiting: bool,
}

impl Tools {
    fn view(self, client: Html) -> Html {
        let Self { style, reload, waiting } = self;
        let both = *style == DateStyle::Both;
        let switch =
            Callback::from(move |()| style.set(if both { DateStyle::Wareki } else { DateStyle::Both }));
        let print = Callback::from(|()| browser::print());
        html! {
            <div class="kk-tools">
                <Button rank={Rank::Secondary} id="kk-print" onclick={print}>{ icon(IconKind::Print) }{ words().print }</Button>
                <Button rank={Rank::Secondary} id="kk-refresh" disabled={waiting} onclick={reload}>
                    { icon(IconKind::Refresh) }{ words().refresh }
                </Button>
                <Button rank={Rank::Tertiary} id="kk-dates" pressed={both} onclick={switch}>
                    { icon(IconKind::Today) }{ words().both_dates }
                </Button>
                { client }
            </div>
        }
    }
}

/// Time line, what comes, sheets, and what can be done with them.
fn sections(
    all_kinds: &Rc<Qualification>,
    settings: &Settings,
    history: &Loaded<HistoryResponse>,
    papers: &[Paper],
    today: Date,
    style: DateStyle,
) -> Html {
    let came = history.load.value.as_deref();
    let versions = Rc::new(came.map(|came| came.history.clone()).unwrap_or_default().or_sheets(all_kinds));
    let applications: Rc<Vec<Application>> =
        Rc::new(came.map(|came| came.applications.clone()).unwrap_or_default());
    let years: Rc<Vec<EquipmentUse>> = Rc::new(came.map(|came| came.equipment.clone()).unwrap_or_default());
    let without = match came {
        Some(came) if came.history != History::default() => None,
        Some(_) => Some(line_words().no_history),
        None if history.load.problem.is_some() => Some(line_words().history_failed),
        None => None,
    };
    let old = (came.is_some() && history.load.problem.is_some()).then_some(line_words().history_old);
    let waiting = history.load.waiting && came.is_none();
    let all_rc = || Rc::clone(all_kinds);
    let sheets = papers.iter().map(|paper| {
        let more = match paper.kind.id {
            "housing" => html! { <plan::HousingPlan all={all_rc()} {today} /> },
            "equipment" => html! { <plan::EquipmentPlan all={all_rc()} years={Rc::clone(&years)} {today} /> },
            _ => Html::default(),
        };
        view::view(paper, style, more)
    });
    let sheets = el("div", "kk-sheets", all(sheets.collect()));
    html! {
        <>
            <line::Line history={Rc::clone(&versions)} {applications} without={without.or(old)} {waiting} {today} {style} />
            { coming::coming(all_kinds, settings, today, style) }
            { sheets }
            <plan::MonthPlan all={all_rc()} history={versions} {today} />
            <take::Take all={all_rc()} {today} />
        </>
    }
}

/// The five kinds, in the order of the papers.
fn papers(all: &Qualification, today: Date) -> Vec<Paper> {
    vec![
        certificate::paper(&all.person, &all.certificate, today),
        copayment::paper(&all.person, &all.copayment, today),
        limit::paper(&all.person, &all.limit, today),
        housing::paper(&all.person, &all.housing, today),
        equipment::paper(&all.person, &all.equipment, today),
    ]
}
