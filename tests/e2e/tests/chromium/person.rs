//! One person's page: the time line, what a planned use would leave, what a refresh has changed.

use crate::care::{find_by_numbers, text};
use kakehashi_e2e::{Browser, Failure, Outcome, Stack};
use thirtyfour::Key;

/// Signs in and opens the page of somebody of whom this is to be seen.
pub(crate) async fn open(stack: &Stack, note: &str) -> Result<Browser, Failure> {
    let person = stack.person_noted(note)?;
    let browser = Browser::open(stack, None).await?;
    browser.enter(stack, "staff").await?;
    find_by_numbers(&browser, &person).await?;
    browser.see("これまでとこれから").await?;
    // The history has come.
    browser.script_until("return !document.querySelector('.kk-waiting')").await?;
    Ok(browser)
}

/// What the chart says of the bar that was come to.
async fn said(browser: &Browser) -> Result<String, Failure> {
    let said = browser.script("return document.querySelector('.kk-line__said').textContent").await?;
    Ok(said.as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn the_time_line_is_worked_by_keys_and_stands_as_a_table() -> Outcome {
    let stack = Stack::start()?;
    let browser = open(&stack, "負担割合が8月にさかのぼって変わった人").await?;
    browser.see("さかのぼって変わった期間があります").await?;
    browser.see("次に変わること").await?;
    browser.accessible().await?;
    browser.pictures("person-line").await?;

    // One bar takes the Tab key; from there the arrows lead to all of them.
    let stops =
        browser.script("return document.querySelectorAll('.kk-line [tabindex=\"0\"]').length").await?;
    assert_eq!(stops, 1);
    browser.script("document.querySelector('#kk-client, #kk-dates').focus()").await?;
    let on_a_bar = "return !!document.activeElement.closest('.kk-bar')";
    // 同意, 書類, 認定の経過 and 届出 stand between.
    for _ in 0..7 {
        if browser.script(on_a_bar).await? == true {
            break;
        }
        browser.keys(Key::Tab + "").await?;
    }
    assert_eq!(browser.script(on_a_bar).await?, true, "a bar is reached with the Tab key");
    browser.keys(Key::Home + "").await?;
    let count = browser.script("return document.querySelectorAll('.kk-bar').length").await?;
    let mut met = vec![said(&browser).await?];
    for _ in 1..count.as_u64().unwrap_or_default() {
        let before = met.last().cloned().unwrap_or_default();
        browser.keys(Key::Right + "").await?;
        browser
            .script_until(&format!(
                "return document.querySelector('.kk-line__said').textContent !== {}",
                serde_json::to_string(&before)?
            ))
            .await?;
        met.push(said(&browser).await?);
    }
    assert!(met.iter().any(|one| one.contains("訂正前 1割") && one.contains("3割に変わりました")), "{met:?}");

    // The same as a table.
    assert!(!browser.sees("備考").await?);
    browser.press_exactly("表で見る").await?;
    browser.see("備考").await?;
    let rows = browser.script("return document.querySelectorAll('.kk-lines-table tbody tr').length").await?;
    assert_eq!(rows, count, "a row a bar");
    browser.accessible().await?;
    browser.pictures("person-table").await?;

    // As it was known before the correction.
    browser
        .script(
            "const it = document.querySelector('#kk-line-known'); it.selectedIndex = it.options.length - 1;\
             it.dispatchEvent(new Event('change', {bubbles: true}))",
        )
        .await?;
    browser.script_until("return !document.querySelector('.kk-bar--before')").await?;
    browser.close().await
}

/// Waits until these words stand in what a planned 住宅改修 comes to.
async fn plan_says(browser: &Browser, words: &str) -> Outcome {
    let status = "document.querySelector('#housing-plan .kk-plan__result').innerText";
    browser.script_until(&format!("return {status}.includes('{words}')")).await
}

#[tokio::test]
async fn a_planned_use_says_who_pays_what_and_what_is_left() -> Outcome {
    let stack = Stack::start()?;
    let browser = open(&stack, "住宅改修と福祉用具の残額が少ない人").await?;
    browser.press("もし住宅改修に使うと").await?;
    browser.fill("予定の費用", "１０万円").await?;
    for words in [
        "92,000円",
        "8,000円",
        "限度を超える額",
        "今日(",
        "申請中・未反映は含みません",
        "3段階リセットは使えません",
    ] {
        plan_says(&browser, words).await?;
    }
    browser.fill("予定の費用", "たくさん").await?;
    browser.see("費用は数字で入力してください").await?;
    browser.accessible().await?;
    browser.fill("予定の費用", "100000").await?;
    browser.fill("使う量", "25000").await?;
    browser.see("5,295単位").await?;
    browser.see("要介護2 19,705単位").await?;
    browser.press("もし福祉用具を買うと").await?;
    browser.accessible().await?;
    browser.pictures("person-plan").await?;
    browser.close().await?;

    let browser = open(&stack, "住宅改修で3段階リセットが使える人").await?;
    browser.press("もし住宅改修に使うと").await?;
    browser.fill("予定の費用", "5万").await?;
    browser.see("3段階リセットが使えます").await?;
    browser.see("いまは要介護5").await?;
    plan_says(&browser, "200,000円").await?;
    browser.close().await
}

/// Everything the upstream answers of the five kinds from now on is changed by this expression in `text`.
async fn answer_with(browser: &Browser, expression: &str) -> Outcome {
    let script = format!(
        "window.real = window.real || window.fetch; window.fetch = async (...all) => {{\
            const answer = await window.real(...all);\
            if (!answer.url.endsWith('/person/qualification')) return answer;\
            const text = await answer.text();\
            return new Response({expression}, {{status: answer.status, headers: answer.headers}});\
         }}"
    );
    browser.script(&script).await?;
    Ok(())
}

#[tokio::test]
async fn a_refresh_marks_what_has_changed_until_it_was_seen() -> Outcome {
    let stack = Stack::start()?;
    let browser = open(&stack, "負担割合が年度の途中で変わった人").await?;
    browser.press_exactly("新しく照会する").await?;
    browser.see("変わったところはありません").await?;
    answer_with(&browser, r#"text.replace(/"tenths":2/, '"tenths":3')"#).await?;
    browser.press_exactly("新しく照会する").await?;
    browser.see("前に見たときから変わったところ").await?;
    let told = browser.script("return document.querySelector('#person-told').textContent").await?;
    assert_eq!(told, "1か所が変わりました。");
    let list = browser.script("return document.querySelector('.kk-change').innerText").await?;
    let list = list.as_str().unwrap_or_default();
    assert!(list.contains("2割") && list.contains("3割") && list.contains("負担割合証"), "{list}");
    let marks = "return document.querySelectorAll('#copayment dt .kk-badge').length";
    assert_eq!(browser.script(marks).await?, 1);
    browser.accessible().await?;
    browser.pictures("person-changes").await?;

    // Another refresh that brings the same keeps the marks; having seen them takes them away.
    browser.press_exactly("新しく照会する").await?;
    browser.script_until("return !document.querySelector('.kk-person[aria-busy]')").await?;
    assert_eq!(browser.script(marks).await?, 1);
    browser.press("見ました").await?;
    browser.script_until("return !document.querySelector('.kk-changes')").await?;
    assert_eq!(browser.script(marks).await?, 0);
    let focus = browser.script("return document.activeElement.tagName").await?;
    assert_eq!(focus, "H1", "the keyboard stays on the page");
    browser.close().await
}

#[tokio::test]
async fn a_refresh_that_fails_half_way_keeps_the_rest_with_its_time() -> Outcome {
    let stack = Stack::start()?;
    let browser = open(&stack, "負担割合が年度の途中で変わった人").await?;
    answer_with(
        &browser,
        "(it => (it.ok.copayment.content = 'unavailable', it.ok.certificate.as_of += 3600, JSON.stringify(it)))\
         (JSON.parse(text))",
    )
    .await?;
    let foot = |id| format!("return document.querySelector('#{id} .kk-as-of').textContent");
    let before = (browser.script(&foot("certificate")).await?, browser.script(&foot("copayment")).await?);
    browser.press_exactly("新しく照会する").await?;
    browser.see("今回は取得できませんでした").await?;
    assert_ne!(browser.script(&foot("certificate")).await?, before.0, "what came is new");
    assert_eq!(browser.script(&foot("copayment")).await?, before.1, "what did not come is as old as it was");
    browser.see("利用者負担の割合").await?;
    browser.accessible().await?;
    browser.close().await
}

#[tokio::test]
async fn a_list_that_cannot_be_changed_says_why_on_this_page() -> Outcome {
    let mut stack = Stack::start()?;
    let person = stack.person("hanako")?;
    let browser = Browser::open(&stack, None).await?;
    browser.enter(&stack, "staff").await?;
    find_by_numbers(&browser, &person).await?;
    browser.see("利用者一覧に加える").await?;
    stack.stop_platform();
    browser.press("利用者一覧に加える").await?;
    browser.see("RLY-041").await?;
    browser.see("利用者一覧は変わっていません").await?;
    browser.see(text(&person, "name")?).await?;
    browser.accessible().await?;
    browser.close().await
}
