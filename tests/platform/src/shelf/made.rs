//! One paper: its content and its original, made anew each time.

use crate::document::{self, Original, Subject};
use crate::seed::{self, Random};
use kakehashi_domain::access::{Age, Paper};
use kakehashi_domain::calendar::Date;
use kakehashi_domain::certification::CaseId;
use kakehashi_domain::document::{Judgement, Opinion, Survey};
use kakehashi_domain::qualification::CareLevel;
use kakehashi_domain::upstream::{DocumentId, DocumentKind, Person};

/// One paper.
#[derive(Debug, Clone)]
pub(crate) struct Made {
    pub(super) id: DocumentId,
    pub(super) kind: DocumentKind,
    pub(super) age: Age,
    pub(super) case: CaseId,
    pub(super) on: Date,
    /// Number in the register of whom it is about.
    pub(super) place: u32,
    pub(super) level: CareLevel,
    pub(super) first: bool,
    /// What it says, of a paper that is a judgement.
    pub(super) judgement: Option<Judgement>,
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
        if let Some(judgement) = &self.judgement {
            return document::judgement_pdf(judgement, person, self.original());
        }
        match self.kind {
            DocumentKind::Opinion => document::opinion_pdf(&self.opinion(person), self.original()),
            _ => document::survey_pdf(&self.survey(person), self.original()),
        }
    }

    pub(super) fn pages(&self, person: &Person) -> usize {
        if let Some(judgement) = &self.judgement {
            return document::judgement_pages(judgement, person, self.original());
        }
        match self.kind {
            DocumentKind::Opinion => document::opinion_pages(&self.opinion(person), self.original()),
            _ => document::survey_pages(&self.survey(person), self.original()),
        }
    }

    fn original(&self) -> Original {
        if self.age == Age::Latest { seed::original(self.place) } else { Original::Usual }
    }
}
