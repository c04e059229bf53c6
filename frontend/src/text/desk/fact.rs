//! Facts of a case, and what does not fit, in words.

use crate::text::format;
use domain::calendar::Date;
use domain::certification::{Case, Contradiction, Fact, Outcome, Postponement, Step};

/// The name of a step's day on the clerk's sheet.
pub fn step(step: Step) -> &'static str {
    match step {
        Step::Application => "申請日",
        Step::SurveyRequest => "調査依頼日",
        Step::Survey => "調査日",
        Step::OpinionRequest => "意見書依頼日",
        Step::Opinion => "意見書受領日",
        Step::FirstJudgement => "一次判定日",
        Step::Committee => "審査会日",
        Step::Postponement => "延期通知日",
        Step::Outcome => "結果",
        Step::Notice => "結果通知日",
        Step::Unknown(_) => "不明な項目",
    }
}

/// 調査日 令和8年10月14日
pub fn fact(fact: &Fact) -> String {
    let name = step(fact.step());
    let said = match fact {
        Fact::Application(application) => [application.kind.name(), " ", &application.on.wareki()].concat(),
        Fact::Postponement(notice) => postponement(notice),
        Fact::Outcome(end) => outcome(end),
        Fact::Cleared(_) => "取り消し(何も入っていない状態に戻す)".to_owned(),
        other => other.on().map(Date::wareki).unwrap_or_default(),
    };
    [name, " ", &said].concat()
}

/// What stands in a case for a step; `None` when nothing does.
pub fn standing(case: &Case, of: Step) -> Option<String> {
    match of {
        Step::Application => case
            .application
            .map(|application| [application.kind.name(), " ", &application.on.wareki()].concat()),
        Step::Postponement => case.postponement.as_ref().map(postponement),
        Step::Outcome => case.outcome.as_ref().map(outcome),
        other => case.day_of(other).map(Date::wareki),
    }
}

fn postponement(notice: &Postponement) -> String {
    let mut said = notice.notified_on.wareki();
    if let Some(until) = notice.until {
        said = said + "、見込み " + &until.wareki() + "まで";
    }
    if let Some(reason) = &notice.reason {
        said = said + "、理由「" + reason + "」";
    }
    said
}

/// 認定 要介護2、令和8年11月6日、有効期間 …
pub fn outcome(outcome: &Outcome) -> String {
    let mut said = [outcome.name(), " ", &outcome.on().wareki()].concat();
    match outcome {
        Outcome::Certified { level, validity, .. } => {
            said = said
                + "、"
                + level.name()
                + "、有効期間 "
                + &validity.from.wareki()
                + " 〜 "
                + &validity.to.wareki();
        }
        Outcome::Dismissed { reason: Some(reason), .. } => said = said + "、理由「" + reason + "」",
        _ => {}
    }
    said
}

/// Why a fact is refused, or what should be looked at.
pub fn contradiction(found: Contradiction) -> String {
    match found {
        Contradiction::Disagree(of) => [step(of), "に、同じ履歴番号で違う内容が2つあります"].concat(),
        Contradiction::NoApplication => {
            "申請日がまだ入力されていません。先に申請を入力してください".to_owned()
        }
        Contradiction::BeforeApplication(of) => [step(of), "が申請日より前です"].concat(),
        Contradiction::Future(of) => [step(of), "が今日より後です。済んだ日を入力してください"].concat(),
        Contradiction::Order(first, second) => [step(second), "が", step(first), "より前です"].concat(),
        Contradiction::Unentered(of) => [step(of), "が入力されていません"].concat(),
        Contradiction::AfterEnd(of) => [step(of), "が結果の日より後です"].concat(),
        Contradiction::Level => "認定する要介護状態区分ではありません".to_owned(),
        Contradiction::ValidityReversed => "有効期間の終わりが始まりより前です".to_owned(),
        Contradiction::ValidityEnd => "有効期間の終わりが月末ではありません".to_owned(),
        Contradiction::ValidityStart { expected } => {
            ["有効期間の始まりは、ふつう", &expected.wareki(), "です"].concat()
        }
        Contradiction::ValidityLength { months, least, most } => {
            format!("有効期間が{months}か月です。定められるのは{least}か月から{most}か月までです")
        }
        Contradiction::NoticeBeforeOutcome => "結果が出る前に、結果通知日が入っています".to_owned(),
        Contradiction::Twice(of) => [step(of), "が1回の入力に2つあります"].concat(),
        Contradiction::Unknown => "この申請番号と被保険者番号の組み合わせは見つかりません".to_owned(),
    }
}

/// 令和8年10月14日(水)
pub fn echo(day: Date, today: Date) -> String {
    let mut said = format::date_with_weekday(day);
    if day > today {
        said += " 予定として";
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::desk::sample::{day, entry};

    #[test]
    fn what_stands_is_said_whole() {
        let case = entry("c1", 9).case;
        assert_eq!(standing(&case, Step::Survey).as_deref(), Some("令和8年10月14日"));
        assert_eq!(
            standing(&case, Step::Outcome).as_deref(),
            Some("認定 令和8年11月6日、要介護2、有効期間 令和8年10月5日 〜 令和9年4月30日")
        );
        assert_eq!(standing(&case, Step::Postponement), None);
        assert_eq!(fact(&Fact::Cleared(Step::Survey)), "調査日 取り消し(何も入っていない状態に戻す)");
        assert!(echo(day("2026-12-01"), day("2026-11-22")).ends_with("予定として"));
    }

    #[test]
    fn what_does_not_fit_says_which_and_why() {
        assert_eq!(
            contradiction(Contradiction::Order(Step::Survey, Step::FirstJudgement)),
            "一次判定日が調査日より前です"
        );
        let long = Contradiction::ValidityLength { months: 24, least: 3, most: 12 };
        assert!(contradiction(long).contains("3か月から12か月まで"));
    }
}
