//! Waiting says for what, and lets you leave.

use super::{Button, Rank};
use yew::prelude::*;

/// Properties of [`Waiting`].
#[derive(Properties, PartialEq)]
pub struct WaitingProps {
    /// For what: `証明書を読んでいます`.
    pub what: AttrValue,
    /// How far, or how long: `3/5`, `あと10秒ほど`.
    #[prop_or_default]
    pub detail: Option<AttrValue>,
    /// Way out; without one no button is shown.
    #[prop_or_default]
    pub oncancel: Option<Callback<()>>,
}

/// A moving sign with its words, read out politely.
#[component]
pub fn Waiting(props: &WaitingProps) -> Html {
    html! {
        <div class="kk-waiting">
            <span class="kk-spinner" aria-hidden="true"></span>
            <p class="kk-waiting__words" role="status">
                { &props.what }
                if let Some(detail) = &props.detail {
                    <span class="kk-waiting__detail">{ detail }</span>
                }
            </p>
            if let Some(oncancel) = &props.oncancel {
                <Button rank={Rank::Tertiary} onclick={oncancel.clone()}>
                    { crate::text::common().cancel }
                </Button>
            }
        </div>
    }
}
