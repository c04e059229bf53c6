//! The paths, and what is around every call: a time limit, an access line, no caching.

use crate::answer::Problem;
use crate::state::Shared;
use crate::{audit, card, cases, client, consent, filing, municipality, person, session, shelf};
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use http::{HeaderValue, Request, header};
use kakehashi_domain::upstream::route;
use std::time::{Duration, Instant};
use tokio::time::timeout;

/// All of the service.
pub(crate) fn router(state: Shared) -> Router {
    Router::new()
        .route(route::STATUS, post(crate::server::status))
        .route(route::SESSION_START, post(session::start))
        .route(route::SESSION_OTP, post(session::otp))
        .route(route::SESSION_REFRESH, post(session::refresh))
        .route(route::SESSION_END, post(session::end))
        .route(route::CARD_CHALLENGE, post(card::challenge))
        .route(route::CARD_ASSERTION, post(card::assertion))
        .route(route::PERSON_SEARCH, post(person::search))
        .route(route::PERSON_QUALIFICATION, post(person::qualification))
        .route(route::PERSON_HISTORY, post(person::history))
        .route(route::PERSON_SEEN, post(person::seen))
        .route(route::CLIENTS_LIST, post(client::list))
        .route(route::CLIENTS_ADD, post(client::add))
        .route(route::CLIENTS_REMOVE, post(client::remove))
        .route(route::CONSENT_RECORD, post(consent::record))
        .route(route::CONSENT_LIST, post(consent::list))
        .route(route::CONSENT_WITHDRAW, post(consent::withdraw))
        .route(route::DOCUMENTS_LIST, post(shelf::list))
        .route(route::DOCUMENTS_OPEN, post(shelf::open))
        .route(route::DOCUMENTS_STILL, post(shelf::still))
        .route(route::AUDIT_LIST, post(audit::list))
        .route(route::CASES_LIST, post(cases::list))
        .route(route::CASES_EVENTS, post(cases::events))
        .route(route::MUNICIPALITY_CASES, post(municipality::cases))
        .route(route::MUNICIPALITY_ENTER, post(municipality::enter))
        .route(route::MUNICIPALITY_BULK, post(municipality::bulk::bulk))
        .route(route::FILING_SUBMIT, post(filing::submit))
        .route(route::FILING_KEYS, post(filing::keys))
        .route(route::FILING_VOID, post(filing::give_up))
        .route(route::FILING_LIST, post(filing::list))
        .route(route::FILING_CANCEL, post(filing::cancel))
        .route(route::FILING_EVIDENCE, post(filing::evidence))
        .route(route::MUNICIPALITY_FILINGS, post(filing::desk::inbox))
        .route(route::MUNICIPALITY_FILING, post(filing::desk::open))
        .route(route::MUNICIPALITY_DECIDE, post(filing::desk::decide))
        .route(route::MUNICIPALITY_PAPER, post(filing::desk::paper))
        .fallback(|| async { Problem::NotFound })
        .method_not_allowed_fallback(|| async { Problem::NotFound })
        .layer(from_fn_with_state(state.clone(), around))
        .with_state(state)
}

async fn around(State(state): State<Shared>, request: Request<Body>, next: Next) -> Response {
    let began = Instant::now();
    // A path nobody knows may hold anything; only known ones are written down.
    let known = route::ALL.iter().copied().find(|path| *path == request.uri().path());
    let peer = request.extensions().get::<super::Peer>();
    let office = peer.and_then(|peer| peer.office.clone());
    let limit = Duration::from_secs(u64::from(state.rules.request_s));
    let outcome = timeout(limit, next.run(request)).await;
    let mut response = outcome.unwrap_or_else(|_| Problem::Unavailable.into_response());
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    tracing::info!(
        target: "access",
        path = known.unwrap_or("-"),
        status = response.status().as_u16(),
        office = office.as_ref().map_or("-", |number| number.as_str()),
        ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
    );
    response
}
