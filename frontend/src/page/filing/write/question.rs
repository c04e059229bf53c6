//! One question, by what is written into it.

use super::{Around, Kept, Msg, WritePage};
use crate::component::{
    Checkbox, FieldWidth, Need, RadioGroup, RadioOption, TextField, all, el, el_with, link, text,
};
use crate::page::parts::note;
use crate::route::Route;
use crate::text::format::time;
use crate::text::{filing as words, filing_support};
use domain::calendar::Time;
use domain::filing::wizard::Asked;
use domain::filing::{Answers, Field, Origin, Shape};
use yew::prelude::*;

/// Seconds a check by card is good for (docs/api.md §4).
const CARD_LASTS: i64 = 86_400;

/// `id` of a field's element.
pub(super) fn id(field: Field) -> AttrValue {
    ["filing-", field.code()].concat().into()
}

/// The question with what is answered.
pub(super) fn question(
    ctx: &Context<WritePage>,
    asked: &Asked,
    kept: &Kept,
    around: &Around<'_>,
    error: Option<AttrValue>,
) -> Html {
    let (field, answers) = (asked.field, &kept.draft.answers);
    let support = told(field, answers);
    let need = if asked.must { Need::Required } else { Need::Optional };
    match asked.shape {
        Shape::Hidden if field == Field::IdentityTransaction => card(kept, error),
        Shape::Hidden => Html::default(),
        Shape::Codes => papers(ctx, asked, answers, around, error),
        Shape::Choice | Shape::YesNo => {
            let options = asked.choices(answers, around);
            let options: Vec<RadioOption> =
                options.into_iter().map(|(code, name)| RadioOption::new(code, name)).collect();
            let selected = Some(AttrValue::from(answers.get(field).to_owned()));
            let onchange = ctx.link().callback(move |value: AttrValue| Msg::Set(field, value.to_string()));
            html! {
                <RadioGroup id={id(field)} legend={asked.label} {options} {selected} {support} {need} {error} {onchange} />
            }
        }
        shape => {
            let (width, inputmode) = match shape {
                Shape::Digits { .. } | Shape::Postal => (FieldWidth::Medium, Some("numeric")),
                Shape::Phone => (FieldWidth::Medium, Some("tel")),
                Shape::Date => (FieldWidth::Medium, None),
                _ => (FieldWidth::Full, None),
            };
            let value = answers.text(field).to_owned();
            let on_input = ctx.link().callback(move |typed| Msg::Set(field, typed));
            html! {
                <TextField
                    id={id(field)} label={asked.label} {value} {support} {need} {error} {width} {inputmode} {on_input}
                />
            }
        }
    }
}

/// Form and example, and where what stands there came from.
fn told(field: Field, answers: &Answers) -> Option<AttrValue> {
    let origin = answers.answer(field).map(|answer| answer.origin).filter(|origin| *origin != Origin::Typed);
    let from = origin.map(|origin| [words().from, origin.name(), ")"].concat());
    let said: Vec<String> = filing_support(field).map(str::to_owned).into_iter().chain(from).collect();
    (!said.is_empty()).then(|| said.join(" ").into())
}

/// The way to the card reader, or that it was used.
fn card(kept: &Kept, error: Option<AttrValue>) -> Html {
    let answers = &kept.draft.answers;
    let done = !answers.get(Field::IdentityTransaction).is_empty();
    let at = answers.get(Field::IdentityAt).parse().map_or(Time(0), Time);
    let mut parts = vec![note(words().identity_card_lead)];
    if done {
        parts.push(el(
            "p",
            "kk-filing__good",
            all(vec![
                crate::component::icon(crate::component::IconKind::Check),
                text([words().identity_card_done, " ", &time(at)].concat()),
            ]),
        ));
    }
    let way = if done { words().identity_card_again } else { words().identity_card };
    let class = if done { "kk-button kk-button--secondary" } else { "kk-button kk-button--primary" };
    let to = Route::FilingCard { draft: kept.key };
    // Where an error summary leads.
    let way = link(to, class, text(way));
    parts.push(el_with("p", &["id", "tabindex"], vec![id(Field::IdentityTransaction), "-1".into()], way));
    if let Some(error) = error {
        parts.push(el("p", "kk-error", text(error)));
    }
    el("div", "kk-field", all(parts))
}

/// A box a paper.
fn papers(
    ctx: &Context<WritePage>,
    asked: &Asked,
    answers: &Answers,
    around: &Around<'_>,
    error: Option<AttrValue>,
) -> Html {
    let seen: Vec<&str> = answers.get(Field::IdentityPapers).split(',').collect();
    let boxes = asked.choices(answers, around).into_iter().enumerate().map(|(at, (code, name))| {
        let id = if at == 0 { id(asked.field) } else { [&id(asked.field), "-", &code].concat().into() };
        let error = error.clone().filter(|_| at == 0);
        let checked = seen.contains(&code.as_str());
        let onchange = ctx.link().callback(move |on| Msg::Seen(code.clone(), on));
        html! { <Checkbox {id} label={name} {checked} {error} {onchange} /> }
    });
    let boxes = all(boxes.collect());
    html! {
        <crate::component::FieldGroup legend={words().identity_papers} support={words().identity_papers_support}>
            { boxes }
        </crate::component::FieldGroup>
    }
}

/// Puts a paper in or takes it out, and when that was.
pub(in crate::page) fn seen(answers: &mut Answers, code: &str, on: bool, now: Time) {
    let kept = answers.get(Field::IdentityPapers).to_owned();
    let mut list: Vec<&str> = kept.split(',').filter(|one| !one.is_empty() && *one != code).collect();
    if on {
        list.push(code);
    }
    answers.set(Field::IdentityPapers, &list.join(","));
    answers.set(Field::IdentityAt, &now.0.to_string());
}

/// Whether a check by card is too old to be used.
pub(super) fn card_is_over(answers: &Answers, now: Time) -> bool {
    let at: Result<i64, _> = answers.get(Field::IdentityAt).parse();
    answers.get(Field::IdentityWay) == "card"
        && !answers.get(Field::IdentityTransaction).is_empty()
        && at.is_ok_and(|at| Time(at).plus(CARD_LASTS) <= now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_are_put_in_and_taken_out_with_their_time() {
        let mut answers = Answers::default();
        seen(&mut answers, "passport", true, Time(5));
        seen(&mut answers, "pension_book", true, Time(6));
        seen(&mut answers, "passport", true, Time(7));
        assert_eq!(answers.get(Field::IdentityPapers), "pension_book,passport");
        seen(&mut answers, "pension_book", false, Time(8));
        assert_eq!((answers.get(Field::IdentityPapers), answers.get(Field::IdentityAt)), ("passport", "8"));
    }

    #[test]
    fn a_check_by_card_lasts_a_day() {
        let mut answers = Answers::default();
        answers.set(Field::IdentityWay, "card");
        answers.set(Field::IdentityTransaction, "t");
        answers.set(Field::IdentityAt, "100");
        assert!(!card_is_over(&answers, Time(100 + CARD_LASTS - 1)));
        assert!(card_is_over(&answers, Time(100 + CARD_LASTS)));
        answers.set(Field::IdentityTransaction, "");
        assert!(!card_is_over(&answers, Time(100 + CARD_LASTS)));
    }
}
