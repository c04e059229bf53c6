//! Words of the board 認定の進捗.

use super::format::{clock, grouped, month_day};
use domain::calendar::{Date, Time};
use domain::certification::{Expected, LIMIT_DAYS, Step, Wait, WaitState};

catalogue! {
    /// Words of the board.
    Board, board {
        title: "認定の進捗",
        lead: "要介護認定を申請中の利用者です。30日をこえた方が先に並びます。",
        waiting: "認定の進捗を照会しています",
        old_kept: "前に照会した内容を表示しています。",
        closed_account: "このユーザには、認定の進捗は表示されません。",
        empty: "申請中の利用者はいません。",
        empty_why: "利用者一覧の方が要介護認定を申請すると、ここに出ます。保険者がまだ登録していないこともあります。",
        nobody: "あてはまる申請はありません。",
        nobody_why: "言葉やしぼり込みを変えてください。",
        clear: "しぼり込みをやめる",
        search: "進捗から探す",
        search_support: "かな・氏名・番号で探せます。",
        insurer: "保険者",
        every: "すべて",
        late_only: "30日をこえた申請だけ",
        fresh: "新",
        fresh_more: "前に見たときから変わりました",
        look: "新の印をすべて消す",
        look_more: "印は、このパソコンに、ユーザごとに残ります。氏名は残しません。",
        late: "30日超過",
        postponed: "延期",
        survey: "調査",
        opinion: "意見書",
        committee: "審査会",
        not_yet: "未定",
        not_come: "未着",
        planned: "(予定)",
        awaits: "待ち:",
        no_application: "申請日の記録がありません",
        doubtful: "日付を確かめてください",
        events: "経過を見る",
        more: "もっと見る",
        none: "なし",
        ended: "結果が出た申請",
        closed: "進捗を表示できない利用者",
        closed_lead: "申請があるかどうかも、ここではわかりません。",
        to_consent: "同意は、本人またはご家族・代理の方にお聞きください。",
        to_clients: "利用者一覧へ",
        unnamed: "利用者一覧にいない方",
    }
}

/// 認定の進捗に変化があります(1件)
pub fn changes(count: usize) -> String {
    ["認定の進捗に変化があります(", &grouped(count as u64), "件)"].concat()
}

/// 山田 花子さん ほか2人
pub fn names(names: &[String]) -> String {
    let mut once: Vec<&String> = Vec::new();
    for name in names {
        if !once.contains(&name) {
            once.push(name);
        }
    }
    match once.as_slice() {
        [] => String::new(),
        [one] => [one, "さん"].concat(),
        [one, others @ ..] => [one, "さん ほか", &others.len().to_string(), "人"].concat(),
    }
}

/// 最後に問い合わせた時刻 14:05
pub fn asked(at: Time) -> String {
    "最後に問い合わせた時刻 ".to_owned() + &clock(at)
}

/// 1,000件中 60件
pub fn shown(found: usize, all: usize) -> String {
    let all_of = grouped(all as u64) + "件";
    if found == all { all_of } else { all_of + "中 " + &grouped(found as u64) + "件" }
}

/// 12件
pub fn counted(count: usize) -> String {
    grouped(count as u64) + "件"
}

/// 3人
pub fn people(count: usize) -> String {
    grouped(count as u64) + "人"
}

/// 10月14日; with its year when that is not this one.
pub fn day(on: Date, today: Date) -> String {
    if on.year() == today.year() { month_day(on) } else { on.wareki() }
}

/// 申請から35日
pub fn waited(wait: &Wait) -> String {
    ["申請から", &wait.days.to_string(), "日"].concat()
}

/// あと5日, 30日を5日超過 …
pub fn state(wait: &Wait, today: Date) -> String {
    match wait.state {
        WaitState::Ended { in_time: true } => ["", &LIMIT_DAYS.to_string(), "日以内に終了"].concat(),
        WaitState::Ended { in_time: false } => ["", &LIMIT_DAYS.to_string(), "日をこえて終了"].concat(),
        WaitState::Within { left: 0 } => "30日の期限は今日".to_owned(),
        WaitState::Within { left } => ["30日まであと", &left.to_string(), "日"].concat(),
        WaitState::Postponed { until: Some(until) } => ["延期の通知 ", &day(until, today), "まで"].concat(),
        WaitState::Postponed { until: None } => "延期の通知(期間の定めなし)".to_owned(),
        WaitState::Late { days } => ["期限を", &days.to_string(), "日超過"].concat(),
    }
}

/// 11月12日ごろの見込み(120件の実績から); nothing when too little is known to say.
pub fn expected(expected: &Expected, today: Date) -> Option<String> {
    let Expected::About { on, cases, .. } = expected else { return None };
    let passed = if *on < today { "を過ぎています" } else { "" };
    let cases = grouped(u64::from(*cases));
    Some([&day(*on, today), "ごろの見込み", passed, "(", &cases, "件の実績から)"].concat())
}

/// 待ち:認定調査・主治医意見書
pub fn awaited(steps: &[Step]) -> String {
    let names: Vec<&str> = steps.iter().map(|step| step.name()).collect();
    board().awaits.to_owned() + &names.join("・")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::from_iso(text).unwrap()
    }

    #[test]
    fn a_notice_names_nobody_unless_names_are_given() {
        assert_eq!(changes(1), "認定の進捗に変化があります(1件)");
        let all = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(names(&[]), "");
        assert_eq!(names(&all(&["山田 花子", "山田 花子"])), "山田 花子さん");
        assert_eq!(names(&all(&["山田 花子", "佐藤 一郎", "鈴木 清"])), "山田 花子さん ほか2人");
    }

    #[test]
    fn a_wait_is_said_against_the_limit() {
        let today = date("2026-11-22");
        let said = |state| {
            let (since, limit) = (date("2026-10-05"), date("2026-11-04"));
            super::state(&Wait { since, days: 48, limit, state }, today)
        };
        assert_eq!(said(WaitState::Late { days: 18 }), "期限を18日超過");
        assert_eq!(said(WaitState::Within { left: 0 }), "30日の期限は今日");
        let until = Some(date("2027-01-05"));
        assert_eq!(said(WaitState::Postponed { until }), "延期の通知 令和9年1月5日まで");
        assert_eq!(said(WaitState::Ended { in_time: true }), "30日以内に終了");
    }

    #[test]
    fn an_expected_day_rests_on_a_number_of_cases_or_is_not_said() {
        let about = |on| Expected::About {
            on: date(on),
            from: Step::Application,
            since: date("2026-10-05"),
            median_days: 38,
            cases: 1_200,
        };
        let today = date("2026-11-22");
        let said = |one: &Expected| expected(one, today);
        assert_eq!(said(&about("2026-12-01")).unwrap(), "12月1日ごろの見込み(1,200件の実績から)");
        assert_eq!(
            said(&about("2026-11-12")).unwrap(),
            "11月12日ごろの見込みを過ぎています(1,200件の実績から)"
        );
        assert_eq!(said(&Expected::TooFew { cases: 9, minimum: 10 }), None);
        assert_eq!(said(&Expected::Unknown), None);
    }
}
