//! What goes to the help desk: machine, reader, steps. Nothing of the card or of a person.

use super::ability::name as topic_name;
use super::known::{numbers, way_to, way_words};
use super::readers::interface;
use super::table::standing_words;
use super::test::name as step_name;
use crate::service::card::reader::Found;
use crate::service::card::trial::{Record, State, Step};
use crate::text::{common, device as words, device_screen, device_took, device_version};
use ccid::usb::Interface;
use domain::reader::{Ability, Mark, Topic, abilities};

/// The longest name of a device that is passed on.
const NAME: usize = 40;

/// The report, as far as anything is known.
pub(super) fn report(ability: &Ability, found: Option<&Found>, record: &Record) -> String {
    let mut lines = vec![
        [common().product, " ", env!("CARGO_PKG_VERSION"), " ", words().title].concat(),
        device_version(ability.machine.browser.name(), ability.machine.version)
            + " / "
            + ability.machine.os.name()
            + " / "
            + &device_screen(ability.screen),
    ];
    for (topic, mark) in abilities(ability) {
        if !matches!(topic, Topic::Browser | Topic::Os | Topic::Screen) {
            lines.push([topic_name(topic), ": ", mark_words(mark)].concat());
        }
    }
    if let Some(found) = found {
        let way = way_to(found);
        lines.push([words().column_reader, ": ", &numbers(found.id), " ", &plain(&found.name)].concat());
        lines.push([way_words(way), " / ", standing_words(way.standing(ability.unrestricted))].concat());
        lines.extend(found.interfaces.iter().map(interface));
    }
    if let Some(driven) = &record.interface {
        lines.push([words().driven, ": ", &interface(driven), &level(driven)].concat());
    }
    let begun = Step::ALL.into_iter().filter(|step| record.line(*step).state != State::Before);
    for step in begun {
        let line = record.line(step);
        let state = match line.state {
            State::Before => "",
            State::Live => common().step_live,
            State::Done => common().step_done,
            State::Failed => words().failed,
        };
        lines.push([step_name(step), ": ", state, " ", &device_took(line.took)].concat());
    }
    if let Some(failure) = &record.failure {
        lines.push([failure.code, " ", &plain(&failure.detail)].concat());
    }
    lines.join("\n")
}

/// What a CCID reader says of itself.
fn level(interface: &Interface) -> String {
    interface.ccid.map_or_else(String::new, |class| {
        format!("、{:?} {:08X} {}", class.level(), class.features, class.max_message)
    })
}

const fn mark_words(mark: Mark) -> &'static str {
    let words = words();
    match mark {
        Mark::Good => words.good,
        Mark::Caution => words.caution,
        Mark::Bad => words.bad,
        Mark::Absent => words.absent,
    }
}

/// A text from outside on one line and not too long.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(NAME).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::card::trial::Failure;
    use domain::reader::{Browser, Machine, Moment, Os};

    const OFFICE: Ability = Ability {
        machine: Machine { os: Os::Windows, browser: Browser::Edge, version: Some(156) },
        secure: true,
        usb: true,
        policy: Some(true),
        isolated: false,
        unrestricted: false,
        smart_card: false,
        screen: (1280, 900),
    };

    #[test]
    fn it_names_machine_version_and_failure_and_foreign_text_stays_on_its_line() {
        let failure = Failure {
            code: "CARD-013",
            detail: format!("CCID error FE\n{}", "x".repeat(100)),
            moment: Moment::Later,
            protected: false,
        };
        let mut record = Record::default();
        record.failure = Some(failure);
        let report = report(&OFFICE, None, &record);
        assert!(report.contains("Microsoft Edge 156 / Windows / 1280×900"), "{report}");
        assert!(report.contains(env!("CARGO_PKG_VERSION")));
        let last = report.lines().last().unwrap();
        assert!(last.starts_with("CARD-013 CCID error FExx") && last.len() < 60, "{last}");
    }
}
