//! Sony's RC-S380 ("Port-100"): a reader that carries frames; the host does the card's protocol.
//!
//! The reader adds and checks CRC, parity, start and end of frame as it is told, and has a timer for the
//! card's answer. It does one command after another: an ACK as soon as it has one, then the answer.

mod command;
mod exchange;
mod frame;

pub use exchange::{Call, Failure, Port, Want};
pub use frame::{ACK, Deframer, Frame, LONGEST_DATA};

use super::radio::{Radio, RadioCard, RadioError};
use crate::error::{CardError, Kind};
use crate::iso14443::{Form, Technology};
use crate::usb::{Interface, Usb};

/// For the reader's own affairs, and on top of the time a card has, milliseconds.
const READER: u32 = 1_000;
/// How long the field is off so that every card forgets, milliseconds: what drivers of Sony's readers wait.
const FIELD_OFF: u32 = 30;
/// Times that a setting is sent again when its answer was garbled. Settings only: a frame to a card is the
/// card's protocol's affair.
const RETRIES: u8 = 2;
/// The longest transfer that is waited for, before it is rounded up to whole packets.
const TRANSFER: usize = 512;

/// An RC-S380 with the card in its field.
pub type Rcs380Reader<U> = RadioCard<Rcs380<U>>;

impl<U: Usb> Rcs380Reader<U> {
    /// Takes pipes whose interface is claimed, and sets the reader up; its field is off then.
    ///
    /// # Errors
    /// [`Kind::UnsupportedReader`] for an interface without bulk pipes; whatever the reader and its pipes say.
    pub async fn open(usb: U, interface: Interface) -> Result<Self, CardError> {
        let mut radio = Rcs380 { usb, interface, port: Port::new(), set: None, firmware: 0 };
        match radio.set_up().await {
            Ok(()) => Ok(Self::new(radio)),
            Err(error) => {
                radio.usb.close().await;
                Err(error)
            }
        }
    }

    /// The interface it drives.
    pub const fn interface(&self) -> &Interface {
        &self.radio().interface
    }

    /// The pipes.
    pub const fn usb(&self) -> &U {
        &self.radio().usb
    }

    /// The pipes, for what is not the card's.
    pub const fn usb_mut(&mut self) -> &mut U {
        &mut self.radio_mut().usb
    }

    /// The firmware's version, BCD: 0x0111 is 1.11.
    pub const fn firmware(&self) -> u16 {
        self.radio().firmware
    }

    /// Takes the field away and lets go of the reader.
    pub async fn close(&mut self) {
        let radio = self.radio_mut();
        let _ = radio.stop().await;
        let _ = radio.usb.bulk_out(radio.interface.bulk_out, &ACK, READER).await;
        radio.usb.close().await;
    }
}

/// The reader without its card.
#[derive(Debug)]
pub struct Rcs380<U> {
    usb: U,
    interface: Interface,
    port: Port,
    /// What the reader is set to, when that is known.
    set: Option<(Technology, Form)>,
    firmware: u16,
}

impl<U: Usb> Rcs380<U> {
    async fn set_up(&mut self) -> Result<(), CardError> {
        if self.interface.bulk_in == 0 || self.interface.bulk_out == 0 || self.interface.packet == 0 {
            return Err(CardError::new(Kind::UnsupportedReader, "no bulk pipes to an RC-S380"));
        }
        self.set(command::SET_COMMAND_TYPE, &[0x01]).await?;
        if let [low, high, ..] = *self.ask(command::GET_FIRMWARE_VERSION, &[]).await? {
            self.firmware = u16::from_le_bytes([low, high]);
        }
        self.set(command::SWITCH_RF, &[0x00]).await
    }

    /// One command, sent once.
    async fn call(&mut self, command: u8, data: &[u8], wait: u32) -> Result<Vec<u8>, RadioError> {
        let mut call = Call::new(command, data, wait);
        let packet = usize::from(self.interface.packet);
        loop {
            match call.next(&mut self.port) {
                Want::Send(bytes) => {
                    self.usb
                        .bulk_out(self.interface.bulk_out, &bytes, READER)
                        .await
                        .map_err(CardError::from)?;
                    if bytes.len().is_multiple_of(packet) {
                        // Without it the reader waits for the rest.
                        self.usb
                            .bulk_out(self.interface.bulk_out, &[], READER)
                            .await
                            .map_err(CardError::from)?;
                    }
                }
                Want::Receive(wait) => {
                    let max = TRANSFER.next_multiple_of(packet);
                    let bytes = self.usb.bulk_in(self.interface.bulk_in, max, wait.saturating_add(READER));
                    call.received(&mut self.port, &bytes.await.map_err(CardError::from)?);
                }
                Want::Done(answer) => return Ok(answer),
                Want::Failed(Failure::Garbled) => return Err(RadioError::Garbled),
                Want::Failed(Failure::Refused) => {
                    return Err(CardError::new(Kind::Protocol, "the reader does not know a command").into());
                }
                Want::Failed(Failure::Endless) => {
                    return Err(CardError::new(Kind::Protocol, "only answers to other commands").into());
                }
            }
        }
    }

    /// A command that may be sent again.
    async fn ask(&mut self, command: u8, data: &[u8]) -> Result<Vec<u8>, CardError> {
        let mut tries = 0;
        loop {
            match self.call(command, data, 0).await {
                Ok(answer) => return Ok(answer),
                Err(RadioError::Lost(error)) => return Err(error),
                Err(_) if tries < RETRIES => tries += 1,
                Err(_) => return Err(CardError::new(Kind::Protocol, "the reader cannot be understood")),
            }
        }
    }

    /// A command whose answer is a status byte.
    async fn set(&mut self, command: u8, data: &[u8]) -> Result<(), CardError> {
        match *self.ask(command, data).await? {
            [0] => Ok(()),
            _ => Err(CardError::new(Kind::Protocol, "the reader refuses a setting")),
        }
    }
}

impl<U: Usb> Radio for Rcs380<U> {
    async fn start(&mut self, technology: Technology) -> Result<(), CardError> {
        // The field itself comes with the first frame, before which the reader leaves the card time to start.
        self.set = None;
        self.set(command::IN_SET_RF, command::rf(technology)).await?;
        self.set(command::IN_SET_PROTOCOL, &command::DEFAULTS).await?;
        self.set(command::IN_SET_PROTOCOL, command::protocol(technology, Form::Standard)).await?;
        self.set = Some((technology, Form::Standard));
        Ok(())
    }

    async fn stop(&mut self) -> Result<(), CardError> {
        self.set = None;
        self.set(command::SWITCH_RF, &[0x00]).await?;
        self.usb.pause(FIELD_OFF).await;
        Ok(())
    }

    async fn transceive(&mut self, frame: &[u8], form: Form, wait: u32) -> Result<Vec<u8>, RadioError> {
        let Some((technology, before)) = self.set else {
            return Err(CardError::new(Kind::CardRemoved, "the reader's field is off").into());
        };
        if form != before {
            self.set = None;
            self.set(command::IN_SET_PROTOCOL, command::protocol(technology, form)).await?;
            self.set = Some((technology, form));
        }
        let data = command::in_comm_rf(frame, wait);
        let answer = self.call(command::IN_COMM_RF, &data, wait.div_ceil(1000)).await?;
        command::heard(answer)
    }

    async fn pause(&mut self, milliseconds: u32) {
        self.usb.pause(milliseconds).await;
    }
}
