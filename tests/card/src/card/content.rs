//! The files of a My Number card, made from a [`CardFile`].
//!
//! Two applications: JPKI AP (公的個人認証) and, on the card itself, 券面入力補助AP. Of the latter only what a host
//! may use or must leave alone is there; the files for session keys and signed keys are not.

use std::collections::BTreeMap;

use base64ct::{Base64, Encoding};
use rsa::{RsaPrivateKey, pkcs8::DecodePrivateKey, traits::PublicKeyParts};

use super::{
    application::{Application, File},
    pin::Pin,
};
use crate::apdu::status;
use crate::file::{Attributes, CardFile, CardKind, FileError, NoPin};

/// JPKI AP.
pub(super) const JPKI: &[u8] = &[0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01];
/// 券面入力補助AP.
pub(super) const ATTRIBUTES: &[u8] = &[0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x08];
/// PIN of 利用者証明用 in JPKI AP.
pub(super) const AUTH_PIN: u16 = 0x0018;
const SIGN_PASSWORD: u16 = 0x001B;
pub(super) const ATTRIBUTES_PIN: u16 = 0x0011;
pub(super) const NUMBER_B: u16 = 0x0015;

/// Stands where a real card keeps what must never be read: no digit in it.
const TRAP: &[u8] = b"\xFF\x10\x0CNEVER-READ-I\xFF\xFF";

pub(super) fn applications(card: &CardFile) -> Result<Vec<Application>, FileError> {
    Ok(match card.kind {
        CardKind::MyNumber => vec![jpki(card)?, attributes(card)],
        CardKind::Resident | CardKind::Phone | CardKind::Next => vec![jpki(card)?],
        CardKind::Other => Vec::new(),
    })
}

fn jpki(card: &CardFile) -> Result<Application, FileError> {
    let sign = card.sign_certificate.is_some();
    let auth = card.kind != CardKind::Resident;
    let there = |is_there: bool| if is_there { 0x8F } else { 0x00 };
    let mut files = BTreeMap::from([
        (0x0006, File::free(token(card))),
        (0x0008, File::free(vec![there(sign), there(auth), 0x00])),
        (0x0009, File::protected(vec![0xFF; 16], AUTH_PIN)),
        (SIGN_PASSWORD, File::pin(Pin::new(card.sign_password.as_deref(), 5, 5))),
    ]);
    if auth {
        let certificate = der("auth_certificate", card.auth_certificate.as_deref())?;
        files.insert(
            0x000A,
            match card.kind {
                CardKind::Phone => File::protected(certificate, AUTH_PIN),
                _ => File::free(certificate),
            },
        );
        files.insert(0x000B, File::free(der("auth_ca", card.auth_ca.as_deref())?));
        files.insert(
            0x0017,
            match card.kind {
                CardKind::Next => File::other_key(AUTH_PIN),
                _ => File::key(key("auth_key", card.auth_key.as_deref())?, AUTH_PIN),
            },
        );
        files.extend(pin(card, AUTH_PIN, card.tries_left));
    }
    if sign {
        files.insert(
            0x0001,
            File::protected(der("sign_certificate", card.sign_certificate.as_deref())?, SIGN_PASSWORD),
        );
        files.insert(0x0002, File::free(der("sign_ca", card.sign_ca.as_deref())?));
        files.insert(0x001A, File::key(key("sign_key", card.sign_key.as_deref())?, SIGN_PASSWORD));
    } else {
        // 署名用証明書 was not issued: the file is there and stays closed.
        files.insert(0x0001, File::protected(Vec::new(), SIGN_PASSWORD));
    }
    Ok(Application { aid: JPKI, files })
}

fn attributes(card: &CardFile) -> Application {
    let four = card.attributes.as_ref().map(four_attributes).unwrap_or_default();
    let mut files = BTreeMap::from([
        (0x0001, File::protected(TRAP.to_vec(), ATTRIBUTES_PIN).forbidden()),
        (0x0002, File::protected(four, ATTRIBUTES_PIN).or_by(NUMBER_B)),
        (0x0003, File::protected(TRAP.to_vec(), ATTRIBUTES_PIN).forbidden()),
        (0x0005, File::free(vec![0xFF, 0x40, 0x07, 0xDF, 0x41, 0x04, 0x01, 0x03, 0x0E, 0x01])),
        (0x0008, File::free(vec![0xFF; 16])),
        (0x0012, File::pin(Pin::new(None, 0, 0))),
        // 照合番号A is the My Number itself: presenting it is as forbidden as reading it.
        (0x0014, File::pin(Pin::new(None, 10, 10)).forbidden()),
        (NUMBER_B, File::pin(Pin::new(card.number_b.as_deref(), card.number_b_tries_left, 10))),
    ]);
    files.extend(pin(card, ATTRIBUTES_PIN, card.attributes_tries_left));
    Application { aid: ATTRIBUTES, files }
}

/// The file of a PIN of four digits, as far as the card has one.
fn pin(card: &CardFile, fid: u16, left: u8) -> Option<(u16, File)> {
    let file = match card.no_pin {
        None => File::pin(Pin::new(Some(&card.pin), left, 3)),
        Some(NoPin::NoFile) => return None,
        Some(NoPin::NoReference) => File::no_pin(status::NO_REFERENCE),
        Some(NoPin::Open) => File::no_pin(status::OK),
        Some(NoPin::Blocked) => File::pin(Pin::new(None, 0, 3)),
    };
    Some((fid, file))
}

/// CK_TOKEN_INFO: 32 bytes of label, the rest blank.
fn token(card: &CardFile) -> Vec<u8> {
    let name = card.token.as_deref().unwrap_or(match card.kind {
        CardKind::Resident => "JPKIAPICCTOKEN",
        CardKind::Phone => "JPKIAPGPSETOKEN",
        CardKind::MyNumber | CardKind::Next | CardKind::Other => "JPKIAPICCTOKEN2",
    });
    let mut token = name.as_bytes().to_vec();
    token.resize(160, b' ');
    token
}

/// EF 0002 of 券面入力補助AP: an offset table and four values.
fn four_attributes(of: &Attributes) -> Vec<u8> {
    let birth: String = of.birth.chars().filter(char::is_ascii_digit).collect();
    let sex = match of.sex.as_str() {
        "1" | "male" => "1",
        "2" | "female" => "2",
        _ => "9",
    };
    let values = [(0x22, of.name.as_str()), (0x23, &of.address), (0x24, &birth), (0x25, sex)]
        .map(|(tag, value)| tlv([0xDF, tag], value.as_bytes()));
    let content: usize = 11 + values.iter().map(Vec::len).sum::<usize>();
    let mut at = length(content).len() + 2 + 11;
    let mut table = Vec::new();
    for value in &values {
        table.extend(u16::try_from(at).unwrap_or(u16::MAX).to_be_bytes());
        at += value.len();
    }
    tlv([0xFF, 0x20], &[tlv([0xDF, 0x21], &table), values.concat()].concat())
}

fn tlv(tag: [u8; 2], value: &[u8]) -> Vec<u8> {
    [&tag, &length(value.len())[..], value].concat()
}

fn length(length: usize) -> Vec<u8> {
    match u16::try_from(length).unwrap_or(u16::MAX).to_be_bytes() {
        [0, short @ ..0x80] => vec![short],
        [0, one] => vec![0x81, one],
        [hi, lo] => vec![0x82, hi, lo],
    }
}

fn der(field: &'static str, pem: Option<&str>) -> Result<Vec<u8>, FileError> {
    let base64: String = pem
        .ok_or(FileError::Field(field))?
        .lines()
        .map(str::trim)
        .skip_while(|line| !line.starts_with("-----BEGIN "))
        .skip(1)
        .take_while(|line| !line.starts_with("-----END "))
        .collect();
    match Base64::decode_vec(&base64) {
        Ok(der) if !der.is_empty() => Ok(der),
        _ => Err(FileError::Field(field)),
    }
}

fn key(field: &'static str, pem: Option<&str>) -> Result<RsaPrivateKey, FileError> {
    let key = pem.and_then(|pem| RsaPrivateKey::from_pkcs8_pem(pem).ok()).ok_or(FileError::Field(field))?;
    if key.size() == 256 { Ok(key) } else { Err(FileError::Field(field)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The public test card's EF 0002 (fixture of the crate `myna-card`, reference of the format).
    #[test]
    fn the_four_attributes_have_the_layout_of_a_test_card() {
        let file = four_attributes(&Attributes {
            name: "黒桐　幹也".into(),
            address: "東京".into(),
            birth: "1980-02-17".into(),
            sex: "male".into(),
        });
        assert_eq!(file[..14], [0xFF, 0x20, 0x35, 0xDF, 0x21, 8, 0, 0x0E, 0, 0x20, 0, 0x29, 0, 0x34]);
        assert_eq!(file[14..17], [0xDF, 0x22, 0x0F]);
        assert_eq!(&file[0x34 - 8..0x34], b"19800217");
        assert_eq!(file[0x34..], [0xDF, 0x25, 1, b'1']);
    }

    #[test]
    fn a_long_address_takes_the_longer_length_and_moves_the_offsets() {
        let of = Attributes {
            name: "見本".into(),
            address: "あ".repeat(60),
            birth: "19480229".into(),
            sex: "2".into(),
        };
        let file = four_attributes(&of);
        assert_eq!(file[..3], [0xFF, 0x20, 0x81]);
        let table = file[7..15].chunks(2).map(|p| usize::from(u16::from_be_bytes([p[0], p[1]])));
        assert_eq!(table.map(|at| file[at + 1]).collect::<Vec<_>>(), [0x22, 0x23, 0x24, 0x25]);
    }

    #[test]
    fn a_card_file_with_a_gap_is_refused_by_name() {
        let mut card = CardFile::specimen().unwrap();
        card.auth_key = Some("no key".into());
        assert!(applications(&card).is_err_and(|e| e.to_string().contains("auth_key")));
        card.auth_key = None;
        assert!(applications(&card).is_err());
    }

    #[test]
    fn the_trap_holds_no_digit() {
        assert!(!TRAP.iter().any(u8::is_ascii_digit));
        assert_eq!(TRAP.len(), 17);
    }
}
