//! Training mode: the same virtual reader over a WebSocket, visibly marked.

use kakehashi_e2e::{Browser, Outcome, Stack};
use thirtyfour::Key;

#[tokio::test]
async fn the_practice_reader_works_and_is_marked() -> Outcome {
    let stack = Stack::start_training()?;
    let person = stack.person("taro")?;
    let browser = Browser::open(&stack, None).await?;
    browser.see("練習モード").await?;
    browser.enter(&stack, "administrator").await?;
    browser.press("カードを読む").await?;
    browser.see("練習用のカード").await?;
    browser.press("星野").await?;
    browser.see("あと3回").await?;
    browser.accessible().await?;
    for width in [360, 1280] {
        browser.width(width).await?;
        browser.picture(&format!("practice-{width}")).await?;
    }
    for digit in ["1", "2", "3", "4"] {
        browser.press_exactly(digit).await?;
    }
    browser.press("この番号で確認する").await?;
    browser.see("カードをお返しください").await?;
    browser.press("資格の内容を見る").await?;
    browser.see(person["name"].as_str().unwrap_or("?")).await?;
    browser.close().await
}

#[tokio::test]
async fn without_the_setting_there_is_no_practice_reader() -> Outcome {
    let stack = Stack::start()?;
    let browser = Browser::open(&stack, None).await?;
    browser.enter(&stack, "staff").await?;
    browser.press("カードを読む").await?;
    // No reader on this machine's USB: the page asks for one.
    browser.see("リーダーを選ぶ").await?;
    assert!(!browser.sees("練習").await?);
    browser.keys(Key::Escape).await?;
    browser.close().await
}
