//! 住宅改修費の利用状況.

use super::doubt;
use super::paper::{self, Account, Block, Kind, Paper, Piece};
use crate::text::person as words;
use domain::calendar::Date;
use domain::qualification::{CareLevel, Dwelling, HousingUse, Sheet};
use domain::upstream::Person;

/// The sheet.
pub(super) fn paper(person: &Person, sheet: &Sheet<HousingUse>, today: Date) -> Paper {
    let kind = Kind { id: "housing", title: words().housing, plain: words().housing_plain };
    paper::paper(kind, person, sheet, |housing| {
        let mut blocks: Vec<Block> = housing.dwellings.iter().map(account).map(Block::Account).collect();
        if blocks.is_empty() {
            blocks.push(Block::Note(words().no_dwelling));
        }
        (vec![Piece::Note(words().not_in)], doubt::housing(housing, today), blocks)
    })
}

fn account(dwelling: &Dwelling) -> Account {
    let which = if dwelling.current { words().current_home } else { words().former_home };
    let baseline = dwelling.baseline.map_or(words().not_known, CareLevel::name);
    Account {
        title: format!("{which}({})", dwelling.label),
        used_yen: dwelling.used_yen(),
        left_yen: dwelling.left_yen(),
        limit_yen: dwelling.limit_yen,
        note: Some(format!("{}:{baseline}", words().baseline)),
        columns: [words().started, words().work, words().cost],
        rows: dwelling
            .payments
            .iter()
            .map(|payment| (payment.started_on, payment.work.clone().into(), payment.cost_yen))
            .collect(),
        empty: words().no_payment,
    }
}
