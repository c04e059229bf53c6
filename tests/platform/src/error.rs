//! Errors of starting, making and seeding: [`PlatformError`], a sentence for the person at the terminal.
//!
//! What a caller over HTTP did wrong is no error of this kind: a business error is an answer
//! (`answer::Refusal::Business`), a system error a problem document (`answer::Problem`). What the database
//! says is a [`StoreError`](crate::store::StoreError): a start that fails with it ends here, a request that
//! fails with it becomes problem `UPS-500`.

use crate::store::{NoDatabase, StoreError};
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// Why the sandbox cannot be made or started.
#[derive(Debug, thiserror::Error)]
pub enum PlatformError {
    /// A file cannot be read or written.
    #[error("{} を読み書きできません ({source})。場所とアクセス権を確かめてください。", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// `init` has not been run.
    #[error("{} がありません。先に `kakehashi-platform init --dir {}` を実行してください。", missing.display(), dir.display())]
    NotMade {
        /// The sandbox's directory.
        dir: PathBuf,
        /// What is not there.
        missing: PathBuf,
    },
    /// `seed` has not been run.
    #[error("データベースが空です。先に `kakehashi-platform seed --dir {}` を実行してください。--database を指定するときは、同じ指定を付けてください。", dir.display())]
    NotSeeded {
        /// The sandbox's directory.
        dir: PathBuf,
    },
    /// Something else listens there.
    #[error("{0} は別のプログラムが使っています。そのプログラムを終了するか、別の番号を指定してください。")]
    PortInUse(SocketAddr),
    /// The address may not be listened on.
    #[error("{address} で待ち受けできません ({source})。番号とアクセス権を確かめてください。")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// The extras are for this machine only.
    #[error("{0} は、この機械の外から届くアドレスです。--extras には 127.0.0.1 か ::1 を指定してください。")]
    ExtrasNotLoopback(SocketAddr),
    /// A certificate or key cannot be made or read.
    #[error("証明書・鍵を扱えません: {0}")]
    Pki(String),
    /// A file is there, and is not what it should be.
    #[error("{} の中身が正しくありません ({why})。消してから作り直してください。", path.display())]
    Content {
        /// Which.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// A file of records cannot be read; why, in a sentence.
    #[error("ファイルを読み込めません。{0} 形式は docs/records.md にあります。")]
    Records(String),
    /// The database was named in a way nobody can read.
    #[error(transparent)]
    Database(#[from] NoDatabase),
    /// The database refused.
    #[error("データベースを扱えません: {0}")]
    Store(#[from] StoreError),
}

impl PlatformError {
    pub(crate) fn file(path: &Path, source: io::Error) -> Self {
        Self::File { path: path.to_owned(), source }
    }

    pub(crate) fn content(path: &Path, why: impl ToString) -> Self {
        Self::Content { path: path.to_owned(), why: why.to_string() }
    }

    pub(crate) fn pki(cause: impl ToString) -> Self {
        Self::Pki(cause.to_string())
    }

    pub(crate) fn listen(address: SocketAddr, source: io::Error) -> Self {
        match source.kind() {
            io::ErrorKind::AddrInUse => Self::PortInUse(address),
            _ => Self::Listen { address, source },
        }
    }
}
