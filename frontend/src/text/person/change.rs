//! Words of what a refresh has changed.

catalogue! {
    /// Words of what a refresh has changed.
    Change, change {
        title: "前に見たときから変わったところ",
        seen: "見ました(印を消す)",
        mark: "変わりました",
        was: "前",
        now: "今",
        nothing: "(なし)",
        same: "新しく照会しました。前に見たときから変わったところはありません。",
        state: "記録",
        left: "残り",
        rows: "内訳",
        here: "届いています",
    }
}

/// 3か所が変わりました。
pub fn count(places: usize) -> String {
    places.to_string() + "か所が変わりました。"
}
