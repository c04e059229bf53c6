//! Words of what was entered for a case, and of what does not fit in it.

use super::board::day;
use super::format::grouped;
use domain::calendar::Date;
use domain::certification::{Application, Contradiction, Fact, Outcome, Postponement, Step, Validity};

catalogue! {
    /// Words of 認定の経過.
    Case, case {
        title: "認定の経過",
        waiting: "認定の経過を照会しています",
        put_away: "表示をやめました",
        put_away_why: "この方の認定の情報は、見られなくなりました。理由は「認定の進捗」に出ています。",
        to_person: "この方のページへ",
        to_board: "認定の進捗へ",
        print: "印刷",
        source: "介護情報基盤",
        no_application: "申請日の記録がない申請",
        none: "認定の申請は届いていません。",
        none_why: "申請していても、保険者がまだ登録していないことがあります。",
        stages: "どこまで進んだか",
        done: "済み",
        here: "いまここ",
        ahead: "これから",
        skipped: "記録なし",
        doubts: "確かめてください",
        doubts_next: "日付や内容が合いません。保険者に確かめてください。",
        provisional: "暫定ケアプランの期間です",
        provisional_lead: "結果が出るまでに使うサービスには、次のおそれがあります。",
        provisional_sources: "市町村の公表資料にもとづきます。取り扱いは保険者に確かめてください。",
        provisional_source: "公表資料",
        provisional_unknown: "いまの認定の有効期間がわからないため、暫定の期間かどうかは表示できません。",
        renewal: "更新申請",
        renewal_open: "更新申請を受け付けている期間です。",
        renewal_done: "更新申請は済んでいます。",
        renewal_soon: "まだ受付の前です。",
        renewal_over: "更新申請の期間は終わりました。認定が切れたあとは、新規の申請になります。",
        renewal_span: "受付の期間",
        renewal_asked: "この日までの申請が望まれます",
        entries: "入力されたこと",
        entered: "入力",
        holds: "有効",
        replaced: "訂正前",
        corrected: "訂正",
        before: "訂正前の内容:",
        disputed: "同じ版に別の内容",
        now: "いまの内容",
    }
}

/// One fact: 新規申請 令和8年10月5日.
pub fn fact(fact: &Fact, today: Date) -> String {
    match fact {
        Fact::Application(Application { kind, on }) => [kind.name(), "申請 ", &on.wareki()].concat(),
        Fact::Survey(on) | Fact::Committee(on) if *on > today => on.wareki() + "(予定)",
        Fact::SurveyRequest(on)
        | Fact::Survey(on)
        | Fact::OpinionRequest(on)
        | Fact::Opinion(on)
        | Fact::FirstJudgement(on)
        | Fact::Committee(on)
        | Fact::Notice(on) => on.wareki(),
        Fact::Postponement(notice) => postponement(notice),
        Fact::Outcome(outcome) => self::outcome(outcome),
        Fact::Cleared(_) => "取り消し".to_owned(),
    }
}

fn postponement(notice: &Postponement) -> String {
    let mut said = notice.notified_on.wareki() + "に通知";
    if let Some(until) = notice.until {
        said = said + "、" + &until.wareki() + "までの見込み";
    }
    if let Some(reason) = &notice.reason {
        said = said + "。理由:" + reason;
    }
    said
}

/// 要介護2(令和8年10月5日から令和9年4月30日まで) 令和8年11月6日に認定
pub fn outcome(outcome: &Outcome) -> String {
    let end = [" ", &outcome.on().wareki(), "に", outcome.name()].concat();
    match outcome {
        Outcome::Certified { level, validity, .. } => {
            let level = level
                .unknown()
                .map_or_else(|| level.name().to_owned(), |code| [level.name(), " ", code].concat());
            level + "(" + &self::validity(validity) + ")" + &end
        }
        Outcome::Dismissed { reason: Some(reason), .. } => end.trim_start().to_owned() + "。理由:" + reason,
        _ => end.trim_start().to_owned(),
    }
}

/// 令和8年10月5日から令和9年4月30日まで
pub fn validity(validity: &Validity) -> String {
    [&validity.from.wareki(), "から", &validity.to.wareki(), "まで"].concat()
}

/// What does not fit, as a sentence.
pub fn contradiction(found: Contradiction) -> String {
    use Contradiction as C;
    let quoted = |step: Step| ["「", step.name(), "」"].concat();
    match found {
        C::Disagree(step) => {
            quoted(step) + "に、同じ版で違う内容が2つあります。あとから入力された方を表示しています。"
        }
        C::NoApplication => "申請日の記録がありません。".to_owned(),
        C::BeforeApplication(step) => quoted(step) + "の日が、申請日より前です。",
        C::Future(step) => quoted(step) + "の日が、今日より後です。",
        C::Order(first, second) => quoted(first) + "の日が、" + &quoted(second) + "の日より後です。",
        C::Unentered(step) => "結果は出ていますが、".to_owned() + &quoted(step) + "の記録がありません。",
        C::AfterEnd(step) => quoted(step) + "の日が、結果の日より後です。",
        C::Level => "認定の結果の区分が、要支援・要介護のどれでもありません。".to_owned(),
        C::ValidityReversed => "認定の有効期間の終わりが、始まりより前です。".to_owned(),
        C::ValidityEnd => "認定の有効期間が、月の終わりで終わっていません。".to_owned(),
        C::ValidityStart { expected } => {
            "認定の有効期間が、効力の始まる日(".to_owned() + &expected.wareki() + ")から始まっていません。"
        }
        C::ValidityLength { months, least, most } => {
            let number = |number: u32| grouped(u64::from(number));
            let bounds = number(least) + "か月から" + &number(most) + "か月まで";
            "認定の有効期間が".to_owned()
                + &number(months)
                + "か月です。決められるのは"
                + &bounds
                + "です。"
        }
        C::NoticeBeforeOutcome => "結果通知の日が結果の日より前か、結果の記録がありません。".to_owned(),
        C::Twice(step) => quoted(step) + "が2つ入力されています。",
        C::Unknown => "この被保険者の申請として確かめられません。".to_owned(),
    }
}

/// 暫定の期間は11月1日からです。
pub fn provisional_since(since: Date, today: Date) -> String {
    day(since, today) + "から結果が出るまで、暫定ケアプランの期間です。"
}

/// 令和8年11月22日 14:05 印刷
pub fn printed(office: &str, now: domain::calendar::Time) -> String {
    [office, " ", &super::format::time(now), " 印刷"].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::certification::ApplicationKind;
    use domain::qualification::CareLevel;

    fn date(text: &str) -> Date {
        Date::from_iso(text).unwrap()
    }

    #[test]
    fn a_fact_says_what_was_entered() {
        let today = date("2026-11-22");
        let said = |one| fact(&one, today);
        let application = Application { kind: ApplicationKind::Renewal, on: date("2026-10-05") };
        assert_eq!(said(Fact::Application(application)), "更新申請 令和8年10月5日");
        assert_eq!(said(Fact::Survey(date("2026-12-01"))), "令和8年12月1日(予定)");
        assert_eq!(said(Fact::Opinion(date("2026-12-01"))), "令和8年12月1日");
        let validity = Validity { from: date("2026-10-05"), to: date("2027-04-30") };
        let certified = Outcome::Certified { on: date("2026-11-06"), level: CareLevel::Care2, validity };
        assert_eq!(
            said(Fact::Outcome(certified)),
            "要介護2(令和8年10月5日から令和9年4月30日まで) 令和8年11月6日に認定"
        );
        let dismissed =
            Outcome::Dismissed { on: date("2026-11-06"), reason: Some("調査に応じない".into()) };
        assert_eq!(said(Fact::Outcome(dismissed)), "令和8年11月6日に却下。理由:調査に応じない");
        let notice = Postponement {
            notified_on: date("2026-11-01"),
            until: Some(date("2026-12-05")),
            reason: Some("意見書の遅れ".into()),
        };
        assert_eq!(
            said(Fact::Postponement(notice)),
            "令和8年11月1日に通知、令和8年12月5日までの見込み。理由:意見書の遅れ"
        );
    }

    #[test]
    fn every_contradiction_is_a_sentence() {
        use Contradiction as C;
        let all = [
            C::Disagree(Step::Survey),
            C::NoApplication,
            C::BeforeApplication(Step::Survey),
            C::Future(Step::Notice),
            C::Order(Step::Survey, Step::FirstJudgement),
            C::Unentered(Step::Committee),
            C::AfterEnd(Step::Committee),
            C::Level,
            C::ValidityReversed,
            C::ValidityEnd,
            C::ValidityStart { expected: date("2026-10-05") },
            C::ValidityLength { months: 24, least: 3, most: 12 },
            C::NoticeBeforeOutcome,
            C::Twice(Step::Survey),
            C::Unknown,
        ];
        let mut said: Vec<String> = all.into_iter().map(contradiction).collect();
        assert!(said.iter().all(|one| one.ends_with('。')));
        said.sort();
        said.dedup();
        assert_eq!(said.len(), all.len(), "each has its own");
        assert_eq!(
            contradiction(C::Order(Step::Survey, Step::FirstJudgement)),
            "「認定調査」の日が、「一次判定」の日より後です。"
        );
    }
}
