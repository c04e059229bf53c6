//! A question that must be answered first.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

/// Properties of [`Dialog`].
#[derive(Properties, PartialEq)]
pub struct DialogProps {
    /// `id`; its title gets `id-title`.
    pub id: AttrValue,
    /// The question.
    pub title: AttrValue,
    /// What it means.
    pub children: Html,
    /// The buttons, the safest first.
    pub actions: Html,
    /// Escape was pressed; without it the dialog stays.
    #[prop_or_default]
    pub onclose: Option<Callback<()>>,
}

/// A modal dialog as long as it is rendered. The browser keeps the focus inside and gives it back.
#[component]
pub fn Dialog(props: &DialogProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            let dialog = node.cast::<HtmlDialogElement>();
            if let Some(dialog) = &dialog
                && !dialog.open()
            {
                let _ = dialog.show_modal();
            }
            move || {
                if let Some(dialog) = dialog {
                    dialog.close();
                }
            }
        });
    }
    let oncancel = {
        let onclose = props.onclose.clone();
        Callback::from(move |event: Event| {
            event.prevent_default();
            if let Some(onclose) = &onclose {
                onclose.emit(());
            }
        })
    };
    let title = format!("{}-title", props.id);
    html! {
        <dialog ref={node} id={props.id.clone()} class="kk-dialog" aria-labelledby={title.clone()} {oncancel}>
            <h2 id={title} class="kk-dialog__title">{ &props.title }</h2>
            <div class="kk-dialog__body">{ props.children.clone() }</div>
            <div class="kk-actions">{ props.actions.clone() }</div>
        </dialog>
    }
}
