//! Calendar files — RFC 5545: whole-day events that any calendar program takes in.

use crate::calendar::{Date, Time};
use crate::number::OfficeNumber;
use crate::upcoming::Upcoming;
use crate::upstream::PersonHandle;
use sha2::{Digest, Sha256};

/// One whole-day event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// UID: the same event keeps it, so that a second file replaces the first (see [`uid`]).
    pub uid: String,
    /// The day.
    pub on: Date,
    /// SUMMARY. Whether a name stands in it is for the office to decide: calendars are often shared.
    pub summary: String,
    /// DESCRIPTION; left out when empty.
    pub description: String,
    /// Reminders, days before.
    pub alarms: Vec<u16>,
}

/// A UID that stays and holds no personal data: a hash of the person's random handle, the kind and the day.
pub fn uid(person: &PersonHandle, one: &Upcoming) -> String {
    made_of(&person.0, one)
}

/// A UID for what an office's clients have in common on a day.
pub fn uid_of_office(office: &OfficeNumber, one: &Upcoming) -> String {
    made_of(office.as_str(), one)
}

fn made_of(whose: &str, one: &Upcoming) -> String {
    use std::fmt::Write;
    let mut hash = Sha256::new();
    for part in [whose, one.kind.code(), one.on.to_string().as_str()] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let mut uid = String::with_capacity(32 + 18);
    for byte in hash.finalize().iter().take(16) {
        // Writing to a string cannot fail.
        let _ = write!(uid, "{byte:02x}");
    }
    uid + "@kakehashi.invalid"
}

/// The file, with CRLF line ends. `stamp`: when it is made (DTSTAMP).
pub fn write(events: &[Event], stamp: Time) -> String {
    let mut out = Lines::default();
    out.line("BEGIN", "VCALENDAR");
    out.line("VERSION", "2.0");
    out.line("PRODID", "-//Kakehashi//Kakehashi//JA");
    out.line("CALSCALE", "GREGORIAN");
    out.line("METHOD", "PUBLISH");
    let stamp = utc(stamp);
    for event in events {
        out.line("BEGIN", "VEVENT");
        out.line("UID", &event.uid);
        out.line("DTSTAMP", &stamp);
        out.line("DTSTART;VALUE=DATE", &day(event.on));
        // The end is not part of the event (RFC 5545, 3.6.1).
        out.line("DTEND;VALUE=DATE", &day(event.on.plus_days(1)));
        out.line("SUMMARY", &escaped(&event.summary));
        if !event.description.is_empty() {
            out.line("DESCRIPTION", &escaped(&event.description));
        }
        out.line("TRANSP", "TRANSPARENT");
        for days in &event.alarms {
            out.line("BEGIN", "VALARM");
            out.line("ACTION", "DISPLAY");
            out.line("DESCRIPTION", &escaped(&event.summary));
            out.line("TRIGGER", &["-P", &days.to_string(), "D"].concat());
            out.line("END", "VALARM");
        }
        out.line("END", "VEVENT");
    }
    out.line("END", "VCALENDAR");
    out.0
}

/// Content lines, folded at 75 octets and never within a character (RFC 5545, 3.1).
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn line(&mut self, name: &str, value: &str) {
        let mut octets = 0;
        for c in name.chars().chain([':']).chain(value.chars()) {
            if octets + c.len_utf8() > 75 {
                self.0 += "\r\n ";
                octets = 1;
            }
            self.0.push(c);
            octets += c.len_utf8();
        }
        self.0 += "\r\n";
    }
}

/// TEXT (RFC 5545, 3.3.11); control characters that may not stand in it are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' | '\r' => out += "\\n",
            '\t' => out.push(c),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// `20261122`
fn day(date: Date) -> String {
    date.to_string().replace('-', "")
}

/// `20261122T050500Z`
fn utc(time: Time) -> String {
    let second = time.0.rem_euclid(86_400);
    let date = Date::from_day_number(time.0.div_euclid(86_400));
    format!("{}T{:02}{:02}{:02}Z", day(date), second / 3_600, second / 60 % 60, second % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::upcoming::UpcomingKind;
    use icalendar::{Calendar, CalendarComponent, Component};
    use proptest::prelude::*;

    fn event(summary: &str, description: &str) -> Event {
        Event {
            uid: "a@kakehashi.invalid".into(),
            on: Date::from_iso("2027-03-31").unwrap(),
            summary: summary.into(),
            description: description.into(),
            alarms: vec![30, 7],
        }
    }

    /// What a parser not written here reads.
    fn judged(text: &str) -> Vec<icalendar::Event> {
        let calendar: Calendar = text.parse().unwrap();
        calendar
            .components
            .into_iter()
            .map(|component| match component {
                CalendarComponent::Event(event) => event,
                other => panic!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn another_parser_reads_it() {
        let long =
            "山田 花子さん: 認定の有効期間の終わり, 更新申請; 窓口は市役所\\介護保険課です。".repeat(3);
        let text = write(&[event(&long, "一行目\n二行目"), event("b", "")], Time(1_795_323_900));
        let events = judged(&text);
        assert_eq!(events.len(), 2);
        assert_eq!(events[0].get_summary(), Some(long.as_str()));
        assert_eq!(events[0].get_description(), Some("一行目\n二行目"));
        assert_eq!(events[0].get_uid(), Some("a@kakehashi.invalid"));
        assert_eq!(events[0].property_value("DTSTART"), Some("20270331"));
        assert_eq!(events[0].property_value("DTEND"), Some("20270401"));
        assert_eq!(events[0].property_value("DTSTAMP"), Some("20261122T050500Z"));
        let start = events[0].properties().get("DTSTART").unwrap();
        assert_eq!(start.params().get("VALUE").map(icalendar::Parameter::value), Some("DATE"));
        assert_eq!(events[1].get_description(), None);
    }

    #[test]
    fn an_empty_file_is_a_calendar() {
        let text = write(&[], Time(0));
        assert!(
            text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.ends_with("END:VCALENDAR\r\n")
        );
        assert_eq!(judged(&text), []);
    }

    #[test]
    fn a_uid_stays_and_tells_nothing() {
        let one = |on, kind| Upcoming { on: Date::from_iso(on).unwrap(), kind, days_left: 3, notice: None };
        let person = PersonHandle("7f3a-山田".into());
        let first = uid(&person, &one("2027-03-31", UpcomingKind::RenewalCloses));
        let later =
            Upcoming { days_left: 1, notice: Some(7), ..one("2027-03-31", UpcomingKind::RenewalCloses) };
        assert_eq!(first, uid(&person, &later));
        assert_ne!(first, uid(&person, &one("2027-03-31", UpcomingKind::LimitEnds)));
        assert_ne!(first, uid(&PersonHandle("x".into()), &later));
        assert!(!first.contains("7f3a") && first.is_ascii());
        // What is known of it may change; the event is the same.
        let share = |known| uid(&person, &one("2027-08-01", UpcomingKind::ShareRenewed { known }));
        assert_eq!(share(None), share(Some(2)));
    }

    proptest! {
        #[test]
        fn lines_are_short_whole_and_read_back(summary in "\\PC{1,200}", description in "(\\PC|\n){0,120}") {
            let text = write(&[event(&summary, &description)], Time(0));
            prop_assert!(text.split("\r\n").all(|line| line.len() <= 75));
            prop_assert!(!text.replace("\r\n", "").contains(['\r', '\n']));
            // Unfolding gives the escaped text back, whatever it is (RFC 5545, 3.1).
            let unfolded = text.replace("\r\n ", "");
            let summary_line = unfolded.lines().find_map(|line| line.strip_prefix("SUMMARY:")).unwrap();
            prop_assert_eq!(summary_line, escaped(&summary));
        }

        #[test]
        fn another_parser_reads_any_name(summary in "[ -~ぁ-んァ-ヶ一-龠\u{20000}-\u{2FFFF}]{1,120}") {
            let summary = summary.trim().to_owned();
            prop_assume!(!summary.is_empty());
            let events = judged(&write(&[event(&summary, "")], Time(0)));
            prop_assert_eq!(events[0].get_summary(), Some(summary.as_str()));
        }
    }
}
