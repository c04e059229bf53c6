//! The municipality that lanes are copied from: certificates and people are made once.

use crate::Failure;
use crate::process::{binary, set_database};
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// A municipality that lanes are copied from.
#[derive(Debug)]
pub struct Base {
    folder: TempDir,
    programs: PathBuf,
    people: usize,
}

impl Base {
    /// Makes one with so many people, all of them clients of the 居宅介護支援 office.
    ///
    /// # Errors
    /// When the sandbox's program is not there or fails.
    pub fn make(programs: &Path, people: usize) -> Result<Self, Failure> {
        let folder = TempDir::new()?;
        let base = Self { folder, programs: programs.to_owned(), people: people.max(300) };
        base.platform(&["init"], base.folder.path(), None)?;
        base.seed(base.folder.path(), None)?;
        Ok(base)
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn programs(&self) -> &Path {
        &self.programs
    }

    /// Writes the same people into another database.
    pub(crate) fn seed(&self, folder: &Path, database: Option<&str>) -> Result<(), Failure> {
        let people = self.people.to_string();
        self.platform(&["seed", "--people", &people, "--clients", &people], folder, database)
    }

    /// Runs the sandbox's program to its end.
    fn platform(&self, words: &[&str], folder: &Path, database: Option<&str>) -> Result<(), Failure> {
        let mut command = Command::new(binary(&self.programs, "kakehashi-platform")?);
        set_database(&mut command, database);
        let output = command.args(words).arg("--dir").arg(folder).output()?;
        if output.status.success() {
            Ok(())
        } else {
            Err(format!("{words:?}: {}", String::from_utf8_lossy(&output.stderr)).into())
        }
    }
}

pub(crate) fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
