//! `check`: what is wrong, in words for the person who looks after the computer.

use super::{chain, say};
use crate::config::{Config, ConfigError};
use crate::forward::Upstream;
use crate::identity::{Identity, IdentityError, Validity};
use crate::time::now;
use std::path::Path;
use std::process::ExitCode;
use tokio::sync::watch;

pub(super) fn run(path: &Path) -> ExitCode {
    let findings = findings(path);
    let good = findings.iter().all(|finding| finding.good);
    for finding in &findings {
        let mark = if finding.good { "よし" } else { "問題" };
        if say(&format!("[{mark}] {}", finding.words)).is_err() {
            return ExitCode::FAILURE;
        }
    }
    if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// One thing looked at.
struct Finding {
    good: bool,
    words: String,
}

fn good(words: impl Into<String>) -> Finding {
    Finding { good: true, words: words.into() }
}

fn bad(words: impl Into<String>) -> Finding {
    Finding { good: false, words: words.into() }
}

fn findings(path: &Path) -> Vec<Finding> {
    let config = match Config::load(path) {
        Ok(config) => config,
        Err(error) => return vec![bad(config_words(&error))],
    };
    vec![
        good(format!("設定ファイル {} を読めました。", path.display())),
        state(&config),
        authorities(&config),
        certificate(&config, now()),
    ]
}

fn config_words(error: &ConfigError) -> String {
    match error {
        ConfigError::Read { path, source } => {
            format!("設定ファイル {} を読めません。場所と権限を確かめてください。({source})", path.display())
        }
        ConfigError::Form { path, source } => {
            format!("設定ファイル {} の書き方が正しくありません。\n{source}", path.display())
        }
        ConfigError::Lan(address) => format!(
            "listen = {address} は、ほかのパソコンからも届くアドレスです。そのつもりなら allow_lan = true と書いてください。"
        ),
        ConfigError::Value { key, reason } => format!("設定 {key} の値が正しくありません。({reason})"),
    }
}

fn state(config: &Config) -> Finding {
    let path = config.state.display();
    let writable = std::fs::create_dir_all(&config.state)
        .and_then(|()| std::fs::File::create(config.state.join("check")))
        .and_then(|_| std::fs::remove_file(config.state.join("check")));
    match writable {
        Ok(()) => good(format!("作業フォルダー {path} に書き込めます。")),
        Err(error) => bad(format!(
            "作業フォルダー {path} に書き込めません。権限と空き容量を確かめてください。({error})"
        )),
    }
}

fn authorities(config: &Config) -> Finding {
    let path = config.upstream.ca.display();
    match Upstream::new(&config.upstream, watch::channel(None).1) {
        Ok(_) => good(format!("接続先の認証局 {path} を読めました。")),
        Err(error) => bad(format!(
            "接続先の認証局 {path} を使えません。PEM形式の証明書か、接続先の名前を確かめてください。({})",
            chain(&error)
        )),
    }
}

fn certificate(config: &Config, now: u64) -> Finding {
    let identity = match Identity::load(&config.identity) {
        Ok(identity) => identity,
        Err(error) => return bad(identity_words(&error)),
    };
    let days = identity.days_left(now);
    match (identity.validity(now), &identity.office) {
        (Validity::Expired, _) => bad(
            "事業所の電子証明書の期限が切れています。電子請求受付システムで新しい電子証明書を取得してください。",
        ),
        (Validity::Early, _) => {
            bad("事業所の電子証明書の有効期間がまだ始まっていません。このパソコンの日付を確かめてください。")
        }
        (Validity::Valid, None) => bad(
            "事業所の電子証明書に事業所番号がありません。設定の [identity] office に事業所番号を書いてください。",
        ),
        (Validity::Valid, Some(office)) => {
            good(format!("事業所の電子証明書は有効です。事業所番号 {office}、あと{days}日。"))
        }
    }
}

fn identity_words(error: &IdentityError) -> String {
    match error {
        IdentityError::Missing(path) => {
            format!(
                "事業所の電子証明書のファイル {} がありません。手順は「はじめての準備」にあります。",
                path.display()
            )
        }
        IdentityError::Read(path, cause) => {
            format!(
                "事業所の電子証明書のファイル {} を読めません。権限を確かめてください。({cause})",
                path.display()
            )
        }
        IdentityError::Pem { path, .. } => {
            format!("{} は、PEM形式のファイルではありません。", path.display())
        }
        IdentityError::Certificate(_) => {
            "事業所の電子証明書の中身を読めません。ファイルが壊れていないか確かめてください。".to_owned()
        }
        IdentityError::Key(_) => "秘密鍵を使えません。ファイルが壊れていないか確かめてください。".to_owned(),
        IdentityError::Mismatch => {
            "秘密鍵と電子証明書の組み合わせが違います。同時に受け取った組を置いてください。".to_owned()
        }
    }
}
