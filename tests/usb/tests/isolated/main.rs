//! The app as an Isolated Web App: the bundle that `make iwa` leaves, and stock Chromium with it.
//!
//! Chromium on Linux does not install a bundle from a file: `--install-isolated-web-app-from-file` and
//! `PWA.install` of a file end without a word (156), as if its reader of bundles were not there. Its
//! developer's way does work: an app of the same kind whose files come from a server. So the signature is
//! checked here, and the server gives Chromium what stands in the bundle, byte by byte and header by header.

#![cfg(test)]
#![cfg(all(target_os = "linux", target_arch = "x86_64"))]

mod bundle;
mod cbor;
mod chromium;
mod host;

use std::fs;

use bundle::{Bundle, base32, folder};
use chromium::Chromium;
use host::Host;
use kakehashi_card::{Bench, CardFile, Shelf, UsbBus, VirtualReader, WebUsbPolicy, socket::tcp::Server};
use serde_json::{Value, json};

#[test]
fn the_bundle_is_signed_with_the_key_that_names_it() {
    let bundle = Bundle::built();
    let id = base32(&[&bundle.key[..], &[0, 1, 2]].concat());
    assert_eq!(bundle.id, id);
    assert_eq!(fs::read_to_string(folder().join("origin")).unwrap().trim(), format!("isolated-app://{id}"));
    assert!(bundle.verifies(&bundle.content), "openssl verifies the signature");
    for at in [0, bundle.content.len() / 2, bundle.content.len() - 1] {
        let mut other = bundle.content.clone();
        other[at] ^= 1;
        assert!(!bundle.verifies(&other), "byte {at} changed");
    }
    assert!(bundle.responses().keys().all(|url| url.starts_with(&format!("isolated-app://{id}/"))));
}

#[test]
fn the_bundle_holds_what_an_isolated_web_app_needs_and_no_more() {
    let bundle = Bundle::built();
    let responses = bundle.responses();
    let file = |path: &str| &responses[&format!("isolated-app://{}/{path}", bundle.id)];
    let manifest: Value = serde_json::from_slice(&file(".well-known/manifest.webmanifest").body).unwrap();
    assert_eq!(manifest["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!((&manifest["id"], &manifest["start_url"]), (&json!("/"), &json!("/")));
    for feature in ["cross-origin-isolated", "usb", "usb-unrestricted", "smart-card"] {
        assert_eq!(manifest["permissions_policy"][feature], json!(["self"]), "{feature}");
    }
    let page = String::from_utf8(file("").body.clone()).unwrap();
    let scripts: Vec<_> = page.split("<script").skip(1).collect();
    assert!(!scripts.is_empty() && scripts.iter().all(|it| it.contains("src=")), "no inline script");
    assert!(
        page.contains("require-trusted-types-for")
            && !page.contains("sha256-")
            && !page.contains("unsafe-inline")
    );
    let names = responses.keys();
    assert!(!names.clone().any(|url| url.ends_with(".br") || url.ends_with(".gz") || url.ends_with(".pem")));
    for (url, response) in &responses {
        let header =
            |name: &str| response.headers.iter().find(|(it, _)| it == name).map(|(_, value)| value.as_str());
        assert_eq!(header("cross-origin-embedder-policy"), Some("require-corp"), "{url}");
        if url.ends_with(".wasm") {
            assert_eq!(header("content-type"), Some("application/wasm"), "{url}");
        }
    }
}

#[test]
fn an_isolated_app_claims_the_class_that_pages_may_not() {
    let shelf = Shelf::new(&[CardFile::specimen().unwrap()]).unwrap();
    let desk = Bench::new(VirtualReader::default(), shelf);
    let server = Server::start(&desk).unwrap();
    let bus = UsbBus::new(&[server.address()]).unwrap();
    assert!(desk.insert("specimen"));
    // The kind of a developer's app: any 32 bytes, and the ending that says so.
    let origin = format!("isolated-app://{}", base32(&[&[7; 32][..], &[0, 0, 2]].concat()));
    let _policy = WebUsbPolicy::grant(&[&origin]).unwrap();
    let bundle = Bundle::built();
    let host = Host::start(&bundle);
    let mut app = Chromium::start(&bus.variables()).install(&origin, &host.address());

    // The app starts under the browser's own policy: its script, its WebAssembly, its styles, and the first
    // page, which is a part of its own.
    let started = "new Promise((done) => { const look = () => document.querySelector('form input')
        ? done([...document.styleSheets].every((it) => it.cssRules.length > 0)) : setTimeout(look, 50); look(); })";
    assert_eq!(app.run(started), json!(true));
    assert_eq!(app.run("[location.origin, crossOriginIsolated]"), json!([origin, true]));
    assert_eq!(app.run("document.featurePolicy.allowsFeature('usb-unrestricted')"), json!(true));
    let fetched = app.run("fetch('http://127.0.0.1:9/').then(() => 'ok', (e) => e.name)");
    assert_eq!(fetched, "TypeError", "the browser's policy: https and wss alone");

    let claim = "(async () => {
        const [device] = await navigator.usb.getDevices();
        await device.open();
        const classes = device.configuration.interfaces.map((i) => i.alternate.interfaceClass);
        await device.claimInterface(0);
        const send = async (...data) => (await device.transferOut(1, new Uint8Array(data))).status;
        await send(0x62, 0, 0, 0, 0, 0, 8, 0, 0, 0);
        const { data } = await device.transferIn(2, 512);
        await device.close();
        return [classes[0], Array.from(new Uint8Array(data.buffer)).slice(0, 12)];
    })()";
    let answer = app.run(claim);
    // The card's answer to reset begins with 3B.
    assert_eq!(
        (&answer[0], &answer[1][0], &answer[1][10]),
        (&json!(11), &json!(0x80), &json!(0x3B)),
        "{answer}"
    );
    app.close();
}
