//! A check beside the screen: it tells its stages, takes what the person does, and can be stopped at any
//! moment. However it ends, the card is put to rest and the reader is let go before the end is told.

use super::AnyReader;
use super::flow::{self, Desk, Input, Stage, stage_of};
use crate::service::problem::Problem;
use ccid::myna::Session;
use ccid::usb::Delay;
use futures_channel::{mpsc, oneshot};
use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use std::pin::pin;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// How a check ended.
pub enum Ended<T> {
    /// The person was found.
    Met(T),
    /// Something ended it.
    Failed(Problem),
    /// It was stopped.
    Stopped,
}

/// A running check. Dropping it stops it.
pub struct Check {
    input: mpsc::UnboundedSender<Input>,
    _stop: oneshot::Sender<()>,
}

impl Check {
    /// Starts a check on a reader.
    pub fn start<D: Desk + 'static>(
        reader: AnyReader,
        desk: D,
        tell: impl Fn(Stage) + 'static,
        end: impl FnOnce(Ended<D::Met>) + 'static,
    ) -> Self {
        let (input, mut inputs) = mpsc::unbounded();
        let (stop, stopped) = oneshot::channel();
        let tell = Rc::new(tell);
        let observe = {
            let tell = Rc::clone(&tell);
            move |step| {
                if let Some(stage) = stage_of(step) {
                    tell(stage);
                }
            }
        };
        spawn_local(async move {
            let mut session = Session::new(reader, observe);
            let ended = {
                let check = pin!(flow::check(&mut session, &desk, &Seconds, &mut inputs, &*tell));
                match select(check, stopped).await {
                    Either::Left((Ok(met), _)) => Ended::Met(met),
                    Either::Left((Err(problem), _)) => Ended::Failed(problem),
                    Either::Right(_) => Ended::Stopped,
                }
            };
            session.finish().await;
            session.into_channel().close().await;
            end(ended);
        });
        Self { input, _stop: stop }
    }

    /// Hands on what the person does.
    pub fn input(&self, input: Input) {
        // A check that has ended needs nothing more.
        let _ = self.input.unbounded_send(input);
    }
}

/// The browser's timers.
#[derive(Debug, Clone, Copy)]
pub struct Seconds;

impl Delay for Seconds {
    async fn wait(&self, milliseconds: u32) {
        TimeoutFuture::new(milliseconds).await;
    }
}
