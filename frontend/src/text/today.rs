//! Words of the page 今日.

use super::format;
use domain::calendar::Time;

catalogue! {
    /// Words of the page 今日.
    Today, today {
        title: "今日",
        seen: "今日調べた人",
        waiting: "今日調べた人を照会しています",
        empty: "まだ誰も調べていません。",
        empty_why: "調べる方法は2つあります。調べた人は、日付が変わるまでここに並びます。",
        by_card: "マイナンバーカードで調べる",
        by_card_more: "カードと4桁の暗証番号を使います。番号の入力はいりません。",
        by_numbers: "カードなしで調べる",
        by_numbers_more: "保険者番号・被保険者番号・生年月日・性別と、本人の同意を入力します。",
        birth: "生年月日",
        insurer: "保険者",
        seen_at: "調べた時刻",
        right: "閲覧できる期限",
        right_over: "期限切れ",
        again: "もう一度カードを読むか、番号と同意で調べ直すと、見られるようになります。",
        old_kept: "前に照会した一覧を表示しています。",
    }
}

/// 3人を表示しています
pub fn count(people: usize) -> String {
    format!("{people}人")
}

/// Until when a page may be opened, seen from now: 今日 23:59まで, 令和8年11月29日まで.
pub fn right_until(until: Time, now: Time) -> String {
    let days = now.date().days_until(until.date());
    match days {
        0 if until <= now => format!("今日 {}に切れました", format::clock(until)),
        _ if until <= now => format!("{}に切れました", format::time(until)),
        0 => format!("今日 {}まで", format::clock(until)),
        days => format!("{}まで(あと{days}日)", until.date().wareki()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_right_ends_to_the_second() {
        let now = Time(1_795_323_900);
        assert_eq!(right_until(now.plus(60), now), "今日 14:06まで");
        assert_eq!(right_until(now.plus(7 * 86_400), now), "令和8年11月29日まで(あと7日)");
        assert_eq!(right_until(now, now), "今日 14:05に切れました");
        assert_eq!(right_until(now.plus(-86_400), now), "令和8年11月21日 14:05に切れました");
    }
}
