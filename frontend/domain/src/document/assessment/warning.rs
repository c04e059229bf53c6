//! 警告コード 01–57: combinations that are rare, to be looked at once more, and no errors.
//!
//! Source: 認定調査員テキスト2009改訂版(令和6年4月改訂) pp. 9–11.

use super::{Survey, items};
use crate::document::{Choice, Entry, Field};

/// A rare combination that is on a survey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// 警告コード, two digits.
    pub code: &'static str,
    /// Which items and answers make it.
    pub when: Vec<(&'static Field, Choice)>,
}

const TABLE: &str = include_str!("warnings.csv");

/// The rare combinations of a survey, by code.
pub fn warnings(survey: &Survey) -> Vec<Warning> {
    let marked = |field: &Field, choice: Choice| {
        survey.answers.iter().find(|entry| entry.item == field.number).and_then(Entry::only)
            == Some(choice.code)
    };
    all().filter(|warning| warning.when.iter().all(|(field, choice)| marked(field, *choice))).collect()
}

/// The whole table.
fn all() -> impl Iterator<Item = Warning> {
    TABLE.lines().skip(1).filter_map(|line| {
        let (code, when) = line.split_once(',')?;
        let when = when.split('&').map(condition).collect::<Option<_>>()?;
        Some(Warning { code, when })
    })
}

fn condition(text: &str) -> Option<(&'static Field, Choice)> {
    let (number, code) = text.split_once('=')?;
    let field = items().field(number)?;
    Some((field, field.choice(code)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_fifty_seven_name_items_and_choices_that_exist() {
        let codes: Vec<&str> = all().map(|warning| warning.code).collect();
        let expected: Vec<String> = (1..=57).map(|code| format!("{code:02}")).collect();
        assert_eq!(codes, expected);
        let long: Vec<usize> = all().map(|warning| warning.when.len()).filter(|many| *many != 2).collect();
        assert_eq!(long, [7, 7], "27 and 28: all of 3-2 to 3-7");
    }

    #[test]
    fn each_fires_on_its_own_answers_and_not_without_one_of_them() {
        for warning in all() {
            let answers =
                warning.when.iter().map(|(field, choice)| Entry::chosen(field.number, [choice.code]));
            let whole = Survey { answers: answers.collect(), ..Survey::default() };
            assert!(warnings(&whole).contains(&warning), "{}", warning.code);
            for at in 0..whole.answers.len() {
                let mut part = whole.clone();
                part.answers.remove(at);
                assert!(!warnings(&part).contains(&warning), "{}", warning.code);
            }
        }
        assert!(warnings(&Survey::default()).is_empty());
    }

    #[test]
    fn walks_without_holding_on_and_cannot_be_moved() {
        let answers = vec![Entry::chosen("1-7", ["1"]), Entry::chosen("2-1", ["4"])];
        let found = warnings(&Survey { answers, ..Survey::default() });
        let codes: Vec<&str> = found.iter().map(|warning| warning.code).collect();
        assert_eq!(codes, ["13"]);
    }
}
