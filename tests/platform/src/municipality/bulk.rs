//! Entering many lines: first all are judged, then all that hold are written, or none.

use super::desk::{Desk, Measure};
use super::enter::is_known;
use super::reflect::Register;
use super::{clerk, words};
use crate::answer::{Done, Outcome, Problem};
use crate::audit::Line;
use crate::cases::keep::{self, Hand};
use crate::http::Authorised;
use crate::state::Shared;
use crate::store::{Connection, OptionalExtension, StoreError, params};
use axum::extract::State;
use kakehashi_domain::calendar::Date;
use kakehashi_domain::certification::{Contradiction, Record, Step};
use kakehashi_domain::number::InsurerNumber;
use kakehashi_domain::upstream::{BulkMode, BulkOutcome, BulkRequest, BulkResponse, BulkResult};
use std::collections::BTreeMap;

/// `/api/v1/municipality/bulk`
pub(crate) async fn bulk(
    State(state): State<Shared>,
    Authorised { caller, member, body }: Authorised<BulkRequest>,
) -> Outcome<BulkResponse> {
    let now = state.now();
    if !body.lines.iter().all(|line| is_known(&line.record.fact)) {
        return Err(Problem::Malformed("lines").into());
    }
    let answer = state
        .store
        .write(move |db| {
            let line = Line::new(&caller, Some(member.account), now, "entered");
            let clerk = match clerk(db, &member.staff, &line)? {
                Ok(clerk) => clerk,
                Err(refusal) => return Ok(Err(refusal)),
            };
            let measure = Measure { today: now.date(), now, strict: true };
            let mut work = Work::new(measure, Some(&clerk.insurer));
            let records: Vec<&Record> = body.lines.iter().map(|line| &line.record).collect();
            let mut results = work.judge(db, &records)?;
            let refused = results.iter().any(|result| matches!(result, BulkResult::Refused(_)));
            let held_back = refused && body.mode == BulkMode::AllOrNothing;
            if held_back {
                let enters = |result: &&mut BulkResult| {
                    matches!(result, BulkResult::Begun | BulkResult::Entered | BulkResult::Replaced(_))
                };
                results.iter_mut().filter(enters).for_each(|result| *result = BulkResult::HeldBack);
            }
            let mut entered = false;
            if !held_back && !body.preview {
                let hand = Hand { account: Some(member.account), name: &clerk.name };
                for person in work.close(db, hand)? {
                    entered = true;
                    line.clone().about(Some(person)).write(db)?;
                }
            }
            let lines = body.lines.iter().zip(results);
            let lines = lines.map(|(line, result)| BulkOutcome { line: line.line, result }).collect();
            Ok(Ok(BulkResponse { entered, lines }))
        })
        .await??;
    Ok(Done(answer))
}

/// Lines in work, case by case.
pub(crate) struct Work<'a> {
    measure: Measure,
    /// Only this insurer's; all, for a file of several.
    insurer: Option<&'a InsurerNumber>,
    desks: BTreeMap<(InsurerNumber, String), Desk>,
}

impl<'a> Work<'a> {
    /// Nothing yet.
    pub(crate) fn new(measure: Measure, insurer: Option<&'a InsurerNumber>) -> Self {
        Self { measure, insurer, desks: BTreeMap::new() }
    }

    /// Judges lines, in their order: but applications first, for the other facts of a case rest on its
    /// application, and a file may bring them in any order.
    pub(crate) fn judge(
        &mut self,
        db: &Connection,
        records: &[&Record],
    ) -> Result<Vec<BulkResult>, StoreError> {
        let mut results: Vec<Option<BulkResult>> = vec![None; records.len()];
        for applications in [true, false] {
            for (record, result) in records.iter().zip(&mut results) {
                if (record.fact.step() == Step::Application) == applications {
                    *result = Some(self.line(db, record)?);
                }
            }
        }
        Ok(results.into_iter().flatten().collect())
    }

    fn line(&mut self, db: &Connection, record: &Record) -> Result<BulkResult, StoreError> {
        let unknown = || Ok(BulkResult::Refused(vec![Contradiction::Unknown]));
        if self.insurer.is_some_and(|insurer| *insurer != record.insurer) {
            return unknown();
        }
        let Some(person) = insured(db, record)? else { return unknown() };
        let key = (record.insurer.clone(), record.case_no.clone());
        let desk = match self.desks.remove(&key) {
            Some(desk) => desk,
            None => match keep::by_number(db, &record.insurer, &record.case_no)? {
                Some(kept) => Desk::of(db, &kept)?,
                None => Desk::new(person, record, super::source(db, &record.insurer)?)?,
            },
        };
        if desk.person() != person {
            // Only a case that is kept, or that another line began, can be another person's.
            self.desks.insert(key, desk);
            return unknown();
        }
        let mut desk = desk;
        let result = desk.take(record, &self.measure);
        self.desks.insert(key, desk);
        Ok(result)
    }

    /// What does not fit in the cases that were changed, by 申請番号.
    pub(crate) fn contradictions(&self, today: Date) -> Vec<(&str, Contradiction)> {
        let changed = self.desks.iter().filter(|(_, desk)| desk.is_changed());
        changed
            .flat_map(|((_, case_no), desk)| {
                desk.contradictions(today).into_iter().map(move |one| (case_no.as_str(), one))
            })
            .collect()
    }

    /// Writes what was taken. Answers whose cases were changed.
    pub(crate) fn close(self, db: &Connection, hand: Hand<'_>) -> Result<Vec<i64>, StoreError> {
        let mut people = Vec::new();
        for desk in self.desks.into_values() {
            let (person, source) = (desk.person(), desk.source().to_owned());
            let (name, kana, insured): (String, String, String) = db
                .prepare_cached("SELECT name, kana, insured FROM person WHERE id = ?1")?
                .query_row([person], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            let Some((before, after)) = desk.close(db, &words(&name, &kana, &insured), hand)? else {
                continue;
            };
            Register { db, person, now: self.measure.now, source: &source }.reflect(&before, &after)?;
            people.push(person);
        }
        people.sort_unstable();
        people.dedup();
        Ok(people)
    }
}

/// A person of an insurer's register by number.
pub(crate) const INSURED: &str = "SELECT id FROM person WHERE insurer = ?1 AND insured = ?2";

fn insured(db: &Connection, record: &Record) -> Result<Option<i64>, StoreError> {
    Ok(db
        .prepare_cached(INSURED)?
        .query_row(params![record.insurer.as_str(), record.insured.as_str()], |row| row.get(0))
        .optional()?)
}
