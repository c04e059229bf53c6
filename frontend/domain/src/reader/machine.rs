//! Browser and operating system, as far as the browser tells.

/// The operating system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Os {
    /// Windows.
    Windows,
    /// macOS.
    MacOs,
    /// Linux.
    Linux,
    /// ChromeOS.
    ChromeOs,
    /// Android.
    Android,
    /// iOS and iPadOS.
    Ios,
    /// Another one, or not told.
    Other,
}

/// The browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Browser {
    /// Google Chrome.
    Chrome,
    /// Microsoft Edge.
    Edge,
    /// Another one made of Chromium.
    Chromium,
    /// Firefox.
    Firefox,
    /// Safari, and every browser on iOS.
    Safari,
    /// Another one, or not told.
    Other,
}

/// What it runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Machine {
    /// The operating system.
    pub os: Os,
    /// The browser.
    pub browser: Browser,
    /// Its main version; `None` when not told.
    pub version: Option<u32>,
}

impl Os {
    /// Those a person can choose among.
    pub const ALL: [Self; 6] =
        [Self::Windows, Self::MacOs, Self::Linux, Self::ChromeOs, Self::Android, Self::Ios];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Windows => "Windows",
            Self::MacOs => "macOS",
            Self::Linux => "Linux",
            Self::ChromeOs => "ChromeOS",
            Self::Android => "Android",
            Self::Ios => "iPhone・iPad",
            Self::Other => "わかりません",
        }
    }

    /// Of the platform's name in `navigator.userAgentData`.
    fn of_platform(name: &str) -> Option<Self> {
        Some(match name {
            "Windows" => Self::Windows,
            "macOS" => Self::MacOs,
            "Linux" => Self::Linux,
            "Chrome OS" | "Chromium OS" | "ChromeOS" => Self::ChromeOs,
            "Android" => Self::Android,
            "iOS" => Self::Ios,
            _ => return None,
        })
    }

    /// Of the old `navigator.userAgent`. An iPad calls itself a Macintosh; only touch gives it away.
    fn of_agent(agent: &str, touch: bool) -> Self {
        let has = |word: &str| agent.contains(word);
        match () {
            () if has("iPhone") || has("iPad") || has("Macintosh") && touch => Self::Ios,
            () if has("Android") => Self::Android,
            () if has("CrOS") => Self::ChromeOs,
            () if has("Windows") => Self::Windows,
            () if has("Macintosh") => Self::MacOs,
            () if has("Linux") => Self::Linux,
            () => Self::Other,
        }
    }
}

impl Browser {
    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chrome => "Google Chrome",
            Self::Edge => "Microsoft Edge",
            Self::Chromium => "Chromium系のブラウザ",
            Self::Firefox => "Firefox",
            Self::Safari => "Safari",
            Self::Other => "わかりません",
        }
    }

    /// Whether it is made of Chromium, which alone has WebUSB.
    pub const fn is_chromium(self) -> bool {
        matches!(self, Self::Chrome | Self::Edge | Self::Chromium)
    }

    fn of_brand(name: &str) -> Option<Self> {
        Some(match name {
            "Google Chrome" => Self::Chrome,
            "Microsoft Edge" => Self::Edge,
            "Chromium" => Self::Chromium,
            _ => return None,
        })
    }

    /// With the word of the agent after which its version stands. Each names those it descends from as well.
    fn of_agent(agent: &str) -> (Self, &'static str) {
        [
            (Self::Firefox, "Firefox/"),
            (Self::Edge, "Edg/"),
            (Self::Edge, "EdgA/"),
            (Self::Chromium, "OPR/"),
            (Self::Chromium, "Chromium/"),
            (Self::Chrome, "Chrome/"),
            (Self::Safari, "Version/"),
        ]
        .into_iter()
        .find(|(_, word)| agent.contains(word))
        .unwrap_or((Self::Other, "\n"))
    }
}

impl Machine {
    /// Out of `userAgentData`: its brands with their versions and its platform; and of the old agent line for
    /// what they do not tell.
    pub fn told(brands: &[(String, String)], platform: &str, agent: &str, touch: bool) -> Self {
        let os = Os::of_platform(platform).unwrap_or_else(|| Os::of_agent(agent, touch));
        let named = |wanted: Browser| {
            brands.iter().find(|(name, _)| Browser::of_brand(name) == Some(wanted)).map(|it| (wanted, &it.1))
        };
        let brand = [Browser::Edge, Browser::Chrome, Browser::Chromium].into_iter().find_map(named);
        let (browser, version) = match brand {
            Some((browser, version)) => (browser, version.parse().ok()),
            None => {
                let (browser, word) = Browser::of_agent(agent);
                (browser, number_after(agent, word))
            }
        };
        // All browsers on iOS are Safari inside.
        Self { os, browser: if os == Os::Ios { Browser::Safari } else { browser }, version }
    }
}

fn number_after(text: &str, word: &str) -> Option<u32> {
    let (_, rest) = text.split_once(word)?;
    rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOWS_CHROME: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";

    fn brands(names: &[(&str, &str)]) -> Vec<(String, String)> {
        names.iter().map(|(name, version)| ((*name).to_owned(), (*version).to_owned())).collect()
    }

    #[test]
    fn brands_are_believed_first_and_the_odd_one_is_passed_over() {
        let told = brands(&[("Not A;Brand", "99"), ("Chromium", "156"), ("Microsoft Edge", "156")]);
        let machine = Machine::told(&told, "Windows", "", false);
        assert_eq!(machine, Machine { os: Os::Windows, browser: Browser::Edge, version: Some(156) });
        let told = brands(&[("Chromium", "156"), ("Not_A Brand", "8")]);
        assert_eq!(Machine::told(&told, "Linux", "", false).browser, Browser::Chromium);
    }

    #[test]
    fn without_brands_the_agent_line_tells() {
        for (agent, touch, os, browser, version) in [
            (WINDOWS_CHROME, false, Os::Windows, Browser::Chrome, 156),
            (
                "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0",
                false,
                Os::Windows,
                Browser::Firefox,
                140,
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15",
                false,
                Os::MacOs,
                Browser::Safari,
                18,
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15",
                true,
                Os::Ios,
                Browser::Safari,
                18,
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Mobile Safari/537.36",
                true,
                Os::Android,
                Browser::Chrome,
                150,
            ),
            (
                "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36",
                false,
                Os::ChromeOs,
                Browser::Chrome,
                143,
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36 Edg/155.0.0.0",
                false,
                Os::Windows,
                Browser::Edge,
                155,
            ),
        ] {
            let machine = Machine::told(&[], "", agent, touch);
            assert_eq!(machine, Machine { os, browser, version: Some(version) }, "{agent}");
        }
    }

    #[test]
    fn a_browser_that_tells_nothing_is_not_guessed() {
        let machine = Machine::told(&[], "Plan 9", "Mozilla/5.0", false);
        assert_eq!(machine, Machine { os: Os::Other, browser: Browser::Other, version: None });
    }

    #[test]
    fn on_ios_every_browser_is_safari() {
        let agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 CriOS/140.0 Safari/604.1 Chrome/140.0";
        assert_eq!(Machine::told(&[], "", agent, true).browser, Browser::Safari);
    }
}
