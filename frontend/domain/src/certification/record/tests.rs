use super::*;
use crate::certification::sample::{day, facts, strategy};
use crate::certification::{Application, ApplicationKind, Outcome, Postponement, Step};
use crate::import::Problem;
use crate::qualification::CareLevel;
use proptest::prelude::*;

const HEAD: &str = "保険者番号,被保険者番号,申請番号,履歴番号,種別,年月日,申請区分,結果,要介護状態区分,有効期間開始,有効期間終了,処理見込,理由,取消\n";

fn record(fact: Fact) -> Record {
    Record {
        insurer: InsurerNumber::parse("102046").unwrap(),
        insured: InsuredNumber::parse("0000012345").unwrap(),
        case_no: "R08-001234".into(),
        history_no: Some(3),
        at: Some(Time(1_795_323_907)),
        fact,
    }
}

/// The records of lines under the Japanese headings.
fn read(lines: &str) -> Vec<RecordLine> {
    read_csv(&[HEAD, lines].concat()).unwrap().lines
}

#[test]
fn as_a_person_writes_it() {
    let lines = read(
        "102046,0000012345,R08-1,,申請,令和8年10月5日,新規,,,,,,,\n\
         102046,12345,R08-1,,認定調査,R8.10.14,,,,,,,,\n\
         102046,0000012345,R08-1,4,結果,2026-11-06,,認定,要介護2,2026-10-05,2027-04-30,,,\n\
         102046,0000012345,R08-1,,延期,2026-11-01,,,,,,2026-12-01,主治医意見書が遅れています,\n\
         102046,0000012345,R08-1,,審査会,,,,,,,,,1\n",
    );
    let found: Vec<Fact> = lines.iter().map(|line| line.record.clone().unwrap().fact).collect();
    let application = Application { kind: ApplicationKind::New, on: day("2026-10-05") };
    assert_eq!(found[0], Fact::Application(application));
    assert_eq!(found[1], Fact::Survey(day("2026-10-14")));
    assert_eq!(found[2], facts()[7]);
    assert_eq!(
        found[3],
        Fact::Postponement(Postponement {
            notified_on: day("2026-11-01"),
            until: Some(day("2026-12-01")),
            reason: Some("主治医意見書が遅れています".into())
        })
    );
    assert_eq!(found[4], Fact::Cleared(Step::Committee));
    assert_eq!(lines[2].record.as_ref().unwrap().history_no, Some(4));
    assert_eq!(lines[1].findings[0].problem, RecordProblem::Field(Problem::ZerosAdded));
}

#[test]
fn what_is_wrong_stands_with_its_line_and_column() {
    let lines = read(
        "102046,0000012345,R08-1,x,認定調査,2026-02-30,,,,,,,,\n\
         102046,0000012345,R08/1,,しらべ,2026-10-14,,,,,,,,\n\
         102046,0000012345,R08-1,,認定調査,2026-10-14,新規,,,,,,,\n\
         102046,0000012345,R08-1,,結果,2026-11-06,,認定,非該当,2026-10-05,,,,\n\
         102046,0000012345,R08-1,,審査会,2026-11-05,,,,,,,,1\n\
         102046,0000012345,R08-1,,結果,2026-11-06,,取下げ,要介護1,,,,,\n",
    );
    let found: Vec<Vec<Column>> =
        lines.iter().map(|line| line.findings.iter().map(|finding| finding.column).collect()).collect();
    assert_eq!(
        found,
        [
            vec![Column::HistoryNo, Column::On],
            vec![Column::CaseNo, Column::Kind],
            vec![Column::Application],
            vec![Column::Level, Column::ValidTo],
            vec![Column::On],
            vec![Column::Level],
        ]
    );
    assert!(lines.iter().all(|line| line.record.is_none()));
    assert_eq!(lines.iter().map(|line| line.line).collect::<Vec<_>>(), [2, 3, 4, 5, 6, 7]);
    assert_eq!(lines[3].findings[0].problem, RecordProblem::Level);
}

#[test]
fn a_record_that_stands_twice_is_told_and_one_that_contradicts_is_refused() {
    let lines = read(
        "102046,0000012345,R08-1,2,認定調査,2026-10-14,,,,,,,,\n\
         102046,0000012345,R08-1,2,認定調査,2026-10-14,,,,,,,,\n\
         102046,0000012345,R08-1,2,認定調査,2026-10-15,,,,,,,,\n\
         102046,0000012345,R08-1,3,認定調査,2026-10-15,,,,,,,,\n",
    );
    let problems: Vec<_> =
        lines.iter().map(|line| line.findings.first().map(|found| found.problem)).collect();
    assert_eq!(
        problems,
        [None, Some(RecordProblem::Repeats { line: 2 }), Some(RecordProblem::Contradicts { line: 2 }), None]
    );
    assert_eq!(lines.iter().map(|line| line.record.is_some()).collect::<Vec<_>>(), [true, true, false, true]);
}

#[test]
fn a_file_that_is_none() {
    assert_eq!(read_csv(""), Err(RecordFileError::Empty));
    assert!(matches!(read_csv("a,\"b\n"), Err(RecordFileError::Csv(_))));
    let missing = vec![Column::CaseNo, Column::Kind, Column::On];
    assert_eq!(read_csv("保険者番号,被保険者番号\n"), Err(RecordFileError::Headings { missing }));
    let twice = "insurer_no,保険者番号,被保険者番号,申請番号,種別,年月日\n";
    assert_eq!(read_csv(twice), Err(RecordFileError::HeadingTwice(Column::InsurerNo)));
    let more =
        read_csv("備考,insurer_no,insured_no,case_no,kind,on\n,102046,0000012345,1,survey,2026-10-14\n")
            .unwrap();
    assert_eq!((more.unused, more.lines[0].record.is_some()), (vec!["備考".to_owned()], true));
}

#[test]
fn times_are_japans_and_exact() {
    for (text, time) in [
        ("2026-11-22T14:05:07+09:00", Some(1_795_323_907)),
        ("2026-11-22 14:05", Some(1_795_323_900)),
        ("", None),
    ] {
        assert_eq!(field::time(text), Ok(time.map(Time)), "{text}");
    }
    for wrong in [
        "2026-11-22",
        "2026-11-22T24:00",
        "2026-11-22T14:5",
        "2026-11-22T14:05:07Z",
        "2026-11-22T14:05:07:01",
    ] {
        assert_eq!(field::time(wrong), Err(RecordProblem::Time), "{wrong}");
    }
}

#[test]
fn json_has_the_same_members_as_text() {
    let text = r#"[{"insurer_no":"102046","insured_no":"0000012345","case_no":"R08-1","kind":"survey","on":"2026-10-14"},
        {"insurer_no":"102046"}]"#;
    let rows: Vec<RecordRow> = serde_json::from_str(text).unwrap();
    let file = read_rows(rows);
    assert_eq!(file.records().count(), 1);
    assert!(!file.is_whole());
    let missing: Vec<Column> = file.lines[1].findings.iter().map(|finding| finding.column).collect();
    assert_eq!(missing, [Column::InsuredNo, Column::CaseNo, Column::Kind]);
    assert!(
        serde_json::from_str::<RecordRow>(r#"{"my_number":"1"}"#).is_err(),
        "an unknown member is refused"
    );
}

/// Records as they may be written: certified levels only, known kinds, reasons as people write them.
fn any_record() -> impl Strategy<Value = Record> {
    let reason = proptest::option::of("[=+\\-@,\"あ1a\n ]{0,12}");
    (strategy(), reason, proptest::option::of(0u32..9), proptest::option::of(0i64..4_000_000_000)).prop_map(
        |(event, reason, history_no, at)| {
            let reason = reason.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
            let fact = match event.fact {
                Fact::Postponement(notice) => Fact::Postponement(Postponement { reason, ..notice }),
                Fact::Outcome(Outcome::Dismissed { on, .. }) => {
                    Fact::Outcome(Outcome::Dismissed { on, reason })
                }
                other => other,
            };
            Record { history_no, at: at.map(Time), ..record(fact) }
        },
    )
}

proptest! {
    /// What is written is read, in CSV and in JSON.
    #[test]
    fn there_and_back(records in proptest::collection::vec(any_record(), 0..8)) {
        // Each its own keys, so that none stands twice.
        let records: Vec<Record> = records
            .into_iter()
            .zip(0..)
            .map(|(one, at)| Record { case_no: format!("R08-{at}"), ..one })
            .collect();
        let file = read_csv(&write_csv(&records)).unwrap();
        prop_assert!(file.is_whole(), "{:?}", file.lines);
        let read: Vec<Record> = file.records().map(|(_, record)| record.clone()).collect();
        prop_assert_eq!(&read, &records);
        let json = serde_json::to_string(&records.iter().map(row).collect::<Vec<_>>()).unwrap();
        let file = read_rows(serde_json::from_str::<Vec<RecordRow>>(&json).unwrap());
        let read: Vec<Record> = file.records().map(|(_, record)| record.clone()).collect();
        prop_assert_eq!(read, records);
    }

    /// The crate `csv` reads what is written: the same columns in every line.
    #[test]
    fn the_judge_reads_it(records in proptest::collection::vec(any_record(), 0..8)) {
        let text = write_csv(&records);
        let mut reader = ::csv::Reader::from_reader(text.as_bytes());
        let heads: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        prop_assert_eq!(heads, Column::ALL.map(|column| column.key().to_owned()).to_vec());
        prop_assert_eq!(reader.records().filter(|one| one.is_ok()).count(), records.len());
    }

    /// No file makes it fail otherwise, and a line is a record or says why not.
    #[test]
    fn a_line_is_a_record_or_says_why(lines in "([0-9a-z認定調査申請,\\-]{0,60}\n){0,5}") {
        for line in read(&lines) {
            let errors = line.findings.iter().filter(|finding| finding.problem.is_error()).count();
            prop_assert_eq!(line.record.is_none(), errors > 0);
        }
    }
}

#[test]
fn levels_are_read_by_code_and_name() {
    for level in CareLevel::ALL.iter().filter(|level| **level >= CareLevel::Support1) {
        for text in [level.code(), level.name()] {
            let line =
                ["102046,0000012345,1,,結果,2026-11-06,,認定,", text, ",2026-10-05,2027-04-30,,,\n"].concat();
            let read = read(&line).remove(0).record.unwrap().fact;
            assert!(
                matches!(read, Fact::Outcome(Outcome::Certified { level: found, .. }) if found == *level)
            );
        }
    }
}
