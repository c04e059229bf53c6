//! Which form, whether new or change, and who may file.

use super::{Category, FormKind};
use crate::calendar::Date;
use crate::code::coded;
use crate::number::{OfficeKind, OfficeNumber};
use crate::qualification::{CareLevel, CertificationState, Period, PlanOffice, Standing};

coded! {
    /// Who is to make the plan — 計画を作成する事業所の種類.
    PlanKind {
        HomeCare = "home_care" "居宅介護支援事業所";
        SmallMulti = "small_multi" "小規模多機能型居宅介護事業所";
        NursingSmallMulti = "nursing_small_multi" "看護小規模多機能型居宅介護事業所";
        Centre = "centre" "地域包括支援センター(介護予防支援)";
        /// Since 令和6年4月 a 居宅介護支援事業所 may be designated for 介護予防支援 (介護保険法115条の22).
        DesignatedPreventive = "designated_preventive" "介護予防支援の指定を受けた居宅介護支援事業所";
    }
}

/// What is known of the 認定 on the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Level {
    /// The level that is decided and holds, or held last.
    pub level: Option<CareLevel>,
    /// Whether that still holds on the day the plan begins.
    pub holds: bool,
    /// Whether a new decision is awaited (申請中).
    pub applied: bool,
}

/// How a form fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It is the one.
    Right,
    /// It may turn out to be the one: the decision is awaited (暫定).
    Provisional,
}

coded! {
    /// Why a form does not fit.
    Unfit {
        NeedsCare = "needs_care" "要介護1–5の方の様式";
        NeedsSupport = "needs_support" "要支援1–2・事業対象者の方の様式";
        NotBenefit = "not_benefit" "事業対象者は予防給付の対象ではない";
        NotCertified = "not_certified" "認定がなく、申請中でもない";
        Ended = "ended" "認定の有効期間が終わっていて、申請中でもない";
        OtherKind = "other_kind" "計画を作成する事業所の種類が違う";
    }
}

/// Where it says for whom each form is.
pub const SOURCE: &str =
    "伊勢崎市 https://www.city.isesaki.lg.jp/soshiki/tyozyu/gaigohoken/kyuuhu/11640.html";

/// Whether a form fits a person and the office that is to make the plan (`None` while that is not known).
///
/// While a decision is awaited both 要介護 and 要支援 forms may be filed (河内長野市
/// <http://www.city.kawachinagano.lg.jp/site/kaigo/1489.html>). That 事業対象者 gets no 小規模多機能 follows from
/// there being no 予防給付 for them (介護保険法115条の45).
///
/// # Errors
/// Why it does not.
pub fn fit(form: FormKind, kind: Option<PlanKind>, level: Level) -> Result<Fit, Unfit> {
    use CareLevel as L;
    if kind.is_some_and(|kind| form_of(kind) != Some(form)) {
        return Err(Unfit::OtherKind);
    }
    let decided = level.level.filter(|_| level.holds);
    match decided {
        Some(held) if suits(form, held) => Ok(Fit::Right),
        // A decision that is awaited may bring the other group.
        _ if level.applied => Ok(Fit::Provisional),
        Some(L::Programme) if form == FormKind::SmallMulti => Err(Unfit::NotBenefit),
        Some(L::None | L::Unknown(_)) => Err(Unfit::NotCertified),
        Some(_) if form == FormKind::Preventive => Err(Unfit::NeedsSupport),
        Some(_) => Err(Unfit::NeedsCare),
        None if level.level.is_some() => Err(Unfit::Ended),
        None => Err(Unfit::NotCertified),
    }
}

/// Whether a form is for a level.
pub fn suits(form: FormKind, level: CareLevel) -> bool {
    let (care, support) =
        (level >= CareLevel::Care1, matches!(level, CareLevel::Support1 | CareLevel::Support2));
    match form {
        FormKind::HomeCare | FormKind::NursingSmallMulti => care,
        FormKind::SmallMulti => care || support,
        FormKind::Preventive => support || level == CareLevel::Programme,
        FormKind::Unknown(_) => false,
    }
}

/// The form of a kind of plan office.
pub fn form_of(kind: PlanKind) -> Option<FormKind> {
    match kind {
        PlanKind::HomeCare => Some(FormKind::HomeCare),
        PlanKind::SmallMulti => Some(FormKind::SmallMulti),
        PlanKind::NursingSmallMulti => Some(FormKind::NursingSmallMulti),
        PlanKind::Centre | PlanKind::DesignatedPreventive => Some(FormKind::Preventive),
        PlanKind::Unknown(_) => None,
    }
}

/// All four forms with how each fits, those that fit first.
pub fn choose(kind: Option<PlanKind>, level: Level) -> Vec<(FormKind, Result<Fit, Unfit>)> {
    let mut all: Vec<_> = FormKind::ALL.iter().map(|form| (*form, fit(*form, kind, level))).collect();
    all.sort_by_key(|(_, fit)| match fit {
        Ok(Fit::Right) => 0,
        Ok(Fit::Provisional) => 1,
        Err(_) => 2,
    });
    all
}

/// What a 被保険者証 says of the level on a day.
pub fn level_on(
    state: CertificationState,
    level: Option<CareLevel>,
    validity: Option<Period>,
    day: Date,
) -> Level {
    // A level without 有効期間 (事業対象者) holds until something else is registered.
    let holds = level.is_some()
        && validity
            .is_none_or(|validity| matches!(validity.standing(day), Standing::Valid { .. } | Standing::Open));
    Level { level, holds, applied: state == CertificationState::Applied }
}

/// What kind of plan offices a number may belong to, as far as its third character tells: `7` may be 居宅介護支援
/// and since 令和6年4月 介護予防支援 as well, `9` 小規模多機能, `0` a 地域包括支援センター.
pub fn kinds_of(office: &OfficeNumber) -> &'static [PlanKind] {
    match office.kind() {
        OfficeKind::SupportCentre => &[PlanKind::Centre],
        OfficeKind::Designated | OfficeKind::Equivalent => {
            &[PlanKind::HomeCare, PlanKind::DesignatedPreventive]
        }
        OfficeKind::Community => &[PlanKind::SmallMulti, PlanKind::NursingSmallMulti],
        _ => &[],
    }
}

/// Whether an office of this number can be the plan office of a form.
pub fn can_plan(office: &OfficeNumber, form: FormKind) -> bool {
    kinds_of(office).iter().any(|kind| form_of(*kind) == Some(form))
}

coded! {
    /// Why it is a new filing or a change.
    CategoryWhy {
        NobodyStands = "nobody_stands" "被保険者証に計画の事業所がない";
        OtherStands = "other_stands" "被保険者証に別の事業所がある";
        SelfMade = "self_made" "被保険者証に自己作成とある";
        SameStands = "same_stands" "被保険者証に同じ事業所がある";
    }
}

/// 新規 or 変更, by the offices on the 被保険者証. That the same office files again (要支援⇔要介護) as 変更 is an
/// assumption: the forms have the reason among those of a change, and say no more.
pub fn category(on_certificate: &[PlanOffice], office: Option<&OfficeNumber>) -> (Category, CategoryWhy) {
    // Newest first: of one day the first stands.
    match on_certificate.iter().rev().max_by_key(|one| one.filed_on) {
        None => (Category::New, CategoryWhy::NobodyStands),
        Some(PlanOffice { number: None, .. }) => (Category::Change, CategoryWhy::SelfMade),
        Some(PlanOffice { number, .. }) if number.as_ref() == office => {
            (Category::Change, CategoryWhy::SameStands)
        }
        Some(_) => (Category::Change, CategoryWhy::OtherStands),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qualification::sample::{day, period};
    use proptest::prelude::*;

    fn held(level: CareLevel) -> Level {
        Level { level: Some(level), holds: true, applied: false }
    }

    #[test]
    fn the_form_by_level_and_office() {
        use CareLevel::{Care1, Care5, None as Not, Programme, Support1, Support2};
        use FormKind::{HomeCare, NursingSmallMulti, Preventive, SmallMulti};
        for (form, level, fits) in [
            (HomeCare, Care1, Ok(Fit::Right)),
            (HomeCare, Care5, Ok(Fit::Right)),
            (HomeCare, Support2, Err(Unfit::NeedsCare)),
            (HomeCare, Programme, Err(Unfit::NeedsCare)),
            (HomeCare, Not, Err(Unfit::NotCertified)),
            (SmallMulti, Support1, Ok(Fit::Right)),
            (SmallMulti, Care1, Ok(Fit::Right)),
            (SmallMulti, Programme, Err(Unfit::NotBenefit)),
            (NursingSmallMulti, Support2, Err(Unfit::NeedsCare)),
            (NursingSmallMulti, Care1, Ok(Fit::Right)),
            (Preventive, Support1, Ok(Fit::Right)),
            (Preventive, Programme, Ok(Fit::Right)),
            (Preventive, Care1, Err(Unfit::NeedsSupport)),
        ] {
            assert_eq!(fit(form, None, held(level)), fits, "{form:?} {level:?}");
        }
        assert_eq!(fit(HomeCare, Some(PlanKind::Centre), held(Care1)), Err(Unfit::OtherKind));
        assert_eq!(fit(Preventive, Some(PlanKind::DesignatedPreventive), held(Support1)), Ok(Fit::Right));
    }

    #[test]
    fn while_a_decision_is_awaited_both_may_be_filed() {
        let first = Level { level: None, holds: false, applied: true };
        for (_, fits) in choose(None, first) {
            assert_eq!(fits, Ok(Fit::Provisional));
        }
        let change = Level { applied: true, ..held(CareLevel::Support2) };
        let all = choose(None, change);
        assert_eq!(all[0], (FormKind::SmallMulti, Ok(Fit::Right)));
        assert!(all.contains(&(FormKind::HomeCare, Ok(Fit::Provisional))));
        assert_eq!(fit(FormKind::HomeCare, None, Level::default()), Err(Unfit::NotCertified));
        let over = Level { level: Some(CareLevel::Care1), holds: false, applied: false };
        assert_eq!(fit(FormKind::HomeCare, None, over), Err(Unfit::Ended));
    }

    #[test]
    fn what_the_certificate_says_of_the_level() {
        let validity = Some(period("2026-04-01", "2027-03-31"));
        let on =
            |date: &str| level_on(CertificationState::Certified, Some(CareLevel::Care2), validity, day(date));
        assert!(on("2026-04-01").holds && on("2027-03-31").holds);
        assert!(!on("2026-03-31").holds && !on("2027-04-01").holds);
        let programme =
            level_on(CertificationState::Certified, Some(CareLevel::Programme), None, day("2026-11-22"));
        assert!(programme.holds && !programme.applied);
    }

    #[test]
    fn new_or_change_by_what_stands() {
        let ours = OfficeNumber::parse("1070400005").unwrap();
        let stands = |number: Option<&str>, filed_on: &str| PlanOffice {
            number: number.map(|number| OfficeNumber::parse(number).unwrap()),
            name: "甲".into(),
            filed_on: day(filed_on),
        };
        assert_eq!(category(&[], Some(&ours)), (Category::New, CategoryWhy::NobodyStands));
        let other = stands(Some("1070400013"), "2026-01-05");
        let own = stands(Some("1070400005"), "2025-01-05");
        assert_eq!(category(&[own.clone(), other], Some(&ours)).1, CategoryWhy::OtherStands);
        assert_eq!(category(&[own], Some(&ours)).1, CategoryWhy::SameStands);
        assert_eq!(category(&[stands(None, "2026-01-05")], None).1, CategoryWhy::SelfMade);
    }

    #[test]
    fn the_number_tells_the_kind_of_office() {
        let can = |number: &str, form| can_plan(&OfficeNumber::parse(number).unwrap(), form);
        assert!(can("1070400005", FormKind::HomeCare) && can("1070400005", FormKind::Preventive));
        assert!(can("1000400000", FormKind::Preventive) && !can("1000400000", FormKind::HomeCare));
        assert!(can("1090400001", FormKind::SmallMulti) && !can("1090400001", FormKind::HomeCare));
        assert!(!can("10A0400008", FormKind::Preventive), "総合事業 makes no plan");
    }

    proptest! {
        #[test]
        fn a_decided_person_has_the_form_of_the_level_and_no_provisional_one(
            level in proptest::sample::select(CareLevel::ALL),
        ) {
            for (form, fits) in choose(None, held(level)) {
                prop_assert_eq!(fits == Ok(Fit::Right), suits(form, level));
                prop_assert!(fits != Ok(Fit::Provisional));
            }
        }
    }
}
