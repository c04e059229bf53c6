//! 認定の進捗: the board, the time line of one person, and what is told of changes.

use kakehashi_e2e::{Browser, Failure, Outcome, Stack};
use serde_json::json;
use thirtyfour::Key;

/// The computer sleeps for half a minute: as soon as it wakes, the app may ask again.
const SLEEP: &str = "const now = Date.now; Date.now = () => now() + 31000;";
/// Notes what the browser shows outside of the page, and lets somebody work in another window.
const LISTEN: &str = "
    window.shown = [];
    const Own = Notification;
    window.Notification = class extends Own {
        constructor(title, options) { super(title, options); shown.push(title + '|' + options.body); }
    };
    document.hasFocus = () => false;
";

/// A text of the page, by a selector.
async fn read(browser: &Browser, selector: &str) -> Result<String, Failure> {
    let script = format!("return document.querySelector('{selector}')?.textContent.trim() ?? ''");
    Ok(browser.script(&script).await?.as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn the_board_shows_every_stage_and_is_worked_by_keyboard() -> Outcome {
    let stack = Stack::start_with_cases(120, 60)?;
    let browser = Browser::open(&stack, None).await?;
    browser.enter(&stack, "staff").await?;
    browser.press("認定の進捗").await?;
    browser.see("最後に問い合わせた時刻").await?;
    for stage in ["申請受付", "認定調査", "主治医意見書", "一次判定", "審査会", "認定・通知待ち"]
    {
        browser.see(stage).await?;
    }
    // The late ones stand first in each lane.
    let sorted = "return [...document.querySelectorAll('.kk-lanes:not(.kk-lanes--ended) .kk-lane__cards')]
        .every(lane => [...lane.children].map(card => card.classList.contains('kk-case--late'))
            .every((late, at, all) => !late || at === 0 || all[at - 1]))
        && document.querySelector('.kk-case--late') !== null";
    browser.script_until(sorted).await?;
    browser.see("件の実績から").await?;
    // Whoever may not be followed is named, with the reason and who can change it.
    browser.see("進捗を表示できない利用者").await?;
    browser.see("本人の同意が記録されていません").await?;
    browser.see("同意は、本人またはご家族・代理の方にお聞きください。").await?;
    browser.see("本人の同意が撤回されたため").await?;
    browser.pictures("board").await?;
    browser.accessible().await?;

    // A lane that shows some of its cards: more of them, and the keyboard stands on the first new one.
    let cards = "return document.querySelectorAll('.kk-case').length";
    let before = browser.script(cards).await?.as_u64().unwrap_or_default();
    browser.press("もっと見る").await?;
    browser.script_until("return document.activeElement.className === 'kk-case__name'").await?;
    assert!(browser.script(cards).await?.as_u64() > Some(before));

    browser.script("document.querySelector('h1').focus()").await?;
    browser.tab_to("進捗から探す").await?;
    browser.keys("ぬぬぬぬ").await?;
    browser.see("あてはまる申請はありません").await?;
    browser.accessible().await?;
    browser.press_exactly("しぼり込みをやめる").await?;
    browser.choose("30日をこえた申請だけ").await?;
    browser
        .script_until(
            "return document.querySelector('.kk-case--late') !== null
             && document.querySelector('.kk-case:not(.kk-case--late)') === null",
        )
        .await?;

    // One person's way, on the screen and on paper.
    let name = read(&browser, ".kk-case--late .kk-case__name").await?;
    browser.script("document.querySelector('.kk-case--late .kk-case__events').click()").await?;
    browser.see("入力されたこと").await?;
    browser.see(&name).await?;
    browser.see("いまここ").await?;
    browser.accessible().await?;
    browser.pictures("cases").await?;
    assert!(browser.pdf("cases").await? >= 1);
    browser.press("認定の進捗へ").await?;
    browser.see("件中").await?;
    let audit = stack.audit()?;
    assert!(audit.contains("cases/events") && !audit.contains(&name), "the audit file names nobody");
    browser.close().await
}

#[tokio::test]
async fn what_a_clerk_enters_stands_on_the_board_without_loading_it_anew() -> Outcome {
    let stack = Stack::start_with_cases(120, 60)?;
    let town = stack.beside("municipality")?;
    let browser = Browser::open(&stack, None).await?;
    let granted =
        json!({ "permissions": ["notifications"], "origin": stack.address().trim_end_matches('/') });
    browser.command("Browser.grantPermissions", granted).await?;
    browser.enter(&stack, "staff").await?;
    browser.script("location.hash = '#/notices'").await?;
    browser.see("ブラウザの通知").await?;
    browser.choose("件数だけを通知する").await?;
    browser.press_exactly("この通知にする").await?;
    browser.see("この通知にしました").await?;
    browser.accessible().await?;
    browser.pictures("alerts").await?;
    browser.press("認定の進捗").await?;
    browser.see("最後に問い合わせた時刻").await?;
    browser.script(LISTEN).await?;
    // Somebody whose opinion is awaited.
    let card = "[aria-labelledby=lane-2] .kk-case";
    let name = read(&browser, &format!("{card} .kk-case__name")).await?;
    assert!(!name.is_empty(), "the lane has somebody");

    let clerk = Browser::open(&town, None).await?;
    clerk.enrol(&town).await?;
    clerk.sign_in_again(&town, "municipality").await?;
    clerk.see("受付(認定申請の一覧)").await?;
    clerk.fill("氏名・フリガナ・被保険者番号", &name).await?;
    clerk.keys(Key::Enter + "").await?;
    clerk.script_until("return document.querySelectorAll('.kk-queue__row').length === 1").await?;
    clerk.press(&name).await?;
    clerk.see("意見書受領日").await?;
    let today = "return new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Tokyo' })";
    let today = clerk.script(today).await?;
    clerk.fill("意見書受領日", today.as_str().unwrap_or_default()).await?;
    clerk.press_exactly("入力する").await?;
    clerk.see("入力しました").await?;
    clerk.close().await?;

    // On any page: a number beside the entry of the navigation, read out, and the browser's own notice.
    browser.press("利用者一覧").await?;
    browser.script(SLEEP).await?;
    browser.script_until("return document.querySelector('.kk-nav__count') !== null").await?;
    assert_eq!(read(&browser, "#kk-changes").await?, "認定の進捗に変化があります(1件)");
    let shown = browser.script("return shown").await?;
    assert_eq!(shown, json!(["認定の進捗に変化があります(1件)|"]), "nobody is named");
    browser.press("認定の進捗").await?;
    let marked = "return [...document.querySelectorAll('.kk-case')]\
        .filter(card => card.querySelector('.kk-case__fresh')).map(card => card.querySelector('.kk-case__name').textContent)";
    assert_eq!(browser.script(marked).await?, json!([name]));
    browser.accessible().await?;
    browser.pictures("board-fresh").await?;
    let kept = "return Object.keys(localStorage).filter(key => key.startsWith('kakehashi.looks.'))\
        .map(key => localStorage[key]).join()";
    let text = browser.script(kept).await?;
    assert!(text.as_str().is_some_and(|text| text.lines().count() >= 40 && !text.contains(&name)));
    // Who comes back the next morning still sees what has moved.
    browser.press("サインアウト").await?;
    browser.see("ユーザID").await?;
    browser.sign_in_again(&stack, "staff").await?;
    browser.press("認定の進捗").await?;
    browser.see("最後に問い合わせた時刻").await?;
    assert_eq!(browser.script(marked).await?, json!([name]));
    browser.press_exactly("新の印をすべて消す").await?;
    browser.script_until("return document.querySelector('.kk-case__fresh, .kk-nav__count') === null").await?;
    browser.close().await
}

#[tokio::test]
async fn who_may_not_see_it_has_no_way_to_it_and_is_told_why() -> Outcome {
    let stack = Stack::start()?;
    let browser = Browser::open(&stack, None).await?;
    browser.enter(&stack, "KYOTAKU.SUZUKI").await?;
    assert!(!browser.sees("認定の進捗").await?);
    browser.script("location.hash = '#/board'").await?;
    browser.see("このユーザには、認定の進捗は表示されません。").await?;
    browser.see("UPS-131").await?;
    browser.accessible().await?;
    browser.picture("board-closed-1280").await?;
    assert!(!stack.audit()?.contains("cases/list"), "nothing was asked");
    browser.close().await
}
