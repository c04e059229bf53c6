//! What comes over all clients, day by day: for the month view and the calendar file.

use super::agenda::{Listed, is_said_by_another};
use super::{Upcoming, UpcomingKind};
use crate::calendar::Date;
use std::collections::BTreeMap;

/// What one day has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What.
    pub what: Upcoming,
    /// Whose: places in the list of clients; more than one where it is the same for many.
    pub clients: Vec<usize>,
}

/// All entries, by day and then as they press. The round of August and the start of an insurer are one entry
/// each for all whom they concern; what merely stands has no day and is not in it.
pub fn days(clients: &[Listed<'_>]) -> BTreeMap<Date, Vec<Entry>> {
    let mut days: BTreeMap<Date, Vec<Entry>> = BTreeMap::new();
    let mut shared: BTreeMap<(Date, &str, &str), Entry> = BTreeMap::new();
    for (client, (insurer, all)) in clients.iter().enumerate() {
        for what in all.unwrap_or_default() {
            let share = match what.kind {
                _ if !has_day(what.kind) || is_said_by_another(what, all.unwrap_or_default()) => continue,
                UpcomingKind::ShareRenewed { .. } => Some(""),
                UpcomingKind::InsurerStarts => Some(*insurer),
                _ => None,
            };
            match share {
                Some(of) => shared
                    .entry((what.on, what.kind.code(), of))
                    .or_insert_with(|| Entry { what: *what, clients: Vec::new() })
                    .clients
                    .push(client),
                None => days.entry(what.on).or_default().push(Entry { what: *what, clients: vec![client] }),
            }
        }
    }
    for ((on, ..), entry) in shared {
        days.entry(on).or_default().push(entry);
    }
    for entries in days.values_mut() {
        entries.sort_by_key(|entry| entry.what.kind);
    }
    days
}

/// A day that is over has its entry as well: it is why something stands today.
fn has_day(kind: UpcomingKind) -> bool {
    kind.is_event() || matches!(kind, UpcomingKind::CertificationEnded | UpcomingKind::LimitEnded)
}

/// How many clients each kind of thing concerns on a day, without saying whom.
pub fn counted(entries: &[Entry]) -> Vec<(Upcoming, usize)> {
    let mut counts: Vec<(Upcoming, usize)> = Vec::new();
    for entry in entries {
        let code = entry.what.kind.code();
        match counts.iter_mut().find(|(what, _)| what.kind.code() == code) {
            Some((_, count)) => *count += entry.clients.len(),
            None => counts.push((entry.what, entry.clients.len())),
        }
    }
    counts
}

/// First letters of a name by its kana: ヤ・ハ for ヤマダ　ハナコ. `None` without kana.
pub fn initials(kana: &str) -> Option<String> {
    let letters: Vec<String> =
        kana.split_whitespace().filter_map(|part| part.chars().next()).map(String::from).collect();
    (!letters.is_empty()).then(|| letters.join("・"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qualification::sample::{day, qualification};
    use crate::upcoming::{Settings, upcoming};

    #[test]
    fn each_day_has_its_entries_and_the_round_is_one_for_all() {
        let all = upcoming(&qualification(), day("2026-11-22"), &Settings::default());
        let clients: [Listed<'_>; 3] = [("102046", Some(&all)), ("102012", Some(&all)), ("102012", None)];
        let days = days(&clients);
        let on = |date: &str| {
            days[&day(date)].iter().map(|entry| (entry.what.kind, entry.clients.clone())).collect::<Vec<_>>()
        };
        assert_eq!(
            on("2027-01-30"),
            [(UpcomingKind::RenewalOpens, vec![0]), (UpcomingKind::RenewalOpens, vec![1]),]
        );
        assert_eq!(on("2027-03-31").len(), 2, "the end of the 認定 is said by the 更新申請");
        assert_eq!(on("2027-08-01"), [(UpcomingKind::ShareRenewed { known: None }, vec![0, 1])]);
        assert_eq!(
            counted(&days[&day("2027-03-31")]).iter().map(|(_, count)| *count).collect::<Vec<_>>(),
            [2]
        );
    }

    #[test]
    fn what_is_over_stands_on_its_day_and_what_merely_stands_on_none() {
        let mut paper = qualification();
        paper.housing.change().dwellings[0].payments[0].cost_yen = 199_000;
        let all = upcoming(&paper, day("2027-04-10"), &Settings::default());
        let days = days(&[("102046", Some(&all))]);
        assert_eq!(days[&day("2027-03-31")][0].what.kind, UpcomingKind::CertificationEnded);
        assert!(!days.contains_key(&day("2027-04-10")));
    }

    #[test]
    fn initials_tell_two_letters() {
        for (kana, letters) in
            [("ヤマダ　ハナコ", Some("ヤ・ハ")), ("マリア ホセ ガルシア", Some("マ・ホ・ガ")), (" ", None)]
        {
            assert_eq!(initials(kana).as_deref(), letters);
        }
    }
}
