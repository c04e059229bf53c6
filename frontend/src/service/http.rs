//! One request of the browser, with a deadline and with a name for every way it can fail.

use super::browser;
use super::problem::Problem;
use gloo_timers::callback::Timeout;
use js_sys::Uint8Array;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Headers, RequestCache, RequestCredentials, RequestInit, RequestRedirect, Response,
};

/// Milliseconds to wait for small things of the relay itself.
pub const SHORT: u32 = 10_000;
/// Milliseconds to wait for what goes on to the upstream; the relay's own deadline is shorter.
pub const LONG: u32 = 40_000;

/// An answer, whatever its status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Body as it came.
    pub body: Vec<u8>,
    /// Seconds of `Retry-After`.
    pub retry_after_s: Option<i64>,
}

/// Sends a request: POST when there is a body, GET otherwise. Redirects are errors, nothing is cached, no
/// cookies travel.
///
/// # Errors
/// `APP-001`, `APP-002`, `APP-003` when nothing was reached, `APP-008` when it took too long.
pub async fn send(
    url: &str,
    headers: &[(&str, &str)],
    body: Option<&[u8]>,
    timeout_ms: u32,
) -> Result<Reply, Problem> {
    let controller = AbortController::new().map_err(|_| Problem::new("APP-009"))?;
    let timed_out = Rc::new(Cell::new(false));
    let timer = {
        let (controller, timed_out) = (controller.clone(), Rc::clone(&timed_out));
        Timeout::new(timeout_ms, move || {
            timed_out.set(true);
            controller.abort();
        })
    };
    let result = exchange(url, headers, body, &controller).await;
    drop(timer);
    match result {
        Ok(reply) => Ok(reply),
        Err(_) if timed_out.get() => Err(Problem::new(unreached(true, true, false))),
        Err(_) => {
            let refused = elsewhere(url) && browser::local_network_refused().await;
            Err(Problem::new(unreached(false, browser::online(), refused)))
        }
    }
}

async fn exchange(
    url: &str,
    headers: &[(&str, &str)],
    body: Option<&[u8]>,
    controller: &AbortController,
) -> Result<Reply, JsValue> {
    let sent = Headers::new()?;
    for (name, value) in headers {
        sent.set(name, value)?;
    }
    let init = RequestInit::new();
    init.set_method(if body.is_some() { "POST" } else { "GET" });
    init.set_headers_headers(&sent);
    init.set_cache(RequestCache::NoStore);
    init.set_credentials(RequestCredentials::Omit);
    init.set_redirect(RequestRedirect::Error);
    init.set_signal(Some(&controller.signal()));
    if let Some(bytes) = body {
        init.set_body(&Uint8Array::from(bytes));
    }
    let window = browser::window().ok_or(JsValue::UNDEFINED)?;
    let response: Response =
        JsFuture::from(window.fetch_with_str_and_init(url, &init)).await?.unchecked_into();
    let retry_after = response.headers().get("retry-after")?;
    let body = JsFuture::from(response.array_buffer()?).await?;
    Ok(Reply {
        status: response.status(),
        body: Uint8Array::new(&body).to_vec(),
        retry_after_s: retry_after.and_then(|text| text.trim().parse().ok()),
    })
}

/// Whether a URL leads away from where the page came from.
fn elsewhere(url: &str) -> bool {
    url.contains("://") && !url.starts_with(&browser::origin())
}

/// The code for "no answer".
fn unreached(timed_out: bool, online: bool, local_network_refused: bool) -> &'static str {
    match (timed_out, online, local_network_refused) {
        (true, ..) => "APP-008",
        (_, _, true) => "APP-002",
        (_, false, _) => "APP-003",
        _ => "APP-001",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_silence_has_its_own_name() {
        assert_eq!(unreached(true, true, false), "APP-008");
        assert_eq!(unreached(false, true, true), "APP-002");
        assert_eq!(unreached(false, false, false), "APP-003");
        assert_eq!(unreached(false, true, false), "APP-001");
    }
}
