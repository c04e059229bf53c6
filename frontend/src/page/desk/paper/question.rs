//! One question of the paper, by what is written into it.

use super::{Msg, PaperPage};
use crate::component::{Checkbox, FieldGroup, FieldWidth, Need, RadioGroup, RadioOption, TextField, all};
use crate::text::desk::filing::{desk_filing as words, form};
use crate::text::filing_support;
use domain::filing::wizard::{Asked, Context as Around};
use domain::filing::{Answers, Field, FormKind, Shape};
use yew::html::Scope;
use yew::prelude::*;

/// `id` of a field's element.
pub(super) fn id(field: Field) -> AttrValue {
    ["paper-", field.code()].concat().into()
}

/// The question with what is answered.
pub(super) fn question(
    link: &Scope<PaperPage>,
    asked: &Asked,
    answers: &Answers,
    around: &Around<'_>,
    error: Option<AttrValue>,
) -> Html {
    let field = asked.field;
    let support = filing_support(field).map(AttrValue::Static);
    let need = if asked.must { Need::Required } else { Need::Optional };
    let set = move |typed: String| Msg::Set(field, typed);
    match asked.shape {
        Shape::Hidden => Html::default(),
        Shape::Codes => papers(link, asked, answers, around, error),
        Shape::Choice | Shape::YesNo => {
            let selected = Some(AttrValue::from(answers.get(field).to_owned()));
            let onchange = link.callback(move |value: AttrValue| set(value.to_string()));
            let (legend, support, options) = if field == Field::IdentityWay {
                (words().identity_way, Some(words().identity_way_support.into()), shown())
            } else {
                let options = asked.choices(answers, around).into_iter().map(|(code, name)| {
                    let name = if field == Field::Form { form(FormKind::from_code(&code)) } else { name };
                    RadioOption::new(code, name)
                });
                (asked.label, support, options.collect())
            };
            html! {
                <RadioGroup id={id(field)} {legend} {options} {selected} {support} {need} {error} {onchange} />
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
            let on_input = link.callback(set);
            let label = asked.label;
            html! {
                <TextField id={id(field)} {label} {value} {support} {need} {error} {width} {inputmode} {on_input} />
            }
        }
    }
}

/// Whether papers were shown. A card is read at nobody's desk here.
fn shown() -> Vec<RadioOption> {
    vec![RadioOption::new("", words().not_shown), RadioOption::new("papers", words().shown)]
}

/// A box a paper.
fn papers(
    link: &Scope<PaperPage>,
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
        let onchange = link.callback(move |on| Msg::Seen(code.clone(), on));
        html! { <Checkbox {id} label={name} {checked} {error} {onchange} /> }
    });
    let boxes = all(boxes.collect());
    let texts = crate::text::filing();
    html! {
        <FieldGroup legend={texts.identity_papers} support={texts.identity_papers_support}>{ boxes }</FieldGroup>
    }
}
