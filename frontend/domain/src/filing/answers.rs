//! What is answered so far: a text a field as it was typed, with where it came from. This is what a draft
//! keeps; it is flat, so that a draft of an older app reads.

use super::Field;
use crate::code::coded;
use serde::{Deserialize, Serialize, Serializer};

coded! {
    /// Where an answer came from.
    Origin {
        Typed = "typed" "入力";
        Certificate = "certificate" "被保険者証";
        Card = "card" "マイナンバーカード";
        Before = "before" "前回の届出";
        Account = "account" "この事業所";
        Rule = "rule" "決まりから選んだもの";
    }
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// To which field.
    pub field: Field,
    /// As it was typed.
    pub text: String,
    /// Where it came from.
    pub origin: Origin,
}

/// All of them, and which warnings somebody has looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Answers {
    /// One a field.
    #[serde(default, serialize_with = "kept")]
    list: Vec<Answer>,
    /// Keys of warnings ([`super::wizard::Trouble::key`]) that were confirmed.
    #[serde(default)]
    confirmed: Vec<String>,
}

/// A text that may hold a 個人番号 is refused on the screen; it is not written into a draft either.
fn kept<S: Serializer>(list: &[Answer], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(list.iter().filter(|one| !super::typed::holds_my_number(&one.text)))
}

impl Answers {
    /// The text of a field without spaces around; empty without an answer.
    pub fn get(&self, field: Field) -> &str {
        self.text(field).trim()
    }

    /// The text as it was typed.
    pub fn text(&self, field: Field) -> &str {
        self.answer(field).map_or("", |one| one.text.as_str())
    }

    /// The answer of a field.
    pub fn answer(&self, field: Field) -> Option<&Answer> {
        self.list.iter().find(|one| one.field == field)
    }

    /// Whether a question is answered with yes.
    pub fn yes(&self, field: Field) -> bool {
        self.get(field) == "1"
    }

    /// What somebody types. The same text again leaves where it came from.
    pub fn set(&mut self, field: Field, text: &str) {
        if self.text(field) != text {
            self.put(field, text, Origin::Typed);
        }
    }

    /// An answer from somewhere; what was confirmed of the one before is asked again.
    pub fn put(&mut self, field: Field, text: &str, origin: Origin) {
        self.list.retain(|one| one.field != field);
        self.confirmed.retain(|key| key.split(':').next() != Some(field.code()));
        if !text.is_empty() {
            self.list.push(Answer { field, text: text.to_owned(), origin });
        }
    }

    /// The same where nothing is answered yet.
    pub fn fill(&mut self, field: Field, text: &str, origin: Origin) {
        if self.get(field).is_empty() {
            self.put(field, text.trim(), origin);
        }
    }

    /// A warning was looked at, and it is right as it is.
    pub fn confirm(&mut self, key: &str) {
        if !self.is_confirmed(key) {
            self.confirmed.push(key.to_owned());
        }
    }

    /// It was not, after all.
    pub fn unconfirm(&mut self, key: &str) {
        self.confirmed.retain(|one| one != key);
    }

    /// Whether a warning was confirmed.
    pub fn is_confirmed(&self, key: &str) -> bool {
        self.confirmed.iter().any(|one| one == key)
    }

    /// All answers.
    pub fn iter(&self) -> impl Iterator<Item = &Answer> {
        self.list.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raw::Raw;

    #[test]
    fn an_answer_keeps_where_it_came_from_until_it_is_another() {
        let mut answers = Answers::default();
        answers.fill(Field::Name, " 山田 花子 ", Origin::Certificate);
        answers.fill(Field::Name, "別の名", Origin::Card);
        assert_eq!(answers.get(Field::Name), "山田 花子");
        answers.set(Field::Name, "山田 花子");
        assert_eq!(answers.answer(Field::Name).unwrap().origin, Origin::Certificate);
        answers.set(Field::Name, "山田 華子");
        assert_eq!(answers.answer(Field::Name).unwrap().origin, Origin::Typed);
        answers.set(Field::Name, "");
        assert_eq!(answers.answer(Field::Name), None);
    }

    #[test]
    fn what_was_confirmed_is_asked_again_of_another_answer() {
        let mut answers = Answers::default();
        answers.set(Field::StartOn, "令和8年12月2日");
        answers.confirm("start_on:past");
        answers.confirm("office_number:digit");
        answers.set(Field::StartOn, "令和8年12月2日");
        assert!(answers.is_confirmed("start_on:past"));
        answers.set(Field::StartOn, "令和8年12月3日");
        assert!(!answers.is_confirmed("start_on:past") && answers.is_confirmed("office_number:digit"));
        answers.unconfirm("office_number:digit");
        assert!(!answers.is_confirmed("office_number:digit"));
    }

    #[test]
    fn no_draft_keeps_a_my_number() {
        let mut answers = Answers::default();
        answers.set(Field::ReasonText, "番号は 1234 5678 9012");
        answers.set(Field::Name, "山田");
        let draft = serde_json::to_string(&answers).unwrap();
        assert!(!draft.contains("5678") && draft.contains("山田"));
    }

    #[test]
    fn a_draft_reads_as_the_app_reads_it_and_keeps_what_is_newer() {
        let text = r#"{"list":[{"field":"name","text":"山田","origin":"card"},
            {"field":"later","text":"x","origin":"y"}],"confirmed":["name:kana"],"more":1}"#;
        let raw: Raw = serde_json::from_str(text).unwrap();
        let answers: Answers = raw.read().unwrap();
        assert_eq!(answers, serde_json::from_str(text).unwrap());
        assert_eq!((answers.get(Field::Name), answers.get(Field::from_code("later"))), ("山田", "x"));
        let again = serde_json::to_string(&answers).unwrap();
        assert_eq!(serde_json::from_str::<Answers>(&again).unwrap(), answers);
        let empty: Answers = serde_json::from_str("{}").unwrap();
        assert_eq!(empty, Answers::default());
    }
}
