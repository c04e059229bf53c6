//! 同意: recorded by keyboard, withdrawn in one browser and gone from two; on paper; the record of viewings.

use crate::care::{find_by_numbers, text};
use crate::person_take::saved;
use kakehashi_e2e::{Browser, Failure, Outcome, Stack};
use thirtyfour::Key;

/// The computer sleeps for half a minute: as soon as it wakes, the app may ask again.
const SLEEP: &str = "const now = Date.now; Date.now = () => now() + 31000;";
/// The administrator of the 居宅介護支援 office, who is a care manager too.
const ADMINISTRATOR: &str = "KYOTAKU.ADMIN";

/// Presses Tab until the element with this id has the focus.
async fn walk_to(browser: &Browser, id: &str) -> Outcome {
    let there = format!("return document.activeElement.id === '{id}'");
    for _ in 0..60 {
        if browser.script(&there).await? == true {
            return Ok(());
        }
        browser.keys(Key::Tab + "").await?;
    }
    Err(format!("{id} cannot be reached with the Tab key").into())
}

/// Goes to an element and ticks it.
async fn tick(browser: &Browser, id: &str) -> Outcome {
    walk_to(browser, id).await?;
    browser.keys(" ").await
}

/// What stands in the part 「いま見られるもの」 of a kind.
async fn may(browser: &Browser, kind: &str) -> Result<String, Failure> {
    let script = format!(
        "return [...document.querySelectorAll('.kk-seen__one')]\
         .find(one => one.querySelector('h3').textContent === '{kind}')?.textContent ?? ''"
    );
    Ok(browser.script(&script).await?.as_str().unwrap_or_default().to_owned())
}

/// Goes to a page of the person who is open, by the words of its link, and waits for what it shows.
async fn follow(browser: &Browser, link: &str, shows: &str) -> Outcome {
    browser.script_until(&format!(
        "const link = [...document.querySelectorAll('main a')].find(one => one.textContent.trim() === '{link}');\
         link?.click(); return link !== undefined"
    ))
    .await?;
    browser.see(shows).await
}

#[tokio::test]
async fn a_consent_recorded_by_keyboard_alone_opens_what_was_closed() -> Outcome {
    let stack = Stack::start()?;
    let browser = Browser::open(&stack, None).await?;
    browser.enter(&stack, "staff").await?;
    let taro = stack.person("taro")?;
    find_by_numbers(&browser, &taro).await?;
    follow(&browser, "書類", "開けません").await?;
    browser.see("UPS-132").await?;
    follow(&browser, "同意を確かめる・記録する", "同意の記録はありません").await?;
    assert!(may(&browser, "主治医意見書").await?.contains("同意が記録されていません"));
    browser.accessible().await?;
    browser.pictures("consent-none").await?;

    // Sent empty, every question is named; the summary has the focus.
    walk_to(&browser, "consent-record").await?;
    browser.keys(Key::Enter + "").await?;
    browser.script_until("return document.activeElement.id === 'consent-giver'").await?;
    walk_to(&browser, "consent-scope-5").await?;
    browser.keys(Key::Enter + "").await?;
    browser.see("入力内容を確かめてください").await?;
    browser.script_until("return document.activeElement.className === 'kk-summary'").await?;
    for error in [
        "どなたの同意かを選んでください",
        "もとにした書面を選んでください",
        "見てよい情報を、1つ以上選んでください",
    ] {
        browser.see(error).await?;
    }
    browser.accessible().await?;
    browser.pictures("consent-wrong").await?;

    tick(&browser, "consent-giver").await?;
    browser.keys(Key::Down + "").await?;
    browser.see("続柄").await?;
    walk_to(&browser, "consent-name").await?;
    browser.keys("星野 一子").await?;
    walk_to(&browser, "consent-relation").await?;
    browser.keys("長女").await?;
    tick(&browser, "consent-method").await?;
    tick(&browser, "consent-basis").await?;
    browser.keys(Key::Down + "").await?;
    browser.keys(Key::Down + "").await?;
    browser.keys(Key::Down + "").await?;
    for id in ["consent-scope", "consent-scope-1", "consent-scope-2", "consent-scope-3"] {
        tick(&browser, id).await?;
    }
    tick(&browser, "consent-ends").await?;
    browser.accessible().await?;
    browser.pictures("consent-form").await?;
    browser.keys(Key::Enter + "").await?;
    browser.see("同意を記録しました").await?;
    browser.see("家族・代理人 星野 一子(長女)").await?;
    browser.see("事業所の同意書").await?;
    for kind in ["認定の進捗", "認定調査票", "主治医意見書"] {
        assert!(may(&browser, kind).await?.contains("見られます"), "{kind}");
    }
    browser.accessible().await?;
    browser.pictures("consent").await?;
    follow(&browser, "書類へ", "内容を見る").await?;
    assert!(!browser.sees("UPS-132").await?);

    // On paper: one sheet each, with the name or blank, nothing else of the page.
    follow(&browser, "同意を確かめる・記録する", "紙の書式").await?;
    assert_eq!(browser.pdf("consent-paper").await?, 1);
    browser.choose("撤回書").await?;
    browser.see("同意の撤回書").await?;
    browser.choose("空欄のまま").await?;
    let blank = "return !document.querySelector('.kk-sheet-paper').textContent.includes('星野')";
    browser.script_until(blank).await?;
    assert_eq!(browser.pdf("consent-paper-withdrawal").await?, 1);
    browser.accessible().await?;
    let audit = stack.audit()?;
    assert!(audit.contains("consent/record"));
    assert!(
        !audit.contains("星野") && !audit.contains(text(&taro, "insured")?),
        "the audit file names nobody"
    );
    browser.close().await
}

#[tokio::test]
async fn a_withdrawal_closes_at_once_here_and_in_another_browser_and_all_of_it_is_on_record() -> Outcome {
    let stack = Stack::start_with_cases(120, 60)?;
    let browser = Browser::open(&stack, None).await?;
    browser.enter(&stack, "staff").await?;
    browser.press("認定の進捗").await?;
    browser.see("最後に問い合わせた時刻").await?;
    let card = "document.querySelector('[aria-labelledby=lane-4] .kk-case, .kk-case')";
    let name = browser.script(&format!("return {card}.querySelector('.kk-case__name').textContent")).await?;
    let name = name.as_str().unwrap_or_default().trim().to_owned();
    let named = format!(
        "[...document.querySelectorAll('.kk-case')]\
         .find(one => one.querySelector('.kk-case__name').textContent.trim() === '{name}')"
    );

    // A colleague reads one of the papers.
    let colleague = Browser::open(&stack, None).await?;
    colleague.enter(&stack, ADMINISTRATOR).await?;
    colleague.press("認定の進捗").await?;
    colleague.see("最後に問い合わせた時刻").await?;
    colleague.script(&format!("{named}.querySelector('.kk-case__events').click()")).await?;
    colleague.see("入力されたこと").await?;
    follow(&colleague, "この方のページへ", "介護保険被保険者証").await?;
    follow(&colleague, "書類", "内容を見る").await?;
    colleague.press("内容を見る").await?;
    colleague.see("書類を閉じる").await?;

    browser.script(&format!("{named}.querySelector('.kk-case__events').click()")).await?;
    browser.see("入力されたこと").await?;
    follow(&browser, "この方のページへ", "介護保険被保険者証").await?;
    follow(&browser, "同意", "市町村が受けた同意").await?;
    browser.press("撤回を受ける").await?;
    browser.see("撤回は、すぐに効きます").await?;
    browser.press_exactly("撤回する").await?;
    browser.see("どなたの申し出かを選んでください").await?;
    browser.accessible().await?;
    browser.pictures("consent-withdraw").await?;
    browser.script("document.querySelector('#withdraw-who').click()").await?;
    browser.fill("理由", "電話でのお申し出").await?;
    browser.press_exactly("撤回する").await?;
    browser.see("同意を撤回しました").await?;
    browser.script_until("return document.activeElement.classList.contains('kk-banner')").await?;
    browser.see("撤回済み").await?;
    assert!(may(&browser, "認定調査票").await?.contains("同意が撤回された"));
    browser.accessible().await?;
    browser.pictures("consent-withdrawn").await?;

    // Here it is gone before the board has asked again.
    browser.press("認定の進捗").await?;
    browser.see("最後に問い合わせた時刻").await?;
    let gone = format!("return document.querySelector('.kk-case') !== null && {named} === undefined");
    assert_eq!(browser.script(&gone).await?, true);
    browser.see("進捗を表示できない利用者").await?;
    follow(&browser, &name, "介護保険被保険者証").await?;
    follow(&browser, "認定の経過", "UPS-133").await?;

    // There the open paper closes with the next question, though nobody touched anything.
    colleague.script(SLEEP).await?;
    colleague.see("書類を閉じました").await?;
    colleague.see("本人の同意が撤回された").await?;
    assert!(!colleague.sees("書類を閉じる").await?);
    colleague.accessible().await?;
    colleague.picture("consent-closed-1280").await?;
    browser.close().await?;

    record_of_viewings(&stack, &colleague, &name).await?;
    colleague.close().await
}

#[tokio::test]
async fn a_withdrawal_closes_the_paper_of_somebody_who_is_no_client_in_another_browser_too() -> Outcome {
    let stack = Stack::start()?;
    let hanako = stack.person("hanako")?;
    let reader = Browser::open(&stack, None).await?;
    reader.enter(&stack, "staff").await?;
    find_by_numbers(&reader, &hanako).await?;
    follow(&reader, "書類", "内容を見る").await?;
    reader.press("内容を見る").await?;
    reader.see("書類を閉じる").await?;
    // The app came in more parts than the browser remembers by itself.
    reader.script("performance.setResourceTimingBufferSize(4000)").await?;
    let questions =
        "return performance.getEntriesByType('resource').filter(one => one.name.endsWith('/still')).length";
    assert_eq!(reader.script(questions).await?, 0);
    // As long as nothing has changed it stays.
    reader.script(SLEEP).await?;
    reader.script_until(&questions.replace("length", "length > 0")).await?;
    assert!(reader.sees("書類を閉じる").await?);

    let other = Browser::open(&stack, None).await?;
    other.enter(&stack, ADMINISTRATOR).await?;
    find_by_numbers(&other, &hanako).await?;
    follow(&other, "同意", "市町村が受けた同意").await?;
    other.press("撤回を受ける").await?;
    other.see("撤回は、すぐに効きます").await?;
    other.script("document.querySelector('#withdraw-who').click()").await?;
    other.press_exactly("撤回する").await?;
    other.see("同意を撤回しました").await?;
    other.close().await?;

    // Nobody touches anything here. (With another 31 s the clock would be off too far to be believed.)
    reader.script(&SLEEP.replace("31000", "25000")).await?;
    reader.see("書類を閉じました").await?;
    reader.see("本人の同意が撤回された").await?;
    assert!(!reader.sees("書類を閉じる").await?);
    reader.close().await
}

/// What was seen and what was refused, as a table, as a file in both encodings and on paper.
async fn record_of_viewings(stack: &Stack, browser: &Browser, name: &str) -> Outcome {
    browser.press("閲覧の記録").await?;
    browser.see("件を表示しています").await?;
    for what in ["同意の撤回", "認定の経過の閲覧", "同意の記録の閲覧", "拒否", "UPS-133"]
    {
        browser.see(what).await?;
    }
    browser.accessible().await?;
    browser.pictures("records").await?;
    assert!(browser.pdf("records").await? >= 1);

    // Only what concerns this person, and of that only what was refused.
    let select = |id: &str, words: &str| {
        format!(
            "const select = document.querySelector('#{id}');\
             select.value = [...select.options].find(one => one.textContent === '{words}').value;\
             select.dispatchEvent(new Event('change', {{ bubbles: true }})); return true"
        )
    };
    browser.script_until(&select("records-person", name)).await?;
    browser.script_until(&select("records-what", "認定の経過の閲覧")).await?;
    browser.press_exactly("この条件で見る").await?;
    let shown = "return [...document.querySelectorAll('.kk-records__line')].map(line => line.textContent)";
    let only = format!(
        "const lines = [...document.querySelectorAll('.kk-records__line')];\
         return lines.length > 0 && lines.every(line => line.textContent.includes('認定の経過') && line.textContent.includes('{name}'))\
         && lines.some(line => line.textContent.includes('UPS-133'))"
    );
    browser.script_until(&only).await.map_err(|error| format!("{error}: {name}"))?;
    let lines = browser.script(shown).await?.as_array().map_or(0, Vec::len);

    let folder = stack.folder().join("downloads");
    std::fs::create_dir_all(&folder)?;
    browser.downloads_to(&folder).await?;
    browser.press("条件に合うすべてをCSVに書き出す").await?;
    browser.see("ファイルに書き出しました").await?;
    let whole = String::from_utf8(saved(&folder).await?)?;
    let mut reader = csv::Reader::from_reader(whole.trim_start_matches('\u{FEFF}').as_bytes());
    assert_eq!(reader.headers()?.iter().collect::<Vec<_>>(), kakehashi_domain::upstream::AuditEntry::HEADS);
    let rows = reader.records().collect::<Result<Vec<_>, _>>()?;
    assert_eq!(rows.len(), lines);
    assert!(rows.iter().all(|row| &row[1] == "認定の経過の閲覧" && &row[4] == name));
    assert!(rows.iter().any(|row| &row[5] == "拒否" && row[6].ends_with("(UPS-133)")));
    assert!(rows.iter().any(|row| &row[5] == "実行" && row[6].is_empty()));
    browser.choose("シフトJIS").await?;
    browser.press("条件に合うすべてをCSVに書き出す").await?;
    browser.see("ファイルに書き出しました").await?;
    let bytes = saved(&folder).await?;
    assert!(String::from_utf8(bytes.clone()).is_err() && !bytes.is_empty());

    // A day that is none is named at its field.
    browser.fill("はじめの日", "令和8年13月1日").await?;
    browser.press_exactly("この条件で見る").await?;
    browser.see("入力内容を確かめてください").await?;
    browser.accessible().await
}

#[tokio::test]
async fn nobody_but_the_administrator_has_the_record_of_viewings() -> Outcome {
    let stack = Stack::start()?;
    let browser = Browser::open(&stack, None).await?;
    browser.enter(&stack, "staff").await?;
    assert!(!browser.sees("閲覧の記録").await?);
    browser.script("location.hash = '#/records'").await?;
    browser.see("このユーザには、閲覧の記録は表示されません。").await?;
    browser.see("UPS-141").await?;
    browser.accessible().await?;
    browser.picture("records-closed-1280").await?;
    assert!(!stack.audit()?.contains("audit/list"), "nothing was asked");
    browser.close().await
}
