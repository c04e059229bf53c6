//! What the cases and certificates of a person say of each decision.

use super::course::{Course, Courses};
use crate::document::{Decided, judgement};
use crate::person::history::USED;
use crate::seed::certified;
use crate::store::{Kind, StoreError, params};
use kakehashi_domain::calendar::{Date, Time};
use kakehashi_domain::certification::Outcome;
use kakehashi_domain::document::Judgement;
use kakehashi_domain::qualification::{Content, InsuranceCertificate, Sheet};
use kakehashi_domain::raw::Raw;

impl Courses<'_> {
    /// The judgements of courses that were decided, in their order. One of which no level is known is none.
    pub(super) fn judged(self, all: &[Course]) -> Result<Vec<(&Course, Judgement)>, StoreError> {
        let papers = self.certificates()?;
        let paper_of = |on: Date| papers.iter().rev().find(|paper| paper.certified_on == Some(on));
        Ok(all
            .iter()
            .filter_map(|course| {
                let outcome = match (&course.outcome, course.decided_on) {
                    (Some(Outcome::Withdrawn { .. }), _) | (None, None) => return None,
                    (Some(outcome), _) => outcome.clone(),
                    (None, Some(on)) => certified(on, paper_of(on)?)?,
                };
                let opinion = paper_of(outcome.on()).and_then(|paper| paper.committee_opinion.clone());
                let place = self.place;
                let Course { first_on, committee_on, .. } = *course;
                Some((course, judgement(&Decided { place, first_on, committee_on, outcome, opinion })))
            })
            .collect())
    }

    /// The versions of the 被保険者証 that were not taken back, oldest first, as far as they can be read.
    fn certificates(self) -> Result<Vec<InsuranceCertificate>, StoreError> {
        let mut select = self.db.prepare_cached(USED)?;
        let mut rows = select.query(params![self.person, Kind::Certificate.name()])?;
        let mut papers = Vec::new();
        while let Some(row) = rows.next()? {
            let raw: Raw = serde_json::from_str(&row.get::<_, String>(0)?).map_err(StoreError::other)?;
            let sheet = Sheet::<InsuranceCertificate>::of_raw(Time(0), String::new(), &raw);
            if let Content::Present(paper) = sheet.content {
                papers.push(paper);
            }
        }
        Ok(papers)
    }
}
