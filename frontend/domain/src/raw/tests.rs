use super::*;
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::Value;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Plain,
    Held(Inner),
    Named { inner: Option<Inner> },
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Inner {
    number: i64,
    small: u8,
    list: Vec<String>,
    #[serde(default)]
    missing: Option<bool>,
}

fn raw(document: &str) -> Raw {
    serde_json::from_str(document).unwrap()
}

#[test]
fn it_reads_what_the_judge_reads() {
    for document in [
        r#""plain""#,
        r#"{"plain":null}"#,
        r#"{"held":{"number":-5,"small":255,"list":["a","あ"],"unknown":[1.5e3,{"x":[]}]}}"#,
        r#"{"named":{"inner":null}}"#,
        r#"{"named":{"inner":{"small":0,"number":0,"list":[],"missing":true}}}"#,
    ] {
        let read = raw(document).read::<Kind>();
        assert_eq!(read.ok(), serde_json::from_str(document).ok(), "{document}");
        assert!(raw(document).read::<Kind>().is_ok(), "{document}");
    }
    for document in [
        "null",
        r#""held""#,
        r#""other""#,
        r#"{"held":{"number":1,"small":256,"list":[]}}"#,
        r#"{"held":{"number":1,"list":[]}}"#,
        r#"{"held":{"number":1.5,"small":1,"list":[]}}"#,
        r#"{"held":{"number":"1","small":1,"list":[]}}"#,
        r#"{"held":{"number":1,"small":1,"list":[1.5]}}"#,
        r#"{"held":{"number":1,"small":1,"list":[]},"plain":null}"#,
        r#"{"plain":1}"#,
    ] {
        assert_eq!(raw(document).read::<Kind>(), Err(NotRead), "{document}");
        assert!(serde_json::from_str::<Kind>(document).is_err(), "{document}");
    }
}

#[test]
fn what_is_shown_is_what_came() {
    assert_eq!(raw(r#""2023-02-29""#).shown(), "2023-02-29");
    assert_eq!(
        raw(r#"{"from":"x","to":[null,true,-1.5,{},[]]}"#).shown(),
        r#"{"from":"x","to":[null,true,-1.5,{},[]]}"#
    );
    assert_eq!(Raw::Number("1e400".into()).read::<Raw>(), Ok(Raw::Number("1e400".into())));
    assert_eq!(Raw::Number("1e400".into()).read::<String>(), Err(NotRead));
}

/// Any value without fractions.
pub(crate) fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((any::<String>(), inner), 0..6)
                .prop_map(|entries| entries.into_iter().collect()),
        ]
    })
}

proptest! {
    #[test]
    fn nothing_is_lost_on_the_way(value in value()) {
        let raw: Raw = serde_json::from_value(value.clone()).unwrap();
        prop_assert_eq!(raw.read::<Value>(), Ok(value.clone()));
        prop_assert_eq!(&serde_json::to_value(&raw).unwrap(), &value);
        prop_assert_eq!(serde_json::from_str::<Value>(&raw.to_string()).unwrap(), value);
    }
}
