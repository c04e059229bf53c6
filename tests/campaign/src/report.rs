//! What was found.

use crate::Fault;
use kakehashi_domain::filing::outbox::Told;

/// A filing that came to an end, or did not.
#[derive(Debug)]
pub(crate) struct Record {
    /// Which course: seed, number, faults met.
    pub(crate) name: String,
    pub(crate) key: String,
    pub(crate) insured: String,
    pub(crate) statement: String,
    pub(crate) told: Vec<Told>,
}

impl Record {
    pub(crate) fn told_filed(&self) -> bool {
        self.told.contains(&Told::Filed)
    }

    pub(crate) fn told_failed(&self) -> bool {
        self.told.iter().any(|told| matches!(told, Told::Refused | Told::GivenUp))
    }
}

/// Of a whole campaign.
#[derive(Debug, Default)]
pub struct Report {
    /// Courses that met a fault.
    pub courses: usize,
    /// Courses in all.
    pub all: usize,
    /// How often each of [`Fault::ALL`] was met.
    pub met: [usize; Fault::ALL.len()],
    /// Told as filed.
    pub filed: usize,
    /// Told as refused for good.
    pub refused: usize,
    /// Told as given up.
    pub given_up: usize,
    /// Told as filed and not there, or not whole; or without an end.
    pub lost: Vec<String>,
    /// There more than once.
    pub duplicated: Vec<String>,
    /// Told as not filed and there; told both; or half there.
    pub wrong: Vec<String>,
}

impl Report {
    /// Takes another one in.
    pub fn add(&mut self, other: Self) {
        self.courses += other.courses;
        self.all += other.all;
        self.filed += other.filed;
        self.refused += other.refused;
        self.given_up += other.given_up;
        for (met, more) in self.met.iter_mut().zip(other.met) {
            *met += more;
        }
        self.lost.extend(other.lost);
        self.duplicated.extend(other.duplicated);
        self.wrong.extend(other.wrong);
    }

    /// How often a fault was met.
    pub fn met(&self, fault: Fault) -> usize {
        Fault::ALL.iter().zip(self.met).find(|(one, _)| **one == fault).map_or(0, |(_, times)| times)
    }

    pub(crate) fn count(&mut self, met: &[Fault], record: &Record) {
        self.all += 1;
        self.courses += usize::from(!met.is_empty());
        for (fault, times) in Fault::ALL.iter().zip(&mut self.met) {
            *times += met.iter().filter(|one| *one == fault).count();
        }
        self.filed += usize::from(record.told_filed());
        self.refused += usize::from(record.told.contains(&Told::Refused));
        self.given_up += usize::from(record.told.contains(&Told::GivenUp));
        if !record.told_filed() && !record.told_failed() {
            self.lost.push(format!("{} has no end", record.name));
        }
        if record.told_filed() && record.told_failed() {
            self.wrong.push(format!("{} was told as filed and as not filed", record.name));
        }
    }
}
