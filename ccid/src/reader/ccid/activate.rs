//! A card on its way from cold to its first command: voltage, ATR, protocol, speed, sizes.

use super::link::{Link, told};
use super::run::Trouble;
use super::{CARD, CcidReader};
use crate::atr::{Atr, SLOWEST};
use crate::ccid::quirk::{Quirk, quirks};
use crate::ccid::{ClassDescriptor, Failure, IccStatus, Level};
use crate::error::{CardError, Kind};
use crate::t1::{self, T1};
use crate::usb::Usb;

/// The size of information T=1 begins with, both ways.
const IFS: u8 = 32;

impl<U: Usb> CcidReader<U> {
    /// Brings the card of the selected slot up, from cold.
    pub(super) async fn activate(&mut self) -> Result<Atr, CardError> {
        self.link = Link::Apdu;
        let atr = self.wake().await?;
        let Some(class) = self.interface.ccid else { return Ok(atr) };
        if self.level == Level::Tpdu {
            self.agree(&class, &atr).await?;
        } else if class.wants_parameters() {
            let protocol = atr.choose(class.protocols);
            let speed = atr.speed().unwrap_or(SLOWEST);
            self.set_parameters(&atr, protocol, speed).await?;
        }
        Ok(atr)
    }

    /// One attempt per voltage the reader can give, from above.
    async fn wake(&mut self) -> Result<Atr, CardError> {
        let selects = self.interface.ccid.map(|class| class.power_selects()).unwrap_or_default();
        let mut last = CardError::new(Kind::CardMute, "no voltage to power the card with");
        for select in selects {
            match self.run(self.slot.power_on(select), CARD + self.patience).await {
                Ok(reply) => {
                    let atr = Atr::parse(&reply.data);
                    let atr = atr.map_err(|it| CardError::new(Kind::CardMute, it.to_string()))?;
                    self.powered = true;
                    return Ok(atr);
                }
                Err(error) if matches!(error.kind(), Kind::CardMute | Kind::Protocol) => last = error,
                Err(error) => return Err(error),
            }
        }
        Err(last)
    }

    /// At TPDU level: protocol and speed, then the sizes of T=1.
    async fn agree(&mut self, class: &ClassDescriptor, atr: &Atr) -> Result<(), CardError> {
        let mut protocol = atr.choose(class.protocols);
        if protocol > 1 {
            return Err(CardError::new(Kind::CardMute, "a protocol that is neither T=0 nor T=1"));
        }
        if !class.negotiates() {
            let fast = atr.speed().filter(|speed| class.can_go_at(*speed));
            let speed = if atr.specific_mode().is_some() {
                atr.fixed_speed()
            } else if !class.wants_pps() {
                fast.unwrap_or(SLOWEST)
            } else if quirks(self.interface.id).any(|quirk| quirk == Quirk::NoPps) {
                protocol = atr.first_protocol();
                SLOWEST
            } else if fast.is_some() || protocol != atr.first_protocol() {
                self.pps(atr, protocol, fast).await?
            } else {
                SLOWEST
            };
            self.set_parameters(atr, protocol, speed).await?;
        }
        if protocol == 0 {
            self.link = Link::T0;
            return Ok(());
        }
        let mut t1 = Box::new(T1::new(atr.t1(), self.slot.room()));
        let size = u8::try_from(class.max_ifsd.min(254)).unwrap_or(IFS);
        let offer = (class.wants_ifsd() && size != 0 && size != IFS).then(|| t1.offer(size));
        self.link = Link::T1(t1);
        match offer {
            Some(step) => match self.follow(step).await? {
                // A card that does not take the offer keeps to the size it began with.
                Ok(_) | Err(t1::Failure::Lost) => Ok(()),
                Err(failure) => Err(told(failure)),
            },
            None => Ok(()),
        }
    }

    /// Asks the card for protocol and speed (ISO/IEC 7816-3 §9); gives the speed agreed on. A card that does
    /// not take it is started anew and left as it begins.
    async fn pps(&mut self, atr: &Atr, protocol: u8, fast: Option<u8>) -> Result<u8, CardError> {
        let mut request = vec![0xFF, protocol];
        if let Some(speed) = fast {
            request = vec![0xFF, 0x10 | protocol, speed];
        }
        request.push(request.iter().fold(0, |sum, byte| sum ^ byte));
        let agreed = match self.exchange(self.slot.transfer_block(&request, 0), CARD).await {
            Ok(reply) => agreed(&request, &reply.data),
            Err(Trouble::Failed(Failure::Reader { icc: IccStatus::Active, .. })) => None,
            Err(trouble) => return Err(self.told(trouble)),
        };
        if let Some(speed) = agreed {
            return Ok(speed);
        }
        self.run(self.slot.power_off(), self.patience).await?;
        self.wake().await?;
        if protocol != atr.first_protocol() {
            return Err(CardError::new(Kind::CardMute, "the card does not take PPS"));
        }
        Ok(SLOWEST)
    }

    /// Tells the reader what was agreed. One that sets its parameters by itself may refuse some or all.
    async fn set_parameters(&mut self, atr: &Atr, protocol: u8, speed: u8) -> Result<(), CardError> {
        let parameters = atr.parameters(protocol, speed);
        match self.exchange(self.slot.set_parameters(protocol, &parameters), CARD).await {
            Ok(_) | Err(Trouble::Failed(Failure::Reader { error: ..0x80, icc: IccStatus::Active })) => Ok(()),
            Err(trouble) => Err(self.told(trouble)),
        }
    }
}

/// The speed an answer to PPS agrees to: that of the request, or the slowest when it leaves PPS1 out.
fn agreed(request: &[u8], answer: &[u8]) -> Option<u8> {
    if answer == request {
        return Some(if request.len() > 3 { request[2] } else { SLOWEST });
    }
    let &[0xFF, pps0, check] = answer else { return None };
    (pps0 == request[1] & 0x0F && check == 0xFF ^ pps0).then_some(SLOWEST)
}
