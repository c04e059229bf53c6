//! Waking up the one card in the field: Type B first, the My Number card's, then Type A.

use super::{Radio, RadioError};
use crate::error::{CardError, Kind};
use crate::iso14443::{ACTIVATION_WAIT, Activated, Form, Technology, Unreadable, type_a, type_b};

/// Activates the card, step by step. The field was off before.
///
/// # Errors
/// [`Kind::NoCard`]; [`Kind::CardMute`] for a card that cannot be understood, or several; [`Kind::OtherCard`]
/// for one of another protocol; whatever the reader says.
pub async fn activate<R: Radio + ?Sized>(radio: &mut R) -> Result<Activated, CardError> {
    radio.start(Technology::B).await?;
    if let Some(atqb) = ask(radio, &type_b::REQB, Form::Standard).await? {
        let atqb = type_b::Atqb::parse(&atqb).map_err(unreadable)?;
        let answer = tell(radio, &atqb.attrib(), Form::Standard).await?;
        return atqb.activated(&answer).map_err(unreadable);
    }
    radio.start(Technology::A).await?;
    if ask(radio, &[type_a::REQA], Form::Short).await?.is_none() {
        return Err(CardError::new(Kind::NoCard, "nothing answers in the field"));
    }
    let mut cascade = type_a::Cascade::default();
    loop {
        let part = tell(radio, &cascade.anticollision(), Form::Bare).await?;
        let select = cascade.select(&part).map_err(unreadable)?;
        let sak = tell(radio, &select, Form::Standard).await?;
        if cascade.selected(&sak).map_err(unreadable)? {
            break;
        }
    }
    let ats = tell(radio, &type_a::RATS, Form::Standard).await?;
    type_a::activated(&ats).map_err(unreadable)
}

/// Whether anything answers in the field. What answers is left half awake: take the field away afterwards.
pub(super) async fn look<R: Radio + ?Sized>(radio: &mut R) -> Result<bool, CardError> {
    for (technology, frame, form) in [
        (Technology::B, &type_b::REQB[..], Form::Standard),
        (Technology::A, &[type_a::REQA][..], Form::Short),
    ] {
        radio.start(technology).await?;
        match radio.transceive(frame, form, ACTIVATION_WAIT).await {
            Ok(_) | Err(RadioError::Garbled) => return Ok(true),
            Err(RadioError::Silent) => {}
            Err(RadioError::Lost(error)) => return Err(error),
        }
    }
    Ok(false)
}

/// A frame that need not be answered.
async fn ask<R: Radio + ?Sized>(
    radio: &mut R,
    frame: &[u8],
    form: Form,
) -> Result<Option<Vec<u8>>, CardError> {
    match radio.transceive(frame, form, ACTIVATION_WAIT).await {
        Ok(answer) => Ok(Some(answer)),
        Err(RadioError::Silent) => Ok(None),
        Err(RadioError::Garbled) => {
            Err(CardError::new(Kind::CardMute, "several cards, or one that lies badly"))
        }
        Err(RadioError::Lost(error)) => Err(error),
    }
}

/// A frame that a card which has answered before has to answer.
async fn tell<R: Radio + ?Sized>(radio: &mut R, frame: &[u8], form: Form) -> Result<Vec<u8>, CardError> {
    let mute = || CardError::new(Kind::CardMute, "the card fell silent while it was activated");
    ask(radio, frame, form).await?.ok_or_else(mute)
}

fn unreadable(what: Unreadable) -> CardError {
    match what {
        Unreadable::OtherProtocol => CardError::new(Kind::OtherCard, what.to_string()),
        Unreadable::Form => CardError::new(Kind::CardMute, "an answer of another form"),
        Unreadable::Check => CardError::new(Kind::CardMute, "several cards lie on the reader"),
    }
}
