//! Stock Chromium over its DevTools pipe: messages of JSON that end with a zero byte. Installing an app is
//! possible over the pipe only.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Child, ChildStdin, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};

use serde_json::{Value, json};
use tempfile::TempDir;

/// For any answer.
const PATIENCE: Duration = Duration::from_secs(60);
/// The pipe is expected on descriptors 3 and 4, and a test has 0 and 1 to give.
const ON_3_AND_4: &str = "exec 3<&0 4>&1 </dev/null >/dev/null; exec env \"$@\"";

pub(crate) struct Chromium {
    process: Child,
    to: ChildStdin,
    from: Receiver<Value>,
    /// What came and was not asked for yet.
    events: Vec<Value>,
    last: u64,
    session: Value,
    _profile: TempDir,
}

impl Chromium {
    pub(crate) fn start(variables: &[(String, String)]) -> Self {
        let profile = TempDir::new().unwrap();
        let mut process = Command::new("sh")
            .args(["-c", ON_3_AND_4, "sh"])
            .args(variables.iter().map(|(name, value)| format!("{name}={value}")))
            .args([
                "/usr/lib/chromium/chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--remote-debugging-pipe",
                "--enable-features=IsolatedWebApps,IsolatedWebAppDevMode",
            ])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg("about:blank")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromium; make test installs it");
        let (to, stdout) = (process.stdin.take().unwrap(), process.stdout.take().unwrap());
        let (sender, from) = channel();
        thread::spawn(move || {
            let messages = BufReader::new(stdout).split(0).map_while(Result::ok);
            for message in messages.filter_map(|bytes| serde_json::from_slice(&bytes).ok()) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        Self { process, to, from, events: Vec::new(), last: 0, session: Value::Null, _profile: profile }
    }

    /// Installs the app that this server holds under this origin, opens it and stays with its page.
    pub(crate) fn install(mut self, origin: &str, server: &str) -> Self {
        let manifest = format!("{origin}/");
        self.send("Target.setDiscoverTargets", json!({ "discover": true }));
        self.send("PWA.install", json!({ "manifestId": manifest, "installUrlOrBundleUrl": server }));
        self.send("PWA.launch", json!({ "manifestId": manifest }));
        let mine =
            |it: &Value| it["type"] == "app" && it["url"].as_str().is_some_and(|url| url.starts_with(origin));
        let opened = self.wait_for(|event| mine(&event["params"]["targetInfo"]));
        let target = &opened["params"]["targetInfo"]["targetId"];
        let attached = self.send("Target.attachToTarget", json!({ "targetId": target, "flatten": true }));
        self.session = attached["sessionId"].clone();
        self.send("Runtime.enable", json!({}));
        self.wait_for(|event| event["params"]["context"]["origin"] == origin);
        self
    }

    /// Evaluates an expression that may be a promise.
    pub(crate) fn run(&mut self, expression: &str) -> Value {
        let wanted = json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        let result = self.send("Runtime.evaluate", wanted);
        assert_eq!(result["exceptionDetails"], Value::Null, "{expression}");
        result["result"]["value"].clone()
    }

    pub(crate) fn close(mut self) {
        self.session = Value::Null;
        self.send("Browser.close", json!({}));
        self.process.wait().unwrap();
    }

    fn send(&mut self, method: &str, parameters: Value) -> Value {
        self.last += 1;
        let mut message = json!({ "id": self.last, "method": method, "params": parameters });
        if self.session != Value::Null {
            message["sessionId"] = self.session.clone();
        }
        let bytes = [message.to_string().as_bytes(), &[0]].concat();
        self.to.write_all(&bytes).and_then(|()| self.to.flush()).unwrap();
        let id = self.last;
        let answer = self.wait_for(|message| message["id"] == id);
        assert_eq!(answer["error"], Value::Null, "{method}");
        answer["result"].clone()
    }

    /// The first message that is wanted; what came before it and was not wanted stays.
    fn wait_for(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.events.iter().position(&wanted) {
            return self.events.swap_remove(at);
        }
        loop {
            let message = self.from.recv_timeout(PATIENCE).expect("Chromium says nothing");
            if wanted(&message) {
                return message;
            }
            self.events.push(message);
        }
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // Already gone when it was closed.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
