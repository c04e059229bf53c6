//! What is known already, with where it came from.

use super::finish::{ENTRUSTED, OFFICE, answers_of};
use crate::calendar::Date;
use crate::filing::choose::{Fit, category, choose, form_of, kinds_of, level_on};
use crate::filing::compare::Paper;
use crate::filing::{Answers, Category, Field, FilerRelation, Filing, FormKind, Origin, Reason, file};
use crate::number::{OfficeKind, OfficeNumber};
use crate::qualification::InsuranceCertificate;
use crate::upstream::{Job, Person, Sex};

/// The four attributes of the card — 基本4情報: read only with the person's agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardAttributes {
    /// 氏名.
    pub name: String,
    /// 住所.
    pub address: String,
    /// 生年月日, where the card has a day.
    pub birth_date: Option<Date>,
    /// 性別, where the card says it.
    pub sex: Option<Sex>,
}

/// The office that files, as its account says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnOffice {
    /// 事業所番号.
    pub number: OfficeNumber,
    /// 事業所名.
    pub name: String,
    /// Name of the staff member.
    pub staff: String,
    /// 職種.
    pub job: Option<Job>,
}

/// All there is to begin with.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Whose filing.
    pub person: &'a Person,
    /// 被保険者証.
    pub paper: Paper<'a>,
    /// The card's attributes, once the person has agreed and they were read.
    pub card: Option<&'a CardAttributes>,
    /// The last filing from this office, of whomever: it knows the office's address.
    pub before: Option<&'a Filing>,
    /// This office.
    pub office: &'a OwnOffice,
    /// Today.
    pub today: Date,
}

/// The answers a new filing begins with.
pub fn prefill(known: &Known<'_>) -> Answers {
    let mut all = Answers::default();
    person(&mut all, known);
    if let Paper::Held(certificate) = known.paper {
        form(&mut all, known, certificate);
        centre(&mut all, known, certificate);
    }
    office(&mut all, known, OFFICE);
    let relation = file::usual_relation(known.office.job);
    all.fill(Field::FilerName, &known.office.staff, Origin::Account);
    all.fill(Field::FilerRelation, relation.code(), Origin::Account);
    all
}

fn person(all: &mut Answers, known: &Known<'_>) {
    let person = known.person;
    // The register's own spelling first: the clerk compares with it. The card fills what that leaves open.
    let register = [
        (Field::Insurer, person.insurer.as_str()),
        (Field::Number, person.insured.as_str()),
        (Field::Name, person.name.as_str()),
        (Field::Kana, person.kana.as_str()),
        (Field::Address, person.address.as_str()),
        (Field::Sex, if person.sex.unknown().is_none() { person.sex.code() } else { "" }),
    ];
    for (field, text) in register {
        all.fill(field, text, Origin::Certificate);
    }
    if let Some(day) = person.birth_date.day() {
        all.fill(Field::BirthDate, &day.wareki(), Origin::Certificate);
    }
    if let Some(card) = known.card {
        all.fill(Field::Name, &card.name, Origin::Card);
        all.fill(Field::Address, &card.address, Origin::Card);
        all.fill(Field::BirthDate, &card.birth_date.map(Date::wareki).unwrap_or_default(), Origin::Card);
        all.fill(Field::Sex, card.sex.as_ref().map_or("", Sex::code), Origin::Card);
    }
    if let Some(before) = known.before.filter(|before| before.insured.number == person.insured) {
        let before = answers_of(before);
        for field in [Field::Postal, Field::Phone] {
            all.fill(field, before.get(field), Origin::Before);
        }
    }
}

/// 要支援 with a 地域包括支援センター on the 被保険者証, and this office is none: then the centre stays the plan
/// office and this one is entrusted. An office that is designated for 介護予防支援 itself changes that.
fn centre(all: &mut Answers, known: &Known<'_>, paper: &InsuranceCertificate) {
    let standing = paper.plan_office();
    let number = standing.and_then(|one| one.number.as_ref());
    let is_centre = |number: &OfficeNumber| number.kind() == OfficeKind::SupportCentre;
    let preventive = FormKind::from_code(all.get(Field::Form)) == FormKind::Preventive;
    let Some((standing, number)) = standing.zip(number).filter(|(_, number)| is_centre(number)) else {
        return;
    };
    if !preventive || is_centre(&known.office.number) {
        return;
    }
    all.fill(Field::OfficeNumber, number.as_str(), Origin::Certificate);
    all.fill(Field::OfficeName, &standing.name, Origin::Certificate);
    all.fill(Field::Entrusted, "1", Origin::Rule);
    if let Some(before) = known.before.filter(|before| before.office.number == *number) {
        let before = answers_of(before);
        for field in [Field::OfficePostal, Field::OfficeAddress, Field::OfficePhone, Field::OfficeStaff] {
            all.fill(field, before.get(field), Origin::Before);
        }
    }
    office(all, known, ENTRUSTED);
}

/// This office in the fields of the plan office, or of the one it is entrusted to.
fn office(all: &mut Answers, known: &Known<'_>, fields: [Field; 6]) {
    let own = known.office;
    let [number, name, postal, address, phone, staff] = fields;
    all.fill(number, own.number.as_str(), Origin::Account);
    if all.get(number) != own.number.as_str() {
        return;
    }
    all.fill(name, &own.name, Origin::Account);
    if own.job.is_some_and(|job| job != Job::OfficeClerk) {
        all.fill(staff, &own.staff, Origin::Account);
    }
    let Some(before) = known.before else { return };
    let offices = [Some(&before.office), before.entrusted.as_ref()];
    if let Some(before) = offices.into_iter().flatten().find(|one| one.number == own.number) {
        all.fill(postal, before.postal.as_deref().unwrap_or_default(), Origin::Before);
        all.fill(address, &before.address, Origin::Before);
        all.fill(phone, &before.phone, Origin::Before);
        all.fill(Field::FilerPhone, &before.phone, Origin::Before);
    }
}

/// Form, 区分, 暫定 and 事由, as far as they follow from level and offices.
fn form(all: &mut Answers, known: &Known<'_>, paper: &InsuranceCertificate) {
    let office = &known.office.number;
    let (which, _) = category(&paper.plan_offices, Some(office));
    all.fill(Field::Category, which.code(), Origin::Rule);
    let level = level_on(paper.state, paper.level, paper.validity, known.today);
    let kinds = kinds_of(office);
    // A number may stand for two kinds of office; then each form of them is possible.
    let possible = |form: FormKind| kinds.iter().any(|kind| form_of(*kind) == Some(form));
    let fitting: Vec<(FormKind, Fit)> = choose(None, level)
        .into_iter()
        .filter(|(form, _)| kinds.is_empty() || possible(*form))
        .filter_map(|(form, fit)| Some((form, fit.ok()?)))
        .collect();
    if let [(form, fit)] | [(form, fit @ Fit::Right), (_, Fit::Provisional), ..] = fitting.as_slice() {
        all.fill(Field::Form, form.code(), Origin::Rule);
        all.fill(Field::Provisional, if *fit == Fit::Provisional { "1" } else { "0" }, Origin::Rule);
        if which == Category::New {
            let reason = match form {
                FormKind::HomeCare => Reason::NewOrOffice.code().to_owned(),
                FormKind::Preventive => Reason::AddressAndOffice.code().to_owned(),
                _ => String::new(),
            };
            all.fill(Field::Reason, &reason, Origin::Rule);
        }
    }
}

/// Where card and answer say different things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differs {
    /// Of which field.
    pub field: Field,
    /// What the card says, as it would be answered.
    pub card: String,
}

/// What the card says differently; the person decides which holds. The way of writing does not count.
pub fn differs_from_card(answers: &Answers, card: &CardAttributes) -> Vec<Differs> {
    let said = [
        (Field::Name, card.name.clone()),
        (Field::Address, card.address.clone()),
        (Field::BirthDate, card.birth_date.map(Date::wareki).unwrap_or_default()),
        (Field::Sex, card.sex.map(|sex| sex.code().to_owned()).unwrap_or_default()),
    ];
    let normal = crate::search::normal;
    said.into_iter()
        .filter(|(field, card)| {
            let ours = answers.get(*field);
            !card.is_empty() && !ours.is_empty() && normal(ours) != normal(card)
        })
        .map(|(field, card)| Differs { field, card })
        .collect()
}

/// Another relation is chosen: whose name stands there follows from it, where nobody typed one.
pub fn set_relation(all: &mut Answers, relation: FilerRelation, office: &OwnOffice) {
    all.set(Field::FilerRelation, relation.code());
    if all.answer(Field::FilerName).is_some_and(|one| one.origin == Origin::Typed) {
        return;
    }
    let person = all.get(Field::Name).to_owned();
    match relation {
        FilerRelation::Person => all.put(Field::FilerName, &person, Origin::Rule),
        _ if relation.is_office() => all.put(Field::FilerName, &office.staff, Origin::Account),
        _ => all.put(Field::FilerName, "", Origin::Rule),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::filing::sample::{day, filing, office as number};
    use crate::qualification::sample::qualification;
    use crate::qualification::{CareLevel, CertificationState, PlanOffice};

    fn own(of: &str, job: Job) -> OwnOffice {
        OwnOffice {
            number: number(of), name: "かけはし".into(), staff: "佐藤 健一".into(), job: Some(job)
        }
    }

    fn begin(level: Option<CareLevel>, applied: bool, stands: Option<&str>, office: &OwnOffice) -> Answers {
        let mut all = qualification();
        let certificate = all.certificate.change();
        certificate.level = level;
        certificate.plan_offices = stands
            .map(|one| PlanOffice {
                number: Some(number(one)),
                name: "乙".into(),
                filed_on: day("2025-04-01"),
            })
            .into_iter()
            .collect();
        if applied {
            certificate.state = CertificationState::Applied;
        }
        let certificate = certificate.clone();
        prefill(&Known {
            person: &all.person,
            paper: Paper::Held(&certificate),
            card: None,
            before: Some(&filing()),
            office,
            today: day("2026-11-23"),
        })
    }

    #[test]
    fn what_is_known_stands_there_with_where_it_came_from() {
        let office = own("1070400005", Job::CareManager);
        let all = begin(Some(CareLevel::Care2), false, None, &office);
        for (field, text, origin) in [
            (Field::Name, "山田 花子", Origin::Certificate),
            (Field::BirthDate, "昭和15年3月2日", Origin::Certificate),
            (Field::Phone, "0270-24-5111", Origin::Before),
            (Field::OfficeNumber, "1070400005", Origin::Account),
            (Field::OfficePhone, "0270-00-0000", Origin::Before),
            (Field::OfficeStaff, "佐藤 健一", Origin::Account),
            (Field::Form, "home_care", Origin::Rule),
            (Field::Category, "1", Origin::Rule),
            (Field::Provisional, "0", Origin::Rule),
            (Field::Reason, "new_or_office", Origin::Rule),
            (Field::FilerRelation, "care_manager", Origin::Account),
        ] {
            let answer = all.answer(field).unwrap();
            assert_eq!((answer.text.as_str(), answer.origin), (text, origin), "{field:?}");
        }
        assert_eq!(all.get(Field::StartOn), "", "nobody but the person knows the day");
    }

    #[test]
    fn form_and_category_follow_from_level_and_offices() {
        let form = |all: &Answers| {
            (
                all.get(Field::Form).to_owned(),
                all.get(Field::Category).to_owned(),
                all.yes(Field::Provisional),
            )
        };
        let office = own("1070400005", Job::CareManager);
        let support = begin(Some(CareLevel::Support1), false, Some("1000400000"), &office);
        assert_eq!(form(&support), ("preventive".into(), "2".into(), false));
        assert_eq!(support.get(Field::Reason), "", "why it changes is asked");
        let multi = begin(Some(CareLevel::Support1), false, None, &own("1090400001", Job::CareManager));
        assert_eq!(form(&multi), ("small_multi".into(), "1".into(), false));
        let either = begin(Some(CareLevel::Care1), false, None, &own("1090400001", Job::CareManager));
        assert_eq!(form(&either).0, "", "小規模多機能 or 看護小規模多機能: both are possible");
        let awaited = begin(None, true, None, &office);
        assert_eq!(form(&awaited).0, "", "both may be filed; which is asked");
        let change = begin(Some(CareLevel::Care1), true, None, &office);
        assert_eq!(form(&change), ("home_care".into(), "1".into(), false));
    }

    #[test]
    fn a_centre_that_stands_entrusts_this_office() {
        let office = own("1070400005", Job::CareManager);
        let all = begin(Some(CareLevel::Support1), false, Some("1000400000"), &office);
        for (field, text, origin) in [
            (Field::OfficeNumber, "1000400000", Origin::Certificate),
            (Field::OfficeName, "乙", Origin::Certificate),
            (Field::Entrusted, "1", Origin::Rule),
            (Field::EntrustedNumber, "1070400005", Origin::Account),
            (Field::EntrustedPhone, "0270-00-0000", Origin::Before),
        ] {
            let answer = all.answer(field).unwrap();
            assert_eq!((answer.text.as_str(), answer.origin), (text, origin), "{field:?}");
        }
        assert_eq!(all.get(Field::OfficePhone), "", "the centre's is not known");
        let centre = begin(
            Some(CareLevel::Support1),
            false,
            Some("1000400000"),
            &own("1000400000", Job::PublicHealthNurse),
        );
        assert_eq!((centre.get(Field::OfficeNumber), centre.get(Field::Entrusted)), ("1000400000", ""));
        let none = begin(Some(CareLevel::Support1), false, None, &office);
        assert_eq!((none.get(Field::OfficeNumber), none.get(Field::Entrusted)), ("1070400005", ""));
    }

    #[test]
    fn the_card_fills_what_is_open_and_is_set_beside_the_rest() {
        let all = qualification();
        let mut person = all.person.clone();
        person.address = String::new();
        let office = own("1070400005", Job::CareManager);
        let card = CardAttributes {
            name: "山田　花子".into(),
            address: "群馬県伊勢崎市今泉町2-410".into(),
            birth_date: Some(day("1940-03-03")),
            sex: Some(Sex::Female),
        };
        let known = Known {
            person: &person,
            paper: Paper::Unseen,
            card: Some(&card),
            before: None,
            office: &office,
            today: day("2026-11-23"),
        };
        let answers = prefill(&known);
        assert_eq!(answers.answer(Field::Address).unwrap().origin, Origin::Card);
        let differs = differs_from_card(&answers, &card);
        assert_eq!(differs, [Differs { field: Field::BirthDate, card: "昭和15年3月3日".into() }]);
    }

    #[test]
    fn the_filers_name_follows_the_relation_until_one_is_typed() {
        let office = own("1070400005", Job::CareManager);
        let mut all = begin(Some(CareLevel::Care2), false, None, &office);
        set_relation(&mut all, FilerRelation::Person, &office);
        assert_eq!(all.get(Field::FilerName), "山田 花子");
        set_relation(&mut all, FilerRelation::Family, &office);
        assert_eq!(all.get(Field::FilerName), "");
        all.set(Field::FilerName, "山田 太郎");
        set_relation(&mut all, FilerRelation::Guardian, &office);
        assert_eq!(all.get(Field::FilerName), "山田 太郎");
        set_relation(&mut all, FilerRelation::OfficeStaff, &office);
        assert_eq!(all.get(Field::FilerName), "山田 太郎");
    }
}
