//! What several tests do the same way.

use kakehashi_e2e::{Browser, Failure, Outcome, Stack};
use serde_json::Value;

/// Fills in the numbers of a person and everything the search needs.
pub(crate) async fn fill_numbers(browser: &Browser, person: &Value) -> Outcome {
    browser.press("利用者を調べる").await?;
    browser.press("カードなしで調べる").await?;
    browser.see("被保険者証の内容").await?;
    browser.fill("保険者番号", text(person, "insurer")?).await?;
    browser.fill("被保険者番号", text(person, "insured")?).await?;
    browser.fill("生年月日", text(person, "birth_date")?).await?;
    browser.choose(if text(person, "sex")? == "1" { "男" } else { "女" }).await?;
    browser.choose("本人").await?;
    browser.choose("口頭").await
}

/// Searches by numbers and waits for the person's page.
pub(crate) async fn find_by_numbers(browser: &Browser, person: &Value) -> Outcome {
    fill_numbers(browser, person).await?;
    browser.press_exactly("調べる").await?;
    browser.see("介護保険被保険者証").await
}

/// A field of `people.json`.
pub(crate) fn text<'a>(person: &'a Value, field: &str) -> Result<&'a str, Failure> {
    person[field].as_str().ok_or_else(|| format!("people.json has no {field}").into())
}

/// No personal number or name stands in the audit file, nor was any in an address.
pub(crate) fn nothing_personal_was_kept(stack: &Stack, person: &Value) -> Outcome {
    let audit = stack.audit()?;
    assert!(!audit.is_empty(), "the relay wrote its audit file");
    for field in ["insured", "birth_date", "name", "kana"] {
        assert!(!audit.contains(text(person, field)?), "{field} stands in the audit file");
    }
    Ok(())
}
