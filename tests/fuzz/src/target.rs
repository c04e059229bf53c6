//! The targets, a file each.

pub(crate) mod apdu;
pub(crate) mod atr;
pub(crate) mod attributes;
pub(crate) mod certificate;
pub(crate) mod descriptor;
pub(crate) mod iso14443;
pub(crate) mod iso_dep;
pub(crate) mod port100;
pub(crate) mod rcs300;
pub(crate) mod slot;
pub(crate) mod smart_card;
pub(crate) mod t0;
pub(crate) mod t1;
pub(crate) mod tlv;
