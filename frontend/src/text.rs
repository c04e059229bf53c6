//! All wording, a file a page. Japanese now; another language fills the same structures, so that a missing
//! sentence does not compile.
//!
//! Short sentences, です・ます, the official term with a plain one beside it the first time.

/// Declares a catalogue: a structure of sentences, its Japanese text, and the function that hands it out.
macro_rules! catalogue {
    ($(#[$doc:meta])* $name:ident, $get:ident { $($field:ident: $text:expr,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name { $(#[doc = $text] pub $field: &'static str,)+ }

        static JA: $name = $name { $($field: $text,)+ };

        $(#[$doc])*
        pub const fn $get() -> &'static $name {
            &JA
        }
    };
}

mod agenda;
mod alerts;
mod board;
mod calendar;
mod card;
mod case;
mod clients;
mod common;
mod consent;
mod consent_paper;
pub mod desk;
mod device;
mod document;
mod enrol;
mod filing;
mod find;
pub mod format;
mod frame;
mod help;
pub mod kana;
mod mask;
mod missing;
mod notices;
mod person;
mod pin;
mod records;
mod round;
mod sign_in;
mod start;
mod today;
pub mod upcoming;

pub use agenda::{Way as AgendaWay, agenda, line as agenda_line, urgency as agenda_urgency};
pub use alerts::alerts;
pub use board::{
    asked as board_asked, awaited as board_awaited, board, changes as board_changes,
    counted as board_counted, day as board_day, expected as board_expected, names as board_names,
    people as board_people, shown as board_shown, state as board_state, waited as board_waited,
};
pub use calendar::{
    calendar, counted as calendar_counted, more as calendar_more, summary as calendar_summary,
};
pub use card::{card, part as card_part};
pub use case::{
    case, contradiction as case_contradiction, fact as case_fact, outcome as case_outcome,
    printed as case_printed, provisional_since as case_provisional, validity as case_validity,
};
pub use clients::{
    clients, finding as clients_finding, import_error as clients_import_error, outlook as clients_outlook,
    shown as clients_shown, unused as clients_unused,
};
pub use common::common;
pub use consent::{
    consent, given as consent_given, giver as consent_giver, method as consent_method,
    standing as consent_standing, until as consent_until,
};
pub use consent_paper::consent_paper;
pub use device::{
    bulk as device_bulk, device, interface as device_interface, interrupt as device_interrupt,
    screen as device_screen, took as device_took, version as device_version,
};
pub use document::{
    aspect as document_aspect, change as document_change, changed as document_changed, code as document_code,
    document, doubt as document_doubt, page_of as document_page, pages as document_pages,
    summary as document_summary, zoom as document_zoom,
};
pub use enrol::enrol;
pub use filing::{
    confirmable as filing_confirmable, day as filing_day, due as filing_due, filing,
    in_words as filing_in_words, printed as filing_printed, proof as filing_proof, state as filing_state,
    support as filing_support, told as filing_told, wrong as filing_wrong,
};
pub use find::{birth_echo, field_missing, field_wrong, find};
pub use frame::{filing_band, frame};
pub use help::{help, hits as help_hits};
pub use mask::mask;
pub use missing::missing;
pub use notices::{notices, wrong as notices_wrong};
pub use person::{
    change, line, none_issued, not_migrated, person, plan, printed, restriction, take, take_outside,
    unavailable, unreadable,
};
pub use pin::{count as pin_count, pin, tries as pin_tries};
pub use records::{outlook as records_outlook, printed as records_printed, records, span as records_span};
pub use round::{
    held as round_held, lacks as round_lacks, limit as round_limit, outlook as round_outlook, round,
};
pub use sign_in::{sent_to, sign_in};
pub use start::start;
pub use today::{count as people_count, right_until, today};
