//! The table of readers.

use super::{Protocol, Reader, Source};
use crate::ccid::Level;
use Level::{ExtendedApdu as Extended, ShortApdu as Short, Tpdu};
use Protocol::{CcidProtected, CcidVendor, Port100, Port400};

/// A CCID reader whose descriptors stand in libccid's list.
const fn ccid(
    protocol: Protocol,
    vendor: u16,
    product: u16,
    level: Level,
    slots: u8,
    name: &'static str,
) -> Reader {
    let source = Source::Libccid;
    Reader { vendor, product, name, protocol, level: Some(level), slots, source, tried: false }
}

/// A Sony reader.
const fn sony(protocol: Protocol, product: u16, name: &'static str) -> Reader {
    let source = Source::Programs;
    Reader { vendor: 0x054C, product, name, protocol, level: None, slots: 1, source, tried: false }
}

/// A reader of class 0x0B of which only the numbers are known.
const fn listed(vendor: u16, product: u16, name: &'static str) -> Reader {
    let source = Source::NumbersOnly;
    Reader { vendor, product, name, protocol: CcidProtected, level: None, slots: 1, source, tried: false }
}

/// Every reader with a name.
pub const READERS: &[Reader] = &[
    sony(Port100, 0x06C1, "Sony RC-S380/S"),
    sony(Port100, 0x06C3, "Sony RC-S380/P"),
    sony(Port400, 0x0DC8, "Sony RC-S300/S"),
    sony(Port400, 0x0DC9, "Sony RC-S300/P"),
    sony(Port400, 0x0D8F, "Sony RC-S660/U"),
    // Class 0xFF: any page.
    ccid(CcidVendor, 0x04E6, 0x511A, Tpdu, 1, "SCR3310-NTTCom"),
    ccid(CcidVendor, 0x04E6, 0x5120, Tpdu, 2, "SCR331-DI-NTTCom"),
    ccid(CcidVendor, 0x04E6, 0x5111, Tpdu, 2, "SCM SCR331-DI"),
    ccid(CcidVendor, 0x04E6, 0x5121, Tpdu, 2, "SCM SDI010"),
    ccid(CcidVendor, 0x04E6, 0x512B, Tpdu, 2, "SCM SDI011"),
    ccid(CcidVendor, 0x04E6, 0x512C, Tpdu, 2, "SCM SDI011"),
    ccid(CcidVendor, 0x04E6, 0x5291, Tpdu, 1, "SCM SCL010"),
    ccid(CcidVendor, 0x04E6, 0x5292, Tpdu, 1, "SCM SCL01x"),
    ccid(CcidVendor, 0x04E6, 0xE003, Tpdu, 1, "SCM SPR532"),
    ccid(CcidVendor, 0x076B, 0x5340, Tpdu, 1, "HID OMNIKEY 5021 CL"),
    ccid(CcidVendor, 0x076B, 0x532A, Short, 1, "HID OMNIKEY 5321 CLi"),
    ccid(CcidVendor, 0x0C4B, 0x0300, Tpdu, 1, "REINER SCT cyberJack pinpad(a)"),
    ccid(CcidVendor, 0x0C4B, 0x0500, Tpdu, 1, "REINER SCT cyberJack RFID standard"),
    ccid(CcidVendor, 0x1DB2, 0x0600, Extended, 1, "DUALi DE-ABCM6"),
    ccid(CcidVendor, 0x1DB2, 0x0604, Extended, 1, "DUALi DRAGON BT"),
    ccid(CcidVendor, 0x046A, 0x003E, Tpdu, 1, "Cherry SmartTerminal ST-2xxx"),
    ccid(CcidVendor, 0x413C, 0x2100, Tpdu, 1, "Dell SK-3106"),
    ccid(CcidVendor, 0x09BE, 0x0002, Tpdu, 1, "MySMART PAD V2.0"),
    // Class 0x0B: Isolated Web Apps only.
    ccid(CcidProtected, 0x04E6, 0x5116, Tpdu, 1, "SCM SCR3310"),
    ccid(CcidProtected, 0x04E6, 0x511F, Tpdu, 1, "SCM SCR3310"),
    ccid(CcidProtected, 0x04E6, 0x5410, Tpdu, 1, "SCM SCR35xx"),
    ccid(CcidProtected, 0x04E6, 0x5814, Tpdu, 1, "Identiv SCR3500 A"),
    ccid(CcidProtected, 0x04E6, 0x5790, Extended, 1, "Identiv uTrust 3700 F"),
    ccid(CcidProtected, 0x04E6, 0x5724, Extended, 1, "Identiv uTrust 4701 F"),
    ccid(CcidProtected, 0x04E6, 0xE001, Tpdu, 1, "SCM SCR331"),
    ccid(CcidProtected, 0x072F, 0xB100, Tpdu, 1, "ACS ACR39U"),
    ccid(CcidProtected, 0x072F, 0x221A, Short, 1, "ACS ACR1251"),
    ccid(CcidProtected, 0x072F, 0x223B, Short, 1, "ACS ACR1252 Dual"),
    ccid(CcidProtected, 0x072F, 0x223E, Extended, 1, "ACS ACR1252"),
    listed(0x072F, 0x221B, "ACS ACR1251DI-NTTCom"),
    listed(0x072F, 0x2200, "ACS ACR122U"),
    ccid(CcidProtected, 0x31AA, 0x3001, Short, 1, "Circle CIR315"),
    ccid(CcidProtected, 0x31AA, 0x3002, Extended, 1, "Circle CIR315 CL"),
    ccid(CcidProtected, 0x31AA, 0x3003, Extended, 1, "Circle CIR315 DI"),
    ccid(CcidProtected, 0x08E6, 0x3437, Tpdu, 1, "Gemalto PC Twin"),
    ccid(CcidProtected, 0x08E6, 0x3438, Tpdu, 1, "Gemalto USB Key"),
    ccid(CcidProtected, 0x076B, 0x3021, Short, 1, "HID OMNIKEY 3x21"),
    ccid(CcidProtected, 0x076B, 0x3022, Extended, 1, "HID OMNIKEY 3121"),
    ccid(CcidProtected, 0x076B, 0x5022, Extended, 1, "HID OMNIKEY 5022"),
];
