//! The questions of a 届出, one group a page: what is asked, what is wrong with an answer, and the filing that
//! comes of it. A screen holds [`Answers`] and asks here.

mod check;
mod finish;
mod prefill;
#[cfg(test)]
mod tests;
mod trouble;

pub use check::{check, check_all};
pub use finish::{answers_of, finish, identity_of, sound};
pub use prefill::{
    CardAttributes, Differs, Known as Prefilled, OwnOffice, differs_from_card, prefill, set_relation,
};
pub use trouble::{Trouble, Why};

use super::compare::{Known, Paper};
use super::definition::{Defined, Need, definition};
use super::{Answers, Category, Field, FormKind, Reason, Shape};
use crate::calendar::{Date, parse_date};
use crate::code::coded;
use crate::number::InsurerNumber;
use crate::upstream::{Job, ServiceType};

coded! {
    /// A page of questions, in their order.
    Group {
        Form = "form" "様式";
        Person = "person" "被保険者";
        Office = "office" "計画を作成する事業所";
        Entrusted = "entrusted" "受託する事業所";
        Reason = "reason" "事由と日付";
        SameMonth = "same_month" "同じ月に使うサービス";
        Filer = "filer" "届出者と本人確認";
        Confirm = "confirm" "内容の確認";
    }
}

/// Around the answers.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Today. A filing that is sent is of today.
    pub today: Date,
    /// Who files: service and job of the account; `None` at the municipality's desk, where a paper is entered,
    /// its 届出年月日 is asked and nobody's identity has to be shown.
    pub account: Option<(ServiceType, Option<Job>)>,
    /// What is known beside the answers.
    pub known: Known<'a>,
}

impl<'a> Context<'a> {
    /// An office's, which has seen no 被保険者証.
    pub fn office(today: Date, service: ServiceType, job: Option<Job>) -> Self {
        Self { today, account: Some((service, job)), known: Known::default() }
    }

    /// The municipality's desk.
    pub fn desk(today: Date) -> Self {
        Self { today, account: None, known: Known::default() }
    }

    /// The same with what the 被保険者証 says.
    #[must_use]
    pub fn with(self, paper: Paper<'a>) -> Self {
        Self { known: Known { paper, ..self.known }, ..self }
    }
}

/// A question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// The field.
    pub field: Field,
    /// Its label on the form.
    pub label: &'static str,
    /// What is written into it.
    pub shape: Shape,
    /// Whether it has to be answered, with the answers so far.
    pub must: bool,
}

impl Asked {
    /// What there is to choose from. A definition may have fewer 事由 than there are.
    pub fn choices(&self, answers: &Answers, context: &Context<'_>) -> Vec<(String, &'static str)> {
        let all = self.field.choices();
        match (self.field, context.account) {
            (Field::Reason, _) => {
                let on = defined(answers, context).map_or(&[] as &[Reason], |one| one.form.reasons);
                all.into_iter().filter(|(code, _)| on.contains(&Reason::from_code(code))).collect()
            }
            (Field::FilerRelation, Some((service, job))) => {
                let may = super::file::relations(service, job);
                all.into_iter().filter(|(code, _)| may.iter().any(|one| one.code() == code)).collect()
            }
            _ => all,
        }
    }
}

/// The definition the answers are for; `None` while insurer or form is missing.
pub fn defined(answers: &Answers, context: &Context<'_>) -> Option<Defined> {
    let insurer = InsurerNumber::parse(answers.get(Field::Insurer)).ok()?;
    definition(&insurer, FormKind::from_code(answers.get(Field::Form)), filed_on(answers, context))
}

/// 届出年月日: today; at the desk what the paper says.
fn filed_on(answers: &Answers, context: &Context<'_>) -> Date {
    match context.account {
        Some(_) => context.today,
        None => parse_date(answers.get(Field::FiledOn)).unwrap_or(context.today),
    }
}

/// The pages, with the answers so far: a page that asks nothing is left out.
pub fn groups(answers: &Answers, context: &Context<'_>) -> Vec<Group> {
    let asks = |group: Group| group == Group::Confirm || !asked(group, answers, context).is_empty();
    Group::ALL.iter().copied().filter(|group| asks(*group)).collect()
}

/// The page a field is asked on.
pub fn group_of(field: Field) -> Group {
    use Field as F;
    match field {
        F::Form | F::Category | F::Provisional => Group::Form,
        F::Insurer | F::Number | F::Name | F::Kana | F::BirthDate | F::Sex => Group::Person,
        F::Postal | F::Address | F::Phone => Group::Person,
        F::OfficeNumber | F::OfficeName | F::OfficePostal | F::OfficeAddress => Group::Office,
        F::OfficePhone | F::OfficeStaff => Group::Office,
        F::Entrusted | F::EntrustedNumber | F::EntrustedName | F::EntrustedPostal => Group::Entrusted,
        F::EntrustedAddress | F::EntrustedPhone | F::EntrustedStaff => Group::Entrusted,
        F::Reason | F::ReasonText | F::StartOn | F::ChangeOn => Group::Reason,
        F::SameMonth | F::SameMonthServices => Group::SameMonth,
        F::FiledOn | F::FilerName | F::FilerRelation | F::FilerPhone => Group::Filer,
        F::IdentityWay | F::IdentityPapers | F::IdentityTransaction | F::IdentityAt => Group::Filer,
        F::Unknown(_) => Group::Confirm,
    }
}

/// The questions of a page, in the order of the form. What hangs on another answer is asked once it is due.
pub fn asked(group: Group, answers: &Answers, context: &Context<'_>) -> Vec<Asked> {
    let of = defined(answers, context);
    let has = |field| of.is_some_and(|of| of.form.has(field));
    let mut all: Vec<Asked> = Vec::new();
    // What no paper has a line for, or what has to be known first.
    match group {
        Group::Form => all.extend([Field::Form, Field::Category, Field::Provisional].map(must)),
        Group::Person => all.push(must(Field::Insurer)),
        Group::Entrusted if has(Field::EntrustedNumber) => all.push(must(Field::Entrusted)),
        _ => {}
    }
    let printed = of.iter().flat_map(|of| of.form.blocks).flat_map(|block| block.fields);
    for one in printed.filter(|one| group_of(one.field) == group && group != Group::Form) {
        let due = match one.need {
            Need::Must => Some(true),
            Need::May => may(one.field, answers),
            Need::OnChange => is_change(answers).then_some(true),
            Need::IfEntrusted => answers.yes(Field::Entrusted).then_some(true),
            Need::IfSameMonth => answers.yes(Field::SameMonth).then_some(true),
        };
        let shape = one.field.shape();
        all.extend(due.map(|must| Asked { field: one.field, label: one.label, shape, must }));
    }
    if group == Group::Filer {
        all.extend(filer(answers, context));
    }
    all
}

/// Of fields that may stay empty: whether it must be answered after all; `None` when it is not asked.
fn may(field: Field, answers: &Answers) -> Option<bool> {
    match field {
        // 「その他」 alone says nothing.
        Field::ReasonText => (Reason::from_code(answers.get(Field::Reason)) == Reason::Other).then_some(true),
        Field::EntrustedPostal | Field::EntrustedStaff => answers.yes(Field::Entrusted).then_some(false),
        _ => Some(false),
    }
}

fn filer(answers: &Answers, context: &Context<'_>) -> Vec<Asked> {
    let mut all = Vec::new();
    if context.account.is_none() {
        all.push(must(Field::FiledOn));
    }
    all.extend([must(Field::FilerRelation), must(Field::FilerName)]);
    all.push(Asked { must: false, ..must(Field::FilerPhone) });
    // Whoever enters a paper notes what was shown, if anything was.
    all.push(Asked { must: context.account.is_some(), ..must(Field::IdentityWay) });
    match answers.get(Field::IdentityWay) {
        "card" => all.push(must(Field::IdentityTransaction)),
        "papers" => all.extend([must(Field::IdentityPapers), must(Field::IdentityAt)]),
        _ => {}
    }
    all
}

fn must(field: Field) -> Asked {
    Asked { field, label: field.name(), shape: field.shape(), must: true }
}

fn is_change(answers: &Answers) -> bool {
    Category::from_code(answers.get(Field::Category)) == Category::Change
}
