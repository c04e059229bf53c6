//! What more than one form has in common. Labels are those of 津市's and 世田谷区's forms (津市 居宅・介護予防 届出書,
//! commit c36698b4 of github.com/Puppy-mY/CareManagementTool; 世田谷区 第19号の2様式,
//! <https://expydoc.com/doc/7208701/>), as far as at least two cities agree on the field.

use super::{Block, Need, Printed};
use crate::filing::{Field, Reason};
use Need::{IfEntrusted, IfSameMonth, May, Must, OnChange};

pub(super) const fn printed(field: Field, label: &'static str, need: Need) -> Printed {
    Printed { field, label, need }
}

/// The head: 区分 and 被保険者. No box for the 個人番号: it is neither asked nor kept (cities take the form
/// without it: <https://www.city.yamanashi.yamanashi.jp/soshiki/14/11626.html>).
pub(super) const HEAD: Block = Block {
    heading: "",
    note: "",
    fields: &[
        printed(Field::Category, "区分", Must),
        printed(Field::Kana, "フリガナ", Must),
        printed(Field::Name, "被保険者氏名", Must),
        printed(Field::Number, "被保険者番号", Must),
        printed(Field::BirthDate, "生年月日", Must),
    ],
};

/// The same with 性別, as 世田谷区 asks it on the form of 小規模多機能.
pub(super) const HEAD_WITH_SEX: Block = Block {
    heading: "",
    note: "",
    fields: &[
        printed(Field::Category, "区分", Must),
        printed(Field::Kana, "フリガナ", Must),
        printed(Field::Name, "被保険者氏名", Must),
        printed(Field::Number, "被保険者番号", Must),
        printed(Field::BirthDate, "生年月日", Must),
        printed(Field::Sex, "性別", Must),
    ],
};

/// The plan office of 居宅介護支援.
pub(super) const HOME_CARE_OFFICE: Block = Block {
    heading: "居宅サービス計画の作成を依頼（変更）する事業者",
    note: "",
    fields: &[
        printed(Field::OfficeName, "居宅介護支援事業所名", Must),
        printed(Field::OfficePostal, "〒", May),
        printed(Field::OfficeAddress, "居宅介護支援事業所の所在地", Must),
        printed(Field::OfficeNumber, "居宅介護支援事業者の事業所番号", Must),
        printed(Field::OfficePhone, "電話番号", Must),
        printed(Field::OfficeStaff, "担当者氏名", May),
    ],
};

/// The office of (看護)小規模多機能, in 世田谷区's order.
pub(super) const MULTI_OFFICE: Block = Block {
    heading: "サービス計画の作成を依頼（変更）する事業所",
    note: "",
    fields: &[
        printed(Field::OfficeNumber, "事業所番号", Must),
        printed(Field::OfficeName, "名称", Must),
        printed(Field::OfficePostal, "〒", May),
        printed(Field::OfficeAddress, "所在地", Must),
        printed(Field::OfficePhone, "電話番号", Must),
    ],
};

/// The plan office of 介護予防支援: a 地域包括支援センター, or since 令和6年4月 a 居宅介護支援事業所 designated for it.
pub(super) const PREVENTIVE_OFFICE: Block = Block {
    heading: "介護予防サービス計画の作成を依頼（変更）する介護予防支援事業者",
    note: "",
    fields: &[
        printed(Field::OfficeName, "介護予防支援事業所名", Must),
        printed(Field::OfficePostal, "〒", May),
        printed(Field::OfficeAddress, "介護予防支援事業所の所在地", Must),
        printed(Field::OfficeNumber, "介護予防支援事業者の事業所番号", Must),
        printed(Field::OfficePhone, "電話番号", Must),
        printed(Field::OfficeStaff, "担当者氏名", May),
    ],
};

/// The office it is entrusted to.
pub(super) const ENTRUSTED_OFFICE: Block = Block {
    heading: "介護予防支援を受託する居宅介護支援事業者",
    note: "※居宅介護支援事業者が介護予防支援を受託する場合のみ記入してください。",
    fields: &[
        printed(Field::EntrustedName, "居宅介護支援事業所名", IfEntrusted),
        printed(Field::EntrustedPostal, "〒", May),
        printed(Field::EntrustedAddress, "居宅介護支援事業所の所在地", IfEntrusted),
        printed(Field::EntrustedNumber, "居宅介護支援事業者の事業所番号", IfEntrusted),
        printed(Field::EntrustedPhone, "電話番号", IfEntrusted),
        printed(Field::EntrustedStaff, "担当者氏名", May),
    ],
};

/// 事由 and one date.
pub(super) const REASON: Block = Block {
    heading: "居宅サービス計画の作成を依頼（変更）する事由及び有効開始（変更）日",
    note: "※必ず記入してください。",
    fields: &[
        printed(Field::Reason, "事由", Must),
        printed(Field::ReasonText, "その他の内容", May),
        printed(Field::StartOn, "有効開始（変更）日", Must),
    ],
};

/// The same on the form of 介護予防.
pub(super) const PREVENTIVE_REASON: Block = Block {
    heading: "居宅（介護予防）サービス計画の作成を依頼（変更）する事由及び有効開始（変更）日",
    note: "※必ず記入してください。",
    fields: &[
        printed(Field::Reason, "事由", Must),
        printed(Field::ReasonText, "その他の内容", May),
        printed(Field::StartOn, "有効開始（変更）日", Must),
    ],
};

/// Two dates, and the reason of a change in words.
pub(super) const MULTI_REASON: Block = Block {
    heading: "サービスの開始と事業所の変更",
    note: "",
    fields: &[
        printed(Field::StartOn, "サービス開始年月日", Must),
        printed(Field::ReasonText, "事業所を変更する場合の事由等", OnChange),
        printed(Field::ChangeOn, "変更年月日", OnChange),
    ],
};

/// Other services in the month in which 小規模多機能 begins.
pub(super) const SAME_MONTH: Block = Block {
    heading: "利用開始月における小規模多機能型居宅介護等と同一月の居宅サービス等の利用の有無",
    note: "※小規模多機能型居宅介護・看護小規模多機能型居宅介護と同一月の居宅サービス・介護予防居宅サービス（居宅療養管理指導及び特定施設入居者生活介護を除く。）及び地域密着型サービス（定期巡回・随時対応型訪問介護看護、夜間対応型訪問介護、認知症対応型通所介護及び認知症対応型共同生活介護（短期利用型）に限る。）の利用の有無を記入してください。",
    fields: &[
        printed(Field::SameMonth, "同一月の居宅サービス等の利用", Must),
        printed(Field::SameMonthServices, "利用したサービス", IfSameMonth),
    ],
};

/// 被保険者 at the foot: who signs.
pub(super) const SIGNATURE: Block = Block {
    heading: "被保険者",
    note: "",
    fields: &[
        printed(Field::Postal, "〒", May),
        printed(Field::Address, "住所", Must),
        printed(Field::Phone, "電話番号", May),
    ],
};

/// 事由 on the form for 要介護.
pub(super) const HOME_CARE_REASONS: &[Reason] =
    &[Reason::NewOrOffice, Reason::SupportToCare, Reason::ProvisionalDiffers, Reason::Other];

/// 事由 on the form for 要支援.
pub(super) const PREVENTIVE_REASONS: &[Reason] = &[
    Reason::AddressAndOffice,
    Reason::Entrusted,
    Reason::CareToSupport,
    Reason::ProvisionalDiffers,
    Reason::Other,
];

/// 届出文 of 津市.
pub(super) const SENTENCE: &str = "上記のとおり届出します。";
/// 届出文 of 世田谷区's form.
pub(super) const MULTI_SENTENCE: &str =
    "上記の小規模多機能型居宅介護事業所等に居宅サービス計画の作成を依頼することを届出します。";
