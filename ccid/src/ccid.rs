//! The CCID class (USB-IF DWG Smart-Card CCID Rev 1.1), host side, as state machines fed with bytes.

mod assemble;
mod class;
mod exchange;
mod message;
pub mod quirk;

pub use class::{ClassDescriptor, Level};
pub use exchange::{Exchange, Failure, Reply, Slot, Want};
pub use message::{CommandStatus, IccStatus, Message};
