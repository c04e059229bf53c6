//! A virtual My Number card and the virtual readers in front of it.
//!
//! Card and reader are state machines fed with bytes; only `socket::tcp`, `vpcd` and `bus` touch the outside.

pub mod apdu;
pub mod bench;
pub mod bus;
pub mod card;
pub mod contact;
pub mod device;
pub mod endpoint;
pub mod fault;
pub mod file;
pub mod frame;
pub mod makes;
pub mod picc;
pub mod pipe;
pub mod rcs300;
pub mod rcs380;
pub mod reader;
pub mod shelf;
pub mod socket;
pub mod vpcd;

pub use bench::Bench;
pub use bus::{BusError, UsbBus, WebUsbPolicy};
pub use card::{Logged, VirtualCard};
pub use contact::{BlockFault, CardT0, CardT1, Line, Passed};
pub use device::VirtualDevice;
pub use endpoint::{InEndpoint, Outgoing};
pub use fault::{Fault, Moment, Rule, Script, When};
pub use file::{Attributes, CardFile, CardKind, FileError, NoPin};
pub use picc::{Picc, PiccOptions};
pub use pipe::Received;
pub use rcs300::VirtualRcs300;
pub use rcs380::VirtualRcs380;
pub use reader::{Build, Level, VirtualReader};
pub use shelf::{Listed, Shelf};
pub use socket::Session;
