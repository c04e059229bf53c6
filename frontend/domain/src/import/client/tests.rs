use super::*;
use crate::calendar::DateError;
use crate::number::NumberError;
use crate::upstream::{ConsentGiver, ConsentMethod};
use proptest::prelude::*;

fn today() -> Date {
    Date::from_iso("2026-11-22").unwrap()
}

fn found(import: &Import, at: usize) -> Vec<(Column, Option<usize>, Problem)> {
    import.lines[at].findings.iter().map(|one| (one.column, one.at, one.problem)).collect()
}

#[test]
fn a_file_as_offices_have_it() {
    let text = "利用者名,ﾌﾘｶﾞﾅ,保険者番号,被保険者番号,性別,生年月日,備考\r\n\
                山田 花子,ヤマダ ハナコ,102046,0000012345,女,S15.3.2,\r\n\
                \r\n\
                佐藤 清,さとう きよし,１０２０４６,Ｈ１２３４５６７８９,1,昭和元年12月25日,\"メモ,\n二行\"\r\n\
                鈴木,,102046,22222,女性,1931/5/6,\r\n";
    let import = read(text, today()).unwrap();
    assert!(import.is_whole());
    assert_eq!(import.unused, ["備考"]);
    let lines: Vec<usize> = import.lines.iter().map(|line| line.line).collect();
    assert_eq!(lines, [2, 4, 6]);
    let clients: Vec<&Client> = import.clients().collect();
    assert_eq!(clients[0].name.as_deref(), Some("山田 花子"));
    assert_eq!(clients[1].insured.as_str(), "H123456789");
    assert_eq!((clients[2].insured.as_str(), &clients[2].kana), ("0000022222", &None));
    assert_eq!(found(&import, 2), [(Column::Insured, Some(4), Problem::ZerosAdded)]);
}

#[test]
fn every_fault_is_named_by_line_and_column() {
    let text = "保険者番号,被保険者番号,生年月日,性別\n\
                102047,0000012345,S15.3.2,女\n\
                10204x,00000123456,昭和65年1月1日,不明\n\
                102046,0000012345\n\
                102046,0000000001,2027-01-01,1\n\
                102046,0000000001,1890-01-01,1\n\
                12014,0000000002,1940-01-01,2\n";
    let import = read(text, today()).unwrap();
    assert!(!import.is_whole());
    assert_eq!(found(&import, 0), [(Column::Insurer, Some(1), Problem::CheckDigit { expected: 6 })]);
    assert!(import.lines[0].client.is_some(), "a check digit warns");
    let length = NumberError::Length { expected: 10, found: 11 };
    assert_eq!(
        found(&import, 1),
        [
            (Column::Insurer, Some(1), Problem::Number(NumberError::Character('X'))),
            (Column::Insured, Some(2), Problem::Number(length)),
            (Column::Born, Some(3), Problem::Date(DateError::NoSuchDay)),
            (Column::Sex, Some(4), Problem::Sex),
        ]
    );
    assert_eq!(import.lines[1].findings[3].raw, "不明");
    assert_eq!(
        found(&import, 2),
        [(Column::Born, None, Problem::Missing), (Column::Sex, None, Problem::Missing)]
    );
    assert_eq!(found(&import, 3), [(Column::Born, Some(3), Problem::BornLater)]);
    assert_eq!(
        found(&import, 4),
        [(Column::Insured, Some(2), Problem::Repeats { line: 5 }), (Column::Born, Some(3), Problem::TooOld)]
    );
    assert_eq!(found(&import, 5)[0].2, Problem::ZerosAdded, "012014 had a zero in front");
    assert_eq!(import.clients().count(), 2);
}

#[test]
fn headings_that_are_missing_or_twice() {
    assert_eq!(read("", today()), Err(ImportError::Empty));
    assert_eq!(
        read("氏名,生年月日\n", today()),
        Err(ImportError::Headings { missing: vec![Column::Insurer, Column::Insured, Column::Sex] })
    );
    assert_eq!(read("氏名,名前\n", today()), Err(ImportError::HeadingTwice(Column::Name)));
    assert_eq!(read("\"", today()), Err(ImportError::Csv(CsvError::OpenQuote { line: 1 })));
    let heading = Column::ALL.map(Column::name).join(",");
    assert_eq!(read(&heading, today()).unwrap().lines, []);
}

#[test]
fn a_file_with_consents_needs_no_question_and_each_line_has_its_own() {
    let text = "保険者番号,被保険者番号,生年月日,性別,同意者,同意の方法,同意日\n\
                102046,0000000001,S15.3.2,女,本人,書面,令和8年4月1日\n\
                102046,0000000002,S15.3.2,女,,,\n\
                102046,0000000003,S15.3.2,女,友人,電話,2026-11-23\n\
                102046,0000000004,S15.3.2,女,家族,口頭,2026-11-22\n\
                102046,0000000005,S15.3.2,女,本人,書面,2026-02-30\n";
    let import = read(text, today()).unwrap();
    let consents: Vec<_> = import.clients().map(|client| client.consent.clone().unwrap()).collect();
    assert_eq!(consents.len(), 2);
    assert_eq!((consents[0].giver, consents[0].method), (ConsentGiver::Person, ConsentMethod::Written));
    assert_eq!(consents[0].given_at.to_string(), "2026-04-01 00:00");
    assert_eq!(
        (consents[1].giver, consents[1].method),
        (ConsentGiver::Representative, ConsentMethod::Spoken)
    );
    let columns = [Column::Giver, Column::Method, Column::ConsentedOn];
    let missing = columns.map(|column| (column, Some(column as usize - 1), Problem::Missing));
    assert_eq!(found(&import, 1), missing);
    assert_eq!(
        found(&import, 2),
        [
            (Column::Giver, Some(5), Problem::Giver),
            (Column::Method, Some(6), Problem::Method),
            (Column::ConsentedOn, Some(7), Problem::ConsentLater),
        ]
    );
    assert_eq!(found(&import, 4), [(Column::ConsentedOn, Some(7), Problem::Date(DateError::NoSuchDay))]);
}

#[test]
fn half_the_columns_of_a_consent_are_none() {
    let heading = "保険者番号,被保険者番号,生年月日,性別,同意日\n";
    assert_eq!(
        read(heading, today()),
        Err(ImportError::Headings { missing: vec![Column::Giver, Column::Method] })
    );
    let without = "保険者番号,被保険者番号,生年月日,性別\n102046,0000000001,S15.3.2,女\n";
    assert_eq!(read(without, today()).unwrap().clients().next().unwrap().consent, None);
}

proptest! {
    #[test]
    fn a_line_is_a_client_or_has_an_error(rows in proptest::collection::vec("[0-9H,SM.女男 ]{0,40}", 0..12)) {
        let text = ["保険者番号,被保険者番号,生年月日,性別\n", &rows.join("\n")].concat();
        let import = read(&text, today()).unwrap();
        for line in &import.lines {
            let wrong = line.findings.iter().any(|finding| finding.problem.is_error());
            prop_assert_eq!(line.client.is_none(), wrong);
        }
    }
}
