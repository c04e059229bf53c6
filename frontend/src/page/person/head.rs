//! The head strip: who it is, and the one sentence.

use super::doubt;
use super::sentence::sentence;
use crate::component::{
    DateStyle, IconKind, Tone, all, badge, el, el_with, given_text, icon, level_badge, pairs, text,
};
use crate::text::{person as words, right_until};
use domain::calendar::Time;
use domain::qualification::Qualification;
use domain::upstream::{SeenPerson, Way};
use yew::prelude::*;

/// Name, kana, age, level, insurer, and until when it may be viewed.
pub(super) fn head(
    seen: &SeenPerson,
    all_kinds: Option<&Qualification>,
    now: Time,
    style: DateStyle,
    heading: NodeRef,
) -> Html {
    let person = all_kinds.map_or(&seen.person, |all| &all.person);
    let right = &seen.right;
    let way = match right.way {
        Way::Card => words().right_card,
        Way::Numbers => words().right_numbers,
    };
    let level = all_kinds.and_then(|all| all.certificate.value()?.level);
    let age = match person.birth_date.day() {
        Some(born) => format!(" {}{}・{}", born.age_on(now.date()), words().age, person.sex.name()),
        None => format!(" {}", person.sex.name()),
    };
    let over = right.until <= now;
    let facts = [
        (words().birth, vec![given_text(&person.birth_date, style), text(age)]),
        (words().insurer, vec![text(person.insurer_name.clone() + " "), number(person.insurer.as_str())]),
        (words().insured, vec![number(person.insured.as_str())]),
        (
            words().right,
            vec![
                if over { icon(IconKind::Warning) } else { Html::default() },
                text(right_until(right.until, now)),
                el("span", "kk-strip__way", text(way)),
            ],
        ),
    ];
    let facts = facts.map(|(name, value)| (name, all(value)));
    let substituted = domain::qualification::doubt::has_substitute(&person.name);
    let doubts = doubt::person(person, now.date());
    html! {
        <header class="kk-strip">
            { el("p", "kk-strip__kana", text(person.kana.clone())) }
            <div class="kk-strip__line">
                <h1 class="kk-strip__name" tabindex="-1" ref={heading}>{ text(person.name.clone()) }</h1>
                { for level.map(|level| level_badge(level.name())) }
            </div>
            { for substituted.then(|| el("p", "kk-support", text(words().substituted))) }
            { el("dl", "kk-strip__facts", pairs(facts)) }
            { for doubts.into_iter().map(|doubt| el("p", "kk-doubt", badge(Some(Tone::Warning), doubt))) }
            { for all_kinds.map(|all| el_with(
                "p",
                &["class", "id"],
                vec!["kk-strip__sentence".into(), "kk-sentence".into()],
                text(sentence(all, now.date())),
            )) }
        </header>
    }
}

fn number(number: &str) -> Html {
    el("span", "kk-number", text(number.to_owned()))
}
