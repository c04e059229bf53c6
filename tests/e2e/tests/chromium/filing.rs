//! 届出: from a client's page to the receipt, by papers and by card; what is written is kept, and sent once.

use crate::care::{find_by_numbers, text};
use kakehashi_e2e::{Browser, Bus, Failure, Outcome, Stack};
use serde_json::Value;
use thirtyfour::Key;

/// The day from which the plan is wanted: next month, so that it is never in the past.
const START: &str = "const now = new Date(); const next = new Date(now.getFullYear(), now.getMonth() + 1, 1, 12);\
     return next.getFullYear() + '-' + String(next.getMonth() + 1).padStart(2, '0') + '-01'";

/// A signed-in browser that has begun a 届出 for a person.
async fn begun(stack: &Stack, browser: &Browser, person: &Value) -> Outcome {
    browser.enter(stack, "staff").await?;
    begin(browser, person).await
}

async fn begin(browser: &Browser, person: &Value) -> Outcome {
    find_by_numbers(browser, person).await?;
    browser.press("届出を書く").await?;
    browser.see("わかっていることは、はじめから入れておきます").await?;
    browser.press("この方の届出を書きはじめる").await?;
    browser.see("暫定").await
}

/// Waits until the heading is this one, and what was written lies on the device.
async fn at(browser: &Browser, heading: &str) -> Outcome {
    let there = format!("return document.querySelector('h1')?.textContent === '{heading}'");
    browser.script_until(&there).await.map_err(|error| format!("{heading}: {error}"))?;
    browser.see("この端末に保存しました").await
}

async fn next(browser: &Browser, heading: &str) -> Outcome {
    browser.press_exactly("次へ").await?;
    at(browser, heading).await
}

/// Answers all pages up to the one where the person is identified.
async fn answer(browser: &Browser) -> Outcome {
    next(browser, "被保険者").await?;
    next(browser, "計画を作成する事業所").await?;
    browser.fill("所在地", "群馬県伊勢崎市今泉町二丁目410番地").await?;
    browser.fill("電話番号", "0270-24-5111").await?;
    next(browser, "事由と日付").await?;
    let start = browser.script(START).await?;
    let start = start.as_str().ok_or("no day")?.to_owned();
    browser.fill("有効開始", &start).await?;
    if !browser
        .script("return document.querySelector('#filing-reason:checked') !== null")
        .await?
        .as_bool()
        .unwrap_or(false)
    {
        browser.choose("新規または事業所変更のため").await?;
    }
    browser.press_exactly("次へ").await?;
    at(browser, "届出者と本人確認").await
}

/// Identifies the person by a paper and goes on to the check.
async fn by_papers(browser: &Browser) -> Outcome {
    browser.choose("書類を見て確認").await?;
    browser.choose("運転免許証").await?;
    browser.press_exactly("次へ").await?;
    at(browser, "書いた内容を確かめる").await
}

/// The person's own word.
async fn agree(browser: &Browser) -> Outcome {
    browser.press("本人に確かめてもらう").await?;
    browser.see("この画面を渡してください").await?;
    browser.choose("本人").await?;
    browser.choose("内容を見ました").await
}

/// 受付番号 of the receipt that is shown.
async fn number(browser: &Browser) -> Result<String, Failure> {
    browser.see("受け付けられました").await?;
    let number = browser.script("return document.querySelector('.kk-receipt__number').textContent").await?;
    Ok(number.as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn a_filing_is_written_page_by_page_kept_checked_and_received() -> Outcome {
    let stack = Stack::start()?;
    let person = stack.person("hanako")?;
    let browser = Browser::open(&stack, None).await?;
    begun(&stack, &browser, &person).await?;
    at(&browser, "様式").await?;
    browser.accessible().await?;
    browser.pictures("filing-form").await?;
    answer(&browser).await?;
    // Sent without an answer: what is missing is named at its field.
    browser.press_exactly("次へ").await?;
    browser.see("入力内容を確かめてください").await?;
    browser.accessible().await?;
    browser.pictures("filing-wrong").await?;
    by_papers(&browser).await?;
    browser.accessible().await?;
    browser.pictures("filing-check").await?;
    // The browser's own back goes one page back and sends nothing.
    browser.script("history.back()").await?;
    at(&browser, "届出者と本人確認").await?;
    browser.script("history.forward()").await?;
    at(&browser, "書いた内容を確かめる").await?;
    agree(&browser).await?;
    browser.accessible().await?;
    browser.pictures("filing-agree").await?;
    // Twice, as impatient hands do.
    browser
        .script("const button = [...document.querySelectorAll('button')].find(one => one.textContent === 'この内容で提出する'); button.click(); button.click()")
        .await?;
    let received = number(&browser).await?;
    browser.see(text(&person, "name")?).await?;
    browser.accessible().await?;
    browser.pictures("filing-receipt").await?;
    assert_eq!(browser.pdf("filing-receipt").await?, 1);
    browser.script("history.back()").await?;
    browser.see("受け付けられました").await?;
    browser.press("届出").await?;
    browser.see("提出した届出").await?;
    browser.see(&received).await?;
    let listed = browser.script("return document.querySelectorAll('.kk-filings__steps').length").await?;
    assert_eq!(listed, 1, "one filing, however often it was pressed");
    browser.press("控えを見る").await?;
    browser.see("届出の指紋").await?;
    browser.accessible().await?;
    browser.pictures("filings").await?;
    let audit = stack.audit()?;
    assert!(audit.contains("filing/submit") && !audit.contains(text(&person, "name")?));
    browser.close().await
}

#[tokio::test]
async fn the_card_identifies_the_person_of_the_filing_and_nobody_else() -> Outcome {
    let stack = Stack::start()?;
    let bus = Bus::new(&stack)?;
    let browser = Browser::open(&stack, Some(&bus)).await?;
    begun(&stack, &browser, &stack.person("hanako")?).await?;
    answer(&browser).await?;
    browser.choose("カードで確認").await?;
    bus.insert("taro")?;
    browser.press("カードで確認する").await?;
    pin(&browser).await?;
    browser.see("APP-017").await?;
    browser.accessible().await?;
    browser.pictures("filing-card-other").await?;
    bus.insert("hanako")?;
    browser.press("はじめからやり直す").await?;
    pin(&browser).await?;
    browser.see("カードをお返しください").await?;
    browser.press("届出に戻る").await?;
    browser.see("カードで確認しました").await?;
    browser.press_exactly("次へ").await?;
    at(&browser, "書いた内容を確かめる").await?;
    agree(&browser).await?;
    browser.press("この内容で提出する").await?;
    number(&browser).await?;
    browser.close().await
}

/// Files for the person of a card, who is identified by it; 受付番号.
pub(crate) async fn by_card(
    stack: &Stack,
    browser: &Browser,
    bus: &Bus,
    card: &str,
) -> Result<String, Failure> {
    begun(stack, browser, &stack.person(card)?).await?;
    answer(browser).await?;
    browser.choose("カードで確認").await?;
    bus.insert(card)?;
    browser.press("カードで確認する").await?;
    pin(browser).await?;
    browser.see("カードをお返しください").await?;
    browser.press("届出に戻る").await?;
    browser.see("カードで確認しました").await?;
    browser.press_exactly("次へ").await?;
    at(browser, "書いた内容を確かめる").await?;
    agree(browser).await?;
    browser.press("この内容で提出する").await?;
    number(browser).await
}

async fn pin(browser: &Browser) -> Outcome {
    browser.see("数字4桁の暗証番号").await?;
    browser.keys("1234").await?;
    browser.keys(Key::Enter).await
}

#[tokio::test]
async fn without_a_line_it_waits_says_so_and_is_sent_once_the_line_is_back() -> Outcome {
    let mut stack = Stack::start()?;
    let person = stack.person("hanako")?;
    let browser = Browser::open(&stack, None).await?;
    begun(&stack, &browser, &person).await?;
    answer(&browser).await?;
    by_papers(&browser).await?;
    agree(&browser).await?;
    stack.stop_platform();
    browser.press("この内容で提出する").await?;
    browser.see("提出できたか確かめています").await?;
    browser.see("届出を見る").await?;
    assert!(!browser.sees("受け付けられました").await?);
    browser.accessible().await?;
    browser.pictures("filing-waiting").await?;
    // Another page says it too.
    browser.press("今日").await?;
    browser.see("届出1件を、提出できたか確かめています").await?;
    stack.start_platform()?;
    browser.press("届出を見る").await?;
    browser.press("開く").await?;
    number(&browser).await?;
    assert!(!browser.sees("届出を見る").await?, "nothing waits any more");
    browser.close().await
}

#[tokio::test]
async fn killed_between_submitting_and_the_answer_it_is_filed_once() -> Outcome {
    let mut stack = Stack::start()?;
    let person = stack.person("hanako")?;
    let browser = Browser::open(&stack, None).await?;
    begun(&stack, &browser, &person).await?;
    answer(&browser).await?;
    by_papers(&browser).await?;
    agree(&browser).await?;
    // The sandbox keeps it and dies before it can say so; then the page dies too.
    stack.fail_filing("after_commit")?;
    browser.press("この内容で提出する").await?;
    browser.see("提出できたか確かめています").await?;
    stack.stop_platform();
    browser.driver().refresh().await?;
    stack.start_platform()?;
    browser.sign_in_again(&stack, "staff").await?;
    number(&browser).await?;
    browser.press("届出").await?;
    browser.see("受付済み").await?;
    let listed = browser.script("return document.querySelectorAll('.kk-filings__steps').length").await?;
    assert_eq!(listed, 1);
    browser.close().await
}

#[tokio::test]
async fn of_two_tabs_with_the_same_draft_one_files_it() -> Outcome {
    let stack = Stack::start()?;
    let person = stack.person("hanako")?;
    let browser = Browser::open(&stack, None).await?;
    begun(&stack, &browser, &person).await?;
    answer(&browser).await?;
    by_papers(&browser).await?;
    let address = browser.script("return location.href").await?;
    let first = browser.driver().window().await?;
    let second = browser.driver().new_tab().await?;
    browser.driver().switch_to_window(second.clone()).await?;
    browser.driver().goto(address.as_str().ok_or("no address")?).await?;
    browser.sign_in_again(&stack, "staff").await?;
    at(&browser, "書いた内容を確かめる").await?;
    agree(&browser).await?;
    browser.driver().switch_to_window(first).await?;
    agree(&browser).await?;
    browser.press("この内容で提出する").await?;
    number(&browser).await?;
    browser.driver().switch_to_window(second).await?;
    browser.press("この内容で提出する").await?;
    number(&browser).await?;
    browser.press("届出").await?;
    browser.see("受付済み").await?;
    let listed = browser.script("return document.querySelectorAll('.kk-filings__steps').length").await?;
    assert_eq!(listed, 1, "one filing of two tabs");
    browser.close().await
}

#[tokio::test]
async fn forms_are_printed_blank_and_filled_on_one_page_each() -> Outcome {
    let stack = Stack::start()?;
    let browser = Browser::open(&stack, None).await?;
    begun(&stack, &browser, &stack.person("hanako")?).await?;
    answer(&browser).await?;
    let draft = browser.script("return location.hash.split('/')[2]").await?;
    browser
        .script(&format!("location.hash = '#/filing/{}/paper'", draft.as_str().unwrap_or_default()))
        .await?;
    browser.see("届出年月日と氏名は、手で書いてください").await?;
    browser.accessible().await?;
    browser.pictures("filing-paper").await?;
    assert!(browser.pdf("filing-paper").await? <= 2, "the form, and what goes along by post");
    browser.press("届出").await?;
    browser.press("白紙の様式を印刷する").await?;
    for form in [
        "居宅サービス計画作成依頼(変更)届出書",
        "【小規模多機能型居宅介護】",
        "【看護小規模多機能型居宅介護】",
        "介護予防サービス計画作成",
    ] {
        browser.choose(form).await?;
        assert_eq!(browser.pdf("filing-blank").await?, 1, "{form}");
    }
    browser.accessible().await?;
    browser.pictures("filing-blank").await?;
    browser.close().await
}

#[tokio::test]
async fn a_draft_outlives_the_page_and_is_nobody_elses() -> Outcome {
    let stack = Stack::start()?;
    let person = stack.person("hanako")?;
    let browser = Browser::open(&stack, None).await?;
    begun(&stack, &browser, &person).await?;
    next(&browser, "被保険者").await?;
    browser.fill("電話番号", "0270-99-8877").await?;
    browser.see("保存しています").await.ok();
    at(&browser, "被保険者").await?;
    kept_without_a_word(&browser, &person).await?;
    // The page dies; the same person signs in again, on the same address.
    browser.driver().refresh().await?;
    browser.sign_in_again(&stack, "staff").await?;
    at(&browser, "被保険者").await?;
    assert_eq!(browser.value("電話番号").await?, "0270-99-8877");
    // A colleague on the same device.
    browser.press("サインアウト").await?;
    browser.sign_in_again(&stack, "KYOTAKU.ADMIN").await?;
    browser.see("今日調べた人").await?;
    browser.press("届出").await?;
    browser.see("書きかけはありません").await?;
    assert!(!browser.sees(text(&person, "name")?).await?);
    browser.accessible().await?;
    browser.close().await
}

/// Nothing personal stands in what the browser keeps, and no key can be read out.
async fn kept_without_a_word(browser: &Browser, person: &Value) -> Outcome {
    let script = "window.kept = null; const open = indexedDB.open('kakehashi'); open.onsuccess = () => {\
         const database = open.result; const all = database.transaction(['drafts', 'device']);\
         const drafts = all.objectStore('drafts').getAll(); const share = all.objectStore('device').get('share');\
         all.oncomplete = () => { database.close(); window.kept = { count: drafts.result.length,\
           plain: drafts.result.map(one => Object.entries(one).map(([name, value]) => name + ' '\
             + (ArrayBuffer.isView(value) || value instanceof ArrayBuffer\
                ? new TextDecoder().decode(value) : String(value))).join('\\n')).join('\\n'),\
           extractable: share.result.extractable }; }; }; return true";
    browser.script(script).await?;
    browser.script_until("return window.kept !== null").await?;
    let kept = browser.script("return window.kept").await?;
    assert_eq!((&kept["count"], &kept["extractable"]), (&Value::from(1), &Value::from(false)));
    let plain = kept["plain"].as_str().unwrap_or_default();
    for word in [text(person, "name")?, text(person, "insured")?, "0270-99-8877", "home_care", "KYOTAKU"] {
        assert!(!plain.contains(word), "{word} lies on the device in the clear");
    }
    Ok(())
}
