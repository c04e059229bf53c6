//! What is known already, with where it came from.

use super::finish::answers_of;
use crate::calendar::Date;
use crate::filing::choose::{Fit, category, choose, form_of, kinds_of, level_on};
use crate::filing::compare::Paper;
use crate::filing::{Answers, Category, Field, FilerRelation, Filing, FormKind, Origin, Reason, file};
use crate::number::OfficeNumber;
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
    office(&mut all, known);
    if let Paper::Held(certificate) = known.paper {
        form(&mut all, known, certificate);
    }
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

/// The office itself is the plan office, unless a centre entrusts it.
fn office(all: &mut Answers, known: &Known<'_>) {
    all.fill(Field::OfficeNumber, known.office.number.as_str(), Origin::Account);
    all.fill(Field::OfficeName, &known.office.name, Origin::Account);
    let of_staff =
        if known.office.job.is_some_and(|job| job != Job::OfficeClerk) { &known.office.staff } else { "" };
    all.fill(Field::OfficeStaff, of_staff, Origin::Account);
    if let Some(before) = known.before.filter(|before| before.office.number == known.office.number) {
        let before = answers_of(before);
        for field in [Field::OfficePostal, Field::OfficeAddress, Field::OfficePhone] {
            all.fill(field, before.get(field), Origin::Before);
        }
        all.fill(Field::FilerPhone, before.get(Field::OfficePhone), Origin::Before);
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
