//! One call at a time, each with a deadline; none is lost when its waiter goes.

use std::pin::pin;

use futures_util::future::{self, Either};

use super::fault::Reach;
use super::{Call, Fault, Pending, Provider, Reply};
use crate::usb::Delay;

/// What a call changes in the books when it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    Nothing,
    Context,
    Connects,
    Disconnects,
}

/// A provider, the call under way, and the books: whether there is a context, and a connection.
///
/// Dropped in the midst of something it leaves the card without power as soon as it can.
pub(super) struct Line<P: Provider> {
    provider: P,
    under_way: Option<(Effect, Pending)>,
    context: bool,
    connected: bool,
}

impl<P: Provider> Line<P> {
    pub(super) const fn new(provider: P) -> Self {
        Self { provider, under_way: None, context: false, connected: false }
    }

    /// Whether there is a connection to end, or a call that may make one.
    pub(super) const fn is_idle(&self) -> bool {
        !self.connected && self.under_way.is_none()
    }

    /// Whether there is a connection to end.
    pub(super) const fn connected(&self) -> bool {
        self.connected
    }

    /// Waits for the call whose waiter has gone, and makes sure of a context.
    pub(super) async fn settle(&mut self, delay: &impl Delay, deadline: u32) -> Result<(), Fault> {
        if self.under_way.is_some() {
            match self.wait(delay, deadline).await {
                Err(fault) if fault == Fault::late() => return Err(fault),
                // It was another's; what it brings concerns the books alone.
                _ => {}
            }
        }
        if !self.context {
            self.begin(Effect::Context, Call::Establish);
            self.wait(delay, deadline).await?;
        }
        Ok(())
    }

    /// Settles, starts a call and waits for it.
    pub(super) async fn call(
        &mut self,
        delay: &impl Delay,
        deadline: u32,
        call: Call,
    ) -> Result<Reply, Fault> {
        self.settle(delay, deadline).await?;
        let effect = match &call {
            Call::Establish => Effect::Context,
            Call::Connect(..) => Effect::Connects,
            Call::Disconnect => Effect::Disconnects,
            Call::Readers | Call::Look(_) | Call::Status | Call::Transmit(_) => Effect::Nothing,
        };
        self.begin(effect, call);
        self.wait(delay, deadline).await
    }

    fn begin(&mut self, effect: Effect, call: Call) {
        self.under_way = Some((effect, self.provider.start(call)));
    }

    /// Waits for the call under way, which stays so when this is dropped.
    async fn wait(&mut self, delay: &impl Delay, deadline: u32) -> Result<Reply, Fault> {
        let Some((effect, pending)) = &mut self.under_way else { return Err(Fault::strange()) };
        let effect = *effect;
        let Either::Left((result, _)) = future::select(pending, pin!(delay.wait(deadline))).await else {
            self.renew();
            return Err(Fault::late());
        };
        self.under_way = None;
        match (&result, effect) {
            (Ok(_), Effect::Context) => self.context = true,
            (Ok(_), Effect::Connects) => self.connected = true,
            (Ok(_), Effect::Disconnects) => self.connected = false,
            // The card is still held, and perhaps open: another attempt is made beside the way.
            (Err(_), Effect::Disconnects) => self.renew(),
            (Err(fault), _) if fault.reach() == Reach::Context => self.renew(),
            _ => {}
        }
        result
    }

    /// Lets go of the context. The next call makes a new one.
    fn renew(&mut self) {
        let fresh = self.provider.fresh();
        let old = std::mem::replace(&mut self.provider, fresh);
        let connected = std::mem::take(&mut self.connected);
        P::run(Box::pin(leave(old, self.under_way.take(), connected)));
        self.context = false;
    }
}

impl<P: Provider> Drop for Line<P> {
    fn drop(&mut self) {
        if !self.is_idle() {
            self.renew();
        }
    }
}

/// Waits for what is under way, however long it takes, and ends the connection.
async fn leave<P: Provider>(mut provider: P, under_way: Option<(Effect, Pending)>, mut connected: bool) {
    if let Some((effect, pending)) = under_way {
        match (pending.await, effect) {
            (Ok(_), Effect::Connects) => connected = true,
            (Ok(_), Effect::Disconnects) => connected = false,
            _ => {}
        }
    }
    if connected {
        let _ = provider.start(Call::Disconnect).await;
    }
}
