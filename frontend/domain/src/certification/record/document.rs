//! docs/records.md, made from the columns.

use super::{Column, Record, write_csv};
use crate::certification::sample::{event, facts};
use crate::certification::{ApplicationKind, Step};
use crate::number::{InsuredNumber, InsurerNumber};
use crate::qualification::CareLevel;
use std::fmt::Write;

const HEAD: &str = "# A municipality's records as files

Made from `frontend/domain/src/certification/record`; a test compares.

The item layouts, file names and error codes of the official interface (『介護情報基盤との連携におけるインタフェース仕様書』 2.0) are \
not public. What follows is a neutral schema of our own; an adapter to the official one can stand beside it once it \
is known. One line is one fact about one application. Keys: `insurer_no`, `insured_no`, `case_no`, `kind`, \
`history_no`. Of several lines for one application and kind the one with the highest `history_no` holds, in whatever \
order they come; a correction is a line with a higher number, and `cleared` takes a fact back. The same line twice \
is one line. There is no column for the My Number (個人番号), and a JSON object with a member that is not named here \
is refused.

CSV: RFC 4180, UTF-8 (a byte order mark may stand in front). The first line \
holds the headings, keys or Japanese names, in any order; columns with other headings are left aside. A field that a \
spreadsheet would compute is written with an apostrophe before it, which is taken off when read. JSON: a list of \
objects, the keys as members, all values text; what is empty may be left out.

## Columns

| key | heading | what stands there | lines |
|---|---|---|---|
";

fn lines_of(column: Column) -> String {
    let kinds: Vec<&str> =
        Step::ALL.iter().filter(|step| column.is_of(**step)).map(|step| step.name()).collect();
    let which = if kinds.len() == Step::ALL.len() { "all".to_owned() } else { kinds.join("、") };
    if column.is_needed() { which + ", needed" } else { which }
}

fn document() -> String {
    let mut text = HEAD.to_owned();
    for column in Column::ALL {
        let _ = writeln!(
            text,
            "| `{}` | {} | {} | {} |",
            column.key(),
            column.name(),
            column.form(),
            lines_of(column)
        );
    }
    let codes = |text: &mut String, title: &str, rows: Vec<(&str, &str)>| {
        let _ = write!(text, "\n## {title}\n\n| code | name |\n|---|---|\n");
        for (code, name) in rows {
            let _ = writeln!(text, "| `{code}` | {name} |");
        }
    };
    text += "\n`on` is left empty where `cleared` is `1`. `level`, `valid_from` and `valid_to` are needed for the outcome \
        認定 and empty for the others; `reason` may stand with 却下 and 延期.\n";
    codes(&mut text, "kind", Step::ALL.iter().map(|step| (step.code(), step.name())).collect());
    codes(
        &mut text,
        "application",
        ApplicationKind::ALL.iter().map(|kind| (kind.code(), kind.name())).collect(),
    );
    let outcomes = vec![
        ("certified", "認定"),
        ("not_certified", "非該当"),
        ("dismissed", "却下"),
        ("withdrawn", "取下げ"),
    ];
    codes(&mut text, "outcome", outcomes);
    let certified = CareLevel::ALL.iter().filter(|level| **level >= CareLevel::Support1);
    codes(&mut text, "level", certified.map(|level| (level.code(), level.name())).collect());
    let records: Vec<Record> = facts()
        .into_iter()
        .zip(1..)
        .filter_map(|(fact, version)| {
            let insurer = InsurerNumber::parse("102046").ok()?;
            let insured = InsuredNumber::parse("0000012345").ok()?;
            Some(Record::of(insurer, insured, "R08-001234".into(), &event(version, fact)))
        })
        .collect();
    let _ = write!(text, "\n## Example\n\n```csv\n{}```\n", write_csv(&records).replace('\r', ""));
    let json = records.iter().take(2).map(super::row).collect::<Vec<_>>();
    let json = serde_json::to_string_pretty(&json).unwrap_or_default();
    let _ = write!(text, "\n```json\n{json}\n```\n");
    text
}

#[test]
fn the_document_says_the_same() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/records.md");
    let document = document();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, &document).expect("docs/records.md can be written");
    }
    let written = std::fs::read_to_string(path).expect("docs/records.md is there");
    assert_eq!(written, document, "run: UPDATE_DOCS=1 cargo test -p kakehashi-domain");
}
