//! ISO-DEP, block by block, from `data/blocks.txt`.

use ccid::iso_dep::{Exchange, Failure, IsoDep, Want};
use ccid::iso14443::{ACTIVATION_WAIT, LONGEST_WAIT, Link};

const FWT: u32 = 10_000;

fn hex(text: &str) -> Vec<u8> {
    text.split_whitespace().map(|byte| u8::from_str_radix(byte, 16).unwrap()).collect()
}

fn link(frame: u16) -> Link {
    Link { frame, wait: FWT, guard: 0 }
}

fn exchange(dep: &IsoDep, what: &str) -> Exchange {
    match what.trim() {
        "presence" => dep.presence(),
        "deselect" => dep.deselect(),
        command => dep.command(&hex(command)),
    }
}

/// How an exchange ended, in the words of the file.
fn end(want: &Want) -> Option<String> {
    match want {
        Want::Send(..) => None,
        Want::Done(answer) if answer.is_empty() => Some("done".into()),
        Want::Done(answer) => {
            Some(answer.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(" "))
        }
        Want::Failed(Failure::Silent) => Some("silent".into()),
        Want::Failed(Failure::Garbled) => Some("garbled".into()),
        Want::Failed(Failure::Rule(_)) => Some("rule".into()),
        Want::Failed(other) => Some(format!("{other:?}")),
    }
}

fn play(name: &str, whats: &str, lines: &[&str]) {
    let (whats, frame) = whats.split_once("fsc").unwrap_or((whats, "256"));
    let mut dep = IsoDep::new(link(frame.trim().parse().unwrap()));
    let mut whats = whats.split('|');
    let mut current = exchange(&dep, whats.next().unwrap());
    for (number, line) in lines.iter().enumerate() {
        let place = format!("{name}, line {}", number + 1);
        let (mark, text) = line.split_at(1);
        let mut want = current.next(&mut dep);
        if matches!(want, Want::Done(_)) && mark == ">" {
            current = exchange(&dep, whats.next().expect("a next command"));
            want = current.next(&mut dep);
        }
        match (mark, want) {
            (">", Want::Send(block, wait)) => {
                let (bytes, times) = text.split_once('x').unwrap_or((text, "1"));
                assert_eq!(*block, hex(bytes), "{place}");
                let expected =
                    if block[0] == 0xC2 { ACTIVATION_WAIT } else { FWT * times.parse::<u32>().unwrap() };
                assert_eq!(wait, expected, "{place}");
            }
            ("<", _) => match text.trim() {
                "silence" => current.nothing_came(&mut dep),
                "noise" => current.garbled(&mut dep),
                block => current.received(&mut dep, &hex(block)),
            },
            ("=", want) => assert_eq!(end(&want).as_deref(), Some(text.trim()), "{place}"),
            (_, want) => panic!("{place}: {want:?}"),
        }
    }
}

#[test]
fn every_exchange_goes_as_written() {
    let text: Vec<&str> =
        include_str!("data/blocks.txt").lines().filter(|line| !line.starts_with('#')).collect();
    let mut played = 0;
    for paragraph in text.split(|line| line.is_empty()).filter(|lines| !lines.is_empty()) {
        let (name, whats) = paragraph[0].rsplit_once(':').unwrap();
        assert!(paragraph.last().unwrap().starts_with('='), "{name} has no end");
        play(name, whats, &paragraph[1..]);
        played += 1;
    }
    assert_eq!(played, 26);
}

#[test]
fn an_extension_is_capped_and_not_granted_for_ever() {
    let mut dep = IsoDep::new(Link { wait: LONGEST_WAIT / 4, ..link(256) });
    let mut exchange = dep.command(&[1]);
    let mut granted = 0u32;
    loop {
        match exchange.next(&mut dep) {
            Want::Send(_, wait) => {
                assert!(wait <= LONGEST_WAIT);
                granted += wait;
                exchange.received(&mut dep, &[0xF2, 59]);
            }
            Want::Failed(failure) => break assert_eq!(failure, Failure::Endless),
            Want::Done(_) => panic!("it never answered"),
        }
    }
    assert!(granted <= 66_000_000, "{granted} microseconds is too long to wait");
}

#[test]
fn a_slow_card_is_missed_after_one_more_question() {
    let mut dep = IsoDep::new(Link { wait: 2_478_141, ..link(256) });
    let mut exchange = dep.command(&[1]);
    for block in [&[0x02, 1][..], &[0xB2]] {
        assert!(matches!(exchange.next(&mut dep), Want::Send(sent, _) if *sent == block));
        exchange.nothing_came(&mut dep);
    }
    assert!(matches!(exchange.next(&mut dep), Want::Failed(Failure::Silent)));
}

#[test]
fn after_a_failure_or_a_dropped_exchange_nothing_more_is_sent() {
    for fails in [false, true] {
        let mut dep = IsoDep::new(link(256));
        let mut exchange = dep.command(&[1, 2, 3]);
        assert!(matches!(exchange.next(&mut dep), Want::Send(..)));
        while fails && matches!(exchange.next(&mut dep), Want::Send(..)) {
            exchange.nothing_came(&mut dep);
        }
        drop(exchange);
        for mut next in [dep.command(&[1]), dep.presence()] {
            assert!(matches!(next.next(&mut dep), Want::Failed(Failure::Unsettled)));
        }
        // A farewell is heard by a card that is still there, and moves nothing.
        assert!(matches!(dep.deselect().next(&mut dep), Want::Send(block, _) if *block == [0xC2]));
    }
}

#[test]
fn any_frame_size_carries_any_command() {
    for frame in [0, 3, 4, 16, 64, 256, u16::MAX] {
        let mut dep = IsoDep::new(link(frame));
        let command: Vec<u8> = (0..300u16).map(|n| n.to_le_bytes()[0]).collect();
        let mut exchange = dep.command(&command);
        let (mut got, mut number) = (Vec::new(), 0);
        loop {
            match exchange.next(&mut dep) {
                Want::Send(block, _) => {
                    assert!(block.len() + 2 <= usize::from(frame.max(4)), "{frame}: {}", block.len());
                    got.extend_from_slice(&block[1..]);
                    let answer = if block[0] & 0x10 != 0 { 0xA2 } else { 0x02 };
                    exchange.received(&mut dep, &[answer | number]);
                    number ^= 1;
                }
                Want::Done(_) => break,
                Want::Failed(failure) => panic!("{failure:?}"),
            }
        }
        assert_eq!(got, command);
    }
}
