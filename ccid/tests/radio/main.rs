//! Contactless cards: blocks, activation, the readers that only carry frames.

#![cfg(test)]

mod blocks;
mod desk;
mod golden;
mod session;
