//! How pages get at the app.

use super::{App, Load, PersonKey};
use crate::component::focus_on;
use crate::service::browser;
use domain::qualification::Qualification;
use domain::upstream::{HistoryResponse, SeenResponse};
use yew::prelude::*;

/// Something fetched and how to fetch it anew.
pub struct Loaded<T> {
    /// As far as fetched.
    pub load: Load<T>,
    /// Fetches it anew.
    pub reload: Callback<()>,
}

/// The app; the component is rendered again after each change.
///
/// # Panics
/// Outside the app's root component.
#[hook]
pub fn use_app() -> App {
    #[expect(clippy::expect_used, reason = "the root component provides it to everything below")]
    use_context::<App>().expect("inside the root component")
}

/// Who was seen today; fetched when the page opens.
#[hook]
pub fn use_seen() -> Loaded<SeenResponse> {
    let app = use_app();
    let reload = {
        let app = app.clone();
        Callback::from(move |()| app.load_seen())
    };
    use_effect_with((), {
        let reload = reload.clone();
        move |()| reload.emit(())
    });
    Loaded { load: app.seen(), reload }
}

/// The five kinds of a person; fetched when the page opens.
#[hook]
pub fn use_qualification(person: PersonKey) -> Loaded<Qualification> {
    let app = use_app();
    let reload = {
        let app = app.clone();
        Callback::from(move |()| app.load_qualification(person))
    };
    use_effect_with(person, {
        let reload = reload.clone();
        move |_| reload.emit(())
    });
    Loaded { load: app.qualification(person), reload }
}

/// Whether a person is on the office's list is asked of the list: fetched when the page opens, unless it is
/// there.
#[hook]
pub fn use_clients() {
    let app = use_app();
    use_effect_with((), move |()| {
        if app.clients().value.is_none() {
            app.load_clients();
        }
    });
}

/// What was registered of a person, and when; fetched when the page opens.
#[hook]
pub fn use_history(person: PersonKey) -> Loaded<HistoryResponse> {
    let app = use_app();
    let reload = {
        let app = app.clone();
        Callback::from(move |()| app.load_history(person))
    };
    use_effect_with(person, {
        let reload = reload.clone();
        move |_| reload.emit(())
    });
    Loaded { load: app.history(person), reload }
}

/// Names the page in the window's title and moves the focus to its heading: put the reference on the `h1`,
/// with `tabindex="-1"`.
#[hook]
pub fn use_page(title: &'static str) -> NodeRef {
    let heading = use_node_ref();
    use_effect_with(title, {
        let heading = heading.clone();
        move |title| {
            browser::set_title(title);
            focus_on(&heading);
        }
    });
    heading
}
