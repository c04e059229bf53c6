//! 資格情報: the five kinds that an office checks, as they stand on the papers they replace.
//!
//! Each kind comes as a [`Sheet`]: the value, or a reason why there is none, always with the time it was
//! true and who said so.

mod benefit;
mod certificate;
mod copayment;
pub mod doubt;
mod held;
mod history;
mod holding;
mod limit;
#[cfg(test)]
pub(crate) mod sample;
pub mod timeline;
mod today;

pub use benefit::{Dwelling, EquipmentPurchase, EquipmentUse, HousingPayment, HousingUse};
pub use certificate::{
    BenefitRestriction, CareLevel, CertificationState, Facility, InsuranceCertificate, KindLimit, PlanOffice,
    RestrictionKind,
};
pub use copayment::{CopaymentCertificate, CopaymentPeriod, share_on};
pub use held::{Correction, Held, HeldKind, HeldStretch};
pub use history::{HeldLevel, HeldShare, History, ShareChange, Version};
pub use holding::HeldPaper;
pub use limit::{LimitCertificate, LimitStage, RoomAmount, RoomKind};
pub use today::{Period, Standing};

use crate::calendar::Time;
use crate::upstream::Person;
use serde::{Deserialize, Serialize};

/// All five kinds of one person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Qualification {
    /// Whose they are.
    pub person: Person,
    /// 被保険者証.
    pub certificate: Sheet<InsuranceCertificate>,
    /// 負担割合証.
    pub copayment: Sheet<CopaymentCertificate>,
    /// 負担限度額認定証.
    pub limit: Sheet<LimitCertificate>,
    /// 住宅改修費の利用状況.
    pub housing: Sheet<HousingUse>,
    /// 福祉用具購入費の利用状況.
    pub equipment: Sheet<EquipmentUse>,
}

/// One kind of information with its origin.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sheet<T> {
    /// When the source held this.
    pub as_of: Time,
    /// Who said it, in words: `伊勢崎市(保険者)`.
    pub source: String,
    /// What it is, or why there is none.
    pub content: Content<T>,
}

/// The value, or why there is none. "None" and "not yet there" are different answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Content<T> {
    /// It is there.
    Present(T),
    /// The insurer says there is none (for example no 負担限度額 was ever granted).
    NoneIssued,
    /// The insurer has not yet brought this kind of data.
    NotMigrated,
}

impl<T> Sheet<T> {
    /// The value, when there is one.
    pub fn value(&self) -> Option<&T> {
        match &self.content {
            Content::Present(value) => Some(value),
            Content::NoneIssued | Content::NotMigrated => None,
        }
    }
}
