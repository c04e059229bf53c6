//! How many commands the card is given, beside OpenSC doing the same work.

use crate::figure::{Failure, Figure, Limit, house};
use ccid::apdu::{Command, Response};
use ccid::atr::Atr;
use ccid::myna::{Consent, Pin, Session};
use ccid::reader::CardChannel;
use ccid::{CardError, Kind};
use futures_util::FutureExt;
use kakehashi_card::{CardFile, VirtualCard};
use serde_json::json;

/// Read the authentication certificate, check the PIN, sign once, put the card to rest.
pub(crate) fn commands() -> Result<Vec<Figure>, Failure> {
    let card = VirtualCard::new(&CardFile::specimen().map_err(|error| error.to_string())?)
        .map_err(|error| error.to_string())?;
    let mut session = Session::new(Direct { card }, |_| {});
    let work = async {
        session.open().await?;
        let pin = Pin::new("1234").map_err(|_| CardError::new(Kind::Forbidden, "no PIN"))?;
        session.verify_and_sign(pin, Consent::NotAsked, &[7; 32]).await
    };
    let signature = work.now_or_never().ok_or("the card did not answer at once")??;
    if signature.len() != 256 {
        return Err(format!("a signature of {} bytes", signature.len()).into());
    }
    let ours = session.into_channel().card.commands();

    let peer = std::process::Command::new(house().join("target/debug/opensc-commands")).output()?;
    let text = String::from_utf8_lossy(&peer.stdout).trim().to_owned();
    let theirs: u32 = text
        .parse()
        .map_err(|_| format!("OpenSC was not counted: {text}{}", String::from_utf8_lossy(&peer.stderr)))?;
    Ok(vec![Figure {
        name: "card-commands",
        value: u32::try_from(ours).map(f64::from)?,
        unit: "commands",
        limit: Limit::Below(f64::from(theirs)),
        beside: json!({ "opensc": theirs, "ours_include": "closing the card's application at the end" }),
    }])
}

/// The card without a reader between.
struct Direct {
    card: VirtualCard,
}

impl CardChannel for Direct {
    async fn power_on(&mut self) -> Result<Atr, CardError> {
        self.card.power();
        Atr::parse(self.card.atr()).map_err(|_| CardError::new(Kind::CardMute, "the card's ATR"))
    }

    async fn power_off(&mut self) -> Result<(), CardError> {
        self.card.power();
        Ok(())
    }

    async fn transmit(&mut self, command: &Command) -> Result<Response, CardError> {
        let bytes = command.encode().map_err(|_| CardError::new(Kind::Forbidden, "no command"))?;
        Response::parse(self.card.transmit(&bytes))
            .map_err(|_| CardError::new(Kind::Protocol, "the card's answer"))
    }

    async fn card_present(&mut self) -> Result<bool, CardError> {
        Ok(true)
    }

    fn extended_length(&self) -> bool {
        false
    }
}
