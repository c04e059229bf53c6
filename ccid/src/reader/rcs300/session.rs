//! Messages over the pipes, and the transparent session.
//!
//! A session outlives the host that began it: the first thing said is its end.

use super::command::{self, session};
use super::radio::Rcs300Radio;
use super::reply::{Outcome, Reply};
use crate::ccid::{Exchange, Failure, Want};
use crate::error::{CardError, Kind};
use crate::usb::{Usb, UsbError};

/// For the reader's own affairs, milliseconds; on top of the card's time where a card is asked.
const READER: u32 = 3_000;
/// bError of a reader that is busy with something else and has not taken the message.
const SLOT_BUSY: u8 = 0xE0;
/// Before it is asked again, milliseconds.
const BUSY: u32 = 50;
/// Times a message is sent again to a busy reader; the end of a session more often.
const RETRIES: u8 = 1;
const END_RETRIES: u8 = 4;
/// After the field went or came, milliseconds.
const FIELD: u32 = 30;

/// Why a message brought no reply.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The reader did not take it: busy.
    Busy,
    /// It failed.
    Failed(CardError),
}

impl From<Trouble> for CardError {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Busy => Self::new(Kind::Busy, "the reader is busy with another program"),
            Trouble::Failed(error) => error,
        }
    }
}

impl<U: Usb> Rcs300Radio<U> {
    /// Ends whatever session there is, begins one, and takes the field away.
    pub(super) async fn begin(&mut self) -> Result<(), CardError> {
        self.end().await?;
        let mut outcome = self.manage(session::START).await?;
        if outcome == Outcome::Foreign {
            self.end().await?;
            outcome = self.manage(session::START).await?;
        }
        match outcome {
            Outcome::Done => {}
            Outcome::Foreign => return Err(Trouble::Busy.into()),
            _ => return Err(CardError::new(Kind::Protocol, "the reader begins no session")),
        }
        self.session = true;
        self.field_off().await
    }

    pub(super) async fn field_off(&mut self) -> Result<(), CardError> {
        self.field = false;
        self.expect(session::FIELD_OFF).await?;
        self.usb.pause(FIELD).await;
        Ok(())
    }

    pub(super) async fn field_on(&mut self) -> Result<(), CardError> {
        if !self.field {
            self.expect(session::FIELD_ON).await?;
            self.field = true;
            self.usb.pause(FIELD).await;
        }
        Ok(())
    }

    /// Takes the field away, ends the session, and lets go of the reader, as far as it still listens.
    pub(super) async fn close(&mut self) {
        if self.session && self.field_off().await.is_ok() {
            let _ = self.end().await;
        }
        self.session = false;
        self.usb.close().await;
    }

    /// A session that was not open is no failure.
    async fn end(&mut self) -> Result<(), CardError> {
        self.session = false;
        self.field = false;
        match self.patient(&command::manage(session::END), 0, END_RETRIES).await {
            Err(Trouble::Failed(error)) if error.kind() != Kind::Protocol => Err(error),
            _ => Ok(()),
        }
    }

    async fn expect(&mut self, object: u8) -> Result<(), CardError> {
        match self.manage(object).await? {
            Outcome::Done => Ok(()),
            Outcome::Foreign => {
                self.session = false;
                Err(Trouble::Busy.into())
            }
            _ => {
                self.session = false;
                Err(CardError::new(Kind::Protocol, "the reader does not switch its field"))
            }
        }
    }

    async fn manage(&mut self, object: u8) -> Result<Outcome, CardError> {
        let body = self.patient(&command::manage(object), 0, RETRIES).await?;
        Ok(self.read(&body)?.outcome())
    }

    /// Reads a reply; bytes that are none end the session, because nobody knows what the reader did.
    pub(super) fn read<'a>(&mut self, body: &'a [u8]) -> Result<Reply<'a>, CardError> {
        let reply = Reply::parse(body);
        self.session &= reply.is_some();
        reply.ok_or_else(|| CardError::new(Kind::Protocol, "a reply that cannot be read"))
    }

    /// A message that may be sent again to a reader that was too busy to take it: never a command to the card.
    pub(super) async fn patient(
        &mut self,
        body: &[u8],
        wait: u32,
        mut again: u8,
    ) -> Result<Vec<u8>, Trouble> {
        loop {
            match self.message(body, wait).await {
                Err(Trouble::Busy) if again > 0 => {
                    again -= 1;
                    self.usb.pause(BUSY).await;
                }
                result => return result,
            }
        }
    }

    /// One message and its reply, for which a card has `wait` microseconds.
    pub(super) async fn message(&mut self, body: &[u8], wait: u32) -> Result<Vec<u8>, Trouble> {
        // The pipes give up after the reader did: its timer decides whether a card answers. A dropped future
        // may have left it a longer one.
        let before = std::mem::replace(&mut self.owed, wait);
        let deadline = READER + wait.max(before).div_ceil(1000);
        let result = self.run(self.slot.escape(body), deadline).await;
        self.owed = 0;
        if let Err(Trouble::Failed(_)) = result {
            self.session = false;
        }
        result
    }

    async fn run(&mut self, mut exchange: Exchange, deadline: u32) -> Result<Vec<u8>, Trouble> {
        let input = self.interface.bulk_in;
        // A message that a dropped future left without its end.
        self.end_transfer(deadline).await.map_err(|error| self.lost(error))?;
        loop {
            let step = match exchange.next(&mut self.slot) {
                Want::Send(message) => self.send(&message, deadline).await,
                Want::Receive(max) => match self.usb.bulk_in(input, max, deadline).await {
                    Ok(transfer) => {
                        exchange.received(&mut self.slot, &transfer).map_err(failed)?;
                        Ok(())
                    }
                    Err(error) => Err(error),
                },
                Want::Done(reply) => return Ok(reply.data),
            };
            match step {
                Err(UsbError::Timeout) if exchange.nothing_came(&mut self.slot) => {}
                step => step.map_err(|error| self.lost(error))?,
            }
        }
    }

    /// A message of whole packets is ended by an empty one.
    async fn send(&mut self, message: &[u8], deadline: u32) -> Result<(), UsbError> {
        self.unended = message.len().is_multiple_of(usize::from(self.interface.packet));
        self.usb.bulk_out(self.interface.bulk_out, message, deadline).await?;
        self.end_transfer(deadline).await
    }

    async fn end_transfer(&mut self, deadline: u32) -> Result<(), UsbError> {
        if std::mem::take(&mut self.unended) {
            self.usb.bulk_out(self.interface.bulk_out, &[], deadline).await?;
        }
        Ok(())
    }

    /// A transfer failed: what was owed will not be waited for again.
    fn lost(&mut self, error: UsbError) -> Trouble {
        self.slot.forget();
        self.unended = false;
        Trouble::Failed(error.into())
    }
}

/// The reader or its bytes failed.
fn failed(failure: Failure) -> Trouble {
    let (kind, detail) = match failure {
        Failure::Reader { error: SLOT_BUSY, .. } => return Trouble::Busy,
        Failure::Reader { .. } => (Kind::Protocol, "the reader refuses the message"),
        Failure::Malformed(what) => (Kind::Protocol, what),
        Failure::Stale => (Kind::Protocol, "only answers to other commands"),
        Failure::Endless => (Kind::Timeout, "the reader asks for time without end"),
    };
    Trouble::Failed(CardError::new(kind, detail))
}
