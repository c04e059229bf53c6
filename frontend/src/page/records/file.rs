//! The record as a file.

use crate::service::{download, file};
use crate::text::{records as words, take as take_words, take_outside};
use domain::export::{BOM, Cp932, Outside, write_csv};
use domain::upstream::AuditEntry;

/// Makes the file and gives it to the browser; what is said of it.
pub(super) fn save(entries: &[AuditEntry], cp932: bool) -> String {
    let csv = text(entries);
    let bytes = if cp932 {
        let Some(table) = Cp932::from_decoder(file::shift_jis) else {
            return take_words().no_table.to_owned();
        };
        match table.encode(&csv) {
            Ok(bytes) => bytes,
            Err(Outside(characters)) => return take_outside(&characters),
        }
    } else {
        [BOM, &csv].concat().into_bytes()
    };
    let saved = download::save_bytes(words().csv_file, "text/csv", &bytes);
    if saved { words().csv_saved } else { words().csv_not_saved }.to_owned()
}

/// A line an entry, the headings first.
fn text(entries: &[AuditEntry]) -> String {
    let heads = AuditEntry::HEADS.map(str::to_owned);
    let rows = std::iter::once(heads).chain(entries.iter().map(AuditEntry::fields));
    let rows: Vec<[String; 7]> = rows.collect();
    write_csv(rows.iter().map(|row| row.iter().map(String::as_str)))
}
