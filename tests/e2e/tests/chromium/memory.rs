//! A PIN that was used is nowhere in the app's memory: the whole linear memory of the WebAssembly instance is
//! searched for its digits, on every kind of reader.
//!
//! What the browser itself keeps is outside that memory and outside what a page can wipe: the key events, the
//! buffer of a transfer on its way to the USB stack (the app's own `Uint8Array` is filled with zeros), the
//! card.

use crate::readers::{all, desk, lay};
use kakehashi_card::makes::MAKES;
use kakehashi_card::{CardFile, VirtualCard};
use kakehashi_e2e::{Browser, Bus, Failure, Outcome, Stack};
use serde_json::json;
use thirtyfour::Key;

/// The memory of the instance: the generated start-up hands out the exports it already has.
const MEMORY: &str = "const memory = new Uint8Array(window.wasmBindings.initSync().memory.buffer);";

/// Four digits as they may stand in memory: the value of the first byte of each, and from one to the next.
/// Text is ASCII (UTF-8), UTF-16 or `char`; numbers are `u8`, `u16` or `u32`.
const FORMS: [(u8, usize); 6] = [(b'0', 1), (b'0', 2), (b'0', 4), (0, 1), (0, 2), (0, 4)];

/// The bytes of a PIN in each form.
fn forms(pin: &str) -> Vec<Vec<u8>> {
    let form = |(zero, width): (u8, usize)| {
        let digits = pin.bytes().flat_map(|digit| {
            let mut bytes = vec![0; width];
            bytes[0] = zero + (digit - b'0');
            bytes
        });
        digits.collect()
    };
    FORMS.map(form).into()
}

/// Where these bytes stand in the memory, each place with what is around it.
async fn places(browser: &Browser, needles: &[Vec<u8>]) -> Result<Vec<String>, Failure> {
    let script = format!(
        "{MEMORY}
         const found = [];
         for (const needle of {}) {{
             for (let at = memory.indexOf(needle[0]); at >= 0; at = memory.indexOf(needle[0], at + 1)) {{
                 if (needle.every((byte, i) => memory[at + i] === byte)) {{
                     const around = Array.from(memory.slice(Math.max(0, at - 24), at + 24));
                     found.push(at.toString(16) + ': ' + around.map((b) => b.toString(16).padStart(2, '0')).join(' '));
                 }}
             }}
         }}
         return found;",
        json!(needles)
    );
    let found = browser.script(&script).await?;
    Ok(serde_json::from_value(found)?)
}

/// So many PINs that stand nowhere in the memory now, in no form: of four different digits from 4 on, because
/// small numbers stand beside each other in every program.
async fn unheard(browser: &Browser, many: usize) -> Result<Vec<String>, Failure> {
    let forms: Vec<_> = FORMS.iter().map(|(zero, width)| json!([zero, width])).collect();
    let script = format!(
        "{MEMORY}
         const heard = new Uint8Array(10000);
         for (const [zero, width] of {}) {{
             for (let at = 0; at + 4 * width <= memory.length; at++) {{
                 let pin = 0, digits = true;
                 for (let i = 0; digits && i < 4; i++) {{
                     const digit = memory[at + i * width] - zero;
                     digits = digit >= 0 && digit <= 9;
                     pin = pin * 10 + digit;
                 }}
                 if (digits) heard[pin] = 1;
             }}
         }}
         const free = [];
         for (let pin = 4000; pin < 10000; pin++) {{
             // The address, with its port, comes into memory later.
             if (heard[pin] || location.host.includes(pin)) continue;
             if (/^[4-9]+$/.test(pin) && new Set(String(pin)).size === 4) free.push(String(pin));
         }}
         return free;",
        json!(forms)
    );
    let free: Vec<String> = serde_json::from_value(browser.script(&script).await?)?;
    // Spread over all there are, so that they share few digits.
    let step = (free.len() / many.max(1)).max(1);
    let chosen: Vec<String> = free.into_iter().step_by(step).take(many).collect();
    if chosen.len() == many { Ok(chosen) } else { Err("every PIN stands in the memory by chance".into()) }
}

/// Types a PIN, sees that the search finds it, and confirms it.
async fn confirm(browser: &Browser, pin: &str) -> Outcome {
    typed(browser, pin).await?;
    browser.keys(Key::Enter).await
}

async fn typed(browser: &Browser, pin: &str) -> Outcome {
    browser.see("数字4桁の暗証番号").await?;
    browser.keys(pin).await?;
    browser.script_until("return document.querySelectorAll('.kk-pin__box--filled').length === 4").await?;
    let found = places(browser, &forms(pin)).await?;
    assert!(!found.is_empty(), "what is typed and not confirmed is kept, and the search finds it");
    Ok(())
}

async fn is_gone(browser: &Browser, pin: &str, when: &str) -> Outcome {
    let found = places(browser, &forms(pin)).await?;
    assert!(found.is_empty(), "{when}: the PIN {pin} stands in memory at\n{}", found.join("\n"));
    Ok(())
}

/// What is written on Hanako's card, with another PIN.
fn card(stack: &Stack, pin: &str) -> Result<CardFile, Failure> {
    let path = stack.folder().join("cards/hanako.json");
    let file = CardFile::load(&path).map_err(|error| error.to_string())?;
    Ok(CardFile { pin: pin.to_owned(), ..file })
}

/// Hanako's card with another PIN, as new.
fn renew(stack: &Stack, bus: &Bus, pin: &str) -> Outcome {
    let card = VirtualCard::new(&card(stack, pin)?);
    bus.desk().remove();
    bus.shelf().add(card.map_err(|error| error.to_string())?);
    Ok(())
}

#[tokio::test]
async fn no_pin_stays_in_the_memory_of_the_app() -> Outcome {
    let (stack, mut bus, browser) = desk(&all()).await?;
    let person = stack.person("hanako")?;
    // Once with the card's own PIN, so that all the text of a check has been in memory before PINs are chosen.
    lay(&browser, &mut bus, 0, "hanako").await?;
    browser.keys("1234").await?;
    browser.keys(Key::Enter).await?;
    browser.see("カードをお返しください").await?;
    browser.press("資格の内容を見る").await?;
    let name = person["name"].as_str().ok_or("no name")?;
    browser.see(name).await?;
    let shown = places(&browser, &[name.as_bytes().to_vec()]).await?;
    assert!(!shown.is_empty(), "the search finds what is in memory: the name on the page");

    let pins = unheard(&browser, 2 * MAKES.len() + 1).await?;
    for (at, make) in MAKES.iter().enumerate() {
        let (right, wrong) = (&pins[2 * at], &pins[2 * at + 1]);
        renew(&stack, &bus, right)?;
        lay(&browser, &mut bus, at, "hanako").await?;
        confirm(&browser, wrong).await?;
        browser.see("CARD-021").await?;
        browser.see("あと2回").await?;
        is_gone(&browser, wrong, &format!("{}, after a wrong PIN", make.name)).await?;
        confirm(&browser, right).await?;
        browser.see("カードをお返しください").await?;
        is_gone(&browser, right, &format!("{}, after the right PIN", make.name)).await?;
        is_gone(&browser, wrong, &format!("{}, at the end", make.name)).await?;
    }

    // Typed, and never confirmed.
    let never = &pins[2 * MAKES.len()];
    lay(&browser, &mut bus, MAKES.len() - 1, "hanako").await?;
    typed(&browser, never).await?;
    browser.press("やめる").await?;
    browser.see("読み取りをやめました").await?;
    is_gone(&browser, never, "after the check was stopped").await?;
    for pin in &pins {
        is_gone(&browser, pin, "at last").await?;
    }
    browser.close().await
}

#[tokio::test]
async fn no_pin_of_the_training_mode_stays_in_memory_either() -> Outcome {
    let mut stack = Stack::start_training()?;
    let browser = Browser::open(&stack, None).await?;
    browser.see("練習モード").await?;
    let pins = unheard(&browser, 2).await?;
    let (right, wrong) = (&pins[0], &pins[1]);
    stack.stop_platform();
    let file = card(&stack, right)?.to_json().map_err(|error| error.to_string())?;
    std::fs::write(stack.folder().join("cards/hanako.json"), file)?;
    stack.start_platform()?;

    browser.enter(&stack, "staff").await?;
    browser.press("カードを読む").await?;
    browser.see("練習用のカード").await?;
    let name = stack.person("hanako")?;
    let family = name["name"].as_str().and_then(|name| name.split('\u{3000}').next()).ok_or("no name")?;
    browser.press(family).await?;
    confirm(&browser, wrong).await?;
    browser.see("CARD-021").await?;
    is_gone(&browser, wrong, "after a wrong PIN").await?;
    confirm(&browser, right).await?;
    browser.see("カードをお返しください").await?;
    is_gone(&browser, right, "after the right PIN").await?;
    is_gone(&browser, wrong, "at the end").await?;
    browser.close().await
}
