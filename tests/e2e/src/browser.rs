//! Stock Chromium, headless, with a profile of its own.

use crate::find::PATIENCE;
use crate::process::Running;
use crate::{Bus, Failure, Stack};
use base64ct::Encoding;
use std::io::{Read, Write};
use std::mem::ManuallyDrop;
use std::net::{Ipv4Addr, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use thirtyfour::{ChromiumLikeCapabilities, DesiredCapabilities, WebDriver};

/// The program itself: the wrapper in `/usr/bin` would drop the preloaded bus.
const CHROMIUM: &str = "/usr/lib/chromium/chromium";

/// A browser with one page. The service ends it; the driver's handle is never dropped, because that waits two
/// minutes for the answer of a service that is gone.
pub struct Browser {
    service: Service,
    pub(crate) driver: ManuallyDrop<WebDriver>,
    profile: TempDir,
}

/// chromedriver; asked to shut down, it ends its browser too.
struct Service {
    port: u16,
    _process: Running,
}

impl Drop for Service {
    fn drop(&mut self) {
        let asked = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).and_then(|mut stream| {
            stream.set_read_timeout(Some(Duration::from_secs(5)))?;
            stream.write_all(b"GET /shutdown HTTP/1.1\r\nHost: localhost\r\n\r\n")?;
            stream.read(&mut [0; 64])
        });
        // Without an answer it is ended by its handle.
        let _ = asked;
    }
}

/// Starts the service, and the line that names its port. It takes a free port of one family and then the same of
/// the other, which somebody may have by then; so it is asked again.
fn chromedriver() -> Result<(Running, String), Failure> {
    let start =
        || Running::start(Command::new("chromedriver").arg("--port=0"), "started successfully on port");
    start().or_else(|_| start()).or_else(|_| start())
}

impl Browser {
    /// Opens the app's address of a stack. With a bus, its readers are what the browser's USB sees.
    ///
    /// # Errors
    /// When Chromium or its driver does not start.
    pub async fn open(stack: &Stack, bus: Option<&Bus>) -> Result<Self, Failure> {
        Self::open_with(stack, bus, &[]).await
    }

    /// The same with more switches for Chromium.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub async fn open_with(stack: &Stack, bus: Option<&Bus>, more: &[&str]) -> Result<Self, Failure> {
        let profile = TempDir::new()?;
        let (process, line) = chromedriver()?;
        let port = line.trim_end_matches('.').rsplit(' ').next().unwrap_or_default().parse()?;
        let service = Service { port, _process: process };

        let mut wanted = DesiredCapabilities::chrome();
        wanted.set_binary(&start_script(profile.path(), bus)?.display().to_string())?;
        for flag in [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--lang=ja",
            "--window-size=1280,900",
            &format!("--user-data-dir={}", profile.path().join("profile").display()),
        ] {
            wanted.add_arg(flag)?;
        }
        for flag in more {
            wanted.add_arg(flag)?;
        }
        let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), wanted).await?;
        let browser = Self { service, driver: ManuallyDrop::new(driver), profile };
        browser.driver.goto(stack.address()).await?;
        Ok(browser)
    }

    /// The driver, for what only one test needs.
    pub fn driver(&self) -> &WebDriver {
        &self.driver
    }

    /// Makes the window as wide as a phone (360), a tablet (820) or a PC (1280).
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn width(&self, pixels: u32) -> Result<(), Failure> {
        let size = serde_json::json!({
            "width": pixels, "height": 900, "deviceScaleFactor": 1, "mobile": false
        });
        self.command("Emulation.setDeviceMetricsOverride", size).await?;
        Ok(())
    }

    /// A picture of the whole page into `target/pictures/NAME.png`, to be looked at.
    ///
    /// # Errors
    /// When it cannot be taken or written.
    pub async fn picture(&self, name: &str) -> Result<(), Failure> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/pictures");
        std::fs::create_dir_all(&folder)?;
        let height =
            self.script("return document.documentElement.scrollHeight").await?.as_u64().unwrap_or(900);
        let width = self.script("return window.innerWidth").await?.as_u64().unwrap_or(1280);
        let size = serde_json::json!({
            "width": width, "height": height.clamp(600, 6000), "deviceScaleFactor": 1, "mobile": false
        });
        self.command("Emulation.setDeviceMetricsOverride", size).await?;
        self.driver.screenshot(&folder.join(format!("{name}.png"))).await?;
        self.width(u32::try_from(width)?).await
    }

    /// Pictures on a phone, a tablet and a PC, into `target/pictures/NAME-WIDTH.png`.
    ///
    /// # Errors
    /// When the page is wider than one of them, or a picture cannot be taken or written.
    pub async fn pictures(&self, name: &str) -> Result<(), Failure> {
        for width in [360, 820, 1280] {
            self.width(width).await?;
            let fits = "return document.documentElement.scrollWidth <= window.innerWidth";
            if self.script(fits).await? != true {
                return Err(format!("{name} can be moved sideways at {width}").into());
            }
            self.picture(&format!("{name}-{width}")).await?;
        }
        Ok(())
    }

    /// The page on paper into `target/pictures/NAME.pdf`, as its own style sheet has it; how many sheets.
    ///
    /// # Errors
    /// When it cannot be printed or written.
    pub async fn pdf(&self, name: &str) -> Result<usize, Failure> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/pictures");
        std::fs::create_dir_all(&folder)?;
        let wanted = serde_json::json!({ "preferCSSPageSize": true, "printBackground": false });
        let printed = self.driver.cdp().send_raw("Page.printToPDF", wanted).await?;
        let data = printed.get("data").and_then(|data| data.as_str()).unwrap_or_default();
        let bytes = base64ct::Base64::decode_vec(data).map_err(|error| format!("no PDF: {error}"))?;
        std::fs::write(folder.join(format!("{name}.pdf")), &bytes)?;
        let page = b"/Type /Page\n";
        Ok(bytes.windows(page.len()).filter(|part| part == page).count())
    }

    /// Runs a script in the page and returns what it returns.
    ///
    /// # Errors
    /// When it throws.
    pub async fn script(&self, text: &str) -> Result<serde_json::Value, Failure> {
        Ok(self.driver.execute(text, Vec::new()).await?.json().clone())
    }

    /// Waits until a script returns true.
    ///
    /// # Errors
    /// When it throws, or does not within the time a person would wait.
    pub async fn script_until(&self, text: &str) -> Result<(), Failure> {
        let end = Instant::now() + PATIENCE;
        while self.script(text).await? != true {
            if Instant::now() > end {
                return Err(format!("this does not become true: {text}").into());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(())
    }

    /// A command of the browser's developer tools.
    ///
    /// # Errors
    /// When the browser refuses it.
    pub async fn command(&self, name: &str, parameters: serde_json::Value) -> Result<(), Failure> {
        self.driver.cdp().send_raw(name, parameters).await?;
        Ok(())
    }

    /// Lets the browser keep what a page hands it in a folder, without asking.
    ///
    /// # Errors
    /// When the browser refuses it.
    pub async fn downloads_to(&self, folder: &Path) -> Result<(), Failure> {
        let wish = serde_json::json!({ "behavior": "allow", "downloadPath": folder.display().to_string() });
        self.command("Browser.setDownloadBehavior", wish).await
    }

    /// Ends the browser.
    ///
    /// # Errors
    /// When its profile cannot be removed.
    pub async fn close(self) -> Result<(), Failure> {
        drop(self.service);
        self.profile.close()?;
        Ok(())
    }
}

/// Chromium's start with the bus preloaded: the driver itself shall not have it.
fn start_script(folder: &Path, bus: Option<&Bus>) -> Result<PathBuf, Failure> {
    let path = folder.join("chromium");
    let variables = bus.map(Bus::variables).unwrap_or_default();
    let words: String = variables.iter().map(|(name, value)| format!("{name}='{value}' ")).collect();
    std::fs::write(&path, format!("#!/bin/sh\nexec env {words}{CHROMIUM} \"$@\"\n"))?;
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755))?;
    Ok(path)
}
