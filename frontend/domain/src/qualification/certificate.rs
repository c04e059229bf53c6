//! 介護保険被保険者証.

use super::Period;
use crate::calendar::{Date, GivenDate};
use crate::code::coded;
use crate::number::OfficeNumber;
use serde::{Deserialize, Serialize};

/// The insured person's certificate — 被保険者証, in the paper's order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InsuranceCertificate {
    /// 交付年月日.
    #[serde(default)]
    pub issued_on: GivenDate,
    /// 認定状況: applied for, or decided.
    #[serde(default)]
    pub state: CertificationState,
    /// 要介護状態区分等; `None` while the first decision is awaited.
    pub level: Option<CareLevel>,
    /// 認定年月日 (事業対象者: 基本チェックリスト実施日).
    pub certified_on: Option<Date>,
    /// 認定の有効期間.
    pub validity: Option<Period>,
    /// 区分支給限度基準額, 単位 a month.
    pub monthly_units: Option<u32>,
    /// うち種類支給限度基準額.
    #[serde(default)]
    pub kind_limits: Vec<KindLimit>,
    /// 認定審査会の意見及びサービスの種類の指定.
    pub committee_opinion: Option<String>,
    /// 給付制限.
    #[serde(default)]
    pub restrictions: Vec<BenefitRestriction>,
    /// 居宅介護支援事業者等 and the date it was filed; newest first.
    #[serde(default)]
    pub plan_offices: Vec<PlanOffice>,
    /// 介護保険施設等; newest first.
    #[serde(default)]
    pub facilities: Vec<Facility>,
}

impl InsuranceCertificate {
    /// The plan office that stands there now: filed last. Of one day the first of the list, which is newest first.
    pub fn plan_office(&self) -> Option<&PlanOffice> {
        self.plan_offices.iter().rev().max_by_key(|office| office.filed_on)
    }
}

coded! {
    /// 要介護状態区分等 with the codes of ケアプランデータ連携標準仕様 V4, lighter before heavier.
    CareLevel {
        None = "01" "非該当";
        Programme = "06" "事業対象者";
        Support1 = "12" "要支援1";
        Support2 = "13" "要支援2";
        Care1 = "21" "要介護1";
        Care2 = "22" "要介護2";
        Care3 = "23" "要介護3";
        Care4 = "24" "要介護4";
        Care5 = "25" "要介護5";
    }
}

coded! {
    /// 認定状況区分.
    CertificationState {
        Applied = "applied" "申請中";
        Certified = "certified" "認定済";
    }
}

/// うち種類支給限度基準額.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindLimit {
    /// Kind of service, in words.
    pub kind: String,
    /// 単位 a month.
    pub units: u32,
}

/// 給付制限.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BenefitRestriction {
    /// What is restricted.
    pub kind: RestrictionKind,
    /// From when till when.
    pub period: Period,
}

coded! {
    /// Kinds of 給付制限.
    RestrictionKind {
        /// 償還払い化: the person pays all first and is paid back on application (介護保険法66条).
        RepaymentOnly = "repayment_only" "支払方法変更";
        /// The benefit is lowered: the person pays 3割 or 4割 (介護保険法69条).
        Reduced = "reduced" "給付額減額";
    }
}

/// 居宅介護支援事業者又は介護予防支援事業者 with the date it was filed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanOffice {
    /// 事業所番号; `None` for 自己作成.
    pub number: Option<OfficeNumber>,
    /// Its name, or 自己作成.
    pub name: String,
    /// 届出年月日.
    pub filed_on: Date,
}

/// 介護保険施設等.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facility {
    /// Kind, in words.
    pub kind: String,
    /// Name.
    pub name: String,
    /// 入所等年月日.
    pub entered_on: Date,
    /// 退所等年月日.
    pub left_on: Option<Date>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qualification::sample::{day, qualification};

    #[test]
    fn of_two_plan_offices_of_one_day_the_newer_stands() {
        let mut paper = qualification().certificate.value().unwrap().clone();
        assert_eq!(paper.plan_office(), None);
        let office = |name: &str, on| PlanOffice { number: None, name: name.into(), filed_on: day(on) };
        paper.plan_offices =
            vec![office("新", "2026-10-01"), office("旧", "2026-10-01"), office("前", "2026-04-01")];
        assert_eq!(paper.plan_office().unwrap().name, "新");
        paper.plan_offices.reverse();
        assert_eq!(paper.plan_office().unwrap().filed_on, day("2026-10-01"), "whatever the order");
    }
}
