//! Words of the cover over an unattended screen.

catalogue! {
    /// Words of the cover over an unattended screen.
    Mask, mask {
        title: "画面を隠しています",
        lead: "しばらく操作がなかったためです。画面に触れるか、キーを押すと戻ります。",
    }
}
