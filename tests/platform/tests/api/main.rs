//! The sandbox over real TLS with signed requests: a file a route, and a file a way in.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests fail by panicking")]

mod access_state;
mod access_table;
mod access_walk;
mod audit_lines;
mod audit_list;
mod browser;
mod card_assertion;
mod card_challenge;
mod card_hand;
mod cases;
mod certificate;
mod clients;
mod consent;
mod documents;
mod extras;
mod filing_decide;
mod filing_desk;
mod filing_evidence;
mod filing_hand;
mod filing_keys;
mod filing_list;
mod filing_refused;
mod filing_submit;
mod municipality;
mod municipality_bulk;
mod order;
mod person_history;
mod person_qualification;
mod person_search;
mod person_seen;
mod privacy;
mod program;
mod reader;
mod records;
mod relayed;
mod seed;
mod session_end;
mod session_otp;
mod session_refresh;
mod session_start;
mod signature;
mod status;
mod survival;
mod world;
