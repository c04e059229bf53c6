//! What was registered of a person, and when: what a time line is drawn from.

use super::PersonHandle;
use crate::calendar::{Date, Time};
use crate::code::coded;
use crate::qualification::{Dwelling, EquipmentUse, History};
use serde::{Deserialize, Serialize};

/// Asks for what was registered of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryRequest {
    /// Whose.
    pub person: PersonHandle,
}

/// What was registered, as far as the insurer has brought it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HistoryResponse {
    /// When the source held this.
    pub as_of: Time,
    /// Who said it, in words: `伊勢崎市(保険者)`.
    pub source: String,
    /// All versions of the three certificates. One that was taken back stands twice under its 履歴番号: as it
    /// was registered, and as withdrawn with the day of that.
    pub history: History,
    /// 要介護認定の申請, oldest first.
    #[serde(default)]
    pub applications: Vec<Application>,
    /// 住宅改修費 by dwelling, the present one first.
    #[serde(default)]
    pub dwellings: Vec<Dwelling>,
    /// 福祉用具購入費 by fiscal year, oldest first.
    #[serde(default)]
    pub equipment: Vec<EquipmentUse>,
}

/// 要介護認定の申請.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Application {
    /// 申請区分.
    pub kind: ApplicationKind,
    /// 申請年月日.
    pub applied_on: Date,
    /// 認定年月日 of the decision; `None` while it is awaited.
    #[serde(default)]
    pub decided_on: Option<Date>,
}

coded! {
    /// 申請区分. The codes are this interface's own: those of the real one are not published.
    ApplicationKind {
        New = "new" "新規";
        Renewal = "renewal" "更新";
        Change = "change" "区分変更";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_brought_may_be_left_out() {
        let text = r#"{"as_of":1795323900,"source":"伊勢崎市(保険者)","history":{},
            "applications":[{"kind":"renewal","applied_on":"2026-02-10"}]}"#;
        let read: HistoryResponse = serde_json::from_str(text).unwrap();
        assert_eq!(read.history, History::default());
        assert_eq!((read.applications[0].kind.name(), read.applications[0].decided_on), ("更新", None));
        let again = serde_json::to_string(&read).unwrap();
        assert_eq!(serde_json::from_str::<HistoryResponse>(&again).unwrap(), read);
    }
}
