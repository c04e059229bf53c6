//! Words where there is no page.

catalogue! {
    /// Words where there is no page.
    Missing, missing {
        title: "このページはありません",
        lead: "アドレスが変わったか、間違っています。",
        to_today: "「今日」のページへ",
    }
}
