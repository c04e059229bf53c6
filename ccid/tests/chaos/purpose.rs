//! What the person wants of the card.

use ccid::myna::{AttributesBy, AttributesKey, Consent, Pin, Session, VerificationNumberB};
use ccid::reader::CardChannel;
use ccid::{CardError, Kind};

const DIGEST: [u8; 32] = [0x5A; 32];

/// What the person wants, and by which secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// A check of identity, by 利用者証明用暗証番号.
    Identity,
    /// 基本4情報, by 券面事項入力補助用暗証番号.
    AttributesByPin,
    /// 基本4情報, by 照合番号B.
    AttributesByNumber,
}

impl Purpose {
    pub(crate) const ALL: [Self; 3] = [Self::Identity, Self::AttributesByPin, Self::AttributesByNumber];

    /// Asks the card what costs no try; what it told, but for the tries.
    pub(crate) async fn open<C: CardChannel>(self, session: &mut Session<C>) -> Result<Vec<u8>, CardError> {
        let by = match self {
            Self::Identity => return session.open().await.map(|opened| opened.certificate),
            Self::AttributesByPin => AttributesBy::Pin,
            Self::AttributesByNumber => AttributesBy::NumberB,
        };
        session.open_attributes(by).await.map(|_| Vec::new())
    }

    /// Presents the secret, the right one or another; what the card gives for it.
    pub(crate) async fn present<C: CardChannel>(
        self,
        session: &mut Session<C>,
        right: bool,
        consent: Consent,
    ) -> Result<Vec<u8>, CardError> {
        let pin = || Pin::new(if right { "1234" } else { "9999" }).unwrap();
        let key = match self {
            Self::Identity => return session.verify_and_sign(pin(), consent, &DIGEST).await,
            Self::AttributesByPin => AttributesKey::Pin(pin()),
            Self::AttributesByNumber => {
                let number = if right { "23022920354321" } else { "55021720352286" };
                AttributesKey::NumberB(VerificationNumberB::new(number).unwrap())
            }
        };
        let read = session.read_attributes(key, consent).await?;
        Ok([read.name(), read.address()].concat().into_bytes())
    }

    /// Commands that spend all tries but the last. Nobody has the patience to do that with 照合番号B.
    pub(crate) fn spoil(self) -> Vec<Vec<u8>> {
        let (application, file): (&[u8], u8) = match self {
            Self::Identity => (&[0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01], 0x18),
            Self::AttributesByPin => (&[0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x08], 0x11),
            Self::AttributesByNumber => return Vec::new(),
        };
        let verify = [&[0x00, 0x20, 0x00, 0x80, 4][..], b"9999"].concat();
        let enter = [&[0x00, 0xA4, 0x04, 0x0C, 10], application].concat();
        vec![enter, vec![0x00, 0xA4, 0x02, 0x0C, 2, 0x00, file], verify.clone(), verify]
    }

    pub(crate) const fn wrong(self) -> Kind {
        match self {
            Self::Identity => Kind::WrongPin,
            Self::AttributesByPin => Kind::WrongAttributesPin,
            Self::AttributesByNumber => Kind::WrongNumberB,
        }
    }

    pub(crate) const fn blocked(self) -> Kind {
        match self {
            Self::Identity => Kind::PinBlocked,
            Self::AttributesByPin => Kind::AttributesPinBlocked,
            Self::AttributesByNumber => Kind::NumberBBlocked,
        }
    }
}
