//! `cards/<id>.json`: what one virtual card holds (docs/api.md §8). Only invented people.

use std::{fmt, fs, io, path::Path};

use serde::{Deserialize, Serialize};

/// What is written on one virtual card, and which kind of card it is.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct CardFile {
    /// The name by which a shelf knows the card, `hanako`.
    pub id: String,
    /// What a person reads when choosing a card.
    pub label: String,
    /// A My Number card, or some other card.
    #[serde(default)]
    pub kind: CardKind,
    /// The 4 digits of the authentication PIN and of the PIN of 券面入力補助.
    #[serde(default)]
    pub pin: String,
    /// Tries left on the authentication PIN when the card is new: 3, or 1, or 0 for a blocked card.
    #[serde(default = "three")]
    pub tries_left: u8,
    /// The name the token gives itself (EF 0006); that of the card's kind when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// How a card without PINs says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_pin: Option<NoPin>,
    /// The private key of 利用者証明用, PKCS#8 PEM, RSA-2048.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auth_key: Option<String>,
    /// 利用者証明用証明書, PEM.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auth_certificate: Option<String>,
    /// 利用者証明用CA証明書, PEM.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auth_ca: Option<String>,
    /// The password of 署名用; a card without one has no 署名用証明書.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign_password: Option<String>,
    /// The private key of 署名用, PKCS#8 PEM, RSA-2048.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign_key: Option<String>,
    /// 署名用証明書, PEM.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign_certificate: Option<String>,
    /// 署名用CA証明書, PEM.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign_ca: Option<String>,
    /// 基本4情報.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attributes: Option<Attributes>,
    /// Tries left on the PIN of 券面入力補助 when the card is new, of 3.
    #[serde(default = "three")]
    pub attributes_tries_left: u8,
    /// 照合番号B, 14 digits; nothing opens it when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number_b: Option<String>,
    /// Tries left on 照合番号B when the card is new, of 10.
    #[serde(default = "ten")]
    pub number_b_tries_left: u8,
}

/// Which kind of card answers.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CardKind {
    /// マイナンバーカード.
    #[default]
    MyNumber,
    /// 住民基本台帳カード: JPKI AP with 署名用 alone.
    Resident,
    /// A telephone: JPKI AP whose 利用者証明用証明書 opens after the PIN.
    Phone,
    /// A card as that of 2028 might be: JPKI AP with a key of another algorithm, which refuses what is asked
    /// of an RSA key. How such a card will really speak is not known.
    Next,
    /// A card that knows none of the applications.
    Other,
}

/// How a card without PINs (顔認証マイナンバーカード) might answer whoever asks for one: which of these is
/// true is not known.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NoPin {
    /// The PIN's file does not exist.
    NoFile,
    /// The file exists and refers to nothing.
    NoReference,
    /// Nothing has to be presented.
    Open,
    /// It is blocked from the beginning.
    Blocked,
}

/// 基本4情報 as they stand in 券面入力補助AP.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Attributes {
    /// 氏名, an ideographic space between family and given name.
    pub name: String,
    /// 住所.
    pub address: String,
    /// 生年月日, `YYYYMMDD` or `YYYY-MM-DD`.
    pub birth: String,
    /// 性別: `1` or `male`, `2` or `female`, anything else is 適用不能.
    pub sex: String,
}

const fn three() -> u8 {
    3
}

const fn ten() -> u8 {
    10
}

impl CardFile {
    /// Reads `cards/<id>.json`.
    pub fn load(path: &Path) -> Result<Self, FileError> {
        let text = fs::read_to_string(path).map_err(|e| FileError::Read(path.display().to_string(), e))?;
        Self::from_json(&text)
    }

    /// Parses the JSON of a card.
    pub fn from_json(text: &str) -> Result<Self, FileError> {
        serde_json::from_str(text).map_err(FileError::Json)
    }

    /// The JSON of the card, for a file.
    pub fn to_json(&self) -> Result<String, FileError> {
        serde_json::to_string_pretty(self).map_err(FileError::Json)
    }

    /// Every `*.json` of a folder, in the order of their names.
    pub fn load_dir(folder: &Path) -> Result<Vec<Self>, FileError> {
        let read = |e| FileError::Read(folder.display().to_string(), e);
        let mut paths = Vec::new();
        for entry in fs::read_dir(folder).map_err(read)? {
            let path = entry.map_err(read)?.path();
            if path.extension().is_some_and(|extension| extension == "json") {
                paths.push(path);
            }
        }
        paths.sort();
        paths.iter().map(|path| Self::load(path)).collect()
    }

    /// A complete invented card for tests: PIN 1234, sign password `PASSWORD1`.
    pub fn specimen() -> Result<Self, FileError> {
        Self::from_json(include_str!("../data/specimen.json"))
    }

    /// The specimen as a card of another kind, for tests.
    pub fn specimen_of(kind: CardKind) -> Result<Self, FileError> {
        match kind {
            CardKind::Next => Self::from_json(include_str!("../data/next.json")),
            CardKind::Other => Ok(Self::other()),
            CardKind::MyNumber | CardKind::Resident | CardKind::Phone => {
                Ok(Self { kind, ..Self::specimen()? })
            }
        }
    }

    /// A card that is no My Number card, for tests.
    pub fn other() -> Self {
        Self {
            id: "other".into(),
            label: "マイナンバーカードではないカード".into(),
            kind: CardKind::Other,
            pin: String::new(),
            tries_left: 3,
            token: None,
            no_pin: None,
            auth_key: None,
            auth_certificate: None,
            auth_ca: None,
            sign_password: None,
            sign_key: None,
            sign_certificate: None,
            sign_ca: None,
            attributes: None,
            attributes_tries_left: 3,
            number_b: None,
            number_b_tries_left: 10,
        }
    }
}

/// Why a card's file cannot be used.
#[derive(Debug)]
pub enum FileError {
    /// The file or folder cannot be read.
    Read(String, io::Error),
    /// It is not the JSON of a card.
    Json(serde_json::Error),
    /// A PEM or a key in the named field is not what it should be.
    Field(&'static str),
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(path, e) => write!(f, "{path} cannot be read: {e}"),
            Self::Json(e) => write!(f, "this is not a card file: {e}"),
            Self::Field(field) => write!(f, "the card's {field} is missing or cannot be used"),
        }
    }
}

impl std::error::Error for FileError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_has_a_default() {
        let card = CardFile::from_json(r#"{"id":"a","label":"b","pin":"1234"}"#).unwrap();
        assert_eq!((card.kind, card.tries_left), (CardKind::MyNumber, 3));
        assert!(card.auth_key.is_none() && card.attributes.is_none());
        let other = CardFile::from_json(r#"{"id":"a","label":"b","kind":"other"}"#).unwrap();
        assert_eq!(other.kind, CardKind::Other);
        assert!(CardFile::from_json(r#"{"id":"a","label":"b","kind":"bus_pass"}"#).is_err());
    }

    #[test]
    fn a_card_survives_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("specimen.json");
        fs::write(&path, CardFile::specimen().unwrap().to_json().unwrap()).unwrap();
        fs::write(folder.path().join("notes.txt"), "no card").unwrap();
        let cards = CardFile::load_dir(folder.path()).unwrap();
        assert_eq!(cards.len(), 1);
        assert_eq!(cards[0].id, "specimen");
        let missing = CardFile::load(&folder.path().join("gone.json")).unwrap_err();
        assert!(missing.to_string().contains("gone.json"));
    }
}
