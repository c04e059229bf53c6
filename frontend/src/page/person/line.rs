//! The time line: a chart that is worked by keys, and the same as a table.

pub(super) mod model;
mod table;
mod view;

use crate::component::{Button, DateStyle, Rank, Tone, Waiting, all, badge, el, el_with, sheet, text};
use crate::service::browser;
use crate::text::{format, line as words};
use domain::calendar::Date;
use domain::qualification::History;
use domain::upstream::Application;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{HtmlSelectElement, SvgElement};
use yew::prelude::*;

/// Properties of [`Line`].
#[derive(Properties, PartialEq)]
pub(super) struct LineProps {
    /// All versions; of one each where the history is not there.
    pub(super) history: Rc<History>,
    /// 要介護認定の申請.
    pub(super) applications: Rc<Vec<Application>>,
    /// Why only what stands on the papers is shown.
    pub(super) without: Option<&'static str>,
    /// Whether the history is being fetched.
    pub(super) waiting: bool,
    pub(super) today: Date,
    pub(super) style: DateStyle,
}

/// The section.
#[component]
pub(super) fn Line(props: &LineProps) -> Html {
    let known = use_state_eq(|| None::<Date>);
    let open = use_state_eq(|| false);
    let known_on = known.unwrap_or(props.today);
    let entries = use_memo(
        (Rc::clone(&props.history), Rc::clone(&props.applications), known_on, props.today),
        |(history, applications, known_on, today)| model::entries(history, applications, *known_on, *today),
    );
    let chart =
        use_memo((Rc::clone(&entries), props.today), |(entries, today)| model::chart(entries, *today));
    let mut parts = Vec::new();
    if let Some(why) = props.without {
        parts.push(el("p", "kk-support", text(why)));
    }
    if props.waiting {
        parts.push(html! { <Waiting what={words().waiting} /> });
    }
    parts.push(choice(&props.history, *known, props.today, &known));
    if let Some(day) = *known {
        parts.push(el("p", "", badge(Some(Tone::Info), words::known_on(day))));
    }
    if entries.iter().any(|one| one.back) {
        parts.push(el("p", "", badge(Some(Tone::Warning), words().back)));
    }
    if entries.is_empty() {
        parts.push(el("p", "kk-quiet", text(words().empty)));
    } else {
        let (entries, today) = (Rc::clone(&entries), props.today);
        parts.push(html! { <Chart {entries} {chart} {today} key={known_on.to_string()} /> });
    }
    let onclick = {
        let open = open.clone();
        Callback::from(move |()| open.set(!*open))
    };
    parts.push(html! {
        <p class="kk-line__switch">
            <Button rank={Rank::Tertiary} id="kk-line-table" pressed={*open} {onclick}>{ words().as_table }</Button>
        </p>
    });
    let class = if *open { "kk-line__table" } else { "kk-line__table kk-line__table--closed" };
    parts.push(el("div", class, table::table(&entries, props.style)));
    sheet("line", words().title, Some(words().plain), all(parts))
}

/// As it was known then; offered when there was more than one registration.
fn choice(history: &History, known: Option<Date>, today: Date, set: &UseStateHandle<Option<Date>>) -> Html {
    let mut days: Vec<Date> = history.certificates.iter().map(|one| one.registered_on).collect();
    days.extend(history.copayments.iter().map(|one| one.registered_on));
    days.extend(history.limits.iter().map(|one| one.registered_on));
    days.retain(|day| *day <= today);
    days.sort_unstable();
    days.dedup();
    if days.len() < 2 {
        return Html::default();
    }
    let onchange = {
        let set = set.clone();
        Callback::from(move |event: Event| {
            if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
                set.set(Date::from_iso(&select.value()).ok());
            }
        })
    };
    let options = days.iter().rev().map(|day| {
        html! {
            <option value={day.to_string()} selected={known == Some(*day)}>{ words::known_on(*day) }</option>
        }
    });
    html! {
        <p class="kk-line__known">
            <label for="kk-line-known">{ words().known }</label>
            <select id="kk-line-known" class="kk-select" {onchange}>
                <option value="" selected={known.is_none()}>{ words().known_now }</option>
                { for options }
            </select>
        </p>
    }
}

/// Properties of [`Chart`].
#[derive(Properties, PartialEq)]
struct ChartProps {
    entries: Rc<Vec<model::Entry>>,
    chart: Rc<model::Chart>,
    today: Date,
}

/// The chart. One bar takes the Tab key; arrows go from bar to bar; what has the focus is said under it.
#[component]
fn Chart(props: &ChartProps) -> Html {
    // What is read out first: what holds today, else the first bar.
    let at = use_state_eq(|| {
        let bars = props.chart.lanes.iter().flat_map(|row| &row.bars);
        let now = |bar: &&model::Bar| {
            props.entries.get(bar.entry).is_some_and(|one| one.state == model::State::Now)
        };
        bars.clone().find(now).or_else(|| bars.clone().next()).map_or(0, |bar| bar.entry)
    });
    let scroll = use_node_ref();
    use_effect_with(Rc::clone(&props.chart), {
        let (scroll, today) = (scroll.clone(), props.today);
        move |chart| {
            if let Some(element) = scroll.cast::<web_sys::Element>() {
                let x = view::x(chart, chart.from.days_until(today));
                let half = i64::from(element.client_width()) / 2;
                element.set_scroll_left(i32::try_from(x + view::NAMES - half).unwrap_or(0));
            }
        }
    });
    let order: Vec<usize> =
        props.chart.lanes.iter().flat_map(|row| row.bars.iter().map(|bar| bar.entry)).collect();
    let onkeydown = {
        let (order, at) = (order.clone(), at.clone());
        Callback::from(move |event: KeyboardEvent| {
            let Some(place) = order.iter().position(|one| *one == *at) else { return };
            let next = match event.key().as_str() {
                "ArrowRight" | "ArrowDown" => (place + 1).min(order.len() - 1),
                "ArrowLeft" | "ArrowUp" => place.saturating_sub(1),
                "Home" => 0,
                "End" => order.len() - 1,
                _ => return,
            };
            event.prevent_default();
            if let Some(entry) = order.get(next) {
                at.set(*entry);
                focus(&bar_id(*entry));
            }
        })
    };
    let select = {
        let at = at.clone();
        Callback::from(move |entry| at.set(entry))
    };
    let svg = view::chart(&props.chart, &props.entries, props.today, *at, &select);
    let said = props.entries.get(*at).map(sentence).unwrap_or_default();
    html! {
        <>
            { el_with("p", &["class", "id"], vec!["kk-support kk-line__hint".into(), "kk-line-hint".into()], text(words().hint)) }
            <div class="kk-line" ref={scroll} {onkeydown}>
                { view::names(&props.chart) }
                { svg }
            </div>
            { el_with("p", &["class", "role"], vec!["kk-line__said".into(), "status".into()], text(said)) }
        </>
    }
}

/// Puts the focus on a bar; what is out of sight is scrolled to by the browser.
fn focus(id: &str) {
    let element = browser::document().and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<SvgElement>().ok()) {
        // A bar can always take it.
        let _ = element.focus();
    }
}

fn bar_id(entry: usize) -> String {
    ["kk-bar-", &entry.to_string()].concat()
}

/// 認定の有効期間 要介護2 令和8年4月1日 〜 令和9年3月31日(いま)
fn sentence(one: &model::Entry) -> String {
    let mut text = [model::lane_name(one.lane), " ", &one.what, "。", &format::period(&one.period)].concat();
    if !matches!(one.state, model::State::Gap | model::State::Corrected | model::State::Withdrawn) {
        text = text + "(" + model::state_name(one.state) + ")";
    }
    text += "。";
    text + one.note.as_deref().unwrap_or_default()
}
