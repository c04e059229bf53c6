//! The chart drawn: here days become pixels, and nowhere else.

use super::model::{Bar, Chart, Entry, Row, State, lane_name, state_name};
use super::{bar_id, sentence};
use crate::component::{all, el_with, text};
use crate::text::line as words;
use domain::calendar::Date;
use yew::prelude::*;

/// Width of the names beside the chart.
pub(super) const NAMES: i64 = 104;
/// The years on top.
const HEAD: i64 = 44;
/// Above the bars of a line.
const PAD: i64 = 20;
/// A bar, and what parts it from the next under it.
const HIGH: i64 = 44;
const STEP: i64 = 48;

/// The narrowest chart: a few years are drawn wider, so that short periods can be read.
const LEAST: i64 = 720;

/// Days to pixels: 146 a year or more.
pub(super) fn x(chart: &Chart, days: i64) -> i64 {
    let whole = chart.from.days_until(chart.to) + 1;
    days * (whole * 2 / 5).max(LEAST) / whole.max(1)
}

/// Top of each line, and the height of all.
fn tops(chart: &Chart) -> (Vec<i64>, i64) {
    let mut at = HEAD;
    let tops = chart
        .lanes
        .iter()
        .map(|row| {
            let top = at;
            at += PAD + STEP * row.depth as i64 + 4;
            top
        })
        .collect();
    (tops, at + 8)
}

fn drawing(class: &'static str, width: i64, height: i64, more: [&'static str; 2], inside: Html) -> Html {
    let size = format!("0 0 {width} {height}");
    el_with(
        "svg",
        &["class", "viewBox", "width", "height", "role", "aria-label"],
        vec![
            class.into(),
            size.into(),
            width.to_string().into(),
            height.to_string().into(),
            more[0].into(),
            more[1].into(),
        ],
        inside,
    )
}

fn line(class: &'static str, from: (i64, i64), to: (i64, i64)) -> Html {
    let values = [from.0, from.1, to.0, to.1].map(|at| AttrValue::from(at.to_string()));
    let values = [AttrValue::Static(class)].into_iter().chain(values).collect();
    el_with("line", &["class", "x1", "y1", "x2", "y2"], values, Html::default())
}

fn words_at(class: &'static str, x: i64, y: i64, words: impl Into<AttrValue>) -> Html {
    let values = vec![class.into(), x.to_string().into(), y.to_string().into()];
    el_with("text", &["class", "x", "y"], values, text(words))
}

/// What the lines are called; it stays in sight while the chart moves.
pub(super) fn names(chart: &Chart) -> Html {
    let (tops, height) = tops(chart);
    let names = chart.lanes.iter().zip(tops).flat_map(|(row, top)| {
        [
            line("kk-line__rule", (0, top), (NAMES, top)),
            words_at("kk-line__name", 4, top + PAD + 27, lane_name(row.lane)),
        ]
    });
    let size = format!("0 0 {NAMES} {height}");
    el_with(
        "svg",
        &["class", "viewBox", "width", "height", "aria-hidden"],
        vec![
            "kk-line__names".into(),
            size.into(),
            NAMES.to_string().into(),
            height.to_string().into(),
            "true".into(),
        ],
        all(names.collect()),
    )
}

/// Years, lines, bars, today.
pub(super) fn chart(
    chart: &Chart,
    entries: &[Entry],
    today: Date,
    at: usize,
    select: &Callback<usize>,
) -> Html {
    let (tops, height) = tops(chart);
    let width = x(chart, chart.from.days_until(chart.to) + 1);
    let mut inside = vec![html! {
        <defs>
            <pattern id="kk-hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                <rect width="8" height="8" class="kk-hatch__ground" />
                <line x1="0" y1="0" x2="0" y2="8" class="kk-hatch__line" />
            </pattern>
        </defs>
    }];
    for year in chart.from.year()..=chart.to.year() {
        let Ok(day) = Date::new(year, 1, 1) else { continue };
        let left = x(chart, chart.from.days_until(day));
        inside.push(line("kk-line__year", (left, 0), (left, height)));
        // The last day of a year names it: 2019 is 令和元年 in the end.
        let name = Date::new(year, 12, 31).unwrap_or(day).wareki();
        let name = name.split_inclusive('年').next().unwrap_or_default().to_owned();
        inside.push(words_at("kk-line__era", left + 6, 18, name));
        inside.push(words_at("kk-line__ad", left + 6, 36, year.to_string()));
    }
    for (row, top) in chart.lanes.iter().zip(tops.iter().copied()) {
        inside.push(line("kk-line__rule", (0, top), (width, top)));
        inside.push(words_at("kk-line__on-paper", 4, top + 15, lane_name(row.lane)));
        inside.push(bars(chart, row, top, entries, at, select));
    }
    let now = x(chart, chart.from.days_until(today));
    inside.push(line("kk-line__today", (now, 40), (now, height)));
    inside.push(el_with("g", &["aria-hidden"], vec!["true".into()], labels(chart, entries, &tops)));
    inside.push(words_at("kk-line__today-words", now + 4, 56, words().today));
    drawing("kk-line__chart", width, height, ["group", words().chart], all(inside))
}

/// What stands in the bars. It lies over the line of today, which would cross it out; each bar has its own
/// name for screen readers.
fn labels(chart: &Chart, entries: &[Entry], tops: &[i64]) -> Html {
    let bars = chart.lanes.iter().zip(tops).flat_map(|(row, top)| row.bars.iter().map(move |bar| (bar, top)));
    let labels = bars.filter_map(|(bar, top)| {
        let entry = entries.get(bar.entry)?;
        let (left, right) = (x(chart, bar.begin), x(chart, bar.end));
        let class = match entry.state {
            State::Now => "kk-bar__words kk-bar__words--now",
            _ => "kk-bar__words",
        };
        let down = top + PAD + STEP * bar.depth as i64 + 28;
        Some(words_at(class, left + 7, down, label(bar, entry, right - left - 12)))
    });
    all(labels.collect())
}

fn bars(chart: &Chart, row: &Row, top: i64, entries: &[Entry], at: usize, select: &Callback<usize>) -> Html {
    let bars = row.bars.iter().filter_map(|one| {
        let entry = entries.get(one.entry)?;
        let ends = (x(chart, one.begin), x(chart, one.end));
        Some(bar(one, entry, ends, top + PAD + STEP * one.depth as i64, at == one.entry, select))
    });
    all(bars.collect())
}

fn bar(
    bar: &Bar,
    entry: &Entry,
    (left, right): (i64, i64),
    top: i64,
    live: bool,
    select: &Callback<usize>,
) -> Html {
    let class = match entry.state {
        State::Past => "kk-bar",
        State::Now => "kk-bar kk-bar--now",
        State::Future => "kk-bar kk-bar--future",
        State::Corrected | State::Withdrawn => "kk-bar kk-bar--before",
        State::Gap | State::Wrong => "kk-bar kk-bar--gap",
    };
    let wide = (right - left).max(6);
    let replaced = matches!(entry.state, State::Corrected | State::Withdrawn);
    let (onfocus, onclick) = {
        let at = bar.entry;
        let (one, other) = (select.clone(), select.clone());
        (
            Callback::from(move |_: FocusEvent| one.emit(at)),
            Callback::from(move |_: MouseEvent| other.emit(at)),
        )
    };
    html! {
        <g
            id={bar_id(bar.entry)}
            {class}
            role="button"
            tabindex={if live { "0" } else { "-1" }}
            aria-pressed={if live { "true" } else { "false" }}
            aria-label={sentence(entry)}
            {onfocus}
            {onclick}
        >
            <rect
                class="kk-bar__body"
                x={left.to_string()}
                y={top.to_string()}
                width={wide.to_string()}
                height={HIGH.to_string()}
                rx="3"
                fill={replaced.then_some("url(#kk-hatch)")}
            />
        </g>
    }
}

/// What fits into so many pixels: what and how it stands, what alone, or nothing. Arrows where it goes on.
fn label(bar: &Bar, entry: &Entry, room: i64) -> String {
    let before = if bar.cut.0 { "◀ " } else { "" };
    let after = if bar.cut.1 { " ▶" } else { "" };
    let what = &*entry.what;
    let full = match entry.state {
        State::Now | State::Future | State::Past => {
            [before, what, " (", state_name(entry.state), ")", after].concat()
        }
        _ => [before, what, after].concat(),
    };
    let short = [before, what, after].concat();
    [full, short, what.to_owned()].into_iter().find(|text| width_of(text) <= room).unwrap_or_default()
}

/// Pixels of a text at 15 px, rather too many.
fn width_of(text: &str) -> i64 {
    text.chars().map(|c| if c.is_ascii() { 9 } else { 16 }).sum()
}

#[cfg(test)]
mod tests {
    use super::super::model::Lane;
    use super::*;
    use domain::qualification::Period;

    #[test]
    fn a_label_never_leaves_its_bar() {
        let day = |text| Date::from_iso(text).unwrap();
        let entry = Entry {
            lane: Lane::Share,
            what: "1割".into(),
            period: Period::new(day("2026-08-01"), None),
            state: State::Now,
            note: None,
            back: false,
        };
        let bar = Bar { entry: 0, depth: 0, begin: 0, end: 365, cut: (false, true) };
        for (room, words) in [(134, "1割 (いま) ▶"), (60, "1割 ▶"), (25, "1割"), (24, ""), (-6, "")]
        {
            assert_eq!(label(&bar, &entry, room), words, "{room}");
            assert!(words.is_empty() || width_of(words) <= room);
        }
    }

    #[test]
    fn a_year_is_wider_than_what_is_written_over_it() {
        let day = |year, month, day| Date::new(year, month, day).unwrap();
        for (from, to) in [(2026, 2027), (2014, 2032)] {
            let chart = Chart { from: day(from, 1, 1), to: day(to, 12, 31), lanes: Vec::new() };
            assert!(x(&chart, 365) > width_of("令和10年") + 12);
            let whole = x(&chart, chart.from.days_until(chart.to) + 1);
            assert!((LEAST..3_000).contains(&whole), "{whole}");
        }
    }
}
