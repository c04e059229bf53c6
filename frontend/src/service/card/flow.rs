//! The order of a check of identity.
//!
//! The challenge is fetched before the PIN is asked for, so that a network that is down costs no try; an
//! old one is fetched anew before the card signs. A PIN goes to the card once; what comes next is the
//! person's to decide.

use crate::service::problem::Problem;
use base64ct::{Base64UrlUnpadded, Encoding};
use ccid::myna::{Consent, Opened, Pin, Session, Step};
use ccid::reader::CardChannel;
use ccid::usb::Delay;
use ccid::{CardError, Kind};
use domain::calendar::Time;
use domain::upstream::{AssertionRequest, ChallengeResponse, signed_digest};
use futures_channel::mpsc::UnboundedReceiver;
use futures_util::StreamExt;
use futures_util::future::{Either, select};
use std::pin::pin;

/// Where the check is, for the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// A card is awaited.
    PutCard,
    /// The card is being read; parts as far as known.
    Reading {
        /// The part being read, from 1; 0 before the first.
        part: u16,
        /// All parts.
        of: Option<u16>,
    },
    /// The challenge is being fetched.
    Preparing,
    /// One try is left: a yes is awaited.
    LastTry,
    /// The PIN is awaited.
    Pin {
        /// Tries left.
        tries: u8,
        /// Whether the one before was wrong.
        wrong: bool,
    },
    /// The card checks the PIN.
    Checking,
    /// The card signs.
    Signing,
    /// The upstream checks the card's answer. The card may be taken away.
    Inquiring,
}

/// What the person does.
pub enum Input {
    /// Four digits were confirmed.
    Pin(Pin),
    /// The last try may be spent.
    SpendLastTry,
}

/// What the check needs of the rest of the app.
#[expect(async_fn_in_trait, reason = "one thread: futures are never Send")]
pub trait Desk {
    /// What stands for the person who was found.
    type Met;
    /// Looks at the certificate first, so that what is wrong is said before a PIN is asked for.
    async fn holds(&self, certificate: &[u8]) -> Result<(), Problem>;
    /// Fetches a challenge.
    async fn challenge(&self) -> Result<ChallengeResponse, Problem>;
    /// Brings the card's answer.
    async fn assertion(&self, answer: AssertionRequest) -> Result<Self::Met, Problem>;
    /// The page's origin.
    fn origin(&self) -> String;
    /// Thumbprint of this device's key.
    fn device(&self) -> String;
    /// Now.
    fn now(&self) -> Time;
}

/// Between two looks whether the card is still there, milliseconds.
const LOOK: u32 = 1_000;
/// Seconds that must be left of a challenge when the card is asked to sign.
const SPARE: i64 = 20;

/// The stage of a session's step; `None` where the flow itself says more.
pub fn stage_of(step: Step) -> Option<Stage> {
    match step {
        Step::PoweringOn | Step::Recognising => Some(Stage::Reading { part: 0, of: None }),
        Step::ReadingCertificate { part, of } => Some(Stage::Reading { part, of }),
        Step::CheckingPin => Some(Stage::Checking),
        Step::Signing => Some(Stage::Signing),
        Step::ReadingAttributes
        | Step::AskingTries
        | Step::WaitingForPin
        | Step::Finishing
        | Step::Finished => None,
    }
}

/// Runs a check to its end. May be dropped at any moment; then call [`Session::finish`].
///
/// # Errors
/// Whatever ends the check; a wrong PIN with tries left does not.
pub async fn check<C: CardChannel, D: Desk>(
    session: &mut Session<C>,
    desk: &D,
    delay: &impl Delay,
    input: &mut UnboundedReceiver<Input>,
    tell: &impl Fn(Stage),
) -> Result<D::Met, Problem> {
    tell(Stage::PutCard);
    session.wait_for_card(delay).await?;
    let Opened { certificate, mut tries } = session.open().await?;
    tell(Stage::Preparing);
    desk.holds(&certificate).await?;
    let mut challenge = Fresh::fetch(desk).await?;
    let mut wrong = false;
    let signature = loop {
        let mut asking = Asking { session, delay, input };
        let consent = if tries <= 1 {
            tell(Stage::LastTry);
            asking.yes().await?
        } else {
            Consent::NotAsked
        };
        asking.forget();
        tell(Stage::Pin { tries, wrong });
        let pin = asking.pin().await?;
        tell(Stage::Checking);
        if !challenge.lasts(desk.now()) {
            challenge = Fresh::fetch(desk).await?;
        }
        let digest = challenge.digest(desk);
        match session.verify_and_sign(pin, consent, &digest).await {
            Ok(signature) => break signature,
            Err(error) => (tries, wrong) = (again(error)?, true),
        }
    };
    tell(Stage::Inquiring);
    let answer = AssertionRequest {
        transaction: challenge.challenge.transaction,
        origin: desk.origin(),
        unverified_certificate: Base64UrlUnpadded::encode_string(&certificate),
        signature: Base64UrlUnpadded::encode_string(&signature),
    };
    desk.assertion(answer).await
}

/// The tries left when a failed PIN leaves any.
fn again(error: CardError) -> Result<u8, Problem> {
    match (error.kind(), error.tries()) {
        (Kind::WrongPin, Some(tries)) if tries > 0 => Ok(tries),
        _ => Err(error.into()),
    }
}

/// A challenge and when it was fetched.
struct Fresh {
    challenge: ChallengeResponse,
    until: Time,
}

impl Fresh {
    async fn fetch(desk: &impl Desk) -> Result<Self, Problem> {
        let asked = desk.now();
        let challenge = desk.challenge().await?;
        let until = asked.plus(i64::from(challenge.expires_in_s) - SPARE);
        Ok(Self { challenge, until })
    }

    fn lasts(&self, now: Time) -> bool {
        now < self.until
    }

    fn digest(&self, desk: &impl Desk) -> [u8; 32] {
        let ChallengeResponse { nonce, transaction, .. } = &self.challenge;
        signed_digest(&desk.origin(), nonce, transaction, &desk.device())
    }
}

/// Waiting for the person, while looking whether the card is still there.
struct Asking<'a, C, W> {
    session: &'a mut Session<C>,
    delay: &'a W,
    input: &'a mut UnboundedReceiver<Input>,
}

impl<C: CardChannel, W: Delay> Asking<'_, C, W> {
    /// Whatever was pressed before the question is no answer to it: a PIN confirmed twice is one try.
    fn forget(&mut self) {
        while self.input.try_recv().is_ok() {}
    }

    async fn yes(&mut self) -> Result<Consent, Problem> {
        loop {
            // A PIN that was confirmed before the question was answered is not used.
            if let Input::SpendLastTry = self.next().await? {
                return Ok(Consent::LastTry);
            }
        }
    }

    async fn pin(&mut self) -> Result<Pin, Problem> {
        loop {
            if let Input::Pin(pin) = self.next().await? {
                return Ok(pin);
            }
        }
    }

    async fn next(&mut self) -> Result<Input, Problem> {
        loop {
            match select(self.input.next(), pin!(self.delay.wait(LOOK))).await {
                Either::Left((Some(input), _)) => return Ok(input),
                // The screen is gone: the whole check is about to be dropped.
                Either::Left((None, _)) => std::future::pending().await,
                Either::Right(_) if self.session.card_present().await? => {}
                Either::Right(_) => return Err(Problem::new(Kind::CardRemoved.code())),
            }
        }
    }
}

#[cfg(test)]
mod tests;
