//! Words of the page ヘルプ.

catalogue! {
    /// Words of the page ヘルプ.
    Help, help {
        title: "ヘルプ",
        browser: "このブラウザでできること",
        secure: "安全な接続(https)",
        secure_no: "使えません。https で始まるアドレスで開いてください。",
        usb: "カードリーダー(WebUSB)",
        usb_no: "使えません。Google Chrome か Microsoft Edge で開くと使えます。番号で調べることは、このブラウザでもできます。",
        device: "カードリーダーを確かめ、カードを試しに読む(機器の確認)",
        crypto: "署名のための暗号(WebCrypto)",
        crypto_no: "使えません。新しい Google Chrome か Microsoft Edge で開いてください。",
        storage: "端末の鍵の保存(IndexedDB)",
        storage_no: "使えません。シークレットモードを終了し、サイトのデータの保存を許可してください。",
        ok: "使えます",
        not_ok: "使えません",
        paper: "紙でも手続きできます",
        paper_more: "この画面が使えないときも、業務は止まりません。介護保険被保険者証・負担割合証・負担限度額認定証は、これまでどおり紙で確かめられます。届出も紙で受け付けられます。利用者がカードを使わないことを選んでも、不利益はありません。",
        my_number: "マイナンバー(個人番号)は読みません",
        my_number_more: "カードから読むのは、本人を確かめるための証明書だけです。個人番号は読みません。暗証番号はどこにも保存しません。",
        keyboard: "キーボードで使う",
        keyboard_tab: "次の項目へ移る。Shiftと一緒に押すと前へ戻る",
        keyboard_enter: "リンクやボタンを押す、入力を送る",
        keyboard_space: "チェックを付ける、ボタンを押す",
        keyboard_arrows: "選択肢の中を移る",
        keyboard_escape: "確認の画面を閉じる、暗証番号の入力をやめる",
        keyboard_digits: "暗証番号を入力する。まちがえたらBackspaceで1文字消す",
        digits: "数字",
        faults: "エラーの番号や言葉から調べる",
        faults_more: "画面に出た番号(例:CARD-011)か、言葉(例:リーダー)を入れてください。通信していなくても使えます。",
        search: "番号または言葉",
        none: "当てはまるものがありません。番号を確かめるか、別の言葉で探してください。",
        who: "直せる人",
    }
}

/// 12件
pub fn hits(count: usize) -> String {
    format!("{count}件")
}
