//! Words of the page 閲覧の記録.

use super::format::{grouped, time};
use domain::calendar::{Date, Time};

catalogue! {
    /// Words of the page.
    Records, records {
        title: "閲覧の記録",
        lead: "この事業所のユーザが、だれの、どの情報を見たかの記録です。見られなかったものも残ります。",
        itself: "この記録を見たことも、記録に残ります。",
        closed: "このユーザには、閲覧の記録は表示されません。",
        from: "はじめの日",
        to: "おわりの日",
        day_support: "例:R8.11.22、2026-11-22",
        day_order: "おわりの日が、はじめの日より前です",
        person: "利用者",
        person_support: "この画面を開いてから調べた人から選べます。",
        user: "ユーザID",
        what: "内容",
        every: "すべて",
        find: "この条件で見る",
        waiting: "閲覧の記録を照会しています",
        none: "この条件の記録はありません。",
        none_why: "期間を広げるか、条件を「すべて」にしてください。",
        at: "日時",
        by: "ユーザ",
        about: "利用者",
        outcome: "結果",
        nobody: "—",
        refused: "拒否",
        done: "実行",
        more: "続きを見る",
        all: "ここまでで全部です。",
        print: "表示した記録を印刷",
        csv: "条件に合うすべてをCSVに書き出す",
        csv_busy: "書き出しています",
        csv_saved: "ファイルに書き出しました。個人の情報が入っています。取り扱いに注意してください。",
        csv_not_saved: "ファイルを作れませんでした。ブラウザの設定でダウンロードを許してから、もう一度お試しください。",
        csv_file: "閲覧の記録.csv",
        old_kept: "前に照会した記録を表示しています。",
    }
}

/// 120件を表示しています
pub fn outlook(shown: usize, more: bool) -> String {
    let count = grouped(shown as u64);
    [
        count.as_str(),
        if more {
            "件を表示しています。続きがあります。"
        } else {
            "件を表示しています。"
        },
    ]
    .concat()
}

/// 令和8年11月1日 〜 令和8年11月22日
pub fn span(from: Date, to: Date) -> String {
    [&from.wareki(), " 〜 ", &to.wareki()].concat()
}

/// かけはし居宅介護支援事業所 令和8年11月22日 14:05に印刷
pub fn printed(office: &str, now: Time) -> String {
    [office, " ", &time(now), "に印刷"].concat()
}
