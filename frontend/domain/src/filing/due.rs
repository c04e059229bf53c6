//! When a 届出 is due, why, and by when it costs nothing: for today's list and for the wizard.

mod cost;
mod find;
mod opening;
#[cfg(test)]
mod tests;

pub use cost::{CLAIM_SOURCES, Cost, FULL_PAY_SOURCES, SELF_PLAN_SOURCE, cost, effective};
pub use find::{Client, dues, dues_of_all, moved};
pub use opening::{Opening, OpeningError};

use super::FilingNumber;
use crate::calendar::Date;
use crate::number::OfficeNumber;
use crate::qualification::CareLevel;
use crate::upcoming::Urgency;
use crate::upstream::ServiceType;

/// The office that asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Office<'a> {
    /// What it is; one that makes no plans files nothing.
    pub service: ServiceType,
    /// 事業所番号.
    pub number: &'a OfficeNumber,
}

/// What an office sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Days after the result within which a provisional filing that turned out otherwise may be filed anew.
    /// Only 高岡市 names a number; see [`PROVISIONAL_SOURCE`].
    pub provisional_days: u16,
    /// When the insurer's counter is open.
    pub opening: Opening,
}

/// Who names fourteen days.
pub const PROVISIONAL_SOURCE: &str =
    "高岡市 https://www.city.takaoka.toyama.jp/soshiki/koreikaigoka/2/1/2/6/3775.html (結果確定後14日以内)";

impl Default for Settings {
    fn default() -> Self {
        Self { provisional_days: 14, opening: Opening::default() }
    }
}

/// A 届出 that should be made, or may have to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Why.
    pub kind: DueKind,
    /// The last day on which it costs nothing; today's month end where the beginning of services is not known.
    pub by: Date,
    /// Days from today; negative once it is late.
    pub days_left: i64,
    /// The last opening day of the insurer's counter up to then: for a filing on paper.
    pub counter: Option<Date>,
    /// The filing it is about: the one that was sent back, or that does not hold any more.
    pub filing: Option<FilingNumber>,
    /// How pressing it is.
    pub urgency: Urgency,
}

/// Why a 届出 is due, the most pressing first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DueKind {
    /// It was sent back (差戻し): nothing is filed until it is put right.
    Returned,
    /// Filed provisionally, and the result asks for the other form.
    ProvisionalDiffers {
        /// The result.
        to: CareLevel,
    },
    /// 要支援⇔要介護: the form and the office that stand do not fit the level any more.
    LevelCrossed {
        /// The level that holds, or is decided.
        to: CareLevel,
    },
    /// The person moved to another insurer: everything is filed anew there.
    Moved,
    /// No plan office stands on the 被保険者証; before services begin one has to.
    NoPlanOffice,
    /// Care before the decision: it needs a provisional filing as well.
    BeforeDecision,
    /// Another office, or 自己作成, stands on the 被保険者証. Good to know; it may be right so.
    OtherOffice,
}

impl DueKind {
    /// A stable name for identifiers; no personal data in it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Returned => "filing-returned",
            Self::ProvisionalDiffers { .. } => "filing-provisional-differs",
            Self::LevelCrossed { .. } => "filing-level-crossed",
            Self::Moved => "filing-moved",
            Self::NoPlanOffice => "filing-no-plan-office",
            Self::BeforeDecision => "filing-before-decision",
            Self::OtherOffice => "filing-other-office",
        }
    }

    /// Whether it only should be known.
    pub fn is_note(&self) -> bool {
        matches!(self, Self::BeforeDecision | Self::OtherOffice)
    }

    /// Who says that it has to be filed.
    pub fn source(&self) -> &'static str {
        match self {
            Self::ProvisionalDiffers { .. } => PROVISIONAL_SOURCE,
            Self::LevelCrossed { .. } => super::choose::SOURCE,
            Self::BeforeDecision => "河内長野市 http://www.city.kawachinagano.lg.jp/site/kaigo/1489.html",
            Self::Returned => "市町村の差戻し",
            // 介護保険法施行規則77条, 95条の2: it is filed beforehand with the insurer.
            Self::Moved | Self::NoPlanOffice | Self::OtherOffice => "介護保険法施行規則 第77条・第95条の2",
        }
    }
}
