//! Values on their way into a statement and out of a row.

use super::SqlError;
use std::borrow::Cow;
use std::fmt;

/// A value as a database knows it. A truth is 0 or 1.
#[derive(Clone, PartialEq, Eq)]
pub enum Value<'a> {
    /// Nothing.
    Null,
    /// A whole number.
    Integer(i64),
    /// A text.
    Text(Cow<'a, str>),
    /// Bytes.
    Blob(Cow<'a, [u8]>),
}

/// Why a value does not fit.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

/// What can be given to a statement.
pub trait ToSql {
    /// As the database knows it.
    ///
    /// # Errors
    /// When no value of the database stands for it.
    fn to_sql(&self) -> Result<Value<'_>, SqlError>;
}

/// What can be read from a row.
pub trait FromSql: Sized {
    /// From what the database has.
    ///
    /// # Errors
    /// When it is of another kind, or not of the form.
    fn from_sql(value: Value<'_>) -> Result<Self, Cause>;
}

/// All values of a statement: [`params!`](crate::store::params), an array, or a list made on the way.
pub trait Params {
    /// In the order of their numbers.
    ///
    /// # Errors
    /// When no value of the database stands for one.
    fn values(&self) -> Result<Vec<Value<'_>>, SqlError>;
}

/// The values of a statement, each of its own type.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => {
        &[$(&$value as &dyn $crate::store::ToSql),*] as &[&dyn $crate::store::ToSql]
    };
}
pub use params;

/// Of what kind it is, and never what: a client may log what it sends.
impl fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Null => "nothing",
            Self::Integer(_) => "a number",
            Self::Text(_) => "a text",
            Self::Blob(_) => "bytes",
        })
    }
}

impl FromSql for Value<'static> {
    fn from_sql(value: Value<'_>) -> Result<Self, Cause> {
        Ok(match value {
            Value::Null => Self::Null,
            Value::Integer(number) => Self::Integer(number),
            Value::Text(text) => Self::Text(Cow::Owned(text.into_owned())),
            Value::Blob(bytes) => Self::Blob(Cow::Owned(bytes.into_owned())),
        })
    }
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> Result<Value<'_>, SqlError> {
        Ok(match self {
            Self::Null => Value::Null,
            Self::Integer(number) => Value::Integer(*number),
            Self::Text(text) => Value::Text(Cow::Borrowed(text)),
            Self::Blob(bytes) => Value::Blob(Cow::Borrowed(bytes)),
        })
    }
}

impl<T: ToSql + ?Sized> ToSql for &T {
    fn to_sql(&self) -> Result<Value<'_>, SqlError> {
        (**self).to_sql()
    }
}

impl<T: ToSql> ToSql for Option<T> {
    fn to_sql(&self) -> Result<Value<'_>, SqlError> {
        self.as_ref().map_or(Ok(Value::Null), T::to_sql)
    }
}

impl<T: FromSql> FromSql for Option<T> {
    fn from_sql(value: Value<'_>) -> Result<Self, Cause> {
        if value == Value::Null { Ok(None) } else { T::from_sql(value).map(Some) }
    }
}

macro_rules! integers {
    ($($kind:ty),*) => {$(
        impl ToSql for $kind {
            fn to_sql(&self) -> Result<Value<'_>, SqlError> {
                Ok(Value::Integer((*self).into()))
            }
        }

        impl FromSql for $kind {
            fn from_sql(value: Value<'_>) -> Result<Self, Cause> {
                match value {
                    Value::Integer(number) => Ok(number.try_into()?),
                    other => Err(unlike("a number", &other)),
                }
            }
        }
    )*};
}
integers!(i64, i32, u32, u16, u8);

impl ToSql for bool {
    fn to_sql(&self) -> Result<Value<'_>, SqlError> {
        Ok(Value::Integer((*self).into()))
    }
}

impl FromSql for bool {
    fn from_sql(value: Value<'_>) -> Result<Self, Cause> {
        i64::from_sql(value).map(|number| number != 0)
    }
}

impl ToSql for str {
    fn to_sql(&self) -> Result<Value<'_>, SqlError> {
        Ok(Value::Text(Cow::Borrowed(self)))
    }
}

impl ToSql for String {
    fn to_sql(&self) -> Result<Value<'_>, SqlError> {
        self.as_str().to_sql()
    }
}

impl FromSql for String {
    fn from_sql(value: Value<'_>) -> Result<Self, Cause> {
        match value {
            Value::Text(text) => Ok(text.into_owned()),
            other => Err(unlike("a text", &other)),
        }
    }
}

impl ToSql for [u8] {
    fn to_sql(&self) -> Result<Value<'_>, SqlError> {
        Ok(Value::Blob(Cow::Borrowed(self)))
    }
}

impl<const BYTES: usize> ToSql for [u8; BYTES] {
    fn to_sql(&self) -> Result<Value<'_>, SqlError> {
        self.as_slice().to_sql()
    }
}

impl ToSql for Vec<u8> {
    fn to_sql(&self) -> Result<Value<'_>, SqlError> {
        self.as_slice().to_sql()
    }
}

impl FromSql for Vec<u8> {
    fn from_sql(value: Value<'_>) -> Result<Self, Cause> {
        match value {
            Value::Blob(bytes) => Ok(bytes.into_owned()),
            other => Err(unlike("bytes", &other)),
        }
    }
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl Params for &[&dyn ToSql] {
    fn values(&self) -> Result<Vec<Value<'_>>, SqlError> {
        self.iter().map(|value| value.to_sql()).collect()
    }
}

impl Params for Vec<Value<'_>> {
    fn values(&self) -> Result<Vec<Value<'_>>, SqlError> {
        self.iter().map(ToSql::to_sql).collect()
    }
}

// One by one, so that an empty array is of a type that is known.
macro_rules! arrays {
    ($($length:literal),*) => {$(
        impl<T: ToSql> Params for [T; $length] {
            fn values(&self) -> Result<Vec<Value<'_>>, SqlError> {
                self.iter().map(ToSql::to_sql).collect()
            }
        }
    )*};
}
arrays!(1, 2, 3, 4);

impl Params for [&dyn ToSql; 0] {
    fn values(&self) -> Result<Vec<Value<'_>>, SqlError> {
        Ok(Vec::new())
    }
}

/// Never with the value itself: an error may be written down.
fn unlike(wanted: &str, value: &Value<'_>) -> Cause {
    format!("{wanted} was looked for, {value:?} is there").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn back<T: FromSql>(given: &dyn ToSql) -> Option<T> {
        T::from_sql(given.to_sql().unwrap()).ok()
    }

    #[test]
    fn what_was_given_comes_back_and_nothing_else() {
        assert_eq!(back(&i64::MIN), Some(i64::MIN));
        assert_eq!(back(&true), Some(true));
        assert_eq!(back(&"かな"), Some("かな".to_owned()));
        assert_eq!(back(&[1u8, 0, 255]), Some(vec![1u8, 0, 255]));
        assert_eq!(back(&None::<String>), Some(None::<String>));
        assert_eq!(back(&Some(7u32)), Some(Some(7u8)));
        assert_eq!(back::<u8>(&256), None, "no number is cut off");
        assert_eq!(back::<u32>(&-1i64), None);
        assert_eq!(back::<String>(&1), None);
        assert_eq!(back::<i64>(&None::<i64>), None);
        assert_eq!(back::<Vec<u8>>(&"text"), None);
    }
}
