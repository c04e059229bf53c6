//! 利用者一覧 with 1,000 clients in headless Chromium: the app as it is shipped, the relay and the sandbox as
//! their own processes.
//!
//! What is measured is what a person waits for: from the moment the browser got the key or the click
//! (`timeStamp` of the event, so that time in the browser's own queue counts) until the frame that shows its
//! outcome has been laid out and painted: a message sent from the frame's callback comes back when that is
//! done. Chromium's frames are not held to a screen's 60 a second here: otherwise each figure would hold a
//! wait for the next of them, up to 17 ms by chance, that no program can change.

mod page;

use crate::figure::{Failure, Figure, Limit};
use crate::part::part;
use kakehashi_e2e::{Browser, Stack};
use serde_json::json;

/// Clients of the office, and how the page says it.
const CLIENTS: u32 = 1_000;
const COUNT: &str = "1,000人";
/// Times the list is opened.
const VISITS: usize = 15;
/// Times all words are typed and taken away again.
const ROUNDS: usize = 4;
/// What is typed, key by key: kana that many names have, kana that few have, a number, a name that nobody has.
const WORDS: [&str; 4] = ["さとう", "ｷﾖｼ", "102", "やまだはな"];

/// The names of the figures of [`list`].
pub(crate) const NAMES: &[&str] = &["list-1000-render", "list-1000-filter", "list-1000-filter-p95"];

/// Opening the list, and typing into its search field.
pub(crate) fn list() -> Result<Vec<Figure>, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let measured = runtime.block_on(async {
        let stack = Stack::start_with_clients(CLIENTS)?;
        let browser =
            Browser::open_with(&stack, None, &["--disable-frame-rate-limit", "--disable-gpu-vsync"]).await?;
        browser.enter(&stack, "staff").await?;
        let renders = page::renders(&browser, COUNT, VISITS).await?;
        let keys = page::keys(&browser, ROUNDS, &WORDS).await?;
        browser.close().await?;
        Ok::<_, kakehashi_e2e::Failure>((renders, keys))
    });
    let (renders, keys) = measured.map_err(|error| error.to_string())?;
    let typed: Vec<f64> = keys.iter().map(|key| key.ms).collect();
    let later = keys.iter().filter(|key| key.presented_ms >= 24.0).count();
    Ok(vec![
        Figure {
            name: NAMES[0],
            value: part(&renders, 0.5),
            unit: "ms (click to painted, median of the visits)",
            limit: Limit::Most(60.0),
            beside: json!({ "first_visit_ms": renders.first(), "p95_ms": part(&renders, 0.95), "all_ms": renders }),
        },
        Figure {
            name: NAMES[1],
            value: part(&typed, 0.5),
            unit: "ms (key to painted, median)",
            limit: Limit::Most(16.0),
            beside: json!({
                "keys": keys.len(),
                "script_ms": part(&keys.iter().map(|key| key.script_ms).collect::<Vec<_>>(), 0.5),
                "frame_ms": part(&keys.iter().map(|key| key.frame_ms).collect::<Vec<_>>(), 0.5),
                // The browser's own measure, to the presented frame, which it rounds to 8 ms.
                "presented_after_24_ms_or_more": later,
            }),
        },
        Figure {
            name: NAMES[2],
            value: part(&typed, 0.95),
            unit: "ms (key to painted, 95th percentile)",
            limit: Limit::Most(16.0),
            beside: json!({ "all_ms": typed }),
        },
    ])
}
