//! Contactless cards: blocks, activation, the readers that only carry frames.

#![cfg(test)]

mod air;
mod blocks;
mod chaos;
mod desk;
mod golden;
mod port;
mod session;
