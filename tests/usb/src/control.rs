//! The socket by which a test moves plugs: one command a line, answered by `ok` once it is in force.

use std::{
    io::{self, BufRead, BufReader, Write},
    os::unix::net::{UnixListener, UnixStream},
    path::Path,
    sync::atomic::Ordering,
};

use crate::{bus::Bus, log::note};

/// What a line asks for.
#[derive(Debug, PartialEq)]
enum Command {
    Want(usize, bool),
    Busy(usize, bool),
    Deny(usize, bool),
}

/// Takes commands as long as the process lives.
pub(crate) fn run(bus: &Bus, path: &Path) {
    // One left by an earlier browser would be in the way.
    drop(std::fs::remove_file(path));
    match UnixListener::bind(path) {
        Ok(listener) => {
            for stream in listener.incoming().map_while(Result::ok) {
                if let Err(error) = serve(bus, &stream) {
                    note!("control: {error}");
                }
            }
        }
        Err(error) => note!("{}: {error}", path.display()),
    }
}

fn serve(bus: &Bus, stream: &UnixStream) -> io::Result<()> {
    for line in BufReader::new(stream).lines() {
        let line = line?;
        note!("control: {line}");
        let known = parse(&line).is_some_and(|command| obey(bus, &command));
        (&*stream).write_all(if known { b"ok\n" } else { b"unknown\n" })?;
    }
    Ok(())
}

fn parse(line: &str) -> Option<Command> {
    let mut words = line.split_whitespace();
    let (verb, port) = (words.next()?, words.next()?.parse().ok()?);
    let on = |word: Option<&str>| match word? {
        "on" => Some(true),
        "off" => Some(false),
        _ => None,
    };
    match verb {
        "add" => Some(Command::Want(port, true)),
        "remove" => Some(Command::Want(port, false)),
        "busy" => Some(Command::Busy(port, on(words.next())?)),
        "deny" => Some(Command::Deny(port, on(words.next())?)),
        _ => None,
    }
}

fn obey(bus: &Bus, command: &Command) -> bool {
    let (Command::Want(number, on) | Command::Busy(number, on) | Command::Deny(number, on)) = *command;
    let Some(port) = bus.ports.get(number) else { return false };
    match command {
        Command::Want(..) => port.want(on),
        Command::Busy(..) => port.switches.busy.store(on, Ordering::Release),
        Command::Deny(..) => port.switches.denied.store(on, Ordering::Release),
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines() {
        assert_eq!(parse("add 0"), Some(Command::Want(0, true)));
        assert_eq!(parse(" remove  1 "), Some(Command::Want(1, false)));
        assert_eq!(parse("busy 0 on"), Some(Command::Busy(0, true)));
        assert_eq!(parse("deny 2 off"), Some(Command::Deny(2, false)));
        for bad in ["", "add", "add x", "busy 0", "busy 0 maybe", "explode 0"] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
