//! 書類: 認定調査票, 主治医意見書 and 判定結果 read, their originals drawn page by page, and closed.

use crate::care::{find_by_numbers, text};
use kakehashi_e2e::{Browser, Failure, Outcome, Stack};
use serde_json::Value;
use thirtyfour::Key;

/// The page is drawn: the canvas is there and holds more than one colour.
const DRAWN: &str = "const canvas = document.querySelector('.kk-original canvas');
    if (!canvas || canvas.width < 10 || document.querySelector('.kk-original .kk-waiting')) return false;
    const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
    return pixels.some((value, at) => at % 4 === 0 && value < 128);";

/// Signs in and opens 書類 of somebody of whom this is to be seen.
async fn open(stack: &Stack, note: &str) -> Result<(Browser, Value), Failure> {
    let person = stack.person_noted(note)?;
    let browser = Browser::open(stack, None).await?;
    browser.enter(stack, "staff").await?;
    find_by_numbers(&browser, &person).await?;
    browser.see("これまでとこれから").await?;
    browser.script("location.hash += '/documents'").await?;
    browser.see("どの書類を見たかが記録に残ります").await?;
    Ok((browser, person))
}

/// Opens the latest of a kind.
async fn press(browser: &Browser, kind: &str, words: &str) -> Outcome {
    let button =
        format!("document.querySelector('button[aria-label^=\"{kind}(最新)\"][aria-label*=\"{words}\"]')");
    browser.script_until(&format!("return {button} !== null")).await?;
    browser.script(&format!("{button}.click()")).await?;
    Ok(())
}

#[tokio::test]
async fn a_survey_and_an_opinion_are_read_compared_and_put_away() -> Outcome {
    let stack = Stack::start()?;
    let (browser, person) = open(&stack, "書類の原本が300ページある人").await?;
    browser.see(text(&person, "name")?).await?;
    browser.accessible().await?;
    browser.pictures("documents").await?;

    press(&browser, "認定調査票", "内容を見る").await?;
    browser.see("身体機能・起居動作").await?;
    browser.see("特記事項").await?;
    browser.accessible().await?;
    browser.pictures("documents-survey").await?;
    let items = "return document.querySelectorAll('.kk-survey__item, .kk-paper tr, .kk-paper dt').length";
    let items = browser.script(items).await?.as_u64().unwrap_or_default();
    assert!(items >= 74, "74 items stand there: {items}");
    assert!(browser.pdf("documents-survey").await? >= 1);

    press(&browser, "主治医意見書", "内容を見る").await?;
    browser.see("傷病に関する意見").await?;
    browser.accessible().await?;
    browser.pictures("documents-opinion").await?;

    browser.press("書類を閉じる").await?;
    browser.script_until("return !document.body.innerText.includes('傷病に関する意見')").await?;
    browser.close().await
}

#[tokio::test]
async fn a_judgement_is_read_printed_and_its_original_drawn() -> Outcome {
    const KIND: &str = "判定結果・審査会の意見";
    let stack = Stack::start()?;
    let (browser, _) = open(&stack, "5種類の情報がすべてそろっている人").await?;
    press(&browser, KIND, "内容を見る").await?;
    browser.see("一次判定(コンピュータによる判定)").await?;
    browser.see("要介護認定等基準時間").await?;
    browser.see("二次判定(介護認定審査会の判定)").await?;
    browser.see("要介護2").await?;
    browser.see("転倒の危険があるため、下肢筋力の維持に努めること。").await?;
    browser.accessible().await?;
    browser.pictures("documents-judgement").await?;
    assert_eq!(browser.pdf("documents-judgement").await?, 1, "one sheet");
    press(&browser, KIND, "原本").await?;
    browser.script_until(DRAWN).await?;
    browser.picture("documents-judgement-original-1280").await?;
    browser.press("書類を閉じる").await?;
    browser.script_until("return document.querySelector('canvas') === null").await?;
    browser.close().await
}

#[tokio::test]
async fn an_original_of_three_hundred_pages_is_turned_by_keys_and_leaves_nothing() -> Outcome {
    let stack = Stack::start()?;
    let (browser, _) = open(&stack, "書類の原本が300ページある人").await?;
    press(&browser, "認定調査票", "原本").await?;
    browser.see("300").await?;
    browser.script_until(DRAWN).await?;
    browser.accessible().await?;
    browser.pictures("documents-original").await?;
    let label = "return document.querySelector('.kk-original canvas').getAttribute('aria-label')";
    browser.script("document.querySelector('.kk-original__frame').focus()").await?;
    for (key, page) in [(Key::Right, 2), (Key::End, 300), (Key::Left, 299), (Key::Home, 1)] {
        browser.keys(key + "").await?;
        browser.script_until(&format!("{label}.startsWith('{page}ページ目')")).await?;
        browser.script_until(DRAWN).await?;
    }
    // Neither a frame nor an address of the browser's own holds it, and no cache does.
    let kept = "return document.querySelectorAll('iframe, embed, object, [src^=blob], [href^=blob]').length";
    assert_eq!(browser.script(kept).await?, 0);
    let stored =
        "return performance.getEntriesByType('resource').filter(one => one.name.includes('.pdf')).length";
    assert_eq!(browser.script(stored).await?, 0);

    // Somebody who leaves the page takes it off the screen.
    browser.press("書類を閉じる").await?;
    browser.script_until("return document.querySelector('canvas') === null").await?;
    browser.close().await
}

#[tokio::test]
async fn a_broken_original_is_said_so_and_a_script_in_one_does_nothing() -> Outcome {
    let stack = Stack::start()?;
    let (browser, _) = open(&stack, "書類の原本が壊れている人").await?;
    press(&browser, "認定調査票", "原本").await?;
    browser.see("このPDFは壊れているため").await?;
    browser.see("保険者に出し直しを頼んでください").await?;
    browser.accessible().await?;
    browser.pictures("documents-broken").await?;
    press(&browser, "認定調査票", "内容を見る").await?;
    browser.see("身体機能・起居動作").await?;
    browser.close().await?;

    let (browser, _) = open(&stack, "書類の原本にスクリプトが入っている人").await?;
    browser
        .script("window.opened = 0; window.open = () => { window.opened += 1; }; window.alert = window.open;")
        .await?;
    let here = browser.script("return location.href").await?;
    press(&browser, "認定調査票", "原本").await?;
    browser.script_until(DRAWN).await?;
    assert_eq!(browser.script("return [location.href, window.opened]").await?, serde_json::json!([here, 0]));
    browser.picture("documents-scripted-1280").await?;
    browser.close().await
}
