//! What stands on the paper, line by line.

use super::pdf::Row;
use kakehashi_domain::certification::Outcome;
use kakehashi_domain::document::assessment::{GROUPS, PARTS};
use kakehashi_domain::document::judgement::FirstJudgement;
use kakehashi_domain::document::opinion::SECTIONS;
use kakehashi_domain::document::{Judgement, Line, Opinion, Survey};
use kakehashi_domain::upstream::Person;

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

pub(super) fn judgement(judgement: &Judgement, person: &Person) -> Vec<Row> {
    let pair = |label: &str, words: String| Row::Pair(label.into(), words);
    let mut rows = vec![
        Row::Title("判定結果・審査会の意見".into()),
        pair("被保険者番号", person.insured.as_str().into()),
        pair("フリガナ", person.kana.clone()),
        pair("氏名", person.name.clone()),
        pair("生年月日", person.birth_date.to_string()),
        Row::Heading("一次判定".into()),
    ];
    match &judgement.first {
        Some(first) => computed(&mut rows, first),
        None => rows.push(Row::Text(UNKNOWN.into())),
    }
    let second = &judgement.second;
    rows.push(Row::Heading("二次判定(介護認定審査会)".into()));
    rows.push(pair("審査会の開催年月日", said(second.committee_on.map(|on| on.wareki()))));
    let (label, result) = match &second.outcome {
        Outcome::Certified { level, .. } => ("要介護状態区分等", level.name().to_owned()),
        other => ("判定の結果", other.name().to_owned()),
    };
    rows.push(pair(label, result));
    if let Outcome::Certified { validity, .. } = &second.outcome {
        let span = format!("{}から{}まで", validity.from.wareki(), validity.to.wareki());
        rows.push(pair("認定の有効期間", span));
    }
    if let Outcome::Dismissed { reason, .. } = &second.outcome {
        rows.push(pair("理由", said(reason.clone())));
    }
    rows.push(pair("認定年月日", second.outcome.on().wareki()));
    rows.push(pair("一次判定結果変更理由", said(second.changed_because.clone())));
    rows.push(pair("認定審査会の意見及びサービスの種類の指定", said(second.opinion.clone())));
    rows
}

/// Beside what is not known.
const UNKNOWN: &str = "記録がありません";

fn said(words: Option<String>) -> String {
    words.unwrap_or_else(|| UNKNOWN.to_owned())
}

fn computed(rows: &mut Vec<Row>, first: &FirstJudgement) {
    let mut pair = |label: &str, words: Option<String>| rows.push(Row::Pair(label.into(), said(words)));
    pair("一次判定年月日", first.on.map(|on| on.wareki()));
    pair("一次判定の結果", first.level.map(|level| level.name().to_owned()));
    pair("要介護認定等基準時間", first.time.map(|time| time.words()));
    for part in &first.acts {
        pair(part.act.name(), Some(part.time.words()));
    }
    if let Some(stability) = first.stability {
        pair("状態の安定性", Some(stability.name().to_owned()));
    }
    if let Some(benefit) = first.benefit {
        pair("推定される給付区分", Some(benefit.name().to_owned()));
    }
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
