//! The rounds of one lane: course after course until enough were met, then everything is read back.

use crate::Failure;
use crate::Wrong;
use crate::check;
use crate::course::Course;
use crate::crowd::{crowd, two_staff};
use crate::fault::Fault;
use crate::lane::{Lane, Program};
use crate::person::Letter;
use crate::report::{Record, Report};
use fastrand::Rng;

/// A lane's part of the plan.
pub(crate) struct Share {
    pub(crate) seed: u64,
    pub(crate) courses: usize,
    pub(crate) each: usize,
    pub(crate) wrong: Option<Wrong>,
}

/// So many courses that meet a fault, each kind at least so often; what was found.
pub(crate) async fn lane(mut lane: Lane, share: Share) -> Result<Report, Failure> {
    let Share { seed, courses, each, wrong } = share;
    let (mut report, mut records) = (Report::default(), Vec::new());
    let there = check::filings(&lane)?;
    measure(&mut lane, seed, &mut report, &mut records).await?;
    let mut round = 0_u64;
    loop {
        if report.courses >= courses && Fault::ALL.iter().all(|fault| report.met(*fault) >= each) {
            break;
        }
        round += 1;
        let mut chance = Rng::with_seed(seed.wrapping_mul(0x9e37_79b9).wrapping_add(round));
        let done = match turn(round) {
            Fault::SecondStaff => two_staff(&lane, &mut chance).await?,
            Fault::Crowd => crowd(&lane, &mut chance).await?,
            fault => {
                let letter = Letter::write(&lane, &lane.person()?)?;
                let mut course = Course::new(&lane, letter, chance)?;
                course.wrong = wrong;
                course.run(Some(fault)).await?;
                vec![course]
            }
        };
        for course in done {
            note(course, seed, round, &mut report, &mut records);
        }
    }
    lane.up().await?;
    lane.near.quiet().await;
    lane.far.quiet().await;
    check::over_the_api(&lane, &records, &mut report).await?;
    // What is in the file is what counts, whatever the sandbox still had in mind.
    lane.killer(Program::Sandbox)();
    check::in_the_file(&lane, there, &records, &mut report)?;
    Ok(report)
}

/// One filing with nothing in its way, to know how many bytes it takes.
async fn measure(
    lane: &mut Lane,
    seed: u64,
    report: &mut Report,
    records: &mut Vec<Record>,
) -> Result<(), Failure> {
    for _ in 0..2 {
        lane.near.set(None);
        lane.far.set(None);
        let letter = Letter::write(lane, &lane.person()?)?;
        let mut course = Course::new(lane, letter, Rng::with_seed(seed))?;
        course.patient();
        course.run(None).await?;
        note(course, seed, 0, report, records);
    }
    lane.measure();
    Ok(())
}

/// Whose turn it is: one kind after the other, and now and then a crowd.
fn turn(round: u64) -> Fault {
    if round % 60 == 30 {
        return Fault::Crowd;
    }
    let at = usize::try_from(round % 60).unwrap_or_default() % (Fault::ALL.len() - 1);
    Fault::ALL.get(at).copied().unwrap_or(Fault::Crowd)
}

fn note(course: Course<'_>, seed: u64, round: u64, report: &mut Report, records: &mut Vec<Record>) {
    let Course { letter, told, met, .. } = course;
    let record = Record {
        name: format!("seed {seed}, round {round}, {met:?}, key {}", letter.key.0),
        key: letter.key.0,
        insured: letter.insured,
        statement: letter.request.statement,
        told,
    };
    report.count(&met, &record);
    records.push(record);
}
