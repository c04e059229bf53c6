//! Which papers of a person there are.

use crate::access::level;
use crate::document::{self, Original, Subject};
use crate::person::history::ORIGIN;
use crate::secret::InstallationKey;
use crate::seed::{self, Random};
use crate::store::{Json, StoreError};
use kakehashi_domain::access::{Age, Information, Paper};
use kakehashi_domain::calendar::{Date, Time};
use kakehashi_domain::certification::CaseId;
use kakehashi_domain::document::{Opinion, Survey};
use kakehashi_domain::number::OfficeNumber;
use kakehashi_domain::qualification::CareLevel;
use kakehashi_domain::upstream::{ApplicationKind, DocumentHead, DocumentId, DocumentKind, Person};
use rusqlite::{Connection, OptionalExtension};

/// Applications looked at: more than two papers of a kind are never shown.
const APPLICATIONS: usize = 4;

/// The applications of a person, latest first.
pub(crate) const OF_PERSON: &str = "SELECT applied_on, kind, decided_on FROM application
     WHERE person = ?1 ORDER BY applied_on DESC LIMIT 4";

/// One paper.
#[derive(Debug, Clone)]
pub(crate) struct Made {
    pub(super) id: DocumentId,
    pub(super) kind: DocumentKind,
    pub(super) age: Age,
    pub(super) case: CaseId,
    pub(super) on: Date,
    /// Number in the register of whom it is about.
    place: u32,
    level: CareLevel,
    first: bool,
}

/// A person's shelf: whose it is, for which office.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shelf<'a> {
    pub(super) db: &'a Connection,
    pub(super) key: &'a InstallationKey,
    pub(super) office: &'a OfficeNumber,
    pub(super) person: i64,
    pub(super) today: Date,
}

/// An application with the days of its two papers, as far as they were.
struct Course {
    applied_on: Date,
    first: bool,
    survey: Option<Date>,
    opinion: Option<Date>,
}

impl Shelf<'_> {
    /// Latest and previous of a kind.
    pub(super) fn papers(&self, kind: DocumentKind) -> Result<Vec<Made>, StoreError> {
        let place = u32::try_from(self.person).map_err(StoreError::other)?;
        let level = level(self.db, self.person)?.unwrap_or(CareLevel::Care1);
        let courses = self.courses(place)?;
        let dated = courses.iter().filter_map(|course| {
            let on = if kind == DocumentKind::Survey { course.survey } else { course.opinion };
            Some((course, on.filter(|on| *on <= self.today)?))
        });
        let ages = [Age::Latest, Age::Previous];
        Ok(dated
            .zip(ages)
            .map(|((course, on), age)| Made {
                id: self.id(kind, on),
                kind,
                age,
                case: self.case(course.applied_on),
                on,
                place,
                level: if age == Age::Latest { level } else { lighter(level) },
                first: course.first,
            })
            .collect())
    }

    /// A paper's front: without content.
    pub(super) fn head(&self, made: &Made, person: &Person) -> Result<DocumentHead, StoreError> {
        let origin = self
            .db
            .prepare_cached(ORIGIN)?
            .query_row([self.person], |row| Ok((Time(row.get(0)?), row.get::<_, String>(1)?)));
        let evening = Time(made.on.day_number() * 86_400 + 8 * 3_600);
        let unsaid = || (evening, format!("{}(保険者)", person.insurer_name));
        let (as_of, source) = origin.optional()?.unwrap_or_else(unsaid);
        Ok(DocumentHead {
            id: made.id.clone(),
            kind: made.kind,
            age: made.age,
            case: made.case.clone(),
            on: made.on,
            as_of,
            source,
            pdf_pages: u32::try_from(made.pages(person)).ok(),
            closed: None,
        })
    }

    fn courses(&self, place: u32) -> Result<Vec<Course>, StoreError> {
        let mut select = self.db.prepare_cached(OF_PERSON)?;
        let mut rows = select.query([self.person])?;
        let mut courses = Vec::with_capacity(APPLICATIONS);
        let mut began = ApplicationKind::New;
        while let Some(row) = rows.next()? {
            let day = |text: String| Date::from_iso(&text).map_err(StoreError::other);
            let applied_on = day(row.get(0)?)?;
            let decided_on = row.get::<_, Option<String>>(2)?.map(day).transpose()?;
            Json(began) = row.get(1)?;
            courses.push(course(place, applied_on, decided_on, began == ApplicationKind::New));
        }
        // A renewal or a change renews or changes something: the certification before it, a year ago.
        if let Some(oldest) = courses.last().filter(|_| began != ApplicationKind::New) {
            let applied_on = oldest.applied_on.plus_days(-365);
            courses.push(course(place, applied_on, Some(applied_on.plus_days(30)), true));
        }
        Ok(courses)
    }

    /// Random to whoever has not the installation's key, another for each office, and its first letter says
    /// its kind: so whether a kind is open is decided before a paper is looked for.
    fn id(&self, kind: DocumentKind, on: Date) -> DocumentId {
        let name =
            self.key.name("document", self.office.as_str(), self.person, &[kind.code(), &on.to_string()]);
        DocumentId(format!("{}{name}", letter(kind)))
    }

    fn case(&self, applied_on: Date) -> CaseId {
        CaseId(self.key.name("case", "", self.person, &[&applied_on.to_string()]))
    }
}

fn letter(kind: DocumentKind) -> char {
    if kind == DocumentKind::Opinion { 'o' } else { 's' }
}

/// The kind a name is of; whatever it is, it is one of them.
pub(super) fn kind_of(id: &DocumentId) -> DocumentKind {
    if id.0.starts_with(letter(DocumentKind::Opinion)) { DocumentKind::Opinion } else { DocumentKind::Survey }
}

/// Which information a kind of paper is.
pub(super) fn information(kind: DocumentKind) -> Information {
    if kind == DocumentKind::Opinion { Information::Opinion } else { Information::Survey }
}

/// About when the two papers are written: before the decision, and not before the third day.
fn course(place: u32, applied_on: Date, decided_on: Option<Date>, first: bool) -> Course {
    let mut random = Random::new(0x9A9E, u64::from(place) ^ applied_on.day_number().unsigned_abs());
    let last = decided_on.map_or(21, |on| applied_on.days_until(on) - 4).max(3);
    let on = |day: i64| Some(applied_on.plus_days(day.min(last)));
    Course { applied_on, first, survey: on(random.between(7, 12)), opinion: on(random.between(9, 16)) }
}

/// One level less; what has none keeps it.
fn lighter(level: CareLevel) -> CareLevel {
    let before = CareLevel::ALL.iter().rev().find(|one| **one < level && **one >= CareLevel::Support1);
    before.copied().unwrap_or(level)
}

impl Made {
    /// As access is decided by.
    pub(super) fn paper(&self) -> Paper {
        let doctor = (self.kind == DocumentKind::Opinion).then(|| self.doctor_agrees());
        Paper { age: self.age, doctor }
    }

    /// 主治医の同意欄.
    fn doctor_agrees(&self) -> bool {
        let day = self.on.day_number().unsigned_abs();
        seed::doctor_agrees(self.place)
            .unwrap_or_else(|| !Random::new(day, u64::from(self.place)).percent(10))
    }

    fn subject<'a>(&self, person: &'a Person) -> Subject<'a> {
        Subject { person, place: self.place, level: self.level, on: self.on, first: self.first }
    }

    pub(super) fn survey(&self, person: &Person) -> Survey {
        document::survey(&self.subject(person))
    }

    pub(super) fn opinion(&self, person: &Person) -> Opinion {
        document::opinion(&self.subject(person), self.doctor_agrees())
    }

    /// The original; only the latest has anything the matter.
    pub(super) fn pdf(&self, person: &Person) -> Vec<u8> {
        match self.kind {
            DocumentKind::Opinion => document::opinion_pdf(&self.opinion(person), self.original()),
            _ => document::survey_pdf(&self.survey(person), self.original()),
        }
    }

    fn pages(&self, person: &Person) -> usize {
        match self.kind {
            DocumentKind::Opinion => document::opinion_pages(&self.opinion(person), self.original()),
            _ => document::survey_pages(&self.survey(person), self.original()),
        }
    }

    fn original(&self) -> Original {
        if self.age == Age::Latest { seed::original(self.place) } else { Original::Usual }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_papers_of_a_course_lie_between_application_and_decision() {
        let applied = Date::from_iso("2026-03-10").unwrap();
        for place in 0..500 {
            for days in [5, 18, 30, 60] {
                let course = course(place, applied, Some(applied.plus_days(days)), true);
                for on in [course.survey, course.opinion].into_iter().flatten() {
                    assert!(applied < on && on < applied.plus_days(days), "{on}");
                }
            }
        }
    }

    #[test]
    fn a_name_says_its_kind_and_any_name_has_one() {
        for (name, kind) in
            [("oAAA", DocumentKind::Opinion), ("sAAA", DocumentKind::Survey), ("", DocumentKind::Survey)]
        {
            assert_eq!(kind_of(&DocumentId(name.into())), kind);
        }
        assert_eq!(
            [CareLevel::Care3, CareLevel::Care1, CareLevel::Support1].map(lighter),
            [CareLevel::Care2, CareLevel::Support2, CareLevel::Support1]
        );
    }
}
