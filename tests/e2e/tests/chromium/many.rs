//! An office with a thousand clients: the list is whole for eyes, keys, screen readers, the browser's own
//! search and the printer, although only what is in view is drawn in full.

use kakehashi_e2e::{Browser, Failure, Outcome, Stack};
use thirtyfour::Key;

const COUNT: u64 = 1_000;

async fn number(browser: &Browser, script: &str) -> Result<u64, Failure> {
    let found = browser.script(script).await?;
    found.as_u64().ok_or_else(|| format!("{script}: {found}").into())
}

const ROWS: &str = "return document.querySelectorAll('#clients-list > ol > li').length";
const FILLED: &str = "return document.querySelectorAll('#clients-list > ol > li > dl').length";
/// All rows are in the document.
const WHOLE: &str = "return document.getElementById('clients-list').getAttribute('aria-busy') === 'false'";
/// The row with the focus is in view and filled.
const AT: &str = "const row = document.activeElement.closest('li'), box = row?.getBoundingClientRect();\
                  return row !== null && box.top < innerHeight && box.bottom > 0 && row.querySelector('dl') !== null";

#[tokio::test]
async fn a_thousand_clients_are_searched_walked_and_printed() -> Outcome {
    let stack = Stack::start_with_clients(1_000)?;
    let browser = Browser::open(&stack, None).await?;
    browser.enter(&stack, "staff").await?;
    browser.press("利用者一覧").await?;
    browser.see("1,000人").await?;
    browser.script_until(WHOLE).await?;
    assert_eq!(number(&browser, ROWS).await?, COUNT, "a screen reader counts them all");
    let filled = number(&browser, FILLED).await?;
    assert!((1..COUNT / 4).contains(&filled), "{filled} rows are drawn in full");
    let names = "return new Set([...document.querySelectorAll('#clients-list a')].map(it => it.href)).size";
    assert_eq!(number(&browser, names).await?, COUNT, "each row leads to its own person");
    browser.accessible().await?;

    // The end and back, by keys alone; what has the focus is drawn.
    browser.keys("/").await?;
    browser.keys(Key::Down + "").await?;
    browser.keys(Key::End + "").await?;
    browser.script_until("return document.activeElement.id === 'client-999'").await?;
    browser.script_until(AT).await?;
    browser.accessible().await?;
    browser.picture("many-end-1280").await?;
    browser.keys(Key::PageUp + "").await?;
    browser.script_until("return document.activeElement.id === 'client-989'").await?;
    browser.keys(Key::Home + "").await?;
    browser.script_until("return document.activeElement.id === 'client-0'").await?;
    browser.script_until(AT).await?;
    browser.keys(Key::Up + "").await?;
    browser.script_until("return document.activeElement.id === 'clients-search'").await?;

    // The browser's own search reaches whom nobody has drawn yet.
    let last = "return document.getElementById('client-999').textContent";
    let last = browser.script(last).await?.as_str().unwrap_or_default().to_owned();
    let found = format!(
        "document.activeElement.blur(); getSelection().removeAllRanges(); return window.find('{last}', false, true)"
    );
    assert_eq!(browser.script(&found).await?, true, "「{last}」 is found");

    // Typing narrows; arrow and Enter open.
    browser.keys("/").await?;
    browser.keys("やまだはなこ").await?;
    browser.see("1,000人中").await?;
    browser.script_until(WHOLE).await?;
    let few = number(&browser, ROWS).await?;
    assert!((1..20).contains(&few), "{few} are found");
    let other = "return [...document.querySelectorAll('.kk-clients__kana')].filter(it => !/ヤマダ.ハナコ/.test(it.textContent)).length";
    assert_eq!(number(&browser, other).await?, 0, "nobody else is shown");
    for width in [360, 820, 1280] {
        browser.width(width).await?;
        browser.picture(&format!("many-found-{width}")).await?;
    }
    for _ in 0..6 {
        browser.keys(Key::Backspace + "").await?;
    }
    browser.see("1,000人").await?;
    browser.script_until(WHOLE).await?;
    assert_eq!(number(&browser, ROWS).await?, COUNT);

    // On paper everything stands; afterwards only what is in view.
    browser.script("dispatchEvent(new Event('beforeprint'))").await?;
    browser.script_until(&format!("{FILLED} === {COUNT}")).await?;
    browser.script("dispatchEvent(new Event('afterprint'))").await?;
    browser.script_until(&format!("{FILLED} < {}", COUNT / 4)).await?;

    browser.keys("あおき").await?;
    browser.see("1,000人中").await?;
    browser.keys(Key::Down + "").await?;
    browser.script_until("return document.activeElement.id === 'client-0'").await?;
    browser.keys(Key::Down + "").await?;
    browser.script_until("return document.activeElement.id === 'client-1'").await?;
    let name = "return document.activeElement.textContent";
    let name = browser.script(name).await?.as_str().unwrap_or_default().to_owned();
    browser.keys(Key::Enter + "").await?;
    browser.see("介護保険被保険者証").await?;
    browser.see(&name).await?;
    browser.close().await
}
