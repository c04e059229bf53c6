//! What is known of a person, as a file for other software: CSV text, and its bytes in CP932. The columns
//! are described in docs/export.md.

mod cp932;
mod csv;
mod filing;
mod person;
mod queue;

pub use cp932::{Cp932, Outside};
pub use csv::{BOM, harmless, write as write_csv};
pub use filing::{FILING_COLUMNS, filing_row};
pub use person::{COLUMNS, person as person_rows};
pub use queue::{QUEUE_COLUMNS, queue_row};
