//! The municipality's desk for 届出. A clerk sees the filings of the own insurer only.

pub(crate) mod decide;
pub(crate) mod inbox;
pub(crate) mod open;
pub(crate) mod paper;

pub(crate) use decide::decide;
pub(crate) use inbox::inbox;
pub(crate) use open::open;
pub(crate) use paper::paper;
