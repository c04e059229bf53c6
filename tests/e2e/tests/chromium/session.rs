//! Sessions that end, silently or not.

use crate::care::{fill_numbers, find_by_numbers, text};
use kakehashi_e2e::{Browser, Outcome, Stack};

#[tokio::test]
async fn an_access_token_over_in_mid_work_is_renewed_without_a_word() -> Outcome {
    let stack = Stack::start()?;
    let person = stack.person("hanako")?;
    let browser = Browser::open(&stack, None).await?;
    browser.enter(&stack, "staff").await?;
    stack.later(61 * 60)?;
    find_by_numbers(&browser, &person).await?;
    let audit = stack.audit()?;
    assert!(audit.contains("session/refresh"), "the token was renewed: {audit}");
    browser.close().await
}

#[tokio::test]
async fn a_session_over_leads_to_the_sign_in_and_keeps_the_work() -> Outcome {
    let stack = Stack::start()?;
    let person = stack.person("hanako")?;
    let browser = Browser::open(&stack, None).await?;
    browser.enter(&stack, "staff").await?;
    fill_numbers(&browser, &person).await?;
    stack.later(9 * 3600)?;
    browser.press_exactly("調べる").await?;
    browser.see("UPS-105").await?;
    browser.accessible().await?;
    browser.sign_in_as_before(&stack, "staff").await?;
    browser.see("被保険者証の内容").await?;
    let kept = browser.value("被保険者番号").await?;
    assert_eq!(kept, text(&person, "insured")?, "what was typed is still there");
    browser.press_exactly("調べる").await?;
    browser.see("介護保険被保険者証").await?;
    browser.close().await
}

#[tokio::test]
async fn a_screen_left_alone_hides_locks_and_opens_with_the_password() -> Outcome {
    let stack = Stack::start_with_idle(2, 4)?;
    let person = stack.person("hanako")?;
    let browser = Browser::open(&stack, None).await?;
    browser.enter(&stack, "staff").await?;
    find_by_numbers(&browser, &person).await?;
    browser.see("画面をロックしました").await?;
    let name = text(&person, "name")?;
    let page = browser.script("return document.documentElement.outerHTML").await?;
    assert!(!page.as_str().unwrap_or_default().contains(name), "nothing personal is left in the page");
    browser.accessible().await?;
    browser.picture("locked-1280").await?;
    browser.unlock(&stack, "staff").await?;
    browser.see(name).await?;
    browser.close().await
}
