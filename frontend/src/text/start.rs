//! Words before anything can be shown.

catalogue! {
    /// Words before anything can be shown.
    Start, start {
        starting: "準備しています",
        broken: "はじめられませんでした",
        not_fetched: "画面を開けませんでした",
        reload: "ページを読み込み直す",
    }
}
