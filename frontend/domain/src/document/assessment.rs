//! 認定調査票: 概況調査, 基本調査 (74 items), 特記事項.
//!
//! Source of the tables: 厚生労働省「認定調査員テキスト2009改訂版(令和6年4月改訂)」, the form on pp. 158–164, the
//! warning codes on pp. 9–11. Items `6-1` … `6-12` are this house's notation for the twelve kinds of 特別な医療,
//! which the paper prints as item 6; their codes 0 and 1 are an assumption, the words are the text's.

mod compare;
mod survey;
mod warning;

pub use compare::{Change, Compared, Why, compare};
pub use survey::{Note, Survey};
pub use warning::{Warning, warnings};

use super::{Field, Kind, Table};
use std::sync::LazyLock;

/// Which text the tables were read from.
pub const SOURCE: &str = "認定調査員テキスト2009改訂版(令和6年4月改訂)";

static ITEMS: LazyLock<Table> =
    LazyLock::new(|| Table::read(SOURCE, include_str!("assessment/items.csv"), true));
static OVERVIEW: LazyLock<Table> =
    LazyLock::new(|| Table::read(SOURCE, include_str!("assessment/overview.csv"), false));

/// 基本調査: groups 1–5, 特別な医療 (6) and 日常生活自立度 (7).
pub fn items() -> &'static Table {
    &ITEMS
}

/// 概況調査: head (0), 調査実施者 (1), 調査対象者 (2), サービスの状況 (3), 家族状況など (4).
pub fn overview() -> &'static Table {
    &OVERVIEW
}

/// The groups of the 基本調査, in order.
pub const GROUPS: [(u8, &str); 7] = [
    (1, "身体機能・起居動作"),
    (2, "生活機能"),
    (3, "認知機能"),
    (4, "精神・行動障害"),
    (5, "社会生活への適応"),
    (6, "過去14日間にうけた特別な医療"),
    (7, "日常生活自立度"),
];

/// The parts of the 概況調査, in order.
pub const PARTS: [(u8, &str); 5] = [
    (0, "番号"),
    (1, "調査実施者(記入者)"),
    (2, "調査対象者"),
    (3, "現在受けているサービスの状況"),
    (4, "家族状況・居住環境など"),
];

/// As how many of the 74 items a field counts: each place of 麻痺 and 拘縮 is one, 「ない」 is none, and the two
/// 自立度 are outside the 74.
pub fn counts(field: &Field) -> usize {
    match (field.section, field.kind) {
        (1..=6, Kind::Many) => field.choices().filter(|choice| !choice.alone).count(),
        (1..=6, _) => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Aspect, Order};

    #[test]
    fn seventy_four_items_in_five_groups_and_twelve_treatments() {
        assert_eq!(items().fields().iter().map(counts).sum::<usize>(), 74);
        let questions = |group| items().fields().iter().filter(|field| field.section == group).count();
        let groups = GROUPS.map(|(group, _)| questions(group));
        assert_eq!(groups, [13, 12, 9, 15, 6, 12, 2]);
        assert_eq!(groups[..5].iter().sum::<usize>(), 55);
        let sites = |number| items().field(number).map(counts);
        assert_eq!((sites("1-1"), sites("1-2"), sites("7-1")), (Some(5), Some(4), Some(0)));
    }

    #[test]
    fn eighteen_abilities_and_sixteen_kinds_of_help() {
        let of = |aspect| items().fields().iter().filter(|field| field.aspect == Some(aspect)).count();
        assert_eq!((of(Aspect::Ability), of(Aspect::Help)), (18, 16));
    }

    #[test]
    fn the_last_choice_is_outside_the_order_where_it_is_no_more_need() {
        for (number, order) in [
            ("1-10", Order::First(3)),
            ("1-12", Order::First(4)),
            ("1-13", Order::First(4)),
            ("7-2", Order::First(7)),
            ("2-12", Order::None),
            ("6-7", Order::None),
            ("1-1", Order::More),
        ] {
            assert_eq!(items().field(number).unwrap().order, order, "{number}");
        }
    }

    #[test]
    fn only_the_codes_of_the_treatments_are_assumed() {
        let assumed = items().fields().iter().filter(|field| field.assumed);
        assert!(assumed.clone().all(|field| field.section == 6) && assumed.count() == 12);
        let numbers = overview().fields().iter().map(|field| field.section);
        assert!(numbers.clone().is_sorted() && numbers.max() == Some(4));
    }
}
