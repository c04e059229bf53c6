//! Today's list over all clients: what is due, the most urgent first, and what is the same for many said once.

use super::{Settings, Upcoming, UpcomingKind};
use crate::calendar::Date;
use std::collections::BTreeMap;

/// How pressing a line is, the most pressing first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Urgency {
    /// Over or missing, or within the tightest notice.
    Now,
    /// Within a notice between.
    Soon,
    /// Within the widest notice.
    Later,
    /// Good to know; nothing has to be done by a day.
    Note,
}

impl Urgency {
    /// How pressing one thing is.
    pub fn of(one: &Upcoming, settings: &Settings) -> Self {
        use UpcomingKind as Kind;
        match one.kind {
            Kind::CertificationEnded | Kind::ShareMissing => Self::Now,
            Kind::LimitEnded => Self::Soon,
            Kind::HousingNearlyUsed { .. } | Kind::EquipmentNearlyUsed { .. } | Kind::InsurerNotStarted => {
                Self::Note
            }
            _ => {
                let tighter = |notice| settings.notice_days.iter().any(|other| *other < notice);
                let wider = |notice| settings.notice_days.iter().any(|other| *other > notice);
                match one.notice {
                    Some(notice) if !tighter(notice) => Self::Now,
                    Some(notice) if wider(notice) => Self::Soon,
                    _ => Self::Later,
                }
            }
        }
    }
}

/// One line of the list. A client is named by its place in the list of clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// Something of one client.
    Client {
        /// Whose.
        client: usize,
        /// What.
        what: Upcoming,
    },
    /// 負担割合 is renewed for these on one day.
    Round {
        /// August 1.
        on: Date,
        /// Days from today.
        days_left: i64,
        /// For so many.
        clients: usize,
        /// So many of them have the new one registered.
        known: usize,
    },
    /// Something of an insurer.
    Insurer {
        /// The first client of the insurer.
        client: usize,
        /// What.
        what: Upcoming,
        /// It has so many clients here.
        clients: usize,
    },
    /// So many may not be viewed (any more): nothing is known of them.
    Unseen {
        /// How many.
        clients: usize,
    },
}

/// One client, as the list of the day needs it: the insurer's number, and what comes or stands; `None` when
/// there is no right to view.
pub type Listed<'a> = (&'a str, Option<&'a [Upcoming]>);

/// What is due today, the most urgent first; among equals the nearest day, then the order of the clients.
pub fn agenda(clients: &[Listed<'_>], settings: &Settings) -> Vec<(Urgency, Line)> {
    let mut lines: Vec<(Urgency, Upcoming, Line)> = Vec::new();
    let mut rounds: BTreeMap<Date, (Upcoming, usize, usize)> = BTreeMap::new();
    let mut insurers: BTreeMap<(&str, UpcomingKind), (Upcoming, usize, usize)> = BTreeMap::new();
    for (client, (insurer, all)) in clients.iter().enumerate() {
        for what in all.unwrap_or_default() {
            match what.kind {
                _ if !what.is_due() || is_said_by_another(what, all.unwrap_or_default()) => {}
                UpcomingKind::ShareRenewed { known } => {
                    let round = rounds.entry(what.on).or_insert((*what, 0, 0));
                    round.1 += 1;
                    round.2 += usize::from(known.is_some());
                }
                UpcomingKind::InsurerStarts | UpcomingKind::InsurerNotStarted => {
                    insurers.entry((insurer, what.kind)).or_insert((*what, client, 0)).2 += 1;
                }
                _ => {
                    let line = Line::Client { client, what: *what };
                    lines.push((Urgency::of(what, settings), *what, line));
                }
            }
        }
    }
    for (on, (what, clients, known)) in rounds {
        let line = Line::Round { on, days_left: what.days_left, clients, known };
        // Nothing is left to wait for once all are registered.
        let urgency = if known == clients { Urgency::Note } else { Urgency::of(&what, settings) };
        lines.push((urgency, what, line));
    }
    for (what, client, clients) in insurers.into_values() {
        lines.push((Urgency::of(&what, settings), what, Line::Insurer { client, what, clients }));
    }
    lines.sort_by_key(|(urgency, what, _)| (*urgency, what.days_left, what.kind));
    let mut lines: Vec<(Urgency, Line)> =
        lines.into_iter().map(|(urgency, _, line)| (urgency, line)).collect();
    let unseen = clients.iter().filter(|(_, all)| all.is_none()).count();
    if unseen > 0 {
        let at = lines.partition_point(|(urgency, _)| *urgency <= Urgency::Soon);
        lines.insert(at, (Urgency::Soon, Line::Unseen { clients: unseen }));
    }
    lines
}

/// Whether another line says it: the end of a 認定 that can be renewed is that of the 更新申請.
pub(super) fn is_said_by_another(one: &Upcoming, all: &[Upcoming]) -> bool {
    matches!(one.kind, UpcomingKind::CertificationEnds { .. })
        && all.iter().any(|other| other.kind == UpcomingKind::RenewalCloses && other.on == one.on)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qualification::sample::day;
    use crate::upcoming::upcoming;
    use proptest::prelude::*;

    fn one(kind: UpcomingKind, days_left: i64) -> Upcoming {
        let notice = Settings::default().notice(days_left);
        Upcoming { on: day("2026-11-22").plus_days(days_left), kind, days_left, notice }
    }

    fn lines(clients: &[Listed<'_>]) -> Vec<(Urgency, Line)> {
        agenda(clients, &Settings::default())
    }

    #[test]
    fn the_most_urgent_stands_first() {
        use UpcomingKind::{CertificationEnded, HousingNearlyUsed, LimitEnds, RenewalCloses, ShareMissing};
        let first = [one(HousingNearlyUsed { left_yen: 8_000 }, 0), one(RenewalCloses, 39)];
        let second = [one(ShareMissing, 0), one(RenewalCloses, 8), one(LimitEnds, 300)];
        let third = [one(CertificationEnded, -22), one(RenewalCloses, 7)];
        let clients: [Listed<'_>; 3] =
            [("102046", Some(&first)), ("102046", Some(&second)), ("102012", Some(&third))];
        let found: Vec<(Urgency, usize, UpcomingKind)> = lines(&clients)
            .into_iter()
            .map(|(urgency, line)| match line {
                Line::Client { client, what } => (urgency, client, what.kind),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(
            found,
            [
                (Urgency::Now, 2, CertificationEnded),
                (Urgency::Now, 1, ShareMissing),
                (Urgency::Now, 2, RenewalCloses),
                (Urgency::Soon, 1, RenewalCloses),
                (Urgency::Later, 0, RenewalCloses),
                (Urgency::Note, 0, HousingNearlyUsed { left_yen: 8_000 }),
            ]
        );
    }

    #[test]
    fn what_is_the_same_for_many_is_said_once() {
        use UpcomingKind::{InsurerNotStarted, ShareRenewed};
        let waiting = [one(ShareRenewed { known: None }, 20), one(InsurerNotStarted, 0)];
        let known = [one(ShareRenewed { known: Some(2) }, 20)];
        let clients: [Listed<'_>; 4] = [
            ("102046", Some(&waiting)),
            ("102046", Some(&waiting)),
            ("102012", Some(&known)),
            ("102012", None),
        ];
        let on = day("2026-12-12");
        let insurer = Line::Insurer { client: 0, what: one(InsurerNotStarted, 0), clients: 2 };
        assert_eq!(
            lines(&clients),
            [
                (Urgency::Soon, Line::Round { on, days_left: 20, clients: 3, known: 1 }),
                (Urgency::Soon, Line::Unseen { clients: 1 }),
                (Urgency::Note, insurer),
            ]
        );
        let (urgency, _) = lines(&clients[2..3])[0];
        assert_eq!(urgency, Urgency::Note, "all are registered");
    }

    #[test]
    fn the_end_of_a_renewable_certification_is_one_line() {
        let all =
            upcoming(&crate::qualification::sample::qualification(), day("2027-03-01"), &Settings::default());
        let clients: [Listed<'_>; 1] = [("102046", Some(&all))];
        let ends = |(_, line): &(Urgency, Line)| match line {
            Line::Client { what, .. } => what.on == day("2027-03-31"),
            _ => false,
        };
        assert_eq!(lines(&clients).iter().filter(|line| ends(line)).count(), 1);
    }

    proptest! {
        #[test]
        fn nothing_that_is_due_gets_lost_and_the_order_holds(
            picks in proptest::collection::vec((0usize..6, 0i64..90), 0..30),
            notices in proptest::collection::vec(1u16..90, 1..4),
        ) {
            use UpcomingKind::{CertificationBegins, CertificationEnded, LimitEnds, RenewalOpens, ShareMissing};
            let settings = Settings { notice_days: notices, ..Settings::default() };
            let kinds = [CertificationBegins, CertificationEnded, LimitEnds, RenewalOpens, ShareMissing,
                UpcomingKind::ShareChanges { to: 2 }];
            let all: Vec<Upcoming> = picks.iter().map(|(kind, days_left)| Upcoming {
                on: day("2026-11-22").plus_days(*days_left), kind: kinds[*kind], days_left: *days_left,
                notice: settings.notice(*days_left),
            }).collect();
            let lines = agenda(&[("102046", Some(&all))], &settings);
            prop_assert_eq!(lines.len(), all.iter().filter(|one| one.is_due()).count());
            prop_assert!(lines.is_sorted_by_key(|(urgency, _)| *urgency));
        }
    }
}
