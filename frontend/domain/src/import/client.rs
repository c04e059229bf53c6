//! Lines of the file to clients: what the number route needs, and the names if they are there.

use super::csv::{self, CsvError, Record};
use super::line::{self, Finding, Problem};
use crate::calendar::Date;
use crate::number::{InsuredNumber, InsurerNumber};
use crate::search::normal;
use crate::upstream::{Consent, Sex};
use std::collections::BTreeMap;

/// One client to be looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    /// 保険者番号.
    pub insurer: InsurerNumber,
    /// 被保険者番号.
    pub insured: InsuredNumber,
    /// 生年月日.
    pub birth_date: Date,
    /// 性別.
    pub sex: Sex,
    /// 氏名 as the file has it, if it does.
    pub name: Option<String>,
    /// フリガナ as the file has it, if it does.
    pub kana: Option<String>,
    /// The person's consent, when the file has columns for it; else it has to be asked for.
    pub consent: Option<Consent>,
}

/// Columns by meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// 保険者番号
    Insurer,
    /// 被保険者番号
    Insured,
    /// 生年月日
    Born,
    /// 性別
    Sex,
    /// 氏名
    Name,
    /// フリガナ
    Kana,
    /// 同意者
    Giver,
    /// 同意の方法
    Method,
    /// 同意日
    ConsentedOn,
}

impl Column {
    /// In the order of a template file.
    pub const ALL: [Self; 9] = [
        Self::Insurer,
        Self::Insured,
        Self::Born,
        Self::Sex,
        Self::Name,
        Self::Kana,
        Self::Giver,
        Self::Method,
        Self::ConsentedOn,
    ];
    /// Those of a consent: all of them, or none.
    pub const CONSENT: [Self; 3] = [Self::Giver, Self::Method, Self::ConsentedOn];

    /// Its heading in a template file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Insurer => "保険者番号",
            Self::Insured => "被保険者番号",
            Self::Born => "生年月日",
            Self::Sex => "性別",
            Self::Name => "氏名",
            Self::Kana => "フリガナ",
            Self::Giver => "同意者",
            Self::Method => "同意の方法",
            Self::ConsentedOn => "同意日",
        }
    }

    /// Whether a file without it cannot be taken over.
    pub fn is_needed(self) -> bool {
        matches!(self, Self::Insurer | Self::Insured | Self::Born | Self::Sex)
    }

    /// The column of a heading, as offices write it.
    pub fn read(heading: &str) -> Option<Self> {
        const NAMES: [(&str, Column); 26] = [
            ("保険者番号", Column::Insurer),
            ("保険者", Column::Insurer),
            ("保険者no", Column::Insurer),
            ("被保険者番号", Column::Insured),
            ("介護保険被保険者番号", Column::Insured),
            ("被保番号", Column::Insured),
            ("被保険者no", Column::Insured),
            ("生年月日", Column::Born),
            ("誕生日", Column::Born),
            ("性別", Column::Sex),
            ("氏名", Column::Name),
            ("名前", Column::Name),
            ("利用者名", Column::Name),
            ("利用者氏名", Column::Name),
            ("フリガナ", Column::Kana),
            ("カナ", Column::Kana),
            ("氏名カナ", Column::Kana),
            ("カナ氏名", Column::Kana),
            ("利用者名カナ", Column::Kana),
            ("同意者", Column::Giver),
            ("同意した人", Column::Giver),
            ("同意の方法", Column::Method),
            ("同意方法", Column::Method),
            ("同意日", Column::ConsentedOn),
            ("同意年月日", Column::ConsentedOn),
            ("同意取得日", Column::ConsentedOn),
        ];
        let heading = normal(heading).replace(['(', ')'], "");
        NAMES.iter().find(|(name, _)| normal(name) == heading).map(|(_, column)| *column)
    }
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// Its lines in order, without the heading.
    pub lines: Vec<ImportLine>,
    /// Headings that mean nothing here; their columns are left aside.
    pub unused: Vec<String>,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportLine {
    /// Line of the file, from 1.
    pub line: usize,
    /// The client; `None` when there is an error.
    pub client: Option<Client>,
    /// Errors and warnings, in the order of the columns.
    pub findings: Vec<Finding>,
}

/// Why a file cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportError {
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

impl Import {
    /// Whether every line is a client, so that all can be taken over.
    pub fn is_whole(&self) -> bool {
        self.lines.iter().all(|line| line.client.is_some())
    }

    /// The clients of the lines without errors.
    pub fn clients(&self) -> impl Iterator<Item = &Client> {
        self.lines.iter().filter_map(|line| line.client.as_ref())
    }
}

/// Reads a file of clients, already decoded to text. The first line holds the headings, in any order.
///
/// # Errors
/// When it is empty, no CSV, or columns that are needed are not named.
pub fn read(text: &str, today: Date) -> Result<Import, ImportError> {
    let records = csv::parse(text).map_err(ImportError::Csv)?;
    let (heading, rows) = records.split_first().ok_or(ImportError::Empty)?;
    let mut places = BTreeMap::new();
    let mut unused = Vec::new();
    for (at, text) in heading.fields.iter().enumerate() {
        match Column::read(text) {
            Some(column) => {
                if places.insert(column, at).is_some() {
                    return Err(ImportError::HeadingTwice(column));
                }
            }
            None if text.trim().is_empty() => {}
            None => unused.push(text.clone()),
        }
    }
    // Half a consent is none: its columns are all there, or the question is asked for all lines.
    let consents = Column::CONSENT.iter().any(|column| places.contains_key(column));
    let needed = |column: &Column| column.is_needed() || (consents && Column::CONSENT.contains(column));
    let missing: Vec<Column> =
        Column::ALL.into_iter().filter(|column| needed(column) && !places.contains_key(column)).collect();
    if !missing.is_empty() {
        return Err(ImportError::Headings { missing });
    }
    let mut seen = BTreeMap::new();
    let filled = rows.iter().filter(|row| row.fields.iter().any(|field| !field.trim().is_empty()));
    let lines = filled.map(|row| read_line(row, &places, today, &mut seen)).collect();
    Ok(Import { lines, unused })
}

fn read_line(
    row: &Record,
    places: &BTreeMap<Column, usize>,
    today: Date,
    seen: &mut BTreeMap<(InsurerNumber, InsuredNumber), usize>,
) -> ImportLine {
    let field =
        |column| places.get(&column).and_then(|at| row.fields.get(*at)).map_or("", |text| text.trim());
    let mut findings = Vec::new();
    let mut note = |column, problems: Vec<Problem>| {
        let at = places.get(&column).filter(|at| **at < row.fields.len()).map(|at| at + 1);
        let raw = field(column);
        findings.extend(problems.into_iter().map(|problem| Finding {
            column,
            at,
            raw: raw.to_owned(),
            problem,
        }));
    };
    let mut found = Vec::new();
    let insurer = line::insurer(field(Column::Insurer), &mut found);
    note(Column::Insurer, std::mem::take(&mut found));
    let insured = line::insured(field(Column::Insured), &mut found);
    if let (Some(insurer), Some(insured)) = (&insurer, &insured) {
        let first = *seen.entry((insurer.clone(), insured.clone())).or_insert(row.line);
        if first != row.line {
            found.push(Problem::Repeats { line: first });
        }
    }
    note(Column::Insured, std::mem::take(&mut found));
    let birth_date = line::born(field(Column::Born), today, &mut found);
    note(Column::Born, std::mem::take(&mut found));
    let sex = line::sex(field(Column::Sex), &mut found);
    note(Column::Sex, std::mem::take(&mut found));
    let consent = if places.contains_key(&Column::Giver) {
        let giver = line::giver(field(Column::Giver), &mut found);
        note(Column::Giver, std::mem::take(&mut found));
        let method = line::method(field(Column::Method), &mut found);
        note(Column::Method, std::mem::take(&mut found));
        let on = line::consented(field(Column::ConsentedOn), today, &mut found);
        note(Column::ConsentedOn, found);
        giver.zip(method).zip(on).map(|((giver, method), on)| Consent { giver, method, given_at: on.begin() })
    } else {
        None
    };
    let text = |column| Some(field(column)).filter(|text| !text.is_empty()).map(str::to_owned);
    let wrong = findings.iter().any(|finding| finding.problem.is_error());
    let client = match (insurer, insured, birth_date, sex) {
        (Some(insurer), Some(insured), Some(birth_date), Some(sex)) if !wrong => Some(Client {
            insurer,
            insured,
            birth_date,
            sex,
            name: text(Column::Name),
            kana: text(Column::Kana),
            consent,
        }),
        _ => None,
    };
    ImportLine { line: row.line, client, findings }
}

#[cfg(test)]
mod tests;
