//! 認定の進捗 with 1,000 cases in headless Chromium, measured as 利用者一覧 is (see [`crate::list`]): from the click
//! that opens the board, and from the arrival of what is new, to the painted frame that shows it.

mod page;

use crate::figure::{Failure, Figure, Limit};
use crate::part::part;
use kakehashi_e2e::{Browser, Stack};
use serde_json::json;

/// Clients of the office, each with a case under way.
const CASES: u32 = 1_000;
/// Times the board is opened.
const VISITS: usize = 15;
/// Times something new comes.
const NEWS: usize = 15;

/// The names of the figures of [`board`].
pub(crate) const NAMES: &[&str] = &["board-1000-render", "board-1000-update"];

/// Opening the board, and taking in what is new.
pub(crate) fn board() -> Result<Vec<Figure>, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let measured = runtime.block_on(async {
        let stack = Stack::start_with_cases(CASES, CASES)?;
        let browser =
            Browser::open_with(&stack, None, &["--disable-frame-rate-limit", "--disable-gpu-vsync"]).await?;
        browser.enter(&stack, "staff").await?;
        let renders = page::renders(&browser, VISITS).await?;
        let cases = browser.script("return document.querySelector('.kk-count').textContent").await?;
        let updates = page::updates(&browser, &stack, NEWS).await?;
        browser.close().await?;
        Ok::<_, kakehashi_e2e::Failure>((renders, updates, cases))
    });
    let (renders, updates, cases) = measured.map_err(|error| error.to_string())?;
    Ok(vec![
        Figure {
            name: NAMES[0],
            value: part(&renders, 0.5),
            unit: "ms (click to painted, median of the visits)",
            limit: Limit::Most(60.0),
            beside: json!({ "cases": cases, "p95_ms": part(&renders, 0.95), "all_ms": renders }),
        },
        Figure {
            name: NAMES[1],
            value: part(&updates, 0.5),
            unit: "ms (answer to painted, median)",
            limit: Limit::Most(16.0),
            beside: json!({ "p95_ms": part(&updates, 0.95), "all_ms": updates }),
        },
    ])
}
