//! The built app at the relay's address.

use crate::support::{Office, Outgoing, Running, Upstream};
use std::fs;

const HASH: &str = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

async fn running() -> Running {
    let upstream = Upstream::echo().await;
    let mut office = Office::with(&upstream).tables("[app]\nconnect = [\"ws://127.0.0.1:8482\"]");
    let app = office.path("app");
    fs::create_dir_all(app.join("icons/.hidden")).unwrap();
    for (name, content) in [
        ("index.html", "<!doctype html>page"),
        ("config.json", "{}"),
        ("app-0123456789abcdef_bg.wasm", "wasm"),
        ("app-0123456789abcdef_bg.wasm.br", "brotli"),
        ("app-0123456789abcdef_bg.wasm.gz", "gzip"),
        ("icons/card.svg", "<svg/>"),
        ("icons/.hidden/x.txt", "hidden"),
        (".env", "secret"),
        ("csp-hashes.txt", HASH),
    ] {
        fs::write(app.join(name), content).unwrap();
    }
    fs::write(office.path("outside.txt"), "outside").unwrap();
    fs::write(app.join("linked.js"), "plain").unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        symlink(office.path("outside.txt"), app.join("escape.txt")).unwrap();
        symlink(office.path("outside.txt"), app.join("linked.js.br")).unwrap();
        symlink(app.join("config.json"), app.join("inside.json")).unwrap();
    }
    office.app = Some(app);
    office.start(upstream.address).await
}

#[tokio::test]
async fn the_page_and_its_headers() {
    let running = running().await;
    for path in ["/", "/index.html", "/people/today", "/relay/help"] {
        let answer = running.get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.body, "<!doctype html>page");
        assert!(answer.header("content-type").starts_with("text/html"));
        assert_eq!(answer.header("cache-control"), "no-cache");
        assert_eq!(
            answer.header("content-security-policy"),
            format!(
                "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' {HASH}; style-src 'self'; \
                 img-src 'self' data:; connect-src 'self' ws://127.0.0.1:8482; manifest-src 'self'; \
                 worker-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'; \
                 require-trusted-types-for 'script'"
            )
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert!(answer.header("permissions-policy").starts_with("usb=(self), "));
        assert!(answer.header("permissions-policy").contains("geolocation=()"));
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
    }
}

#[tokio::test]
async fn compressed_if_the_browser_can() {
    let running = running().await;
    let path = "/app-0123456789abcdef_bg.wasm";
    for (accept, encoding, body) in
        [("gzip, deflate, br", "br", "brotli"), ("gzip", "gzip", "gzip"), ("", "", "wasm")]
    {
        let answer = Outgoing::get(&running, path).header("accept-encoding", accept).send().await;
        assert_eq!((answer.header("content-encoding"), &answer.body[..]), (encoding, body.as_bytes()));
        assert_eq!(answer.header("content-type"), "application/wasm");
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
        assert!(answer.header("vary").to_lowercase().contains("accept-encoding"), "{:?}", answer.headers);
    }
    assert_eq!(running.get("/config.json").await.header("cache-control"), "no-cache");
    let mut head = Outgoing::get(&running, "/icons/card.svg");
    head.method = "HEAD".into();
    let answer = head.send().await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "image/svg+xml"));
}

#[tokio::test]
async fn nothing_else_is_given_out() {
    let running = running().await;
    for path in [
        "/.env",
        "/icons/.hidden/x.txt",
        "/icons/missing.svg",
        "/csp-hashes.txt",
        "/app-0123456789abcdef_bg.wasm.br",
        "/../outside.txt",
        "/icons/../../outside.txt",
        "/%2e%2e/outside.txt",
        "/..%2foutside.txt",
        "//etc/passwd.txt",
        "/escape.txt",
        "/linked.js",
    ] {
        let answer = running.get(path).await;
        answer.refused("RLY-007", 404);
    }
    running.get("/relay/enrol").await.refused("RLY-007", 404);
    #[cfg(unix)]
    assert_eq!(running.get("/inside.json").await.status, 200, "a link inside the folder is fine");
    assert_eq!(running.get("/icons/").await.body, "<!doctype html>page", "no listing");
    let mut post = Outgoing::get(&running, "/");
    post.method = "POST".into();
    post.send().await.refused("RLY-007", 404);
}

#[tokio::test]
async fn a_folder_without_an_app_is_refused_at_the_start() {
    let upstream = Upstream::echo().await;
    let office = Office::with(&upstream);
    let config = office.config(upstream.address);
    for (name, content) in [("index.html", None), ("csp-hashes.txt", Some("'unsafe-inline'"))] {
        let app = office.path("broken");
        fs::create_dir_all(&app).unwrap();
        if let Some(content) = content {
            fs::write(app.join("index.html"), "").unwrap();
            fs::write(app.join(name), content).unwrap();
        }
        assert!(kakehashi_relay::Relay::bind(&config, Some(&app)).await.is_err(), "{name}");
    }
}
