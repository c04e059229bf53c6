//! A small CSV writer — RFC 4180: CRLF, a field in quotes where it must be.
//!
//! The crate `csv` judges it in the tests, as it does the reader ([`crate::import`]).

/// Stands before the text in a file of UTF-8, so that spreadsheets take it for what it is.
pub const BOM: &str = "\u{FEFF}";

/// The text of all rows, the heads first. Each field has gone through [`harmless`].
pub fn write<'a, R>(rows: impl IntoIterator<Item = R>) -> String
where
    R: IntoIterator<Item = &'a str>,
{
    let mut text = String::new();
    for row in rows {
        let begin = text.len();
        let mut fields = 0;
        for field in row {
            if fields > 0 {
                text.push(',');
            }
            fields += 1;
            put(&mut text, field);
        }
        // A row of one empty field would be an empty line, which readers leave out.
        if fields == 1 && text.len() == begin {
            text.push_str("\"\"");
        }
        text.push_str("\r\n");
    }
    text
}

/// Whether a spreadsheet would take a field for a formula, by its first character: `=` `+` `-` `@` in half
/// and full width, tab, line ends (<https://owasp.org/www-community/attacks/CSV_Injection>).
fn dangerous(field: &str) -> bool {
    field.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\u{FF1D}', '\u{FF0B}', '\u{FF0D}', '\u{FF20}'])
}

/// A field that no spreadsheet computes: an apostrophe stands before what would be a formula. Nothing else
/// is changed, so taking that one character away gives the field as it was.
pub fn harmless(field: &str) -> String {
    if dangerous(field) { ["'", field].concat() } else { field.to_owned() }
}

fn put(text: &mut String, field: &str) {
    let danger = dangerous(field);
    let quoted = field.contains([',', '"', '\r', '\n', '\t', ' ', '\u{3000}']);
    if quoted {
        text.push('"');
    }
    if danger {
        text.push('\'');
    }
    for c in field.chars() {
        if c == '"' {
            text.push('"');
        }
        text.push(c);
    }
    if quoted {
        text.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Vec<Vec<String>> {
        let mut reader =
            ::csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    #[test]
    fn quotes_only_where_they_must_be() {
        let text = write([["番号", "氏名"], ["0000012345", "山田 \"花\",子"]]);
        assert_eq!(text, "番号,氏名\r\n0000012345,\"山田 \"\"花\"\",子\"\r\n");
    }

    #[test]
    fn no_field_is_a_formula() {
        for begin in ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠A1"] {
            let text = write([[begin, "次"]]);
            assert_eq!(read(&text), [[["'", begin].concat(), "次".to_owned()]], "{begin:?}");
        }
        assert_eq!(harmless("2-1"), "2-1", "within a field they are nothing");
    }

    proptest! {
        #[test]
        fn the_crate_csv_reads_what_was_written(rows in proptest::collection::vec(
            proptest::collection::vec("[=+@a\"',\r\n\t 　あ－-]{0,6}", 1..5), 0..6)) {
            let text = write(rows.iter().map(|row| row.iter().map(String::as_str)));
            let safe: Vec<Vec<String>> =
                rows.iter().map(|row| row.iter().map(|field| harmless(field)).collect()).collect();
            prop_assert_eq!(read(&text), safe);
        }

        #[test]
        fn our_own_reader_reads_it_too(fields in proptest::collection::vec(".{1,8}", 1..5)) {
            // A byte order mark at the very beginning is taken for one.
            prop_assume!(!fields[0].starts_with('\u{FEFF}'));
            let text = write([fields.iter().map(String::as_str)]);
            // Without a comma in its first line a tab would part the fields.
            prop_assume!(fields.len() > 1 || !text.contains('\t'));
            let records = crate::import::parse_csv(&text).unwrap();
            let safe: Vec<String> = fields.iter().map(|field| harmless(field)).collect();
            prop_assert_eq!(&records[0].fields, &safe);
        }
    }
}
