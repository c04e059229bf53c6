//! The program itself: what it prints, and what it says when something is in the way.

use crate::world::copy;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Output, Stdio};

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kakehashi-platform"));
    command.args(arguments).stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> (bool, String) {
    let Output { status, stdout, stderr } = program(arguments).output().unwrap();
    (status.success(), String::from_utf8([stdout, stderr].concat()).unwrap())
}

/// Ends with the test.
struct Serving(Child);

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn init_and_seed_say_what_they_did() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().to_str().unwrap();
    let (ok, said) = run(&["init", "--dir", dir]);
    assert!(ok && said.contains("作りました"), "{said}");
    let (ok, said) = run(&["init", "--dir", dir]);
    assert!(ok && said.contains("もうあります"), "{said}");
    let (ok, said) = run(&["seed", "--dir", dir, "--people", "20", "--today", "2026-11-22"]);
    assert!(ok && said.contains("20人分") && said.contains("0000012345"), "{said}");
    let (ok, said) = run(&["seed", "--dir", dir, "--people", "20", "--today", "2026-11-22"]);
    assert!(ok && said.contains("もう入っています"), "{said}");
    let (ok, said) = run(&["seed", "--dir", dir, "--today", "2026-02-30"]);
    assert!(!ok && said.contains("その日付はありません"), "{said}");
}

#[test]
fn serve_prints_ready_and_stops_when_told() {
    let folder = copy();
    let dir = folder.path().to_str().unwrap();
    let mut child = program(&["serve", "--dir", dir, "--listen", "127.0.0.1:0", "--extras", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut serving = Serving(child);
    let ready = lines.next().unwrap().unwrap();
    let words: Vec<&str> = ready.split(' ').collect();
    let [word, tls, extras] = words[..] else { panic!("{ready}") };
    assert_eq!(word, "ready");
    for address in [tls, extras] {
        assert!(std::net::TcpStream::connect(address).is_ok(), "{address}");
    }
    let told = Command::new("kill").args(["-TERM", &serving.0.id().to_string()]).status().unwrap();
    assert!(told.success());
    assert!(serving.0.wait().unwrap().success());
}

#[test]
fn what_is_in_the_way_is_said_in_a_sentence() {
    let folder = copy();
    let dir = folder.path().to_str().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    for arguments in
        [["--listen", &address, "--extras", "127.0.0.1:0"], ["--listen", "127.0.0.1:0", "--extras", &address]]
    {
        let (ok, said) = run(&[&["serve", "--dir", dir][..], &arguments].concat());
        assert!(!ok && said.contains(&address) && said.contains("別のプログラムが使っています"), "{said}");
    }
    let (ok, said) = run(&["serve", "--dir", "nowhere", "--listen", "127.0.0.1:0"]);
    assert!(!ok && said.contains("init --dir nowhere"), "{said}");
    std::fs::remove_file(folder.path().join("platform.db")).unwrap();
    let (ok, said) = run(&["serve", "--dir", dir, "--listen", "127.0.0.1:0"]);
    assert!(!ok && said.contains("seed --dir"), "{said}");
    let (ok, said) = run(&["serve", "--dir", dir, "--extras", "0.0.0.0:0"]);
    assert!(!ok && said.contains("この機械の外から届く"), "{said}");
}
