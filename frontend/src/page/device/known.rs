//! What `ccid`'s table of readers means for a person.

use crate::service::card::reader::Found;
use crate::text::device as words;
use ccid::usb::UsbId;
use ccid::usb::descriptor::{CLASS_CCID, CLASS_VENDOR};
use ccid::usb::readers::{Protocol, Reader, Source, lookup};
use domain::reader::Way;

/// How a reader of the table is reached.
pub(super) const fn way_of(reader: &Reader) -> Way {
    match reader.protocol {
        Protocol::CcidVendor => Way::Open,
        Protocol::CcidProtected => Way::Protected,
        Protocol::Port100 => Way::Port100,
        Protocol::Port400 => Way::Port400,
    }
}

/// How a device is reached: by the table, or by what the browser shows of it.
pub(super) fn way_to(found: &Found) -> Way {
    let has =
        |class| found.interfaces.iter().any(|it| it.class == class && it.bulk_in != 0 && it.bulk_out != 0);
    match lookup(found.id) {
        Some(known) => way_of(known),
        None if has(CLASS_CCID) && !has(CLASS_VENDOR) => Way::Protected,
        None => Way::Unlisted,
    }
}

/// The same in words.
pub(super) const fn way_words(way: Way) -> &'static str {
    let words = words();
    match way {
        Way::Open => words.way_open,
        Way::Protected => words.way_protected,
        Way::Port100 => words.way_port100,
        Way::Port400 => words.way_port400,
        Way::Unlisted => words.way_unlisted,
    }
}

/// Where a row of the table comes from.
pub(super) const fn source(source: Source) -> &'static str {
    let words = words();
    match source {
        Source::Libccid => words.source_libccid,
        Source::Programs => words.source_programs,
        Source::NumbersOnly => words.source_numbers,
    }
}

/// 054C:0DC8
pub(super) fn numbers(id: UsbId) -> String {
    hex(id.vendor, id.product)
}

/// The same of two numbers.
pub(super) fn hex(vendor: u16, product: u16) -> String {
    format!("{vendor:04X}:{product:04X}")
}
