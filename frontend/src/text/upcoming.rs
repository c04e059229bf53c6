//! Words of what comes next for a client: a tag for the list, a sentence for the day.

use super::format;
use crate::component::Tone;
use domain::certification::RenewalWindow;
use domain::upcoming::{Upcoming, UpcomingKind};

/// A tag: how pressing, and its word or two. Nothing for what another tag says already.
pub fn tag(one: &Upcoming) -> Option<(Tone, String)> {
    use UpcomingKind as Kind;
    let days = one.days_left;
    let pressing = if days <= 7 { Tone::Error } else { Tone::Warning };
    Some(match one.kind {
        Kind::CertificationEnded => (Tone::Error, "認定切れ".to_owned()),
        Kind::CertificationEnds { applied: true } => (Tone::Info, format!("申請中・認定は{}", left(days))),
        Kind::CertificationEnds { applied: false } | Kind::RenewalOpens => return None,
        Kind::RenewalCloses => (pressing, format!("更新申請 {}", left(days))),
        Kind::CertificationBegins => (Tone::Info, format!("認定 {}から", format::month_day(one.on))),
        Kind::ShareMissing => (Tone::Warning, "負担割合証なし".to_owned()),
        Kind::ShareRenewed { known: Some(tenths) } => (Tone::Info, format!("8月から{tenths}割")),
        Kind::ShareRenewed { known: None } => (Tone::Info, "8月1日 負担割合の更新".to_owned()),
        Kind::ShareChanges { to } => (Tone::Warning, format!("{}から{to}割", format::month_day(one.on))),
        Kind::LimitEnded => (Tone::Warning, "限度額認定証切れ".to_owned()),
        Kind::LimitEnds => (Tone::Info, format!("限度額認定証 {}", left(days))),
        Kind::RestrictionBegins(_) => (Tone::Warning, format!("給付制限 {}から", format::month_day(one.on))),
        Kind::RestrictionEnds(_) => (Tone::Info, format!("給付制限 {}まで", format::month_day(one.on))),
        Kind::HousingNearlyUsed { left_yen } => {
            (Tone::Info, "住宅改修 残り".to_owned() + &format::yen(left_yen))
        }
        Kind::EquipmentNearlyUsed { left_yen } => {
            (Tone::Info, "福祉用具 残り".to_owned() + &format::yen(left_yen))
        }
        Kind::InsurerStarts => (Tone::Info, format!("保険者 {}開始", format::month_day(one.on))),
        Kind::InsurerNotStarted => (Tone::Info, "保険者が未開始".to_owned()),
    })
}

/// A sentence, after a name.
pub fn sentence(one: &Upcoming) -> String {
    use UpcomingKind as Kind;
    let (on, days) = (one.on.wareki(), one.days_left);
    match one.kind {
        Kind::CertificationEnded => format!("要介護認定が{on}で切れました。次の認定は登録されていません。"),
        Kind::CertificationEnds { applied: true } => {
            format!("要介護認定が{on}で切れます({})。更新を申請中です。", left(days))
        }
        Kind::CertificationEnds { applied: false } => format!("要介護認定が{on}で切れます({})。", left(days)),
        Kind::RenewalCloses => {
            let now = match one.on.plus_days(-days) {
                today if RenewalWindow::before(one.on).is_open(today) => "更新申請は受付中です。",
                _ => "更新申請はこの日までです。",
            };
            format!("要介護認定が{on}で切れます({})。{now}", left(days))
        }
        Kind::RenewalOpens => format!("更新申請が{on}から受け付けられます({})。", left(days)),
        Kind::CertificationBegins => format!("新しい要介護認定が{on}から始まります。"),
        Kind::ShareMissing => "今日有効な負担割合証がありません。".to_owned(),
        Kind::ShareRenewed { known: Some(tenths) } => format!("負担割合が{on}から{tenths}割になります。"),
        Kind::ShareRenewed { known: None } => {
            format!("負担割合が{on}に切り替わります。新しい割合はまだ登録されていません。")
        }
        Kind::ShareChanges { to } => format!("負担割合が{on}から{to}割に変わります。"),
        Kind::LimitEnded => format!("負担限度額認定証が{on}で切れました。使うには、もう一度申請が必要です。"),
        Kind::LimitEnds => {
            format!("負担限度額認定証が{on}で切れます({})。続けるには申請が必要です。", left(days))
        }
        Kind::RestrictionBegins(kind) => format!("給付制限({})が{on}から始まります。", kind.name()),
        Kind::RestrictionEnds(kind) => format!("給付制限({})が{on}で終わります。", kind.name()),
        Kind::HousingNearlyUsed { left_yen } => {
            format!("住宅改修費の残りは{}です。申請中・未反映は含みません。", format::yen(left_yen))
        }
        Kind::EquipmentNearlyUsed { left_yen } => {
            format!(
                "福祉用具購入費の今年度の残りは{}です。申請中・未反映は含みません。",
                format::yen(left_yen)
            )
        }
        Kind::InsurerStarts => format!("保険者の情報提供が{on}に始まります。"),
        Kind::InsurerNotStarted => "保険者の情報提供がまだ始まっていません。".to_owned(),
    }
}

/// A few words for a calendar, without a name.
pub fn title(one: &Upcoming) -> &'static str {
    use UpcomingKind as Kind;
    match one.kind {
        Kind::CertificationEnded => "認定切れ",
        Kind::CertificationEnds { .. } => "認定の終わり",
        Kind::RenewalCloses => "認定・更新申請の期限",
        Kind::RenewalOpens => "更新申請の受付開始",
        Kind::CertificationBegins => "認定の始まり",
        Kind::ShareMissing => "負担割合証なし",
        Kind::ShareRenewed { .. } => "負担割合の切替",
        Kind::ShareChanges { .. } => "負担割合の変更",
        Kind::LimitEnded => "限度額認定証切れ",
        Kind::LimitEnds => "限度額認定証の終わり",
        Kind::RestrictionBegins(_) => "給付制限の始まり",
        Kind::RestrictionEnds(_) => "給付制限の終わり",
        Kind::HousingNearlyUsed { .. } => "住宅改修の残り",
        Kind::EquipmentNearlyUsed { .. } => "福祉用具の残り",
        Kind::InsurerStarts => "保険者の開始",
        Kind::InsurerNotStarted => "保険者が未開始",
    }
}

/// あと39日, 今日まで
pub fn left(days: i64) -> String {
    if days == 0 { "今日まで".to_owned() } else { format!("あと{days}日") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::calendar::Date;

    fn one(kind: UpcomingKind, days_left: i64) -> Upcoming {
        Upcoming { on: Date::from_iso("2026-12-31").unwrap(), kind, days_left, notice: Some(60) }
    }

    #[test]
    fn a_renewal_is_one_tag_and_more_pressing_at_the_end() {
        assert_eq!(tag(&one(UpcomingKind::CertificationEnds { applied: false }, 39)), None);
        let closes = |days| tag(&one(UpcomingKind::RenewalCloses, days)).unwrap();
        assert_eq!(closes(39), (Tone::Warning, "更新申請 あと39日".to_owned()));
        assert_eq!(closes(0), (Tone::Error, "更新申請 今日まで".to_owned()));
    }

    #[test]
    fn a_sentence_says_why_and_what() {
        assert_eq!(
            sentence(&one(UpcomingKind::RenewalCloses, 39)),
            "要介護認定が令和8年12月31日で切れます(あと39日)。更新申請は受付中です。"
        );
        assert_eq!(
            sentence(&one(UpcomingKind::RenewalCloses, 61)),
            "要介護認定が令和8年12月31日で切れます(あと61日)。更新申請はこの日までです。"
        );
        let housing = sentence(&one(UpcomingKind::HousingNearlyUsed { left_yen: 8_000 }, 0));
        assert!(housing.contains("8,000円") && housing.contains("申請中・未反映は含みません"));
    }
}
