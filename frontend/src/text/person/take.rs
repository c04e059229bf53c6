//! Words of taking what is shown into other software.

catalogue! {
    /// Words of taking what is shown into other software.
    Take, take {
        title: "介護ソフトへ写す",
        plain: "ファイルに書き出す、または値を1つずつコピーする",
        encoding: "文字コード",
        utf8: "UTF-8",
        utf8_more: "すべての文字を書き出せます。",
        cp932: "シフトJIS(CP932)",
        cp932_more: "UTF-8を読めない、古いソフト向けです。",
        save: "CSVファイルに書き出す",
        saved: "ファイルに書き出しました。個人の情報が入っています。取り扱いに注意してください。",
        not_saved: "ファイルを作れませんでした。値を1つずつコピーしてください。",
        no_table: "このブラウザではシフトJISを作れません。UTF-8を選んでください。",
        values: "値を1つずつコピーする",
        copy: "コピー",
        copied: "コピーしました:",
        not_copied: "コピーできませんでした。値を選んでコピーしてください。",
        file: "利用者.csv",
        formulas: "「=」「+」「-」「@」で始まる値の前には「'」を付けます。表計算ソフトが計算式と取り違えないためです。",
        level: "要介護状態区分",
        from: "有効期間の開始日",
        to: "有効期間の終了日",
        share: "負担割合",
        stage: "利用者負担段階",
        units: "区分支給限度基準額",
        housing: "住宅改修費の残り",
        equipment: "福祉用具購入費の残り",
    }
}

/// 「𠮷」は、シフトJISにない文字です。
pub fn outside(characters: &str) -> String {
    ["「", characters, "」は、シフトJISにない文字です。UTF-8を選ぶと書き出せます。"].concat()
}

/// 被保険者番号をコピー
pub fn copy_of(name: &str) -> String {
    [name, "をコピー"].concat()
}
