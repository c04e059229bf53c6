//! Which papers of a person there are.

use super::course::{Course, Courses};
use super::made::Made;
use crate::access::level;
use crate::person::history::ORIGIN;
use crate::secret::InstallationKey;
use crate::store::{Connection, OptionalExtension, StoreError};
use kakehashi_domain::access::{Age, Information};
use kakehashi_domain::calendar::{Date, Time};
use kakehashi_domain::document::Judgement;
use kakehashi_domain::number::OfficeNumber;
use kakehashi_domain::qualification::CareLevel;
use kakehashi_domain::upstream::{AuditKind, DocumentHead, DocumentId, DocumentKind, Person};

/// A person's shelf: whose it is, for which office.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shelf<'a> {
    pub(super) db: &'a Connection,
    pub(super) key: &'a InstallationKey,
    pub(super) office: &'a OfficeNumber,
    pub(super) person: i64,
    pub(super) today: Date,
}

impl Shelf<'_> {
    /// Latest and previous of a kind.
    pub(super) fn papers(&self, kind: DocumentKind) -> Result<Vec<Made>, StoreError> {
        let place = u32::try_from(self.person).map_err(StoreError::other)?;
        let level = level(self.db, self.person)?.unwrap_or(CareLevel::Care1);
        let courses = Courses { db: self.db, key: self.key, person: self.person, place };
        let all = courses.all()?;
        let dated: Vec<(&Course, Date, Option<Judgement>)> = match kind {
            DocumentKind::Judgement => {
                courses.judged(&all)?.into_iter().map(|(course, one)| (course, one.on(), Some(one))).collect()
            }
            DocumentKind::Opinion => {
                all.iter().filter_map(|course| Some((course, course.opinion?, None))).collect()
            }
            _ => all.iter().filter_map(|course| Some((course, course.survey?, None))).collect(),
        };
        let ages = [Age::Latest, Age::Previous];
        let written = dated.into_iter().filter(|(_, on, _)| *on <= self.today);
        written
            .zip(ages)
            .map(|((course, on, judgement), age)| {
                let id = self.id(kind, on, judgement.as_ref())?;
                let level = course.level.unwrap_or(if age == Age::Latest { level } else { lighter(level) });
                let (case, first) = (course.case.clone(), course.first);
                Ok(Made { id, kind, age, case, on, place, level, first, judgement })
            })
            .collect()
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

    /// Random to whoever has not the installation's key, another for each office, and its first letter says
    /// its kind: so whether a kind is open is decided before a paper is looked for.
    /// A judgement that was corrected is another paper than the one before it.
    fn id(
        &self,
        kind: DocumentKind,
        on: Date,
        judgement: Option<&Judgement>,
    ) -> Result<DocumentId, StoreError> {
        let said = judgement.map(serde_json::to_string).transpose().map_err(StoreError::other)?;
        let parts = [kind.code(), &on.to_string(), said.as_deref().unwrap_or_default()];
        let many = if said.is_some() { parts.len() } else { 2 };
        let name = self.key.name("document", self.office.as_str(), self.person, &parts[..many]);
        Ok(DocumentId(format!("{}{name}", letter(kind))))
    }
}

fn letter(kind: DocumentKind) -> char {
    match kind {
        DocumentKind::Opinion => 'o',
        DocumentKind::Judgement => 'j',
        _ => 's',
    }
}

/// The kind a name is of; whatever it is, it is one of them.
pub(super) fn kind_of(id: &DocumentId) -> DocumentKind {
    let of = |kind: &&DocumentKind| id.0.starts_with(letter(**kind));
    DocumentKind::ALL.iter().find(of).copied().unwrap_or(DocumentKind::Survey)
}

/// Which information a kind of paper is.
pub(super) fn information(kind: DocumentKind) -> Information {
    match kind {
        DocumentKind::Opinion => Information::Opinion,
        DocumentKind::Judgement => Information::Judgement,
        _ => Information::Survey,
    }
}

/// What the line of the record is called.
pub(super) fn looked_at(kind: DocumentKind) -> AuditKind {
    match kind {
        DocumentKind::Opinion => AuditKind::Opinion,
        DocumentKind::Judgement => AuditKind::Judgement,
        _ => AuditKind::Survey,
    }
}

/// One level less; what has none keeps it.
fn lighter(level: CareLevel) -> CareLevel {
    let before = CareLevel::ALL.iter().rev().find(|one| **one < level && **one >= CareLevel::Support1);
    before.copied().unwrap_or(level)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_its_kind_and_any_name_has_one() {
        for (name, kind) in [
            ("oAAA", DocumentKind::Opinion),
            ("sAAA", DocumentKind::Survey),
            ("jAAA", DocumentKind::Judgement),
            ("xAAA", DocumentKind::Survey),
            ("", DocumentKind::Survey),
        ] {
            assert_eq!(kind_of(&DocumentId(name.into())), kind);
        }
        assert_eq!(
            [CareLevel::Care3, CareLevel::Care1, CareLevel::Support1].map(lighter),
            [CareLevel::Care2, CareLevel::Support2, CareLevel::Support1]
        );
    }
}
