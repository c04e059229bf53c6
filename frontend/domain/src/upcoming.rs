//! What changes next for one person, and when. It feeds the tags of the list, today's list, the month
//! view and the calendar file.

mod agenda;
mod client;
mod collect;
mod days;
mod round;
mod settings;

pub use agenda::{Line, Listed, Urgency, agenda};
pub use client::upcoming_of_client;
pub use collect::upcoming;
pub use days::{Entry, counted, days, initials};
pub use round::{Held, LimitThen, Round, RoundRow};
pub use settings::{Settings, SettingsError};

use crate::calendar::Date;
use crate::qualification::RestrictionKind;

/// One thing that comes, or stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Upcoming {
    /// The day; today for what already stands.
    pub on: Date,
    /// What.
    pub kind: UpcomingKind,
    /// Days from today; negative for a day gone by.
    pub days_left: i64,
    /// The tightest notice that is reached (60, 30, 7 …); `None` while it is further away.
    pub notice: Option<u16>,
}

/// Kinds of things, in the order in which they press on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UpcomingKind {
    /// The 認定 has ended and no other is registered.
    CertificationEnded,
    /// Last day of the 認定の有効期間.
    CertificationEnds {
        /// Whether the next is applied for.
        applied: bool,
    },
    /// Last day for 更新申請.
    RenewalCloses,
    /// First day for 更新申請.
    RenewalOpens,
    /// A 認定 that is registered begins.
    CertificationBegins,
    /// There is a 認定, but no 負担割合 for today.
    ShareMissing,
    /// 負担割合 is renewed on August 1.
    ShareRenewed {
        /// The new one, 割, once it is registered.
        known: Option<u8>,
    },
    /// 負担割合 changes within the year.
    ShareChanges {
        /// From then on, 割.
        to: u8,
    },
    /// 負担限度額認定証 has ended.
    LimitEnded,
    /// 負担限度額認定証 ends: it has to be applied for anew each year.
    LimitEnds,
    /// A 給付制限 begins.
    RestrictionBegins(RestrictionKind),
    /// A 給付制限 ends.
    RestrictionEnds(RestrictionKind),
    /// Little is left for 住宅改修.
    HousingNearlyUsed {
        /// Left, yen.
        left_yen: u32,
    },
    /// Little is left for 福祉用具 this fiscal year.
    EquipmentNearlyUsed {
        /// Left, yen.
        left_yen: u32,
    },
    /// The insurer begins then.
    InsurerStarts,
    /// The insurer has not begun, and when it will is not known.
    InsurerNotStarted,
}

/// What something is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Topic {
    /// 認定 and 更新申請.
    Certification,
    /// 負担割合.
    Share,
    /// 負担限度額認定証.
    Limit,
    /// 給付制限.
    Restriction,
    /// What is left of a ceiling.
    Balance,
    /// The insurer's own start.
    Insurer,
}

impl UpcomingKind {
    /// A stable name for identifiers; no personal data in it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::CertificationEnded => "certification-ended",
            Self::CertificationEnds { .. } => "certification-ends",
            Self::RenewalCloses => "renewal-closes",
            Self::RenewalOpens => "renewal-opens",
            Self::CertificationBegins => "certification-begins",
            Self::ShareMissing => "share-missing",
            Self::ShareRenewed { .. } => "share-renewed",
            Self::ShareChanges { .. } => "share-changes",
            Self::LimitEnded => "limit-ended",
            Self::LimitEnds => "limit-ends",
            Self::RestrictionBegins(_) => "restriction-begins",
            Self::RestrictionEnds(_) => "restriction-ends",
            Self::HousingNearlyUsed { .. } => "housing-nearly-used",
            Self::EquipmentNearlyUsed { .. } => "equipment-nearly-used",
            Self::InsurerStarts => "insurer-starts",
            Self::InsurerNotStarted => "insurer-not-started",
        }
    }

    /// What it is about.
    pub fn topic(&self) -> Topic {
        match self {
            Self::CertificationEnded
            | Self::CertificationEnds { .. }
            | Self::RenewalCloses
            | Self::RenewalOpens
            | Self::CertificationBegins => Topic::Certification,
            Self::ShareMissing | Self::ShareRenewed { .. } | Self::ShareChanges { .. } => Topic::Share,
            Self::LimitEnded | Self::LimitEnds => Topic::Limit,
            Self::RestrictionBegins(_) | Self::RestrictionEnds(_) => Topic::Restriction,
            Self::HousingNearlyUsed { .. } | Self::EquipmentNearlyUsed { .. } => Topic::Balance,
            Self::InsurerStarts | Self::InsurerNotStarted => Topic::Insurer,
        }
    }

    /// Whether it belongs to a day of the calendar; the others stand until something is done.
    pub fn is_event(&self) -> bool {
        !matches!(
            self,
            Self::CertificationEnded
                | Self::ShareMissing
                | Self::LimitEnded
                | Self::HousingNearlyUsed { .. }
                | Self::EquipmentNearlyUsed { .. }
                | Self::InsurerNotStarted
        )
    }
}

impl Upcoming {
    /// Whether it belongs on today's list: it stands, or a notice is reached.
    pub fn is_due(&self) -> bool {
        self.notice.is_some() || !self.kind.is_event()
    }
}

#[cfg(test)]
mod tests;
