//! Watching the board from within.

use kakehashi_e2e::{Browser, Failure, Stack};
use std::collections::BTreeSet;

/// Cases of which something new comes at once.
const TOGETHER: usize = 5;

/// Begins to watch. A click is over when cards stand in a painted frame; an answer, when a painted frame shows
/// another number of changes than before.
const WATCH: &str = "
    const painted = then => requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => then(performance.now());
        channel.port2.postMessage(0);
    });
    const kk = window.kk = { visits: [], news: [] };
    addEventListener('click', event => {
        if (event.target.closest('a')?.hash !== '#/board') return;
        const from = event.timeStamp;
        const look = () => document.querySelector('.kk-case')
            ? painted(to => kk.visits.push(to - from))
            : requestAnimationFrame(look);
        look();
    }, true);
    const fresh = () => document.querySelector('.kk-nav__count')?.textContent;
    const ask = window.fetch;
    window.fetch = async (...request) => {
        const answer = await ask(...request);
        const asked = String(request[0].url ?? request[0]).endsWith('/cases/list');
        // After a sleep the clock may be refused first.
        if (!asked || answer.status !== 200) return answer;
        // The whole answer is here: from now on it is the app's time.
        const body = await answer.arrayBuffer(), before = fresh(), from = performance.now();
        const end = from + 3000;
        const look = () => fresh() !== before
            ? painted(to => kk.news.push(to - from))
            : performance.now() < end && requestAnimationFrame(look);
        requestAnimationFrame(look);
        return new Response(body, { status: answer.status, headers: answer.headers });
    };
";

/// The computer sleeps for half a minute: as soon as it wakes, the app may ask again.
const SLEEP: &str = "const now = Date.now; Date.now = () => now() + 31000;";

/// Opens the board again and again, the answer in memory; ms each. It is opened from a small page.
pub(super) async fn renders(browser: &Browser, visits: usize) -> Result<Vec<f64>, Failure> {
    // Once, so that the part and the first answer are there.
    browser.press("認定の進捗").await?;
    browser.script_until("return document.querySelector('.kk-case') !== null").await?;
    browser.script(WATCH).await?;
    for visit in 1..=visits {
        browser.press("利用者を調べる").await?;
        browser.script_until("return document.querySelector('.kk-case') === null").await?;
        browser.press("認定の進捗").await?;
        browser.script_until(&format!("return kk.visits.length === {visit}")).await?;
    }
    Ok(serde_json::from_value(browser.script("return kk.visits").await?)?)
}

/// One entry of the municipality after another, each seen on the open board; ms from answer to frame.
pub(super) async fn updates(browser: &Browser, stack: &Stack, news: usize) -> Result<Vec<f64>, Failure> {
    let records = stack.export_records()?;
    let mut lines = records.lines();
    let heads: Vec<&str> = lines.next().unwrap_or_default().split(',').collect();
    let place = |key: &str| heads.iter().position(|head| *head == key).ok_or(format!("no column {key}"));
    let (insurer, insured) = (place("insurer_no")?, place("insured_no")?);
    let (case, kind, on) = (place("case_no")?, place("kind")?, place("on")?);
    let lines: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
    let ended: BTreeSet<&str> =
        lines.iter().filter(|line| line[kind] == "outcome").map(|line| line[case]).collect();
    let open: Vec<&Vec<&str>> =
        lines.iter().filter(|line| line[kind] == "application" && !ended.contains(line[case])).collect();
    // Some at a time: of a client who has not consented nothing is told.
    for (number, some) in open.chunks(TOGETHER).take(news).enumerate() {
        let mut text = String::from("insurer_no,insured_no,case_no,kind,on\n");
        for line in some {
            let fields = [line[insurer], line[insured], line[case], "survey_request", line[on]];
            text += &(fields.join(",") + "\n");
        }
        stack.import_records(&text)?;
        browser.script(SLEEP).await?;
        browser.script_until(&format!("return kk.news.length === {}", number + 1)).await?;
    }
    Ok(serde_json::from_value(browser.script("return kk.news").await?)?)
}
