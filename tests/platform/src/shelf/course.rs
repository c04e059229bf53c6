//! The certifications of a person as far as papers were written for them.

use crate::cases::keep;
use crate::secret::InstallationKey;
use crate::seed::Random;
use crate::store::{Connection, Json, StoreError};
use kakehashi_domain::calendar::Date;
use kakehashi_domain::certification::{self, Case, CaseId, Outcome};
use kakehashi_domain::qualification::CareLevel;
use kakehashi_domain::upstream::ApplicationKind;
use std::cmp::Reverse;

/// The applications of a person, latest first: more than two papers of a kind are never shown.
pub(crate) const OF_PERSON: &str = "SELECT applied_on, kind, decided_on FROM application
     WHERE person = ?1 ORDER BY applied_on DESC LIMIT 4";

/// An application with the days of its two papers, as far as they were.
#[derive(Debug)]
pub(super) struct Course {
    pub(super) case: CaseId,
    applied_on: Date,
    pub(super) first: bool,
    /// What it led to.
    pub(super) level: Option<CareLevel>,
    pub(super) survey: Option<Date>,
    pub(super) opinion: Option<Date>,
    /// 一次判定年月日.
    pub(super) first_on: Option<Date>,
    /// 審査会の開催年月日.
    pub(super) committee_on: Option<Date>,
    /// The end, as the case says it.
    pub(super) outcome: Option<Outcome>,
    /// The day of the decision, of an application without a case.
    pub(super) decided_on: Option<Date>,
}

/// Whose.
#[derive(Debug, Clone, Copy)]
pub(super) struct Courses<'a> {
    pub(super) db: &'a Connection,
    pub(super) key: &'a InstallationKey,
    pub(super) person: i64,
    /// The person as a stream of numbers.
    pub(super) place: u32,
}

impl Courses<'_> {
    /// The cases and, of the time before there are cases, the applications; latest first.
    pub(super) fn all(self) -> Result<Vec<Course>, StoreError> {
        let cases = keep::of_person(self.db, self.person)?;
        let mut courses: Vec<Course> = cases.into_iter().filter_map(|kept| of_case(kept.case)).collect();
        let mut select = self.db.prepare_cached(OF_PERSON)?;
        let mut rows = select.query([self.person])?;
        while let Some(row) = rows.next()? {
            let day = |text: String| Date::from_iso(&text).map_err(StoreError::other);
            let applied_on = day(row.get(0)?)?;
            if courses.iter().any(|course| course.applied_on == applied_on) {
                continue;
            }
            let decided_on = row.get::<_, Option<String>>(2)?.map(day).transpose()?;
            let Json(kind): Json<ApplicationKind> = row.get(1)?;
            courses.push(self.usual(applied_on, decided_on, kind == ApplicationKind::New));
        }
        courses.sort_by_key(|course| Reverse(course.applied_on));
        // A renewal or a change renews or changes something: the certification before it, a year ago.
        if let Some(oldest) = courses.last().filter(|oldest| !oldest.first) {
            let applied_on = oldest.applied_on.plus_days(-365);
            // Nothing was delivered of its decision.
            let course = self.usual(applied_on, Some(applied_on.plus_days(30)), true);
            courses.push(Course { decided_on: None, ..course });
        }
        Ok(courses)
    }

    fn usual(self, applied_on: Date, decided_on: Option<Date>, first: bool) -> Course {
        let case = CaseId(self.key.name("case", "", self.person, &[&applied_on.to_string()]));
        let (survey, opinion) = usual_days(self.place, applied_on, decided_on);
        Course {
            case,
            applied_on,
            first,
            level: None,
            survey: Some(survey),
            opinion: Some(opinion),
            first_on: None,
            committee_on: None,
            outcome: None,
            decided_on,
        }
    }
}

/// What a case says: the survey on its day, the opinion the day before it came in.
fn of_case(case: Case) -> Option<Course> {
    let application = case.application?;
    let level = match case.outcome {
        Some(Outcome::Certified { level, .. }) => Some(level),
        _ => None,
    };
    Some(Course {
        case: case.id,
        applied_on: application.on,
        first: application.kind == certification::ApplicationKind::New,
        level,
        survey: case.survey_on,
        opinion: case.opinion_on.map(|on| on.plus_days(-1)),
        first_on: case.first_judgement_on,
        committee_on: case.committee_on,
        outcome: case.outcome,
        decided_on: None,
    })
}

/// About when the two papers are written: before the decision, and not before the third day.
fn usual_days(place: u32, applied_on: Date, decided_on: Option<Date>) -> (Date, Date) {
    let mut random = Random::new(0x9A9E, u64::from(place) ^ applied_on.day_number().unsigned_abs());
    let last = decided_on.map_or(21, |on| applied_on.days_until(on) - 4).max(3);
    let mut day = |from, to| applied_on.plus_days(random.between(from, to).min(last));
    (day(7, 12), day(9, 16))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_papers_of_a_course_lie_between_application_and_decision() {
        let applied = Date::from_iso("2026-03-10").unwrap();
        for place in 0..500 {
            for days in [5, 18, 30, 60] {
                let (survey, opinion) = usual_days(place, applied, Some(applied.plus_days(days)));
                for on in [survey, opinion] {
                    assert!(applied < on && on < applied.plus_days(days), "{on}");
                }
            }
        }
    }
}
