//! The number route: a full alternative to the card.

use crate::care::{fill_numbers, find_by_numbers, nothing_personal_was_kept, text};
use kakehashi_e2e::{Browser, Outcome, Stack};

#[tokio::test]
async fn numbers_and_consent_lead_to_the_five_kinds() -> Outcome {
    let stack = Stack::start()?;
    let person = stack.person("hanako")?;
    let browser = Browser::open(&stack, None).await?;
    browser.enter(&stack, "staff").await?;
    browser.see("まだ誰も調べていません").await?;
    browser.accessible().await?;
    fill_numbers(&browser, &person).await?;
    browser.accessible().await?;
    browser.pictures("numbers").await?;
    browser.press_exactly("調べる").await?;

    for kind in [
        "介護保険被保険者証",
        "介護保険負担割合証",
        "介護保険負担限度額認定証",
        "住宅改修費の利用状況",
        "福祉用具購入費の利用状況",
    ] {
        browser.see(kind).await?;
    }
    browser.see(text(&person, "name")?).await?;
    browser.see("時点").await?;
    browser.see("申請中・未反映は含みません").await?;
    browser.accessible().await?;
    browser.pictures("person").await?;

    let address = browser.driver().current_url().await?;
    assert!(!address.as_str().contains(text(&person, "insured")?), "{address}");
    nothing_personal_was_kept(&stack, &person)?;

    browser.press("今日").await?;
    browser.see("今日調べた人").await?;
    browser.see(text(&person, "name")?).await?;
    browser.accessible().await?;
    browser.pictures("today-seen").await?;
    browser.press("ヘルプ").await?;
    browser.see("このブラウザでできること").await?;
    browser.accessible().await?;
    browser.picture("help-1280").await?;
    browser.press("サインアウト").await?;
    browser.see("ユーザID").await?;
    assert!(!browser.sees(text(&person, "name")?).await?, "nobody is left on the screen");
    browser.close().await
}

#[tokio::test]
async fn a_check_digit_that_differs_warns_and_does_not_refuse() -> Outcome {
    let stack = Stack::start()?;
    let person = stack.person("hanako")?;
    let browser = Browser::open(&stack, None).await?;
    browser.enter(&stack, "staff").await?;
    fill_numbers(&browser, &person).await?;
    browser.fill("保険者番号", "102047").await?;
    browser.press_exactly("調べる").await?;
    browser.see("検査数字が合いません").await?;
    browser.accessible().await?;
    browser.press("このまま調べる").await?;
    // Nobody is insured there: the likely causes are listed.
    browser.see("UPS-111").await?;
    browser.see("考えられる理由").await?;
    browser.accessible().await?;
    browser.picture("not-found-1280").await?;
    browser.close().await
}

#[tokio::test]
async fn without_consent_nothing_is_asked() -> Outcome {
    let stack = Stack::start()?;
    let browser = Browser::open(&stack, None).await?;
    browser.enter(&stack, "staff").await?;
    browser.press("利用者を調べる").await?;
    browser.press("カードなしで調べる").await?;
    browser.fill("被保険者番号", "12345").await?;
    let before = stack.audit()?.lines().filter(|line| line.contains("person/search")).count();
    browser.press_exactly("調べる").await?;
    browser.see("どなたの同意かを選んでください").await?;
    browser.see("10桁で入力してください").await?;
    let after = stack.audit()?.lines().filter(|line| line.contains("person/search")).count();
    assert_eq!(before, after, "no request left the browser");
    browser.close().await
}

#[tokio::test]
async fn a_viewing_right_that_is_over_says_how_to_get_it_again() -> Outcome {
    let stack = Stack::start()?;
    let person = stack.person("taro")?;
    let browser = Browser::open(&stack, None).await?;
    browser.enter(&stack, "staff").await?;
    find_by_numbers(&browser, &person).await?;
    // The session ends too (8 hours), so the way back leads through the sign-in.
    stack.later(25 * 3600)?;
    browser.press("新しく照会する").await?;
    browser.see("UPS-105").await?;
    browser.sign_in_as_before(&stack, "staff").await?;
    browser.see("UPS-120").await?;
    browser.see("もう一度カードを読み取るか").await?;
    browser.close().await
}
