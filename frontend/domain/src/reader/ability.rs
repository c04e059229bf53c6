//! What a browser can do for card readers on this page.

use super::{Browser, Machine, Os};

/// A question to the browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// Browser and its version.
    Browser,
    /// The operating system.
    Os,
    /// Secure context.
    Secure,
    /// `navigator.usb`.
    WebUsb,
    /// Permissions policy `usb`.
    Policy,
    /// Isolated Web App that may claim class 0x0B.
    Unrestricted,
    /// `navigator.smartCard`.
    SmartCard,
    /// The screen's size.
    Screen,
}

/// How good the answer is, in words on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// ✓.
    Good,
    /// 注意: it may not work, or it is not known.
    Caution,
    /// ×.
    Bad,
    /// Neither: most pages are without it.
    Absent,
}

/// What was asked and told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ability {
    /// Browser and system.
    pub machine: Machine,
    /// Secure context.
    pub secure: bool,
    /// `navigator.usb` is there.
    pub usb: bool,
    /// Permissions policy `usb`; `None` when this browser does not say.
    pub policy: Option<bool>,
    /// It is an Isolated Web App.
    pub isolated: bool,
    /// It may claim class 0x0B.
    pub unrestricted: bool,
    /// `navigator.smartCard` is there.
    pub smart_card: bool,
    /// Width and height in CSS pixels.
    pub screen: (u32, u32),
}

/// The narrowest page that was tried.
const NARROWEST: u32 = 360;

/// The answers, in the order in which one would look for the cause.
pub const fn abilities(told: &Ability) -> [(Topic, Mark); 8] {
    let Machine { os, browser, .. } = told.machine;
    [
        (Topic::Browser, browser_mark(browser)),
        (Topic::Os, os_mark(os)),
        (Topic::Secure, if told.secure { Mark::Good } else { Mark::Bad }),
        (Topic::WebUsb, if told.usb { Mark::Good } else { Mark::Bad }),
        (
            Topic::Policy,
            match told.policy {
                Some(true) => Mark::Good,
                Some(false) => Mark::Bad,
                None => Mark::Caution,
            },
        ),
        (
            Topic::Unrestricted,
            match (told.isolated, told.unrestricted) {
                (_, true) => Mark::Good,
                (true, false) => Mark::Caution,
                (false, false) => Mark::Absent,
            },
        ),
        // On Linux it was seen to be there and never to answer.
        (
            Topic::SmartCard,
            match (told.smart_card, os) {
                (true, Os::ChromeOs) => Mark::Good,
                (true, _) => Mark::Caution,
                (false, _) => Mark::Absent,
            },
        ),
        (Topic::Screen, if told.screen.0 >= NARROWEST { Mark::Good } else { Mark::Caution }),
    ]
}

const fn browser_mark(browser: Browser) -> Mark {
    match browser {
        Browser::Chrome | Browser::Edge => Mark::Good,
        Browser::Chromium | Browser::Other => Mark::Caution,
        Browser::Firefox | Browser::Safari => Mark::Bad,
    }
}

const fn os_mark(os: Os) -> Mark {
    match os {
        Os::Windows | Os::MacOs | Os::Linux | Os::ChromeOs => Mark::Good,
        Os::Android | Os::Other => Mark::Caution,
        Os::Ios => Mark::Bad,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

    fn mark(told: &Ability, topic: Topic) -> Mark {
        abilities(told).into_iter().find(|it| it.0 == topic).unwrap().1
    }

    #[test]
    fn an_office_computer_is_fine_and_an_ordinary_page_is_no_fault() {
        let bad = abilities(&OFFICE).into_iter().filter(|it| matches!(it.1, Mark::Bad | Mark::Caution));
        assert_eq!(bad.count(), 0);
        assert_eq!(mark(&OFFICE, Topic::Unrestricted), Mark::Absent);
    }

    #[test]
    fn each_thing_that_is_missing_is_marked_where_it_is() {
        assert_eq!(mark(&Ability { secure: false, ..OFFICE }, Topic::Secure), Mark::Bad);
        assert_eq!(mark(&Ability { usb: false, ..OFFICE }, Topic::WebUsb), Mark::Bad);
        assert_eq!(mark(&Ability { policy: Some(false), ..OFFICE }, Topic::Policy), Mark::Bad);
        assert_eq!(mark(&Ability { policy: None, ..OFFICE }, Topic::Policy), Mark::Caution);
        assert_eq!(mark(&Ability { screen: (320, 640), ..OFFICE }, Topic::Screen), Mark::Caution);
        assert_eq!(mark(&Ability { isolated: true, ..OFFICE }, Topic::Unrestricted), Mark::Caution);
    }

    #[test]
    fn smart_card_is_trusted_on_chromeos_only() {
        let there = Ability { smart_card: true, ..OFFICE };
        assert_eq!(mark(&there, Topic::SmartCard), Mark::Caution);
        let machine = Machine { os: Os::ChromeOs, ..OFFICE.machine };
        assert_eq!(mark(&Ability { machine, ..there }, Topic::SmartCard), Mark::Good);
    }
}
