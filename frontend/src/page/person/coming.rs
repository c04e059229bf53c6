//! What changes next and when.

use crate::component::{DateStyle, all, date_text, el, el_with, sheet, text};
use crate::text::{line as words, upcoming as said};
use domain::calendar::Date;
use domain::qualification::Qualification;
use domain::upcoming::{Settings, Upcoming, UpcomingKind, upcoming};
use yew::Html;

/// The section: what is over first, then the nearest day.
pub(super) fn coming(all_kinds: &Qualification, settings: &Settings, today: Date, style: DateStyle) -> Html {
    let list = listed(upcoming(all_kinds, today, settings));
    let inside = if list.is_empty() {
        el("p", "kk-quiet", text(words().coming_none))
    } else {
        el("ol", "kk-coming", all(list.iter().map(|one| row(one, style)).collect()))
    };
    sheet("coming", words().coming, Some(words().coming_plain), inside)
}

/// The end of a 認定 is said once: by the last day of its renewal while that can be applied for, else plainly.
fn listed(mut list: Vec<Upcoming>) -> Vec<Upcoming> {
    let closes = list.iter().any(|one| one.kind == UpcomingKind::RenewalCloses);
    let opens_later = list.iter().any(|one| one.kind == UpcomingKind::RenewalOpens && one.days_left > 0);
    list.retain(|one| match one.kind {
        UpcomingKind::RenewalCloses => !opens_later,
        UpcomingKind::CertificationEnds { applied: false } => opens_later || !closes,
        _ => true,
    });
    list
}

fn row(one: &Upcoming, style: DateStyle) -> Html {
    let pressing = one.notice.is_some() && one.kind.is_event() || one.days_left < 0;
    let days = el(
        if pressing { "strong" } else { "span" },
        "kk-coming__days",
        text(words::days_left(one.days_left)),
    );
    // What stands until something is done belongs to no day.
    let day =
        if one.kind.is_event() || one.days_left != 0 { date_text(one.on, style) } else { Html::default() };
    let when = el_with("p", &["class"], vec!["kk-coming__when".into()], all(vec![days, text(" "), day]));
    el("li", "kk-coming__one", all(vec![when, el("p", "", text(said::sentence(one)))]))
}

#[cfg(test)]
mod tests {
    use super::super::sample::{day, qualification};
    use super::*;

    #[test]
    fn the_end_of_a_certification_is_said_once() {
        let kinds = |today| {
            let all = upcoming(&qualification(), day(today), &Settings::default());
            listed(all).iter().map(|one| one.kind.code()).collect::<Vec<_>>()
        };
        assert_eq!(
            kinds("2026-11-22"),
            ["renewal-opens", "certification-ends", "limit-ends", "share-renewed"]
        );
        assert_eq!(kinds("2027-01-31")[0], "renewal-closes");
        assert_eq!(kinds("2027-04-05")[0], "certification-ended");
    }
}
