//! From a fresh office to a list of forty by file.

use kakehashi_e2e::{Browser, Failure, Outcome, Stack};
use thirtyfour::{By, Key};

/// Chooses a file with these bytes.
async fn choose(browser: &Browser, stack: &Stack, name: &str, bytes: &[u8]) -> Outcome {
    let path = stack.folder().join(name);
    std::fs::write(&path, bytes)?;
    browser.see("1行目の見出し").await?;
    let input = browser.driver().find(By::Id("clients-file")).await?;
    input.send_keys(path.display().to_string()).await?;
    Ok(())
}

async fn names(browser: &Browser) -> Result<Vec<String>, Failure> {
    let names = browser
        .script("return [...document.querySelectorAll('.kk-clients__name')].map(it => it.textContent)")
        .await?;
    Ok(serde_json::from_value(names)?)
}

#[tokio::test]
async fn a_fresh_office_adds_forty_by_file_searches_and_opens_one() -> Outcome {
    let stack = Stack::start()?;
    let browser = Browser::open(&stack, None).await?;
    browser.enter(&stack, "staff").await?;
    browser.see("利用者一覧がまだ空です").await?;
    browser.press("利用者一覧").await?;
    browser.see("利用者はまだいません").await?;
    browser.accessible().await?;
    browser.pictures("clients-empty").await?;
    browser.press("ファイルで加える").await?;

    // Two lines are spoilt: they are named, and the others are not held up.
    let whole = std::fs::read_to_string(stack.folder().join("clients.csv"))?;
    let mut lines: Vec<String> = whole.lines().map(str::to_owned).collect();
    assert_eq!(lines.len(), 41);
    lines[3] = lines[3].replacen("102046", "1020x6", 1);
    lines[7] = lines[7].replacen(",男,", ",不明,", 1).replacen(",女,", ",不明,", 1);
    choose(&browser, &stack, "spoilt.csv", lines.join("\r\n").as_bytes()).await?;
    browser.see("38人を照会できます。2行は直してください。").await?;
    browser.see("4行目 1列目(保険者番号)").await?;
    browser.see("8行目 4列目(性別)「不明」").await?;
    browser.accessible().await?;
    browser.pictures("clients-file").await?;
    browser.press_exactly("照会して一覧に加える").await?;
    browser.see("同意をいただいているかを確かめてください").await?;
    let asked = stack.audit()?.lines().filter(|line| line.contains("person/search")).count();
    assert_eq!(asked, 0, "without a consent nobody is looked for");
    browser.choose("本人").await?;
    browser.choose("書面").await?;
    browser.choose("加えるすべての人から").await?;
    browser.press_exactly("照会して一覧に加える").await?;
    browser.see("38人を一覧に加えました。").await?;
    browser.press("別のファイルを選ぶ").await?;

    // Mended: who is there already is not asked for again.
    choose(&browser, &stack, "mended.csv", whole.as_bytes()).await?;
    browser.see("2人を照会できます。38人はもう一覧にいます。").await?;
    browser.choose("本人").await?;
    browser.choose("書面").await?;
    browser.choose("加えるすべての人から").await?;
    browser.press_exactly("照会して一覧に加える").await?;
    browser.see("2人を一覧に加えました。").await?;
    browser.press("利用者一覧へ").await?;
    browser.see("40人").await?;
    let whole_list = "return document.querySelector('#clients-list[aria-busy=false]') !== null";
    browser.script_until(whole_list).await?;
    assert_eq!(names(&browser).await?.len(), 40);
    browser.accessible().await?;
    browser.pictures("clients").await?;

    // `/`, half-width kana, arrow, Enter.
    browser.keys("/").await?;
    browser.keys("ﾔﾏﾀﾞﾊﾅｺ").await?;
    browser.see("40人中 1人").await?;
    browser.keys(Key::Down + "").await?;
    browser.keys(Key::Enter + "").await?;
    browser.see("介護保険被保険者証").await?;
    browser.see("山田　花子").await?;
    browser.see("一覧から外す").await?;
    let audit = stack.audit()?;
    for line in whole.lines().skip(1) {
        let number = line.split(',').nth(1).unwrap_or_default();
        assert!(!audit.contains(number), "a personal number stands in the audit file");
    }
    browser.press("今日").await?;
    browser.see("要介護認定が").await?;
    browser.accessible().await?;
    browser.pictures("agenda").await?;
    browser.close().await
}

#[tokio::test]
async fn a_file_in_cp932_is_read_and_one_of_neither_is_refused() -> Outcome {
    let stack = Stack::start()?;
    let browser = Browser::open(&stack, None).await?;
    browser.enter(&stack, "staff").await?;
    browser.press("利用者一覧").await?;
    browser.press("ファイルで加える").await?;
    choose(&browser, &stack, "broken.csv", &[0x82, 0xFF, 0xFD, 0x0A]).await?;
    browser.see("ファイルの文字を読めません").await?;
    browser.accessible().await?;
    // 保険者番号,被保険者番号,生年月日,性別,氏名 / 102046,0000012345,S15.3.2,女,花
    let mut bytes = Vec::new();
    for part in [
        &[0x95, 0xDB, 0x8C, 0xAF, 0x8E, 0xD2, 0x94, 0xD4, 0x8D, 0x86, b','][..],
        &[0x94, 0xED, 0x95, 0xDB, 0x8C, 0xAF, 0x8E, 0xD2, 0x94, 0xD4, 0x8D, 0x86, b','],
        &[0x90, 0xB6, 0x94, 0x4E, 0x8C, 0x8E, 0x93, 0xFA, b','],
        &[0x90, 0xAB, 0x95, 0xCA, b',', 0x8E, 0x81, 0x96, 0xBC, b'\r', b'\n'],
        b"102046,0000012345,S15.3.2,",
        &[0x8F, 0x97, b',', 0x89, 0xD4, b'\r', b'\n'],
    ] {
        bytes.extend_from_slice(part);
    }
    choose(&browser, &stack, "cp932.csv", &bytes).await?;
    browser.see("1人を照会できます。").await?;
    browser.see("花").await?;
    browser.close().await
}
