//! Runs every script of `scripts/` on a new card.

#![cfg(test)]

use std::{fs, path::Path};

use kakehashi_card::{CardFile, VirtualCard};

fn bytes(text: &str) -> Vec<u8> {
    let digits: String = text.split_whitespace().collect();
    (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap()).collect()
}

fn fits(pattern: &str, answer: &[u8]) -> bool {
    let shown: String = answer.iter().map(|byte| format!("{byte:02X}")).collect();
    let pattern: String = pattern.split_whitespace().collect();
    match pattern.strip_prefix('*') {
        Some(end) => shown.len() > end.len() && shown.ends_with(end),
        None => {
            pattern.len() == shown.len()
                && pattern.chars().zip(shown.chars()).all(|(p, s)| p == '.' || p == s)
        }
    }
}

#[test]
fn the_card_answers_every_script() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts");
    let mut exchanges = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "apdu") {
            continue;
        }
        let mut card = VirtualCard::new(&CardFile::specimen().unwrap()).unwrap();
        let mut answer = Vec::new();
        for (number, line) in fs::read_to_string(&path).unwrap().lines().enumerate() {
            match line.split_at_checked(2) {
                Some(("> ", command)) => answer = card.transmit(&bytes(command)),
                Some(("< ", pattern)) => {
                    assert!(fits(pattern, &answer), "{}:{}: {answer:02X?}", path.display(), number + 1);
                    exchanges += 1;
                }
                _ if line == "= power" => card.power(),
                _ if line == "= warm" => card.warm_reset(),
                _ => assert!(line.starts_with('#'), "{}:{}", path.display(), number + 1),
            }
        }
        assert!(!card.forbidden_touched(), "{}", path.display());
    }
    assert!(exchanges > 100, "only {exchanges} exchanges were found");
}
