//! The card's work: commands and bytes beside two peers through the same virtual card, and the time a check
//! takes beside what the air and the card take anyway.

mod air;
mod peers;

pub(crate) use air::overhead;

use crate::figure::{Failure, Figure, Limit};
use ccid::apdu::{Command, Response};
use ccid::atr::Atr;
use ccid::myna::{AttributesBy, AttributesKey, Consent, Pin, Session};
use ccid::reader::CardChannel;
use ccid::{CardError, Kind};
use futures_util::FutureExt;
use kakehashi_card::{CardFile, VirtualCard};
use peers::Count;
use serde_json::json;

/// INS of VERIFY.
const VERIFY: u8 = 0x20;

/// The names of the figures of [`counts`].
pub(crate) const COUNTS: &[&str] = &[
    "card-commands",
    "card-bytes",
    "card-commands-certificate",
    "card-bytes-certificate",
    "card-commands-attributes",
    "card-bytes-attributes",
];

/// Commands and bytes for one certificate read; for one check of identity (certificate,
/// PIN, one signature); for the four attributes by PIN. All but OpenSC's include leaving what was opened, and
/// asking for the tries left before a PIN.
pub(crate) fn counts() -> Result<Vec<Figure>, Failure> {
    let opensc = peers::opensc()?;
    let [certificate, identity, attributes] = ours()?;
    let mut figures = Vec::new();
    let mut compare = |names: [&'static str; 2], ours: Count, theirs: Vec<(&'static str, Count)>| {
        for (name, unit, value, beside) in [
            (
                names[0],
                "commands",
                ours.commands,
                theirs.iter().map(|(n, c)| (*n, c.commands)).collect::<Vec<_>>(),
            ),
            (names[1], "bytes", ours.bytes, theirs.iter().map(|(n, c)| (*n, c.bytes)).collect()),
        ] {
            let least = beside.iter().map(|(_, count)| *count).min().unwrap_or(u32::MAX);
            figures.push(Figure {
                name,
                value: f64::from(value),
                unit,
                limit: Limit::Below(f64::from(least)),
                beside: beside.into_iter().map(|(name, count)| (name.to_owned(), json!(count))).collect(),
            });
        }
    };
    let myna = peers::myna()?;
    let both = |opensc, myna| vec![("opensc", opensc), ("myna-card", myna)];
    compare(["card-commands", "card-bytes"], identity, both(opensc[1], myna[1]));
    compare(["card-commands-certificate", "card-bytes-certificate"], certificate, both(opensc[0], myna[0]));
    compare(["card-commands-attributes", "card-bytes-attributes"], attributes, vec![("myna-card", myna[2])]);
    Ok(figures)
}

/// This program's session over the bare card: certificate only, identity, attributes.
fn ours() -> Result<[Count; 3], Failure> {
    let mut session = session()?;
    done(session.open())?;
    done(session.finish().map(Ok))?;
    // Opening asks for the tries left as well, which is no part of reading: SELECT of the PIN, VERIFY.
    let pin_file = Some(&[0x00, 0x18][..]);
    let certificate = Count::part(&session.into_channel().card, |command| {
        command.header[1] != VERIFY && command.selected.as_deref() != pin_file
    });

    let mut session = self::session()?;
    done(session.open())?;
    let signature = done(session.verify_and_sign(pin()?, Consent::NotAsked, &[7; 32]))?;
    if signature.len() != 256 {
        return Err(format!("a signature of {} bytes", signature.len()).into());
    }
    let identity = Count::of(&session.into_channel().card);

    let mut session = self::session()?;
    done(session.open_attributes(AttributesBy::Pin))?;
    done(session.read_attributes(AttributesKey::Pin(pin()?), Consent::NotAsked))?;
    let attributes = Count::of(&session.into_channel().card);
    Ok([certificate, identity, attributes])
}

fn session() -> Result<Session<Direct>, Failure> {
    Ok(Session::new(Direct { card: card()? }, |_| {}))
}

fn card() -> Result<VirtualCard, Failure> {
    let file = CardFile::specimen().map_err(|error| error.to_string())?;
    Ok(VirtualCard::new(&file).map_err(|error| error.to_string())?)
}

fn pin() -> Result<Pin, Failure> {
    Pin::new("1234").map_err(|_| "no PIN".into())
}

/// What a future gives that never waits.
fn done<T>(future: impl Future<Output = Result<T, CardError>>) -> Result<T, Failure> {
    Ok(future.now_or_never().ok_or("the card did not answer at once")??)
}

/// The card without a reader between.
struct Direct {
    card: VirtualCard,
}

impl CardChannel for Direct {
    async fn power_on(&mut self) -> Result<Atr, CardError> {
        self.card.power();
        Atr::parse(self.card.atr()).map_err(|_| CardError::new(Kind::CardMute, "the card's ATR"))
    }

    async fn power_off(&mut self) -> Result<(), CardError> {
        self.card.power();
        Ok(())
    }

    async fn transmit(&mut self, command: &Command) -> Result<Response, CardError> {
        let bytes = command.encode().map_err(|_| CardError::new(Kind::Forbidden, "no command"))?;
        Response::parse(self.card.transmit(&bytes))
            .map_err(|_| CardError::new(Kind::Protocol, "the card's answer"))
    }

    async fn card_present(&mut self) -> Result<bool, CardError> {
        Ok(true)
    }

    fn extended_length(&self) -> bool {
        false
    }
}
