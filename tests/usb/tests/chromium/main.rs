//! Stock Chromium on the virtual bus: its own WebUSB, with every virtual reader behind it.

#![cfg(test)]
#![cfg(all(target_os = "linux", target_arch = "x86_64"))]

mod browser;
mod desks;
mod pipes;
mod plain;
mod readers;
