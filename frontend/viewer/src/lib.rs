//! Draws the pages of a PDF, one at a time.
//!
//! Nothing in a document is run: the drawing crate has no interpreter for scripts, follows no links, fetches
//! nothing and fills in no forms. What can still go wrong, a document made to take time or memory, is bounded
//! here by size and, in the app, by ending the worker this runs in.

mod document;

pub use document::{Broken, Document, MOST_PAGES, MOST_PIXELS, Picture};
