//! The last survey beside the one before: what has changed, item by item.
//!
//! Which way a change goes is told by the order of the choices on the form (more help, less ability, a symptom
//! seen more often come later), which is this house's reading and no official mark of 改善 or 悪化. Where the
//! form gives no such order (特別な医療, 外出頻度, 判断不能, 行っていない, M), a change is a change.

use super::{Survey, items};
use crate::document::{Entry, Field, Line, Order, lines};

/// One item of the last survey beside the same of the one before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared<'a> {
    /// The item, as of the last survey.
    pub line: Line<'a>,
    /// What was answered before.
    pub before: Option<&'a Entry>,
    /// What has become of it.
    pub change: Change,
}

/// What has become of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Change {
    /// Less need than before.
    Better,
    /// More need than before.
    Worse,
    /// Another answer, in no order to the one before.
    Other,
    /// The same answer.
    Same,
    /// The two cannot be compared.
    NotComparable(Why),
}

/// Why two answers cannot be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// The surveys name different versions of the form.
    OtherForm,
    /// There was no answer before.
    NotBefore,
    /// There is no answer now.
    NotNow,
    /// One of the two cannot be read with certainty.
    Doubtful,
}

impl Change {
    /// Whether there is something to look at: any difference, and what cannot be compared.
    pub fn differs(self) -> bool {
        self != Self::Same
    }
}

/// All items of the last survey, each beside the one before, in printed order.
pub fn compare<'a>(last: &'a Survey, before: &'a Survey) -> Vec<Compared<'a>> {
    let same_form = last.form == before.form;
    let pairs = last.items().into_iter().zip(lines(items(), &before.answers));
    pairs
        .map(|(line, old)| {
            let change = if same_form { change(&line, &old) } else { Change::NotComparable(Why::OtherForm) };
            Compared { line, before: old.entry, change }
        })
        .collect()
}

fn change(now: &Line<'_>, old: &Line<'_>) -> Change {
    match (now.entry, old.entry) {
        _ if !now.filled() && !old.filled() => Change::Same,
        _ if !old.filled() => Change::NotComparable(Why::NotBefore),
        _ if !now.filled() => Change::NotComparable(Why::NotNow),
        (Some(new), Some(past)) if now.sound() && old.sound() => direction(now.field, new, past),
        _ => Change::NotComparable(Why::Doubtful),
    }
}

fn direction(field: &Field, now: &Entry, before: &Entry) -> Change {
    let (new, old) = (places(field, now), places(field, before));
    if new == old {
        return Change::Same;
    }
    match (field.order, new.as_slice(), old.as_slice()) {
        (Order::First(many), [new], [old]) if *new < many && *old < many => {
            if new < old {
                Change::Better
            } else {
                Change::Worse
            }
        }
        (Order::More, new, old) if new.iter().all(|place| old.contains(place)) => Change::Better,
        (Order::More, new, old) if old.iter().all(|place| new.contains(place)) => Change::Worse,
        _ => Change::Other,
    }
}

/// Places of what is marked, in order; 「ない」 is none of them.
fn places(field: &Field, entry: &Entry) -> Vec<usize> {
    let choices = field.choices().enumerate();
    choices
        .filter(|(_, choice)| !choice.alone && entry.marks.iter().any(|mark| mark.code == choice.code))
        .map(|(place, _)| place)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::sample;
    use proptest::prelude::*;

    fn survey(item: &str, codes: &[&str]) -> Survey {
        Survey { answers: vec![Entry::chosen(item, codes.iter().copied())], ..Survey::default() }
    }

    fn of(item: &str, before: &[&str], now: &[&str]) -> Change {
        let (last, old) = (survey(item, now), survey(item, before));
        let all = compare(&last, &old);
        all.into_iter().find(|one| one.line.field.number == item).unwrap().change
    }

    #[test]
    fn each_kind_of_change() {
        use Change::{Better, NotComparable, Other, Same, Worse};
        for (item, before, now, expected) in [
            ("1-7", &["1"][..], &["3"][..], Worse),
            ("2-1", &["4"], &["2"], Better),
            ("2-1", &["2"], &["2"], Same),
            ("4-12", &["1"], &["2"], Worse),
            ("7-1", &["32"], &["12"], Better),
            ("7-2", &["07"], &["08"], Other),
            ("1-12", &["4"], &["5"], Other),
            ("1-10", &["3"], &["4"], Other),
            ("2-12", &["1"], &["3"], Other),
            ("6-5", &["0"], &["1"], Other),
            ("1-1", &["1"], &["2"], Worse),
            ("1-1", &["2", "4"], &["4"], Better),
            ("1-1", &["2"], &["3"], Other),
            ("1-1", &["4", "2"], &["2", "4"], Same),
            ("1-1", &["2", "4"], &["1"], Better),
            ("1-7", &[], &[], Same),
            ("1-7", &[], &["1"], NotComparable(Why::NotBefore)),
            ("1-7", &["1"], &[], NotComparable(Why::NotNow)),
            ("1-7", &["1"], &["9"], NotComparable(Why::Doubtful)),
            ("1-7", &["1", "2"], &["1"], NotComparable(Why::Doubtful)),
        ] {
            assert_eq!(of(item, before, now), expected, "{item} {before:?} {now:?}");
        }
    }

    #[test]
    fn another_version_of_the_form_is_not_compared() {
        let last = survey("1-7", &["1"]);
        let old = Survey { form: Some("06A".into()), ..last.clone() };
        assert!(compare(&last, &old).iter().all(|one| one.change == Change::NotComparable(Why::OtherForm)));
    }

    proptest! {
        #[test]
        fn seen_from_the_other_side(last in sample::full_survey(), old in sample::full_survey()) {
            for (there, back) in compare(&last, &old).into_iter().zip(compare(&old, &last)) {
                let mirrored = match there.change {
                    Change::Better => Change::Worse,
                    Change::Worse => Change::Better,
                    other => other,
                };
                prop_assert_eq!(back.change, mirrored);
            }
            prop_assert!(compare(&last, &last).iter().all(|one| one.change == Change::Same));
        }

        #[test]
        fn nothing_breaks_it(last in sample::survey(), old in sample::survey()) {
            prop_assert_eq!(compare(&last, &old).len(), items().fields().len());
        }
    }
}
