//! The time line as data: first what held when, in days; then which bar lies where. No pixels in here.

use crate::text::line as words;
use domain::calendar::Date;
use domain::qualification::{Correction, Held, HeldKind, History, Period, Standing};
use domain::upstream::Application;
use std::rc::Rc;

/// One line of the chart, from the top.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::page::person) enum Lane {
    Level,
    Application,
    Share,
    Stage,
    Restriction,
}

/// How an entry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::page::person) enum State {
    Past,
    Now,
    Future,
    /// Another version says something else since.
    Corrected,
    /// It was taken back.
    Withdrawn,
    /// Nothing is registered between two stretches, or since the last.
    Gap,
    /// Its end lies before its beginning: it stands in the table, not in the chart.
    Wrong,
}

/// What held, holds, or was taken for holding.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::page::person) struct Entry {
    pub(in crate::page::person) lane: Lane,
    pub(in crate::page::person) what: Rc<str>,
    pub(in crate::page::person) period: Period,
    pub(in crate::page::person) state: State,
    pub(in crate::page::person) note: Option<Rc<str>>,
    /// Whether days were changed that had gone by.
    pub(in crate::page::person) back: bool,
}

/// Everything for one person, as it was known on a day: line by line, the earliest first.
pub(in crate::page::person) fn entries(
    history: &History,
    applications: &[Application],
    known_on: Date,
    today: Date,
) -> Vec<Entry> {
    let mut found = Vec::new();
    for (lane, kind) in
        [(Lane::Level, HeldKind::Level), (Lane::Share, HeldKind::Share), (Lane::Stage, HeldKind::Stage)]
    {
        let mut end = None;
        for stretch in history.held(kind, known_on) {
            if lane != Lane::Stage {
                gap(&mut found, lane, end, stretch.period.from.plus_days(-1), today);
            }
            end = stretch.period.to;
            found.push(entry(lane, words::held(stretch.value), stretch.period, today));
        }
        if lane != Lane::Stage {
            gap(&mut found, lane, end, today, today);
        }
        found.extend(history.corrections(kind, known_on).iter().map(|one| corrected(lane, one)));
    }
    let applied = applications.iter().filter(|one| one.applied_on <= known_on);
    found.extend(applied.map(|one| application(one, known_on, today)));
    for one in history.restrictions(known_on) {
        let what =
            one.kind.unknown().map_or_else(|| one.kind.name().to_owned(), |raw| ["コード ", raw].concat());
        found.push(entry(Lane::Restriction, what, one.period, today));
    }
    found.extend(wrong(history, known_on, today));
    found.sort_by_key(|one| (one.lane, one.period.from, one.state));
    found
}

fn entry(lane: Lane, what: String, period: Period, today: Date) -> Entry {
    let state = match period.standing(today) {
        Standing::NotYet { .. } => State::Future,
        Standing::Valid { .. } | Standing::Open => State::Now,
        Standing::Expired { .. } => State::Past,
        Standing::Impossible => State::Wrong,
    };
    Entry { lane, what: what.into(), period, state, note: None, back: false }
}

/// From the application to the decision, or to today while that is awaited.
fn application(one: &Application, known_on: Date, today: Date) -> Entry {
    let decided = one.decided_on.filter(|day| *day <= known_on);
    let period = Period::new(one.applied_on, Some(decided.unwrap_or(today.max(one.applied_on))));
    let what = words::application(one.kind);
    let note = decided.is_none().then(|| words::line().awaited.into());
    let plain = entry(Lane::Application, what, period, today);
    let state = match (plain.state, decided) {
        (State::Wrong, _) => State::Wrong,
        (_, None) => State::Now,
        (_, Some(_)) => State::Past,
    };
    Entry { note, state, ..plain }
}

fn corrected(lane: Lane, one: &Correction) -> Entry {
    let (state, label) = if one.withdrawn {
        (State::Withdrawn, words::line().withdrawn)
    } else {
        (State::Corrected, words::line().corrected)
    };
    Entry {
        lane,
        what: [label, " ", &words::held(one.was)].concat().into(),
        period: one.period,
        state,
        note: Some(words::correction(one).into()),
        back: one.is_retroactive(),
    }
}

/// Days without anything between an end and a day.
fn gap(found: &mut Vec<Entry>, lane: Lane, end: Option<Date>, until: Date, today: Date) {
    let Some(end) = end.filter(|end| *end < until) else { return };
    let period = Period::new(end.plus_days(1), Some(until));
    let what = words::line().gap.to_owned();
    found.push(Entry { state: State::Gap, ..entry(lane, what, period, today) });
}

/// Rows whose end lies before their beginning: the line leaves them out, a person shall see them.
fn wrong(history: &History, known_on: Date, today: Date) -> Vec<Entry> {
    let levels = history.certificates.iter().filter(|one| one.registered_on <= known_on && !one.withdrawn);
    let levels =
        levels.filter_map(|one| Some((Lane::Level, Held::Level(one.value.level?), one.value.validity?)));
    let shares = history.copayments.iter().filter(|one| one.registered_on <= known_on && !one.withdrawn);
    let shares = shares.flat_map(|one| &one.value.periods);
    let shares = shares.map(|row| (Lane::Share, Held::Share(row.tenths), row.period));
    let stages = history.limits.iter().filter(|one| one.registered_on <= known_on && !one.withdrawn);
    let stages = stages.map(|one| (Lane::Stage, Held::Stage(one.value.stage), one.value.validity));
    levels
        .chain(shares)
        .chain(stages)
        .filter(|(_, _, period)| !period.is_possible())
        .map(|(lane, value, period)| entry(lane, words::held(value), period, today))
        .collect()
}

/// The chart: whole years, and bars in them.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::page::person) struct Chart {
    /// A January 1.
    pub(in crate::page::person) from: Date,
    /// A December 31.
    pub(in crate::page::person) to: Date,
    pub(in crate::page::person) lanes: Vec<Row>,
}

/// One line with its bars.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::page::person) struct Row {
    pub(in crate::page::person) lane: Lane,
    /// How many bars lie above one another.
    pub(in crate::page::person) depth: usize,
    pub(in crate::page::person) bars: Vec<Bar>,
}

/// A bar, in days from the chart's first.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::page::person) struct Bar {
    /// Which entry.
    pub(in crate::page::person) entry: usize,
    /// How far down in its line.
    pub(in crate::page::person) depth: usize,
    pub(in crate::page::person) begin: i64,
    /// The day after the last.
    pub(in crate::page::person) end: i64,
    /// Whether it goes on before the chart, and after it.
    pub(in crate::page::person) cut: (bool, bool),
}

/// Years that a chart shows at most, before and after this one: what lies further off stands in the table.
const YEARS: (i32, i32) = (12, 6);

/// Which bar lies where. What holds lies on top, what was corrected under it; no two bars of a depth touch
/// the same day.
pub(in crate::page::person) fn chart(entries: &[Entry], today: Date) -> Chart {
    let drawn = || entries.iter().filter(|one| one.state != State::Wrong && one.period.is_possible());
    let first = drawn().map(|one| one.period.from.year()).min().unwrap_or(today.year());
    let last = drawn().filter_map(|one| one.period.to).map(Date::year).max().unwrap_or(today.year());
    let begin = first.clamp(today.year() - YEARS.0, today.year());
    let end = last.clamp(today.year() + 1, today.year() + YEARS.1);
    let from = Date::new(begin, 1, 1).unwrap_or(today);
    let to = Date::new(end, 12, 31).unwrap_or(today);
    let frame = Period::new(from, Some(to));
    let mut lanes: Vec<Row> = Vec::new();
    let mut order: Vec<usize> = (0..entries.len()).collect();
    let replaced = |at: &usize| {
        entries.get(*at).is_some_and(|one| matches!(one.state, State::Corrected | State::Withdrawn))
    };
    order.sort_by_key(replaced);
    for at in order {
        let Some(one) = entries.get(at) else { continue };
        if one.state == State::Wrong || !one.period.overlaps(&frame) {
            continue;
        }
        let place = lanes.iter().position(|row| row.lane == one.lane).unwrap_or_else(|| {
            lanes.push(Row { lane: one.lane, depth: 0, bars: Vec::new() });
            lanes.len() - 1
        });
        let Some(row) = lanes.get_mut(place) else { continue };
        let cut = (one.period.from < from, one.period.to.is_none_or(|last| last > to));
        let begin = from.days_until(one.period.from).max(0);
        let end = one.period.to.filter(|last| *last < to).unwrap_or(to);
        let end = from.days_until(end) + 1;
        let least = usize::from(replaced(&at));
        let free = |depth: &usize| {
            !row.bars.iter().any(|bar| bar.depth == *depth && bar.begin < end && begin < bar.end)
        };
        let depth = (least..).find(free).unwrap_or(least);
        row.depth = row.depth.max(depth + 1);
        row.bars.push(Bar { entry: at, depth, begin, end, cut });
    }
    lanes.sort_by_key(|row| row.lane);
    for row in &mut lanes {
        row.bars.sort_by_key(|bar| (bar.begin, bar.depth));
    }
    Chart { from, to, lanes }
}

/// What a line is called.
pub(in crate::page::person) fn lane_name(lane: Lane) -> &'static str {
    let words = words::line();
    match lane {
        Lane::Level => words.level,
        Lane::Application => words.application,
        Lane::Share => words.share,
        Lane::Stage => words.stage,
        Lane::Restriction => words.restriction,
    }
}

/// How an entry stands, in words.
pub(in crate::page::person) fn state_name(state: State) -> &'static str {
    let words = words::line();
    match state {
        State::Past => words.is_past,
        State::Now => words.is_now,
        State::Future => words.is_future,
        State::Corrected => words.corrected,
        State::Withdrawn => words.withdrawn,
        State::Gap => words.gap,
        State::Wrong => words.is_wrong,
    }
}

#[cfg(test)]
mod tests;
