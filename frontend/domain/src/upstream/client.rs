//! The office's own clients (利用者), as the list shows them.

use super::{Person, PersonHandle, ViewingRight};
use crate::calendar::Time;
use crate::qualification::{
    BenefitRestriction, CareLevel, CertificationState, Content, CopaymentPeriod, LimitStage, Period,
    PlanOffice, Qualification, Sheet,
};
use crate::raw::Raw;
use serde::{Deserialize, Serialize};

/// Puts somebody who may be viewed on the list, or takes somebody off it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientRequest {
    /// Whom.
    pub person: PersonHandle,
}

/// All clients of the office.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(from = "Came")]
pub struct ClientsResponse {
    /// In the order of their kana.
    pub clients: Vec<ClientEntry>,
    /// Entries that cannot be read, as they came; never sent.
    #[serde(skip_serializing)]
    pub unreadable: Vec<Raw>,
}

#[derive(Deserialize)]
struct Came {
    clients: Vec<Raw>,
}

impl From<Came> for ClientsResponse {
    fn from(came: Came) -> Self {
        let (clients, unreadable) = Raw::rows(came.clients);
        Self { clients, unreadable }
    }
}

/// One client.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClientEntry {
    /// Who.
    pub person: Person,
    /// The right as it stands.
    pub right: ViewingRight,
    /// What the list shows of the five kinds; nothing once the right is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outline: Option<Outline>,
}

/// The five kinds, as much as a list needs of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outline {
    /// When the source held the oldest of them.
    pub as_of: Time,
    /// 被保険者証.
    pub certificate: Content<CertificateOutline>,
    /// 負担割合証: its rows, newest first.
    pub copayment: Content<Vec<CopaymentPeriod>>,
    /// 負担限度額認定証.
    pub limit: Content<LimitOutline>,
    /// 住宅改修費 of the present dwelling.
    pub housing: Content<Balance>,
    /// 福祉用具購入費.
    pub equipment: Content<YearBalance>,
}

/// Of a 被保険者証.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateOutline {
    /// 認定状況.
    pub state: CertificationState,
    /// 要介護状態区分等.
    pub level: Option<CareLevel>,
    /// 認定の有効期間.
    pub validity: Option<Period>,
    /// 給付制限.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub restrictions: Vec<BenefitRestriction>,
    /// The plan office filed last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan_office: Option<PlanOffice>,
    /// A 介護保険施設 stands there without a day of leaving: its own staff makes the plan.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_facility: bool,
}

/// Of a 負担限度額認定証.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitOutline {
    /// 利用者負担段階.
    pub stage: LimitStage,
    /// 適用年月日・有効期限.
    pub validity: Period,
}

/// What was used of a ceiling, yen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balance {
    /// 支給限度基準額.
    pub limit_yen: u32,
    /// Cost counted so far.
    pub used_yen: u32,
}

/// What was used in a fiscal year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearBalance {
    /// 年度.
    pub fiscal_year: i32,
    /// Ceiling and cost.
    pub balance: Balance,
}

impl Balance {
    /// What is left, yen; never below zero.
    pub fn left_yen(&self) -> u32 {
        self.limit_yen.saturating_sub(self.used_yen)
    }
}

impl Outline {
    /// What the list shows of all five.
    pub fn of(all: &Qualification) -> Self {
        let times = [
            all.certificate.as_of,
            all.copayment.as_of,
            all.limit.as_of,
            all.housing.as_of,
            all.equipment.as_of,
        ];
        Self {
            as_of: times.into_iter().min().unwrap_or(all.certificate.as_of),
            certificate: part(&all.certificate, |paper| CertificateOutline {
                state: paper.state,
                level: paper.level,
                validity: paper.validity,
                restrictions: paper.restrictions.clone(),
                plan_office: paper.plan_office().cloned(),
                in_facility: paper.facilities.iter().any(|facility| facility.left_on.is_none()),
            }),
            copayment: part(&all.copayment, |paper| paper.periods.clone()),
            limit: part(&all.limit, |paper| LimitOutline { stage: paper.stage, validity: paper.validity }),
            housing: part(&all.housing, |used| {
                let present = used.dwellings.iter().filter(|dwelling| dwelling.current);
                // Two present ones cannot be; the fuller account is the careful answer.
                present
                    .map(|one| Balance { limit_yen: one.limit_yen, used_yen: one.used_yen() })
                    .min_by_key(Balance::left_yen)
                    .unwrap_or(Balance { limit_yen: 0, used_yen: 0 })
            }),
            equipment: part(&all.equipment, |used| YearBalance {
                fiscal_year: used.fiscal_year,
                balance: Balance { limit_yen: used.limit_yen, used_yen: used.used_yen() },
            }),
        }
    }
}

/// The same answer about less.
fn part<T, U>(sheet: &Sheet<T>, take: impl FnOnce(&T) -> U) -> Content<U> {
    sheet.content.map(take)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qualification::sample::qualification;

    #[test]
    fn an_outline_says_the_same_about_less() {
        let all = qualification();
        let outline = Outline::of(&all);
        assert_eq!(outline.as_of, all.limit.as_of);
        assert_eq!(outline.housing, Content::Present(Balance { limit_yen: 200_000, used_yen: 120_000 }));
        let Content::Present(year) = outline.equipment else { panic!("bought something") };
        assert_eq!((year.fiscal_year, year.balance.left_yen()), (2026, 61_500));
        let text = serde_json::to_string(&outline).unwrap();
        assert_eq!(serde_json::from_str::<Outline>(&text).unwrap(), outline);
        assert!(text.len() < 700, "a list of a thousand stays small: {}", text.len());
    }

    #[test]
    fn one_who_cannot_be_read_does_not_hide_the_others() {
        let all = qualification();
        let right = ViewingRight { way: crate::upstream::Way::Numbers, until: Time(0) };
        let entry = ClientEntry { person: all.person, right, outline: None };
        let good = serde_json::to_string(&entry).unwrap();
        let bad = good.replace("102046", "1020");
        assert_ne!(good, bad);
        let text = format!("{{\"clients\":[{bad},{good},17]}}");
        let came: ClientsResponse = serde_json::from_str(&text).unwrap();
        assert_eq!(came.clients, [entry]);
        assert_eq!(came.unreadable.len(), 2);
        assert_eq!(came.unreadable[0].member("person").unwrap().member("insurer").unwrap().shown(), "1020");
        let sent = serde_json::to_string(&came).unwrap();
        assert_eq!(sent, format!("{{\"clients\":[{good}]}}"));
    }

    #[test]
    fn without_a_right_there_is_nothing_to_read() {
        let all = qualification();
        let right = ViewingRight { way: crate::upstream::Way::Numbers, until: Time(0) };
        let entry = ClientEntry { person: all.person, right, outline: None };
        let text = serde_json::to_string(&entry).unwrap();
        assert!(!text.contains("outline"));
        assert_eq!(serde_json::from_str::<ClientEntry>(&text).unwrap(), entry);
    }
}
