//! The file way: records out and in, beside a sandbox that runs.

use crate::cases::{database, noted};
use crate::database::{House, on_server, open};
use crate::municipality::{clerk, of, save};
use crate::world::{World, copy};
use kakehashi_domain::certification::{Fact, Stage};
use kakehashi_platform::records::{Format, Imported, export, import};
use kakehashi_platform::{Clock, Layout, PlatformError};
use std::process::Command;

const HEAD: &str = "insurer_no,insured_no,case_no,kind,on,application\n";

/// Everything that was entered, without the order it came in.
fn lines(layout: &Layout) -> Vec<String> {
    let text = export(layout, Format::Csv, None).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines.sort();
    lines
}

/// A copy of the sandbox whose cases are gone.
fn without_cases() -> (House, Layout) {
    let folder = copy();
    let layout = folder.layout();
    let db = open(&layout);
    let unguarded = match on_server() {
        true => "SET session_replication_role = replica",
        false => "DROP TRIGGER case_event_is_kept",
    };
    db.execute_batch(&format!("{unguarded}; DELETE FROM case_event; DELETE FROM care_case")).unwrap();
    (folder, layout)
}

#[test]
fn what_was_exported_comes_back_in_any_order_and_both_formats() {
    let folder = copy();
    let source = folder.layout();
    for format in [Format::Csv, Format::Json] {
        let (_folder, layout) = without_cases();
        let text = export(&source, format, None).unwrap();
        let turned = match format {
            // Last line first: every fact before its application.
            Format::Csv => {
                let mut lines: Vec<&str> = text.lines().collect();
                lines[1..].reverse();
                lines.join("\n")
            }
            Format::Json => text.clone(),
        };
        let done = import(&layout, format, &turned, true).unwrap();
        assert_eq!((done.refused, done.known, done.written), (0, 0, true), "{:?}", done.notes);
        assert_eq!(lines(&layout), lines(&source));
        let again = import(&layout, format, &text, true).unwrap();
        assert_eq!((again.taken, again.known, again.written), (0, done.taken, false));
    }
    let one = export(&source, Format::Csv, Some(&"102046".parse().unwrap())).unwrap();
    assert!(one.lines().count() > 100 && one.lines().skip(1).all(|line| line.starts_with("102046,")));
}

#[test]
fn what_cannot_be_read_is_told_by_line_and_the_rest_is_taken_or_nothing() {
    let file = [
        HEAD,
        "102046,0000012345,R99-000001,application,2026-11-02,new\n",
        "102046,0000012345,R99-000001,survey,2026-13-02,\n",
        "102046,9999999999,R99-000002,application,2026-11-02,new\n",
        "102046,0000012345,R99-000001,party,2026-11-03,\n",
    ]
    .concat();
    let (_folder, layout) = without_cases();
    let whole = import(&layout, Format::Csv, &file, true).unwrap();
    assert_eq!((whole.taken, whole.refused, whole.written), (1, 3, false));
    assert_eq!(lines(&layout).len(), 1, "the heading only");
    let each = import(&layout, Format::Csv, &file, false).unwrap();
    assert_eq!((each.taken, each.refused, each.written), (1, 3, true));
    for (note, line) in each.notes.iter().zip(["3行目 年月日", "5行目 種別", "4行目"]) {
        assert!(note.starts_with(line), "{note}");
    }
    assert_eq!(lines(&layout).len(), 2);
}

#[test]
fn what_contradicts_is_taken_as_it_came_and_told() {
    let (_folder, layout) = without_cases();
    let file = [HEAD, "102046,0000012345,R99-000001,survey,2026-11-05,\n"].concat();
    let done = import(&layout, Format::Csv, &file, true).unwrap();
    assert_eq!((done.taken, done.written), (1, true));
    assert_eq!(done.notes, ["申請番号 R99-000001 [注意] 申請の記録がありません"]);
    // The application comes a day later; then all fits.
    let late = [HEAD, "102046,0000012345,R99-000001,application,2026-11-02,new\n"].concat();
    assert_eq!(import(&layout, Format::Csv, &late, true).unwrap().notes, Vec::<String>::new());
}

#[test]
fn a_file_that_is_none_is_refused_in_a_sentence() {
    let (_folder, layout) = without_cases();
    for (format, text) in [
        (Format::Csv, ""),
        (Format::Csv, "insurer_no,on\n"),
        (Format::Csv, "a\"b"),
        (Format::Json, "{"),
        (Format::Json, r#"[{"insurer_no":"102046","my_number":"1"}]"#),
    ] {
        let error = import(&layout, format, text, false).unwrap_err();
        assert!(matches!(error, PlatformError::Records(_)), "{error:?}");
        assert!(error.to_string().contains("docs/records.md"));
    }
    let nothing = tempfile::tempdir().unwrap();
    let error = export(&Layout::new(nothing.path()), Format::Csv, None).unwrap_err();
    assert!(matches!(error, PlatformError::NotSeeded { .. }));
}

#[tokio::test]
async fn a_file_beside_a_running_sandbox_shows_at_once_and_entries_go_out() {
    let world = World::start().await;
    let clerk = clerk(&world, "ISESAKI.MORI").await;
    let entry = of(&clerk, &world, "主治医意見書を待つ人").await;
    let today = world.clock().now().date();
    let insured = noted(&world, "主治医意見書を待つ人").insured.clone();
    let file = format!("{HEAD}102046,{insured},{},opinion,{today},\n", entry.case_no);
    let done = import(&world.layout, Format::Csv, &file, true).unwrap();
    assert_eq!(done, Imported { taken: 1, written: true, ..Imported::default() });
    let after = of(&clerk, &world, "主治医意見書を待つ人").await;
    assert_eq!((after.case.opinion_on, after.case.stage(today)), (Some(today), Stage::FirstJudgement));
    assert_eq!(after.changed_by, "ファイル連携");
    save(&clerk, &after.case, &[Fact::FirstJudgement(today)]).await;
    let out = export(&world.layout, Format::Csv, None).unwrap();
    let line =
        format!("102046,{insured},{},{},first_judgement,{today},", entry.case_no, after.case.version + 1);
    assert!(out.contains(&line), "{line}");
    let changed: i64 = database(&world)
        .query_row("SELECT count(*) FROM case_event WHERE account IS NOT NULL", [], |row| row.get(0))
        .unwrap();
    assert_eq!(changed, 1, "who entered it stays on record");
    world.stop().await;
}

#[test]
fn the_program_writes_and_reads_files() {
    let folder = copy();
    let run = |arguments: &[&str]| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_kakehashi-platform"));
        program.env_remove("KAKEHASHI_DATABASE").args(["records", arguments[0]]).args(folder.arguments());
        let output = program.args(&arguments[1..]).output().unwrap();
        (output.status.success(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
    };
    let (ok, text) = run(&["export", "--json"]);
    assert!(ok && text.starts_with("[\n"), "{text}");
    let file = folder.path().join("records.json");
    std::fs::write(&file, &text).unwrap();
    let file = file.to_str().unwrap();
    let (ok, said) = run(&["import", "--json", "--whole", file]);
    assert!(ok && said.contains("取込 0件") && said.contains("誤り 0件"), "{said}");
    let (ok, said) = run(&["import", "--csv", file]);
    assert!(!ok && said.contains("読み込めません"), "{said}");
    let bad = folder.path().join("bad.csv");
    std::fs::write(&bad, format!("\u{feff}{HEAD}102046,1,R99-000001,application,x,new\n")).unwrap();
    let (ok, said) = run(&["import", "--whole", bad.to_str().unwrap()]);
    assert!(!ok && said.contains("2行目 年月日") && said.contains("何も取り込んでいません"), "{said}");
}
