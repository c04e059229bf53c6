//! The day, the month, the calendar file, the round of August: from a list of forty.

use kakehashi_e2e::{Browser, Failure, Outcome, Stack};
use serde_json::json;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use thirtyfour::{By, Key};

/// A fresh office with the forty of the file.
async fn with_forty(stack: &Stack) -> Result<Browser, Failure> {
    let browser = Browser::open(stack, None).await?;
    browser.enter(stack, "staff").await?;
    browser.press("利用者一覧").await?;
    browser.press("ファイルで加える").await?;
    browser.see("1行目の見出し").await?;
    let file = stack.folder().join("clients.csv").display().to_string();
    browser.driver().find(By::Id("clients-file")).await?.send_keys(file).await?;
    browser.see("40人を照会できます。").await?;
    for answer in ["本人", "書面", "加えるすべての人から"] {
        browser.choose(answer).await?;
    }
    browser.press_exactly("照会して一覧に加える").await?;
    browser.see("40人を一覧に加えました。").await?;
    let downloads = json!({ "behavior": "allow", "downloadPath": stack.folder().join("downloads") });
    browser.command("Browser.setDownloadBehavior", downloads).await?;
    Ok(browser)
}

/// A file that was downloaded, whole.
async fn downloaded(stack: &Stack, ending: &str) -> Result<String, Failure> {
    let end = Instant::now() + Duration::from_secs(20);
    loop {
        let there: Vec<PathBuf> = std::fs::read_dir(stack.folder().join("downloads"))
            .map(|folder| folder.filter_map(|entry| Some(entry.ok()?.path())).collect())
            .unwrap_or_default();
        let named = |path: &&PathBuf| path.extension().is_some_and(|it| it == ending);
        if let Some(path) = there.iter().find(named) {
            let text = std::fs::read_to_string(path)?;
            if !text.is_empty() {
                std::fs::remove_file(path)?;
                return Ok(text);
            }
        }
        if Instant::now() > end {
            return Err(format!("no .{ending} was downloaded: {there:?}").into());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn the_day_of_a_care_manager_with_forty_clients() -> Outcome {
    let stack = Stack::start()?;
    let browser = with_forty(&stack).await?;
    browser.press("今日").await?;
    browser.see("今すぐ").await?;
    // Nobody has looked at anybody.
    browser.see("まだ誰も調べていません").await?;
    browser.accessible().await?;
    browser.pictures("today").await?;
    // The box in the header finds clients too.
    browser.fill("から探す", "やまだ").await?;
    browser.see("山田　花子").await?;
    browser.keys(Key::Escape + "").await?;
    let first = browser.script("return document.querySelector('.kk-agenda__one').innerText").await?;
    assert!(first.as_str().unwrap_or_default().contains("切れ"), "the most urgent stands first: {first}");
    let count = "return document.querySelectorAll('.kk-agenda__one').length";
    let usual = browser.script(count).await?.as_u64().unwrap_or_default();

    // Other notices: fewer lines.
    browser.press("お知らせの時期").await?;
    browser.see("何日前から").await?;
    browser.accessible().await?;
    browser.fill("何日前から", "0").await?;
    browser.press_exactly("この時期にする").await?;
    browser.see("1から365までの数字を、3つまで").await?;
    browser.pictures("notices").await?;
    browser.fill("何日前から", "7").await?;
    browser.press_exactly("この時期にする").await?;
    browser.see("この時期にしました").await?;
    browser.press("今日へ戻る").await?;
    browser.see("今すぐ").await?;
    let fewer = browser.script(count).await?.as_u64().unwrap_or_default();
    assert!(fewer < usual, "{fewer} of {usual}");
    // Beside them only which cases were looked at (chromium/board.rs).
    let kept = "return JSON.stringify(Object.entries(localStorage)\
        .filter(([name]) => !name.startsWith('kakehashi.looks.')).sort())";
    let kept = browser.script(kept).await?;
    assert_eq!(kept, r#"[["kakehashi.nearly-used-yen","20000"],["kakehashi.notice-days","7"]]"#);
    browser.close().await
}

#[tokio::test]
async fn a_month_by_keys_and_as_a_file() -> Outcome {
    let stack = Stack::start()?;
    let browser = with_forty(&stack).await?;
    browser.press("今日").await?;
    browser.press("月の予定").await?;
    browser.see("カレンダーファイル").await?;
    browser.accessible().await?;
    browser.pictures("month").await?;

    let focused = "return document.activeElement.id";
    let today = browser.script("return document.querySelector('[aria-current=date]').id").await?;
    browser.script("document.querySelector('[role=grid] [tabindex=\"0\"]').focus()").await?;
    assert_eq!(browser.script(focused).await?, today);
    let day = |id: &serde_json::Value| {
        let text = id.as_str().unwrap_or_default().trim_start_matches("day-").to_owned();
        kakehashi_domain::calendar::Date::from_iso(&text).map_err(|error| Failure::from(error.to_string()))
    };
    let mut at = day(&today)?;
    for (key, to) in [
        (Key::Right, at.plus_days(1)),
        (Key::Down, at.plus_days(8)),
        (Key::PageDown, at.plus_days(8).plus_months(1)),
        (Key::PageDown, at.plus_days(8).plus_months(1).plus_months(1)),
    ] {
        browser.keys(key + "").await?;
        let there = browser.script(focused).await?;
        assert_eq!(day(&there)?, to, "from {at}");
        at = to;
    }
    for key in [Key::Home, Key::End] {
        browser.keys(key + "").await?;
    }
    assert_eq!(day(&browser.script(focused).await?)?.weekday(), 6);
    // Enter leads to what the day has.
    browser.keys(Key::Enter + "").await?;
    assert_eq!(browser.script(focused).await?, "calendar-day");

    browser.press("カレンダーファイル").await?;
    browser.accessible().await?;
    browser.press_exactly("ファイルを作る").await?;
    browser.see("ファイルを作りました").await?;
    let nobody = downloaded(&stack, "ics").await?;
    let events = parsed(&nobody)?;
    assert!(events.len() > 10, "{}", events.len());
    let people = std::fs::read_to_string(stack.folder().join("clients.csv"))?;
    for line in people.lines().skip(1) {
        for field in line.split(',').filter(|field| field.chars().count() > 2 && *field != "102046") {
            assert!(!nobody.contains(field), "nobody is named unless that is chosen: {field}");
        }
    }
    // With names only after a yes.
    browser.choose("氏名").await?;
    browser.see("守りの外に出ます").await?;
    browser.press_exactly("ファイルを作る").await?;
    browser.see("見られる人を確かめてください").await?;
    browser.accessible().await?;
    browser.pictures("month-file").await?;
    browser.choose("確かめました").await?;
    browser.press_exactly("ファイルを作る").await?;
    browser.see("ファイルを作りました").await?;
    let named = downloaded(&stack, "ics").await?;
    assert!(parsed(&named)?.len() > events.len());
    assert!(named.replace("\r\n ", "").contains("山田　花子"));
    browser.pdf("month").await?;
    browser.close().await
}

/// The file as a parser not written here reads it.
fn parsed(text: &str) -> Result<Vec<icalendar::CalendarComponent>, Failure> {
    let calendar: icalendar::Calendar = text.parse().map_err(|error| format!("no calendar: {error}"))?;
    Ok(calendar.components)
}

#[tokio::test]
async fn the_round_of_august_on_screen_on_paper_and_as_a_file() -> Outcome {
    let stack = Stack::start()?;
    let browser = with_forty(&stack).await?;
    browser.press("今日").await?;
    browser.press("8月の切替表").await?;
    browser.see("まだのものがある人は").await?;
    browser.accessible().await?;
    browser.pictures("round").await?;
    let rows = "return document.querySelectorAll('.kk-round tbody tr').length";
    assert_eq!(browser.script(rows).await?, 40);
    // Who lacks something stands first.
    let lacking = browser
        .script("return [...document.querySelectorAll('.kk-round tbody tr')].map(it => !!it.querySelector('.kk-round__lacks'))")
        .await?;
    let lacking: Vec<bool> = serde_json::from_value(lacking)?;
    assert!(lacking[0] && lacking.is_sorted_by(|one, other| one >= other), "{lacking:?}");
    let pages = browser.pdf("round").await?;
    assert!((1..=4).contains(&pages), "{pages} pages");
    browser.press("CSVで保存").await?;
    browser.see("ファイルを作りました").await?;
    let table = downloaded(&stack, "csv").await?;
    assert_eq!(table.lines().count(), 41);
    assert!(table.starts_with("\u{FEFF}フリガナ,氏名,保険者,被保険者番号,7月31日まで,8月1日から"));
    assert!(table.contains("山田　花子"));
    browser.press("次の年").await?;
    browser.see("負担割合証").await?;
    browser.accessible().await?;
    browser.close().await
}
