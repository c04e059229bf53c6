//! The one sentence under a person's name: what they have today.

use crate::text::format;
use domain::calendar::Date;
use domain::qualification::{
    BenefitRestriction, CareLevel, CertificationState, Content, CopaymentCertificate, InsuranceCertificate,
    Qualification, Standing,
};

/// 要介護2、令和9年3月31日まで有効(あと129日)。負担は2割。区分支給限度は月19,705単位。
pub(super) fn sentence(qualification: &Qualification, today: Date) -> String {
    let mut text = certification(&qualification.certificate.content, today);
    text += &share(&qualification.copayment.content, today);
    if let Some(certificate) = qualification.certificate.value() {
        text += &limit(certificate, today);
        text += &restrictions(&certificate.restrictions, today);
    }
    text
}

fn certification(content: &Content<InsuranceCertificate>, today: Date) -> String {
    let certificate = match content {
        Content::Present(certificate) => certificate,
        Content::NoneIssued => return "要介護認定の記録はありません。".to_owned(),
        Content::NotMigrated => return "要介護認定の情報は、まだ届いていません。".to_owned(),
        Content::Unavailable => return "要介護認定の情報は、いま取得できません。".to_owned(),
        Content::Unreadable(_) => return "要介護認定の情報を読み取れません。".to_owned(),
    };
    let applied = certificate.state == CertificationState::Applied;
    let Some(level) = certificate.level else {
        return if applied {
            "要介護認定を申請中です。"
        } else {
            "要介護状態区分の記録がありません。"
        }
        .to_owned();
    };
    let decided = decided(level, certificate, today);
    if applied { format!("{decided}次の認定を申請中です。") } else { decided }
}

fn decided(level: CareLevel, certificate: &InsuranceCertificate, today: Date) -> String {
    let name = level.name();
    let Some(validity) = &certificate.validity else {
        return format!("{name}。");
    };
    let last = validity.to.map(Date::wareki).unwrap_or_default();
    match validity.standing(today) {
        Standing::Valid { days_left: 0 } => format!("{name}、今日({last})まで有効。"),
        Standing::Valid { days_left } => format!("{name}、{last}まで有効(あと{days_left}日)。"),
        Standing::Open => format!("{name}、有効(終わりの定めなし)。"),
        Standing::NotYet { in_days } => {
            format!("{name}、{}から有効(あと{in_days}日)。", validity.from.wareki())
        }
        Standing::Expired { days_ago } => format!("{name}の認定は{last}に切れました({days_ago}日前)。"),
        Standing::Impossible => format!("{name}。有効期間の記録に誤りがあるようです。"),
    }
}

fn share(content: &Content<CopaymentCertificate>, today: Date) -> String {
    match content {
        Content::Present(certificate) => match certificate.on(today).map(|row| row.tenths) {
            Some(tenths @ 1..=3) => format!("負担は{tenths}割。"),
            Some(_) => "負担割合の記録に誤りがあるようです。".to_owned(),
            None => "今日の負担割合は記録がありません。".to_owned(),
        },
        Content::NoneIssued => "負担割合証の発行はありません。".to_owned(),
        Content::NotMigrated => "負担割合の情報は、まだ届いていません。".to_owned(),
        Content::Unavailable => "負担割合の情報は、いま取得できません。".to_owned(),
        Content::Unreadable(_) => "負担割合の情報を読み取れません。".to_owned(),
    }
}

/// Units count only while the certification holds.
fn limit(certificate: &InsuranceCertificate, today: Date) -> String {
    let holds = certificate.validity.is_none_or(|validity| validity.covers(today));
    match certificate.monthly_units {
        Some(units) if holds => format!("区分支給限度は月{}。", format::units(units)),
        _ => String::new(),
    }
}

fn restrictions(restrictions: &[BenefitRestriction], today: Date) -> String {
    restrictions
        .iter()
        .filter(|restriction| restriction.period.covers(today))
        .map(|restriction| format!("給付制限があります({})。", restriction.kind.name()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample::{day, qualification};
    use super::*;
    use domain::qualification::{Period, RestrictionKind};

    fn today() -> Date {
        day("2026-11-22")
    }

    fn with(change: impl FnOnce(&mut InsuranceCertificate)) -> String {
        let mut all = qualification();
        if let Content::Present(certificate) = &mut all.certificate.content {
            change(certificate);
        }
        sentence(&all, today())
    }

    #[test]
    fn the_sentence_of_the_design() {
        assert_eq!(
            sentence(&qualification(), today()),
            "要介護2、令和9年3月31日まで有効(あと129日)。負担は2割。区分支給限度は月19,705単位。"
        );
    }

    #[test]
    fn on_the_last_day_and_the_day_after() {
        let all = qualification();
        assert!(sentence(&all, day("2027-03-31")).starts_with("要介護2、今日(令和9年3月31日)まで有効。"));
        let after = sentence(&all, day("2027-04-01"));
        assert!(after.starts_with("要介護2の認定は令和9年3月31日に切れました(1日前)。"), "{after}");
        assert!(!after.contains("単位"), "no limit without a certification: {after}");
    }

    #[test]
    fn applied_for_the_first_time_and_again() {
        let first = with(|certificate| {
            certificate.state = CertificationState::Applied;
            certificate.level = None;
            certificate.validity = None;
            certificate.monthly_units = None;
        });
        assert_eq!(first, "要介護認定を申請中です。負担は2割。");
        let again = with(|certificate| certificate.state = CertificationState::Applied);
        assert!(again.starts_with("要介護2、令和9年3月31日まで有効(あと129日)。次の認定を申請中です。"));
    }

    #[test]
    fn beginning_later_open_and_impossible() {
        let period = |from, to: Option<&str>| Some(Period::new(day(from), to.map(day)));
        let later = with(|certificate| certificate.validity = period("2026-12-01", Some("2027-03-31")));
        assert!(later.starts_with("要介護2、令和8年12月1日から有効(あと9日)。") && !later.contains("単位"));
        let open = with(|certificate| {
            certificate.level = Some(CareLevel::Programme);
            certificate.validity = period("2026-04-01", None);
        });
        assert!(open.starts_with("事業対象者、有効(終わりの定めなし)。"));
        let wrong = with(|certificate| certificate.validity = period("2026-12-01", Some("2026-01-31")));
        assert!(
            wrong.starts_with("要介護2。有効期間の記録に誤りがあるようです。") && !wrong.contains("単位")
        );
    }

    #[test]
    fn none_and_not_yet_there_are_different_answers() {
        let mut all = qualification();
        all.certificate.content = Content::NoneIssued;
        all.copayment.content = Content::NotMigrated;
        assert_eq!(
            sentence(&all, today()),
            "要介護認定の記録はありません。負担割合の情報は、まだ届いていません。"
        );
        all.certificate.content = Content::NotMigrated;
        all.copayment.content = Content::NoneIssued;
        assert_eq!(
            sentence(&all, today()),
            "要介護認定の情報は、まだ届いていません。負担割合証の発行はありません。"
        );
    }

    #[test]
    fn a_share_that_cannot_be_and_a_day_without_one() {
        let mut all = qualification();
        if let Content::Present(certificate) = &mut all.copayment.content {
            certificate.periods.truncate(1);
            certificate.periods[0].tenths = 7;
        }
        assert!(sentence(&all, today()).contains("負担割合の記録に誤りがあるようです。"));
        assert!(sentence(&all, day("2030-01-01")).contains("今日の負担割合は記録がありません。"));
    }

    #[test]
    fn a_restriction_is_said_while_it_holds() {
        let restrict = |from, to| {
            with(|certificate| {
                certificate.restrictions = vec![BenefitRestriction {
                    kind: RestrictionKind::Reduced,
                    period: Period::new(day(from), Some(day(to))),
                }];
            })
        };
        assert!(restrict("2026-10-01", "2027-03-31").ends_with("給付制限があります(給付額減額)。"));
        assert!(!restrict("2025-10-01", "2026-03-31").contains("給付制限"));
    }
}
