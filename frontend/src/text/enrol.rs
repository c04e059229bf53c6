//! Words of the enrolment page.

catalogue! {
    /// Words of the enrolment page.
    Enrol, enrol {
        title: "この端末を登録する",
        lead: "はじめに一度だけ、この端末を事業所に登録します。登録コードは事業所の管理者が発行します。",
        code: "登録コード",
        code_support: "英数字10文字(例:ABCD-EFGH-JK)。30分以内に1回だけ使えます。",
        code_missing: "登録コードを入力してください",
        code_length: "登録コードは10文字です",
        code_character: "登録コードに使えない文字があります",
        label: "端末の名前",
        label_support: "例:相談室のパソコン。人の名前は入れないでください。",
        label_missing: "端末の名前を入力してください",
        label_long: "端末の名前は40文字までです",
        send: "この端末を登録する",
        sending: "登録しています",
        key_note: "登録すると、この端末だけの鍵が作られます。鍵はこのブラウザの外に出ません。",
    }
}
