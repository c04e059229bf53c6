//! The fuzzer's program, one for all targets: `KAKEHASHI_FUZZ` names the one to run. Built by `make fuzz`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| kakehashi_fuzz::named(data));
