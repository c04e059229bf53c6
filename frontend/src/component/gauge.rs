//! How much of a ceiling is used.

use super::{all, el, text};
use crate::text::{format, person};
use yew::prelude::*;

/// A bar with all three numbers in words, yen; the bar itself is an ornament.
pub fn gauge(label: &'static str, used_yen: u32, left_yen: u32, limit_yen: u32) -> Html {
    let words = person();
    let width = percent(used_yen, limit_yen);
    let left =
        vec![el("span", "", text(label)), el("strong", "kk-gauge__amount", text(format::yen(left_yen)))];
    let used = words.used.to_owned() + " " + &format::yen(used_yen);
    let ceiling = words.ceiling.to_owned() + " " + &format::yen(limit_yen);
    let bar = html! {
        <svg class="kk-gauge__bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <rect class="kk-gauge__rest" width="100" height="4" />
            <rect class="kk-gauge__used" width={width.to_string()} height="4" />
        </svg>
    };
    let numbers = vec![el("span", "", text(used)), el("span", "", text(ceiling))];
    let inside = vec![el("p", "kk-gauge__left", all(left)), bar, el("p", "kk-gauge__words", all(numbers))];
    el("div", "kk-gauge", all(inside))
}

/// Used part in percent, 0–100; anything above zero is at least 1, so that it can be seen.
fn percent(used: u32, limit: u32) -> u32 {
    match (used, limit) {
        (0, _) => 0,
        (_, 0) => 100,
        (used, limit) => {
            let share = u64::from(used) * 100 / u64::from(limit);
            u32::try_from(share.clamp(1, 100)).unwrap_or(100)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_stays_in_its_frame_and_shows_little_use() {
        assert_eq!(percent(0, 200_000), 0);
        assert_eq!(percent(1, 200_000), 1);
        assert_eq!(percent(100_000, 200_000), 50);
        assert_eq!(percent(u32::MAX, 200_000), 100);
        assert_eq!(percent(1, 0), 100);
        assert_eq!(percent(0, 0), 0);
    }
}
