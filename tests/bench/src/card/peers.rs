//! OpenSC and the crate `myna-card`, each doing the same work on the same virtual card.

use super::card;
use crate::figure::{Failure, house};
use kakehashi_card::{Logged, VirtualCard};
use myna_card::ap::jpki::{JpkiAp, SignatureScheme};
use myna_card::ap::text::{TextAp, ef};
use myna_card::{Card, MasterFile, Pin, Transmit};

/// DigestInfo of SHA-256 up to the hash (RFC 8017 §9.2).
const DIGEST_INFO: &[u8] = b"\x30\x31\x30\x0D\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20";

/// What a card was given and gave.
#[derive(Debug, Clone, Copy)]
pub(super) struct Count {
    pub(super) commands: u32,
    /// Bytes of commands and answers.
    pub(super) bytes: u32,
}

impl Count {
    /// All that this card has seen.
    pub(super) fn of(card: &VirtualCard) -> Self {
        Self::part(card, |_| true)
    }

    /// Those of its commands.
    pub(super) fn part(card: &VirtualCard, counts: impl Fn(&Logged) -> bool) -> Self {
        card.log().filter(|command| counts(command)).fold(Self { commands: 0, bytes: 0 }, |sum, command| {
            Self {
                commands: sum.commands + 1,
                bytes: sum.bytes + u32::try_from(command.bytes).unwrap_or(u32::MAX),
            }
        })
    }
}

/// OpenSC's tools through pcscd: certificate only, identity.
pub(super) fn opensc() -> Result<[Count; 2], Failure> {
    let peer = std::process::Command::new(house().join("target/debug/opensc-commands")).output()?;
    let text = String::from_utf8_lossy(&peer.stdout);
    let counts: serde_json::Value = serde_json::from_str(&text)
        .map_err(|_| format!("OpenSC was not counted: {text}{}", String::from_utf8_lossy(&peer.stderr)))?;
    let count = |work: &str| -> Result<Count, Failure> {
        let [commands, bytes]: [u32; 2] = serde_json::from_value(counts[work].clone())?;
        Ok(Count { commands, bytes })
    };
    Ok([count("certificate")?, count("identity")?])
}

/// `myna-card`: certificate only, identity, attributes by PIN; asked for the tries left before a PIN, and to
/// leave the application at the end, as this program does.
pub(super) fn myna() -> Result<[Count; 3], Failure> {
    let mut bare = Card::new(Wire(card()?));
    let mut jpki = JpkiAp::select(&mut bare)?;
    jpki.read_auth_certificate_der()?;
    MasterFile::select(&mut bare)?;
    let certificate = Count::of(&bare.into_transport().0);

    let mut bare = Card::new(Wire(card()?));
    let mut jpki = JpkiAp::select(&mut bare)?;
    jpki.read_auth_certificate_der()?;
    jpki.auth_pin_retries()?;
    jpki.verify_auth_pin(&Pin::numeric("1234")?)?;
    jpki.sign_with_auth_key(SignatureScheme::Verbatim, &[DIGEST_INFO, &[7; 32]].concat())?;
    MasterFile::select(&mut bare)?;
    let identity = Count::of(&bare.into_transport().0);

    let mut bare = Card::new(Wire(card()?));
    let mut text = TextAp::select(&mut bare)?;
    text.retries(ef::PIN)?;
    text.verify_pin(&Pin::numeric("1234")?)?;
    text.read_attributes()?;
    MasterFile::select(&mut bare)?;
    let attributes = Count::of(&bare.into_transport().0);
    Ok([certificate, identity, attributes])
}

struct Wire(VirtualCard);

impl Transmit for Wire {
    fn transmit(&mut self, command: &[u8]) -> myna_card::Result<Vec<u8>> {
        Ok(self.0.transmit(command))
    }
}
