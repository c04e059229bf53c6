//! A date as it is spoken here, the Gregorian one a press away.

use super::{el_with, text};
use crate::text::format;
use domain::calendar::{Date, GivenDate};
use yew::prelude::*;

/// Which calendar a page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DateStyle {
    /// 令和8年11月22日
    #[default]
    Wareki,
    /// 令和8年11月22日(2026年11月22日)
    Both,
}

/// A date. The Gregorian one stands in its title, and beside it when the style says so.
pub fn date_text(date: Date, style: DateStyle) -> Html {
    let gregorian = format::gregorian(date);
    let mut words = date.wareki();
    if style == DateStyle::Both {
        words = words + "(" + &gregorian + ")";
    }
    let values = vec!["kk-date".into(), date.to_string().into(), gregorian.into()];
    el_with("time", &["class", "datetime", "title"], values, text(words))
}
/// A date as it was given: what is no day as it came.
pub fn given_text(given: &GivenDate, style: DateStyle) -> Html {
    match given {
        GivenDate::Day(date) => date_text(*date, style),
        GivenDate::Raw(raw) => text(raw.clone()),
    }
}
