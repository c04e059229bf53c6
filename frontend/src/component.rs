//! Parts every page is made of. Looks: デジタル庁デザインシステム; behaviour of forms and errors: GOV.UK.
//!
//! A part holds no rule and fetches nothing. Nothing is told by colour alone, and no part sets a `style`
//! attribute: the page's content security policy would drop it.

mod address;
mod as_of;
mod badge;
mod banner;
mod button;
mod choice;
mod date_text;
mod dialog;
mod element;
mod error_summary;
mod fault_message;
mod field;
mod find_box;
mod focus;
mod frame;
mod gauge;
mod icon;
mod pin_pad;
mod sheet;
mod stepper;
mod waiting;

pub use address::{address, link};
pub use as_of::as_of;
pub use badge::{Tone, badge, level_badge};
pub use banner::Banner;
pub use button::{Button, Rank};
pub use choice::{Checkbox, RadioGroup, RadioOption};
pub use date_text::{DateStyle, date_text, given_text};
pub use dialog::Dialog;
pub use element::{all, el, el_with, text};
pub use error_summary::{ErrorSummary, FieldError};
pub use fault_message::FaultMessage;
pub use field::{FieldGroup, FieldWidth, Need, TextField};
pub use focus::focus_on;
pub use frame::Frame;
pub use gauge::gauge;
pub use icon::{IconKind, icon, large_icon};
pub use pin_pad::{Digits, PinPad};
pub use sheet::{pairs, row, rows, sheet};
pub use stepper::{CardStep, Stepper};
pub use waiting::Waiting;
