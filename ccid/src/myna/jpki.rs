//! 公的個人認証AP: the certificate, the PIN and the key of 利用者証明用, command by command.

use super::card::{Card, Unread, Verdict, verify};
use super::certificate::{KeyAlgorithm, UnverifiedCertificate};
use super::guard::{
    AUTH_CERTIFICATE, AUTH_CERTIFICATE_SHORT, AUTH_KEY, AUTH_KEY_SHORT, AVAILABILITY, DIGEST_INFO, JPKI,
    TOKEN_INFO,
};
use super::pin::Pin;
use super::reference::Reference;
use super::token::{Availability, TokenKind};
use super::tries::{Consent, Tries};
use crate::apdu::{Command, StatusWord};
use crate::error::{CardError, Kind};
use crate::reader::CardChannel;

/// What a card may say that takes P2 for a file it has not selected.
const NO_CURRENT_FILE: StatusWord = StatusWord(0x6986);

/// The application, entered on a card.
pub(super) struct Jpki<'a, C>(&'a mut Card<C>);

impl<'a, C: CardChannel> Jpki<'a, C> {
    /// Selects the application on a powered card.
    pub(super) async fn enter(card: &'a mut Card<C>) -> Result<Self, CardError> {
        match card.enter(&JPKI).await? {
            StatusWord::OK => Ok(Self(card)),
            status => Err(CardError::of_status(Kind::OtherCard, status, "select 公的個人認証AP")),
        }
    }

    /// The application that is entered already.
    pub(super) const fn of(card: &'a mut Card<C>) -> Self {
        Self(card)
    }

    /// Reads 利用者証明用証明書 (DER). `part` is told which part is read next, of how many.
    ///
    /// When there is none, the token is asked whose it is; otherwise it is not, which saves two commands.
    pub(super) async fn certificate(
        &mut self,
        mut part: impl FnMut(u16, Option<u16>),
    ) -> Result<Vec<u8>, CardError> {
        let mut certificate =
            match self.0.object(AUTH_CERTIFICATE, Some(AUTH_CERTIFICATE_SHORT), 0x30, &mut part).await {
                Ok(certificate) => certificate,
                Err(Unread::Refused(status)) => {
                    let kind = match self.token().await? {
                        TokenKind::MyNumberCard => Kind::NoCertificate,
                        TokenKind::ResidentCard => Kind::OldCard,
                        TokenKind::Phone => Kind::Phone,
                        TokenKind::Unknown => Kind::UnknownCard,
                    };
                    return Err(CardError::of_status(kind, status, "read the certificate"));
                }
                Err(Unread::Empty) => {
                    return Err(CardError::new(Kind::NoCertificate, "EF 000A holds no certificate"));
                }
                Err(Unread::Failed(error)) => return Err(error),
            };
        Ok(std::mem::take(&mut *certificate))
    }

    /// Asks for the tries left. Spends none.
    pub(super) async fn tries(&mut self) -> Result<Tries, CardError> {
        self.0.tries(Reference::AuthPin).await
    }

    /// Presents the PIN: one VERIFY, or none.
    pub(super) async fn verify(
        &mut self,
        pin: Pin,
        tries: &Tries,
        consent: Consent,
    ) -> Result<Verdict, CardError> {
        let secret = verify(pin.digits());
        drop(pin);
        self.0.present(secret, Reference::AuthPin, tries, consent).await
    }

    /// Signs a SHA-256 hash (RSASSA-PKCS1-v1_5), after the PIN.
    ///
    /// The key is named by its short identifier, as test cards take it, which saves a command; where a card
    /// does not, it is selected.
    pub(super) async fn sign(&mut self, digest: &[u8; 32]) -> Result<Vec<u8>, CardError> {
        let response = self.0.whole(&sign(AUTH_KEY_SHORT, digest)).await?;
        let response = match response.status {
            status if response.data.is_empty() && (status.sw1() == 0x6A || status == NO_CURRENT_FILE) => {
                let selected = self.0.open(AUTH_KEY).await?;
                if selected != StatusWord::OK {
                    return Err(CardError::of_status(Kind::SignatureRefused, selected, "select the key"));
                }
                self.0.whole(&sign(0x80, digest)).await?
            }
            _ => response,
        };
        match response.status {
            StatusWord::OK if !response.data.is_empty() => Ok(response.data),
            status => Err(CardError::of_status(Kind::SignatureRefused, status, "sign")),
        }
    }

    /// What the token says it is; one without a name is [`TokenKind::Unknown`].
    pub(super) async fn token(&mut self) -> Result<TokenKind, CardError> {
        Ok(match self.0.open(TOKEN_INFO).await? {
            StatusWord::OK => TokenKind::named(&self.0.read(0, 32).await?.data),
            _ => TokenKind::Unknown,
        })
    }

    /// Which certificates the card carries, when it says so.
    pub(super) async fn availability(&mut self) -> Result<Option<Availability>, CardError> {
        Ok(match self.0.open(AVAILABILITY).await? {
            StatusWord::OK => Availability::of(&self.0.read(0, 3).await?.data),
            _ => None,
        })
    }
}

/// PERFORM SECURITY OPERATION with the key so referred to, over the DigestInfo of this hash.
fn sign(reference: u8, digest: &[u8; 32]) -> Command {
    let mut info = [0; DIGEST_INFO.len() + 32];
    let (head, hash) = info.split_at_mut(DIGEST_INFO.len());
    head.copy_from_slice(&DIGEST_INFO);
    hash.copy_from_slice(digest);
    Command::new(0x80, 0x2A, 0x00, reference).with_data(&info).with_expected(256)
}

/// A key that signs in another way than this program asks for must not cost the person a try.
pub(super) fn can_sign(certificate: &[u8]) -> Result<(), CardError> {
    match UnverifiedCertificate::parse(certificate) {
        Ok(it) if it.key() != Some(KeyAlgorithm::Rsa) => {
            Err(CardError::new(Kind::UnknownCard, "its key is not RSA of 2048 bits or more"))
        }
        // What is no certificate is for its verification to say.
        _ => Ok(()),
    }
}
