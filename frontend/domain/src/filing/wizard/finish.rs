//! Answers to a filing, and back.

use super::check::{check_all, papers};
use super::{Asked, Context, Group, Trouble, Why, asked, defined, filed_on, groups};
use crate::calendar::{Date, Time, parse_date};
use crate::filing::compare::Facts;
use crate::filing::{
    Answers, Category, Field, FiledOffice, FiledPerson, Filer, FilerRelation, Filing, FormKind, Identity,
    Origin, Reason, SameMonth, typed,
};
use crate::number::{InsuredNumber, InsurerNumber, OfficeNumber};
use crate::upstream::Sex;

/// The filing that comes of the answers.
///
/// # Errors
/// All that is wrong and all warnings nobody confirmed, page by page.
pub fn finish(answers: &Answers, context: &Context<'_>) -> Result<Filing, Vec<Trouble>> {
    let troubles = check_all(answers, context);
    if !troubles.is_empty() {
        return Err(troubles);
    }
    // Nothing that was asked is missing, so this is one.
    build(answers, context).ok_or_else(|| vec![Trouble { field: Field::Form, why: Why::Missing }])
}

/// Whether a filing that came is one its form can make: no field missing or wrong, none the form does not ask,
/// nothing like a 個人番号. What could be confirmed is not asked; 本人確認 is judged apart.
///
/// # Errors
/// What is wrong with it.
pub fn sound(filing: &Filing, today: Date) -> Result<(), Vec<Trouble>> {
    let mut answers = answers_of(filing);
    let context = Context::desk(today);
    let mut troubles = check_all(&answers, &context);
    for one in troubles.extract_if(.., |one| one.why.may_be_confirmed()) {
        answers.confirm(&one.key());
    }
    if !troubles.is_empty() {
        return Err(troubles);
    }
    // Another text than its own form would make of it: most likely a field that is not asked.
    let other = vec![Trouble { field: Field::Form, why: Why::NoChoice }];
    if finish(&answers, &context)? == *filing { Ok(()) } else { Err(other) }
}

/// 本人確認 as it was answered.
///
/// # Errors
/// What is wrong with it.
pub fn identity_of(answers: &Answers, context: &Context<'_>) -> Result<Identity, Vec<Trouble>> {
    let mut troubles = super::check(Group::Filer, answers, context);
    troubles.retain(|one| {
        matches!(
            one.field,
            Field::IdentityWay | Field::IdentityPapers | Field::IdentityTransaction | Field::IdentityAt
        )
    });
    if !troubles.is_empty() {
        return Err(troubles);
    }
    let missing = vec![Trouble { field: Field::IdentityWay, why: Why::Missing }];
    match answers.get(Field::IdentityWay) {
        "card" => Ok(Identity::Card { transaction: answers.get(Field::IdentityTransaction).to_owned() }),
        "papers" => Ok(Identity::Papers {
            seen: papers(answers.get(Field::IdentityPapers)),
            at: Time(answers.get(Field::IdentityAt).parse().map_err(|_| missing)?),
        }),
        _ => Err(missing),
    }
}

/// Answers, of which only what is asked counts: what was typed before another answer made it needless stays in
/// the draft and out of the filing.
struct Reader<'a> {
    answers: &'a Answers,
    asked: Vec<Asked>,
}

impl Reader<'_> {
    fn get(&self, field: Field) -> &str {
        if self.asked.iter().any(|one| one.field == field) { self.answers.get(field) } else { "" }
    }

    fn text(&self, field: Field) -> String {
        self.get(field).to_owned()
    }

    fn some(&self, field: Field) -> Option<String> {
        Some(self.text(field)).filter(|text| !text.is_empty())
    }

    fn day(&self, field: Field) -> Option<Date> {
        parse_date(self.get(field)).ok()
    }

    fn office(&self, fields: [Field; 6]) -> Option<FiledOffice> {
        let [number, name, postal, address, phone, staff] = fields;
        Some(FiledOffice {
            number: OfficeNumber::parse(self.get(number)).ok()?,
            name: self.text(name),
            postal: typed::postal(self.get(postal)),
            address: self.text(address),
            phone: typed::phone(self.get(phone))?,
            staff: self.some(staff),
        })
    }
}

pub(super) const OFFICE: [Field; 6] = [
    Field::OfficeNumber,
    Field::OfficeName,
    Field::OfficePostal,
    Field::OfficeAddress,
    Field::OfficePhone,
    Field::OfficeStaff,
];
pub(super) const ENTRUSTED: [Field; 6] = [
    Field::EntrustedNumber,
    Field::EntrustedName,
    Field::EntrustedPostal,
    Field::EntrustedAddress,
    Field::EntrustedPhone,
    Field::EntrustedStaff,
];

fn reader<'a>(answers: &'a Answers, context: &Context<'_>) -> Reader<'a> {
    let pages = groups(answers, context);
    Reader { answers, asked: pages.iter().flat_map(|group| asked(*group, answers, context)).collect() }
}

fn build(answers: &Answers, context: &Context<'_>) -> Option<Filing> {
    let of = defined(answers, context)?;
    let read = reader(answers, context);
    let entrusted = answers.yes(Field::Entrusted) && of.form.has(Field::EntrustedNumber);
    let same_month = of.form.has(Field::SameMonth).then(|| SameMonth {
        used: answers.yes(Field::SameMonth),
        services: read.text(Field::SameMonthServices),
    });
    Some(Filing {
        form: of.form.form,
        definition: of.version.id.to_owned(),
        category: Category::from_code(read.get(Field::Category)),
        insured: FiledPerson {
            insurer: InsurerNumber::parse(read.get(Field::Insurer)).ok()?,
            number: InsuredNumber::parse(read.get(Field::Number)).ok()?,
            name: read.text(Field::Name),
            kana: read.text(Field::Kana),
            birth_date: read.day(Field::BirthDate)?,
            sex: read.some(Field::Sex).map(|code| Sex::from_code(&code)),
            postal: typed::postal(read.get(Field::Postal)),
            address: read.text(Field::Address),
            phone: typed::phone(read.get(Field::Phone)),
        },
        office: read.office(OFFICE)?,
        entrusted: if entrusted { Some(read.office(ENTRUSTED)?) } else { None },
        reason: read.some(Field::Reason).map(|code| Reason::from_code(&code)),
        reason_text: read.some(Field::ReasonText),
        start_on: read.day(Field::StartOn)?,
        change_on: read.day(Field::ChangeOn),
        provisional: answers.yes(Field::Provisional),
        same_month,
        filed_on: filed_on(answers, context),
        filer: Filer {
            name: read.text(Field::FilerName),
            relation: FilerRelation::from_code(read.get(Field::FilerRelation)),
            phone: typed::phone(read.get(Field::FilerPhone)),
        },
    })
}

/// What is answered so far, as far as it can be compared with the register.
pub(super) fn facts(answers: &Answers, context: &Context<'_>) -> Facts {
    let read = reader(answers, context);
    let form = FormKind::from_code(read.get(Field::Form));
    let category = Category::from_code(read.get(Field::Category));
    let reason = Reason::from_code(read.get(Field::Reason));
    Facts {
        form: form.unknown().is_none().then_some(form),
        category: category.unknown().is_none().then_some(category),
        office: OfficeNumber::parse(read.get(Field::OfficeNumber)).ok(),
        entrusted: OfficeNumber::parse(read.get(Field::EntrustedNumber)).ok(),
        reason: reason.unknown().is_none().then_some(reason),
        start_on: read.day(Field::StartOn),
        change_on: read.day(Field::ChangeOn),
        provisional: answers.yes(Field::Provisional),
        filed_on: filed_on(answers, context),
    }
}

/// The answers a filing is made of, for 補正 and 差替え: who files and how the person is identified is asked
/// anew.
pub fn answers_of(filing: &Filing) -> Answers {
    let mut all = Answers::default();
    let mut put = |field: Field, text: &str| all.put(field, text, Origin::Before);
    let yes = |yes: bool| if yes { "1" } else { "0" };
    put(Field::Form, filing.form.code());
    put(Field::Category, filing.category.code());
    put(Field::Provisional, yes(filing.provisional));
    let person = &filing.insured;
    put(Field::Insurer, person.insurer.as_str());
    put(Field::Number, person.number.as_str());
    put(Field::Name, &person.name);
    put(Field::Kana, &person.kana);
    put(Field::BirthDate, &person.birth_date.wareki());
    put(Field::Sex, person.sex.as_ref().map_or("", Sex::code));
    put(Field::Postal, person.postal.as_deref().unwrap_or_default());
    put(Field::Address, &person.address);
    put(Field::Phone, person.phone.as_deref().unwrap_or_default());
    put_office(&mut put, OFFICE, &filing.office);
    if filing.form == FormKind::Preventive {
        put(Field::Entrusted, yes(filing.entrusted.is_some()));
    }
    if let Some(office) = &filing.entrusted {
        put_office(&mut put, ENTRUSTED, office);
    }
    put(Field::Reason, filing.reason.as_ref().map_or("", Reason::code));
    put(Field::ReasonText, filing.reason_text.as_deref().unwrap_or_default());
    put(Field::StartOn, &filing.start_on.wareki());
    put(Field::ChangeOn, &filing.change_on.map(Date::wareki).unwrap_or_default());
    if let Some(same) = &filing.same_month {
        put(Field::SameMonth, yes(same.used));
        put(Field::SameMonthServices, &same.services);
    }
    put(Field::FiledOn, &filing.filed_on.wareki());
    put(Field::FilerName, &filing.filer.name);
    put(Field::FilerRelation, filing.filer.relation.code());
    put(Field::FilerPhone, filing.filer.phone.as_deref().unwrap_or_default());
    all
}

fn put_office(put: &mut impl FnMut(Field, &str), fields: [Field; 6], office: &FiledOffice) {
    let [number, name, postal, address, phone, staff] = fields;
    put(number, office.number.as_str());
    put(name, &office.name);
    put(postal, office.postal.as_deref().unwrap_or_default());
    put(address, &office.address);
    put(phone, &office.phone);
    put(staff, office.staff.as_deref().unwrap_or_default());
}
