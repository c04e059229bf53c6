//! Words of reading a card.

catalogue! {
    /// Words of reading a card.
    Card, card {
        title: "カードを読む",
        lead: "マイナンバーカードで本人を確かめます。マイナンバー(個人番号)は読みません。",
        choose_reader: "リーダーを選ぶ",
        choose_note: "リーダーをつないでから「リーダーを選ぶ」を押し、一覧から選んでください。一度選べば、次からは自動で見つかります。",
        device: "リーダーが一覧に出ないときは、機器の確認へ",
        looking: "リーダーを探しています",
        this_reader: "つないだリーダー:",
        put_card: "カードをリーダーに置いてください",
        put_note: "「カードをお返しください」と表示されるまで、カードを動かさないでください。",
        reading: "証明書を読んでいます",
        asking: "確認の準備をしています",
        checking: "カードで暗証番号を確かめています",
        signing: "カードで署名しています",
        inquiring: "照会しています",
        last_title: "残り1回です。続けますか",
        last_note: "次に間違えると、カードの暗証番号がロックされます。ロックされると、市区町村の窓口で再設定するまで使えません。",
        last_ask: "カードの持ち主に、利用者証明用の暗証番号(数字4桁)をもう一度確かめてください。",
        last_stop: "入力しないで、カードなしで調べる",
        last_go: "確かめたので、最後の1回を入力する",
        cancel: "やめる",
        stopping: "カードを安全な状態に戻しています",
        cancelled: "読み取りをやめました。カードは安全な状態です。",
        again: "はじめからやり直す",
        without: "カードなしで調べる",
        without_note: "番号と本人の同意で、同じ内容を見られます。",
        give_back: "カードをお返しください",
        give_back_note: "本人を確かめました。リーダーからカードを取り、持ち主に返してください。",
        show: "資格の内容を見る",
        title_file: "カードで本人を確認する",
        lead_file: "届出の方のマイナンバーカードで本人を確かめます。マイナンバー(個人番号)は読みません。",
        without_file: "カードを使わず、書類で確認する",
        show_file: "届出に戻る",
        last_stop_file: "入力しないで、書類で確認する",
        practice: "練習用のカード",
        practice_note: "練習用のリーダーに置くカードを選んでください。暗証番号はどれも 1234 です。",
        practice_take: "カードを取る",
        practice_outbox: "練習用の受信箱",
    }
}

/// 3/5
pub fn part(part: u16, of: u16) -> String {
    format!("{part}/{of}")
}
