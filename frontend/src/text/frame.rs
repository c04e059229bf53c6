//! Words around every page.

catalogue! {
    /// Words around every page.
    Frame, frame {
        skip: "本文へ移動",
        navigation: "主なページ",
        today: "今日",
        find: "利用者を調べる",
        clients: "利用者一覧",
        desk: "受付",
        desk_bulk: "一括入力",
        board: "認定の進捗",
        changed: "件の変化",
        undecided: "件が確認待ち",
        records: "閲覧の記録",
        filings: "届出",
        unsent_way: "届出を見る",
        help: "ヘルプ",
        device: "機器の確認",
        lock: "ロック",
        sign_out: "サインアウト",
        training: "練習モード",
        training_more: "表示される人はすべて架空です。本物のカードは使いません。",
        connected: "接続:正常",
        connecting: "接続:確認中",
        relay_down: "接続:中継サーバーにつながりません",
        upstream_down: "接続:介護情報基盤につながりません",
        steps: "カードを読む手順",
        step_reader: "リーダーをつなぐ",
        step_card: "カードを置く",
        step_pin: "暗証番号",
        step_inquiry: "照会中",
        find_box: "利用者と今日調べた人から探す",
        find_hint: "かな・氏名・番号",
        find_none: "利用者と今日調べた人の中にはいません。",
        find_elsewhere: "新しく調べる",
    }
}

/// What is said on every page of filings that are confirmed and not known to have come; nothing of none.
pub fn filing_band(not_yet: usize, checking: usize) -> String {
    let mut said = String::new();
    if not_yet > 0 {
        said += &["届出", &not_yet.to_string(), "件は、まだ提出されていません。つながりしだい送ります。"]
            .concat();
    }
    if checking > 0 {
        said += &["届出", &checking.to_string(), "件を、提出できたか確かめています。"].concat();
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_said_of_nothing_and_no_filing_is_called_filed() {
        assert_eq!(filing_band(0, 0), "");
        assert!(filing_band(2, 0).starts_with("届出2件は、まだ提出されていません。"));
        assert_eq!(filing_band(0, 1), "届出1件を、提出できたか確かめています。");
    }
}
