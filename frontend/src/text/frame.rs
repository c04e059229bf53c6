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
        records: "閲覧の記録",
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
