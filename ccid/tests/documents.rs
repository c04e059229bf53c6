//! docs/readers.md holds the table of readers as the data has it.

use ccid::ccid::Level;
use ccid::usb::readers::{Protocol, READERS, Reader, Source};

const BEGIN: &str =
    "<!-- made from ccid/src/usb/readers/table.rs: UPDATE_DOCS=1 cargo test -p ccid --test documents -->\n";
const END: &str = "<!-- end of the table -->\n";

fn row(reader: &Reader) -> String {
    let Reader { vendor, product, name, protocol, level, slots, source, tried } = *reader;
    let way = match protocol {
        Protocol::CcidVendor => "CCID, class 0xFF: any page",
        Protocol::CcidProtected => "CCID, class 0x0B: Isolated Web App only",
        Protocol::Port100 => "Port-100: any page",
        Protocol::Port400 => "Port-400: any page, experimental",
    };
    let level = level.map_or("–", |level| match level {
        Level::Character => "character",
        Level::Tpdu => "TPDU",
        Level::ShortApdu => "short APDU",
        Level::ExtendedApdu => "extended APDU",
    });
    let source = match source {
        Source::Libccid => "libccid's descriptors",
        Source::Programs => "programs that drive it",
        Source::NumbersOnly => "numbers only",
    };
    let tried = if tried { "yes" } else { "no" };
    format!("| {name} | `{vendor:04X}:{product:04X}` | {way} | {level} | {slots} | {source} | {tried} |\n")
}

#[test]
fn the_table_of_readers_is_the_data() {
    let mut table = String::from(
        "| reader | USB id | how it is reached | level | slots | where that is written | tried |\n\
         |---|---|---|---|---|---|---|\n",
    );
    table.extend(READERS.iter().map(row));
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/readers.md");
    let written = std::fs::read_to_string(path).expect("docs/readers.md is there");
    let (before, rest) = written.split_once(BEGIN).expect("the table has a beginning");
    let (old, after) = rest.split_once(END).expect("the table has an end");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, [before, BEGIN, &table, END, after].concat()).expect("it can be written");
    } else {
        assert_eq!(old, table, "run: UPDATE_DOCS=1 cargo test -p ccid --test documents");
    }
}

#[test]
fn every_path_the_document_names_is_there() {
    let top = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let text = std::fs::read_to_string([top, "/docs/readers.md"].concat()).expect("docs/readers.md is there");
    let roots = ["ccid/", "tests/", "frontend/", "docs/"];
    let named: Vec<&str> = text
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|word| roots.iter().any(|root| word.starts_with(root)) && !word.contains([' ', '…', '*']))
        .map(|word| word.split("::").next().unwrap_or(word))
        .collect();
    assert!(named.len() > 20, "the document says where things are");
    for path in named {
        assert!(std::path::Path::new(top).join(path).exists(), "{path} is named in docs/readers.md");
    }
}
