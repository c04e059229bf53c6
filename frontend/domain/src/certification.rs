//! 要介護認定: what its dates mean for the next one.

mod renewal;

pub use renewal::RenewalWindow;
