//! Every virtual reader under Chromium's own WebUSB, driven by the drivers of the app.

use ccid::{
    CardError, Kind,
    myna::{Consent, Opened, Pin, Session},
    reader::{AnyReader, CardChannel},
};
use kakehashi_card::{
    Bench, Fault, Moment, Rule, VirtualCard, When,
    makes::{MAKES, Make},
};
use serde_json::{Value, json};

use crate::{browser::Browser, desks::Desks, pipes::Pipes};

const DIGEST: [u8; 32] = [0x5A; 32];

async fn session<'a>(browser: &'a Browser, make: &Make) -> Result<Session<AnyReader<Pipes<'a>>>, CardError> {
    Ok(Session::new(Pipes::reader(browser, make.id).await?, |_| {}))
}

async fn close(session: Session<AnyReader<Pipes<'_>>>) {
    session.into_channel().close().await;
}

fn tries(bench: &Bench) -> Option<u8> {
    bench.with(|reader| reader.card().and_then(VirtualCard::tries_left))
}

/// From opening to the signature: ATR, certificate, tries, PIN, signature.
async fn identity(browser: &Browser, make: &Make, bench: &Bench) -> Result<Vec<u8>, CardError> {
    let mut reader = Pipes::reader(browser, make.id).await?;
    assert_eq!(reader.interface().number, make.interface, "{}", make.name);
    let atr = reader.power_on().await?;
    assert!(atr.bytes().starts_with(&[0x3B]) && atr.offers(1), "{}: {atr:?}", make.name);
    let mut session = Session::new(reader, |_| {});
    let Opened { certificate, tries } = session.open().await?;
    assert_eq!((certificate.first(), tries), (Some(&0x30), 3), "{}", make.name);
    let signature = session.verify_and_sign(Pin::new("1234").unwrap(), Consent::NotAsked, &DIGEST).await?;
    assert_eq!(signature.len(), 256, "{}", make.name);
    let touched = bench.with(|reader| reader.card().is_none_or(|card| card.forbidden_touched()));
    assert!(!touched, "{}: a forbidden file was touched", make.name);
    close(session).await;
    Ok(certificate)
}

#[tokio::test]
async fn every_reader_is_found_claimed_and_reads_a_card() {
    let desks = Desks::new();
    let browser = Browser::start(&desks.bus).await;
    let mut certificates = Vec::new();
    for (make, port, bench) in desks.each() {
        let ((vendor, product), name) = (make.id, make.name);
        let seen = format!(
            "find({vendor}, {product}).then((d) => {{ device = d; return [d.productName,
                d.configurations[0].interfaces.map((i) => i.alternate.interfaceClass)]; }})"
        );
        assert_eq!(browser.run(&seen).await, json!([make.product, make.classes]), "{name}");

        desks.bus.set_denied(port, true).unwrap();
        let open = "outcome(device.open())";
        assert_eq!(browser.run(open).await, json!({"error": "SecurityError"}), "{name}: no rights");
        desks.bus.set_denied(port, false).unwrap();
        assert_eq!(browser.run(open).await, json!({"ok": null}), "{name}");
        for (number, class) in make.classes.iter().enumerate() {
            if *class == 0x0B {
                let claim = format!("outcome(device.claimInterface({number}))");
                let refused = json!({"error": "SecurityError"});
                assert_eq!(browser.run(&claim).await, refused, "{name}: the browser's own class");
            }
        }
        assert_eq!(browser.run("outcome(device.close())").await, json!({"ok": null}), "{name}");

        desks.bus.set_busy(port, true).unwrap();
        let held = Pipes::reader(&browser, make.id).await.err().map(|error| error.kind());
        assert_eq!(held, Some(Kind::Busy), "{name}");
        assert_eq!(browser.run("device.close()").await, Value::Null);
        desks.bus.set_busy(port, false).unwrap();

        certificates.push(identity(&browser, make, bench).await.unwrap_or_else(|e| panic!("{name}: {e}")));
    }
    assert_eq!(certificates.len(), MAKES.len());
    assert!(certificates.windows(2).all(|two| two[0] == two[1]), "the same card, the same certificate");
    browser.close().await;
}

#[tokio::test]
async fn every_reader_survives_a_stall() {
    let desks = Desks::new();
    let browser = Browser::start(&desks.bus).await;
    for (make, _, bench) in desks.each() {
        let name = make.name;
        let mut session = session(&browser, make).await.unwrap_or_else(|e| panic!("{name}: {e}"));
        let before = bench.with(|reader| reader.messages());
        bench.set_faults(vec![Rule { when: When::Instruction(0xB0), fault: Fault::Stall }]);
        let stalled = session.open().await.err().map(|error| error.kind());
        assert_eq!(stalled, Some(Kind::Protocol), "{name}");
        assert!(bench.with(|reader| reader.messages()) > before, "{name}: it came as far as the reader");
        bench.set_faults(Vec::new());
        let opened = session.open().await.unwrap_or_else(|e| panic!("{name} after a stall: {e}"));
        assert_eq!(opened.tries, 3, "{name}");
        session.finish().await;
        close(session).await;
    }
    browser.close().await;
}

#[tokio::test]
async fn every_reader_goes_and_comes() {
    let desks = Desks::new();
    let browser = Browser::start(&desks.bus).await;
    let count = "navigator.usb.getDevices().then((all) => all.length)";
    assert_eq!(browser.run(count).await, json!(MAKES.len()));
    for (make, port, bench) in desks.each() {
        let ((vendor, product), name) = (make.id, make.name);
        let id = json!([vendor, product]);

        // While nobody uses it.
        browser.run("void (waiting = moved('disconnect'))").await;
        desks.bus.set_plugged(port, false).unwrap();
        assert_eq!(browser.run("waiting").await, id, "{name}: pulled while idle");
        assert_eq!(browser.run(count).await, json!(MAKES.len() - 1), "{name}");
        browser.run("void (waiting = moved('connect'))").await;
        desks.bus.set_plugged(port, true).unwrap();
        assert_eq!(browser.run("waiting").await, id, "{name}: plugged in again");

        // While a transfer waits.
        let (_, interface) = Pipes::open(&browser, make.id).await.unwrap();
        let receive = format!("device.transferIn({}, 512)", interface.bulk_in);
        browser
            .run(&format!("void (waiting = Promise.all([outcome({receive}), moved('disconnect')]))"))
            .await;
        bench.unplug();
        let lost = browser.run("waiting").await;
        assert_eq!(lost[1], id, "{name}: pulled while a transfer waits");
        // Whichever Chromium hears of first: the failed transfer (ESHUTDOWN), or the device's end.
        let either = [json!({"error": "NetworkError"}), json!({"error": "AbortError"})];
        assert!(either.contains(&lost[0]), "{name}: {lost}");
        let late = browser.run(&format!("outcome({receive})")).await;
        assert_eq!(late, json!({"error": "NotFoundError"}), "{name}");

        // While the card signs: it vanishes by itself.
        replug(&browser, bench, &id).await;
        let mut session = session(&browser, make).await.unwrap_or_else(|e| panic!("{name}: {e}"));
        let opened = session.open().await.unwrap_or_else(|e| panic!("{name} after it came back: {e}"));
        assert_eq!(opened.tries, 3, "{name}");
        bench.set_faults(vec![Rule { when: When::Instruction(0x2A), fault: Fault::Unplug(Moment::During) }]);
        let pin = Pin::new("1234").unwrap();
        let vanished = session.verify_and_sign(pin, Consent::NotAsked, &DIGEST).await;
        assert_eq!(vanished.err().map(|error| error.kind()), Some(Kind::Disconnected), "{name}");
        drop(session);
        bench.set_faults(Vec::new());
        assert_eq!(tries(bench), Some(3), "{name}: the PIN was right and was sent once");

        replug(&browser, bench, &id).await;
        identity(&browser, make, bench).await.unwrap_or_else(|e| panic!("{name} at last: {e}"));
        assert_eq!(browser.run(count).await, json!(MAKES.len()), "{name}");
    }
    browser.close().await;
}

/// Plugs a reader in and waits until the page has heard of it.
async fn replug(browser: &Browser, bench: &Bench, id: &Value) {
    browser.run("void (waiting = moved('connect'))").await;
    bench.plug();
    assert_eq!(browser.run("waiting").await, *id);
}
