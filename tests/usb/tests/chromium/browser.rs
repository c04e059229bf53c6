//! Chromium with the bus preloaded, and a page that uses its WebUSB.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    thread,
};

use kakehashi_card::{UsbBus, WebUsbPolicy};
use serde_json::Value;
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
const number = (device) => [device.vendorId, device.productId];
const find = async (vendor, product) => (await navigator.usb.getDevices())
    .find((device) => device.vendorId === vendor && device.productId === product);
const moved = (name) => new Promise((found) =>
    navigator.usb.addEventListener(name, (event) => found(number(event.device)), { once: true }));
const result = ({ status, data }) => ({ status, data: data ? bytes(data) : [] });
const within = (time, promise) => Promise.race([promise, new Promise((_, fail) =>
    setTimeout(() => fail({ name: 'TimeoutError' }), time))]);
const attempt = (time, promise) => outcome(within(time, promise));
const gone = new Set();
navigator.usb.addEventListener('disconnect', (event) => gone.add(event.device));
// Chromium may hear of a failed transfer before it hears of the plug.
const transfer = (time, promise) => attempt(time, promise).then(async (done) => {
    if (done.error === 'NetworkError') {
        await within(10000, new Promise((seen) => gone.has(device) ? seen()
            : navigator.usb.addEventListener('disconnect', seen, { once: true }))).catch(() => 0);
    }
    return done.error && gone.has(device) ? { error: 'gone' } : done;
});
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
pub(crate) struct Browser {
    _service: Service,
    driver: WebDriver,
    _profile: TempDir,
    _policy: WebUsbPolicy,
}

impl Browser {
    pub(crate) async fn start(bus: &UsbBus) -> Self {
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
    pub(crate) async fn run(&self, expression: &str) -> Value {
        let script = format!(
            "const done = arguments[0]; Promise.resolve().then(() => ({expression}))\
             .then((v) => done(v ?? null), (e) => done(`${{e.name}}: ${{e.message}}`));"
        );
        self.driver.execute_async(&script, Vec::new()).await.unwrap().json().clone()
    }

    pub(crate) async fn close(self) {
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
