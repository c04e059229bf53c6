//! The pages, a folder each. A page asks [`crate::state::App`] and shows; it holds no rule of the field.

pub mod board;
pub mod calendar;
pub mod card;
pub mod cases;
pub mod clients;
pub mod consent;
pub mod desk;
pub mod device;
pub mod document;
pub mod enrol;
pub mod filing;
pub mod find;
pub mod heading;
pub mod help;
pub mod mask;
pub mod missing;
pub mod notices;
pub mod parts;
pub mod person;
pub mod practice;
pub mod records;
pub mod round;
pub mod sign_in;
pub mod today;
pub mod ways;
