//! The program `virtual-card`, as it is started.

#![cfg(test)]

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
};

use kakehashi_card::CardFile;

const PROGRAM: &str = env!("CARGO_BIN_EXE_virtual-card");

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_reader_says_where_it_is_and_obeys_its_input() {
    let cards = tempfile::tempdir().unwrap();
    fs::write(cards.path().join("specimen.json"), CardFile::specimen().unwrap().to_json().unwrap()).unwrap();
    let started = Command::new(PROGRAM)
        .args(["reader", "--extended", "--insert", "specimen", "--cards"])
        .arg(cards.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let mut program = Running(started.unwrap());
    let mut input = program.0.stdin.take().unwrap();
    let mut said = BufReader::new(program.0.stdout.take().unwrap()).lines().map_while(Result::ok);
    let ready = said.next().unwrap();
    let mut host = TcpStream::connect(ready.strip_prefix("ready ").unwrap()).unwrap();
    let mut greeting = [0; 8];
    host.read_exact(&mut greeting).unwrap();
    assert_eq!(greeting, [4, 0, 195, 0, 0, 0, 18, 1]);
    for (line, answer) in [
        ("remove", "removed"),
        ("insert specimen", "inserted"),
        ("insert nobody", "no such card on the shelf"),
        ("unplug", "unplugged"),
        ("plug", "plugged"),
        ("dance", "insert ID | remove | plug | unplug"),
    ] {
        writeln!(input, "{line}").unwrap();
        assert_eq!(said.next().as_deref(), Some(answer));
    }
}

#[test]
fn what_cannot_be_done_is_said() {
    let cards = tempfile::tempdir().unwrap();
    let fails = |arguments: &[&str]| {
        let output = Command::new(PROGRAM).args(arguments).output().unwrap();
        assert!(!output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };
    let folder = cards.path().to_str().unwrap();
    assert!(fails(&["reader", "--cards", folder, "--insert", "hanako"]).contains("no card hanako"));
    assert!(fails(&["vpcd", "--card", "gone.json"]).contains("gone.json"));
    fs::write(cards.path().join("bad.json"), "{}").unwrap();
    assert!(fails(&["reader", "--cards", folder]).contains("not a card file"));
}
