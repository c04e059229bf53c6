//! 同意 to the certification's information: recorded, seen, withdrawn.

pub(crate) mod register;

pub(crate) use register::concerning;
