//! Words of the page お知らせの時期.

use domain::upcoming::SettingsError;

catalogue! {
    /// Words of the page お知らせの時期.
    Notices, notices {
        title: "お知らせの時期",
        lead: "今日すること・一覧の印・カレンダーファイルの予告が、この時期に出ます。",
        days: "何日前から知らせるか",
        days_support: "3つまで。1から365までの数字を、「,」で区切ります。",
        days_unit: "日前",
        yen: "残りが少ないとみなす額",
        yen_support: "住宅改修費・福祉用具購入費の残りが、これより少ないときに知らせます。",
        yen_unit: "円",
        keep: "この時期にする",
        usual: "はじめの設定に戻す",
        kept: "この時期にしました。",
        not_kept: "このブラウザに残せませんでした。ページを閉じるまで、はじめの設定のままです。ブラウザの管理者に、サイトのデータの保存が許されているかを聞いてください。",
        where_kept: "このブラウザだけに残ります。個人の情報は含みません。",
        back: "今日へ戻る",
    }
}

/// The field that is wrong, and what to type.
pub fn wrong(error: SettingsError) -> (&'static str, &'static str) {
    match error {
        SettingsError::Days => ("notice-days", "1から365までの数字を、3つまで入力してください(例:60,30,7)"),
        SettingsError::Yen => ("notice-yen", "0から200,000までの額を入力してください(例:20000)"),
    }
}
