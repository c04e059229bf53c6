//! Against `serde_json` as the judge.

use super::*;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;

fn judge<T: DeserializeOwned>(document: &str) -> Option<T> {
    serde_json::from_str(document).ok()
}

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

#[test]
fn every_shape_the_types_have() {
    for document in [
        r#""plain""#,
        r#"{"plain":null}"#,
        r#" { "held" : {"number":-5,"small":255,"list":["a","\u3042"],"unknown":[1.5e3,{"x":[]}]} } "#,
        r#"{"named":{"inner":null}}"#,
        r#"{"named":{"inner":{"small":0,"number":0,"list":[],"missing":true}}}"#,
    ] {
        assert_eq!(read::<Kind>(document.as_bytes()).ok(), judge(document), "{document}");
        assert!(read::<Kind>(document.as_bytes()).is_ok(), "{document}");
    }
}

#[test]
fn what_is_not_asked_for_is_refused() {
    for document in [
        "",
        "null",
        r#""held""#,
        r#""other""#,
        r#"{"held":{"number":1,"small":256,"list":[]}}"#,
        r#"{"held":{"number":1,"list":[]}}"#,
        r#"{"held":{"number":1,"number":1,"small":1,"list":[]}}"#,
        r#"{"held":{"number":1,"small":1,"list":[]}"#,
        r#"{"held":{"number":1,"small":1,"list":[]}} x"#,
        r#"{"held":{"number":1,"small":1,"list":[,]}}"#,
        r#"{"held":{"number":1,"small":1,"list":["a",]}}"#,
        r#"{"held":{"number":01,"small":1,"list":[]}}"#,
        r#"{"held":{"number":1.0,"small":1,"list":[]}}"#,
        r#"{"held":{"number":9223372036854775808,"small":1,"list":[]}}"#,
    ] {
        assert!(read::<Kind>(document.as_bytes()).is_err(), "{document}");
        assert_eq!(judge::<Kind>(document), None, "{document}");
    }
    assert!(read::<Kind>(b"\"\xFF\"").is_err());
}

#[test]
fn a_struct_is_an_object_and_never_a_list() {
    assert!(read::<Inner>(br#"[1,2,[],null]"#).is_err());
}

#[test]
fn depth_has_an_end() {
    let deep = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
    assert!(read::<Value>(deep(60).as_bytes()).is_ok());
    assert!(read::<Value>(deep(100_000).as_bytes()).is_err());
}

/// Any value without fractions.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
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
    fn what_the_judge_writes_is_read_back(value in value()) {
        for document in [serde_json::to_vec(&value).unwrap(), serde_json::to_vec_pretty(&value).unwrap()] {
            prop_assert_eq!(read::<Value>(&document), Ok(value.clone()));
        }
    }

    #[test]
    fn whatever_is_read_the_judge_reads_alike(document in r#"[\[\]{}",:\\ 0-9a-fntrulse\-\.u]{0,40}"#) {
        if let Ok(value) = read::<Value>(document.as_bytes()) {
            prop_assert_eq!(Some(value), judge(&document));
        }
    }

    #[test]
    fn escapes_are_read_as_the_judge_reads_them(inside in r#"(\\(["\\/bfnrt]|u[0-9a-fA-F]{4}|ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2})|[a-zあ-ん\x00-\x20"])*"#) {
        let document = format!("\"{inside}\"");
        prop_assert_eq!(read::<String>(document.as_bytes()).ok(), judge(&document));
    }
}
