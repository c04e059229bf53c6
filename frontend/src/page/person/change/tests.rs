use super::super::papers;
use super::super::sample::{day, qualification};
use super::*;
use domain::qualification::{Content, CopaymentPeriod, HousingPayment, Period, Qualification};

fn between(before: &Qualification, after: &Qualification) -> Vec<(String, String, String)> {
    let today = day("2026-11-22");
    changes(&papers(before, today), &papers(after, today))
        .into_iter()
        .map(|one| ([one.sheet, ":", &one.field].concat(), one.was, one.now))
        .collect()
}

fn told(place: &str, was: &str, now: &str) -> (String, String, String) {
    (place.to_owned(), was.to_owned(), now.to_owned())
}

#[test]
fn the_same_on_another_day_is_no_change() {
    let all = qualification();
    let (one, other) = (papers(&all, day("2026-11-22")), papers(&all, day("2027-05-01")));
    assert_eq!(changes(&one, &other), []);
}

#[test]
fn one_field_is_one_place() {
    let before = qualification();
    let mut after = before.clone();
    after.person.address = "群馬県伊勢崎市境1番地".to_owned();
    let Content::Present(certificate) = &mut after.certificate.content else { panic!("it is there") };
    certificate.validity = Some(Period::new(day("2026-04-01"), Some(day("2028-03-31"))));
    let found = between(&before, &after);
    assert!(found.contains(&told(
        "certificate:認定の有効期間",
        "令和8年4月1日 〜 令和9年3月31日",
        "令和8年4月1日 〜 令和10年3月31日"
    )));
    // The address stands on three papers.
    assert_eq!(found.iter().filter(|(place, ..)| place.ends_with(":住所")).count(), 3);
    assert_eq!(found.len(), 4);
}

#[test]
fn a_row_put_before_the_others_is_the_only_change() {
    let before = qualification();
    let mut after = before.clone();
    let Content::Present(share) = &mut after.copayment.content else { panic!("it is there") };
    let period = Period::new(day("2027-08-01"), Some(day("2028-07-31")));
    share.periods.insert(0, CopaymentPeriod { tenths: 3, period });
    let found = between(&before, &after);
    let now = "3割 適用期間 令和9年8月1日 〜 令和10年7月31日";
    assert_eq!(found, [told("copayment:利用者負担の割合", "(なし)", now)]);
    assert_eq!(between(&after, &before), [told("copayment:利用者負担の割合", now, "(なし)")]);
}

#[test]
fn a_payment_changes_the_balance_and_the_rows() {
    let before = qualification();
    let mut after = before.clone();
    let Content::Present(housing) = &mut after.housing.content else { panic!("it is there") };
    let payment =
        HousingPayment { started_on: day("2026-10-01"), work: "段差の解消".into(), cost_yen: 30_000 };
    housing.dwellings[0].payments.push(payment);
    assert_eq!(
        between(&before, &after),
        [
            told("housing:いまの住まい(現住所) 残り", "80,000円", "50,000円"),
            told("housing:いまの住まい(現住所) 内訳", "(なし)", "令和8年10月1日 段差の解消 30,000円"),
        ]
    );
}

#[test]
fn a_sheet_that_comes_or_goes_is_one_place() {
    let before = qualification();
    let mut after = before.clone();
    after.limit.content = Content::NoneIssued;
    assert_eq!(between(&before, &after), [told("limit:記録", "届いています", "発行なし")]);
}

#[test]
fn marks_stand_where_the_change_is() {
    let before = qualification();
    let mut after = before.clone();
    after.person.kana = "ヤマダ ハナ".to_owned();
    let today = day("2026-11-22");
    let mut sheets = papers(&after, today);
    let found = changes(&papers(&before, today), &sheets);
    mark(&mut sheets, &found);
    let marked: Vec<&str> = sheets
        .iter()
        .flat_map(|paper| &paper.blocks)
        .filter_map(|block| if let Block::Fields(_, fields) = block { Some(fields) } else { None })
        .flatten()
        .filter(|field| field.changed)
        .map(|field| field.name)
        .collect();
    assert_eq!(marked, ["フリガナ", "フリガナ", "フリガナ"]);
    assert_eq!(
        sheets.iter().map(|paper| paper.changed).collect::<Vec<_>>(),
        [true, true, true, false, false]
    );
}
