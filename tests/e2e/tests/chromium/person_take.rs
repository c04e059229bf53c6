//! One person on paper and into other software.

use crate::person::open;
use kakehashi_e2e::{Browser, Failure, Outcome, Stack};
use std::path::Path;
use std::time::{Duration, Instant};

/// Waits for the file that was saved, and takes it away.
pub(crate) async fn saved(folder: &Path) -> Result<Vec<u8>, Failure> {
    saved_as(folder, "csv").await
}

/// The same for a file whose name ends so.
pub(crate) async fn saved_as(folder: &Path, end_of_name: &str) -> Result<Vec<u8>, Failure> {
    let end = Instant::now() + Duration::from_secs(20);
    while Instant::now() < end {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|ext| ext == end_of_name) {
                let bytes = std::fs::read(&path)?;
                if !bytes.is_empty() {
                    std::fs::remove_file(&path)?;
                    return Ok(bytes);
                }
            }
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Err("no file was saved".into())
}

/// What the browser itself reads in bytes of an encoding.
async fn read(browser: &Browser, label: &str, bytes: &[u8]) -> Result<String, Failure> {
    let script = format!(
        "return new TextDecoder('{label}', {{fatal: true, ignoreBOM: true}}).decode(new Uint8Array({bytes:?}))"
    );
    Ok(browser.script(&script).await?.as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn all_that_is_known_goes_into_a_file_in_both_encodings() -> Outcome {
    let stack = Stack::start()?;
    let browser = open(&stack, "5種類の情報がすべてそろっている人").await?;
    let folder = stack.folder().join("downloads");
    std::fs::create_dir_all(&folder)?;
    browser.downloads_to(&folder).await?;
    browser.press_exactly("CSVファイルに書き出す").await?;
    browser.see("ファイルに書き出しました").await?;
    let text = read(&browser, "utf-8", &saved(&folder).await?).await?;
    assert!(text.starts_with("\u{FEFF}保険者番号,被保険者番号,氏名,"), "{text}");
    for kind in ["被保険者証", "負担割合証", "負担限度額認定証", "住宅改修費", "福祉用具購入費"]
    {
        assert!(text.contains(&format!(",{kind},")), "{kind}");
    }
    browser.choose("シフトJIS").await?;
    browser.press_exactly("CSVファイルに書き出す").await?;
    browser.see("ファイルに書き出しました").await?;
    let again = read(&browser, "shift_jis", &saved(&folder).await?).await?;
    assert_eq!(text.trim_start_matches('\u{FEFF}'), again, "the same in both");
    browser.press("値を1つずつコピーする").await?;
    browser.accessible().await?;
    for width in [360, 820, 1280] {
        browser.width(width).await?;
        browser.picture(&format!("person-take-{width}")).await?;
    }
    let command = serde_json::json!({
        "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"],
        "origin": stack.address().trim_end_matches('/')
    });
    browser.command("Browser.grantPermissions", command).await?;
    browser.press("被保険者番号をコピー").await?;
    browser.see("コピーしました:").await?;
    browser.close().await
}

#[tokio::test]
async fn a_character_that_the_old_encoding_lacks_is_named() -> Outcome {
    let stack = Stack::start()?;
    let browser = open(&stack, "名前がJISの範囲外で").await?;
    browser.choose("シフトJIS").await?;
    browser.press_exactly("CSVファイルに書き出す").await?;
    browser.see("「𠮷」は、シフトJISにない文字です").await?;
    browser.accessible().await?;
    browser.close().await
}

#[tokio::test]
async fn the_page_prints_plainly_with_the_time_line_as_a_table() -> Outcome {
    let stack = Stack::start()?;
    for (note, name) in [
        ("5種類の情報がすべてそろっている人", "person"),
        ("負担割合が8月にさかのぼって変わった人", "person-corrected"),
    ] {
        let browser = open(&stack, note).await?;
        let sheets = browser.pdf(name).await?;
        assert!((2..=6).contains(&sheets), "{sheets} sheets of paper");
        browser.command("Emulation.setEmulatedMedia", serde_json::json!({ "media": "print" })).await?;
        let text = browser.text().await?;
        for words in [
            "かけはし 利用者の資格情報",
            "印刷 令和",
            "時点以降",
            "備考",
            "次に変わること",
            "介護保険被保険者証",
        ] {
            assert!(text.contains(words), "{words} is on the paper");
        }
        for words in [
            "新しく照会する",
            "もし住宅改修",
            "介護ソフトへ写す",
            "ひと月の自己負担",
            "サインアウト",
            "表で見る",
        ] {
            assert!(!text.contains(words), "{words} is not on the paper");
        }
        browser.close().await?;
    }
    Ok(())
}
