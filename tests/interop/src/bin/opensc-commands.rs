//! Prints how many commands and bytes OpenSC gives and gets from the card, counted by the card itself: to read
//! the authentication certificate; to read it, check the PIN and sign once. `{"certificate":[C,B],"identity":…}`
//!
//! Counted to OpenSC's advantage: what it probes before it knows the card is left out, and its two tools'
//! approach to the application counts once.
#![expect(clippy::print_stdout, reason = "the numbers are what this program prints")]

use kakehashi_card::{CardFile, Logged};
use kakehashi_interop::{Failure, Reader, run};
use std::process::Command;

const APPLICATION: &[u8] = &[0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01];
const CERTIFICATE: &[u8] = &[0x00, 0x0A];
const READ_BINARY: u8 = 0xB0;

fn main() -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let input = folder.path().join("hash");
    std::fs::write(&input, [7; 32])?;
    let signing = commands_of(
        Command::new("pkcs15-crypt")
            .args(["--sign", "--key", "1", "--pin", "1234", "--sha-256", "--pkcs1", "--raw", "--input"])
            .arg(&input)
            .arg("--output")
            .arg(folder.path().join("signature")),
    )?;
    let signature = from_selecting(&signing, APPLICATION);

    let reading = commands_of(Command::new("pkcs15-tool").args(["--read-certificate", "1"]))?;
    let approach = &from_selecting(&reading, APPLICATION)[..1];
    let file = from_selecting(&reading, CERTIFICATE);
    let reads = file.iter().skip(1).take_while(|command| command.header[1] == READ_BINARY).count();
    if reads == 0 || signature.is_empty() {
        return Err("OpenSC did not read the certificate or did not sign".into());
    }
    let reads = &file[..=reads];
    let sum = |parts: [&[Logged]; 2]| {
        let all = parts.concat();
        format!("[{},{}]", all.len(), all.iter().map(|command| command.bytes).sum::<usize>())
    };
    println!("{{\"certificate\":{},\"identity\":{}}}", sum([approach, reads]), sum([signature, reads]));
    Ok(())
}

/// What one tool gives a fresh card.
fn commands_of(command: &mut Command) -> Result<Vec<Logged>, Failure> {
    let file = CardFile::specimen().map_err(|error| error.to_string())?;
    let reader = Reader::with(&file)?;
    run(command)?;
    Ok(reader.take_card()?.log().cloned().collect())
}

/// The commands from the first that selects this name.
fn from_selecting<'a>(commands: &'a [Logged], name: &[u8]) -> &'a [Logged] {
    let first = commands.iter().position(|command| command.selected.as_deref() == Some(name));
    first.and_then(|first| commands.get(first..)).unwrap_or_default()
}
