//! Each check says what it is for, and nothing of a filing that is in order.

use super::*;
use crate::calendar::Time;
use crate::filing::sample::{day, entry, filing, office};
use crate::filing::{FiledOffice, IdPaper};
use crate::qualification::sample::{period, qualification};
use crate::qualification::{CareLevel, CertificationState, PlanOffice};
use crate::upstream::FilingState;

fn register() -> Register {
    let mut all = qualification();
    let certificate = all.certificate.change().clone();
    Register { certificate: Some(certificate), others: Vec::new() }
}

fn card() -> Identity {
    Identity::Card { transaction: "t".into() }
}

fn found(filing: &Filing, register: &Register) -> Vec<(Check, Found, Severity)> {
    compare(filing, Some(&qualification().person), Some(&card()), register)
        .into_iter()
        .filter(|one| one.severity != Severity::Fine)
        .map(|one| (one.check, one.found, one.severity))
        .collect()
}

fn certificate(register: &mut Register) -> &mut InsuranceCertificate {
    register.certificate.as_mut().unwrap()
}

#[test]
fn a_filing_in_order_is_fine_in_every_check() {
    let all = compare(&filing(), Some(&qualification().person), Some(&card()), &register());
    assert!(all.iter().all(|one| one.severity == Severity::Fine && one.found == Found::Good));
    let checks: Vec<Check> = all.iter().map(|one| one.check).collect();
    assert!(checks.contains(&Check::Insured) && checks.contains(&Check::Duplicate));
    assert!(!checks.contains(&Check::MonthStart) && !checks.contains(&Check::Entrusted), "not asked");
}

#[test]
fn the_form_must_fit_the_level() {
    let mut register = register();
    certificate(&mut register).level = Some(CareLevel::Support1);
    assert_eq!(found(&filing(), &register), [(Check::Level, Found::FormOfOther, Severity::Hinders)]);
    certificate(&mut register).state = CertificationState::Applied;
    assert_eq!(found(&filing(), &register), [(Check::Level, Found::NotMarkedProvisional, Severity::Look)]);
    let provisional = Filing { provisional: true, ..filing() };
    assert_eq!(found(&provisional, &register), []);
    certificate(&mut register).state = CertificationState::Certified;
    certificate(&mut register).level = Some(CareLevel::Care3);
    assert_eq!(found(&provisional, &register), [(Check::Level, Found::MarkedProvisional, Severity::Look)]);
    register.certificate = None;
    assert_eq!(found(&filing(), &register)[0], (Check::Insured, Found::NotInsured, Severity::Hinders));
}

#[test]
fn a_certification_must_hold_on_the_day() {
    let mut register = register();
    certificate(&mut register).validity = Some(period("2025-12-01", "2026-11-30"));
    assert_eq!(found(&filing(), &register), [(Check::Certified, Found::NotCertified, Severity::Look)]);
}

#[test]
fn other_filings_are_noticed() {
    let mut register = register();
    register.others = vec![entry(&filing(), FilingState::Received)];
    assert_eq!(found(&filing(), &register), [(Check::Duplicate, Found::OpenFiling, Severity::Hinders)]);
    register.others = vec![entry(&filing(), FilingState::Accepted)];
    assert_eq!(found(&filing(), &register), [(Check::Duplicate, Found::SameFiling, Severity::Look)]);
    let later = Filing { start_on: day("2027-01-01"), ..filing() };
    register.others = vec![entry(&later, FilingState::Accepted)];
    assert_eq!(found(&filing(), &register), [(Check::Duplicate, Found::LaterFiling, Severity::Look)]);
    for state in [FilingState::Returned, FilingState::Cancelled, FilingState::Superseded] {
        register.others = vec![entry(&filing(), state)];
        assert_eq!(found(&filing(), &register), [], "{state:?}");
    }
}

#[test]
fn while_a_decision_is_awaited_both_forms_may_wait() {
    let mut register = register();
    certificate(&mut register).state = CertificationState::Applied;
    let preventive = Filing { form: FormKind::Preventive, ..filing() };
    register.others = vec![entry(&preventive, FilingState::Received)];
    let open = (Check::Duplicate, Found::OpenFiling, Severity::Look);
    assert_eq!(found(&Filing { provisional: true, ..filing() }, &register), [open]);
    assert_eq!(found(&filing(), &register)[0].2, Severity::Hinders);
}

#[test]
fn the_office_on_the_certificate_decides_new_or_change() {
    let mut register = register();
    let change = Filing { category: Category::Change, ..filing() };
    assert_eq!(found(&change, &register), [(Check::PlanOffice, Found::NobodyStands, Severity::Look)]);
    let stands = |number: &str| {
        vec![PlanOffice { number: Some(office(number)), name: "乙".into(), filed_on: day("2025-04-01") }]
    };
    certificate(&mut register).plan_offices = stands("1070400013");
    assert_eq!(found(&change, &register), []);
    assert_eq!(found(&filing(), &register), [(Check::PlanOffice, Found::OtherStands, Severity::Look)]);
    certificate(&mut register).plan_offices = stands("1070400005");
    assert_eq!(found(&filing(), &register), [(Check::PlanOffice, Found::SameStands, Severity::Look)]);
}

#[test]
fn office_numbers_are_looked_at_and_hinder_nothing() {
    let with = |number: &str| {
        let mut filing = filing();
        filing.office.number = office(number);
        found(&filing, &register())
    };
    assert_eq!(with("1070400006"), [(Check::Number, Found::Digit, Severity::Look)]);
    assert_eq!(with("1000400000"), [(Check::Number, Found::Kind, Severity::Look)]);
    let mut register = register();
    certificate(&mut register).level = Some(CareLevel::Support2);
    let entrusted = |number: &str| {
        let mut filing = Filing { form: FormKind::Preventive, reason: None, ..filing() };
        filing.office.number = office("1000400000");
        filing.entrusted = Some(FiledOffice { number: office(number), ..filing.office.clone() });
        found(&filing, &register)
    };
    assert_eq!(entrusted("1070400005"), []);
    assert_eq!(entrusted("1070400006"), [(Check::Entrusted, Found::Digit, Severity::Look)]);
    assert_eq!(entrusted("1000400000"), [(Check::Entrusted, Found::Kind, Severity::Look)]);
}

#[test]
fn days_gone_by_and_days_within_a_month() {
    let mut register = register();
    certificate(&mut register).validity = Some(period("2026-04-01", "2028-03-31"));
    let with = |form, start: &str| {
        let mut filing = Filing { form, start_on: day(start), ..filing() };
        filing.office.number = office(if form == FormKind::HomeCare { "1070400005" } else { "1090400001" });
        found(&filing, &register).into_iter().map(|one| one.1).collect::<Vec<_>>()
    };
    assert_eq!(with(FormKind::HomeCare, "2026-11-22"), [Found::Past]);
    assert_eq!(with(FormKind::HomeCare, "2026-11-23"), []);
    assert_eq!(with(FormKind::HomeCare, "2027-02-23"), []);
    assert_eq!(with(FormKind::HomeCare, "2027-02-24"), [Found::FarAhead]);
    assert_eq!(with(FormKind::SmallMulti, "2026-12-01"), []);
    assert_eq!(with(FormKind::SmallMulti, "2026-12-02"), [Found::NotTheFirst]);
}

#[test]
fn a_reason_fits_level_and_category() {
    let with = |reason, category| {
        let mut register = register();
        certificate(&mut register).plan_offices = vec![PlanOffice {
            number: Some(office("1000400000")),
            name: "乙".into(),
            filed_on: day("2025-04-01"),
        }];
        let filing = Filing { reason: Some(reason), category, ..filing() };
        found(&filing, &register).into_iter().find(|one| one.0 == Check::Reason).map(|one| one.1)
    };
    assert_eq!(with(Reason::SupportToCare, Category::Change), None);
    assert_eq!(with(Reason::SupportToCare, Category::New), Some(Found::ReasonAgainstCategory));
    assert_eq!(with(Reason::CareToSupport, Category::Change), Some(Found::ReasonAgainstLevel));
    let dated = Filing { change_on: Some(day("2026-12-01")), ..filing() };
    assert_eq!(found(&dated, &register())[0].1, Found::ReasonAgainstCategory);
}

#[test]
fn papers_that_are_too_few_hinder_and_none_is_open() {
    let few = Identity::Papers { seen: vec![IdPaper::PensionBook], at: Time(0) };
    let all = compare(&filing(), None, Some(&few), &register());
    assert_eq!((all[0].found, all[0].severity), (Found::PapersTooFew, Severity::Hinders));
    let all = compare(&filing(), None, None, &register());
    let open: Vec<Check> =
        all.iter().filter(|one| one.severity == Severity::Open).map(|one| one.check).collect();
    assert_eq!(open, [Check::Person, Check::Identity]);
}

#[test]
fn a_draft_is_checked_as_far_as_it_is_answered() {
    let facts = Facts {
        form: None,
        category: None,
        office: None,
        entrusted: None,
        reason: None,
        start_on: None,
        change_on: None,
        provisional: false,
        filed_on: day("2026-11-23"),
    };
    let all = check(&facts, &Known::default());
    assert_eq!(all.iter().map(|one| one.severity).collect::<Vec<_>>(), [Severity::Open]);
}

#[test]
fn the_person_must_be_the_registers() {
    let with = |change: fn(&mut Filing)| {
        let mut filing = filing();
        change(&mut filing);
        found(&filing, &register()).first().map(|one| (one.1, one.2))
    };
    assert_eq!(with(|one| one.insured.name = "山田花子".into()), None, "the way of writing does not count");
    for (change, expected) in [
        (
            (|one| one.insured.birth_date = day("1940-03-03")) as fn(&mut Filing),
            (Found::BirthDiffers, Severity::Hinders),
        ),
        (|one| one.insured.name = "山田 華子".into(), (Found::NameDiffers, Severity::Look)),
        (|one| one.insured.address = "群馬県太田市".into(), (Found::AddressDiffers, Severity::Look)),
        (
            |one| one.insured.number = crate::number::InsuredNumber::parse("0000012346").unwrap(),
            (Found::NumberDiffers, Severity::Hinders),
        ),
    ] {
        assert_eq!(with(change), Some(expected));
    }
}
