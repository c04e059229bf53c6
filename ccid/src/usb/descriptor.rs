//! Configuration descriptors (USB 2.0 §9.6): interfaces, endpoints, and the CCID class descriptor.

use super::UsbId;
use super::readers::{Protocol, lookup};
use crate::ccid::ClassDescriptor;
use crate::error::{CardError, Kind};

/// Smart card (CCID).
pub const CLASS_CCID: u8 = 0x0B;
/// Vendor's own.
pub const CLASS_VENDOR: u8 = 0xFF;

const INTERFACE: u8 = 4;
const ENDPOINT: u8 = 5;
/// The CCID functional descriptor shares its type with HID's: only the length tells them apart.
const FUNCTIONAL: u8 = 0x21;
const FUNCTIONAL_LENGTH: usize = 54;

/// An interface that can be driven.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Interface {
    /// The device it belongs to; zeros when nobody said.
    pub id: UsbId,
    /// `bConfigurationValue` of the configuration it stands in.
    pub configuration: u8,
    /// `bInterfaceNumber`.
    pub number: u8,
    /// `bAlternateSetting`.
    pub alternate: u8,
    /// `bInterfaceClass`.
    pub class: u8,
    /// `bInterfaceProtocol`: 0 for CCID over bulk pipes.
    pub protocol: u8,
    /// Number of the bulk IN endpoint, without the direction bit; 0 when there is none.
    pub bulk_in: u8,
    /// Number of the bulk OUT endpoint; 0 when there is none.
    pub bulk_out: u8,
    /// Packet size of the bulk IN endpoint.
    pub packet: u16,
    /// Number of the interrupt IN endpoint; 0 when there is none.
    pub interrupt: u8,
    /// The CCID class descriptor, wherever in the interface's block it stands.
    pub ccid: Option<ClassDescriptor>,
}

/// Every interface of a configuration, in order. Bytes that are no descriptors end the list.
pub fn interfaces(configuration: &[u8]) -> Vec<Interface> {
    let value = configuration.get(5).copied().unwrap_or(1);
    let mut found: Vec<Interface> = Vec::new();
    for descriptor in Descriptors(configuration) {
        match (descriptor, found.last_mut()) {
            (&[_, INTERFACE, number, alternate, _, class, _, protocol, ..], _) => found.push(Interface {
                configuration: value,
                number,
                alternate,
                class,
                protocol,
                ..Interface::default()
            }),
            (&[_, ENDPOINT, address, attributes, low, high, ..], Some(interface)) if attributes & 3 == 2 => {
                if address & 0x80 != 0 {
                    interface.bulk_in = address & 0x0F;
                    interface.packet = u16::from_le_bytes([low, high]) & 0x07FF;
                } else {
                    interface.bulk_out = address & 0x0F;
                }
            }
            (&[_, ENDPOINT, address, attributes, ..], Some(interface))
                if attributes & 3 == 3 && address & 0x80 != 0 =>
            {
                interface.interrupt = address & 0x0F;
            }
            (&[_, FUNCTIONAL, ..], Some(interface)) if descriptor.len() == FUNCTIONAL_LENGTH => {
                interface.ccid = ClassDescriptor::parse(descriptor);
            }
            _ => {}
        }
    }
    found
}

/// The interface to drive. Of a reader with a protocol of its own (the table says which), its interface of
/// class 0xFF with bulk pipes. Of any other: class 0xFF with a CCID descriptor first, because any page may
/// claim it and no system driver holds it; class 0x0B otherwise, which the browser lends only to Isolated
/// Web Apps that declare it: `unrestricted`.
///
/// # Errors
/// [`Kind::ProtectedClass`] when class 0x0B is all there is and it may not be claimed;
/// [`Kind::UnsupportedReader`] when no interface speaks CCID over bulk pipes.
pub fn choose(id: UsbId, configuration: &[u8], unrestricted: bool) -> Result<Interface, CardError> {
    let own = lookup(id).is_some_and(|it| matches!(it.protocol, Protocol::Port100 | Protocol::Port400));
    let speaks = |it: &Interface| {
        if own && it.class == CLASS_VENDOR {
            return true;
        }
        let class = it.class == CLASS_VENDOR || it.class == CLASS_CCID && it.protocol == 0;
        class && it.ccid.is_some()
    };
    let interface = interfaces(configuration)
        .into_iter()
        .filter(|it| it.bulk_in != 0 && it.bulk_out != 0 && it.packet != 0)
        .filter(speaks)
        .min_by_key(|it| it.class != CLASS_VENDOR)
        .ok_or_else(|| CardError::new(Kind::UnsupportedReader, "no interface speaks CCID over bulk pipes"))?;
    if interface.class == CLASS_CCID && !unrestricted {
        return Err(CardError::new(Kind::ProtectedClass, "the only CCID interface is of class 0B"));
    }
    Ok(Interface { id, ..interface })
}

/// Walks over the descriptors of a block by their lengths.
struct Descriptors<'a>(&'a [u8]);

impl<'a> Iterator for Descriptors<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let length = usize::from(*self.0.first()?);
        let (descriptor, rest) = self.0.split_at_checked(length).filter(|_| length >= 2)?;
        self.0 = rest;
        Some(descriptor)
    }
}
