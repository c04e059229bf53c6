//! What this browser can do, line by line.

use crate::component::{Tone, all, badge, el, rows, text};
use crate::text::{device as words, device_screen, device_version};
use domain::reader::{Ability, Mark, Topic, abilities};
use yew::prelude::*;

/// Each question and its answer: a word with its sign, and more where it helps.
pub(super) fn lines(told: &Ability) -> Html {
    rows(abilities(told).into_iter().map(|(topic, mark)| {
        let more = match topic {
            Topic::Browser => device_version(told.machine.browser.name(), told.machine.version),
            Topic::Os => told.machine.os.name().to_owned(),
            Topic::Screen => device_screen(told.screen),
            _ => String::new(),
        };
        (text(name(topic)), answer(mark, more, advice(topic, mark)))
    }))
}

fn answer(mark: Mark, more: String, advice: &'static str) -> Html {
    let (tone, word) = match mark {
        Mark::Good => (Some(Tone::Success), words().good),
        Mark::Caution => (Some(Tone::Warning), words().caution),
        Mark::Bad => (Some(Tone::Error), words().bad),
        Mark::Absent => (None, words().absent),
    };
    let first = el("p", "kk-meaning", all(vec![badge(tone, word), text(more)]));
    if advice.is_empty() { first } else { all(vec![first, el("p", "kk-support", text(advice))]) }
}

/// The question in words.
pub(super) fn name(topic: Topic) -> &'static str {
    let words = words();
    match topic {
        Topic::Browser => words.browser,
        Topic::Os => words.os,
        Topic::Secure => words.secure,
        Topic::WebUsb => words.usb,
        Topic::Policy => words.policy,
        Topic::Unrestricted => words.unrestricted,
        Topic::SmartCard => words.smart_card,
        Topic::Screen => words.screen,
    }
}

/// What to do about it, or what it means; nothing where all is well.
fn advice(topic: Topic, mark: Mark) -> &'static str {
    let words = words();
    match (topic, mark) {
        (Topic::Unrestricted, Mark::Absent) => words.unrestricted_absent,
        (Topic::SmartCard, Mark::Absent) => words.smart_card_absent,
        (_, Mark::Good | Mark::Absent) => "",
        (Topic::Browser, Mark::Bad) => words.browser_bad,
        (Topic::Browser, Mark::Caution) => words.browser_caution,
        (Topic::Os, Mark::Bad) => words.os_bad,
        (Topic::Os, Mark::Caution) => words.os_caution,
        (Topic::Secure, _) => words.secure_bad,
        (Topic::WebUsb, _) => words.usb_bad,
        (Topic::Policy, Mark::Bad) => words.policy_bad,
        (Topic::Policy, Mark::Caution) => words.policy_caution,
        (Topic::Unrestricted, _) => words.unrestricted_caution,
        (Topic::SmartCard, _) => words.smart_card_caution,
        (Topic::Screen, _) => words.screen_caution,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_not_well_says_what_to_do() {
        let topics = [
            Topic::Browser,
            Topic::Os,
            Topic::Secure,
            Topic::WebUsb,
            Topic::Policy,
            Topic::Unrestricted,
            Topic::SmartCard,
            Topic::Screen,
        ];
        for topic in topics {
            for mark in [Mark::Bad, Mark::Caution] {
                assert!(advice(topic, mark).ends_with('。'), "{topic:?} {mark:?}");
            }
            assert_eq!(advice(topic, Mark::Good), "");
        }
    }
}
