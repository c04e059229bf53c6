//! Where everything stands below one directory (docs/api.md §8).

use crate::PlatformError;
use crate::store::Database;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The directory of one sandbox.
#[derive(Debug, Clone)]
pub struct Layout {
    dir: PathBuf,
    database: Option<Database>,
}

impl Layout {
    /// Below this directory.
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        Self { dir: dir.into(), database: None }
    }

    /// The same, with what is not in files elsewhere than in the directory's own database.
    pub fn with_database(self, database: Option<Database>) -> Self {
        Self { database, ..self }
    }

    /// The directory itself.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Keys and certificates.
    pub fn pki(&self) -> PathBuf {
        self.dir.join("pki")
    }

    /// The CA of the server's certificate.
    pub fn ca(&self) -> PathBuf {
        self.pki().join("ca.pem")
    }

    /// An office's client certificate and key: `pki/offices/<number>/{cert,key}.pem`.
    pub fn office(&self, number: &str) -> PathBuf {
        self.pki().join("offices").join(number)
    }

    /// Client certificates that are not good: `revoked`, `expired`, `stranger` (an office nobody knows).
    pub fn sample(&self, name: &str) -> PathBuf {
        self.pki().join("samples").join(name)
    }

    /// Certificate and key that receipts of 届出 are signed with: `pki/receipts/{cert,key}.pem`.
    pub fn receipts(&self) -> PathBuf {
        self.pki().join("receipts")
    }

    /// The roots and revocation lists of the test JPKI.
    pub fn jpki(&self) -> PathBuf {
        self.pki().join("jpki")
    }

    /// The key under which people are bound to their cards.
    pub fn installation_key(&self) -> PathBuf {
        self.pki().join("installation.key")
    }

    /// The virtual cards.
    pub fn cards(&self) -> PathBuf {
        self.dir.join("cards")
    }

    /// The database: `platform.db`, when no other was named.
    pub fn database(&self) -> Database {
        self.database.clone().unwrap_or_else(|| Database::File(self.dir.join("platform.db")))
    }

    /// Who can sign in, for people who try the sandbox.
    pub fn sign_in(&self) -> PathBuf {
        self.dir.join("sign-in.json")
    }

    /// Whom to look up, for people who try the sandbox.
    pub fn people(&self) -> PathBuf {
        self.dir.join("people.json")
    }

    /// Clients of the 居宅介護支援 office, as a file to add them by.
    pub fn clients(&self) -> PathBuf {
        self.dir.join("clients.csv")
    }
}

/// Reads a file as text.
pub(crate) fn read(path: &Path) -> Result<String, PlatformError> {
    fs::read_to_string(path).map_err(|source| PlatformError::file(path, source))
}

/// Writes a file whole or not at all, and makes the folders above it.
pub(crate) fn write(path: &Path, content: &str) -> Result<(), PlatformError> {
    put(path, content, 0o644)
}

/// Like [`write`], for the owner's eyes only.
pub(crate) fn write_secret(path: &Path, content: &str) -> Result<(), PlatformError> {
    put(path, content, 0o600)
}

fn put(path: &Path, content: &str, mode: u32) -> Result<(), PlatformError> {
    let error = |source| PlatformError::file(path, source);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(error)?;
    }
    let part = path.with_extension("part");
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
    #[cfg(not(unix))]
    let _ = mode;
    let mut file = options.open(&part).map_err(error)?;
    file.write_all(content.as_bytes()).and_then(|()| file.sync_all()).map_err(error)?;
    fs::rename(&part, path).map_err(error)
}
