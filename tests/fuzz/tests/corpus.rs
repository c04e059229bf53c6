//! The corpus, through the same functions as in the fuzzer.

use std::fs;
use std::path::PathBuf;

use kakehashi_fuzz::TARGETS;

/// Files of one target, and bytes of one file: a corpus is read by people too.
const FILES: usize = 13;
const BYTES: u64 = 4096;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

#[test]
fn every_target_holds_for_its_corpus() {
    for (name, run) in TARGETS {
        let mut files = 0;
        for entry in fs::read_dir(folder().join(name)).unwrap() {
            let path = entry.unwrap().path();
            assert!(fs::metadata(&path).unwrap().len() <= BYTES, "{} is too long", path.display());
            let data = fs::read(&path).unwrap();
            println!("{}", path.display());
            run(&data);
            files += 1;
        }
        assert!((1..=FILES).contains(&files), "{name} has {files} files");
    }
}

#[test]
fn every_corpus_has_its_target() {
    for entry in fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(TARGETS.iter().any(|(known, _)| *known == name), "{name}");
    }
}

#[test]
fn nothing_and_noise_are_survived_by_all() {
    for (_, run) in TARGETS {
        run(&[]);
        for byte in 0..=255 {
            run(&[byte]);
            run(&[byte; 64]);
        }
    }
}
