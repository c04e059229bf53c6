//! Buttons.

use yew::prelude::*;

/// How much a button stands out. One primary button a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rank {
    /// The page's one main action: filled.
    #[default]
    Primary,
    /// Another action: outlined.
    Secondary,
    /// A small one: text only.
    Tertiary,
}

/// Properties of [`Button`].
#[derive(Properties, PartialEq)]
pub struct ButtonProps {
    /// What it does, in words.
    pub children: Html,
    /// How much it stands out.
    #[prop_or_default]
    pub rank: Rank,
    /// What is being done (`確かめています`): shown instead, and presses are ignored.
    #[prop_or_default]
    pub busy: Option<AttrValue>,
    /// Whether it cannot be undone.
    #[prop_or_default]
    pub danger: bool,
    /// Whether it sends its form.
    #[prop_or_default]
    pub submit: bool,
    /// Whether it cannot be pressed now; say beside it why.
    #[prop_or_default]
    pub disabled: bool,
    /// Full width of its column.
    #[prop_or_default]
    pub wide: bool,
    /// `id`.
    #[prop_or_default]
    pub id: Option<AttrValue>,
    /// Accessible name, where the words alone are not enough.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// `id` of the text that explains it.
    #[prop_or_default]
    pub described_by: Option<AttrValue>,
    /// For a switch: whether it is on.
    #[prop_or_default]
    pub pressed: Option<bool>,
    /// It was pressed.
    #[prop_or_default]
    pub onclick: Callback<()>,
    /// The element, for focus.
    #[prop_or_default]
    pub node: NodeRef,
}

/// A button. While busy or disabled it keeps its focus (`aria-disabled`), so a keyboard loses no place.
#[component]
pub fn Button(props: &ButtonProps) -> Html {
    let still = props.disabled || props.busy.is_some();
    let onclick = {
        let onclick = props.onclick.clone();
        Callback::from(move |event: MouseEvent| {
            if still {
                event.prevent_default();
            } else {
                onclick.emit(());
            }
        })
    };
    let mut class = String::from(match props.rank {
        Rank::Primary => "kk-button kk-button--primary",
        Rank::Secondary => "kk-button kk-button--secondary",
        Rank::Tertiary => "kk-button kk-button--tertiary",
    });
    for (on, extra) in [
        (props.danger, " kk-button--danger"),
        (props.wide, " kk-button--wide"),
        (props.busy.is_some(), " kk-button--busy"),
    ] {
        if on {
            class += extra;
        }
    }
    html! {
        <button
            ref={props.node.clone()}
            id={props.id.clone()}
            type={if props.submit { "submit" } else { "button" }}
            {class}
            aria-disabled={still.then_some("true")}
            aria-label={props.label.clone()}
            aria-describedby={props.described_by.clone()}
            aria-pressed={props.pressed.map(|on| if on { "true" } else { "false" })}
            {onclick}
        >
            if let Some(busy) = &props.busy {
                <span class="kk-spinner" aria-hidden="true"></span>
                <span>{ busy }</span>
            } else {
                { props.children.clone() }
            }
        </button>
    }
}
