//! 本人の確認: the tablet goes to the person. Large and plain; nothing else of the app is needed here.

use super::{Around, Kept, Msg, WritePage, form};
use crate::component::{
    Checkbox, ErrorSummary, FieldError, RadioGroup, RadioOption, TextField, all, el, link, text,
};
use crate::page::parts::{actions, heading, note, send};
use crate::route::Route;
use crate::service::browser;
use crate::text::{field_missing, filing as words};
use domain::calendar::{Time, parse_date};
use domain::filing::paper::{self, Content, Use};
use domain::filing::{Confirmation, Confirmer, Field, FilerRelation};
use yew::prelude::*;

/// What the person says.
#[derive(Debug, Clone, Default)]
pub struct Agree {
    /// A representative, and not the person; nothing before that is said.
    other: Option<bool>,
    name: String,
    relation: Option<FilerRelation>,
    yes: bool,
    /// Whether the button was pressed: from then on it is said what is missing.
    tried: bool,
    attempt: u32,
}

/// A change of it.
#[derive(Debug, Clone)]
pub enum Agreed {
    /// A representative, or the person.
    Other(bool),
    /// 氏名 of a representative.
    Name(String),
    /// 関係.
    Relation(FilerRelation),
    /// It is right.
    Yes(bool),
}

/// Who may stand in for the person.
const STANDING_IN: [FilerRelation; 2] = [FilerRelation::Family, FilerRelation::Guardian];

impl Agree {
    pub(super) fn take(&mut self, agreed: Agreed) {
        match agreed {
            Agreed::Other(other) => self.other = Some(other),
            Agreed::Name(name) => self.name = name,
            Agreed::Relation(relation) => self.relation = Some(relation),
            Agreed::Yes(yes) => self.yes = yes,
        }
    }

    /// The person's word; `None` as long as something of it is missing, which is said from then on.
    pub(super) fn confirmation(&mut self, at: Time) -> Option<Confirmation> {
        self.tried = true;
        self.attempt += 1;
        if !self.missing().is_empty() {
            return None;
        }
        let by = match (self.other?, self.relation) {
            (false, _) => Confirmer::Person,
            (true, relation) => {
                Confirmer::Representative { name: self.name.trim().to_owned(), relation: relation? }
            }
        };
        Some(Confirmation { at, by })
    }

    /// `id` of each field that is missing, and what is said of it.
    fn missing(&self) -> Vec<(&'static str, String)> {
        let other = self.other == Some(true);
        [
            ("agree-who", self.other.is_none(), words().agree_who_missing.to_owned()),
            ("agree-name", other && self.name.trim().is_empty(), field_missing(words().agree_name)),
            (
                "agree-relation",
                other && self.relation.is_none(),
                [words().agree_relation, "を選んでください"].concat(),
            ),
            ("agree-yes", !self.yes, words().agree_missing.to_owned()),
        ]
        .into_iter()
        .filter(|(_, missing, _)| *missing)
        .map(|(id, _, said)| (id, said))
        .collect()
    }

    fn error(&self, id: &str) -> Option<AttrValue> {
        let missing = if self.tried { self.missing() } else { Vec::new() };
        missing.into_iter().find(|(at, _)| *at == id).map(|(_, said)| said.into())
    }
}

impl WritePage {
    pub(super) fn agree_page(&self, ctx: &Context<Self>, kept: &Kept, around: &Around<'_>) -> Html {
        let (answers, person) = (&kept.draft.answers, &kept.draft.person);
        let start = parse_date(answers.get(Field::StartOn)).map(crate::text::filing_day).unwrap_or_default();
        let line =
            |name: &'static str, said: String| all(vec![el("dt", "", text(name)), el("dd", "", text(said))]);
        let facts = all(vec![
            line(words().agree_office, answers.get(Field::OfficeName).to_owned()),
            line(words().agree_from, start),
            line(words().agree_to, person.insurer_name.clone()),
        ]);
        let insurer = &person.insurer_name;
        let whole = domain::filing::wizard::defined(answers, around).map_or_else(Html::default, |of| {
            html! {
                <details class="kk-agree__whole">
                    <summary>{ words().agree_all }</summary>
                    { form::sheet(&paper::sheet(of, Content::Answers(answers), insurer, Use::Read)) }
                </details>
            }
        });
        let missing = if self.agree.tried { self.agree.missing() } else { Vec::new() };
        let errors: Vec<FieldError> = missing
            .into_iter()
            .map(|(id, said)| FieldError { field: id.into(), message: said.into() })
            .collect();
        let onsubmit = ctx.link().callback(|event: SubmitEvent| {
            event.prevent_default();
            Msg::Submit
        });
        let offline = if browser::online() { Html::default() } else { note(words().submit_offline) };
        let back = Route::Filing { draft: kept.key, page: kept.draft.page.saturating_sub(1).max(1) };
        let ends = vec![
            send(words().submit, self.busy.then_some(words().submitting)),
            link(back, "kk-button kk-button--secondary", text(words().before)),
        ];
        html! {
            <article class="kk-page kk-agree">
                { heading(words().agree) }
                { note(words().agree_hand) }
                { self.said(kept) }
                <ErrorSummary {errors} attempt={self.agree.attempt} />
                { el("p", "kk-agree__lead", text([person.name.as_str(), words().agree_lead].concat())) }
                { el("p", "kk-agree__plain", text(words().agree_plain)) }
                { el("dl", "kk-agree__facts", facts) }
                { whole }
                <form class="kk-form" {onsubmit} novalidate=true>
                    { self.who(ctx) }
                    { actions(ends) }
                    { offline }
                </form>
            </article>
        }
    }

    fn who(&self, ctx: &Context<Self>) -> Html {
        let agree = &self.agree;
        let options =
            vec![RadioOption::new("0", words().agree_person), RadioOption::new("1", words().agree_other)];
        let selected = agree.other.map(|other| AttrValue::Static(if other { "1" } else { "0" }));
        let onchange = ctx.link().callback(|value: AttrValue| Msg::Agree(Agreed::Other(value == "1")));
        let mut parts = vec![html! {
            <RadioGroup
                id="agree-who" legend={words().agree_who} {options} {selected} {onchange}
                error={agree.error("agree-who")}
            />
        }];
        if agree.other == Some(true) {
            let on_input = ctx.link().callback(|name| Msg::Agree(Agreed::Name(name)));
            parts.push(html! {
                <TextField
                    id="agree-name" label={words().agree_name} value={agree.name.clone()} {on_input}
                    error={agree.error("agree-name")}
                />
            });
            let options: Vec<RadioOption> =
                STANDING_IN.iter().map(|one| RadioOption::new(one.code().to_owned(), one.name())).collect();
            let selected = agree.relation.map(|one| AttrValue::from(one.code().to_owned()));
            let onchange = ctx
                .link()
                .callback(|code: AttrValue| Msg::Agree(Agreed::Relation(FilerRelation::from_code(&code))));
            parts.push(html! {
                <RadioGroup
                    id="agree-relation" legend={words().agree_relation} {options} {selected} {onchange}
                    error={agree.error("agree-relation")}
                />
            });
        }
        let onchange = ctx.link().callback(|yes| Msg::Agree(Agreed::Yes(yes)));
        parts.push(html! {
            <Checkbox
                id="agree-yes" label={words().agree_yes} checked={agree.yes} {onchange}
                error={agree.error("agree-yes")}
            />
        });
        all(parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_confirmed_before_somebody_said_who_they_are_and_yes() {
        let mut agree = Agree::default();
        assert_eq!(agree.confirmation(Time(5)), None);
        assert!(agree.error("agree-who").is_some() && agree.error("agree-yes").is_some());
        agree.take(Agreed::Yes(true));
        agree.take(Agreed::Other(true));
        assert_eq!(agree.confirmation(Time(5)), None);
        agree.take(Agreed::Name(" 山田 一郎 ".into()));
        agree.take(Agreed::Relation(FilerRelation::Family));
        let by = Confirmer::Representative { name: "山田 一郎".into(), relation: FilerRelation::Family };
        assert_eq!(agree.confirmation(Time(5)), Some(Confirmation { at: Time(5), by }));
        agree.take(Agreed::Other(false));
        assert_eq!(agree.confirmation(Time(6)).unwrap().by, Confirmer::Person);
    }
}
