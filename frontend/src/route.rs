//! Addresses of pages: behind `#`, so that any static host will do and a link is a plain link, and without
//! anything personal.
//!
//! Written here and not taken from a router library: one table of addresses, a tenth of the whole app's
//! size saved.

use crate::state::{CaseKey, DraftKey, FiledKey, PersonKey};
use domain::upstream::Role;

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
    /// 受付: a municipality's queue.
    Desk,
    /// 一括入力.
    DeskBulk,
    /// One case of the queue.
    DeskCase {
        /// Names the case within this session only.
        case: CaseKey,
    },
    /// 延期通知書 of one case, as a draft.
    DeskNotice {
        /// As above.
        case: CaseKey,
    },
    /// 認定の進捗 of all clients.
    Board,
    /// 認定の経過 of one person.
    Cases {
        /// As above.
        person: PersonKey,
    },
    /// 同意 of one person.
    Consent {
        /// As above.
        person: PersonKey,
    },
    /// 届出: drafts, what waits, what was sent.
    Filings,
    /// Blank forms.
    FilingBlank,
    /// Which form for one person, and why now.
    FilingStart {
        /// As above.
        person: PersonKey,
    },
    /// One draft.
    Filing {
        /// Which, on this device.
        draft: DraftKey,
        /// Page of the questions, from 1; 0 where it was left.
        page: u8,
    },
    /// 本人確認 by card for a draft.
    FilingCard {
        /// As above.
        draft: DraftKey,
    },
    /// A draft on paper.
    FilingPaper {
        /// As above.
        draft: DraftKey,
    },
    /// What proves the filing that was asked about last.
    FilingProof,
    /// 届出 on the municipality's desk.
    DeskFilings,
    /// One of them.
    DeskFiled {
        /// Which, in this session.
        filing: FiledKey,
    },
    /// What proves it.
    DeskProof {
        /// As above.
        filing: FiledKey,
    },
    /// A filing on paper, entered by a clerk.
    DeskPaper,
    /// 閲覧の記録.
    Records,
    /// ヘルプ.
    Help,
    /// 機器の確認; open also before the sign-in.
    Device,
    /// No such page.
    NotFound,
}

const PERSON: &str = "/person/";
const DOCUMENTS: &str = "/documents";
const CASE: &str = "/desk/case/";
const NOTICE: &str = "/notice";
const CASES: &str = "/cases";
const CONSENT: &str = "/consent";
const FILING: &str = "/filing";
const DRAFT: &str = "/filing/";
const FILED: &str = "/desk/filing/";
const PROOF: &str = "/evidence";

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
            "/desk" => Self::Desk,
            "/desk/bulk" => Self::DeskBulk,
            "/board" => Self::Board,
            "/records" => Self::Records,
            "/filings" => Self::Filings,
            "/filings/blank" => Self::FilingBlank,
            "/filings/evidence" => Self::FilingProof,
            "/desk/filings" => Self::DeskFilings,
            "/desk/filing/new" => Self::DeskPaper,
            "/help" => Self::Help,
            "/device" => Self::Device,
            path => {
                of_person(path).or_else(|| of_desk(path)).or_else(|| of_draft(path)).unwrap_or(Self::NotFound)
            }
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
            Self::DeskCase { case } => return format!("#{CASE}{case}"),
            Self::DeskNotice { case } => return format!("#{CASE}{case}{NOTICE}"),
            Self::Desk => "/desk",
            Self::DeskBulk => "/desk/bulk",
            Self::Cases { person } => return format!("#{PERSON}{person}{CASES}"),
            Self::Consent { person } => return format!("#{PERSON}{person}{CONSENT}"),
            Self::FilingStart { person } => return format!("#{PERSON}{person}{FILING}"),
            Self::Filing { draft, page: 0 } => return format!("#{DRAFT}{draft}"),
            Self::Filing { draft, page } => return format!("#{DRAFT}{draft}/{page}"),
            Self::FilingCard { draft } => return format!("#{DRAFT}{draft}/card"),
            Self::FilingPaper { draft } => return format!("#{DRAFT}{draft}/paper"),
            Self::Filings => "/filings",
            Self::FilingBlank => "/filings/blank",
            Self::FilingProof => "/filings/evidence",
            Self::DeskFilings => "/desk/filings",
            Self::DeskFiled { filing } => return format!("#{FILED}{filing}"),
            Self::DeskProof { filing } => return format!("#{FILED}{filing}{PROOF}"),
            Self::DeskPaper => "/desk/filing/new",
            Self::Records => "/records",
            Self::Clients => "/clients",
            Self::ClientsFile => "/clients/file",
            Self::Calendar => "/calendar",
            Self::Round => "/round",
            Self::Notices => "/notices",
            Self::Board => "/board",
            Self::Help => "/help",
            Self::Device => "/device",
            Self::NotFound => "/not-found",
        };
        ["#", path].concat()
    }

    /// The page that an account of this role gets here: a municipality works at its desk and has neither cards
    /// nor clients; nobody else has a desk.
    #[must_use]
    pub fn of(self, role: Role) -> Self {
        match (self, role == Role::Municipality) {
            (Self::Today, true) => Self::Desk,
            (Self::Help | Self::Device, _) => self,
            (_, municipality) if self.is_desk() == municipality => self,
            _ => Self::NotFound,
        }
    }
}

impl Route {
    /// Whether it is one of the municipality's.
    pub fn is_desk(self) -> bool {
        matches!(
            self,
            Self::Desk
                | Self::DeskBulk
                | Self::DeskCase { .. }
                | Self::DeskNotice { .. }
                | Self::DeskFilings
                | Self::DeskFiled { .. }
                | Self::DeskProof { .. }
                | Self::DeskPaper
        )
    }
}

fn of_desk(path: &str) -> Option<Route> {
    if let Some(rest) = path.strip_prefix(FILED) {
        return Some(match rest.strip_suffix(PROOF) {
            Some(filing) => Route::DeskProof { filing: filing.parse().ok()? },
            None => Route::DeskFiled { filing: rest.parse().ok()? },
        });
    }
    let rest = path.strip_prefix(CASE)?;
    Some(match rest.strip_suffix(NOTICE) {
        Some(case) => Route::DeskNotice { case: case.parse().ok()? },
        None => Route::DeskCase { case: rest.parse().ok()? },
    })
}

fn of_person(path: &str) -> Option<Route> {
    let rest = path.strip_prefix(PERSON)?;
    Some(if let Some(person) = rest.strip_suffix(DOCUMENTS) {
        Route::Documents { person: person.parse().ok()? }
    } else if let Some(person) = rest.strip_suffix(CASES) {
        Route::Cases { person: person.parse().ok()? }
    } else if let Some(person) = rest.strip_suffix(CONSENT) {
        Route::Consent { person: person.parse().ok()? }
    } else if let Some(person) = rest.strip_suffix(FILING) {
        Route::FilingStart { person: person.parse().ok()? }
    } else {
        Route::Person { person: rest.parse().ok()? }
    })
}

fn of_draft(path: &str) -> Option<Route> {
    let rest = path.strip_prefix(DRAFT)?;
    let (draft, page) = rest.split_once('/').unwrap_or((rest, "0"));
    let draft = draft.parse().ok()?;
    Some(match page {
        "card" => Route::FilingCard { draft },
        "paper" => Route::FilingPaper { draft },
        page => Route::Filing { draft, page: page.parse().ok()? },
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
            "#/desk",
            "#/desk/bulk",
            "#/desk/case/3",
            "#/desk/case/3/notice",
            "#/person/3/cases",
            "#/person/3/consent",
            "#/person/3/filing",
            "#/filings",
            "#/filings/blank",
            "#/filing/18446744073709551615",
            "#/filing/7/12",
            "#/filing/7/card",
            "#/filing/7/paper",
            "#/filings/evidence",
            "#/desk/filings",
            "#/desk/filing/new",
            "#/desk/filing/2",
            "#/desk/filing/2/evidence",
            "#/records",
            "#/board",
            "#/help",
            "#/device",
        ] {
            assert_eq!(Route::read(address).address(), address);
        }
        assert_eq!(Route::read(""), Route::Today);
        for address in [
            "#/person/x",
            "#/person/-1",
            "#/person/",
            "#/person/documents",
            "#/desk/case/",
            "#/desk/case/notice",
            "#/filing/",
            "#/filing/7/",
            "#/filing/7/256",
            "#/desk/filing/",
            "#/desk/filing/evidence",
            "#/elsewhere",
            "#kk-main",
        ] {
            assert_eq!(Route::read(address), Route::NotFound, "{address}");
        }
    }

    #[test]
    fn a_municipality_works_at_its_desk_and_nobody_else_does() {
        let at = |address: &str, role| Route::read(address).of(role);
        assert_eq!(at("#/", Role::Municipality), Route::Desk);
        for address in ["#/desk", "#/desk/bulk", "#/desk/case/3", "#/desk/case/3/notice"] {
            assert_eq!(at(address, Role::Municipality), Route::read(address));
            for role in [Role::Office, Role::Administrator, Role::Staff, Role::Medical] {
                assert_eq!(at(address, role), Route::NotFound, "{address}");
            }
        }
        for address in [
            "#/find",
            "#/find/card",
            "#/clients",
            "#/person/3",
            "#/person/3/consent",
            "#/calendar",
            "#/filings",
        ] {
            assert_eq!(at(address, Role::Municipality), Route::NotFound, "{address}");
            assert_eq!(at(address, Role::Staff), Route::read(address));
        }
        assert_eq!(at("#/help", Role::Municipality), Route::Help);
        assert_eq!(at("#/", Role::Staff), Route::Today);
    }
}
