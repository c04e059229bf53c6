//! Words of 受付: the municipality's queue.

pub mod bulk;
pub mod entry;
pub mod fact;
pub mod filing;
pub mod notice;

use super::format::grouped;
use domain::certification::{LIMIT_DAYS, Wait, WaitState};

catalogue! {
    /// Words of the queue.
    Desk, desk {
        title: "受付(認定申請の一覧)",
        waiting: "申請の一覧を照会しています",
        old_kept: "前に照会した一覧を表示しています。",
        search: "氏名・フリガナ・被保険者番号",
        search_support: "「/」でここに移り、↓で一覧に移ります。Enterで開きます。",
        find: "探す",
        stage: "段階",
        kind: "申請区分",
        every: "すべて",
        from: "申請日(から)",
        to: "申請日(まで)",
        day_support: "例:R8.11.1、2026-11-01",
        late: "30日を過ぎたものだけ",
        ended: "終わったものも含める",
        clear: "条件をやめる",
        none: "あてはまる申請はありません。",
        none_why: "条件を変えるか、やめてください。終わった申請は、ふつうは表示しません。",
        empty: "いま受け付けている申請はありません。",
        empty_why: "新しい申請は、CSVファイルの一括入力で加えられます。",
        person: "申請者",
        application: "申請",
        progress: "段階",
        waited: "経過",
        survey: "調査日",
        opinion: "意見書受領日",
        committee: "審査会日",
        changed: "最後の入力",
        not_yet: "未入力",
        plan: "予定",
        before: "前のページ",
        next: "次のページ",
        pages: "一覧のページ",
        csv: "この条件の一覧をCSVで保存",
        csv_busy: "一覧を集めています",
        csv_file: "nintei-uketsuke.csv",
        csv_saved: "保存しました。氏名と番号が入っています。取り扱いに注意してください。",
        csv_not_saved: "保存できませんでした。ブラウザのダウンロードの設定を確かめてください。",
        bulk: "CSVファイルで一括入力",
        reload: "読み込み直す",
        no_application: "申請日が未入力",
    }
}

/// 320件中 51–100件
pub fn shown(first: usize, count: usize, total: u32) -> String {
    let total = grouped(u64::from(total)) + "件";
    if count == 0 {
        return total;
    }
    let (from, to) = (grouped(first as u64 + 1), grouped((first + count) as u64));
    [&total, "中 ", &from, "–", &to, "件目"].concat()
}

/// 48日目/30日
pub fn days(wait: &Wait) -> String {
    format!("{}日/{LIMIT_DAYS}日", wait.days)
}

/// 期限を18日超過, あと3日 …
pub fn standing(state: WaitState) -> String {
    match state {
        WaitState::Late { days } => format!("期限を{days}日超過"),
        WaitState::Within { left: 0 } => "今日が期限".to_owned(),
        WaitState::Within { left } => format!("あと{left}日"),
        WaitState::Postponed { until: Some(until) } => format!("延期中({}まで)", until.wareki_short()),
        WaitState::Postponed { until: None } => "延期中".to_owned(),
        WaitState::Ended { in_time: true } => "30日以内に終了".to_owned(),
        WaitState::Ended { in_time: false } => "30日を超えて終了".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_says_where_it_stands() {
        assert_eq!(shown(50, 50, 1_320), "1,320件中 51–100件目");
        assert_eq!(shown(0, 0, 0), "0件");
    }

    #[test]
    fn each_standing_has_words() {
        assert_eq!(standing(WaitState::Late { days: 18 }), "期限を18日超過");
        assert_eq!(standing(WaitState::Within { left: 0 }), "今日が期限");
        assert!(standing(WaitState::Postponed { until: None }).contains("延期"));
    }
}
