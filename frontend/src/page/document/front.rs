//! What stands above a paper: its name, one sentence, the buttons.

use super::opened::title;
use crate::component::{Button, IconKind, Rank, all, el, el_with, icon, text};
use crate::service::browser;
use crate::text::document as words;
use domain::upstream::DocumentHead;
use yew::prelude::*;

/// Makes it.
pub(super) fn front(head: &DocumentHead, summary: String, close: Html) -> Html {
    let print = Callback::from(|()| browser::print());
    let values = vec!["kk-paper__title".into(), "kk-paper".into(), "-1".into()];
    all(vec![
        el_with("h2", &["class", "id", "tabindex"], values, text(title(head))),
        el("p", "kk-paper__summary", text(summary)),
        html! {
            <div class="kk-tools">
                <Button id="kk-print" rank={Rank::Secondary} onclick={print}>{ icon(IconKind::Print) }{ words().print }</Button>
                { close }
            </div>
        },
    ])
}
