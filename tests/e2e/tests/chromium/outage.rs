//! Relay and upstream down, and back again.

use crate::care::{fill_numbers, find_by_numbers};
use kakehashi_e2e::{Browser, Outcome, Stack};

#[tokio::test]
async fn a_relay_or_an_upstream_that_is_down_is_named_and_work_goes_on_afterwards() -> Outcome {
    let mut stack = Stack::start()?;
    let person = stack.person("hanako")?;
    let browser = Browser::open(&stack, None).await?;
    browser.enter(&stack, "staff").await?;
    fill_numbers(&browser, &person).await?;

    stack.stop_platform();
    browser.press_exactly("調べる").await?;
    browser.see("RLY-041").await?;
    browser.accessible().await?;
    browser.picture("upstream-down-1280").await?;

    stack.stop_relay();
    browser.press_exactly("調べる").await?;
    browser.see("APP-001").await?;

    stack.start_platform()?;
    stack.start_relay("")?;
    browser.press_exactly("調べる").await?;
    browser.see("介護保険被保険者証").await?;
    browser.close().await
}

#[tokio::test]
async fn what_was_fetched_stays_with_its_time_when_a_refresh_fails() -> Outcome {
    let mut stack = Stack::start()?;
    let person = stack.person("hanako")?;
    let browser = Browser::open(&stack, None).await?;
    browser.enter(&stack, "staff").await?;
    find_by_numbers(&browser, &person).await?;
    stack.stop_platform();
    browser.press("新しく照会する").await?;
    browser.see("RLY-041").await?;
    browser.see("前に照会したもの").await?;
    browser.see("介護保険負担割合証").await?;
    browser.close().await
}
