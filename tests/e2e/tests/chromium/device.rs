//! 機器の確認: what the page finds out, over the virtual USB bus.

use kakehashi_e2e::{Browser, Bus, Failure, Outcome, Stack};

/// A browser at the page, without an account.
async fn page(stack: &Stack, bus: Option<&Bus>) -> Result<Browser, Failure> {
    let browser = Browser::open(stack, bus).await?;
    browser.press("機器の確認").await?;
    browser.see("このブラウザでできること").await?;
    Ok(browser)
}

/// axe-core finds nothing, and nothing stands out of the page on a phone, a tablet and a PC.
async fn fits(browser: &Browser, name: &str) -> Outcome {
    browser.accessible().await?;
    browser.pictures(name).await
}

/// The report as it would be copied.
async fn report(browser: &Browser) -> Result<String, Failure> {
    let text = browser.script("return document.querySelector('.kk-report').textContent").await?;
    Ok(text.as_str().ok_or("no report")?.to_owned())
}

#[tokio::test]
async fn a_device_page_without_a_reader_says_what_the_browser_can_do() -> Outcome {
    let stack = Stack::start()?;
    let browser = page(&stack, None).await?;
    browser.see("まだありません").await?;
    browser.see("Linux").await?;
    browser.see("リーダーを選ぶ").await?;
    browser.see("使える見込み").await?;
    browser.fill("リーダーの名前か番号", "rc-s300").await?;
    browser.see("2件").await?;
    assert!(!browser.sees("SCR3310-NTTCom").await?, "the table is narrowed");
    browser.choose("Windows").await?;
    browser.press("他のアプリに使われています").await?;
    browser.see("Zadig").await?;
    browser.see("確かめられていません").await?;
    assert!(!browser.sees("modprobe").await?, "no advice for another system");
    fits(&browser, "device-none").await?;
    browser.press("はじめの画面へ").await?;
    browser.see("登録コード").await?;
    browser.close().await
}

#[tokio::test]
async fn a_device_test_passes_every_step_and_its_report_holds_nothing_personal() -> Outcome {
    let stack = Stack::start_with_roots()?;
    let person = stack.person("hanako")?;
    let bus = Bus::new(&stack)?;
    let browser = page(&stack, Some(&bus)).await?;
    browser.see("Kakehashi virtual reader").await?;
    browser.see("1209:0001").await?;
    browser.press("このリーダーで試す").await?;
    browser.see("カードをリーダーに置いてください").await?;
    browser.accessible().await?;
    bus.insert("hanako")?;
    browser.see("すべての手順ができました").await?;
    browser.see("認証局の署名と有効期間は正しいです").await?;
    browser.see("マイナンバーカードです").await?;
    browser.see("あと3回").await?;
    let done = "return [...document.querySelectorAll('.kk-trial__step')].every(it => it.innerText.includes('済み') && it.innerText.includes('ミリ秒'))";
    assert_eq!(browser.script(done).await?, true, "every step is done and has its time");
    assert_eq!(bus.tries_left(), Some(3));
    assert!(!bus.forbidden_touched(), "no file with the My Number was touched");
    fits(&browser, "device-good").await?;

    let report = report(&browser).await?;
    for wanted in ["1209:0001", "クラスFF", "Linux", env!("CARGO_PKG_VERSION"), "証明書を読む: 済み"]
    {
        assert!(report.contains(wanted), "{wanted} is missing in:\n{report}");
    }
    for field in ["name", "kana", "insured", "birth_date"] {
        let personal = person[field].as_str().ok_or("people.json has no such field")?;
        assert!(!report.contains(personal), "{field} stands in:\n{report}");
    }
    assert!(!report.contains("KVR0001"), "the reader's serial number stands in:\n{report}");
    assert!(
        !report.contains("あと3回") && !report.contains("MII"),
        "something of the card stands in:\n{report}"
    );
    browser.close().await
}

#[tokio::test]
async fn a_device_of_class_0b_only_is_named_with_readers_that_work_instead() -> Outcome {
    let stack = Stack::start()?;
    let bus = Bus::protected(&stack)?;
    let browser = page(&stack, Some(&bus)).await?;
    browser.see("ブラウザがページに使わせません").await?;
    browser.press("このリーダーで試す").await?;
    browser.see("CARD-003").await?;
    browser.see("クラス0Bの機能しかありません").await?;
    browser.see("番号と本人の同意で調べることもできます").await?;
    fits(&browser, "device-protected").await?;
    browser.close().await
}

#[tokio::test]
async fn a_device_that_is_held_or_refused_says_who_can_mend_it() -> Outcome {
    let stack = Stack::start()?;
    let bus = Bus::new(&stack)?;
    let browser = page(&stack, Some(&bus)).await?;
    browser.see("Kakehashi virtual reader").await?;
    bus.set_busy(true)?;
    browser.press("このリーダーで試す").await?;
    browser.see("CARD-004").await?;
    browser.see("pcscd").await?;
    fits(&browser, "device-busy").await?;
    bus.set_busy(false)?;
    bus.set_denied(true)?;
    browser.press("このリーダーで試す").await?;
    browser.see("CARD-007").await?;
    browser.see("udev").await?;
    bus.set_denied(false)?;
    bus.insert("taro")?;
    browser.press("このリーダーで試す").await?;
    browser.see("すべての手順ができました").await?;
    browser.see("認証局の証明書がないため、確かめていません").await?;
    browser.close().await
}

#[tokio::test]
async fn a_device_that_goes_in_the_middle_is_told_and_found_again() -> Outcome {
    let stack = Stack::start()?;
    let bus = Bus::new(&stack)?;
    let browser = page(&stack, Some(&bus)).await?;
    browser.see("Kakehashi virtual reader").await?;
    browser.press("このリーダーで試す").await?;
    browser.see("カードをリーダーに置いてください").await?;
    bus.desk().unplug();
    browser.see("CARD-005").await?;
    browser.see("まだありません").await?;
    browser.accessible().await?;
    bus.desk().plug();
    browser.see("Kakehashi virtual reader").await?;
    browser.press("このリーダーで試す").await?;
    browser.see("カードをリーダーに置いてください").await?;
    browser.press("やめる").await?;
    browser.see("試験をやめました").await?;
    // It was let go: a new test gets it at once.
    bus.insert("other")?;
    browser.press("このリーダーで試す").await?;
    browser.see("CARD-014").await?;
    browser.close().await
}

#[tokio::test]
async fn a_device_page_leads_from_a_failed_reading_and_back_to_work() -> Outcome {
    let stack = Stack::start()?;
    let bus = Bus::new(&stack)?;
    let browser = Browser::open(&stack, Some(&bus)).await?;
    browser.enter(&stack, "staff").await?;
    bus.set_busy(true)?;
    browser.press("カードを読む").await?;
    browser.see("CARD-004").await?;
    browser.press("機器の確認で、原因と直し方を調べる").await?;
    browser.see("このブラウザでできること").await?;
    browser.press("ヘルプ").await?;
    browser.press("カードリーダーを確かめ").await?;
    browser.see("リーダーの一覧").await?;
    browser.close().await
}

#[tokio::test]
async fn a_device_page_in_training_tests_the_practice_reader() -> Outcome {
    let stack = Stack::start_training()?;
    let browser = page(&stack, None).await?;
    browser.see("練習用のカード").await?;
    browser.press("このリーダーで試す").await?;
    browser.see("カードをリーダーに置いてください").await?;
    browser.press("星野").await?;
    browser.see("すべての手順ができました").await?;
    fits(&browser, "device-practice").await?;
    browser.close().await
}
