//! Many at once.

use crate::Failure;
use crate::course::Course;
use crate::fault::Fault;
use crate::lane::{Lane, Program};
use crate::person::Letter;
use crate::wire::{Deed, Trap, Way};
use fastrand::Rng;
use futures_util::future::try_join_all;

/// How many.
const CROWD: usize = 12;

/// Two of the office file for one person at the same moment: two drafts, two keys.
pub(crate) async fn two_staff<'a>(lane: &'a Lane, chance: &mut Rng) -> Result<Vec<Course<'a>>, Failure> {
    let person = lane.person()?;
    let write = |chance: &mut Rng| Course::new(lane, Letter::write(lane, &person)?, chance.fork());
    let (mut one, mut other) = (write(chance)?, write(chance)?);
    let (first, second) = tokio::join!(one.run(None), other.run(None));
    first?;
    second?;
    let mut both = vec![one, other];
    both.iter_mut().for_each(|course| course.met.push(Fault::SecondStaff));
    Ok(both)
}

/// Many file at once, and somewhere among their bytes the relay or the sandbox is killed.
pub(crate) async fn crowd<'a>(lane: &'a Lane, chance: &mut Rng) -> Result<Vec<Course<'a>>, Failure> {
    let mut courses = Vec::new();
    for _ in 0..CROWD {
        courses.push(Course::new(lane, Letter::write(lane, &lane.person()?)?, chance.fork())?);
    }
    lane.up().await?;
    let program = if chance.bool() { Program::Relay } else { Program::Sandbox };
    let [_, _, most, _] = lane.sizes;
    let after = chance.usize(0..=CROWD * most);
    lane.far.set(Some(Trap { way: Way::Out, after, deed: Deed::Do(lane.killer(program)) }));
    try_join_all(courses.iter_mut().map(|course| course.run(None))).await?;
    lane.far.set(None);
    for course in courses.iter_mut().filter(|course| course.saw_a_death()) {
        course.met.push(Fault::Crowd);
    }
    Ok(courses)
}
