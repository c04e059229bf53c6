//! Lines to records, with what is wrong in each.

use super::column::{Column, RecordRow};
use super::{Record, field};
use crate::calendar::Date;
use crate::certification::{Application, ApplicationKind, Fact, Outcome, Postponement, Step, Validity};
use crate::export::harmless;
use crate::import::{self, CsvError, Problem, parse_csv};
use crate::qualification::CareLevel;
use std::collections::BTreeMap;

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordFile {
    /// Its lines in order, without the heading.
    pub lines: Vec<RecordLine>,
    /// Headings that mean nothing here; their columns are left aside.
    pub unused: Vec<String>,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordLine {
    /// Line of the file, from 1; of JSON the place in the list, from 1.
    pub line: usize,
    /// The record; `None` when there is an error.
    pub record: Option<Record>,
    /// Errors and warnings.
    pub findings: Vec<RecordFinding>,
}

/// Something found in a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordFinding {
    /// Where.
    pub column: Column,
    /// The field as it stands in the file.
    pub raw: String,
    /// What.
    pub problem: RecordProblem,
}

/// What can be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordProblem {
    /// A number or a date is missing or wrong, as in a file of clients.
    Field(Problem),
    /// It is no code and no name that is known here.
    Code,
    /// It is no 申請番号.
    CaseNo,
    /// It is no 履歴番号.
    HistoryNo,
    /// It is no time.
    Time,
    /// It is longer than 400 characters.
    Long,
    /// Lines of this kind, or lines that take something back, leave it empty.
    NotOfKind,
    /// The level is none that is certified (非該当 and 事業対象者 are outcomes of their own).
    Level,
    /// Warning: the same record stands on an earlier line.
    Repeats {
        /// That line.
        line: usize,
    },
    /// Another record with the same keys stands on an earlier line.
    Contradicts {
        /// That line.
        line: usize,
    },
}

/// Why a file cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordFileError {
    /// Nothing in it.
    Empty,
    /// It is no CSV.
    Csv(CsvError),
    /// The first line names not all columns that are needed.
    Headings {
        /// What is missing.
        missing: Vec<Column>,
    },
    /// A heading stands twice.
    HeadingTwice(Column),
}

impl RecordProblem {
    /// Whether the line cannot be taken over; the others are warnings.
    pub fn is_error(&self) -> bool {
        match self {
            Self::Field(problem) => problem.is_error(),
            other => !matches!(other, Self::Repeats { .. }),
        }
    }
}

impl RecordFile {
    /// Whether every line is a record.
    pub fn is_whole(&self) -> bool {
        self.lines.iter().all(|line| line.record.is_some())
    }

    /// The records of the lines without errors, with their lines.
    pub fn records(&self) -> impl Iterator<Item = (usize, &Record)> {
        self.lines.iter().filter_map(|line| line.record.as_ref().map(|record| (line.line, record)))
    }
}

/// Reads CSV, already decoded to text. The first line holds the headings, in any order.
///
/// # Errors
/// When it is empty, no CSV, or columns that are needed are not named.
pub fn read_csv(text: &str) -> Result<RecordFile, RecordFileError> {
    let records = parse_csv(text).map_err(RecordFileError::Csv)?;
    let (heading, rows) = records.split_first().ok_or(RecordFileError::Empty)?;
    let mut places = BTreeMap::new();
    let mut unused = Vec::new();
    for (at, text) in heading.fields.iter().enumerate() {
        match Column::read(text) {
            Some(column) if places.insert(column, at).is_some() => {
                return Err(RecordFileError::HeadingTwice(column));
            }
            Some(_) => {}
            None if text.trim().is_empty() => {}
            None => unused.push(text.clone()),
        }
    }
    let missing: Vec<Column> =
        Column::ALL.into_iter().filter(|column| column.is_needed() && !places.contains_key(column)).collect();
    if !missing.is_empty() {
        return Err(RecordFileError::Headings { missing });
    }
    let filled = rows.iter().filter(|row| row.fields.iter().any(|field| !field.trim().is_empty()));
    let rows = filled.map(|row| {
        let fields =
            places.iter().filter_map(|(column, at)| Some((*column, plain(row.fields.get(*at)?).to_owned())));
        (row.line, RecordRow(fields.collect()))
    });
    Ok(RecordFile { lines: lines(rows), unused })
}

/// Reads the objects of a JSON file.
pub fn read_rows(rows: impl IntoIterator<Item = RecordRow>) -> RecordFile {
    RecordFile {
        lines: lines(rows.into_iter().enumerate().map(|(at, row)| (at + 1, row))),
        unused: Vec::new(),
    }
}

/// Without the apostrophe that stands before what a spreadsheet would compute.
fn plain(field: &str) -> &str {
    field.strip_prefix('\'').filter(|rest| harmless(rest) != *rest).unwrap_or(field)
}

fn lines(rows: impl Iterator<Item = (usize, RecordRow)>) -> Vec<RecordLine> {
    let mut seen: BTreeMap<_, (usize, Record)> = BTreeMap::new();
    let mut lines = Vec::new();
    for (line, row) in rows {
        let mut reader = Reader { row: &row, findings: Vec::new() };
        let mut record = reader.record();
        if let Some(found) = &record {
            let key = (
                found.insurer.clone(),
                found.insured.clone(),
                found.case_no.clone(),
                found.history_no,
                found.fact.step(),
            );
            match seen.get(&key) {
                Some((first, same)) => {
                    let same = same.fact == found.fact;
                    let first = *first;
                    reader.found(
                        Column::Kind,
                        if same {
                            RecordProblem::Repeats { line: first }
                        } else {
                            RecordProblem::Contradicts { line: first }
                        },
                    );
                }
                None => {
                    seen.insert(key, (line, found.clone()));
                }
            }
        }
        let findings = reader.findings;
        record = record.filter(|_| !findings.iter().any(|finding| finding.problem.is_error()));
        lines.push(RecordLine { line, record, findings });
    }
    lines
}

struct Reader<'a> {
    row: &'a RecordRow,
    findings: Vec<RecordFinding>,
}

impl Reader<'_> {
    fn found(&mut self, column: Column, problem: RecordProblem) {
        self.findings.push(RecordFinding { column, raw: self.row.get(column).to_owned(), problem });
    }

    /// Reads a field, noting what is wrong with it.
    fn field<T>(&mut self, column: Column, read: impl FnOnce(&str) -> Result<T, RecordProblem>) -> Option<T> {
        read(self.row.get(column)).map_err(|problem| self.found(column, problem)).ok()
    }

    fn number<T>(
        &mut self,
        column: Column,
        read: impl FnOnce(&str, &mut Vec<Problem>) -> Option<T>,
    ) -> Option<T> {
        let mut problems = Vec::new();
        let number = read(self.row.get(column), &mut problems);
        for problem in problems {
            self.found(column, RecordProblem::Field(problem));
        }
        number
    }

    fn date(&mut self, column: Column) -> Option<Date> {
        self.field(column, field::date)
    }

    /// All fields are looked at before the line is given up, so that every error of a line is named at once.
    fn record(&mut self) -> Option<Record> {
        let insurer = self.number(Column::InsurerNo, import::insurer);
        let insured = self.number(Column::InsuredNo, import::insured);
        let case_no = self.field(Column::CaseNo, field::case_no);
        let history_no = self.field(Column::HistoryNo, field::history_no);
        let at = self.field(Column::RecordedAt, field::time);
        let step = self.field(Column::Kind, |text| field::coded(text, Step::ALL, Step::code, Step::name));
        let fact = step.and_then(|step| self.fact(step));
        Some(Record {
            insurer: insurer?,
            insured: insured?,
            case_no: case_no?,
            history_no: history_no?,
            at: at?,
            fact: fact?,
        })
    }

    fn fact(&mut self, step: Step) -> Option<Fact> {
        let cleared = match self.row.get(Column::Cleared) {
            "" | "0" => false,
            "1" => true,
            _ => {
                self.found(Column::Cleared, RecordProblem::Code);
                return None;
            }
        };
        let keys = [
            Column::InsurerNo,
            Column::InsuredNo,
            Column::CaseNo,
            Column::HistoryNo,
            Column::Kind,
            Column::Cleared,
            Column::RecordedAt,
        ];
        for column in Column::ALL {
            let open = column.is_of(step) && (!cleared || keys.contains(&column));
            if !open && !self.row.get(column).is_empty() {
                self.found(column, RecordProblem::NotOfKind);
            }
        }
        if cleared {
            return Some(Fact::Cleared(step));
        }
        let on = self.date(Column::On);
        match step {
            Step::Application => {
                let kind = self.field(Column::Application, |text| {
                    field::coded(text, ApplicationKind::ALL, ApplicationKind::code, ApplicationKind::name)
                });
                Some(Fact::Application(Application { kind: kind?, on: on? }))
            }
            Step::Postponement => {
                let until = (!self.row.get(Column::Until).is_empty()).then(|| self.date(Column::Until));
                let reason = self.field(Column::Reason, field::reason);
                let until = until.map_or(Some(None), |read| read.map(Some));
                Some(Fact::Postponement(Postponement { notified_on: on?, until: until?, reason: reason? }))
            }
            Step::Outcome => self.outcome(on).map(Fact::Outcome),
            Step::SurveyRequest => on.map(Fact::SurveyRequest),
            Step::Survey => on.map(Fact::Survey),
            Step::OpinionRequest => on.map(Fact::OpinionRequest),
            Step::Opinion => on.map(Fact::Opinion),
            Step::FirstJudgement => on.map(Fact::FirstJudgement),
            Step::Committee => on.map(Fact::Committee),
            Step::Notice => on.map(Fact::Notice),
            Step::Unknown(_) => None,
        }
    }

    fn outcome(&mut self, on: Option<Date>) -> Option<Outcome> {
        const CERTIFIED: (&str, &str) = ("certified", "認定");
        const KINDS: [(&str, &str); 4] =
            [CERTIFIED, ("not_certified", "非該当"), ("dismissed", "却下"), ("withdrawn", "取下げ")];
        let kind =
            self.field(Column::Outcome, |text| field::coded(text, &KINDS, |one| one.0, |one| one.1))?;
        let certified = kind == CERTIFIED;
        for column in [Column::Level, Column::ValidFrom, Column::ValidTo, Column::Reason] {
            let open = if column == Column::Reason { kind.0 == "dismissed" } else { certified };
            if !open && !self.row.get(column).is_empty() {
                self.found(column, RecordProblem::NotOfKind);
            }
        }
        if certified {
            let level = self.field(Column::Level, |text| {
                let level = field::coded(text, CareLevel::ALL, CareLevel::code, CareLevel::name)?;
                if level < CareLevel::Support1 { Err(RecordProblem::Level) } else { Ok(level) }
            });
            let (from, to) = (self.date(Column::ValidFrom), self.date(Column::ValidTo));
            return Some(Outcome::Certified {
                on: on?,
                level: level?,
                validity: Validity { from: from?, to: to? },
            });
        }
        let reason = self.field(Column::Reason, field::reason);
        match kind.0 {
            "not_certified" => Some(Outcome::NotCertified { on: on? }),
            "dismissed" => Some(Outcome::Dismissed { on: on?, reason: reason? }),
            _ => Some(Outcome::Withdrawn { on: on? }),
        }
    }
}
