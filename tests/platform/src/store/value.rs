//! Values of the domain as the database keeps them.

use super::bind::Cause;
use super::{FromSql, SqlError, ToSql, Value};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A value kept as its JSON text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Json<T>(pub(crate) T);

impl<T: Serialize> ToSql for Json<T> {
    fn to_sql(&self) -> Result<Value<'_>, SqlError> {
        serde_json::to_string(&self.0)
            .map(|text| Value::Text(Cow::Owned(text)))
            .map_err(|error| SqlError::Given(Box::new(error)))
    }
}

impl<T: DeserializeOwned> FromSql for Json<T> {
    fn from_sql(value: Value<'_>) -> Result<Self, Cause> {
        let text = String::from_sql(value)?;
        Ok(Self(serde_json::from_str(&text)?))
    }
}

/// The five kinds of records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// 被保険者証.
    Certificate,
    /// 負担割合証.
    Copayment,
    /// 負担限度額認定証.
    Limit,
    /// 住宅改修費.
    Housing,
    /// 福祉用具購入費.
    Equipment,
}

impl Kind {
    /// As it stands in the table.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Certificate => "certificate",
            Self::Copayment => "copayment",
            Self::Limit => "limit",
            Self::Housing => "housing",
            Self::Equipment => "equipment",
        }
    }
}
