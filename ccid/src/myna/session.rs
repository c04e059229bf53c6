//! One check of identity, driven step by step by a screen.
//!
//! [`open`](Session::open) reads the certificate and the tries left and spends nothing.
//! [`verify_and_sign`](Session::verify_and_sign) presents the PIN once and signs once. As soon as no further
//! step is possible the session puts the card to rest by itself: after a signature, and after every failure
//! but a wrong PIN with tries left and a last try without consent. A screen that stops half-way drops the
//! future it waits for and calls [`finish`](Session::finish); dropping alone cannot reach the card, so until
//! then the card stays powered, with at most what its PIN has opened to this page.

use std::fmt;

use super::jpki::{Jpki, Verdict, last_try};
use super::pin::Pin;
use super::progress::Step;
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

/// One person's card, from the first command to the last.
pub struct Session<C> {
    jpki: Jpki<C>,
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
        Self { jpki: Jpki::new(channel), observe: Box::new(observe), tries: None, at_rest: true }
    }

    /// Waits until a card is there. Drop it to stop waiting.
    ///
    /// # Errors
    /// When the reader fails.
    pub async fn wait_for_card(&mut self, delay: &impl Delay) -> Result<(), CardError> {
        self.jpki.guard().wait_for_card(delay).await
    }

    /// Whether the card is still there, for a screen that waits for the PIN.
    ///
    /// # Errors
    /// When the reader fails.
    pub async fn card_present(&mut self) -> Result<bool, CardError> {
        self.jpki.guard().card_present().await
    }

    /// Starts the card, reads the certificate and asks for the tries left. May be called again, after any
    /// failure, to ask the card anew.
    ///
    /// # Errors
    /// After which the card is at rest, whatever they are.
    pub async fn open(&mut self) -> Result<Opened, CardError> {
        self.finish().await;
        self.at_rest = false;
        match self.read().await {
            Ok(opened) => {
                (self.observe)(Step::WaitingForPin);
                Ok(opened)
            }
            Err(error) => {
                self.finish().await;
                Err(error)
            }
        }
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
        if let Some(tries) = self.tries.as_ref().filter(|it| it.is_last() && consent != Consent::LastTry) {
            return Err(last_try(tries));
        }
        let Some(tries) = self.tries.take() else {
            return Err(CardError::new(Kind::Forbidden, "the card has not been asked for the tries left"));
        };
        (self.observe)(Step::CheckingPin);
        let result = match self.jpki.verify(pin, tries, consent).await {
            Ok(Verdict::Right) => {
                (self.observe)(Step::Signing);
                self.jpki.sign(digest).await
            }
            Ok(Verdict::Wrong(tries)) => {
                let left = tries.left();
                self.tries = Some(tries);
                (self.observe)(Step::WaitingForPin);
                return Err(CardError::new(Kind::WrongPin, "the PIN is wrong").with_tries(left));
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
        self.jpki.finish().await;
        self.at_rest = true;
        (self.observe)(Step::Finished);
    }

    /// Gives the channel back. Call [`Self::finish`] first.
    pub fn into_channel(self) -> C {
        self.jpki.into_channel()
    }

    async fn read(&mut self) -> Result<Opened, CardError> {
        (self.observe)(Step::PoweringOn);
        self.jpki.guard().power_on().await?;
        (self.observe)(Step::Recognising);
        self.jpki.select().await?;
        let observe = &mut self.observe;
        let certificate =
            self.jpki.certificate(|part, of| observe(Step::ReadingCertificate { part, of })).await?;
        (self.observe)(Step::AskingTries);
        let tries = self.jpki.tries().await?;
        let opened = Opened { certificate, tries: tries.left() };
        self.tries = Some(tries);
        Ok(opened)
    }
}
