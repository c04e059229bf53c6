//! What does not fit in a case.

use crate::component::{Tone, all, badge, el, text};
use crate::text::{case as words, case_contradiction};
use domain::calendar::Date;
use domain::certification::History;
use yew::prelude::*;

/// Each as a sentence, and what to do; nothing when all fits.
pub(in crate::page) fn doubts(history: &History, today: Date, next: &'static str) -> Html {
    let found = history.contradictions(today);
    if found.is_empty() {
        return Html::default();
    }
    let lines = found.into_iter().map(|one| el("li", "", text(case_contradiction(one)))).collect();
    let parts = vec![
        el("p", "", badge(Some(Tone::Warning), words().doubts)),
        el("ul", "", all(lines)),
        el("p", "", text(next)),
    ];
    el("div", "kk-doubt", all(parts))
}
