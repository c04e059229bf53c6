//! Addresses of pages: behind `#`, so that any static host will do and a link is a plain link, and without
//! anything personal.
//!
//! Written here and not taken from a router library: one table of addresses, a tenth of the whole app's
//! size saved.

use crate::state::PersonKey;

/// The pages of somebody who is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Route {
    /// 今日.
    #[default]
    Today,
    /// By card or by numbers.
    Find,
    /// By card.
    FindCard,
    /// By numbers.
    FindNumbers,
    /// 利用者一覧.
    Clients,
    /// Clients by file.
    ClientsFile,
    /// 月の予定.
    Calendar,
    /// 8月の切替表.
    Round,
    /// お知らせの時期.
    Notices,
    /// One person.
    Person {
        /// Names the person within this session only.
        person: PersonKey,
    },
    /// 書類 of one person.
    Documents {
        /// As above.
        person: PersonKey,
    },
    /// ヘルプ.
    Help,
    /// 機器の確認; open also before the sign-in.
    Device,
    /// No such page.
    NotFound,
}

const PERSON: &str = "/person/";
const DOCUMENTS: &str = "/documents";

impl Route {
    /// The page of a fragment: `#/find`, with or without its `#`; an empty one is 今日.
    pub fn read(fragment: &str) -> Self {
        match fragment.strip_prefix('#').unwrap_or(fragment) {
            "" | "/" => Self::Today,
            "/find" => Self::Find,
            "/find/card" => Self::FindCard,
            "/find/numbers" => Self::FindNumbers,
            "/clients" => Self::Clients,
            "/clients/file" => Self::ClientsFile,
            "/calendar" => Self::Calendar,
            "/round" => Self::Round,
            "/notices" => Self::Notices,
            "/help" => Self::Help,
            "/device" => Self::Device,
            path => of_person(path).unwrap_or(Self::NotFound),
        }
    }

    /// Its fragment, for a link: `#/find`.
    pub fn address(self) -> String {
        let path = match self {
            Self::Today => "/",
            Self::Find => "/find",
            Self::FindCard => "/find/card",
            Self::FindNumbers => "/find/numbers",
            Self::Person { person } => return format!("#{PERSON}{person}"),
            Self::Documents { person } => return format!("#{PERSON}{person}{DOCUMENTS}"),
            Self::Clients => "/clients",
            Self::ClientsFile => "/clients/file",
            Self::Calendar => "/calendar",
            Self::Round => "/round",
            Self::Notices => "/notices",
            Self::Help => "/help",
            Self::Device => "/device",
            Self::NotFound => "/not-found",
        };
        ["#", path].concat()
    }
}

fn of_person(path: &str) -> Option<Route> {
    let rest = path.strip_prefix(PERSON)?;
    Some(match rest.strip_suffix(DOCUMENTS) {
        Some(person) => Route::Documents { person: person.parse().ok()? },
        None => Route::Person { person: rest.parse().ok()? },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_there_and_back() {
        for address in [
            "#/",
            "#/find",
            "#/find/card",
            "#/find/numbers",
            "#/clients",
            "#/clients/file",
            "#/calendar",
            "#/round",
            "#/notices",
            "#/person/3",
            "#/person/3/documents",
            "#/help",
            "#/device",
        ] {
            assert_eq!(Route::read(address).address(), address);
        }
        assert_eq!(Route::read(""), Route::Today);
        for address in
            ["#/person/x", "#/person/-1", "#/person/", "#/person/documents", "#/elsewhere", "#kk-main"]
        {
            assert_eq!(Route::read(address), Route::NotFound, "{address}");
        }
    }
}
