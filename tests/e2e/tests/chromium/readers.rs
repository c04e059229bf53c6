//! The card sheet on every kind of reader: Chromium's own WebUSB, the app's own drivers.

use crate::care::text;
use kakehashi_card::makes::MAKES;
use kakehashi_card::{Fault, Moment, Rule, VirtualDevice, When};
use kakehashi_e2e::{Browser, Bus, Failure, Outcome, Stack};
use thirtyfour::Key;

const RC_S300: u16 = 0x0DC8;
const RC_S380: u16 = 0x06C3;

/// A signed-in browser with all readers of these product numbers beside it, the first one plugged in.
pub(crate) async fn desk(products: &[u16]) -> Result<(Stack, Bus, Browser), Failure> {
    let stack = Stack::start()?;
    let readers: Vec<Box<dyn VirtualDevice>> =
        MAKES.iter().filter(|make| products.contains(&make.id.1)).map(|make| (make.device)()).collect();
    let bus = Bus::with_readers(&stack, readers)?;
    let browser = Browser::open(&stack, Some(&bus)).await?;
    browser.enter(&stack, "staff").await?;
    Ok((stack, bus, browser))
}

/// The product numbers of all makes, in order.
pub(crate) fn all() -> Vec<u16> {
    MAKES.iter().map(|make| make.id.1).collect()
}

/// Waits until the page knows the reader with this product number and no other.
async fn knows(browser: &Browser, product: u16) -> Outcome {
    let known = format!(
        "navigator.usb.getDevices().then((all) => {{ window.known = all.map((d) => d.productId).join(); }});
         return window.known === '{product}'"
    );
    browser.script_until(&known).await
}

/// Puts a card on the reader of this make and opens the card sheet, once the page knows the reader.
pub(crate) async fn lay(browser: &Browser, bus: &mut Bus, at: usize, card: &str) -> Outcome {
    bus.turn_to(at);
    bus.insert(card)?;
    knows(browser, MAKES[at].id.1).await?;
    browser.press("利用者を調べる").await?;
    browser.press("カードを読む").await?;
    browser.see("あと3回").await
}

async fn pin(browser: &Browser, digits: &str) -> Outcome {
    browser.see("数字4桁の暗証番号").await?;
    browser.keys(digits).await?;
    browser.keys(Key::Enter).await
}

#[tokio::test]
async fn every_reader_leads_from_card_and_pin_to_the_five_kinds() -> Outcome {
    let (stack, mut bus, browser) = desk(&all()).await?;
    let person = stack.person("hanako")?;
    for (at, make) in MAKES.iter().enumerate() {
        let result = async {
            lay(&browser, &mut bus, at, "hanako").await?;
            pin(&browser, "1234").await?;
            browser.see("カードをお返しください").await?;
            browser.press("資格の内容を見る").await?;
            browser.see(text(&person, "name")?).await?;
            for kind in [
                "介護保険被保険者証",
                "介護保険負担割合証",
                "介護保険負担限度額認定証",
                "住宅改修費の利用状況",
                "福祉用具購入費の利用状況",
            ] {
                browser.see(kind).await?;
            }
            browser.see("カードで確認").await
        };
        result.await.map_err(|error| format!("{}: {error}", make.name))?;
        assert!(!bus.forbidden_touched(), "{}: no file with the My Number was touched", make.name);
        assert_eq!(bus.tries_left(), Some(3), "{}", make.name);
    }
    browser.close().await
}

#[tokio::test]
async fn a_card_taken_away_half_way_from_an_rc_s380_spends_no_try() -> Outcome {
    let (_stack, bus, browser) = desk(&[RC_S380]).await?;
    // While it is read.
    bus.desk().set_faults(vec![Rule { when: When::Apdu(4), fault: Fault::Remove(Moment::During) }]);
    bus.insert("hanako")?;
    browser.press("カードを読む").await?;
    browser.see("CARD-012").await?;
    browser.accessible().await?;
    bus.desk().set_faults(Vec::new());
    // While the PIN is awaited.
    bus.insert("hanako")?;
    browser.press("はじめからやり直す").await?;
    browser.see("あと3回").await?;
    bus.desk().remove();
    browser.see("CARD-012").await?;
    // While it signs: the PIN was right, and is not sent again.
    bus.insert("hanako")?;
    browser.press("はじめからやり直す").await?;
    bus.desk().set_faults(vec![Rule { when: When::Instruction(0x2A), fault: Fault::Remove(Moment::Before) }]);
    pin(&browser, "1234").await?;
    browser.see("CARD-012").await?;
    bus.desk().set_faults(Vec::new());
    bus.insert("hanako")?;
    assert_eq!(bus.tries_left(), Some(3));
    browser.press("はじめからやり直す").await?;
    pin(&browser, "1234").await?;
    browser.see("カードをお返しください").await?;
    assert_eq!(bus.tries_left(), Some(3));
    browser.close().await
}

#[tokio::test]
async fn an_rc_s300_that_is_unplugged_spends_no_try() -> Outcome {
    let (_stack, bus, browser) = desk(&[RC_S300]).await?;
    bus.insert("hanako")?;
    browser.press("カードを読む").await?;
    browser.see("あと3回").await?;
    bus.desk().unplug();
    browser.see("CARD-005").await?;
    browser.accessible().await?;
    // While it signs: the PIN was right, and is not sent again.
    bus.desk().plug();
    bus.desk().set_faults(vec![Rule { when: When::Instruction(0x2A), fault: Fault::Unplug(Moment::During) }]);
    knows(&browser, RC_S300).await?;
    browser.press("はじめからやり直す").await?;
    pin(&browser, "1234").await?;
    browser.see("CARD-005").await?;
    assert_eq!(bus.tries_left(), Some(3));
    bus.desk().set_faults(Vec::new());
    bus.desk().plug();
    knows(&browser, RC_S300).await?;
    browser.press("はじめからやり直す").await?;
    pin(&browser, "1234").await?;
    browser.see("カードをお返しください").await?;
    assert_eq!(bus.tries_left(), Some(3));
    browser.close().await
}
