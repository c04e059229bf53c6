//! 受付: a municipality's clerk at the queue, at one case, at a file of many lines; two clerks at one case.

use kakehashi_e2e::{Browser, Failure, Outcome, Stack};
use serde_json::Value;
use thirtyfour::{By, Key};

const MORI: &str = "ISESAKI.MORI";
const ISHII: &str = "ISESAKI.ISHII";
/// The key that empties a field whose text is chosen.
const EMPTY: &str = "\u{E017}";

/// A clerk at the queue.
async fn clerk(city: &Stack, user: &str) -> Result<Browser, Failure> {
    let browser = Browser::open(city, None).await?;
    browser.enter_as(city, user).await?;
    browser.see("受付(認定申請の一覧)").await?;
    browser.see("件目").await?;
    Ok(browser)
}

async fn text(browser: &Browser, script: &str) -> Result<String, Failure> {
    Ok(browser.script(script).await?.as_str().unwrap_or_default().to_owned())
}

/// Today in Japan, as it is written in a file.
async fn today(browser: &Browser) -> Result<String, Failure> {
    text(browser, "return new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Tokyo' })").await
}

/// Narrows the queue to a stage.
async fn narrow(browser: &Browser, stage: &str) -> Outcome {
    let choice = browser.driver().find(By::Id("queue-stage")).await?;
    choice.send_keys(stage).await?;
    let path = format!(
        "const rows = [...document.querySelectorAll('.kk-queue__facts')];\
         return rows.length > 0 && rows.every(it => it.children[1].querySelector('dd').textContent === '{stage}')"
    );
    browser.script_until(&path).await
}

/// Opens the first case from the search field on, by keys alone.
async fn open_first(browser: &Browser) -> Outcome {
    // A choice keeps its own keys.
    browser.script("document.activeElement.blur()").await?;
    browser.keys("/").await?;
    browser.script_until("return document.activeElement.id === 'queue-search'").await?;
    browser.keys(Key::Down + "").await?;
    browser.script_until("return document.activeElement.id === 'case-0'").await?;
    browser.keys(Key::Enter + "").await?;
    browser.see("認定の入力").await
}

#[tokio::test]
async fn a_clerk_enters_a_day_by_keys_and_what_cannot_be_is_refused() -> Outcome {
    let stack = Stack::start()?;
    let city = stack.beside("municipality")?;
    let browser = clerk(&city, MORI).await?;
    for words in ["カードを読む", "利用者一覧", "利用者を調べる"] {
        assert!(!browser.sees(words).await?, "a municipality has no {words}");
    }
    browser.accessible().await?;
    browser.pictures("desk-queue").await?;

    // What cannot be read is said at its field; nobody is asked.
    browser.fill("申請日(から)", "きのう").await?;
    browser.press_exactly("探す").await?;
    browser.see("日付として読めません").await?;
    browser.fill("申請日(から)", "R7.1.1").await?;
    browser.press_exactly("探す").await?;
    browser.see("件目").await?;

    narrow(&browser, "認定調査").await?;
    open_first(&browser).await?;
    let address = text(&browser, "return location.hash").await?;
    assert!(address.starts_with("#/desk/case/"), "{address}");
    browser.accessible().await?;
    browser.pictures("desk-case").await?;

    // A day that does not exist, a day to come that cannot be one.
    browser.fill("調査日", "R8.2.30").await?;
    browser.fill("意見書受領日", "令和99年1月1日").await?;
    browser.see("意見書受領日が今日より後です").await?;
    browser.see("その日付はありません").await?;
    browser.press_exactly("入力する").await?;
    browser.see("入力内容を確かめてください").await?;
    browser.accessible().await?;
    browser.pictures("desk-refused").await?;

    // By keys alone: the field, the day, Enter.
    let today = today(&browser).await?;
    browser.fill("意見書受領日", EMPTY).await?;
    browser.fill("調査日", &today).await?;
    browser.keys(Key::Enter + "").await?;
    browser.see("入力しました").await?;
    browser.accessible().await?;
    browser.picture("desk-saved-1280").await?;
    assert!(browser.sees("主治医意見書").await? || browser.sees("一次判定").await?);

    // Entered again it is a correction, and says so.
    browser.fill("調査日", "R8.4.1").await?;
    browser.see("訂正として記録します").await?;
    browser.see("次のことを確かめてください").await?;
    browser.press_exactly("書いた内容を消す").await?;
    browser.see("まだ何も入力していません").await?;

    // The draft of a notice.
    browser.fill("延期通知日", &today).await?;
    browser.fill("処理の見込み", "令和99年1月31日").await?;
    browser.fill("延期の理由", "主治医意見書の到着が遅れているため").await?;
    browser.press("延期通知書の下書きを印刷する").await?;
    browser.see("下書き").await?;
    browser.see("主治医意見書の到着が遅れているため").await?;
    browser.accessible().await?;
    browser.pictures("desk-notice").await?;
    assert_eq!(browser.pdf("desk-notice").await?, 1, "one sheet");
    browser.press("認定の入力へ").await?;
    let kept = text(&browser, "return document.getElementById('entry-postponed-reason').value").await?;
    assert_eq!(kept, "主治医意見書の到着が遅れているため", "what was typed is kept");
    browser.close().await
}

#[tokio::test]
async fn the_second_of_two_clerks_is_told_and_loses_nothing() -> Outcome {
    let stack = Stack::start()?;
    let mut city = stack.beside("municipality")?;
    let first = clerk(&city, MORI).await?;
    let second = clerk(&city, ISHII).await?;
    for browser in [&first, &second] {
        narrow(browser, "認定調査").await?;
        open_first(browser).await?;
    }
    let number = "return document.querySelector('.kk-desk__pairs dd').textContent";
    assert_eq!(text(&first, number).await?, text(&second, number).await?);
    let today = today(&first).await?;
    second.fill("調査日", &today).await?;
    second.press_exactly("入力する").await?;
    second.see("入力しました").await?;

    first.fill("調査日", "2026-01-05").await?;
    first.fill("意見書受領日", &today).await?;
    first.see("確かめました").await?;
    first.choose("確かめました").await?;
    first.press_exactly("入力する").await?;
    first.see("ほかの人が先に入力しました").await?;
    first.see("石井 浩さんが、").await?;
    first.accessible().await?;
    first.pictures("desk-conflict").await?;
    let kept = text(&first, "return document.getElementById('entry-survey').value").await?;
    assert_eq!(kept, "2026-01-05", "nothing is lost");

    // Taken over to be looked at: theirs stands now, one's own is a correction, its doubts are asked about.
    first.press("最新を取り込んで、見直す").await?;
    first.see("訂正として記録します").await?;
    first.fill("調査日", EMPTY).await?;

    // The line is lost: said so, kept, entered later.
    city.stop_relay();
    first.press_exactly("入力する").await?;
    first.see("まだ入力されていません").await?;
    first.accessible().await?;
    first.picture("desk-line-lost-1280").await?;
    city.start_relay("")?;
    first.press_exactly("入力する").await?;
    first.see("入力しました").await?;

    // Now the other is behind; one press takes over and enters again.
    second.fill("審査会日", &today).await?;
    second.press_exactly("入力する").await?;
    second.see("森 和子さんが、").await?;
    second.press("最新を取り込んで、自分の入力をもう一度入力する").await?;
    second.see("入力しました").await?;
    second.see("認定・通知待ち").await?;

    // Who entered what, of both.
    for name in ["入力:石井 浩", "入力:森 和子"] {
        second.see(name).await?;
    }
    first.close().await?;
    second.close().await
}

#[tokio::test]
async fn a_result_begins_with_what_may_be_offered_and_a_correction_keeps_the_old() -> Outcome {
    let stack = Stack::start()?;
    let city = stack.beside("municipality")?;
    let browser = clerk(&city, MORI).await?;
    browser.driver().find(By::Id("queue-kind")).await?.send_keys("区分変更").await?;
    narrow(&browser, "認定・通知待ち").await?;
    open_first(&browser).await?;
    let today = today(&browser).await?;
    browser.choose("認定").await?;
    let end = "return document.getElementById('entry-valid-to').value";
    let offered = text(&browser, end).await?;
    assert!(offered.starts_with("令和") && offered.ends_with("日"), "{offered}");
    browser.fill("認定年月日", &today).await?;
    browser.press_exactly("入力する").await?;
    browser.see("要介護状態区分:選んでください").await?;
    browser.driver().find(By::Id("entry-level")).await?.send_keys("要介護2").await?;
    browser.fill("有効期間の月数", "13").await?;
    browser.see("有効期間が13か月です。定められるのは3か月から12か月までです").await?;
    browser.accessible().await?;
    browser.pictures("desk-outcome").await?;
    browser.fill("有効期間の月数", "6").await?;
    assert_eq!(text(&browser, end).await?, offered, "six months are the rule");
    browser.press_exactly("入力する").await?;
    browser.see("入力しました").await?;
    browser.see("認定済み").await?;

    // Another level: said to be a correction; the old one stays to be seen.
    browser.choose("認定").await?;
    browser.fill("認定年月日", &today).await?;
    browser.driver().find(By::Id("entry-level")).await?.send_keys("要介護3").await?;
    browser.see("訂正として記録します").await?;
    browser.press_exactly("入力する").await?;
    browser.see("訂正前の結果").await?;
    browser.see("要介護2、有効期間").await?;

    // Everything that was entered stands below: both results, which one holds, and who entered them.
    let history = "[...document.querySelectorAll('#entry-history .kk-entries > li')]";
    let results = [
        "const results = ",
        history,
        ".filter(it => it.querySelector('strong').textContent === '結果');
         return results.length === 2 && results[0].innerText.includes('要介護2')
            && results[0].innerText.includes('訂正前') && results[1].innerText.includes('要介護3')
            && results[1].innerText.includes('要介護2') && results.every(it => it.innerText.includes('入力:森 和子'))",
    ]
    .concat();
    browser.script_until(&results).await?;
    browser.accessible().await?;
    browser.script("document.getElementById('entry-history').scrollIntoView()").await?;
    browser.pictures("desk-history").await?;
    browser.close().await
}

/// Case numbers and insured numbers of the rows.
async fn rows(browser: &Browser) -> Result<Vec<(String, String)>, Failure> {
    let found = browser
        .script(
            "return [...document.querySelectorAll('.kk-queue__who .kk-queue__small')].map(it => it.textContent)",
        )
        .await?;
    let found: Vec<Value> = serde_json::from_value(found)?;
    Ok(found
        .iter()
        .filter_map(|one| one.as_str()?.split_once('・'))
        .map(|(case, insured)| (case.to_owned(), insured.to_owned()))
        .collect())
}

async fn choose(browser: &Browser, stack: &Stack, name: &str, text: &str) -> Outcome {
    let path = stack.folder().join(name);
    std::fs::write(&path, text)?;
    browser.see("1行目の見出し").await?;
    browser.driver().find(By::Id("bulk-file")).await?.send_keys(path.display().to_string()).await?;
    Ok(())
}

#[tokio::test]
async fn a_file_goes_in_whole_or_line_by_line_as_chosen() -> Outcome {
    let stack = Stack::start()?;
    let city = stack.beside("municipality")?;
    let browser = clerk(&city, MORI).await?;
    narrow(&browser, "認定調査").await?;
    let rows = rows(&browser).await?;
    let today = today(&browser).await?;
    let (one, two) = (&rows[0], &rows[1]);
    browser.press("CSVファイルで一括入力").await?;
    browser.see("1行目の見出し").await?;
    browser.accessible().await?;
    browser.pictures("desk-bulk").await?;

    let head = "保険者番号,被保険者番号,申請番号,種別,年月日";
    let line =
        |row: &(String, String), kind: &str, on: &str| format!("102046,{},{},{kind},{on}", row.1, row.0);
    // One line cannot be read: whole, it waits; line by line, the others may go.
    let unread = [head, &line(one, "認定調査", &today), &line(two, "たいへん", &today)].join("\r\n");
    choose(&browser, &city, "unread.csv", &unread).await?;
    browser.see("1行を読みました。1行は読めません。").await?;
    browser.see("3行目 種別「たいへん」").await?;
    browser.see("すべてそろうまで入力できません").await?;
    browser.accessible().await?;
    browser.pictures("desk-bulk-unread").await?;
    browser.press("別のファイルを選ぶ").await?;

    // One line cannot be so: the upstream says so before anything is entered.
    let refused =
        [head, &line(one, "認定調査", &today), &line(two, "主治医意見書", "令和99年1月1日")].join("\r\n");
    choose(&browser, &city, "refused.csv", &refused).await?;
    browser.see("2行を読みました。").await?;
    browser.press_exactly("どうなるかを確かめる").await?;
    browser.see("まだ何も入力していません").await?;
    browser.see("ほかの行が合わないため、入りません").await?;
    browser.see("入りません:意見書受領日が今日より後です").await?;
    browser.choose("合う行だけを入力する").await?;
    browser.press_exactly("どうなるかを確かめる").await?;
    browser.see("1行が入ります。1行は合わない").await?;
    browser.accessible().await?;
    browser.pictures("desk-bulk-looked").await?;
    browser.press_exactly("入力する").await?;
    browser.see("1行が入りました。").await?;
    browser.accessible().await?;
    browser.press("別のファイルを選ぶ").await?;

    // The same file again: what is there is there, nothing stands twice.
    choose(&browser, &city, "again.csv", &refused).await?;
    browser.choose("合う行だけを入力する").await?;
    browser.press_exactly("どうなるかを確かめる").await?;
    browser.see("もう入っています").await?;

    // The whole queue, and an empty file, to be filled in.
    let folder = city.folder().join("downloads");
    std::fs::create_dir_all(&folder)?;
    browser.downloads_to(&folder).await?;
    browser.press("別のファイルを選ぶ").await?;
    browser.press("空のファイルを保存").await?;
    browser.see("空のファイルを保存しました").await?;
    browser.press("受付の一覧へ").await?;
    browser.press("この条件の一覧をCSVで保存").await?;
    browser.see("取り扱いに注意してください").await?;
    browser.close().await
}
