//! Clients from a file: CSV text, already decoded, to checked lines. Nothing is taken over half: every
//! line is either a client or says, by line and column, what is wrong with it.

mod client;
mod csv;
mod line;

pub use client::{Client, Column, Import, ImportError, ImportLine, read};
pub use csv::{CsvError, Record, parse as parse_csv};
pub use line::{Finding, Problem};
pub(crate) use line::{insured, insurer};
