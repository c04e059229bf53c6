//! A filing against the register: what a clerk looks at before 受理. The office runs the same checks on its
//! draft, as far as it may see the data.

mod office;
mod person;
#[cfg(test)]
mod tests;

use super::{Category, Field, Filing, FormKind, Identity, Reason};
use crate::calendar::Date;
use crate::code::coded;
use crate::number::OfficeNumber;
use crate::qualification::InsuranceCertificate;
use crate::upstream::{FilingEntry, Person, Register};

coded! {
    /// What is looked at, in the order of the list.
    Check {
        Insured = "insured" "被保険者資格";
        Person = "person" "被保険者の記載";
        Level = "level" "認定区分と様式";
        Certified = "certified" "開始日の認定";
        Duplicate = "duplicate" "届出の重複";
        PlanOffice = "plan_office" "被保険者証の計画事業所";
        Number = "number" "事業所番号";
        Entrusted = "entrusted" "受託事業所の事業所番号";
        Start = "start" "開始日";
        MonthStart = "month_start" "小規模多機能の開始日";
        Reason = "reason" "事由";
        Identity = "identity" "本人確認";
    }
}

coded! {
    /// What was found.
    Found {
        Good = "good" "問題は見つからない";
        Unseen = "unseen" "確かめるデータがない";
        NotInsured = "not_insured" "この保険者の被保険者証が登録されていない";
        NumberDiffers = "number_differs" "保険者番号か被保険者番号が台帳と違う";
        BirthDiffers = "birth_differs" "生年月日が台帳と違う";
        NameDiffers = "name_differs" "氏名が台帳と違う";
        AddressDiffers = "address_differs" "住所が台帳と違う";
        FormOfOther = "form_of_other" "認定区分に合わない様式";
        NotMarkedProvisional = "not_marked_provisional" "認定結果が出る前なのに、暫定となっていない";
        MarkedProvisional = "marked_provisional" "申請中ではないのに、暫定となっている";
        NotCertified = "not_certified" "開始日に有効な認定がない";
        OpenFiling = "open_filing" "確認待ちの届出がほかにある";
        SameFiling = "same_filing" "同じ内容の届出が受理されている";
        LaterFiling = "later_filing" "開始日がもっと後の届出が受理されている";
        OtherStands = "other_stands" "新規だが、別の事業所が載っている";
        NobodyStands = "nobody_stands" "変更だが、事業所が載っていない";
        SameStands = "same_stands" "新規だが、同じ事業所が載っている";
        Digit = "digit" "事業所番号の検証番号が合わない";
        Kind = "kind" "様式に合わない種類の事業所番号";
        SameOffice = "same_office" "委託元と受託先が同じ事業所";
        Past = "past" "開始日が届出日より前";
        FarAhead = "far_ahead" "開始日が3か月より先";
        NotTheFirst = "not_the_first" "開始日が月の1日ではない";
        ReasonAgainstLevel = "reason_against_level" "事由と認定区分が合わない";
        ReasonAgainstCategory = "reason_against_category" "事由・変更年月日と区分が合わない";
        PapersTooFew = "papers_too_few" "本人確認の書類が足りない";
    }
}

/// How much something stands in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It cannot be accepted as it is.
    Hinders,
    /// Somebody has to look at it.
    Look,
    /// It could not be looked at.
    Open,
    /// It is in order.
    Fine,
}

/// One check with its result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finding {
    /// What was looked at.
    pub check: Check,
    /// What was found.
    pub found: Found,
    /// How much it stands in the way.
    pub severity: Severity,
    /// The field to look at.
    pub field: Field,
    /// Who says that it matters.
    pub source: &'static str,
}

/// Warnings a municipality's own system gives on entering a filing.
const SYSTEM: &str = "市町村の介護保険システムの入力時の確認項目(2009年頃の実装)";
/// No filing for days gone by.
const KANI: &str = "可児市 https://www.city.kani.lg.jp/10572.htm";
/// For what the forms themselves have.
const FORMS: &str = "津市の届出書の事由・確認欄";
/// Rules of our own, where no source has one.
const OURS: &str = "このアプリの目安";

/// What is to be checked; of a draft as much as is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// 様式.
    pub form: Option<FormKind>,
    /// 区分.
    pub category: Option<Category>,
    /// 事業所番号.
    pub office: Option<OfficeNumber>,
    /// 事業所番号 of the office it is entrusted to.
    pub entrusted: Option<OfficeNumber>,
    /// 事由.
    pub reason: Option<Reason>,
    /// 有効開始年月日.
    pub start_on: Option<Date>,
    /// 変更年月日.
    pub change_on: Option<Date>,
    /// 暫定.
    pub provisional: bool,
    /// 届出年月日.
    pub filed_on: Date,
}

impl From<&Filing> for Facts {
    fn from(filing: &Filing) -> Self {
        Self {
            form: Some(filing.form),
            category: Some(filing.category),
            office: Some(filing.office.number.clone()),
            entrusted: filing.entrusted.as_ref().map(|office| office.number.clone()),
            reason: filing.reason,
            start_on: Some(filing.start_on),
            change_on: filing.change_on,
            provisional: filing.provisional,
            filed_on: filing.filed_on,
        }
    }
}

/// The 被保険者証, as far as the one who checks knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper<'a> {
    /// Nobody has seen it.
    #[default]
    Unseen,
    /// There is none.
    Missing,
    /// It says this.
    Held(&'a InsuranceCertificate),
}

/// What is known beside the filing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'a> {
    /// 被保険者証.
    pub paper: Paper<'a>,
    /// Other filings of the person, without the one this takes the place of.
    pub others: &'a [FilingEntry],
}

impl Known<'_> {
    fn certificate(&self) -> Option<&InsuranceCertificate> {
        match self.paper {
            Paper::Held(certificate) => Some(certificate),
            _ => None,
        }
    }
}

/// All checks of a filing on the clerk's desk, what hinders first. `person` is whom the register has.
pub fn compare(
    filing: &Filing,
    person: Option<&Person>,
    identity: Option<&Identity>,
    register: &Register,
) -> Vec<Finding> {
    let paper = register.certificate.as_ref().map_or(Paper::Missing, Paper::Held);
    let known = Known { paper, others: &register.others };
    let mut all = check(&Facts::from(filing), &known);
    all.push(person.map_or(open(Check::Person, Field::Name), |person| person::same(filing, person)));
    all.push(match identity {
        Some(identity) if identity.is_enough() => fine(Check::Identity, Field::IdentityWay),
        Some(_) => look(
            Check::Identity,
            Found::PapersTooFew,
            Severity::Hinders,
            Field::IdentityPapers,
            super::identity::SOURCE,
        ),
        None => open(Check::Identity, Field::IdentityWay),
    });
    all.sort_by_key(|one| (one.severity, one.check));
    all
}

/// All checks whose facts are there, in the order of the list.
pub fn check(facts: &Facts, known: &Known<'_>) -> Vec<Finding> {
    let all = [
        person::insured(known),
        person::level(facts, known),
        person::certified(facts, known),
        person::duplicate(facts, known),
        office::stands(facts, known),
        office::number(facts),
        office::entrusted(facts),
        start(facts),
        month_start(facts),
        reason(facts, known),
    ];
    all.into_iter().flatten().collect()
}

fn look(check: Check, found: Found, severity: Severity, field: Field, source: &'static str) -> Finding {
    Finding { check, found, severity, field, source }
}

fn fine(check: Check, field: Field) -> Finding {
    look(check, Found::Good, Severity::Fine, field, "")
}

fn open(check: Check, field: Field) -> Finding {
    look(check, Found::Unseen, Severity::Open, field, "")
}

/// Days gone by are セルフプラン; days far ahead are most likely mistyped.
fn start(facts: &Facts) -> Option<Finding> {
    let start = facts.start_on?;
    let find = |found, source| look(Check::Start, found, Severity::Look, Field::StartOn, source);
    Some(if start < facts.filed_on {
        find(Found::Past, KANI)
    } else if start > facts.filed_on.plus_months(3) {
        find(Found::FarAhead, OURS)
    } else {
        fine(Check::Start, Field::StartOn)
    })
}

fn month_start(facts: &Facts) -> Option<Finding> {
    let multi = matches!(facts.form?, FormKind::SmallMulti | FormKind::NursingSmallMulti);
    let start = facts.start_on.filter(|_| multi)?;
    Some(if start == start.month_start() {
        fine(Check::MonthStart, Field::StartOn)
    } else {
        look(Check::MonthStart, Found::NotTheFirst, Severity::Look, Field::StartOn, SYSTEM)
    })
}

fn reason(facts: &Facts, known: &Known<'_>) -> Option<Finding> {
    let category = facts.category?;
    let find = |found, field| Some(look(Check::Reason, found, Severity::Look, field, FORMS));
    if facts.change_on.is_some() && category == Category::New {
        return find(Found::ReasonAgainstCategory, Field::ChangeOn);
    }
    let reason = facts.reason?;
    let level = known.certificate().and_then(|paper| paper.level).filter(|_| !facts.provisional);
    let for_form = |form| level.is_some_and(|level| !super::choose::suits(form, level));
    match reason {
        Reason::SupportToCare if for_form(FormKind::HomeCare) => {
            find(Found::ReasonAgainstLevel, Field::Reason)
        }
        Reason::CareToSupport if for_form(FormKind::Preventive) => {
            find(Found::ReasonAgainstLevel, Field::Reason)
        }
        Reason::SupportToCare | Reason::CareToSupport if category == Category::New && !facts.provisional => {
            find(Found::ReasonAgainstCategory, Field::Reason)
        }
        _ => Some(fine(Check::Reason, Field::Reason)),
    }
}
