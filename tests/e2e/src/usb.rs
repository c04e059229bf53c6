//! The virtual USB bus with one reader on it.

use crate::{Failure, Outcome};

/// A bus.
pub struct Bus {
    variables: Vec<(String, String)>,
}

impl Bus {
    /// What the browser's process needs to see it.
    pub(crate) fn variables(&self) -> Result<Vec<(String, String)>, Failure> {
        Ok(self.variables.clone())
    }

    /// Nothing.
    ///
    /// # Errors
    /// Never.
    pub fn nothing(&self) -> Outcome {
        Ok(())
    }
}
