//! Every definition is whole, and the right one is found.

use super::*;

fn day(text: &str) -> Date {
    Date::from_iso(text).unwrap()
}

fn insurer(text: &str) -> InsurerNumber {
    InsurerNumber::parse(text).unwrap()
}

#[test]
fn each_insurer_has_four_forms_its_own_or_the_neutral_ones() {
    for form in FormKind::ALL {
        let id = |number, on| definition(&insurer(number), *form, day(on)).unwrap().version.id;
        assert_eq!(id("102046", "2026-11-22"), "102046-2026");
        assert_eq!(id("102046", "2026-03-31"), "common-2026", "before its first day");
        assert_eq!(id("102012", "2026-11-22"), "common-2026");
        let named = definition_named("102046-2026", *form).unwrap();
        assert_eq!((named.version.insurer, named.form.form), (Some("102046"), *form));
    }
    assert_eq!(definition(&insurer("102046"), FormKind::from_code("x"), day("2026-11-22")), None);
    assert_eq!(definition_named("102046-1999", FormKind::HomeCare), None);
}

#[test]
fn no_form_passes_for_the_citys_own() {
    for version in VERSIONS {
        assert!(version.is_draft() && version.checked.is_none(), "{}", version.id);
        assert!(!version.source.is_empty() && !version.enclosures.is_empty());
    }
}

#[test]
fn what_a_filing_cannot_be_without_is_on_every_form() {
    let must = [
        Field::Category,
        Field::Name,
        Field::Kana,
        Field::Number,
        Field::BirthDate,
        Field::Address,
        Field::OfficeNumber,
        Field::OfficeName,
        Field::OfficeAddress,
        Field::OfficePhone,
        Field::StartOn,
    ];
    for form in VERSIONS.iter().flat_map(|version| version.forms) {
        for field in must {
            assert_eq!(form.printed(field).map(|one| one.need), Some(Need::Must), "{} {field:?}", form.title);
        }
        assert_eq!(form.reasons.is_empty(), !form.has(Field::Reason), "{}", form.title);
        assert!(!form.has(Field::Entrusted), "whether one is entrusted is asked, never printed");
        assert_eq!(form.has(Field::EntrustedNumber), form.form == FormKind::Preventive);
        assert_eq!(form.has(Field::SameMonth), form.has(Field::Sex));
        assert!(form.notes.iter().all(|note| note.ends_with('。')));
    }
}

#[test]
fn no_field_stands_twice_and_none_is_the_my_number() {
    for form in VERSIONS.iter().flat_map(|version| version.forms) {
        let mut fields: Vec<Field> =
            form.blocks.iter().flat_map(|block| block.fields).map(|one| one.field).collect();
        let count = fields.len();
        fields.sort_unstable();
        fields.dedup();
        assert_eq!(fields.len(), count, "{}", form.title);
        for one in form.blocks.iter().flat_map(|block| block.fields) {
            assert!(!one.label.contains("個人番号") && !one.label.contains("マイナンバー"));
        }
    }
}
