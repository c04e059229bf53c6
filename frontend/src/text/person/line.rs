//! Words of the time line and of what comes next.

use crate::text::format;
use domain::calendar::Date;
use domain::qualification::{Correction, Held};
use domain::upstream::ApplicationKind;

catalogue! {
    /// Words of the time line and of what comes next.
    Line, line {
        title: "これまでとこれから",
        plain: "認定・負担割合・限度額の期間を、年の順に並べた図",
        hint: "左右の矢印キーで期間を移ります。選ぶと、下に説明が出ます。",
        chart: "期間の図。同じ内容を表でも見られます。",
        today: "今日",
        as_table: "表で見る",
        known: "どの時点の登録で見るか",
        known_now: "いまの登録",
        level: "認定の有効期間",
        application: "申請",
        share: "負担割合",
        stage: "負担限度額",
        restriction: "給付制限",
        awaited: "結果を待っています。",
        gap: "記録なし",
        corrected: "訂正前",
        withdrawn: "取消",
        kind: "種類",
        what: "内容",
        period: "期間",
        state: "状態",
        note: "備考",
        is_past: "過去",
        is_now: "いま",
        is_future: "これから",
        is_wrong: "期間の誤り",
        no_history: "これまでの登録の履歴がまだないため、いまの証の期間だけを示しています。",
        waiting: "これまでの登録を照会しています",
        history_failed: "これまでの登録を照会できませんでした。いまの証の期間だけを示しています。",
        history_old: "登録の履歴は新しく照会できませんでした。前に照会したものを示しています。",
        back: "さかのぼって変わった期間があります。請求済みの分を確かめてください。",
        empty: "期間の記録がありません。",
        coming: "次に変わること",
        coming_plain: "期限の近い順。期限の過ぎたものを先に示します。",
        coming_none: "いまわかっている予定はありません。",
        on_day: "日付",
        days_left: "残り日数",
        today_words: "今日",
    }
}

/// 要介護2, 1割, 第3段階①; the raw code of what is not known here.
pub fn held(value: Held) -> String {
    let (name, raw) = match value {
        Held::Share(tenths) => return tenths.to_string() + "割",
        Held::Level(ref level) => (level.name(), level.unknown()),
        Held::Stage(ref stage) => (stage.name(), stage.unknown()),
    };
    raw.map_or_else(|| name.to_owned(), |raw| ["コード ", raw].concat())
}

/// Why something does not hold any more.
pub fn correction(one: &Correction) -> String {
    let day = one.on.wareki();
    let what = match (one.is, one.withdrawn) {
        (Some(is), _) => ["の登録で、", &held(is), "に変わりました。"].concat(),
        (None, true) => "の登録で、取り消されました。".to_owned(),
        (None, false) => "の登録で、なくなりました。".to_owned(),
    };
    let back = if one.is_retroactive() { "さかのぼって変わった期間です。" } else { "" };
    [&day, what.as_str(), back].concat()
}

/// 更新申請
pub fn application(kind: ApplicationKind) -> String {
    let name = kind.unknown().map_or_else(|| kind.name().to_owned(), |raw| ["コード ", raw, " の"].concat());
    name + "申請"
}

/// あと39日, 明日, 今日, 12日前
pub fn days_left(days: i64) -> String {
    match days {
        0 => line().today_words.to_owned(),
        1 => "明日".to_owned(),
        2.. => ["あと", &format::grouped(days.unsigned_abs()), "日"].concat(),
        _ => [&format::grouped(days.unsigned_abs()), "日前"].concat(),
    }
}

/// 令和8年12月10日までの登録
pub fn known_on(day: Date) -> String {
    day.wareki() + "までの登録"
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::qualification::{CareLevel, Period};

    #[test]
    fn a_correction_says_when_what_and_whether_back_in_time() {
        let day = |text| Date::from_iso(text).unwrap();
        let mut one = Correction {
            period: Period::new(day("2026-08-01"), Some(day("2026-12-09"))),
            was: Held::Share(1),
            is: Some(Held::Share(2)),
            on: day("2026-12-10"),
            withdrawn: false,
        };
        assert_eq!(
            correction(&one),
            "令和8年12月10日の登録で、2割に変わりました。さかのぼって変わった期間です。"
        );
        one.period.from = one.on;
        one.is = None;
        one.withdrawn = true;
        assert_eq!(correction(&one), "令和8年12月10日の登録で、取り消されました。");
        assert_eq!(held(Held::Level(CareLevel::from_code("26"))), "コード 26");
    }

    #[test]
    fn days_are_counted_both_ways() {
        let said: Vec<String> = [-12, 0, 1, 39, 1_200].map(days_left).into();
        assert_eq!(said, ["12日前", "今日", "明日", "あと39日", "あと1,200日"]);
    }
}
