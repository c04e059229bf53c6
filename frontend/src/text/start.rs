//! Words before anything can be shown.

catalogue! {
    /// Words before anything can be shown.
    Start, start {
        starting: "準備しています",
        broken: "はじめられませんでした",
        reload: "ページを読み込み直す",
    }
}
