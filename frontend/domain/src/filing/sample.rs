//! Synthetic filings for tests.

use super::{
    Category, FiledOffice, FiledPerson, Filer, FilerRelation, Filing, FilingNumber, FormKind, Reason,
};
use crate::number::{InsuredNumber, InsurerNumber, OfficeNumber};
pub(crate) use crate::qualification::sample::day;
use crate::upstream::{FilingEntry, FilingState, FilingWay};

pub(crate) fn office(number: &str) -> OfficeNumber {
    OfficeNumber::parse(number).unwrap()
}

/// A first filing of 居宅介護支援, filed on 2026-11-23 for 2026-12-01.
pub(crate) fn filing() -> Filing {
    Filing {
        form: FormKind::HomeCare,
        definition: "102046-2026".into(),
        category: Category::New,
        insured: FiledPerson {
            insurer: InsurerNumber::parse("102046").unwrap(),
            number: InsuredNumber::parse("0000012345").unwrap(),
            name: "山田 花子".into(),
            kana: "ヤマダ ハナコ".into(),
            birth_date: day("1940-03-02"),
            sex: None,
            postal: Some("3728501".into()),
            address: "群馬県伊勢崎市今泉町二丁目410番地".into(),
            phone: Some("0270-24-5111".into()),
        },
        office: FiledOffice {
            number: office("1070400005"),
            name: "居宅介護支援事業所 かけはし".into(),
            postal: None,
            address: "群馬県伊勢崎市今泉町一丁目1番地".into(),
            phone: "0270-00-0000".into(),
            staff: Some("佐藤 健一".into()),
        },
        entrusted: None,
        reason: Some(Reason::NewOrOffice),
        reason_text: None,
        start_on: day("2026-12-01"),
        change_on: None,
        provisional: false,
        same_month: None,
        filed_on: day("2026-11-23"),
        filer: Filer {
            name: "佐藤 健一".into(),
            relation: FilerRelation::CareManager,
            phone: Some("0270-00-0000".into()),
        },
    }
}

/// An entry of a list for it.
pub(crate) fn entry(filing: &Filing, state: FilingState) -> FilingEntry {
    FilingEntry {
        number: FilingNumber("F-1".into()),
        version: 1,
        person: None,
        form: filing.form,
        category: filing.category,
        office: filing.office.number.clone(),
        office_name: filing.office.name.clone(),
        start_on: filing.start_on,
        filed_on: filing.filed_on,
        way: FilingWay::Online,
        by: "佐藤 健一".into(),
        state,
        steps: Vec::new(),
        replaces: None,
        replaced_by: None,
    }
}
