//! 資格情報: the five kinds that an office checks, as they stand on the papers they replace.
//!
//! Each kind comes as a [`Sheet`]: the value, or a reason why there is none, always with the time it was
//! true and who said so. What of it cannot be read stands beside it, as it came.

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
mod sheet;
pub mod timeline;
mod today;

pub use benefit::{Dwelling, EquipmentPurchase, EquipmentUse, HousingPayment, HousingUse};
pub use certificate::{
    BenefitRestriction, CareLevel, CertificationState, Facility, InsuranceCertificate, KindLimit, PlanOffice,
    RestrictionKind,
};
pub use copayment::{CopaymentCertificate, CopaymentPeriod, share_on};
pub use held::{Correction, Held, HeldKind, HeldStretch};
use history::known;
pub use history::{HeldLevel, HeldShare, History, ShareChange, Version};
pub use holding::HeldPaper;
pub use limit::{LimitCertificate, LimitStage, RoomAmount, RoomKind};
pub(crate) use sheet::version;
pub use sheet::{Content, Odd, Parts, Sheet, kept};
pub use today::{Period, Standing};

use crate::upstream::Person;
use serde::{Deserialize, Serialize};

/// All five kinds of one person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Qualification {
    /// Whose they are.
    pub person: Person,
    /// 被保険者証.
    #[serde(default)]
    pub certificate: Sheet<InsuranceCertificate>,
    /// 負担割合証.
    #[serde(default)]
    pub copayment: Sheet<CopaymentCertificate>,
    /// 負担限度額認定証.
    #[serde(default)]
    pub limit: Sheet<LimitCertificate>,
    /// 住宅改修費の利用状況.
    #[serde(default)]
    pub housing: Sheet<HousingUse>,
    /// 福祉用具購入費の利用状況.
    #[serde(default)]
    pub equipment: Sheet<EquipmentUse>,
}
