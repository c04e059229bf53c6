//! docs/access.md, made from the table.

use super::{Basis, Cell, Denial, Information, Need, SERVICES, cell};
use crate::fault;
use crate::filing::file;
use crate::upstream::Job;
use std::fmt::Write;

const HEAD: &str = "# Who may see what

Made from `frontend/domain/src/access`; a test compares. Denied unless service type × job (職種) × consent × \
閲覧期限 allow it. The official matrix (別紙4 of the API specification) is not public: each cell says its source, \
or \"assumption\" and why. The sandbox enforces this table, the app shows the reason beforehand. A refusal is \
decided before anything is looked up, so it tells nothing of whether a person or a document exists.

○ allowed under the conditions named, × denied under all conditions. 職種なし is an account without a job; a job \
that is not known here is denied wherever one is needed.
";

fn basis(basis: Basis) -> (&'static str, &'static str) {
    match basis {
        Basis::Source(source) => ("source", source),
        Basis::Assumption(why) => ("assumption", why),
    }
}

fn cells(text: &mut String, information: Information, notes: &mut Vec<(Basis, Option<&'static [Need]>)>) {
    let mut mark = |cell: Cell| {
        let key = (cell.basis, cell.needs);
        let at = notes.iter().position(|note| *note == key).unwrap_or_else(|| {
            notes.push(key);
            notes.len() - 1
        });
        format!("{} {}", if cell.needs.is_some() { "○" } else { "×" }, at + 1)
    };
    let jobs = std::iter::once(None).chain(Job::ALL.iter().copied().map(Some));
    for job in jobs {
        let name = job.map_or("職種なし", Job::name);
        let row: Vec<String> =
            SERVICES.iter().map(|service| mark(cell(information, *service, job))).collect();
        let _ = writeln!(text, "| {name} | {} |", row.join(" | "));
    }
}

fn document() -> String {
    let mut text = HEAD.to_owned();
    for information in Information::ALL {
        let services: Vec<&str> = SERVICES.iter().map(|service| service.name()).collect();
        let _ = write!(text, "\n## {}\n\n| 職種 | {} |\n|---|", information.name(), services.join(" | "));
        let _ = writeln!(text, "{}", "---|".repeat(services.len()));
        let mut notes = Vec::new();
        cells(&mut text, information, &mut notes);
        let _ = writeln!(text, "\n| note | conditions | from | |\n|---|---|---|---|");
        for (at, (why, needs)) in notes.iter().enumerate() {
            let names =
                needs.map(|needs| needs.iter().map(|need| need.name()).collect::<Vec<_>>().join("、"));
            let (kind, source) = basis(*why);
            let _ =
                writeln!(text, "| {} | {} | {kind} | {source} |", at + 1, names.as_deref().unwrap_or("—"));
        }
    }
    text += "\n## Conditions\n\nAsked in this order; the first that fails is the reason. \
        A person without a level yet (first application) passes both conditions on the level; 非該当 passes too. \
        担当なし: nobody has filed a plan yet. That the plan must not be another office's (担当) is an assumption: \
        it keeps an office out once another has taken over.\n\n\
        Consent (同意): one taken by the municipality holds for every office (包括的同意), one taken by an office for \
        that office. A withdrawal takes effect at once and closes everything consented to up to then, by whichever \
        paper; only a consent given later opens again. How long a consent holds is not published: a record has its \
        own end, or none.\n\n\
        The record of viewings: role 管理者ユーザ of the office only. Entering facts of a case: role 市町村ユーザ with \
        the job 市町村職員, for people of its own insurer only; the same for deciding on 届出. Submitting a 届出 and \
        seeing the office's own: ";
    text += file::ASSUMPTION;
    text += " (assumption; the municipality's page: ";
    text += file::SOURCE;
    text += ").\n\n\
        ## Reasons\n\n| code | reason | on the screen |\n|---|---|---|\n";
    for denial in Denial::ALL {
        let what = fault::find(denial.code()).map_or("", |fault| fault.what);
        let _ = writeln!(text, "| {} | {} | {what} |", denial.code(), denial.name());
    }
    text
}

#[test]
fn the_document_says_the_same() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/access.md");
    let document = document();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, &document).expect("docs/access.md can be written");
    }
    let written = std::fs::read_to_string(path).expect("docs/access.md is there");
    assert_eq!(written, document, "run: UPDATE_DOCS=1 cargo test -p kakehashi-domain");
}

#[test]
fn every_cell_says_why() {
    for information in Information::ALL {
        for service in SERVICES {
            for job in std::iter::once(None).chain(Job::ALL.iter().copied().map(Some)) {
                let (_, why) = basis(cell(information, service, job).basis);
                assert!(!why.is_empty(), "{information:?} {service:?} {job:?}");
            }
        }
    }
}
