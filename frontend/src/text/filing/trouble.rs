//! What is wrong with an answer, and what is written into a field.

use crate::text::{field_missing, field_wrong};
use domain::filing::compare::Found;
use domain::filing::wizard::{Trouble, Why};
use domain::filing::{Field, Shape};

/// What is wrong, with the name of the field as the form has it.
pub fn wrong(trouble: &Trouble, label: &str) -> String {
    let said = match trouble.why {
        Why::Missing if choice(trouble.field) => return [label, "を選んでください"].concat(),
        Why::Missing if trouble.field == Field::IdentityTransaction => {
            return "カードで、本人を確認してください".to_owned();
        }
        Why::Missing => return field_missing(label),
        Why::Number(error) => return field_wrong(label, &error.to_string()),
        Why::Day(error) => return field_wrong(label, &error.to_string()),
        Why::TooLong { most } => {
            return field_wrong(
                label,
                &["長すぎます。", &most.to_string(), "文字までにしてください"].concat(),
            );
        }
        Why::MyNumber => "個人番号(マイナンバー)のような12桁の数字があります。個人番号は書かないでください",
        Why::ToCome => "今日より後の日付です",
        Why::NoChoice => "選べないものが選ばれています。選び直してください",
        Why::Control => "印刷できない文字があります。書き直してください",
        Why::Phone => "0から始まる10桁か11桁の番号を書いてください",
        Why::Postal => "7桁の番号を書いてください",
        Why::NotThePerson => "この届出の方の氏名と違います",
        Why::NotKana => "かなではない文字があります",
        Why::Under40 => "40歳未満の生年月日です",
        Why::Papers => "写真のある書類を1点、または写真のない書類を2点選んでください",
        Why::MayNot(why) => why.name(),
        Why::Found(found) => return [label, ":", hint(found)].concat(),
    };
    field_wrong(label, said)
}

/// What a person says when they say that it is right.
pub fn confirmable(trouble: &Trouble, label: &str) -> String {
    [&wrong(trouble, label), "。", super::filing().as_it_is].concat()
}

fn choice(field: Field) -> bool {
    matches!(field.shape(), Shape::Choice | Shape::YesNo | Shape::Codes)
}

/// What was found, with what it means where its name alone does not say.
fn hint(found: Found) -> &'static str {
    match found {
        Found::Past => {
            "開始日が届出日より前です。さかのぼった届出は認められないことがあり、届出日までは、いったん全額自己負担になることがあります"
        }
        found => found.name(),
    }
}

/// What is written into a field: form and example.
pub fn support(field: Field) -> Option<&'static str> {
    Some(match field {
        Field::StartOn => "この事業所の計画でサービスを使いはじめる日です。例:令和8年12月1日",
        Field::ChangeOn => "事業所が変わる日です。例:令和8年12月1日",
        Field::Provisional => "申請中で、認定結果がまだ出ていないときは「はい」です。",
        Field::Entrusted => "介護予防支援を、居宅介護支援事業所に委託するときは「はい」です。",
        Field::SameMonth => {
            "利用を始める月に、ほかの居宅サービスを使うかどうかです(居宅療養管理指導などを除く)。"
        }
        Field::ReasonText => "「その他」のときや、変更の事情を書くときに使います。",
        Field::FilerName => "届出を出す人の氏名です。代行のときは、あなたの氏名です。",
        field => match field.shape() {
            Shape::Date => "例:令和8年12月1日、R8.12.1、2026-12-01",
            Shape::Digits { boxes: 6 } => "6桁",
            Shape::Digits { boxes: 10 } => "10桁",
            Shape::Phone => "例:0270-12-3456",
            Shape::Postal => "例:372-8501",
            Shape::Kana { .. } => "例:ヤマダ ハナコ",
            _ => return None,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_trouble_names_its_field_or_what_to_do() {
        let why = |field, why| wrong(&Trouble { field, why }, "事業所番号");
        assert_eq!(why(Field::OfficeNumber, Why::Missing), field_missing("事業所番号"));
        assert_eq!(why(Field::Form, Why::Missing), "事業所番号を選んでください");
        assert!(why(Field::OfficeName, Why::MyNumber).contains("個人番号は書かないでください"));
        assert!(why(Field::StartOn, Why::Found(Found::Past)).contains("全額自己負担"));
        for field in Field::ALL {
            for why in [Why::Missing, Why::NotKana, Why::Papers, Why::ToCome] {
                assert!(!wrong(&Trouble { field: *field, why }, field.name()).is_empty());
            }
        }
    }
}
