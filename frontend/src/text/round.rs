//! Words of the round of August.

use super::format;
use domain::upcoming::{Held, LimitThen, RoundRow};

catalogue! {
    /// Words of the round of August.
    RoundWords, round {
        title: "8月の切替表",
        lead: "負担割合は毎年8月1日に切り替わります。負担限度額認定証は、使い続けるには毎年の申請が必要です。",
        waiting: "利用者の証を調べています",
        nobody: "利用者一覧がまだ空です。加えると、全員の切替がここに並びます。",
        add: "利用者一覧を作る",
        before: "前の年",
        after: "次の年",
        print: "印刷",
        csv: "CSVで保存",
        csv_made: "ファイルを作りました。氏名と番号が入っています。ダウンロードの場所を確かめ、使い終わったら消してください。",
        csv_not_made: "ブラウザがファイルを作れませんでした。ダウンロードが許されているかを、このパソコンの管理者に聞いてください。急ぐときは印刷を使えます。",
        who: "利用者",
        kana: "フリガナ",
        name: "氏名",
        insured: "被保険者番号",
        insurer: "保険者",
        share_before: "7月31日まで",
        share_after: "8月1日から",
        share_before_head: "負担割合 7月31日まで",
        share_after_head: "負担割合 8月1日から",
        limit: "負担限度額",
        limit_stage: "負担限度額の段階",
        limit_end: "負担限度額の期限",
        lacks: "まだのもの",
        changes: "変わる",
        complete: "そろっています",
        back: "今日へ戻る",
        source: "利用者一覧の証の情報による。いちばん古い情報:",
        printed: "印刷した日",
    }
}

/// 2割, なし …
pub fn held(held: Held) -> String {
    match held {
        Held::Tenths(tenths) => format!("{tenths}割"),
        Held::None => "登録なし".to_owned(),
        Held::NotMigrated => "未提供".to_owned(),
        Held::Unknown => "確認できず".to_owned(),
        Held::Unseen => "見られません".to_owned(),
    }
}

/// Stage and last day of the 負担限度額認定証.
pub fn limit(limit: LimitThen) -> (String, String) {
    let none = |words: &str| (words.to_owned(), String::new());
    match limit {
        LimitThen::Holds { stage, to } => {
            let end = to.map_or_else(|| "終わりの定めなし".to_owned(), |to| to.wareki() + "まで");
            (stage_name(stage), end)
        }
        LimitThen::Ended { stage, to } => (stage_name(stage), to.wareki() + "で終わり"),
        LimitThen::LongOver | LimitThen::None => none("なし"),
        LimitThen::NotMigrated => none("未提供"),
        LimitThen::Unknown => none("確認できず"),
        LimitThen::Unseen => none("見られません"),
    }
}

/// A stage that is not known yet is shown with its code.
fn stage_name(stage: domain::qualification::LimitStage) -> String {
    match stage.unknown() {
        Some(code) => [stage.name(), " ", code].concat(),
        None => stage.name().to_owned(),
    }
}

/// What is not there yet.
pub fn lacks(row: &RoundRow) -> Vec<&'static str> {
    let mut lacks = Vec::new();
    if row.after == Held::Unseen {
        lacks.push("閲覧期限切れ");
    }
    if row.lacks_share() {
        lacks.push("負担割合証");
    }
    if row.lacks_limit() {
        lacks.push("負担限度額認定証の申請");
    }
    lacks
}

/// 40人。まだのものがある人は3人、負担割合が変わる人は5人です。
pub fn outlook(all: usize, lacking: usize, changing: usize) -> String {
    let all = format::grouped(all as u64);
    format!("{all}人。まだのものがある人は{lacking}人、負担割合が変わる人は{changing}人です。")
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::calendar::Date;
    use domain::qualification::LimitStage;

    #[test]
    fn what_is_missing_is_named() {
        let to = Date::from_iso("2026-07-31").unwrap();
        let ended = LimitThen::Ended { stage: LimitStage::Second, to };
        let row = RoundRow { before: Held::Tenths(1), after: Held::None, limit: ended, entitled: true };
        assert_eq!(lacks(&row), ["負担割合証", "負担限度額認定証の申請"]);
        assert_eq!(limit(ended), ("第2段階".to_owned(), "令和8年7月31日で終わり".to_owned()));
        assert_eq!(limit(LimitThen::Holds { stage: LimitStage::from_code("4a"), to: None }).0, "不明 4a");
        assert_eq!((held(Held::Tenths(2)), held(Held::NotMigrated)), ("2割".to_owned(), "未提供".to_owned()));
    }
}
