//! Every failure a person can meet: what happened, who can mend it, what to do next.
//!
//! One catalogue makes the words on the screen, `docs/errors.md` and the tests. Codes never change their
//! meaning: `CARD` readers and cards, `RLY` the relay, `UPS` the upstream's business errors, `APP` the app
//! and the browser.

mod access;
mod app;
mod card;
mod filing;
mod relay;
mod upstream;

/// One failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// Stable code.
    pub code: &'static str,
    /// What happened, a sentence.
    pub what: &'static str,
    /// Who can mend it.
    pub who: Who,
    /// The next step, a sentence or two.
    pub next: &'static str,
    /// Whether the same thing may be tried again at once.
    pub again: bool,
}

/// Who can mend it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// The person at the screen.
    You,
    /// The office's administrator (管理者ユーザ).
    Administrator,
    /// Whoever looks after the computer.
    ComputerKeeper,
    /// The municipality's window.
    Municipality,
    /// The card's holder.
    CardHolder,
    /// Nobody here: it passes.
    Time,
    /// The makers of this software.
    Makers,
}

impl Who {
    /// In words.
    pub fn name(self) -> &'static str {
        match self {
            Self::You => "あなた(この画面で)",
            Self::Administrator => "事業所の管理者",
            Self::ComputerKeeper => "このパソコンの管理者",
            Self::Municipality => "市区町村の窓口",
            Self::CardHolder => "カードの持ち主",
            Self::Time => "時間をおくと直ることがあります",
            Self::Makers => "サポート窓口",
        }
    }
}

/// The fault of a code.
pub fn find(code: &str) -> Option<&'static Fault> {
    all().find(|fault| fault.code == code)
}

/// The whole catalogue, in the order of the documentation.
pub fn all() -> impl Iterator<Item = &'static Fault> {
    card::FAULTS
        .iter()
        .chain(relay::FAULTS)
        .chain(upstream::FAULTS)
        .chain(access::FAULTS)
        .chain(filing::FAULTS)
        .chain(app::FAULTS)
}

/// Whether a code tells of a reader rather than of a card: the page 機器の確認 can say more.
pub fn of_reader(code: &str) -> bool {
    code.starts_with("CARD-00")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn codes_are_unique_and_sentences_are_whole() {
        let mut seen = HashSet::new();
        for fault in all() {
            assert!(seen.insert(fault.code), "{} stands twice", fault.code);
            let (group, number) = fault.code.split_once('-').expect("GROUP-NNN");
            assert!(["CARD", "RLY", "UPS", "APP"].contains(&group), "{}", fault.code);
            assert!(number.len() == 3 && number.bytes().all(|b| b.is_ascii_digit()), "{}", fault.code);
            for text in [fault.what, fault.next] {
                assert!(text.ends_with('。'), "{}: {text}", fault.code);
                assert!(!text.contains("システムエラー"), "{}: says nothing", fault.code);
            }
        }
    }

    #[test]
    fn the_document_says_the_same() {
        let mut document = String::from(
            "# Error codes\n\nMade from `frontend/domain/src/fault`; a test compares. \
             On the screen: what happened, who can mend it, the next step.\n\n\
             | code | 何が起きたか | 直せる人 | 次にすること |\n|---|---|---|---|\n",
        );
        for fault in all() {
            document +=
                &format!("| {} | {} | {} | {} |\n", fault.code, fault.what, fault.who.name(), fault.next);
        }
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/errors.md");
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(path, &document).expect("docs/errors.md can be written");
        }
        let written = std::fs::read_to_string(path).expect("docs/errors.md is there");
        assert_eq!(written, document, "run: UPDATE_DOCS=1 cargo test -p kakehashi-domain");
    }
}
