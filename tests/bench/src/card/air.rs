//! How long a check of identity takes on the RC-S380, beside what its commands take in any case.
//!
//! The clock is the virtual reader's: frames on the air at 106 kbit/s and the card's own work (700 ms for a
//! signature). The bound is the same commands in as few blocks as the card takes, on a card that is already
//! found. Ours adds finding it, looking whether it is still there, every wait of the driver, and letting go.
//! USB is in neither: the browser's share of it is not this program's, its transfers are told beside.

use super::{card, pin};
use crate::figure::{Failure, Figure, Limit};
use ccid::CardError;
use ccid::myna::{Consent, Session};
use ccid::reader::Rcs380Reader;
use ccid::usb::{Interface, Setup, Usb, UsbError};
use futures_util::FutureExt;
use kakehashi_card::{Picc, PiccOptions, Received, VirtualDevice, VirtualRcs380};
use serde_json::json;
use std::cell::RefCell;
use std::rc::Rc;

/// Bytes of a block for its PCB and its CRC.
const FRAME: usize = 256;
const AROUND: usize = 3;

/// `card-time-overhead`.
pub(crate) fn overhead() -> Result<Vec<Figure>, Failure> {
    let mut reader = VirtualRcs380::new(PiccOptions::my_number());
    reader.insert(card()?);
    let desk = Rc::new(RefCell::new(Desk { reader, pauses: 0, transfers: 0 }));
    let wire = Wire(Rc::clone(&desk));
    let work = async {
        let interface = Interface {
            configuration: 1,
            class: 0xFF,
            bulk_in: 1,
            bulk_out: 2,
            packet: 64,
            ..Interface::default()
        };
        let mut session = Session::new(Rcs380Reader::open(wire, interface).await?, |_| {});
        session.open().await?;
        session.verify_and_sign(pin().map_err(|_| failed())?, Consent::NotAsked, &[7; 32]).await
    };
    let signature = work.now_or_never().ok_or("the virtual reader did not answer at once")??;
    if signature.len() != 256 {
        return Err(format!("a signature of {} bytes", signature.len()).into());
    }
    let desk = desk.borrow();
    let ours = desk.reader.clock() + u64::from(desk.pauses) * 1000;
    let bound = bound(desk.reader.apdus())?;
    #[expect(clippy::cast_precision_loss, reason = "times are far below 2^52 microseconds")]
    let value = ours as f64 / bound as f64;
    Ok(vec![Figure {
        name: "card-time-overhead",
        value,
        unit: "of the transfer time",
        limit: Limit::Most(1.10),
        beside: json!({ "ours_us": ours, "bound_us": bound, "waits_ms": desk.pauses, "usb_transfers": desk.transfers }),
    }])
}

/// Microseconds of these commands on a card that is found already, without a block too many.
fn bound<'a>(commands: impl Iterator<Item = &'a [u8]>) -> Result<u64, Failure> {
    let mut picc = Picc::new(card()?, PiccOptions::my_number());
    picc.field(true);
    picc.activate(true, 8).ok_or("the card is not there")?;
    let mut time = 0;
    let mut number = 0;
    for command in commands {
        if command.len() > FRAME - AROUND {
            return Err("a command of more than one block".into());
        }
        let mut block = [&[0x02 | number][..], command].concat();
        loop {
            let answer = picc.receive(&block, 0).ok_or("the card is silent")?;
            time += answer.micros();
            number ^= 1;
            let pcb = *answer.frame.first().ok_or("an empty frame")?;
            match pcb & 0xF2 {
                // More of the answer is to come.
                0x12 => block = vec![0xA2 | number],
                0x02 => break,
                // The card asks for time; block numbers stand still.
                0xF2 => {
                    number ^= 1;
                    block = answer.frame;
                }
                _ => return Err(format!("an unexpected block {pcb:02X}").into()),
            }
        }
    }
    Ok(time)
}

fn failed() -> CardError {
    CardError::new(ccid::Kind::Forbidden, "no PIN")
}

struct Desk {
    reader: VirtualRcs380,
    /// Milliseconds the driver let pass.
    pauses: u32,
    transfers: u32,
}

/// Pipes to the desk's reader.
struct Wire(Rc<RefCell<Desk>>);

impl Usb for Wire {
    async fn bulk_out(&mut self, endpoint: u8, data: &[u8], _deadline: u32) -> Result<(), UsbError> {
        let mut desk = self.0.borrow_mut();
        desk.transfers += 1;
        desk.reader.bulk_out(endpoint, data);
        Ok(())
    }

    async fn bulk_in(&mut self, endpoint: u8, max: usize, _deadline: u32) -> Result<Vec<u8>, UsbError> {
        let mut desk = self.0.borrow_mut();
        desk.transfers += 1;
        match desk.reader.transfer_in(0x80 | endpoint, max) {
            Some(Received::Data(data)) => Ok(data),
            Some(Received::Stall) => Err(UsbError::Stall),
            Some(Received::Overflow) => Err(UsbError::Other("babble".into())),
            None => Err(UsbError::Timeout),
        }
    }

    async fn control_in(&mut self, _setup: Setup, _deadline: u32) -> Result<Vec<u8>, UsbError> {
        Err(UsbError::Stall)
    }

    async fn pause(&mut self, milliseconds: u32) {
        self.0.borrow_mut().pauses += milliseconds;
    }

    async fn close(&mut self) {}
}
