//! The plainest reader, byte by byte, from enumeration to unplugging.

use kakehashi_card::{Bench, CardFile, Fault, Rule, Shelf, UsbBus, VirtualReader, When, socket::tcp::Server};
use serde_json::{Value, json};

use crate::browser::Browser;

fn bench() -> Bench {
    let shelf = Shelf::new(&[CardFile::specimen().unwrap()]).unwrap();
    Bench::new(VirtualReader::default(), shelf)
}

#[tokio::test]
async fn a_page_finds_opens_and_talks_to_a_reader() {
    let bench = bench();
    let server = Server::start(&bench).unwrap();
    let bus = UsbBus::new(&[server.address()]).unwrap();
    let browser = Browser::start(&bus).await;

    let seen = "navigator.usb.getDevices().then((all) => all.map((d) => [d.vendorId, d.productId, d.manufacturerName,
        d.productName, d.serialNumber, d.configurations[0].interfaces.map((i) => i.alternate.interfaceClass)]))";
    let reader = json!([0x1209, 1, "Kakehashi", "Kakehashi virtual reader", "KVR0001", [11, 255]]);
    let open = "first().then((d) => { device = d; return outcome(device.open()); })";
    assert_eq!(browser.run(seen).await, json!([reader]));
    bus.set_denied(0, true).unwrap();
    assert_eq!(browser.run(open).await, json!({"error": "SecurityError"}));
    bus.set_denied(0, false).unwrap();
    assert_eq!(browser.run(open).await, json!({"ok": null}));
    assert_eq!(browser.run("device.selectConfiguration(1)").await, Value::Null);
    assert_eq!(browser.run("outcome(device.claimInterface(0))").await, json!({"error": "SecurityError"}));
    bus.set_busy(0, true).unwrap();
    assert_eq!(browser.run("outcome(device.claimInterface(1))").await, json!({"error": "NetworkError"}));
    bus.set_busy(0, false).unwrap();
    assert_eq!(browser.run("outcome(device.claimInterface(1))").await, json!({"ok": null}));

    let descriptor = browser
        .run(
            "device.controlTransferIn({ requestType: 'standard', recipient: 'device', request: 6, value: 0x200,
                index: 0 }, 1024).then((r) => bytes(r.data))",
        )
        .await;
    assert_eq!(descriptor, json!(bench.with(|reader| reader.descriptors()[18..].to_vec())));

    assert_eq!(browser.run("send(0x65, 0, 0, 0, 0, 0, 7, 0, 0, 0)").await, json!("ok"));
    assert_eq!(browser.run("receive(5)").await, json!([0x81, 0, 0, 0, 0, 0, 7, 2, 0, 0]));

    browser.run("void (waiting = receive(6))").await;
    assert!(bench.insert("specimen"));
    assert_eq!(browser.run("waiting").await, json!([0x50, 3]));
    let power = browser.run("send(0x62, 0, 0, 0, 0, 0, 8, 0, 0, 0).then(() => receive(5))").await;
    assert_eq!(power.as_array().map(|answer| answer[10..12].to_vec()), Some(vec![json!(0x3B), json!(0xDA)]));

    bench.set_faults(vec![Rule { when: When::Message(1), fault: Fault::Stall }]);
    let stalled = browser.run("send(0x65, 0, 0, 0, 0, 0, 9, 0, 0, 0).then(() => receive(5))").await;
    assert_eq!(stalled, json!("stall"));
    assert_eq!(browser.run("outcome(device.clearHalt('in', 5))").await, json!({"ok": null}));
    let again = browser.run("send(0x65, 0, 0, 0, 0, 0, 9, 0, 0, 0).then(() => receive(5))").await;
    assert_eq!(again, json!([0x81, 0, 0, 0, 0, 0, 9, 0, 0, 0]));
    assert_eq!(browser.run("outcome(device.close())").await, json!({"ok": null}));
    browser.close().await;
}

#[tokio::test]
async fn a_page_sees_readers_go_and_come() {
    let benches = [bench(), bench()];
    let servers = benches.each_ref().map(|bench| Server::start(bench).unwrap());
    let bus = UsbBus::new(&servers.each_ref().map(Server::address)).unwrap();
    let browser = Browser::start(&bus).await;
    let count = "navigator.usb.getDevices().then((all) => all.length)";
    assert_eq!(browser.run(count).await, json!(2));
    browser.run("void (waiting = next('disconnect'))").await;
    bus.set_plugged(1, false).unwrap();
    assert_eq!(browser.run("waiting").await, json!("KVR0001"));
    assert_eq!(browser.run(count).await, json!(1));

    let claim = "first().then(async (d) => { device = d; await d.open(); await d.claimInterface(1); })";
    assert_eq!(browser.run(claim).await, Value::Null);
    browser.run("void (waiting = Promise.all([outcome(receive(5)), next('disconnect')]))").await;
    benches[0].unplug();
    let lost = browser.run("waiting").await;
    assert_eq!(lost[1], "KVR0001");
    // Whichever Chromium hears of first: the failed transfer (ESHUTDOWN), or the device's end.
    assert!([json!({"error": "NetworkError"}), json!({"error": "AbortError"})].contains(&lost[0]), "{lost}");
    let late = browser.run("outcome(send(0x65, 0, 0, 0, 0, 0, 7, 0, 0, 0))").await;
    assert_eq!(late, json!({"error": "NotFoundError"}));
    assert_eq!(browser.run(count).await, json!(0));

    browser.run("void (waiting = next('connect'))").await;
    benches[0].plug();
    assert_eq!(browser.run("waiting").await, json!("KVR0001"));
    assert_eq!(browser.run(claim).await, Value::Null);
    let status = browser.run("send(0x65, 0, 0, 0, 0, 0, 1, 0, 0, 0).then(() => receive(5))").await;
    assert_eq!(status, json!([0x81, 0, 0, 0, 0, 0, 1, 2, 0, 0]));
    browser.close().await;
}
