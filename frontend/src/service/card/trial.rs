//! A test of reader and card, step by step: for finding out what works here, not for identifying anybody.
//!
//! It asks for no PIN and sends none: the card is asked how many tries are left, which spends nothing. It can
//! be stopped at any moment; however it ends, the card is put to rest and the reader let go before that is
//! told.

mod record;

pub use record::{Failure, Line, Record, Said, State, Step};

use super::Trust;
use super::reader::{self, Where};
use super::run::Seconds;
use ccid::myna::{self, Examined, Session};
use ccid::reader::CardChannel;
use ccid::usb::Delay;
use ccid::{CardError, Kind};
use futures_channel::oneshot::{self, Receiver};
use futures_util::future::{Either, select};
use record::Log;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// A running test. Dropping it stops it.
pub struct Trial {
    _stop: oneshot::Sender<()>,
}

/// How a test ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// It came to its end; what failed is in the record.
    Over,
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
            let log = Rc::new(Log::new(js_sys::Date::now, tell));
            log.begin(Step::Open);
            let opened = or_stopped(reader::open(place), &mut stopped).await;
            let ended = match opened {
                None => Ended::Stopped,
                Some(Ok(Some(reader))) => {
                    log.opened(reader.interface().cloned());
                    let (mut reader, ended) = test(reader, &trust, &Seconds, &log, &mut stopped).await;
                    reader.close().await;
                    ended
                }
                Some(Ok(None)) => log.ended(&CardError::new(Kind::ReaderNotFound, "none is permitted")),
                Some(Err(error)) => log.ended(&error),
            };
            end(log.record(), ended);
        });
        Self { _stop: stop }
    }
}

/// The steps after opening, on any way to a card; gives it back with the card at rest.
async fn test<C: CardChannel>(
    reader: C,
    trust: &Trust,
    delay: &impl Delay,
    log: &Rc<Log>,
    stop: &mut Receiver<()>,
) -> (C, Ended) {
    let observed = Rc::clone(log);
    let mut session = Session::new(reader, move |step| observe(&observed, step));
    let ended = match or_stopped(look(&mut session, trust, delay, log), stop).await {
        None => Ended::Stopped,
        Some(Ok(())) => Ended::Over,
        Some(Err(error)) => log.ended(&error),
    };
    session.finish().await;
    (session.into_channel(), ended)
}

async fn look<C: CardChannel>(
    session: &mut Session<C>,
    trust: &Trust,
    delay: &impl Delay,
    log: &Log,
) -> Result<(), CardError> {
    log.begin(Step::Card);
    session.wait_for_card(delay).await?;
    let Examined { token, certificate, tries, .. } = session.examine().await?;
    log.done();
    log.say(Step::Recognise, Said::Kind(token));
    match &tries {
        Ok(left) => log.say(Step::Tries, Said::Tries(*left)),
        Err(error) => log.failed(Step::Tries, error),
    }
    match certificate {
        Ok(certificate) => {
            log.begin(Step::Check);
            match trust.check(&certificate).await {
                Ok(checked) => {
                    log.say(Step::Check, if checked { Said::Valid } else { Said::NoRoots });
                    log.done();
                }
                Err(flaw) => log.flaw(&flaw),
            }
        }
        Err(error) => log.failed(Step::Certificate, &error),
    }
    Ok(())
}

/// What the session does, as a step of the test.
fn observe(log: &Log, step: myna::Step) {
    match step {
        myna::Step::PoweringOn => log.begin(Step::Power),
        myna::Step::Recognising => log.begin(Step::Recognise),
        myna::Step::ReadingCertificate { part, of } => {
            if part <= 1 && of.is_none() {
                log.begin(Step::Certificate);
            }
            if let Some(of) = of {
                log.say(Step::Certificate, Said::Part(part, of));
            }
        }
        myna::Step::AskingTries => log.begin(Step::Tries),
        // How the step under way has ended is told with the result.
        _ => log.pause(),
    }
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
