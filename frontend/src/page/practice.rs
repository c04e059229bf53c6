//! The shelf of practice cards beside whatever reads a card, in the training mode only.

use crate::component::{Button, Rank, all, el, el_with, text};
use crate::page::parts::{actions, note};
use crate::service::card::{Practice, PracticeCard, Shelf};
use crate::service::config::Training;
use crate::text::card as words;
use yew::prelude::*;

/// What a person does at the shelf.
pub enum Act {
    /// Puts a card on the reader.
    Put(String),
    /// Takes it away.
    Take,
}

impl Act {
    /// Does it.
    pub fn at(self, practice: &Practice) {
        match self {
            Self::Put(id) => practice.insert(&id),
            Self::Take => practice.remove(),
        }
    }
}

/// Which card lies on the practice reader. The shelf is `None` until it is known, or when it is gone.
pub fn practice_shelf(training: Option<Training>, shelf: Option<&Shelf>, act: &Callback<Act>) -> Html {
    let inserted = shelf.and_then(|shelf| shelf.inserted.as_deref());
    let cards = shelf.map_or(&[][..], |shelf| &shelf.cards);
    let cards = cards.iter().map(|card| card_button(act, card, inserted == Some(&card.id)));
    let take = html! {
        <Button
            id="practice-take"
            rank={Rank::Tertiary}
            disabled={inserted.is_none()}
            onclick={act.reform(|()| Act::Take)}
        >
            { words().practice_take }
        </Button>
    };
    el(
        "section",
        "kk-practice",
        all(vec![
            el("h2", "kk-subtitle", text(words().practice)),
            note(words().practice_note),
            el("ul", "kk-practice__cards", all(cards.collect())),
            actions(vec![take, outbox(training)]),
        ]),
    )
}

fn card_button(act: &Callback<Act>, card: &PracticeCard, pressed: bool) -> Html {
    let put = card.id.clone();
    let onclick = act.reform(move |()| Act::Put(put.clone()));
    html! {
        <li key={card.id.clone()}>
            <Button id={format!("practice-{}", card.id)} rank={Rank::Secondary} {pressed} {onclick}>
                { card.label.clone() }
            </Button>
        </li>
    }
}

/// Where one-time passwords of the training mode are shown.
fn outbox(training: Option<Training>) -> Html {
    let href = training.map(|training| training.outbox.into());
    href.map_or_else(Html::default, |href| {
        let values = vec![href, "_blank".into(), "noopener noreferrer".into()];
        el_with("a", &["href", "target", "rel"], values, text(words().practice_outbox))
    })
}
