//! What a real upstream never has (docs/api.md §5): the outbox, a page for those who try the sandbox, the
//! practice reader, the clock's hands, kinds that fail. Plain HTTP, for this machine only.

mod clock;
mod failing;
mod outbox;
mod page;
mod reader;
mod same_machine;

pub(crate) use failing::Failing;
pub(crate) use outbox::{Message, Outbox};

use crate::PlatformError;
use crate::answer::Problem;
use crate::state::Shared;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn;
use axum::routing::{get, post};

/// All of the extras.
pub(crate) fn router(state: Shared) -> Result<Router, PlatformError> {
    let shelf = reader::shelf(&state.layout)?;
    Ok(Router::new()
        .route("/", get(page::index))
        .route("/outbox", get(outbox::page))
        .route("/outbox.json", get(outbox::json))
        .route("/clock", post(clock::shift))
        .route("/failing", post(failing::set))
        .with_state(state)
        .route("/reader", get(reader::connect).with_state(shelf))
        .fallback(|| async { Problem::NotFound })
        .layer(DefaultBodyLimit::max(64 * 1024))
        .layer(from_fn(same_machine::only)))
}
