//! Words that stand on many pages.

catalogue! {
    /// Words that stand on many pages.
    Common, common {
        product: "かけはし",
        required: "※必須",
        optional: "任意",
        cancel: "やめる",
        again: "もう一度",
        check_input: "入力内容を確かめてください",
        unknown_fault: "うまくいきませんでした。",
        who_mends: "直せる人",
        number: "番号",
        copy: "問い合わせ用にコピー",
        check_device: "機器の確認で、原因と直し方を調べる",
        copied: "コピーしました。個人の情報は含みません。",
        not_copied: "コピーできませんでした。番号を書き留めてください。",
        step_before: "このあと",
        step_live: "いまここ",
        step_done: "済み",
        read_card: "カードを読む",
    }
}
