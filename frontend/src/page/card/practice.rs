//! The shelf of practice cards beside the sheet, in the training mode only.

use super::{CardSheet, Msg};
use crate::component::{Button, Rank, all, el, el_with, text};
use crate::page::parts::{actions, note};
use crate::service::card::{PracticeCard, Shelf};
use crate::text::card as words;
use yew::prelude::*;

/// Which card lies on the practice reader. The shelf is `None` until it is known, or when it is gone.
pub(super) fn practice_shelf(ctx: &Context<CardSheet>, shelf: Option<&Shelf>) -> Html {
    let inserted = shelf.and_then(|shelf| shelf.inserted.as_deref());
    let cards = shelf.map_or(&[][..], |shelf| &shelf.cards);
    let cards = cards.iter().map(|card| card_button(ctx, card, inserted == Some(&card.id)));
    let take = html! {
        <Button
            id="practice-take"
            rank={Rank::Tertiary}
            disabled={inserted.is_none()}
            onclick={ctx.link().callback(|()| Msg::Take)}
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
            actions(vec![take, outbox(ctx)]),
        ]),
    )
}

fn card_button(ctx: &Context<CardSheet>, card: &PracticeCard, pressed: bool) -> Html {
    let put = card.id.clone();
    let onclick = ctx.link().callback(move |()| Msg::Put(put.clone()));
    html! {
        <li key={card.id.clone()}>
            <Button id={format!("practice-{}", card.id)} rank={Rank::Secondary} {pressed} {onclick}>
                { card.label.clone() }
            </Button>
        </li>
    }
}

/// Where one-time passwords of the training mode are shown.
fn outbox(ctx: &Context<CardSheet>) -> Html {
    let training = ctx.props().app.training();
    let href = training.map(|training| training.outbox.into());
    href.map_or_else(Html::default, |href| {
        let values = vec![href, "_blank".into(), "noopener noreferrer".into()];
        el_with("a", &["href", "target", "rel"], values, text(words().practice_outbox))
    })
}
