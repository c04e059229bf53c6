//! Pages that are fetched when they are first opened.

use kakehashi_e2e::{Browser, Failure, Outcome, Stack};
use serde_json::json;

/// Names of the parts of the app that this page has fetched.
async fn fetched(browser: &Browser) -> Result<Vec<String>, Failure> {
    let names = browser
        .script(
            "return performance.getEntriesByType('resource').map(it => it.name)\
             .filter(it => it.includes('/parts/')).map(it => it.replace(/.*\\/parts\\/|-[0-9a-f]+\\.wasm/g, ''))",
        )
        .await?;
    Ok(serde_json::from_value(names)?)
}

#[tokio::test]
async fn the_first_page_fetches_no_other_and_somebody_at_work_finds_them_there() -> Outcome {
    let stack = Stack::start()?;
    let browser = Browser::open(&stack, None).await?;
    browser.enrol(&stack).await?;
    browser.driver().refresh().await?;
    browser.see("ユーザID").await?;
    assert_eq!(fetched(&browser).await?, Vec::<String>::new());
    // The browser remembers 250 fetches unless it is told otherwise, and the parts are more.
    browser.script("performance.setResourceTimingBufferSize(2000)").await?;

    browser.sign_in_again(&stack, "staff").await?;
    browser.see("今日調べた人").await?;
    // The last of those that are fetched ahead: while others are still on their way the list is not whole.
    for last in ["split_consent", "split_filing"] {
        browser
            .script_until(&format!(
                "return performance.getEntriesByType('resource')\
                 .some(it => it.name.includes('/parts/{last}') && it.responseEnd > 0)"
            ))
            .await?;
    }
    let there = fetched(&browser).await?;
    for page in ["split_card", "split_person", "split_numbers", "split_calendar"] {
        assert!(there.iter().any(|name| name == page), "{page} is fetched ahead: {there:?}");
    }
    browser.press("カードなしで調べる").await?;
    browser.see("被保険者番号").await?;
    assert_eq!(fetched(&browser).await?, there);
    browser.close().await
}

#[tokio::test]
async fn a_page_that_cannot_be_fetched_says_so_and_comes_when_it_can() -> Outcome {
    let stack = Stack::start()?;
    let browser = Browser::open(&stack, None).await?;
    browser.enrol(&stack).await?;
    browser.command("Network.enable", json!({})).await?;
    browser.command("Network.setBlockedURLs", json!({ "urls": ["*/parts/split_numbers*"] })).await?;
    browser.sign_in_again(&stack, "staff").await?;
    browser.press("カードなしで調べる").await?;
    browser.see("APP-011").await?;
    browser.accessible().await?;
    browser.picture("page-not-fetched-1280").await?;
    browser.command("Network.setBlockedURLs", json!({ "urls": [] })).await?;
    browser.press_exactly("もう一度").await?;
    browser.see("被保険者番号").await?;
    browser.close().await
}
