//! 券面入力補助AP: name, address, date of birth and sex (基本4情報), by PIN or by 照合番号B.
//!
//! The same PIN opens the My Number (EF 0001) as well; the guard keeps every host from it. 照合番号B opens the
//! four attributes only, and is made of what is printed on the card's face.

use std::fmt;

use zeroize::Zeroizing;

use super::card::{Card, Unread, Verdict, verify};
use super::certificate::days_of;
use super::guard::{ATTRIBUTES, INPUT_SUPPORT};
use super::pin::{Pin, VerificationNumberB};
use super::reference::Reference;
use super::tries::{Consent, Tries};
use crate::apdu::StatusWord;
use crate::error::{CardError, Kind};
use crate::reader::CardChannel;
use crate::tlv::Header;

const FILE: u32 = 0xFF20;
const OFFSETS: u32 = 0xDF21;
const NAME: u32 = 0xDF22;
const ADDRESS: u32 = 0xDF23;
const BIRTH: u32 = 0xDF24;
const SEX: u32 = 0xDF25;

/// What the four attributes are opened by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttributesBy {
    /// 券面事項入力補助用暗証番号: four digits, 3 tries.
    Pin,
    /// 照合番号B: fourteen digits, 10 tries.
    NumberB,
}

/// What opens the four attributes.
pub enum AttributesKey {
    /// 券面事項入力補助用暗証番号.
    Pin(Pin),
    /// 照合番号B.
    NumberB(VerificationNumberB),
}

impl AttributesBy {
    const fn reference(self) -> Reference {
        match self {
            Self::Pin => Reference::AttributesPin,
            Self::NumberB => Reference::NumberB,
        }
    }
}

impl AttributesKey {
    /// Which of the two it is.
    pub const fn by(&self) -> AttributesBy {
        match self {
            Self::Pin(_) => AttributesBy::Pin,
            Self::NumberB(_) => AttributesBy::NumberB,
        }
    }

    fn digits(&self) -> &[u8] {
        match self {
            Self::Pin(pin) => pin.digits(),
            Self::NumberB(number) => number.digits(),
        }
    }
}

/// 性別 as the card writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sex {
    /// 1, 男.
    Male,
    /// 2, 女.
    Female,
    /// 9, 適用不能.
    NotApplicable,
    /// Anything else, or nothing: not known.
    Unknown,
}

/// 基本4情報. Wiped when dropped, never printed.
pub struct Attributes {
    name: Zeroizing<String>,
    address: Zeroizing<String>,
    /// As the card writes it.
    birth: Zeroizing<Vec<u8>>,
    sex: Zeroizing<Option<u8>>,
}

/// A file that holds no 基本4情報.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAttributes;

impl fmt::Display for NotAttributes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not the form of the four attributes")
    }
}

impl std::error::Error for NotAttributes {}

impl Attributes {
    /// 氏名: an ideographic space stands between family and given name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// 住所, with full-width digits.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// 生年月日: year, month and day of the Gregorian calendar. `None` when the card has no whole date, as may
    /// be for some residents from abroad.
    pub fn birth(&self) -> Option<(u16, u8, u8)> {
        let digits: &[u8; 8] = self.birth.as_slice().try_into().ok()?;
        let mut number = [0_i64; 3];
        for (at, digit) in digits.iter().enumerate() {
            let part = number.get_mut(at.saturating_sub(2) / 2)?;
            *part = *part * 10 + i64::from(digit.checked_sub(b'0').filter(|digit| *digit < 10)?);
        }
        let [year, month, day] = number;
        let real = year > 0 && (1..=days_of(year, month)).contains(&day);
        let part = |number: i64| u8::try_from(number).ok();
        real.then_some((u16::try_from(year).ok()?, part(month)?, part(day)?))
    }

    /// 性別.
    pub fn sex(&self) -> Sex {
        match *self.sex {
            Some(b'1') => Sex::Male,
            Some(b'2') => Sex::Female,
            Some(b'9') => Sex::NotApplicable,
            _ => Sex::Unknown,
        }
    }

    /// Reads EF 0002: a table of offsets and the four values, each a TLV; others and filler behind them are
    /// let pass. The text is the card's; whoever shows it treats it as such.
    ///
    /// # Errors
    /// When it is of another form, contradicts its own table, or has no name.
    pub fn parse(file: &[u8]) -> Result<Self, NotAttributes> {
        let outer = Header::parse(file).map_err(|_| NotAttributes)?;
        let whole = file.get(..outer.total()).filter(|_| outer.tag == FILE).ok_or(NotAttributes)?;
        let mut table = None;
        let mut found = [None; 4];
        let mut at = outer.size;
        while let Some(rest) = whole.get(at..).filter(|rest| !matches!(rest, [] | [0x00 | 0xFF, ..])) {
            let header = Header::parse(rest).map_err(|_| NotAttributes)?;
            let value = rest.get(header.size..header.total()).ok_or(NotAttributes)?;
            let place = match header.tag {
                OFFSETS => &mut table,
                NAME => &mut found[0],
                ADDRESS => &mut found[1],
                BIRTH => &mut found[2],
                SEX => &mut found[3],
                _ => {
                    at += header.total();
                    continue;
                }
            };
            if place.replace((at, value)).is_some() {
                return Err(NotAttributes);
            }
            at += header.total();
        }
        let [Some(name), Some(address), birth, sex] = found else { return Err(NotAttributes) };
        if let Some((_, table)) = table {
            let stands = found.into_iter().flatten().map(|(at, _)| at);
            let told = table.chunks(2).map(|two| two.iter().fold(0, |at, byte| at << 8 | usize::from(*byte)));
            if !stands.eq(told) {
                return Err(NotAttributes);
            }
        }
        let text = |value: &[u8]| match std::str::from_utf8(value) {
            Ok(text) => Ok(Zeroizing::new(text.to_owned())),
            Err(_) => Err(NotAttributes),
        };
        let value = |part: Option<(usize, &'_ [u8])>| part.map_or(Vec::new(), |(_, value)| value.to_vec());
        let sex = match sex {
            Some((_, &[code])) => Some(code),
            _ => None,
        };
        let name = text(name.1)?;
        if name.is_empty() {
            return Err(NotAttributes);
        }
        Ok(Self {
            name,
            address: text(address.1)?,
            birth: Zeroizing::new(value(birth)),
            sex: Zeroizing::new(sex),
        })
    }
}

impl fmt::Debug for Attributes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Attributes")
    }
}

/// The application, entered on a card.
pub(super) struct InputSupport<'a, C>(&'a mut Card<C>);

impl<'a, C: CardChannel> InputSupport<'a, C> {
    /// Selects the application on a powered card.
    pub(super) async fn enter(card: &'a mut Card<C>) -> Result<Self, CardError> {
        match card.enter(&INPUT_SUPPORT).await? {
            StatusWord::OK => Ok(Self(card)),
            status => Err(CardError::of_status(Kind::NoAttributes, status, "select 券面入力補助AP")),
        }
    }

    /// The application that is entered already.
    pub(super) const fn of(card: &'a mut Card<C>) -> Self {
        Self(card)
    }

    /// Asks for the tries left. Spends none.
    pub(super) async fn tries(&mut self, by: AttributesBy) -> Result<Tries, CardError> {
        self.0.tries(by.reference()).await
    }

    /// Presents PIN or number: one VERIFY, or none.
    pub(super) async fn verify(
        &mut self,
        key: AttributesKey,
        tries: &Tries,
        consent: Consent,
    ) -> Result<Verdict, CardError> {
        let (secret, on) = (verify(key.digits()), key.by().reference());
        drop(key);
        self.0.present(secret, on, tries, consent).await
    }

    /// Reads the four attributes, once they are open.
    pub(super) async fn read(&mut self) -> Result<Attributes, CardError> {
        const DOING: &str = "read the four attributes";
        match self.0.object(ATTRIBUTES, None, FILE, &mut |_, _| {}).await {
            Ok(file) => {
                Attributes::parse(&file).map_err(|_| CardError::new(Kind::NoAttributes, "of another form"))
            }
            Err(Unread::Refused(status)) => Err(CardError::of_status(Kind::NoAttributes, status, DOING)),
            Err(Unread::Empty) => Err(CardError::new(Kind::NoAttributes, "of another form")),
            Err(Unread::Failed(error)) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests;
