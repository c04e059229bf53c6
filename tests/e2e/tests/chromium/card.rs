//! The card route over the virtual USB bus: Chromium's own WebUSB is in play.

use crate::care::{nothing_personal_was_kept, text};
use kakehashi_e2e::{Browser, Bus, Failure, Outcome, Stack};
use std::time::Duration;
use thirtyfour::Key;

/// A signed-in browser whose USB has a reader.
async fn desk() -> Result<(Stack, Bus, Browser), Failure> {
    let stack = Stack::start()?;
    let bus = Bus::new(&stack)?;
    let browser = Browser::open(&stack, Some(&bus)).await?;
    browser.enter(&stack, "staff").await?;
    Ok((stack, bus, browser))
}

/// Types a PIN on the keyboard and confirms it.
async fn pin(browser: &Browser, digits: &str) -> Outcome {
    browser.see("数字4桁の暗証番号").await?;
    browser.keys(digits).await?;
    browser.keys(Key::Enter).await
}

/// Types three digits: the boxes fill, hold no digit in text or attribute, and no field has them. Takes them back.
async fn typed_digits_stand_nowhere_in_the_page(browser: &Browser) -> Outcome {
    let filled = "return document.querySelectorAll('.kk-pin__box--filled').length";
    browser.keys("739").await?;
    assert_eq!(browser.script(filled).await?, 3, "the pad took the digits");
    let boxes = browser.script("return document.querySelector('.kk-pin__boxes').outerHTML").await?;
    let boxes = boxes.as_str().ok_or("no boxes")?;
    assert!(!boxes.contains(['7', '9']), "typed digits stand in the boxes: {boxes}");
    let fields = "return [...document.querySelectorAll('input')].map(field => field.value).join(' ')";
    let fields = browser.script(fields).await?;
    assert!(!fields.as_str().ok_or("no fields")?.contains(['7', '9']), "typed digits stand in a field");
    for _ in 0..3 {
        browser.keys(Key::Backspace).await?;
    }
    assert_eq!(browser.script(filled).await?, 0, "the digits are taken back");
    Ok(())
}

#[tokio::test]
async fn a_card_and_its_pin_lead_to_the_five_kinds() -> Outcome {
    let (stack, bus, browser) = desk().await?;
    let person = stack.person("hanako")?;
    browser.press("カードを読む").await?;
    browser.see("カードをリーダーに置いてください").await?;
    browser.accessible().await?;
    browser.picture("card-put-1280").await?;
    bus.insert("hanako")?;
    browser.see("あと3回").await?;
    browser.accessible().await?;
    for width in [360, 820, 1280] {
        browser.width(width).await?;
        browser.picture(&format!("card-pin-{width}")).await?;
    }
    typed_digits_stand_nowhere_in_the_page(&browser).await?;
    pin(&browser, "1234").await?;
    browser.see("カードをお返しください").await?;
    browser.accessible().await?;
    browser.picture("card-done-1280").await?;
    browser.press("資格の内容を見る").await?;
    browser.see(text(&person, "name")?).await?;
    browser.see("介護保険被保険者証").await?;
    assert!(!bus.forbidden_touched(), "no file with the My Number was touched");
    assert_eq!(bus.tries_left(), Some(3));
    nothing_personal_was_kept(&stack, &person)?;
    browser.close().await
}

#[tokio::test]
async fn a_wrong_pin_costs_one_try_and_is_never_sent_again() -> Outcome {
    let (_stack, bus, browser) = desk().await?;
    bus.insert("hanako")?;
    browser.press("カードを読む").await?;
    pin(&browser, "9999").await?;
    browser.see("CARD-021").await?;
    browser.see("あと2回").await?;
    assert_eq!(bus.tries_left(), Some(2));
    browser.accessible().await?;
    pin(&browser, "1234").await?;
    browser.see("カードをお返しください").await?;
    assert_eq!(bus.tries_left(), Some(3), "a right PIN restores the tries");
    browser.close().await
}

#[tokio::test]
async fn the_last_try_wants_an_explicit_yes_and_a_blocked_card_says_who_can_help() -> Outcome {
    let (_stack, bus, browser) = desk().await?;
    bus.insert("last-try")?;
    browser.press("カードを読む").await?;
    browser.see("残り1回です").await?;
    browser.accessible().await?;
    browser.picture("card-last-try-1280").await?;
    browser.press("最後の1回を入力する").await?;
    pin(&browser, "0000").await?;
    browser.see("CARD-022").await?;
    browser.see("市区町村の窓口").await?;
    browser.see("カードなしで調べる").await?;
    assert_eq!(bus.tries_left(), Some(0));

    bus.insert("blocked")?;
    browser.press("はじめからやり直す").await?;
    browser.see("CARD-022").await?;
    browser.close().await
}

#[tokio::test]
async fn each_card_that_will_not_do_gets_its_own_words() -> Outcome {
    let (_stack, bus, browser) = desk().await?;
    browser.press("カードを読む").await?;
    bus.insert("other")?;
    browser.see("CARD-014").await?;
    browser.accessible().await?;
    for (card, code) in
        [("expired", "UPS-203"), ("revoked", "UPS-204"), ("foreign", "UPS-205"), ("unbound", "UPS-206")]
    {
        bus.insert(card)?;
        browser.press("はじめからやり直す").await?;
        pin(&browser, "1234").await?;
        browser.see(code).await?;
        browser.see("カードなしで調べる").await?;
    }
    browser.picture("card-unbound-1280").await?;
    browser.close().await
}

#[tokio::test]
async fn with_roots_a_certificate_that_does_not_hold_asks_for_no_pin() -> Outcome {
    let stack = Stack::start_with_roots()?;
    let bus = Bus::new(&stack)?;
    let browser = Browser::open(&stack, Some(&bus)).await?;
    browser.enter(&stack, "staff").await?;
    bus.insert("expired")?;
    browser.press("カードを読む").await?;
    browser.see("CARD-044").await?;
    for (card, code) in [("foreign", "CARD-042"), ("expired", "CARD-044")] {
        bus.insert(card)?;
        browser.press("はじめからやり直す").await?;
        browser.see(code).await?;
        browser.see("カードなしで調べる").await?;
        assert_eq!(bus.tries_left(), Some(3));
    }
    browser.accessible().await?;
    browser.picture("card-expired-1280").await?;
    bus.insert("hanako")?;
    browser.press("はじめからやり直す").await?;
    pin(&browser, "1234").await?;
    browser.see("カードをお返しください").await?;
    browser.close().await
}

#[tokio::test]
async fn a_card_taken_away_and_a_plug_pulled_spend_no_try() -> Outcome {
    let (_stack, bus, browser) = desk().await?;
    bus.insert("hanako")?;
    browser.press("カードを読む").await?;
    browser.see("あと3回").await?;
    bus.desk().remove();
    browser.see("CARD-012").await?;

    bus.insert("hanako")?;
    browser.press("はじめからやり直す").await?;
    browser.see("あと3回").await?;
    bus.desk().unplug();
    browser.see("CARD-005").await?;
    browser.accessible().await?;
    bus.desk().plug();
    bus.insert("hanako")?;
    tokio::time::sleep(Duration::from_millis(300)).await;
    browser.press("はじめからやり直す").await?;
    pin(&browser, "1234").await?;
    browser.see("カードをお返しください").await?;
    assert_eq!(bus.tries_left(), Some(3));
    browser.close().await
}

#[tokio::test]
async fn a_reader_held_by_another_program_is_named_as_such() -> Outcome {
    let (_stack, bus, browser) = desk().await?;
    bus.set_busy(true)?;
    browser.press("カードを読む").await?;
    browser.see("CARD-004").await?;
    browser.see("マイナ資格確認アプリ").await?;
    bus.set_busy(false)?;
    bus.insert("taro")?;
    browser.press("はじめからやり直す").await?;
    browser.see("あと3回").await?;
    browser.press("やめる").await?;
    browser.see("読み取りをやめました").await?;
    browser.close().await
}
