//! Words of today's list.

use super::upcoming;
use domain::upcoming::{Line, Topic, UpcomingKind, Urgency};

catalogue! {
    /// Words of today's list.
    Agenda, agenda {
        title: "今日すること",
        waiting: "利用者の期限を調べています",
        empty: "今日、期限の近いものはありません。よい一日を。",
        nobody: "利用者一覧がまだ空です。加えると、期限の近いことがここに並びます。",
        add: "利用者一覧を作る",
        calendar: "月の予定",
        round: "8月の切替表",
        notices: "お知らせの時期",
        san: " さん",
    }
}

/// The heading of lines that press alike.
pub fn urgency(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Now => "今すぐ",
        Urgency::Soon => "近いうちに",
        Urgency::Later => "早めに",
        Urgency::Note => "お知らせ",
    }
}

/// Where the action of a line leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// To the client's page.
    Client,
    /// To the round of August.
    Round,
    /// To the list of clients.
    Clients,
}

/// What a line says after its name (`None`: it has none), and its one action.
pub fn line(line: &Line) -> (String, &'static str, Way) {
    match line {
        Line::Client { what, .. } => (upcoming::sentence(what), action(what.kind), Way::Client),
        Line::Round { on, days_left, clients, known } => {
            let said = format!(
                "負担割合が{}に切り替わります({})。{clients}人のうち、新しい割合の登録は{known}人です。",
                on.wareki(),
                upcoming::left(*days_left)
            );
            (said, "切替表を見る", Way::Round)
        }
        Line::Insurer { what, clients, .. } => {
            let said = upcoming::sentence(what) + &format!("利用者は{clients}人です。");
            (said, "利用者一覧を見る", Way::Clients)
        }
        Line::Unseen { clients } => {
            let said = format!("{clients}人は閲覧期限が切れていて、期限を調べられません。");
            (said, "利用者一覧を見る", Way::Clients)
        }
    }
}

fn action(kind: UpcomingKind) -> &'static str {
    match kind {
        UpcomingKind::RenewalCloses => "更新の準備に、証を見る",
        _ => match kind.topic() {
            Topic::Certification => "認定を確かめる",
            Topic::Share => "負担割合を確かめる",
            Topic::Limit => "負担限度額を確かめる",
            Topic::Restriction => "給付制限を確かめる",
            Topic::Balance => "残りを確かめる",
            Topic::Insurer => "利用者一覧を見る",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::calendar::Date;
    use domain::upcoming::Upcoming;

    #[test]
    fn a_line_is_a_sentence_with_one_action() {
        let on = Date::from_iso("2026-12-31").unwrap();
        let what = Upcoming { on, kind: UpcomingKind::RenewalCloses, days_left: 39, notice: Some(60) };
        let (said, action, way) = line(&Line::Client { client: 0, what });
        assert_eq!(said, "要介護認定が令和8年12月31日で切れます(あと39日)。更新申請は受付中です。");
        assert_eq!((action, way), ("更新の準備に、証を見る", Way::Client));
        let round = Line::Round { on, days_left: 0, clients: 40, known: 12 };
        assert_eq!(
            line(&round).0,
            "負担割合が令和8年12月31日に切り替わります(今日まで)。40人のうち、新しい割合の登録は12人です。"
        );
    }
}
