//! First visit, wrong codes, the keyboard alone.

use kakehashi_e2e::{Browser, Outcome, Stack};
use thirtyfour::Key;

#[tokio::test]
async fn a_wrong_code_is_refused_with_the_next_step_and_a_good_one_works_once() -> Outcome {
    let stack = Stack::start()?;
    let browser = Browser::open(&stack, None).await?;
    browser.see("この端末を登録する").await?;
    browser.accessible().await?;
    browser.picture("enrol-1280").await?;

    // Nothing filled in: a summary that has the focus and leads to the fields.
    browser.press("この端末を登録する").await?;
    browser.see("登録コードを入力してください").await?;
    let focused = browser.script("return document.activeElement.innerText").await?;
    assert!(focused.as_str().unwrap_or_default().contains("入力内容を確かめてください"), "{focused}");
    browser.accessible().await?;

    browser.fill("登録コード", "AAAA-AAAA-AA").await?;
    browser.fill("端末の名前", "相談室のパソコン").await?;
    browser.press("この端末を登録する").await?;
    browser.see("RLY-021").await?;
    browser.see("新しい登録コード").await?;

    let code = stack.enrolment_code()?;
    browser.fill("登録コード", &code).await?;
    browser.press("この端末を登録する").await?;
    browser.see("ユーザID").await?;
    browser.accessible().await?;
    browser.picture("sign-in-1280").await?;
    browser.close().await?;

    // The same code on another device.
    let other = Browser::open(&stack, None).await?;
    other.see("この端末を登録する").await?;
    other.fill("登録コード", &code).await?;
    other.fill("端末の名前", "別のパソコン").await?;
    other.press("この端末を登録する").await?;
    other.see("RLY-021").await?;
    other.close().await?;
    Ok(())
}

#[tokio::test]
async fn the_keyboard_alone_leads_from_the_first_page_to_the_list() -> Outcome {
    let stack = Stack::start()?;
    let browser = Browser::open(&stack, None).await?;
    let (user, password) = stack.sign_in("staff")?;
    browser.see("登録コード").await?;
    browser.tab_to("登録コード").await?;
    browser.keys(stack.enrolment_code()?).await?;
    browser.tab_to("端末の名前").await?;
    browser.keys("窓口").await?;
    browser.keys(Key::Enter).await?;

    browser.see("ユーザID").await?;
    browser.tab_to("ユーザID").await?;
    browser.keys(user.as_str()).await?;
    browser.tab_to("パスワード").await?;
    browser.keys(password.as_str()).await?;
    browser.keys(Key::Enter).await?;

    browser.see("確認コード").await?;
    browser.tab_to("確認コード").await?;
    browser.keys(stack.one_time_password(&user)?).await?;
    browser.keys(Key::Enter).await?;
    browser.see("まだ誰も調べていません").await?;
    browser.close().await
}

#[tokio::test]
async fn a_wrong_password_and_a_wrong_code_are_told_apart_from_nothing_else() -> Outcome {
    let stack = Stack::start()?;
    let browser = Browser::open(&stack, None).await?;
    browser.enrol(&stack).await?;
    let (user, password) = stack.sign_in("staff")?;
    for (name, secret) in [(user.as_str(), "not-the-password"), ("NOBODY.HERE", password.as_str())] {
        browser.fill("ユーザID", name).await?;
        browser.fill("パスワード", secret).await?;
        browser.press("次へ").await?;
        browser.see("UPS-101").await?;
    }
    browser.fill("ユーザID", &user).await?;
    browser.fill("パスワード", &password).await?;
    browser.press("次へ").await?;
    browser.see("確認コードの入力").await?;
    let right = stack.one_time_password(&user)?;
    let wrong = if right == "000000" { "000001" } else { "000000" };
    browser.fill("確認コード", wrong).await?;
    browser.press("サインインする").await?;
    browser.see("UPS-103").await?;
    browser.fill("確認コード", &right).await?;
    browser.press("サインインする").await?;
    browser.see("今日調べた人").await?;
    browser.close().await
}
