//! The program itself: what it prints, and what it says when something is in the way.

use crate::database::House;
use crate::world::copy;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Output, Stdio};

/// One of the commands, told where everything is.
fn told(command: &str, house: &House, rest: &[&str]) -> (bool, String) {
    let mut arguments = vec![command.to_owned()];
    arguments.extend(house.arguments());
    arguments.extend(rest.iter().map(|word| (*word).to_owned()));
    run(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
}

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kakehashi-platform"));
    command.args(arguments).env_remove("KAKEHASHI_DATABASE").stdin(Stdio::null());
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
    let house = House::empty();
    let dir = house.path().to_str().unwrap();
    let (ok, said) = run(&["init", "--dir", dir]);
    assert!(ok && said.contains("作りました"), "{said}");
    let (ok, said) = run(&["init", "--dir", dir]);
    assert!(ok && said.contains("もうあります"), "{said}");
    let (ok, said) = told("seed", &house, &["--people", "20", "--today", "2026-11-22"]);
    assert!(ok && said.contains("20人分") && said.contains("0000012345"), "{said}");
    let (ok, said) = told("seed", &house, &["--people", "20", "--today", "2026-11-22"]);
    assert!(ok && said.contains("もう入っています"), "{said}");
    let (ok, said) = told("seed", &house, &["--today", "2026-02-30"]);
    assert!(!ok && said.contains("その日付はありません"), "{said}");
}

#[test]
fn serve_prints_ready_and_stops_when_told() {
    let house = copy();
    let mut child = program(&["serve", "--listen", "127.0.0.1:0", "--extras", "127.0.0.1:0"])
        .args(house.arguments())
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
    let house = copy();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    for arguments in
        [["--listen", &address, "--extras", "127.0.0.1:0"], ["--listen", "127.0.0.1:0", "--extras", &address]]
    {
        let (ok, said) = told("serve", &house, &arguments);
        assert!(!ok && said.contains(&address) && said.contains("別のプログラムが使っています"), "{said}");
    }
    let (ok, said) = run(&["serve", "--dir", "nowhere", "--listen", "127.0.0.1:0"]);
    assert!(!ok && said.contains("init --dir nowhere"), "{said}");
    house.lose_database();
    let (ok, said) = told("serve", &house, &["--listen", "127.0.0.1:0"]);
    assert!(!ok && said.contains("seed --dir"), "{said}");
    let (ok, said) = told("serve", &house, &["--extras", "0.0.0.0:0"]);
    assert!(!ok && said.contains("この機械の外から届く"), "{said}");
}

#[test]
fn a_database_is_named_without_its_password_being_told() {
    let house = copy();
    let dir = house.path().to_str().unwrap();
    let elsewhere = |url: &str| run(&["serve", "--dir", dir, "--listen", "127.0.0.1:0", "--database", url]);
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for (url, why) in [
        (format!("postgres://somebody:secret-word@{free}/x"), "データベースを扱えません"),
        ("postgres://somebody:secret-word@[/x".to_owned(), "の形で書いてください"),
        ("mysql://somebody:secret-word@127.0.0.1/x".to_owned(), "の形で書いてください"),
    ] {
        let (ok, said) = elsewhere(&url);
        assert!(!ok && said.contains(why), "{said}");
        assert!(!said.contains("secret-word") && !said.contains("somebody"), "{said}");
    }
}
