//! The notation of `data/t1-*.blocks`, with a block encoder of its own.

/// A line of a script.
#[derive(Debug)]
pub(crate) enum Line {
    Command(Vec<u8>),
    Offer(u8),
    Resynch,
    /// The reader sends this.
    Sends(Vec<u8>, u8),
    /// This comes back.
    Comes(Came),
    /// How it ends: an answer, or a word.
    Ends(Result<Vec<u8>, String>),
}

#[derive(Debug)]
pub(crate) enum Came {
    Block(Vec<u8>),
    Garbled,
    Nothing,
}

/// A script with its title.
pub(crate) struct Script {
    pub(crate) title: String,
    pub(crate) lines: Vec<Line>,
}

pub(crate) fn scripts(text: &str) -> Vec<Script> {
    let mut scripts: Vec<Script> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line.strip_prefix("== ") {
            Some(title) => scripts.push(Script { title: title.into(), lines: Vec::new() }),
            None => scripts.last_mut().expect("a title first").lines.push(read(line)),
        }
    }
    scripts
}

fn read(line: &str) -> Line {
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    match word {
        "command" => Line::Command(hex(rest)),
        "offer" => Line::Offer(rest.parse().unwrap()),
        "resynch" => Line::Resynch,
        ">" => Line::Sends(block(rest), times(rest)),
        "<x" => Line::Comes(Came::Garbled),
        "<" if rest == "nothing" => Line::Comes(Came::Nothing),
        "<" => Line::Comes(Came::Block(block(rest))),
        "answer" => Line::Ends(Ok(hex(rest))),
        "done" => Line::Ends(Ok(Vec::new())),
        _ => Line::Ends(Err(word.into())),
    }
}

/// How long the reader waits after this block, in waiting times.
fn times(text: &str) -> u8 {
    let grants = text.strip_prefix("S(WTX ").and_then(|rest| rest.strip_suffix(")ok"));
    grants.map_or(1, |times| times.parse().unwrap())
}

fn hex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

fn block(text: &str) -> Vec<u8> {
    let (kind, rest) = text.split_once('(').unwrap();
    let (inside, tail) = rest.split_once(')').unwrap();
    let (pcb, info) = match kind {
        "I" => {
            let (number, more) = inside.split_once(',').unwrap();
            let pcb = number.parse::<u8>().unwrap() * 0x40 + more.parse::<u8>().unwrap() * 0x20;
            (pcb, hex(tail.trim()))
        }
        "R" => {
            let flaw = ["", "edc", "other"].iter().position(|it| *it == tail).unwrap();
            (0x80 + inside.parse::<u8>().unwrap() * 0x10 + u8::try_from(flaw).unwrap(), Vec::new())
        }
        "S" => {
            let (name, value) = inside.split_once(' ').unwrap_or((inside, ""));
            let at = ["RESYNCH", "IFS", "ABORT", "WTX"].iter().position(|it| *it == name).unwrap();
            let response = if tail == "ok" { 0x20 } else { 0 };
            (0xC0 + u8::try_from(at).unwrap() + response, value.parse().into_iter().collect())
        }
        _ => panic!("{text}"),
    };
    let mut bytes = vec![0, pcb, u8::try_from(info.len()).unwrap()];
    bytes.extend(info);
    bytes.push(bytes.iter().fold(0, |sum, byte| sum ^ byte));
    bytes
}
