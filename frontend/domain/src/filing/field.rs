//! The fields a 届出書 may have. Which of them stand on one form, and with which label, says its definition.

use crate::code::coded;

coded! {
    /// A field. The names here are plain ones; printed labels come from the definition.
    Field {
        Form = "form" "様式";
        Category = "category" "区分";
        /// `1` or `0`.
        Provisional = "provisional" "暫定(認定結果が出る前の届出)";
        Insurer = "insurer" "保険者番号";
        Number = "number" "被保険者番号";
        Name = "name" "被保険者氏名";
        Kana = "kana" "フリガナ";
        BirthDate = "birth_date" "生年月日";
        Sex = "sex" "性別";
        Postal = "postal" "郵便番号";
        Address = "address" "住所";
        Phone = "phone" "電話番号";
        OfficeNumber = "office_number" "事業所番号";
        OfficeName = "office_name" "事業所名";
        OfficePostal = "office_postal" "事業所の郵便番号";
        OfficeAddress = "office_address" "事業所の所在地";
        OfficePhone = "office_phone" "事業所の電話番号";
        OfficeStaff = "office_staff" "担当者氏名";
        /// `1` or `0`.
        Entrusted = "entrusted" "受託する居宅介護支援事業所の有無";
        EntrustedNumber = "entrusted_number" "受託事業所の事業所番号";
        EntrustedName = "entrusted_name" "受託事業所名";
        EntrustedPostal = "entrusted_postal" "受託事業所の郵便番号";
        EntrustedAddress = "entrusted_address" "受託事業所の所在地";
        EntrustedPhone = "entrusted_phone" "受託事業所の電話番号";
        EntrustedStaff = "entrusted_staff" "受託事業所の担当者氏名";
        Reason = "reason" "事由";
        ReasonText = "reason_text" "事由(内容)";
        StartOn = "start_on" "有効開始年月日";
        ChangeOn = "change_on" "変更年月日";
        /// `1` or `0`.
        SameMonth = "same_month" "同一月の居宅サービス等の利用";
        SameMonthServices = "same_month_services" "利用したサービス";
        FiledOn = "filed_on" "届出年月日";
        FilerName = "filer_name" "届出者の氏名";
        FilerRelation = "filer_relation" "本人との関係";
        FilerPhone = "filer_phone" "届出者の電話番号";
        /// `card` or `papers`.
        IdentityWay = "identity_way" "本人確認の方法";
        /// Codes of [`super::IdPaper`], apart by commas.
        IdentityPapers = "identity_papers" "確認した書類";
        /// Of the card's check, from its challenge.
        IdentityTransaction = "identity_transaction" "カードによる確認";
        /// Seconds since 1970: when card or papers were looked at.
        IdentityAt = "identity_at" "確認した日時";
    }
}

/// What is written into a field, and how much of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One line.
    Line {
        /// Characters at most.
        most: usize,
    },
    /// A longer text.
    Text {
        /// Characters at most.
        most: usize,
    },
    /// フリガナ.
    Kana {
        /// Characters at most.
        most: usize,
    },
    /// A number, a box a digit.
    Digits {
        /// Boxes.
        boxes: usize,
    },
    /// 電話番号.
    Phone,
    /// 郵便番号.
    Postal,
    /// A day.
    Date,
    /// One of some codes.
    Choice,
    /// `1` or `0`.
    YesNo,
    /// Codes apart by commas.
    Codes,
    /// Kept by the app; nobody types it.
    Hidden,
}

/// Names, as long as registers have them: an 氏名 with its フリガナ may be longer than a form has room for, and
/// the person files all the same. The lengths are ours: no form says any.
const NAME: usize = 120;
const LONG: usize = 200;

impl Field {
    /// What is written into it.
    pub fn shape(self) -> Shape {
        match self {
            Self::Form
            | Self::Category
            | Self::Sex
            | Self::Reason
            | Self::FilerRelation
            | Self::IdentityWay => Shape::Choice,
            Self::Provisional | Self::Entrusted | Self::SameMonth => Shape::YesNo,
            Self::Insurer => Shape::Digits { boxes: 6 },
            Self::Number | Self::OfficeNumber | Self::EntrustedNumber => Shape::Digits { boxes: 10 },
            Self::Kana => Shape::Kana { most: NAME },
            Self::BirthDate | Self::StartOn | Self::ChangeOn | Self::FiledOn => Shape::Date,
            Self::Postal | Self::OfficePostal | Self::EntrustedPostal => Shape::Postal,
            Self::Phone | Self::OfficePhone | Self::EntrustedPhone | Self::FilerPhone => Shape::Phone,
            Self::Address | Self::OfficeAddress | Self::EntrustedAddress => Shape::Text { most: LONG },
            Self::ReasonText | Self::SameMonthServices => Shape::Text { most: LONG },
            Self::IdentityPapers => Shape::Codes,
            Self::IdentityTransaction | Self::IdentityAt | Self::Unknown(_) => Shape::Hidden,
            Self::Name
            | Self::OfficeName
            | Self::OfficeStaff
            | Self::EntrustedName
            | Self::EntrustedStaff
            | Self::FilerName => Shape::Line { most: NAME },
        }
    }

    /// Codes and names to choose from; those of 事由 are in the definition.
    pub fn choices(self) -> Vec<(String, &'static str)> {
        fn all<T: Copy>(
            all: &[T],
            code: fn(&T) -> &str,
            name: fn(T) -> &'static str,
        ) -> Vec<(String, &'static str)> {
            all.iter().map(|one| (code(one).to_owned(), name(*one))).collect()
        }
        use super::{Category, FilerRelation, FormKind, IdPaper, Reason};
        use crate::upstream::Sex;
        match self {
            Self::Form => all(FormKind::ALL, FormKind::code, FormKind::name),
            Self::Category => all(Category::ALL, Category::code, Category::name),
            Self::Sex => all(Sex::ALL, Sex::code, Sex::name),
            Self::Reason => all(Reason::ALL, Reason::code, Reason::name),
            Self::FilerRelation => all(FilerRelation::ALL, FilerRelation::code, FilerRelation::name),
            Self::IdentityPapers => all(IdPaper::ALL, IdPaper::code, IdPaper::name),
            Self::IdentityWay => {
                vec![("card".into(), "マイナンバーカードで確認"), ("papers".into(), "書類を見て確認")]
            }
            Self::SameMonth => vec![("1".into(), "利用あり"), ("0".into(), "利用なし")],
            Self::Entrusted | Self::Provisional => vec![("1".into(), "はい"), ("0".into(), "いいえ")],
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_chosen_has_choices_and_nothing_else_has() {
        for field in Field::ALL {
            let chosen = matches!(field.shape(), Shape::Choice | Shape::YesNo | Shape::Codes);
            assert_eq!(!field.choices().is_empty(), chosen, "{}", field.code());
        }
    }

    #[test]
    fn there_is_no_box_for_the_my_number() {
        for field in Field::ALL {
            assert!(!field.name().contains("個人番号"), "{}", field.code());
            assert!(!matches!(field.shape(), Shape::Digits { boxes: 12 }));
        }
    }
}
