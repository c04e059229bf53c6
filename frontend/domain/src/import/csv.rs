//! A small CSV reader — RFC 4180, as forgiving as spreadsheets are.
//!
//! The crate `csv` judges it in the tests. In the app the crate would bring its own automaton, error and
//! I/O types for what is one loop here; files of a few thousand lines need no more.

/// One record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Line of the file it begins on, from 1; a quoted field may hold line ends.
    pub line: usize,
    /// Its fields, unquoted.
    pub fields: Vec<String>,
}

/// Why a text is no CSV.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CsvError {
    /// A quote is opened and never closed.
    OpenQuote {
        /// Line of the opening quote.
        line: usize,
    },
}

/// All records; empty lines are left out. A tab parts fields when the first line holds one and no comma,
/// as when cells were copied out of a spreadsheet.
///
/// # Errors
/// When a quote is never closed.
pub fn parse(text: &str) -> Result<Vec<Record>, CsvError> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let first = text.lines().next().unwrap_or_default();
    let delimiter = if first.contains('\t') && !first.contains(',') { '\t' } else { ',' };
    let mut reader = Reader { records: Vec::new(), fields: Vec::new(), field: String::new(), begun: 1 };
    let (mut line, mut quoted_since, mut was_quoted) = (1, None, false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let ends_line = c == '\n' || (c == '\r' && chars.peek() != Some(&'\n'));
        match (quoted_since, c) {
            (Some(_), '"') if chars.peek() == Some(&'"') => {
                chars.next();
                reader.field.push('"');
            }
            (Some(_), '"') => quoted_since = None,
            (Some(_), c) => reader.field.push(c),
            (None, '"') if reader.field.is_empty() && !was_quoted => {
                quoted_since = Some(line);
                was_quoted = true;
            }
            (None, c) if c == delimiter => {
                reader.end_field();
                was_quoted = false;
            }
            (None, '\r' | '\n') => {
                reader.end_record(was_quoted);
                was_quoted = false;
                if c == '\r' && chars.peek() == Some(&'\n') {
                    chars.next();
                    line += 1;
                }
            }
            (None, c) => reader.field.push(c),
        }
        if ends_line {
            line += 1;
        }
        if reader.fields.is_empty() && reader.field.is_empty() && !was_quoted {
            reader.begun = line;
        }
    }
    if let Some(line) = quoted_since {
        return Err(CsvError::OpenQuote { line });
    }
    reader.end_record(was_quoted);
    Ok(reader.records)
}

struct Reader {
    records: Vec<Record>,
    fields: Vec<String>,
    field: String,
    /// Line the record begins on.
    begun: usize,
}

impl Reader {
    fn end_field(&mut self) {
        self.fields.push(std::mem::take(&mut self.field));
    }

    fn end_record(&mut self, was_quoted: bool) {
        if self.fields.is_empty() && self.field.is_empty() && !was_quoted {
            return;
        }
        self.end_field();
        self.records.push(Record { line: self.begun, fields: std::mem::take(&mut self.fields) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The crate `csv` as judge: its records and the lines they begin on.
    fn judge(text: &str) -> Vec<Record> {
        ::csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes())
            .into_records()
            .map(|record| {
                let record = record.unwrap();
                let line = record.position().map_or(0, |at| at.line()) as usize;
                Record { line, fields: record.iter().map(str::to_owned).collect() }
            })
            .collect()
    }

    fn fields(text: &str) -> Vec<Vec<String>> {
        parse(text).unwrap().into_iter().map(|record| record.fields).collect()
    }

    #[test]
    fn lines_are_those_of_the_file() {
        let text = "a,b\r\n\r\n\"一\n二\",\"say \"\"x\"\"\"\r\nc,\n";
        let records = parse(text).unwrap();
        let lines: Vec<usize> = records.iter().map(|record| record.line).collect();
        assert_eq!(lines, [1, 3, 5]);
        assert_eq!(records[1].fields, ["一\n二", "say \"x\""]);
        assert_eq!(records[2].fields, ["c", ""]);
    }

    #[test]
    fn cells_from_a_spreadsheet_and_marks_at_the_beginning() {
        assert_eq!(fields("\u{FEFF}a\tb\n1\t2,3\n"), [["a", "b"], ["1", "2,3"]]);
        assert_eq!(fields(""), Vec::<Vec<String>>::new());
        assert_eq!(fields("\"\""), [[""]]);
    }

    #[test]
    fn an_open_quote_is_named() {
        assert_eq!(parse("a\nb,\"c\nd\n"), Err(CsvError::OpenQuote { line: 2 }));
    }

    proptest! {
        #[test]
        fn as_the_judge_reads_it(text in "[ab,\"\n\r 一]{0,40}") {
            if let Ok(records) = parse(&text) {
                let judged = judge(&text);
                let ours: Vec<_> = records.iter().map(|record| &record.fields).collect();
                let theirs: Vec<_> = judged.iter().map(|record| &record.fields).collect();
                prop_assert_eq!(ours, theirs);
            }
        }

        #[test]
        fn what_the_judge_writes_is_read(rows in proptest::collection::vec(
            proptest::collection::vec("[^\u{FEFF}\u{0}\t]{0,8}", 2..5), 1..8)
        ) {
            let mut writer = ::csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            prop_assert_eq!(fields(&text), rows);
        }

        #[test]
        fn nothing_makes_it_fail_otherwise(text in "\\PC{0,60}") {
            let _ = parse(&text);
        }
    }
}
