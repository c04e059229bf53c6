//! Notices.

use super::{Tone, focus_on, icon};
use yew::prelude::*;

/// Properties of [`Banner`].
#[derive(Properties, PartialEq)]
pub struct BannerProps {
    /// What it is about.
    #[prop_or_default]
    pub tone: Tone,
    /// One sentence.
    pub title: AttrValue,
    /// More, or actions.
    #[prop_or_default]
    pub children: Html,
    /// Take the focus on appearance: for what answers a press.
    #[prop_or_default]
    pub focus: bool,
}

/// A notice with its sign. Warnings and errors are read out at once, the others when there is time.
#[component]
pub fn Banner(props: &BannerProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((props.focus, props.title.clone()), move |(focus, _)| {
            if *focus {
                focus_on(&node);
            }
        });
    }
    let class = match props.tone {
        Tone::Info => "kk-banner",
        Tone::Success => "kk-banner kk-banner--success",
        Tone::Warning => "kk-banner kk-banner--warning",
        Tone::Error => "kk-banner kk-banner--error",
    };
    let role = if matches!(props.tone, Tone::Error | Tone::Warning) { "alert" } else { "status" };
    html! {
        <section
            ref={node}
            {class}
            tabindex={props.focus.then_some("-1")}
            {role}
        >
            { icon(props.tone.icon()) }
            <div class="kk-banner__body">
                <p class="kk-banner__title">{ &props.title }</p>
                { props.children.clone() }
            </div>
        </section>
    }
}
