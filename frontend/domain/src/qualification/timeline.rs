//! Rows that overlap, brought into one line: on each day one row, or none.

use super::Period;
use crate::calendar::Date;

/// A row that wants to hold in a period. Of two, the one of the higher rank holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// Rank; of equal ranks the row that begins later holds, then the one that stands later.
    pub rank: u32,
    /// From when till when; a period that cannot be claims nothing.
    pub period: Period,
}

/// A stretch of days with the row that holds, by its place in the list of claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// From when till when.
    pub period: Period,
    /// Which claim.
    pub claim: usize,
}

/// The line, oldest first; stretches never overlap.
pub fn line(claims: &[Claim]) -> Vec<Stretch> {
    let possible = || claims.iter().filter(|claim| claim.period.is_possible());
    // Days on which something can change.
    let mut days: Vec<Date> = possible()
        .flat_map(|claim| [Some(claim.period.from), claim.period.to.map(|to| to.plus_days(1))])
        .flatten()
        .collect();
    days.sort_unstable();
    days.dedup();
    let mut line: Vec<Stretch> = Vec::new();
    for (at, from) in days.iter().enumerate() {
        let Some(claim) = holds(claims, *from) else { continue };
        let to = days.get(at + 1).map(|next| next.plus_days(-1));
        match line.last_mut() {
            Some(last)
                if last.claim == claim && last.period.to.is_some_and(|to| to.plus_days(1) == *from) =>
            {
                last.period.to = to;
            }
            _ => line.push(Stretch { period: Period::new(*from, to), claim }),
        }
    }
    line
}

/// The claim that holds on a day.
pub fn holds(claims: &[Claim], day: Date) -> Option<usize> {
    claims
        .iter()
        .enumerate()
        .filter(|(_, claim)| claim.period.is_possible() && claim.period.covers(day))
        .max_by_key(|(at, claim)| (claim.rank, claim.period.from, *at))
        .map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn claims() -> impl Strategy<Value = Vec<Claim>> {
        let one = (0u32..4, 0i64..60, proptest::option::of(-5i64..40));
        proptest::collection::vec(one, 0..8).prop_map(|rows| {
            let begin = Date::from_iso("2024-02-01").unwrap();
            let make = |(rank, from, days): (u32, i64, Option<i64>)| {
                let from = begin.plus_days(from);
                Claim { rank, period: Period::new(from, days.map(|days| from.plus_days(days))) }
            };
            rows.into_iter().map(make).collect()
        })
    }

    proptest! {
        #[test]
        fn stretches_never_overlap_and_say_what_holds(claims in claims()) {
            let line = line(&claims);
            for pair in line.windows(2) {
                prop_assert!(pair[0].period.to.is_some_and(|to| to < pair[1].period.from));
            }
            prop_assert!(line.iter().all(|stretch| stretch.period.is_possible()));
            for at in 0..120 {
                let day = Date::from_iso("2024-01-20").unwrap().plus_days(at);
                let said = line.iter().find(|stretch| stretch.period.covers(day)).map(|found| found.claim);
                prop_assert_eq!(said, holds(&claims, day));
            }
        }
    }
}
