//! 認定調査票, 主治医意見書 and 判定結果 of invented people: their content, and an original as PDF.
//!
//! Nothing of it is stored: the same person and the same day make the same papers to the last byte. They hang
//! together loosely (a heavier level has heavier answers) and claim nothing of what level an answer leads to.

mod judgement;
mod odd;
mod opinion;
mod pdf;
mod print;
mod survey;
mod words;

pub use judgement::{Decided, judgement};
pub use opinion::opinion;
pub use survey::survey;

use crate::seed::Random;
use kakehashi_domain::calendar::Date;
use kakehashi_domain::document::{Judgement, Opinion, Survey};
use kakehashi_domain::qualification::CareLevel;
use kakehashi_domain::upstream::Person;

/// Whose paper, and of which day.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The person.
    pub person: &'a Person,
    /// Number in the register.
    pub place: u32,
    /// What the certification led to; heavier answers for a heavier one.
    pub level: CareLevel,
    /// 調査日 or 記入日.
    pub on: Date,
    /// Whether it is the first of this person.
    pub first: bool,
}

/// What is the matter with an original.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Original {
    /// As it should be.
    #[default]
    Usual,
    /// Three hundred pages.
    Long,
    /// Cut off in the middle.
    Broken,
    /// With scripts that would write on the page, open a window and send the file.
    Scripted,
}

/// The original of a survey.
pub fn survey_pdf(survey: &Survey, original: Original) -> Vec<u8> {
    made(&print::survey(survey), original)
}

/// The original of an opinion.
pub fn opinion_pdf(opinion: &Opinion, original: Original) -> Vec<u8> {
    made(&print::opinion(opinion), original)
}

/// The original of a judgement on somebody.
pub fn judgement_pdf(judgement: &Judgement, person: &Person, original: Original) -> Vec<u8> {
    made(&print::judgement(judgement, person), original)
}

/// Pages of the original of a survey, as its sender counts them.
pub(crate) fn survey_pages(survey: &Survey, original: Original) -> usize {
    counted(&print::survey(survey), original)
}

/// Pages of the original of an opinion, as its sender counts them.
pub(crate) fn opinion_pages(opinion: &Opinion, original: Original) -> usize {
    counted(&print::opinion(opinion), original)
}

/// Pages of the original of a judgement, as its sender counts them.
pub(crate) fn judgement_pages(judgement: &Judgement, person: &Person, original: Original) -> usize {
    counted(&print::judgement(judgement, person), original)
}

fn counted(rows: &[pdf::Row], original: Original) -> usize {
    match original {
        Original::Usual | Original::Broken => pdf::pages(rows),
        Original::Long => pdf::pages(rows).max(300),
        Original::Scripted => 1,
    }
}

fn made(rows: &[pdf::Row], original: Original) -> Vec<u8> {
    match original {
        Original::Usual => pdf::write(rows, 1),
        Original::Long => pdf::write(rows, 300),
        Original::Broken => odd::broken(&pdf::write(rows, 1)),
        Original::Scripted => odd::scripted(),
    }
}

/// How heavy, 0 to 6; a level nobody knows stands in the middle.
fn weight(level: CareLevel) -> i64 {
    let known = [
        CareLevel::Support1,
        CareLevel::Support2,
        CareLevel::Care1,
        CareLevel::Care2,
        CareLevel::Care3,
        CareLevel::Care4,
        CareLevel::Care5,
    ];
    known.iter().position(|one| *one == level).map_or(3, |place| place as i64)
}

/// A stream of numbers of one paper.
fn random(subject: &Subject<'_>, paper: u64) -> Random {
    Random::new(paper ^ subject.on.day_number().unsigned_abs(), u64::from(subject.place))
}

#[cfg(test)]
mod tests;
