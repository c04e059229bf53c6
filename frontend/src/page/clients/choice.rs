//! What the list can be narrowed to and in which order it stands: four choices, a component of their own, so
//! that a key in the search field does not draw them again.

use super::model::Row;
use crate::component::{all, el, text};
use crate::state::{Filter, Sort, Wish};
use crate::text::clients as words;
use domain::qualification::CareLevel;
use std::cmp::Reverse;
use std::rc::Rc;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// What the rows can be narrowed to.
#[derive(Debug, PartialEq, Eq, Default)]
pub(super) struct Choices {
    /// The heaviest first.
    pub(super) levels: Vec<CareLevel>,
    /// Numbers and names, by number.
    pub(super) insurers: Vec<(String, String)>,
}

impl Choices {
    /// Those that at least one row has.
    pub(super) fn of(rows: &[Rc<Row>]) -> Self {
        let mut levels: Vec<CareLevel> = rows.iter().filter_map(|row| row.level()).collect();
        levels.sort_unstable_by_key(|level| Reverse(*level));
        levels.dedup();
        let insurer = |row: &Rc<Row>| {
            let person = &row.entry().person;
            (person.insurer.as_str().to_owned(), person.insurer_name.clone())
        };
        let mut insurers: Vec<_> = rows.iter().map(insurer).collect();
        insurers.sort_unstable();
        insurers.dedup_by(|one, other| one.0 == other.0);
        Self { levels, insurers }
    }
}

/// Which of the four.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Who is shown.
    Filter,
    /// Of which level.
    Level,
    /// Of which insurer.
    Insurer,
    /// In which order.
    Sort,
}

impl Choice {
    /// The wish with another answer to this choice; an unknown one is the first.
    pub(super) fn make(self, wish: &Wish, value: String) -> Wish {
        let mut wish = wish.clone();
        let named = |value: String| Some(value).filter(|value| !value.is_empty());
        match self {
            Self::Filter => {
                let known = Filter::ALL.iter().find(|(_, one, _)| *one == value);
                wish.filter = known.map_or(Filter::Every, |(one, ..)| *one);
            }
            Self::Level => wish.level = named(value),
            Self::Insurer => wish.insurer = named(value),
            Self::Sort => {
                let known = Sort::ALL.iter().find(|(_, one, _)| *one == value);
                wish.sort = known.map_or(Sort::Kana, |(one, ..)| *one);
            }
        }
        wish
    }
}

/// Properties of [`Selects`].
#[derive(Properties, PartialEq)]
pub(super) struct SelectsProps {
    pub(super) choices: Rc<Choices>,
    pub(super) filter: Filter,
    pub(super) level: Option<String>,
    pub(super) insurer: Option<String>,
    pub(super) sort: Sort,
    pub(super) onchoice: Callback<(Choice, String)>,
}

/// The four choices.
pub(super) struct Selects;

impl Component for Selects {
    type Message = ();
    type Properties = SelectsProps;

    fn create(_: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let every = || (String::new(), words().every.to_owned());
        let named = |value: &str, name: &str| (value.to_owned(), name.to_owned());
        let levels = props.choices.levels.iter().map(|level| named(level.code(), level.name()));
        let filter = Filter::ALL.iter().find(|(one, ..)| *one == props.filter);
        let sort = Sort::ALL.iter().find(|(one, ..)| *one == props.sort);
        let one = |id, label, options, selected, choice| select(id, label, options, selected, choice, props);
        let selects = vec![
            one(
                "clients-filter",
                words().filter,
                Filter::ALL.iter().map(|(_, value, name)| named(value, name)).collect(),
                filter.map_or("", |(_, value, _)| value),
                Choice::Filter,
            ),
            one(
                "clients-level",
                words().level,
                std::iter::once(every()).chain(levels).collect(),
                props.level.as_deref().unwrap_or_default(),
                Choice::Level,
            ),
            one(
                "clients-insurer",
                words().insurer,
                std::iter::once(every()).chain(props.choices.insurers.iter().cloned()).collect(),
                props.insurer.as_deref().unwrap_or_default(),
                Choice::Insurer,
            ),
            one(
                "clients-sort",
                words().sort,
                Sort::ALL.iter().map(|(_, value, name)| named(value, name)).collect(),
                sort.map_or("", |(_, value, _)| value),
                Choice::Sort,
            ),
        ];
        el("div", "kk-search__selects", all(selects))
    }
}

#[inline(never)]
fn select(
    id: &'static str,
    label: &'static str,
    options: Vec<(String, String)>,
    selected: &str,
    choice: Choice,
    props: &SelectsProps,
) -> Html {
    let options = options.into_iter().map(|(value, name)| {
        let chosen = value == selected;
        html! { <option {value} selected={chosen}>{ text(name) }</option> }
    });
    let options: Vec<Html> = options.collect();
    let onchoice = props.onchoice.clone();
    let onchange = Callback::from(move |event: Event| {
        if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
            onchoice.emit((choice, select.value()));
        }
    });
    html! {
        <span class="kk-search__one">
            <label for={id}>{ text(label) }</label>
            <select {id} class="kk-select" {onchange}>{ all(options) }</select>
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_changes_its_own_choice_alone() {
        let wish = Wish { typed: "さ".into(), level: Some("21".into()), ..Wish::default() };
        let made = Choice::Filter.make(&wish, "ending".into());
        assert_eq!(made, Wish { filter: Filter::Ending, ..wish.clone() });
        assert_eq!(Choice::Filter.make(&made, "?".into()), wish);
        assert_eq!(Choice::Level.make(&wish, String::new()), Wish { level: None, ..wish.clone() });
        let insurer = Choice::Insurer.make(&wish, "102046".into());
        assert_eq!(insurer, Wish { insurer: Some("102046".into()), ..wish.clone() });
        assert_eq!(Choice::Sort.make(&wish, "level".into()), Wish { sort: Sort::Level, ..wish });
    }
}
