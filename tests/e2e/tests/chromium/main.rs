//! The whole way in Chromium: sandbox, relay, app, card reader.

mod board;
mod calendar;
mod card;
mod care;
mod clients;
mod consent;
mod desk;
mod desk_filing;
mod device;
mod documents;
mod enrolment;
mod filing;
mod later;
mod many;
mod memory;
mod numbers;
mod outage;
mod person;
mod person_take;
mod practice;
mod readers;
mod recipe;
mod session;
