//! A test of reader and card, step by step: for finding out what works here, not for identifying anybody.
//!
//! It asks for no PIN and sends none: the card is asked how many tries are left, which spends nothing. It can
//! be stopped at any moment; however it ends, the card is put to rest and the reader let go before that is
//! told.

mod record;
mod trust;

pub use record::{Failure, Line, Record, Said, State, Step};
pub use trust::Trust;

use super::reader::{self, Where};
use super::run::Seconds;
use ccid::myna::{Jpki, TokenKind};
use ccid::reader::CardChannel;
use ccid::usb::Delay;
use ccid::{CardError, Kind};
use futures_channel::oneshot::{self, Receiver};
use futures_util::future::{Either, select};
use record::Log;
use std::future::Future;
use std::pin::pin;
use wasm_bindgen_futures::spawn_local;

/// A running test. Dropping it stops it.
pub struct Trial {
    _stop: oneshot::Sender<()>,
}

/// How a test ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Every step was done; a certificate that does not hold is in the record.
    Whole,
    /// A step failed; it is in the record.
    Failed,
    /// It was stopped.
    Stopped,
}

impl Trial {
    /// Starts a test. `tell` hears of each change.
    pub fn start(
        place: Where,
        trust: Trust,
        tell: impl Fn(Record) + 'static,
        end: impl FnOnce(Record, Ended) + 'static,
    ) -> Self {
        let (stop, mut stopped) = oneshot::channel();
        spawn_local(async move {
            let log = Log::new(js_sys::Date::now, tell);
            log.begin(Step::Open);
            let opened = or_stopped(reader::open(place), &mut stopped).await;
            let ended = match opened {
                None => Ended::Stopped,
                Some(Ok(Some(reader))) => {
                    log.opened(reader.interface().clone());
                    let (mut reader, ended) = test(reader, &trust, &Seconds, &log, &mut stopped).await;
                    reader.close().await;
                    ended
                }
                Some(Ok(None)) => log.failed(&CardError::new(Kind::ReaderNotFound, "none is permitted")),
                Some(Err(error)) => log.failed(&error),
            };
            end(log.record(), ended);
        });
        Self { _stop: stop }
    }
}

/// The steps after opening, on any way to a card; gives it back with the card at rest.
async fn test<C: CardChannel>(
    mut reader: C,
    trust: &Trust,
    delay: &impl Delay,
    log: &Log,
    stop: &mut Receiver<()>,
) -> (C, Ended) {
    match or_stopped(start_card(&mut reader, delay, log), stop).await {
        Some(Ok(())) => {}
        started => {
            // Powering was perhaps under way.
            let _ = reader.power_off().await;
            return (reader, ended(started, log));
        }
    }
    let mut card = Jpki::new(reader);
    let looked = or_stopped(look(&mut card, trust, log), stop).await;
    let ended = ended(looked, log);
    card.finish().await;
    (card.into_channel(), ended)
}

fn ended(done: Option<Result<(), CardError>>, log: &Log) -> Ended {
    match done {
        None => Ended::Stopped,
        Some(Ok(())) => Ended::Whole,
        Some(Err(error)) => log.failed(&error),
    }
}

async fn start_card<C: CardChannel>(reader: &mut C, delay: &impl Delay, log: &Log) -> Result<(), CardError> {
    log.begin(Step::Card);
    reader.wait_for_card(delay).await?;
    log.begin(Step::Power);
    reader.power_on().await.map(|_| ())
}

async fn look<C: CardChannel>(card: &mut Jpki<C>, trust: &Trust, log: &Log) -> Result<(), CardError> {
    log.begin(Step::Recognise);
    card.select().await?;
    let kind = card.token_kind().await?;
    log.say(Said::Kind(kind));
    if matches!(kind, TokenKind::Phone | TokenKind::ResidentCard) {
        return Err(CardError::new(Kind::OtherCard, "the token says it is another one"));
    }
    log.begin(Step::Certificate);
    let certificate = card
        .certificate(|part, of| {
            if let Some(of) = of {
                log.say(Said::Part(part, of));
            }
        })
        .await?;
    log.begin(Step::Check);
    match trust.check(&certificate).await {
        Ok(said) => log.say(said),
        Err(flaw) => log.flaw(&flaw),
    }
    drop(certificate);
    log.begin(Step::Tries);
    let tries = card.tries().await?;
    log.say(Said::Tries(tries.left()));
    log.done();
    Ok(())
}

/// What the work gives; `None` when it was stopped first.
async fn or_stopped<T>(work: impl Future<Output = T>, stop: &mut Receiver<()>) -> Option<T> {
    match select(pin!(work), stop).await {
        Either::Left((result, _)) => Some(result),
        Either::Right(_) => None,
    }
}

#[cfg(test)]
mod tests;
