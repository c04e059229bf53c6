//! The body of an answer.

use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use hyper::body::Incoming;
use std::error::Error;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::Sleep;
use tower_http::services::fs::ServeFileSystemResponseBody;

/// Where the bytes come from.
pub enum Body {
    /// All there.
    Whole(Option<Bytes>),
    /// The first part is there, the rest comes from the upstream.
    Rest(Option<Bytes>, Box<Rest>),
    /// A file of the app.
    File(ServeFileSystemResponseBody),
}

/// What is still to come from the upstream, and how long each piece may take.
pub struct Rest {
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
    pub(crate) fn new(incoming: Incoming, time: Duration) -> Box<Self> {
        Box::new(Self { incoming, time, waiting: None })
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Failure>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.incoming).poll_frame(context) {
            self.waiting = None;
            return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
        }
        let waiting = self.waiting.get_or_insert_with(|| Box::pin(tokio::time::sleep(self.time)));
        waiting.as_mut().poll(context).map(|()| Some(Err(Stopped.into())))
    }
}

type Failure = Box<dyn Error + Send + Sync>;

impl Body {
    pub(crate) fn whole(bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        Self::Whole((!bytes.is_empty()).then_some(bytes))
    }

    pub(crate) fn empty() -> Self {
        Self::Whole(None)
    }
}

impl HttpBody for Body {
    type Data = Bytes;
    type Error = Failure;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        match self.get_mut() {
            Self::Whole(bytes) => Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes)))),
            Self::Rest(first, rest) => match first.take() {
                Some(bytes) => Poll::Ready(Some(Ok(Frame::data(bytes)))),
                None => rest.poll(context),
            },
            Self::File(file) => Pin::new(file).poll_frame(context).map_err(Into::into),
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Whole(bytes) => bytes.is_none(),
            Self::Rest(first, rest) => first.is_none() && rest.incoming.is_end_stream(),
            Self::File(file) => file.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(bytes) => SizeHint::with_exact(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64)),
            // The rest's length is known only from the upstream's headers; it goes on in chunks.
            Self::Rest(..) => SizeHint::default(),
            Self::File(file) => file.size_hint(),
        }
    }
}
