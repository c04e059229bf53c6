//! Checks the answers of a page, each with the reason.

use super::finish::facts;
use super::{Asked, Context, Group, Trouble, Why, asked, group_of, groups};
use crate::calendar::{Date, parse_date};
use crate::filing::compare::{self, Finding, Severity};
use crate::filing::{Answers, Field, FilerRelation, FormKind, IdPaper, Shape, file, typed};
use crate::number::{InsuredNumber, InsurerNumber, OfficeNumber};
use crate::search::normal;

/// What is wrong on a page, in the order of its questions; on the last page what is wrong anywhere. A warning
/// that was confirmed is not in it.
pub fn check(group: Group, answers: &Answers, context: &Context<'_>) -> Vec<Trouble> {
    if group == Group::Confirm {
        return check_all(answers, context);
    }
    on_page(group, answers, context, &compared(answers, context))
}

/// What is wrong anywhere, page by page.
pub fn check_all(answers: &Answers, context: &Context<'_>) -> Vec<Trouble> {
    let pages = groups(answers, context).into_iter().filter(|group| *group != Group::Confirm);
    let compared = compared(answers, context);
    pages.flat_map(|group| on_page(group, answers, context, &compared)).collect()
}

/// What the comparison with what is known finds.
fn compared(answers: &Answers, context: &Context<'_>) -> Vec<Finding> {
    let mut all = compare::check(&facts(answers, context), &context.known);
    all.retain(|one| matches!(one.severity, Severity::Hinders | Severity::Look));
    all
}

fn on_page(group: Group, answers: &Answers, context: &Context<'_>, compared: &[Finding]) -> Vec<Trouble> {
    let mut all = Vec::new();
    let questions = asked(group, answers, context);
    for one in &questions {
        all.extend(of_field(one, answers, context).map(|why| Trouble { field: one.field, why }));
    }
    // What does not read is not compared as well.
    for one in compared {
        let here = group_of(one.field) == group && !all.iter().any(|other| other.field == one.field);
        if here {
            all.push(Trouble { field: one.field, why: Why::Found(one.found) });
        }
    }
    all.sort_by_key(|trouble| questions.iter().position(|one| one.field == trouble.field));
    all.retain(|one| !(one.why.may_be_confirmed() && answers.is_confirmed(&one.key())));
    all
}

fn of_field(one: &Asked, answers: &Answers, context: &Context<'_>) -> Option<Why> {
    let text = answers.get(one.field);
    if text.is_empty() {
        return one.must.then_some(Why::Missing);
    }
    if one.shape != Shape::Hidden && typed::holds_my_number(text) {
        return Some(Why::MyNumber);
    }
    match one.shape {
        Shape::Line { most } => line(text, most, false).or_else(|| other_name(one.field, answers)),
        Shape::Text { most } => line(text, most, true),
        Shape::Kana { most } => {
            line(text, most, false).or_else(|| (!typed::is_kana(text)).then_some(Why::NotKana))
        }
        Shape::Digits { .. } => number(one.field, text),
        Shape::Phone => typed::phone(text).is_none().then_some(Why::Phone),
        Shape::Postal => typed::postal(text).is_none().then_some(Why::Postal),
        Shape::Date => match parse_date(text) {
            Ok(day) => date(one.field, day, context),
            Err(error) => Some(Why::Day(error)),
        },
        Shape::Choice | Shape::YesNo => choice(one, text, answers, context),
        Shape::Codes => (!IdPaper::suffice(&papers(text))).then_some(Why::Papers),
        Shape::Hidden => hidden(one.field, text),
    }
}

fn line(text: &str, most: usize, lines: bool) -> Option<Why> {
    if text.chars().any(|c| c.is_control() && !(lines && c == '\n')) {
        Some(Why::Control)
    } else if text.chars().count() > most {
        Some(Why::TooLong { most })
    } else {
        None
    }
}

/// 本人 files in the own name; the way of writing does not count.
fn other_name(field: Field, answers: &Answers) -> Option<Why> {
    let person = FilerRelation::from_code(answers.get(Field::FilerRelation)) == FilerRelation::Person;
    let (filer, name) = (normal(answers.get(Field::FilerName)), normal(answers.get(Field::Name)));
    (field == Field::FilerName && person && filer != name).then_some(Why::NotThePerson)
}

fn number(field: Field, text: &str) -> Option<Why> {
    let read = match field {
        Field::Insurer => InsurerNumber::parse(text).map(drop),
        Field::Number => InsuredNumber::parse(text).map(drop),
        _ => OfficeNumber::parse(text).map(drop),
    };
    read.err().map(Why::Number)
}

fn date(field: Field, day: Date, context: &Context<'_>) -> Option<Why> {
    match field {
        Field::BirthDate | Field::FiledOn if day > context.today => Some(Why::ToCome),
        Field::BirthDate if day.age_on(context.today) < 40 => Some(Why::Under40),
        _ => None,
    }
}

fn choice(one: &Asked, text: &str, answers: &Answers, context: &Context<'_>) -> Option<Why> {
    if let (Field::FilerRelation, Some((service, job))) = (one.field, context.account)
        && let Err(why) = file::may_file(service, job, FilerRelation::from_code(text))
    {
        return Some(Why::MayNot(why));
    }
    // Another level than the form's is found by the comparison; that nothing is known of it is no trouble.
    let known = one.choices(answers, context).iter().any(|(code, _)| code == text)
        || (one.field == Field::Form && FormKind::from_code(text).unknown().is_none());
    (!known).then_some(Why::NoChoice)
}

/// The papers that were looked at, as the answer names them.
pub(super) fn papers(text: &str) -> Vec<IdPaper> {
    text.split(',').map(str::trim).filter(|code| !code.is_empty()).map(IdPaper::from_code).collect()
}

fn hidden(field: Field, text: &str) -> Option<Why> {
    (field == Field::IdentityAt && text.parse::<i64>().is_err()).then_some(Why::Missing)
}
