//! Watching one page from within.

use kakehashi_e2e::{Browser, Failure};
use thirtyfour::{Key, TypingData};

/// Begins to watch. A click is over when the list with all its clients stands in a painted frame; a key, when
/// the frame after its input is painted. What the page showed by then is noted with it.
const WATCH: &str = "
    const painted = then => requestAnimationFrame(() => {
        const began = performance.now(), channel = new MessageChannel();
        channel.port1.onmessage = () => then(performance.now(), performance.now() - began);
        channel.port2.postMessage(0);
    });
    const kk = window.kk = { visits: [], keys: [], slow: [] };
    addEventListener('click', event => {
        if (!event.target.closest('a')) return;
        const from = event.timeStamp;
        const look = () => document.querySelector('.kk-clients__row')
            ? painted(to => kk.visits.push(to - from))
            : requestAnimationFrame(look);
        if (event.target.closest('a').hash === '#/clients') look();
    }, true);
    let from = 0, came = 0;
    // The count, the names that are drawn first, and the rows in view, whole.
    const text = parts => parts.map(part => part.textContent);
    kk.shown = () => [
        ...text([...document.querySelectorAll('.kk-count, .kk-clients__name')].slice(0, 9)
            .filter(part => part.offsetParent !== null)),
        ...text([...document.querySelectorAll('.kk-clients__row')].slice(0, 40).filter(row => {
            const box = row.getBoundingClientRect();
            return box.height > 0 && box.top < innerHeight && box.bottom > 0;
        })),
    ].join();
    addEventListener('keydown', event => { from = event.timeStamp; came = performance.now(); }, true);
    addEventListener('input', () => {
        const began = from, work = came;
        // After the app's own: it draws when its listener has returned.
        let script = 0;
        setTimeout(() => script = performance.now() - work, 0);
        painted((to, frame) => kk.keys.push({ ms: to - began, script, frame, shown: kk.shown() }));
    });
    new PerformanceObserver(list => list.getEntries().forEach(entry => {
        if (entry.name === 'keydown') kk.slow.push(entry.duration);
    })).observe({ type: 'event', durationThreshold: 16 });
";

/// Nothing is under way: no fetching, no adding of rows.
const QUIET: &str = "return document.querySelector('[aria-busy=true]') === null";

/// One key.
pub(super) struct KeyTime {
    pub(super) ms: f64,
    /// Till the app's own work was done.
    pub(super) script_ms: f64,
    /// Of the frame: style, layout, paint.
    pub(super) frame_ms: f64,
    /// As the browser itself measured it; 0 below 16 ms.
    pub(super) presented_ms: f64,
}

/// Opens the list again and again, the answer in memory; ms each. It is opened from a small page: taking down
/// a large one is not its work.
pub(super) async fn renders(browser: &Browser, count: &str, visits: usize) -> Result<Vec<f64>, Failure> {
    browser.script(WATCH).await?;
    browser.script_until("return document.querySelector('.kk-agenda__one') !== null").await?;
    for visit in 1..=visits {
        browser.press("利用者を調べる").await?;
        browser
            .script_until("return document.querySelector('.kk-agenda__one, .kk-clients__row') === null")
            .await?;
        // The list was fetched anew meanwhile; the next visit shall find nothing under way.
        browser.script_until(QUIET).await?;
        browser.press("利用者一覧").await?;
        browser.script_until(&format!("return kk.visits.length === {visit}")).await?;
        browser.see(count).await?;
        browser.script_until(QUIET).await?;
    }
    Ok(serde_json::from_value(browser.script("return kk.visits").await?)?)
}

/// Types words into the search field and takes them away again.
pub(super) async fn keys(browser: &Browser, rounds: usize, words: &[&str]) -> Result<Vec<KeyTime>, Failure> {
    browser.keys("/").await?;
    let mut times = Vec::new();
    for word in words.iter().cycle().take(words.len() * rounds) {
        // The hardest first key: all rows stand in the document.
        browser.script_until(QUIET).await?;
        let away = word.chars().map(|_| Key::Backspace + "");
        for key in word.chars().map(|key| TypingData::from(key.to_string())).chain(away) {
            browser.keys(key).await?;
            browser.script_until(&format!("return kk.keys.length > {}", times.len())).await?;
            // What was painted must be what stays.
            let last =
                browser.script("const last = kk.keys.at(-1); return [last.ms, last.shown === kk.shown(), last.script, last.frame]");
            let last = last.await?;
            let (Some(ms), Some(true)) = (last[0].as_f64(), last[1].as_bool()) else {
                return Err("the outcome of a key was not in the frame painted after it".into());
            };
            let part = |at: usize| last[at].as_f64().unwrap_or(f64::NAN);
            times.push(KeyTime { ms, script_ms: part(2), frame_ms: part(3), presented_ms: 0.0 });
        }
    }
    let slow = browser.script("return kk.slow").await?;
    // Which ones were slow does not matter: only how many.
    for (time, slow) in times.iter_mut().zip(slow.as_array().into_iter().flatten()) {
        time.presented_ms = slow.as_f64().unwrap_or(f64::NAN);
    }
    Ok(times)
}
