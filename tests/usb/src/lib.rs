//! A virtual USB bus for stock Chromium: libudev and usbfs stood in for by `LD_PRELOAD`.
//!
//! Chromium's own WebUSB runs on it: enumeration, permissions, protected classes, transfers, hot-plug. A
//! device is a TCP peer that speaks the frames of docs/api.md §6 (`kakehashi_card::socket`).
//!
//! | variable | meaning |
//! |---|---|
//! | `KVUSB_DEVICES` | `host:port[,host:port…]`: port 0 of the bus, port 1, … |
//! | `KVUSB_CONTROL` | a Unix socket to be made, that takes lines: `add N`, `remove N`, `busy N on\|off`, `deny N on\|off` |
//! | `KVUSB_DIR` | an own folder for the files sysfs would hold; otherwise one in the temporary folder |
//! | `KVUSB_LOG` | a file to which every step is appended |
//!
//! A peer that closes its connection is a device that is unplugged; the bus tries again until it answers.
//! `busy` makes every claim fail with EBUSY, as when a kernel driver holds the interface; `deny` makes every
//! open fail with EACCES, as without a udev rule.
//!
//! How it stands in: the preloaded `udev_*` and `open`, `openat`, `close`, `ioctl` win over the C library's.
//! An opened device is an eventfd that is writable exactly while a finished request waits to be reaped, which
//! is what Chromium polls for. `open` and `ioctl` are variadic in C; here they take a fixed third argument,
//! which on x86-64 (System V) is passed the same way. On other machines this library is empty.
#![cfg(all(target_os = "linux", target_arch = "x86_64"))]

mod bus;
mod control;
mod device;
mod link;
mod log;
mod udev;
mod urb;
mod usbfs;
