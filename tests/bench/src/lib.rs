//! The figures the house holds itself to.
