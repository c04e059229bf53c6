//! Words of the PIN pad.

catalogue! {
    /// Words of the PIN pad.
    Pin, pin {
        title: "数字4桁の暗証番号(利用者証明用)",
        clear: "すべて消す",
        clear_short: "消す",
        back: "1文字消す",
        confirm: "この番号で確認する",
        checking: "カードで確かめています",
        keyboard: "キーボードでも入力できます。Enterで確認、Escでやめます。",
    }
}

/// あと3回
pub fn tries(left: u8) -> String {
    match left {
        0 => "ロックされています".to_owned(),
        1 => "あと1回 — 間違えるとカードの暗証番号がロックされます".to_owned(),
        left => format!("あと{left}回"),
    }
}

/// How many digits are in, for a screen reader.
pub fn count(digits: usize) -> String {
    match digits {
        0 => "まだ入力されていません".to_owned(),
        digits => format!("4桁のうち{digits}桁を入力しました"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_try_says_what_it_means() {
        assert_eq!(tries(3), "あと3回");
        assert!(tries(1).starts_with("あと1回") && tries(1).contains("ロック"));
    }
}
