//! Which end a fault may lead to.
//!
//! The table has a row for each fault, by the way of the struck transfer and by what the struck byte is. A row
//! names the kinds of failure that tell the truth about it, whether the check may go well all the same, and
//! whether the fault may have changed what card and host tell each other: where no protocol guards the bytes,
//! a changed byte is an answer of the card like any other.

use ccid::{CardError, Kind};

use crate::fault::{Fault, Phase, Place, Struck, Way};
use crate::purpose::Purpose;
use crate::rig::{Guarded, Rig};

/// What the faults of a run did to what the two sides told each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Damage {
    Nothing,
    /// One of them may have been told anything.
    Told,
}

/// What may follow.
struct Row {
    kinds: &'static [Kind],
    /// Whether all may go well.
    well: bool,
    /// Whether one side may have been told anything.
    told: bool,
}

const fn ends(kinds: &'static [Kind]) -> Row {
    Row { kinds, well: false, told: false }
}

const fn may_end(kinds: &'static [Kind]) -> Row {
    Row { kinds, well: true, told: false }
}

const fn told(kinds: &'static [Kind]) -> Row {
    Row { kinds, well: true, told: true }
}

/// A card that was started with one of these is started in another way, where there is one.
const TRIED_AGAIN: [Kind; 2] = [Kind::Protocol, Kind::CardMute];

/// The row of a fault.
fn row(rig: Rig, struck: &Struck) -> Row {
    let row = of_fault(rig, struck);
    let again = match struck.phase {
        // The end of an RC-S300's session that was not begun is no loss.
        Phase::Opening => rig.is_port400(),
        // Another voltage, another speed, the parameters the reader has chosen.
        Phase::PoweringOn => rig.is_tpdu() && row.kinds.iter().any(|kind| TRIED_AGAIN.contains(kind)),
        _ => false,
    };
    // The word of one slot is taken for that of one that is not there.
    if rig == Rig::SecondSlot && struck.fault == Fault::Garbled && struck.phase != Phase::Talking {
        return Row {
            well: true,
            kinds: &[Kind::Protocol, Kind::Timeout, Kind::NoCard, Kind::CardMute],
            ..row
        };
    }
    Row { well: row.well || again, ..row }
}

fn of_fault(rig: Rig, struck: &Struck) -> Row {
    use Kind::{CardMute, CardRemoved, Disconnected, NoCard, Protocol, Timeout};
    let late = struck.way == Way::ToHost;
    match struck.fault {
        Fault::Slow => may_end(&[]),
        Fault::VanishedBefore => ends(&[Disconnected]),
        // What has come before may have been the last of it.
        Fault::VanishedAfter => Row { well: late, ..ends(&[Disconnected]) },
        Fault::Taken | Fault::Moved(_) if rig.is_radio() => may_end(&[CardRemoved, NoCard, CardMute]),
        Fault::Taken | Fault::Moved(_) => may_end(&[CardRemoved, NoCard]),
        Fault::Stalled | Fault::Failed => ends(&[Protocol]),
        Fault::Late => ends(&[Timeout]),
        _ if rig.guarded() == Guarded::All => port_100(struck),
        Fault::Lost => ends(&[Timeout]),
        // A frame that is another on the air, or is said to be.
        Fault::Garbled if rig.is_port400() && struck.place == Place::Data => {
            told(&[Protocol, CardRemoved, CardMute, NoCard])
        }
        _ if late => to_host(struck),
        // Another slot than its only one is refused, to the slot that asked.
        Fault::Garbled if rig.is_port400() && struck.place == Place::Header(5) => ends(&[Protocol]),
        _ => to_reader(struck),
    }
}

/// Messages of CCID to the host.
fn to_host(struck: &Struck) -> Row {
    use Kind::{CardMute, CardRemoved, NoCard, Protocol, Timeout};
    match (struck.fault, struck.place) {
        (Fault::Short, _) => ends(&[Protocol, Timeout]),
        (Fault::Long, _) => may_end(&[]),
        (Fault::Duplicated | Fault::Displaced, Place::Part | Place::Rest) => told(&[Protocol, Timeout]),
        (Fault::Duplicated | Fault::Displaced, _) => may_end(&[]),
        // Type; length; slot and sequence number; status; error; what follows.
        (_, Place::Header(0)) => ends(&[Protocol]),
        (_, Place::Header(1..=4)) => Row { well: false, ..told(&[Protocol, Timeout]) },
        (_, Place::Header(5 | 6)) => ends(&[Timeout]),
        (_, Place::Header(7)) => may_end(&[Protocol, Timeout, CardRemoved, NoCard]),
        (_, Place::Header(8)) => may_end(&[]),
        (_, Place::Header(_)) => may_end(&[Protocol]),
        // No check byte guards the first byte of an ATR.
        (_, Place::Affairs) => may_end(&[CardMute]),
        _ => told(&[Protocol]),
    }
}

/// Messages of CCID to the reader.
fn to_reader(struck: &Struck) -> Row {
    use Kind::{Protocol, Timeout};
    match (struck.fault, struck.place) {
        // The packet that ends it brings it along.
        (Fault::Displaced, Place::End) => may_end(&[Timeout]),
        (Fault::Displaced, _) => ends(&[Timeout]),
        (Fault::Short, _) => ends(&[Protocol, Timeout]),
        (Fault::Long, _) => may_end(&[Protocol, Timeout]),
        (Fault::Duplicated, _) => may_end(&[Protocol]),
        (_, Place::End) => may_end(&[]),
        // Of another type it may get an answer all the same: an ATR for a file.
        (_, Place::Header(0..=4)) => Row { well: false, ..told(&[Protocol, Timeout]) },
        (_, Place::Header(5 | 6)) => ends(&[Timeout]),
        (_, Place::Header(_)) => may_end(&[Protocol]),
        _ => told(&[Protocol]),
    }
}

/// Frames of Port-100: every byte is guarded, so nobody is ever told what was not said.
fn port_100(struck: &Struck) -> Row {
    use Kind::{CardMute, CardRemoved, Protocol, Timeout};
    match (struck.way, struck.fault) {
        (Way::ToHost, Fault::Long | Fault::Duplicated | Fault::Displaced) => may_end(&[]),
        (Way::ToHost, Fault::Lost) => ends(&[Timeout]),
        (Way::ToHost, Fault::Garbled) => may_end(&[Timeout]),
        // A frame that ends after its head says that the reader does not understand.
        (Way::ToHost, _) => may_end(&[Protocol, Timeout]),
        (Way::ToReader, Fault::Lost | Fault::Displaced) => may_end(&[Timeout]),
        // The card is told twice to wake up; a card that is gone is waited for twice.
        (Way::ToReader, Fault::Duplicated) => may_end(&[CardRemoved, CardMute, Timeout]),
        (Way::ToReader, _) => may_end(&[Protocol, Timeout]),
    }
}

/// What a card may say of itself, when anything may have been told.
fn is_told(purpose: Purpose, kind: Kind) -> bool {
    use Kind::{
        CardMute, LastTry, NoAttributes, NoCertificate, NoPin, OldCard, OtherCard, Phone, PinUnknown,
    };
    use Kind::{Protocol, SignatureRefused, UnknownCard};
    let of_any = [CardMute, OtherCard, UnknownCard, OldCard, Phone, NoPin, LastTry, PinUnknown, Protocol];
    let own: &[Kind] = match purpose {
        Purpose::Identity => &[NoCertificate, SignatureRefused],
        _ => &[NoAttributes],
    };
    of_any.contains(&kind) || own.contains(&kind) || kind == purpose.wrong() || kind == purpose.blocked()
}

/// What the faults did to what the two sides told each other.
pub(crate) fn damage(rig: Rig, struck: &[Struck]) -> Damage {
    match out_of_step(rig, struck) || struck.iter().any(|it| it.fault.damages() && row(rig, it).told) {
        true => Damage::Told,
        false => Damage::Nothing,
    }
}

/// The failure tells the truth about a fault that struck.
pub(crate) fn fits(rig: Rig, struck: &[Struck], purpose: Purpose, error: &CardError) {
    let kind = if error.kind() == Kind::PinUnknown { error.cause() } else { None };
    let kind = kind.unwrap_or(error.kind());
    let fits = struck.iter().filter(|it| it.phase != Phase::Finishing).any(|it| {
        let row = row(rig, it);
        row.kinds.contains(&kind) || row.told && is_told(purpose, kind)
    });
    assert!(fits, "{error}, cause {:?}", error.cause());
}

/// The one fault that struck is none that must be told; a second one may have undone it.
pub(crate) fn may_go_well(rig: Rig, struck: &[Struck]) {
    if struck.len() > 1 {
        return;
    }
    let bad = struck.iter().find(|it| it.phase != Phase::Finishing && !row(rig, it).well);
    assert!(bad.is_none(), "it went well in spite of {bad:?}");
}

/// Whether the reader may be left with a part of a message, to which it adds what comes next.
pub(crate) fn out_of_step(rig: Rig, struck: &[Struck]) -> bool {
    let half = |it: &Struck| it.fault.damages() || it.place == Place::End;
    rig.guarded() != Guarded::All && struck.iter().any(|it| it.way == Way::ToReader && half(it))
}
