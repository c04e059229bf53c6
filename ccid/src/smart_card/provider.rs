//! What a provider of PC/SC is asked and answers.

use futures_util::future::LocalBoxFuture;
use zeroize::Zeroizing;

use super::Fault;

/// A call under way. It belongs to nobody who waits for it: dropping a waiter leaves it as it is.
pub type Pending = LocalBoxFuture<'static, Result<Reply, Fault>>;

/// The card's transmission protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// Characters.
    T0,
    /// Blocks.
    T1,
}

/// One thing to ask for. The last three need a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Call {
    /// A context.
    Establish,
    /// The names of the readers.
    Readers,
    /// Whether a card is in this reader, without waiting for a change.
    Look(String),
    /// A connection to the card in this reader that nobody else may share.
    Connect(String, Protocol),
    /// The state of the connection, with the answer to reset.
    Status,
    /// A command for the card.
    Transmit(Zeroizing<Vec<u8>>),
    /// The end of the connection, with the card's power: it forgets what was opened.
    Disconnect,
}

/// What a call brings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// Done: there is a context, a connection, or no connection any more.
    Done,
    /// Names of readers.
    Readers(Vec<String>),
    /// Whether a card is there.
    Present(bool),
    /// The card's answer to reset; `None` when the provider says that there is no card.
    Status(Option<Vec<u8>>),
    /// The card's answer.
    Answer(Vec<u8>),
}

/// PC/SC as this program needs it: one context with one connection.
///
/// The calls themselves have no deadlines; who waits for them has.
pub trait Provider: Sized + 'static {
    /// Starts a call at once, whether or not the result is ever waited for.
    fn start(&mut self, call: Call) -> Pending;

    /// The same provider without a context, for when the old one cannot be used any more.
    #[must_use]
    fn fresh(&self) -> Self;

    /// Lets a future run to its end without anyone waiting.
    fn run(future: LocalBoxFuture<'static, ()>);
}
