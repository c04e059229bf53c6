//! What is asked of the queue, and the order it is shown in.

use crate::state::QueueWish;
use domain::calendar::{Date, DateError, parse_date};
use domain::search::normal;
use domain::upstream::{QueueEntry, QueueFilter, QueueResponse};

/// A field that can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    /// 申請日 on or after.
    From,
    /// 申請日 on or before.
    To,
}

/// The question of a wish, or which fields cannot be read.
pub(super) fn filter(wish: &QueueWish) -> Result<QueueFilter, Vec<(Field, String)>> {
    let mut wrong = Vec::new();
    let mut day = |field, typed: &str| match parse_date(typed) {
        Ok(day) => Some(day),
        Err(DateError::Empty) => None,
        Err(error) => {
            wrong.push((field, error.to_string()));
            None
        }
    };
    let (applied_from, applied_to) = (day(Field::From, &wish.from), day(Field::To, &wish.to));
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let text = normal(&wish.text);
    Ok(QueueFilter {
        text: (!text.is_empty()).then_some(text),
        stage: wish.stage,
        kind: wish.kind,
        late: wish.late,
        // Who asks for an end asks for what has ended.
        ended: wish.ended || wish.stage.is_some_and(|stage| stage.is_end()),
        applied_from,
        applied_to,
    })
}

/// The rows of a page: the latest first.
pub(super) fn rows(page: &QueueResponse, today: Date) -> Vec<QueueEntry> {
    let mut rows = page.cases.clone();
    rows.sort_by_key(|entry| entry.case.urgency(today));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::desk::sample::{day, entry};
    use domain::calendar::Time;
    use domain::certification::{Application, ApplicationKind, Fact, Stage};

    #[test]
    fn days_are_read_in_either_calendar_and_what_cannot_be_read_is_named() {
        let wish = QueueWish { from: "R8.11.1".into(), to: "2026-11-30".into(), ..QueueWish::default() };
        let asked = filter(&wish).unwrap();
        assert_eq!(
            (asked.applied_from, asked.applied_to),
            (Some(day("2026-11-01")), Some(day("2026-11-30")))
        );
        let wish = QueueWish { from: "きのう".into(), to: "R8.2.30".into(), ..QueueWish::default() };
        let wrong = filter(&wish).unwrap_err();
        assert_eq!(wrong.iter().map(|one| one.0).collect::<Vec<_>>(), [Field::From, Field::To]);
        assert_eq!(filter(&QueueWish::default()), Ok(QueueFilter::default()));
    }

    #[test]
    fn an_end_can_be_asked_for_and_text_is_brought_to_one_form() {
        let wish =
            QueueWish { stage: Some(Stage::Withdrawn), text: " ﾊﾅｺ ".into(), ..QueueWish::default() };
        let asked = filter(&wish).unwrap();
        assert!(asked.ended);
        assert_eq!(asked.text, Some(normal("はなこ")));
    }

    #[test]
    fn the_latest_stand_first() {
        let mut young = entry("young", 1);
        let on = day("2026-11-20");
        young.case = young.case.with(&[Fact::Application(Application { kind: ApplicationKind::New, on })]);
        let page = QueueResponse { now: Time(0), cases: vec![young, entry("late", 5)], next: None, total: 2 };
        let rows = rows(&page, day("2026-11-22"));
        assert_eq!(rows[0].case.id.0, "late");
    }
}
