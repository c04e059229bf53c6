//! ヘルプ: what works here, what a code means, how to do without.

mod browser;
mod faults;

use crate::component::{all, el, link, rows, sheet, text};
use crate::route::Route;
use crate::state::use_page;
use crate::text::help as words;
use yew::prelude::*;

/// The page needs no network: all of it is in the app.
#[component]
pub fn HelpPage() -> Html {
    let heading = use_page(words().title);
    let typed = use_state_eq(String::new);
    let on_input = {
        let typed = typed.clone();
        Callback::from(move |text| typed.set(text))
    };
    html! {
        <article class="kk-page">
            <h1 class="kk-title" tabindex="-1" ref={heading}>{ words().title }</h1>
            { faults::search(&typed, on_input) }
            { sheet("browser", words().browser, None, all(vec![browser::check(), device()])) }
            { sheet("paper", words().paper, None, el("p", "", text(words().paper_more))) }
            { sheet("my-number", words().my_number, None, el("p", "", text(words().my_number_more))) }
            { sheet("keyboard", words().keyboard, None, keyboard()) }
        </article>
    }
}

/// The page for readers.
fn device() -> Html {
    el("p", "", link(Route::Device, "", text(words().device)))
}

/// Which key does what.
fn keyboard() -> Html {
    let keys = [
        ("Tab", words().keyboard_tab),
        ("Enter", words().keyboard_enter),
        ("Space", words().keyboard_space),
        ("↑ ↓", words().keyboard_arrows),
        ("Esc", words().keyboard_escape),
        (words().digits, words().keyboard_digits),
    ];
    rows(keys.into_iter().map(|(key, does)| (el("kbd", "", text(key)), text(does))))
}
