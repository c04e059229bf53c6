//! The table as a file.

use super::RoundLine;
use crate::text::{round as words, round_held, round_lacks, round_limit};
use domain::export::{BOM, write_csv};

/// A line a client, the headings first.
pub(super) fn text(lines: &[RoundLine<'_>]) -> String {
    let heads = [
        words().kana,
        words().name,
        words().insurer,
        words().insured,
        words().share_before,
        words().share_after,
        words().limit_stage,
        words().limit_end,
        words().lacks,
    ]
    .map(str::to_owned);
    let rows: Vec<[String; 9]> = std::iter::once(heads).chain(lines.iter().map(line)).collect();
    BOM.to_owned() + &write_csv(rows.iter().map(|row| row.iter().map(String::as_str)))
}

fn line(line: &RoundLine<'_>) -> [String; 9] {
    let (person, row) = (&line.client.person, &line.row);
    let (stage, end) = round_limit(row.limit);
    [
        person.kana.clone(),
        person.name.clone(),
        person.insurer_name.clone(),
        person.insured.as_str().to_owned(),
        round_held(row.before),
        round_held(row.after),
        stage,
        end,
        round_lacks(row).join("・"),
    ]
}
