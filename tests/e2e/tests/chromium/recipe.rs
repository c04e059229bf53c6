//! Follows a recipe in `docs/` literally: its commands are run as they stand there, and must print what stands
//! there.

use kakehashi_e2e::{Failure, Outcome};
use std::path::Path;
use std::process::Command;

/// What comes between the outputs of two steps.
const APART: char = '\u{1E}';

/// Commands, and what they print.
#[derive(Debug, PartialEq, Eq)]
struct Step {
    commands: String,
    prints: String,
}

/// Runs all commands of a document, one shell for all, in a folder.
pub(crate) fn follow(document: &str, folder: &Path) -> Outcome {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(document);
    let steps = steps(&std::fs::read_to_string(path)?)?;
    if steps.is_empty() {
        return Err(format!("{document} has no commands").into());
    }
    let script: Vec<String> = steps.iter().map(|step| format!("{}printf '\\036'\n", step.commands)).collect();
    let done = Command::new("sh").args(["-euc", &script.concat()]).current_dir(folder).output()?;
    let said = String::from_utf8(done.stdout)?;
    let mut printed = said.split(APART);
    for step in &steps {
        let found = printed.next().unwrap_or_default();
        if found != step.prints {
            let error = String::from_utf8_lossy(&done.stderr);
            return Err(format!("{}\nprinted: {found}\nand: {error}", step.commands).into());
        }
    }
    if done.status.success() { Ok(()) } else { Err("the last command failed".into()) }
}

/// The blocks `sh` of a document, each with the block `text` right after it.
fn steps(document: &str) -> Result<Vec<Step>, Failure> {
    let mut steps: Vec<Step> = Vec::new();
    let mut block: Option<(&str, String)> = None;
    for line in document.lines() {
        match &mut block {
            None if line.starts_with("```") => block = Some((line, String::new())),
            None => {}
            Some((kind, inside)) if line == "```" => {
                match (*kind, steps.last_mut()) {
                    ("```sh", _) => {
                        steps.push(Step { commands: std::mem::take(inside), prints: String::new() });
                    }
                    ("```text", Some(step)) if step.prints.is_empty() => step.prints = std::mem::take(inside),
                    (other, _) => return Err(format!("a block that is no step: {other}").into()),
                }
                block = None;
            }
            Some((_, inside)) => *inside += &format!("{line}\n"),
        }
    }
    Ok(steps)
}

#[test]
fn commands_and_what_they_print_are_read_out_of_a_document() -> Outcome {
    let read = steps("# Title\n```sh\na\nb\n```\n```text\nc\n```\nwords\n```sh\nd\n```\n")?;
    let step = |commands: &str, prints: &str| Step { commands: commands.into(), prints: prints.into() };
    assert_eq!(read, [step("a\nb\n", "c\n"), step("d\n", "")]);
    assert!(steps("```rust\nx\n```\n").is_err());
    Ok(())
}
