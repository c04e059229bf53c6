//! From raw to a sheet: all of it, or what of it can be, or nothing but the raw text.

use super::{Content, NOT_TOLD, Odd, Sheet};
use crate::calendar::Time;
use crate::qualification::{
    CopaymentCertificate, EquipmentUse, HousingUse, InsuranceCertificate, LimitCertificate, Version,
};
use crate::raw::{NotRead, Raw};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

/// What may be missing from a record without the rest becoming another statement.
pub trait Parts: DeserializeOwned {
    /// Members that may be absent: name on the wire, official name.
    const MEMBERS: &'static [(&'static str, &'static str)] = &[];
    /// Lists whose rows stand each for themselves.
    const ROWS: &'static [(&'static str, &'static str)] = &[];
}

impl Parts for InsuranceCertificate {
    const MEMBERS: &'static [(&'static str, &'static str)] = &[
        ("level", "要介護状態区分"),
        ("certified_on", "認定年月日"),
        ("validity", "認定の有効期間"),
        ("monthly_units", "区分支給限度基準額"),
        ("committee_opinion", "認定審査会の意見"),
    ];
    const ROWS: &'static [(&'static str, &'static str)] = &[
        ("kind_limits", "種類支給限度基準額"),
        ("restrictions", "給付制限"),
        ("plan_offices", "居宅介護支援事業者等"),
        ("facilities", "介護保険施設等"),
    ];
}

impl Parts for CopaymentCertificate {
    const ROWS: &'static [(&'static str, &'static str)] = &[("periods", "利用者負担の割合")];
}

impl Parts for LimitCertificate {
    const ROWS: &'static [(&'static str, &'static str)] = &[("rooms", "居住費又は滞在費")];
}

// What is added up is whole or not at all: a balance over some of the payments would be wrong.
impl Parts for HousingUse {}
impl Parts for EquipmentUse {}

impl<'de, T: Parts> Deserialize<'de> for Sheet<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Raw::deserialize(deserializer)?;
        let as_of = raw.member("as_of").and_then(|at| at.read().ok()).unwrap_or(NOT_TOLD);
        let source = raw.member("source").map(Raw::shown).unwrap_or_default();
        Ok(match raw.member("content") {
            Some(content) => Self::of_raw(as_of, source, content),
            None => Self::new(as_of, source, Content::Unreadable(raw.shown())),
        })
    }
}

impl<T: Parts> Sheet<T> {
    /// A sheet of a content as it came.
    pub fn of_raw(as_of: Time, source: impl Into<String>, raw: &Raw) -> Self {
        let mut odd = Vec::new();
        let content = content(raw, |value| pieces(value, &mut odd).ok());
        Self { odd, ..Self::new(as_of, source, content) }
    }
}

/// The answer in a content, with the value as somebody reads it.
pub(super) fn content<T>(raw: &Raw, value: impl FnOnce(&Raw) -> Option<T>) -> Content<T> {
    match raw {
        Raw::Text(name) if name == "none_issued" => Content::NoneIssued,
        Raw::Text(name) if name == "not_migrated" => Content::NotMigrated,
        Raw::Text(name) if name == "unavailable" => Content::Unavailable,
        Raw::Object(members) => match members.as_slice() {
            [(name, held)] if name == "present" => {
                value(held).map_or_else(|| Content::Unreadable(held.shown()), Content::Present)
            }
            [(name, Raw::Text(text))] if name == "unreadable" => Content::Unreadable(text.clone()),
            _ => Content::Unreadable(raw.shown()),
        },
        other => Content::Unreadable(other.shown()),
    }
}

/// One version, read as far as it can be.
pub(crate) fn version<T: Parts>(raw: &Raw, odd: &mut Vec<Odd>) -> Result<Version<T>, NotRead> {
    let bare: Version<Raw> = raw.read()?;
    let Version { number, registered_on, withdrawn, value } = bare;
    Ok(Version { number, registered_on, withdrawn, value: pieces(&value, odd)? })
}

/// A record without the parts that cannot be read; those are noted. What is left must still be a record.
fn pieces<T: Parts>(raw: &Raw, odd: &mut Vec<Odd>) -> Result<T, NotRead> {
    let whole = raw.read();
    let (Err(_), Raw::Object(members)) = (&whole, raw) else { return whole };
    // Begin with what must be there, then take each part on trial.
    let mut good = bare::<T>(members);
    read::<T>(&good)?;
    for (name, what) in T::MEMBERS {
        let Some(value) = find(members, name) else { continue };
        let before = set(&mut good, name, value.clone());
        if read::<T>(&good).is_err() {
            set(&mut good, name, before);
            odd.push(Odd { what, raw: value.shown() });
        }
    }
    for (name, what) in T::ROWS {
        match find(members, name) {
            Some(Raw::List(rows)) => {
                let mut taken = Vec::new();
                for row in rows {
                    set(&mut good, name, Raw::List(vec![row.clone()]));
                    match read::<T>(&good) {
                        Ok(_) => taken.push(row.clone()),
                        Err(_) => odd.push(Odd { what, raw: row.shown() }),
                    }
                }
                set(&mut good, name, Raw::List(taken));
            }
            Some(Raw::Null) | None => {}
            Some(other) => odd.push(Odd { what, raw: other.shown() }),
        }
    }
    read(&good)
}

/// The members with nothing in those that may be absent.
fn bare<T: Parts>(members: &[(String, Raw)]) -> Raw {
    let part = |name: &str| T::MEMBERS.iter().chain(T::ROWS).any(|(part, _)| *part == name);
    let rows = T::ROWS.iter().map(|(name, _)| ((*name).to_owned(), Raw::List(Vec::new())));
    Raw::Object(members.iter().filter(|(name, _)| !part(name)).cloned().chain(rows).collect())
}

fn read<T: Parts>(raw: &Raw) -> Result<T, NotRead> {
    raw.read()
}

fn find<'a>(members: &'a [(String, Raw)], name: &str) -> Option<&'a Raw> {
    members.iter().find(|(key, _)| key == name).map(|(_, value)| value)
}

/// Puts a member in its place, and gives back what was there.
fn set(object: &mut Raw, name: &str, value: Raw) -> Raw {
    let Raw::Object(members) = object else { return Raw::Null };
    match members.iter_mut().find(|(key, _)| key == name) {
        Some((_, place)) => std::mem::replace(place, value),
        None => {
            members.push((name.to_owned(), value));
            Raw::Null
        }
    }
}
