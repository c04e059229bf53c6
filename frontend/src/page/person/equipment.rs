//! 福祉用具購入費の利用状況.

use super::doubt;
use super::paper::{self, Account, Block, Kind, Paper, Piece};
use crate::text::{format, person as words};
use domain::calendar::Date;
use domain::qualification::{EquipmentUse, Sheet};
use domain::upstream::Person;

/// The sheet.
pub(super) fn paper(person: &Person, sheet: &Sheet<EquipmentUse>, today: Date) -> Paper {
    let kind = Kind { id: "equipment", title: words().equipment, plain: words().equipment_plain };
    paper::paper(kind, person, sheet, |equipment| {
        let blocks = vec![Block::Account(account(equipment))];
        (vec![Piece::Note(words().not_in)], doubt::equipment(equipment, today), blocks)
    })
}

fn account(equipment: &EquipmentUse) -> Account {
    Account {
        title: format::fiscal_year(equipment.fiscal_year),
        used_yen: equipment.used_yen(),
        left_yen: equipment.left_yen(),
        limit_yen: equipment.limit_yen,
        note: None,
        columns: [words().bought, words().item, words().cost],
        rows: equipment
            .purchases
            .iter()
            .map(|purchase| (purchase.bought_on, purchase.item.clone().into(), purchase.cost_yen))
            .collect(),
        empty: words().no_purchase,
    }
}
