//! What stands on the paper, line by line.

use super::pdf::Row;
use kakehashi_domain::document::assessment::{GROUPS, PARTS};
use kakehashi_domain::document::opinion::SECTIONS;
use kakehashi_domain::document::{Line, Opinion, Survey};

pub(super) fn survey(survey: &Survey) -> Vec<Row> {
    let mut rows = vec![Row::Title("認定調査票(概況調査)".into())];
    part(&mut rows, &PARTS, &survey.overview());
    rows.push(Row::Break);
    rows.push(Row::Title("認定調査票(基本調査)".into()));
    part(&mut rows, &GROUPS, &survey.items());
    rows.push(Row::Break);
    rows.push(Row::Title("認定調査票(特記事項)".into()));
    for (group, name) in GROUPS {
        rows.push(Row::Heading(format!("{group} {name}に関連する項目についての特記事項")));
        let notes = survey.notes.iter().filter(|note| note.section == group);
        rows.extend(notes.map(|note| Row::Text(format!("({}) {}", note.item, note.text))));
    }
    rows
}

pub(super) fn opinion(opinion: &Opinion) -> Vec<Row> {
    let mut rows = vec![Row::Title("主治医意見書".into())];
    let consent = opinion.consent.map_or("記入なし", |consent| consent.name());
    let purpose = opinion.edition.purpose();
    rows.push(Row::Text(format!("主治医として、本意見書が{purpose}に {consent}。")));
    part(&mut rows, &SECTIONS, &opinion.lines());
    rows
}

fn part(rows: &mut Vec<Row>, sections: &[(u8, &str)], lines: &[Line<'_>]) {
    for (section, name) in sections {
        rows.push(Row::Heading((*name).into()));
        let filled = lines.iter().filter(|line| line.field.section == *section && line.filled());
        rows.extend(filled.map(|line| Row::Pair(line.field.label.into(), answer(line))));
    }
}

fn answer(line: &Line<'_>) -> String {
    let Some(entry) = line.entry else { return String::new() };
    let marks = entry.marks.iter().map(|mark| {
        let label = line.field.choice(&mark.code).map_or(mark.code.as_str(), |choice| choice.label);
        let note = if mark.note.is_empty() { String::new() } else { format!("({})", mark.note) };
        let degree = mark.degree.map_or(String::new(), |degree| format!("(程度:{})", degree.name()));
        format!("■{label}{note}{degree}")
    });
    let mut words: Vec<String> = marks.collect();
    if !entry.text.is_empty() {
        words.push(entry.text.clone());
    }
    words.join(" ")
}
