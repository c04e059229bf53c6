//! 届出 on two sides: an office files, a clerk decides; two clerks at one filing; a filing on paper; the evidence.

use crate::care::{find_by_numbers, text};
use crate::person_take::saved_as;
use crate::{filing, recipe};
use kakehashi_e2e::{Browser, Bus, Failure, Outcome, Stack};
use serde_json::Value;
use thirtyfour::{By, Key};

const MORI: &str = "ISESAKI.MORI";
const ISHII: &str = "ISESAKI.ISHII";
/// Who files.
const OFFICE: &str = "かけはし居宅介護支援事業所";
/// Today in Japan, as it may be typed.
const TODAY: &str = "return new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Tokyo' })";

/// A clerk at the inbox.
async fn clerk(city: &Stack, user: &str) -> Result<Browser, Failure> {
    let browser = Browser::open(city, None).await?;
    browser.enter_as(city, user).await?;
    browser.press("届出").await?;
    browser.see("届出(計画作成の依頼)").await?;
    browser.see("件目").await?;
    Ok(browser)
}

/// Opens the first filing of the list by keys alone.
async fn open_first(browser: &Browser) -> Outcome {
    browser.script("document.activeElement.blur()").await?;
    browser.keys("/").await?;
    browser.script_until("return document.activeElement.id === 'inbox-search'").await?;
    browser.keys(Key::Down + "").await?;
    browser.script_until("return document.activeElement.id === 'filing-0'").await?;
    browser.keys(Key::Enter + "").await?;
    browser.see("台帳との照合").await
}

/// 受理; what has to be looked at is looked at.
async fn accept(browser: &Browser) -> Outcome {
    if browser.sees("照合の結果を確かめました").await? {
        browser.press_exactly("受理する").await?;
        browser.see("しるしをつけてください").await?;
        browser.choose("照合の結果を確かめました").await?;
    }
    browser.press_exactly("受理する").await
}

/// How many undecided filings the navigation tells of.
async fn counted(browser: &Browser, count: u32) -> Outcome {
    let said = if count == 0 { String::new() } else { format!("{count}件が確認待ち") };
    let script = format!(
        "const count = document.querySelector('.kk-nav a[href=\"#/desk/filings\"] .kk-nav__count');\
         return (count === null ? '' : count.textContent) === '{said}'"
    );
    browser.script_until(&script).await.map_err(|error| format!("{count}: {error}").into())
}

#[tokio::test]
async fn what_is_filed_by_card_is_accepted_stands_on_the_certificate_and_is_checked_by_openssl() -> Outcome {
    let stack = Stack::start()?;
    let bus = Bus::new(&stack)?;
    let person = stack.person("hanako")?;
    let office = Browser::open(&stack, Some(&bus)).await?;
    let number = filing::by_card(&stack, &office, &bus, "hanako").await?;

    let city = stack.beside("municipality")?;
    let desk = clerk(&city, MORI).await?;
    counted(&desk, 1).await?;
    desk.see(&number).await?;
    desk.press(text(&person, "name")?).await?;
    desk.see("本人のマイナンバーカード(利用者証明用)で確認").await?;
    desk.accessible().await?;
    desk.pictures("desk-filing").await?;
    accept(&desk).await?;
    desk.see("受理しました").await?;
    desk.see("計画を作る事業所と届出年月日が載りました").await?;
    counted(&desk, 0).await?;
    desk.accessible().await?;
    desk.pictures("desk-filing-accepted").await?;

    office.press("届出").await?;
    office.press("最新の状態にする").await?;
    office.see("受理(").await?;
    office.see("被保険者証に載りました").await?;
    proved(&stack, &office, &number).await?;
    desk.press("証拠の書類").await?;
    desk.see("カードの署名").await?;
    desk.accessible().await?;
    desk.press("前のページへ").await?;
    desk.see("届出の確認").await?;

    // On the person's certificate, as the office sees it now.
    find_by_numbers(&office, &person).await?;
    office.see("居宅介護支援事業者等").await?;
    let stands = format!(
        "const today = new Date().toLocaleDateString('ja-JP-u-ca-japanese', {{ era: 'long', year: 'numeric',\
           month: 'long', day: 'numeric', timeZone: 'Asia/Tokyo' }});\
         const row = [...document.querySelectorAll('dt')]\
           .find(one => one.textContent.includes('居宅介護支援事業者等'))?.parentElement.textContent ?? '';\
         return row.includes('{OFFICE}') && row.includes(today)"
    );
    office.script_until(&stands).await?;
    office.close().await?;
    desk.close().await
}

/// The evidence as a file, checked as docs/evidence.md says; a file that was changed is found out.
async fn proved(stack: &Stack, office: &Browser, number: &str) -> Outcome {
    office.press("証拠の書類").await?;
    office.see("届出の指紋").await?;
    office.see("カードの署名").await?;
    office.accessible().await?;
    office.pictures("evidence").await?;
    let sheets = office.pdf("evidence").await?;
    assert!((2..=3).contains(&sheets), "{sheets} sheets");
    let folder = stack.folder().join("evidence");
    std::fs::create_dir_all(&folder)?;
    office.downloads_to(&folder).await?;
    office.press("証拠をファイルに保存").await?;
    office.see("取り扱いに注意してください").await?;
    let file = saved_as(&folder, "json").await?;
    let held: Value = serde_json::from_slice(&file)?;
    assert_eq!(held["entry"]["number"], number);
    assert!(String::from_utf8(file.clone())?.starts_with("{\n  \"entry\""), "a member a line");

    std::fs::copy(stack.folder().join("pki/ca.pem"), folder.join("ca.pem"))?;
    std::fs::write(folder.join("evidence.json"), &file)?;
    recipe::follow("evidence.md", &folder)?;
    for (part, from, to) in [
        ("/statement/text", "\"start_on\":\"20", "\"start_on\":\"19"),
        ("/receipt/text", "\"received_at\":1", "\"received_at\":2"),
        ("/decision/text", "accepted", "returned"),
        ("/card/origin", "http", "https"),
    ] {
        let mut forged = held.clone();
        let text = forged.pointer_mut(part).ok_or("no such part")?;
        let changed = text.as_str().unwrap_or_default().replace(from, to);
        assert_ne!(text.as_str(), Some(changed.as_str()), "{part}");
        *text = changed.into();
        std::fs::write(folder.join("evidence.json"), forged.to_string())?;
        assert!(recipe::follow("evidence.md", &folder).is_err(), "{part} was changed");
    }
    office.press("前のページへ").await?;
    office.see("提出した届出").await
}

#[tokio::test]
async fn the_second_of_two_clerks_is_told_who_was_first_and_why() -> Outcome {
    let stack = Stack::start_with_filings(60, 8)?;
    let city = stack.beside("municipality")?;
    let first = clerk(&city, MORI).await?;
    let second = clerk(&city, ISHII).await?;
    first.accessible().await?;
    first.pictures("desk-filings").await?;
    for browser in [&first, &second] {
        open_first(browser).await?;
    }
    let number = "return [...document.querySelectorAll('.kk-desk__pairs dd')][1].textContent";
    assert_eq!(first.script(number).await?, second.script(number).await?);

    // Without a reason nothing is sent back; a usual one can be begun with.
    second.press_exactly("差し戻す").await?;
    second.see("差し戻す理由を書いてください").await?;
    second.accessible().await?;
    second.press("理由の例").await?;
    second.press("事業所番号と事業所名が合いません").await?;
    second.pictures("desk-filing-return").await?;
    second.press_exactly("差し戻す").await?;
    second.see("差し戻しました").await?;

    accept(&first).await?;
    first.see("ほかの人が先に扱いました").await?;
    first.see("石井 浩さんが、").await?;
    first.see("事業所番号と事業所名が合いません").await?;
    assert!(!first.sees("受理しました").await?);
    first.accessible().await?;
    first.pictures("desk-filing-conflict").await?;
    let decided = "return document.getElementById('filed-accept') === null";
    first.script_until(decided).await?;

    // What was sent back and mended is seen as a chain, both ways.
    first.press("届出の一覧へ").await?;
    first.see("件目").await?;
    first.driver().find(By::Id("inbox-state")).await?.send_keys("差替え").await?;
    first
        .script_until(
            "return document.querySelector('.kk-queue__facts dd .kk-badge')?.textContent === '差替え済み'",
        )
        .await?;
    open_first(&first).await?;
    first.see("この届出を差し替えた届出").await?;
    first.script("document.querySelector('#filed-steps a').click()").await?;
    first.see("この届出が差し替える届出").await?;

    // A word that nobody has.
    first.press("届出の一覧へ").await?;
    first.fill("氏名・フリガナ・被保険者番号・受付番号", "ぬぬぬ").await?;
    first.press_exactly("探す").await?;
    first.see("あてはまる届出はありません").await?;
    first.press_exactly("条件をやめる").await?;
    first.see("件目").await?;
    first.close().await?;
    second.close().await
}

/// Writes into a field of the paper.
async fn write(browser: &Browser, field: &str, words: &str) -> Outcome {
    let field = browser.driver().find(By::Id(format!("paper-{field}"))).await?;
    field.send_keys(Key::Control + "a").await?;
    field.send_keys(words).await?;
    Ok(())
}

#[tokio::test]
async fn a_paper_is_entered_once_and_lies_in_the_same_list() -> Outcome {
    let stack = Stack::start()?;
    let city = stack.beside("municipality")?;
    let person = stack.person("taro")?;
    let desk = Browser::open(&city, None).await?;
    desk.enter_as(&city, MORI).await?;
    desk.press("届出").await?;
    desk.see("確認待ちの届出はありません").await?;
    desk.accessible().await?;
    desk.pictures("desk-filings-none").await?;
    desk.press("紙の届出を入力").await?;
    desk.see("個人番号(マイナンバー)の欄は写さないでください").await?;
    desk.choose("居宅サービス計画").await?;
    desk.choose("新規").await?;
    desk.choose("いいえ").await?;
    desk.press_exactly("入力する").await?;
    desk.see("入力内容を確かめてください").await?;
    desk.accessible().await?;
    desk.pictures("desk-paper").await?;

    let own = |field| text(&person, field);
    for (field, words) in [
        ("kana", own("kana")?),
        ("name", own("name")?),
        ("number", own("insured")?),
        ("birth_date", own("birth_date")?),
        ("address", "群馬県伊勢崎市今泉町二丁目410番地"),
        ("phone", "0270-24-5111"),
        ("office_name", OFFICE),
        ("office_address", "群馬県伊勢崎市今泉町一丁目1番地"),
        ("office_number", "1070400005"),
        ("office_phone", "0270-00-0000"),
        ("filer_name", own("name")?),
    ] {
        write(&desk, field, words).await?;
    }
    let today = desk.script(TODAY).await?.as_str().unwrap_or_default().to_owned();
    write(&desk, "start_on", &today).await?;
    write(&desk, "filed_on", &today).await?;
    desk.choose("新規または事業所変更のため").await?;
    desk.choose("本人").await?;
    desk.choose("書類を見て確認した").await?;
    desk.choose("運転免許証").await?;
    // Twice, as impatient hands do.
    let twice = "const button = document.getElementById('paper-enter'); button.click(); button.click()";
    desk.script(twice).await?;
    desk.see("紙の届出を入力しました").await?;
    desk.see("書類を見て確認:運転免許証").await?;
    counted(&desk, 1).await?;
    desk.accessible().await?;
    desk.pictures("desk-paper-entered").await?;
    desk.press("証拠の書類").await?;
    desk.see("紙で受け付けられた届出です").await?;
    desk.press("前のページへ").await?;
    accept(&desk).await?;
    desk.see("受理しました").await?;
    desk.press("届出の一覧へ").await?;
    desk.see("確認待ちの届出はありません").await?;
    desk.close().await
}
