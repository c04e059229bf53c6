//! The month as a grid. One day takes part in the order of Tab; arrows lead to the others.

use super::{CalendarPage, Msg, entries, keys};
use crate::component::{all, el, el_with, text};
use crate::text::{calendar as words, calendar_more, format};
use domain::calendar::{Date, Month};
use domain::upcoming::Entry;
use web_sys::Element;
use yew::prelude::*;

/// So many entries fit into a day on a screen; on paper all are there.
const FIT: usize = 3;

/// `id` of a day.
pub(super) fn id(day: Date) -> String {
    ["day-", &day.to_string()].concat()
}

impl CalendarPage {
    pub(super) fn grid(&self, ctx: &Context<Self>, today: Date) -> Html {
        let heads = Month::of(self.day)
            .weeks()
            .next()
            .unwrap_or([self.day; 7])
            .map(|day| el_with("th", &["scope"], vec!["col".into()], text(format::weekday(day))));
        let head = el("thead", "", el("tr", "", all(heads.into())));
        let weeks = self
            .month()
            .weeks()
            .map(|week| el("tr", "", all(week.iter().map(|day| self.day(*day, today)).collect())));
        let body = el("tbody", "", all(weeks.collect()));
        let values = vec!["kk-grid".into(), "grid".into(), words().grid.into(), "calendar-keys".into()];
        let table = el_with(
            "table",
            &["class", "role", "aria-label", "aria-describedby"],
            values,
            all(vec![head, body]),
        );
        let day = self.day;
        let onkeydown = ctx.link().batch_callback(move |event: KeyboardEvent| {
            let key = event.key();
            let msg = match keys::step(&key, event.shift_key(), day) {
                Some(day) => Msg::Day(day),
                None if key == "Enter" || key == " " => Msg::Open,
                None => return None,
            };
            event.prevent_default();
            Some(msg)
        });
        let onclick = ctx.link().batch_callback(|event: MouseEvent| {
            let target: Element = event.target_dyn_into()?;
            let day = target.closest("td[id]").ok()??.id();
            Date::from_iso(day.strip_prefix("day-")?).ok().map(Msg::Day)
        });
        html! { <div class="kk-month__grid" {onkeydown} {onclick}>{ table }</div> }
    }

    fn day(&self, day: Date, today: Date) -> Html {
        let entries = self.entries(day);
        let here = day == self.day;
        let class = match Month::of(day) == self.month() {
            true if entries.is_empty() => "kk-grid__day",
            true => "kk-grid__day kk-grid__day--busy",
            false => "kk-grid__day kk-grid__day--other",
        };
        let values = vec![
            class.into(),
            id(day).into(),
            if here { "0" } else { "-1" }.into(),
            if here { "true" } else { "false" }.into(),
            if day == today { "date" } else { "false" }.into(),
        ];
        let keys = &["class", "id", "tabindex", "aria-selected", "aria-current"];
        el_with("td", keys, values, all(vec![number(day, day == today), self.shorts(entries)]))
    }

    fn shorts(&self, entries: &[Entry]) -> Html {
        let Some(taken) = self.taken.as_ref().filter(|_| !entries.is_empty()) else {
            return Html::default();
        };
        let mut list: Vec<Html> = entries
            .iter()
            .map(|entry| el("li", "kk-grid__entry", text(entries::short(entry, &taken.outlook))))
            .collect();
        if let Some(more) = entries.len().checked_sub(FIT).filter(|more| *more > 0) {
            list.push(el("li", "kk-grid__more", text(calendar_more(more))));
        }
        el("ul", "kk-grid__entries", all(list))
    }
}

/// The day's number; the whole date for screen readers.
fn number(day: Date, today: bool) -> Html {
    let mut parts = vec![
        el_with(
            "span",
            &["class", "aria-hidden"],
            vec!["kk-grid__number".into(), "true".into()],
            text(day.day().to_string()),
        ),
        el("span", "kk-hidden", text([&format::month_day(day), "(", format::weekday(day), ")"].concat())),
    ];
    if today {
        parts.push(el("span", "kk-grid__today", text(words().today_mark)));
    }
    el("span", "kk-grid__head", all(parts))
}
