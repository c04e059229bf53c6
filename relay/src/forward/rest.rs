//! An answer too long to be read whole first: passed on as it comes.

use bytes::Bytes;
use http_body::{Body, Frame};
use hyper::body::Incoming;
use std::error::Error;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::Sleep;

/// The part that is there, what is still to come from the upstream, and how long each piece may take. Its
/// length is known only from the upstream's headers, so it goes on in chunks.
pub(super) struct Rest {
    first: Option<Bytes>,
    incoming: Incoming,
    time: Duration,
    /// Runs while a piece is waited for; not while the caller is slow to take one.
    waiting: Option<Pin<Box<Sleep>>>,
}

/// A piece that did not come in time.
#[derive(Debug, thiserror::Error)]
#[error("the upstream stopped in the middle of its answer")]
struct Stopped;

impl Rest {
    pub(super) fn new(first: Bytes, incoming: Incoming, time: Duration) -> Self {
        Self { first: Some(first), incoming, time, waiting: None }
    }
}

impl Body for Rest {
    type Data = Bytes;
    type Error = Box<dyn Error + Send + Sync>;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if let Some(bytes) = self.first.take() {
            return Poll::Ready(Some(Ok(Frame::data(bytes))));
        }
        if let Poll::Ready(frame) = Pin::new(&mut self.incoming).poll_frame(context) {
            self.waiting = None;
            return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
        }
        let time = self.time;
        let waiting = self.waiting.get_or_insert_with(|| Box::pin(tokio::time::sleep(time)));
        waiting.as_mut().poll(context).map(|()| Some(Err(Stopped.into())))
    }

    fn is_end_stream(&self) -> bool {
        self.first.is_none() && self.incoming.is_end_stream()
    }
}
