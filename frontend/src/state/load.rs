//! Something fetched: what is there, whether it is being fetched, and what went wrong last.

use crate::service::problem::Problem;
use std::rc::Rc;

/// A value that comes from afar. The three are independent: old data stays while new data is fetched, and
/// stays when that fails.
#[derive(Debug, PartialEq)]
pub struct Load<T> {
    /// The newest that came.
    pub value: Option<Rc<T>>,
    /// Whether it is being fetched.
    pub waiting: bool,
    /// Why the last fetch failed.
    pub problem: Option<Problem>,
}

impl<T> Load<T> {
    /// The same, being fetched.
    #[must_use]
    pub fn started(&self) -> Self {
        Self { value: self.value.clone(), waiting: true, problem: None }
    }

    /// After a fetch.
    #[must_use]
    pub fn ended(&self, result: Result<T, Problem>) -> Self {
        match result {
            Ok(value) => Self { value: Some(Rc::new(value)), waiting: false, problem: None },
            Err(problem) => Self { value: self.value.clone(), waiting: false, problem: Some(problem) },
        }
    }
}

impl<T> Clone for Load<T> {
    fn clone(&self) -> Self {
        Self { value: self.value.clone(), waiting: self.waiting, problem: self.problem.clone() }
    }
}

impl<T> Default for Load<T> {
    fn default() -> Self {
        Self { value: None, waiting: false, problem: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_refresh_keeps_what_was_there() {
        let load = Load::default().ended(Ok(7)).started();
        assert!(load.waiting && load.value.as_deref() == Some(&7));
        let load = load.ended(Err(Problem::new("APP-001")));
        assert_eq!(load.value.as_deref(), Some(&7));
        assert!(!load.waiting && load.problem.is_some());
        assert!(load.started().problem.is_none());
    }
}
