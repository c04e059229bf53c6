//! A municipality's own system beside the sandbox: records out of it and into it.

use crate::process::binary;
use crate::{Failure, Outcome, Stack};
use std::process::Command;

impl Stack {
    /// All records of certifications, as CSV.
    ///
    /// # Errors
    /// When the sandbox's program fails.
    pub fn export_records(&self) -> Result<String, Failure> {
        let mut command = Command::new(binary("kakehashi-platform")?);
        let output = command.args(["records", "export", "--csv", "--dir"]).arg(self.folder()).output()?;
        Ok(String::from_utf8(output.stdout)?)
    }

    /// The municipality's own system brings records, as CSV; the running sandbox shows them at once.
    ///
    /// # Errors
    /// When they are not taken.
    pub fn import_records(&self, csv: &str) -> Outcome {
        let path = self.folder().join("records.csv");
        std::fs::write(&path, csv)?;
        let mut command = Command::new(binary("kakehashi-platform")?);
        command.args(["records", "import", "--csv", "--dir"]).arg(self.folder()).arg(path);
        let output = command.output()?;
        if output.status.success() {
            Ok(())
        } else {
            Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stdout)).into())
        }
    }
}
