//! What was registered of a person, and when: what a time line is drawn from.

use super::PersonHandle;
use crate::calendar::{Date, Time};
pub use crate::certification::ApplicationKind;
use crate::qualification::{Dwelling, EquipmentUse, History, Odd, version};
use crate::raw::{NotRead, Raw};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};

/// Asks for what was registered of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryRequest {
    /// Whose.
    pub person: PersonHandle,
}

/// What was registered, as far as the insurer has brought it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HistoryResponse {
    /// When the source held this.
    pub as_of: Time,
    /// Who said it, in words: `伊勢崎市(保険者)`.
    pub source: String,
    /// All versions of the three certificates. One that was taken back stands twice under its 履歴番号: as it
    /// was registered, and as withdrawn with the day of that.
    pub history: History,
    /// 要介護認定の申請, oldest first.
    pub applications: Vec<Application>,
    /// 住宅改修費 by dwelling, the present one first.
    pub dwellings: Vec<Dwelling>,
    /// 福祉用具購入費 by fiscal year, oldest first.
    pub equipment: Vec<EquipmentUse>,
    /// What of it cannot be read, with the raw value: the rest stands without it.
    #[serde(skip)]
    pub odd: Vec<Odd>,
}

impl<'de> Deserialize<'de> for HistoryResponse {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Raw::deserialize(deserializer)?;
        let (Some(as_of), Some(history)) = (raw.member("as_of"), raw.member("history")) else {
            return Err(serde::de::Error::missing_field("history"));
        };
        let mut odd = Vec::new();
        Ok(Self {
            as_of: as_of.read().map_err(serde::de::Error::custom)?,
            source: raw.member("source").map(Raw::shown).unwrap_or_default(),
            history: History {
                certificates: rows(history, "certificates", "被保険者証の履歴", &mut odd, version),
                copayments: rows(history, "copayments", "負担割合証の履歴", &mut odd, version),
                limits: rows(history, "limits", "負担限度額認定証の履歴", &mut odd, version),
            },
            applications: rows(&raw, "applications", "要介護認定の申請", &mut odd, plain),
            dwellings: rows(&raw, "dwellings", "住宅改修費", &mut odd, plain),
            equipment: rows(&raw, "equipment", "福祉用具購入費", &mut odd, plain),
            odd,
        })
    }
}

/// The rows of a list that can be read; the others are noted.
fn rows<T>(
    raw: &Raw,
    name: &str,
    what: &'static str,
    odd: &mut Vec<Odd>,
    read: impl Fn(&Raw, &mut Vec<Odd>) -> Result<T, NotRead>,
) -> Vec<T> {
    let mut taken = Vec::new();
    match raw.member(name) {
        Some(Raw::List(rows)) => {
            for row in rows {
                match read(row, odd) {
                    Ok(value) => taken.push(value),
                    Err(NotRead) => odd.push(Odd { what, raw: row.shown() }),
                }
            }
        }
        Some(Raw::Null) | None => {}
        Some(other) => odd.push(Odd { what, raw: other.shown() }),
    }
    taken
}

fn plain<T: DeserializeOwned>(raw: &Raw, _: &mut Vec<Odd>) -> Result<T, NotRead> {
    raw.read()
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
