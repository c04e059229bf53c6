//! What has to be mended before a form can be sent.

use super::focus::focus_id;
use super::{IconKind, focus_on, icon};
use crate::service::browser;
use yew::prelude::*;

/// One thing to mend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// `id` of the field.
    pub field: AttrValue,
    /// The same words as at the field.
    pub message: AttrValue,
}

/// Properties of [`ErrorSummary`].
#[derive(Properties, PartialEq)]
pub struct ErrorSummaryProps {
    /// In the order of the page; nothing is shown when empty.
    pub errors: Vec<FieldError>,
    /// Counts how often the form was sent: the summary takes the focus each time, and from nobody who types.
    #[prop_or_default]
    pub attempt: u32,
}

/// Stands above a form, takes the focus, and links to each field.
#[component]
pub fn ErrorSummary(props: &ErrorSummaryProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        let focused = use_mut_ref(|| None::<u32>);
        use_effect_with((props.attempt, props.errors.is_empty()), move |(attempt, empty)| {
            if !empty {
                let again = focused.replace(Some(*attempt)) == Some(*attempt);
                if !(again && browser::typing()) {
                    focus_on(&node);
                }
            }
        });
    }
    if props.errors.is_empty() {
        return html! {};
    }
    html! {
        <section ref={node} class="kk-summary" role="alert" tabindex="-1" aria-labelledby="kk-summary-title">
            <h2 id="kk-summary-title" class="kk-summary__title">
                { icon(IconKind::Error) }
                { crate::text::common().check_input }
            </h2>
            <ul>
                { for props.errors.iter().map(|error| html! {
                    <li>{ field_link(error) }</li>
                }) }
            </ul>
        </section>
    }
}

/// A link to a field that leaves the address alone.
fn field_link(error: &FieldError) -> Html {
    let field = error.field.clone();
    let onclick = Callback::from(move |event: MouseEvent| {
        event.prevent_default();
        focus_id(&field);
    });
    html! { <a href={format!("#{}", error.field)} {onclick}>{ &error.message }</a> }
}
