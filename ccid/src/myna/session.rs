//! One check of identity, or one reading of the four attributes, driven step by step by a screen.
//!
//! [`open`](Session::open) reads the certificate and the tries left and spends nothing.
//! [`verify_and_sign`](Session::verify_and_sign) presents the PIN once and signs once. In the same way
//! [`open_attributes`](Session::open_attributes) asks and [`read_attributes`](Session::read_attributes)
//! presents once and reads. As soon as no further step is possible the session puts the card to rest by
//! itself: after a signature or a reading, and after every failure but a wrong PIN with tries left and a last
//! try without consent. A screen that stops half-way drops the
//! future it waits for and calls [`finish`](Session::finish); dropping alone cannot reach the card, so until
//! then the card stays powered, with at most what its PIN has opened to this page.

use std::fmt;

use super::attributes::{Attributes, AttributesBy, AttributesKey, InputSupport};
use super::card::{Card, Verdict, last_try};
use super::jpki::{Jpki, can_sign};
use super::pin::Pin;
use super::progress::Step;
use super::token::{Availability, TokenKind};
use super::tries::{Consent, Tries};
use crate::error::{CardError, Kind};
use crate::reader::CardChannel;
use crate::usb::Delay;

/// What an opened card has told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// 利用者証明用証明書, DER, not verified.
    pub certificate: Vec<u8>,
    /// Tries left on the PIN, 1 to 15.
    pub tries: u8,
}

/// What a card tells that is looked at from all sides. A failure of one thing does not hide the others.
#[derive(Debug)]
pub struct Examined {
    /// What it says it is.
    pub token: TokenKind,
    /// Which certificates it says it carries.
    pub availability: Option<Availability>,
    /// 利用者証明用証明書, DER, not verified.
    pub certificate: Result<Vec<u8>, CardError>,
    /// Tries left on the PIN.
    pub tries: Result<u8, CardError>,
}

/// One person's card, from the first command to the last.
pub struct Session<C> {
    card: Card<C>,
    observe: Box<dyn FnMut(Step)>,
    tries: Option<Tries>,
    /// Whether the card has been put to rest, or was never started.
    at_rest: bool,
}

impl<C> fmt::Debug for Session<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("tries", &self.tries).field("at_rest", &self.at_rest).finish()
    }
}

impl<C: CardChannel> Session<C> {
    /// A session over this channel; sends nothing yet. `observe` is told each step before it is done.
    pub fn new(channel: C, observe: impl FnMut(Step) + 'static) -> Self {
        Self { card: Card::new(channel), observe: Box::new(observe), tries: None, at_rest: true }
    }

    /// Waits until a card is there. Drop it to stop waiting.
    ///
    /// # Errors
    /// When the reader fails.
    pub async fn wait_for_card(&mut self, delay: &impl Delay) -> Result<(), CardError> {
        self.card.guard.wait_for_card(delay).await
    }

    /// Whether the card is still there, for a screen that waits for the PIN.
    ///
    /// # Errors
    /// When the reader fails.
    pub async fn card_present(&mut self) -> Result<bool, CardError> {
        self.card.guard.card_present().await
    }

    /// Starts the card, reads the certificate and asks for the tries left. May be called again, after any
    /// failure, to ask the card anew. The token is asked for its name only when something is amiss.
    ///
    /// # Errors
    /// [`Kind::OtherCard`], [`Kind::OldCard`], [`Kind::Phone`], [`Kind::UnknownCard`],
    /// [`Kind::NoCertificate`], [`Kind::NoPin`], [`Kind::PinBlocked`] and whatever the reader says, after which
    /// the card is at rest.
    pub async fn open(&mut self) -> Result<Opened, CardError> {
        self.finish().await;
        self.at_rest = false;
        let read = self.read().await;
        self.opened(read).await
    }

    /// Starts the card and asks it everything that costs no PIN: the test of a reader and a card.
    ///
    /// When certificate and tries are there, [`Self::verify_and_sign`] may follow. When they are not, the card
    /// is at rest.
    ///
    /// # Errors
    /// [`Kind::OtherCard`] and whatever the reader says; the card is at rest.
    pub async fn examine(&mut self) -> Result<Examined, CardError> {
        self.finish().await;
        self.at_rest = false;
        let read = self.ask_all().await;
        let goes_on = self.tries.is_some();
        let examined = self.opened(read).await?;
        if !goes_on {
            self.finish().await;
        }
        Ok(examined)
    }

    /// Starts the card and asks for the tries left on what opens the four attributes.
    ///
    /// # Errors
    /// [`Kind::NoAttributes`], [`Kind::NoPin`], [`Kind::AttributesPinBlocked`], [`Kind::NumberBBlocked`] and
    /// whatever the reader says, after which the card is at rest.
    pub async fn open_attributes(&mut self, by: AttributesBy) -> Result<u8, CardError> {
        self.finish().await;
        self.at_rest = false;
        let read = self.ask_attributes(by).await;
        self.opened(read).await
    }

    /// Tries left, as the card told last; `None` when it has to be asked first, with [`Self::open`].
    pub fn tries(&self) -> Option<u8> {
        self.tries.as_ref().map(Tries::left)
    }

    /// Presents the PIN, once, and signs the SHA-256 hash, once; the signature is RSASSA-PKCS1-v1_5.
    /// The card is at rest afterwards.
    ///
    /// # Errors
    /// [`Kind::WrongPin`] with the tries left, and [`Kind::LastTry`] when consent is wanted: the session goes
    /// on, call again. After [`Kind::PinUnknown`] only [`Self::open`] can tell the tries left. No failure
    /// whatever makes this send a PIN a second time.
    pub async fn verify_and_sign(
        &mut self,
        pin: Pin,
        consent: Consent,
        digest: &[u8; 32],
    ) -> Result<Vec<u8>, CardError> {
        let tries = self.spend(consent)?;
        let verdict = Jpki::of(&mut self.card).verify(pin, &tries, consent).await;
        let result = match self.judged(verdict)? {
            Ok(()) => {
                (self.observe)(Step::Signing);
                Jpki::of(&mut self.card).sign(digest).await
            }
            Err(error) => Err(error),
        };
        self.finish().await;
        result
    }

    /// Presents PIN or 照合番号B, once, and reads the four attributes. The card is at rest afterwards.
    ///
    /// # Errors
    /// As [`Self::verify_and_sign`], with [`Kind::WrongAttributesPin`] and [`Kind::WrongNumberB`];
    /// [`Kind::Forbidden`] when the card was asked for the tries on the other one.
    pub async fn read_attributes(
        &mut self,
        key: AttributesKey,
        consent: Consent,
    ) -> Result<Attributes, CardError> {
        let tries = self.spend(consent)?;
        let verdict = InputSupport::of(&mut self.card).verify(key, &tries, consent).await;
        let result = match self.judged(verdict)? {
            Ok(()) => {
                (self.observe)(Step::ReadingAttributes);
                InputSupport::of(&mut self.card).read().await
            }
            Err(error) => Err(error),
        };
        self.finish().await;
        result
    }

    /// Closes what the PIN has opened and takes the power away, once; nothing more when that is done.
    pub async fn finish(&mut self) {
        self.tries = None;
        if self.at_rest {
            return;
        }
        (self.observe)(Step::Finishing);
        self.card.rest().await;
        self.at_rest = true;
        (self.observe)(Step::Finished);
    }

    /// Gives the channel back. Call [`Self::finish`] first.
    pub fn into_channel(self) -> C {
        self.card.guard.into_inner()
    }

    /// Puts the card to rest when it could not be opened.
    async fn opened<T>(&mut self, read: Result<T, CardError>) -> Result<T, CardError> {
        match read {
            Ok(opened) => {
                if self.tries.is_some() {
                    (self.observe)(Step::WaitingForPin);
                }
                Ok(opened)
            }
            Err(error) => {
                self.finish().await;
                Err(error)
            }
        }
    }

    /// Takes what the card said about tries: whoever has it may try once.
    fn spend(&mut self, consent: Consent) -> Result<Tries, CardError> {
        if let Some(tries) = self.tries.as_ref().filter(|it| it.is_last() && consent != Consent::LastTry) {
            return Err(last_try(tries));
        }
        let Some(tries) = self.tries.take() else {
            return Err(CardError::new(Kind::Forbidden, "the card has not been asked for the tries left"));
        };
        (self.observe)(Step::CheckingPin);
        Ok(tries)
    }

    /// What the card said to a secret. An error without is a wrong one with tries left: the session goes on.
    /// One within ends it.
    fn judged(&mut self, verdict: Result<Verdict, CardError>) -> Result<Result<(), CardError>, CardError> {
        match verdict {
            Ok(Verdict::Right) => Ok(Ok(())),
            Ok(Verdict::Wrong(tries)) => {
                let error = CardError::new(tries.on().wrong(), "it is wrong").with_tries(tries.left());
                self.tries = Some(tries);
                (self.observe)(Step::WaitingForPin);
                Err(error)
            }
            Err(error) => Ok(Err(error)),
        }
    }

    async fn power_on(&mut self) -> Result<(), CardError> {
        (self.observe)(Step::PoweringOn);
        self.card.guard.power_on().await?;
        (self.observe)(Step::Recognising);
        Ok(())
    }

    async fn read(&mut self) -> Result<Opened, CardError> {
        self.power_on().await?;
        let mut jpki = Jpki::enter(&mut self.card).await?;
        let observe = &mut self.observe;
        let certificate = jpki.certificate(|part, of| observe(Step::ReadingCertificate { part, of })).await?;
        can_sign(&certificate)?;
        (self.observe)(Step::AskingTries);
        let tries = jpki.tries().await?;
        let opened = Opened { certificate, tries: tries.left() };
        self.tries = Some(tries);
        Ok(opened)
    }

    async fn ask_all(&mut self) -> Result<Examined, CardError> {
        self.power_on().await?;
        let mut jpki = Jpki::enter(&mut self.card).await?;
        let (token, availability) = (jpki.token().await?, jpki.availability().await?);
        let observe = &mut self.observe;
        let certificate =
            told(jpki.certificate(|part, of| observe(Step::ReadingCertificate { part, of })).await)?;
        (self.observe)(Step::AskingTries);
        let tries = told(jpki.tries().await)?;
        let left = tries.as_ref().map(Tries::left).map_err(CardError::clone);
        if certificate.as_deref().is_ok_and(|it| can_sign(it).is_ok()) {
            self.tries = tries.ok();
        }
        Ok(Examined { token, availability, certificate, tries: left })
    }

    async fn ask_attributes(&mut self, by: AttributesBy) -> Result<u8, CardError> {
        self.power_on().await?;
        let mut application = InputSupport::enter(&mut self.card).await?;
        (self.observe)(Step::AskingTries);
        let tries = application.tries(by).await?;
        let left = tries.left();
        self.tries = Some(tries);
        Ok(left)
    }
}

/// A failure that the card itself has told is a result; one of the way to it ends everything.
fn told<T>(result: Result<T, CardError>) -> Result<Result<T, CardError>, CardError> {
    match result {
        Err(error) if error.status().is_none() && error.kind() != Kind::NoCertificate => Err(error),
        result => Ok(result),
    }
}
