//! `sign-in.json` and `people.json`: what a person who tries the sandbox needs to know.

use crate::PlatformError;
use crate::layout;
use kakehashi_domain::calendar::Date;
use kakehashi_domain::number::{InsuredNumber, InsurerNumber};
use kakehashi_domain::upstream::Sex;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Somebody invented to look up.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DemoPerson {
    /// The cards bound to this person.
    pub cards: Vec<String>,
    /// What is to be seen here.
    pub note: String,
    /// 氏名.
    pub name: String,
    /// フリガナ.
    pub kana: String,
    /// 保険者番号.
    pub insurer: InsurerNumber,
    /// 被保険者番号.
    pub insured: InsuredNumber,
    /// 生年月日.
    pub birth_date: Date,
    /// 性別.
    pub sex: Sex,
}

pub(super) fn read<T: DeserializeOwned>(path: &Path) -> Result<T, PlatformError> {
    serde_json::from_str(&layout::read(path)?).map_err(|error| PlatformError::content(path, error))
}

pub(super) fn write(path: &Path, value: &impl Serialize) -> Result<(), PlatformError> {
    layout::write(path, &text(path, value)?)
}

pub(super) fn write_secret(path: &Path, value: &impl Serialize) -> Result<(), PlatformError> {
    layout::write_secret(path, &text(path, value)?)
}

fn text(path: &Path, value: &impl Serialize) -> Result<String, PlatformError> {
    serde_json::to_string_pretty(value).map_err(|error| PlatformError::content(path, error))
}
