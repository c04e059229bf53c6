//! Stock Chromium on the virtual bus: its own WebUSB, from enumeration to unplugging.

#![cfg(test)]
#![cfg(all(target_os = "linux", target_arch = "x86_64"))]

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    thread,
};

use kakehashi_card::{
    Bench, CardFile, Fault, Rule, Shelf, UsbBus, VirtualReader, WebUsbPolicy, When, socket::tcp::Server,
};
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::{ChromiumLikeCapabilities, DesiredCapabilities, WebDriver};

const CHROMIUM: &str = "/usr/lib/chromium/chromium";
const FLAGS: [&str; 9] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
];

/// Helpers of the page: an outcome is `{ok}` or `{error}`, bytes are arrays.
const PAGE: &str = r"<!doctype html><title>bus</title><script>
const outcome = (promise) => promise.then((ok) => ({ ok: ok ?? null }), (e) => ({ error: e.name }));
const bytes = (view) => Array.from(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
const next = (name) => new Promise((found) =>
    navigator.usb.addEventListener(name, (event) => found(event.device.serialNumber), { once: true }));
const first = async () => (await navigator.usb.getDevices())[0];
const receive = async (endpoint, length = 512) => {
    const result = await device.transferIn(endpoint, length);
    return result.status === 'ok' ? bytes(result.data) : result.status;
};
const send = async (...data) => (await device.transferOut(4, new Uint8Array(data))).status;
let device, waiting;
</script>";

/// chromedriver; it and its browser end with it, also when a test fails.
struct Service {
    process: Child,
    port: u16,
}

impl Service {
    fn start(bus: &UsbBus) -> Self {
        let mut process = Command::new("chromedriver")
            .arg("--port=0")
            .envs(bus.variables())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("chromedriver; make test installs it");
        let said = BufReader::new(process.stdout.take().unwrap()).lines().map_while(Result::ok);
        let line = said.into_iter().find(|line| line.contains("started successfully on port")).unwrap();
        let port = line.trim_end_matches('.').rsplit(' ').next().unwrap().parse().unwrap();
        Self { process, port }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let asked = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))
            .and_then(|mut stream| stream.write_all(b"GET /shutdown HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        if asked.is_err() {
            let _ = self.process.kill();
        }
        let _ = self.process.wait();
    }
}

/// The service goes first: a driver that is dropped waits long for an answer.
struct Browser {
    _service: Service,
    driver: WebDriver,
    _profile: TempDir,
    _policy: WebUsbPolicy,
}

impl Browser {
    async fn start(bus: &UsbBus) -> Self {
        let page = page();
        let policy = WebUsbPolicy::grant(&[&format!("http://localhost:{}", page.port())]).unwrap();
        let profile = TempDir::new().unwrap();
        let service = Service::start(bus);
        let mut wanted = DesiredCapabilities::chrome();
        wanted.set_binary(CHROMIUM).unwrap();
        for flag in FLAGS {
            wanted.add_arg(flag).unwrap();
        }
        wanted.add_arg(&format!("--user-data-dir={}", profile.path().display())).unwrap();
        let driver = WebDriver::new(format!("http://127.0.0.1:{}", service.port), wanted).await.unwrap();
        driver.goto(format!("http://localhost:{}/", page.port())).await.unwrap();
        Self { _service: service, driver, _profile: profile, _policy: policy }
    }

    /// Evaluates an expression that may be a promise.
    async fn run(&self, expression: &str) -> Value {
        let script = format!(
            "const done = arguments[0]; Promise.resolve().then(() => ({expression}))\
             .then((v) => done(v ?? null), (e) => done(`${{e.name}}: ${{e.message}}`));"
        );
        self.driver.execute_async(&script, Vec::new()).await.unwrap().json().clone()
    }

    async fn close(self) {
        self.driver.clone().quit().await.unwrap();
    }
}

/// Serves the page on the loopback, a secure context.
fn page() -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let _ = stream.read(&mut [0; 4096]);
            let head =
                format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\n", PAGE.len());
            let _ = stream.write_all(format!("{head}Connection: close\r\n\r\n{PAGE}").as_bytes());
        }
    });
    address
}

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
