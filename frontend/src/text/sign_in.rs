//! Words of the sign-in and of the lock.

catalogue! {
    /// Words of the sign-in and of the lock.
    SignIn, sign_in {
        title: "サインイン",
        title_locked: "画面をロックしました",
        title_otp: "確認コードの入力",
        lead: "介護情報基盤のユーザIDとパスワードを入力してください。",
        locked_lead: "続けるには、パスワードで解除してください。入力していた内容は残っています。",
        who: "作業していた人",
        user_id: "ユーザID",
        user_id_support: "事業所ユーザは KJ と12桁の数字です。",
        password: "パスワード",
        password_missing: "パスワードを入力してください",
        next: "次へ",
        unlock: "解除に進む",
        checking: "確かめています",
        otp: "確認コード",
        otp_support: "6桁の数字",
        otp_form: "確認コードは6桁の数字です",
        enter: "サインインする",
        entering: "サインインしています",
        back: "ユーザIDの入力に戻る",
        other_person: "別の人がサインインする",
        other_note: "前の人が入力していた内容は消えます。",
        outbox: "練習用の受信箱を開く(新しいタブ)",
    }
}

/// Where the one-time password went.
pub fn sent_to(masked: &str) -> String {
    format!("{masked} に確認コードを送りました。")
}
