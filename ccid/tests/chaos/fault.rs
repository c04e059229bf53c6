//! What goes wrong with one transfer, and what it struck.

use ccid::myna::Consent;

use crate::chance::Chance;
use crate::purpose::Purpose;
use crate::rig::Rig;

/// What goes wrong with one transfer, whichever way it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It takes nearly as long as it may.
    Slow,
    /// It is never delivered; whoever sent it believes that it was.
    Lost,
    /// It is delivered after the host gave up waiting.
    Late,
    /// Only its beginning is delivered.
    Short,
    /// Something stands behind it.
    Long,
    /// One of its bytes is another.
    Garbled,
    /// It is delivered twice.
    Duplicated,
    /// Out of sequence: to the host an older one comes first, to the reader it comes with the next one.
    Displaced,
    /// The endpoint stalls in its place.
    Stalled,
    /// The system says that it failed; it was not delivered.
    Failed,
    /// The reader is unplugged in its place.
    VanishedBefore,
    /// The reader is unplugged right after it.
    VanishedAfter,
    /// The card is taken away before it and comes back at the end.
    Taken,
    /// The card is taken away before it and put back so many transfers later.
    Moved(u8),
}

impl Fault {
    pub(crate) const ALL: [Self; 16] = [
        Self::Slow,
        Self::Lost,
        Self::Late,
        Self::Short,
        Self::Long,
        Self::Garbled,
        Self::Duplicated,
        Self::Displaced,
        Self::Stalled,
        Self::Failed,
        Self::VanishedBefore,
        Self::VanishedAfter,
        Self::Taken,
        Self::Moved(0),
        Self::Moved(1),
        Self::Moved(4),
    ];

    /// Whether it changes bytes that are delivered, or how often they are.
    pub(crate) const fn damages(self) -> bool {
        matches!(self, Self::Short | Self::Long | Self::Garbled | Self::Duplicated | Self::Displaced)
    }
}

/// A fault and where it strikes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Strike {
    /// Which transfer, both ways counted together.
    pub(crate) transfer: u32,
    pub(crate) fault: Fault,
    /// Chooses the byte, and what becomes of it.
    pub(crate) salt: u64,
}

/// What one run does.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) purpose: Purpose,
    pub(crate) strikes: Vec<Strike>,
    /// The first secret typed is a wrong one.
    pub(crate) mistyped: bool,
    /// Another try would block the card, and the person says yes to it.
    pub(crate) last_try: bool,
    /// After so many polls the person goes away.
    pub(crate) dropped: Option<usize>,
    /// Pipes end with the first timeout, as those of a browser do.
    pub(crate) brittle: bool,
    /// The same session goes on afterwards, if its pipes do.
    pub(crate) same_session: bool,
}

impl Plan {
    /// Nothing goes wrong, but the person mistypes once.
    pub(crate) const fn undisturbed(purpose: Purpose) -> Self {
        Self {
            purpose,
            strikes: Vec::new(),
            mistyped: true,
            last_try: false,
            dropped: None,
            brittle: false,
            same_session: true,
        }
    }

    /// The plan of a seed; `transfers` are those of an undisturbed run.
    pub(crate) fn new(rig: Rig, seed: u64, transfers: impl Fn(Purpose) -> u32) -> Self {
        let mut chance = Chance::new(seed.wrapping_mul(0x0100_0000_01B3) ^ rig as u64);
        let purpose = match chance.below(10) {
            0..6 => Purpose::Identity,
            6..8 => Purpose::AttributesByPin,
            _ => Purpose::AttributesByNumber,
        };
        let length = usize::try_from(transfers(purpose)).unwrap();
        let count = match chance.below(100) {
            0..4 => 0,
            4..84 => 1,
            84..95 => 2,
            _ => 3,
        };
        let strikes = (0..count).map(|_| Strike {
            transfer: u32::try_from(chance.below(length)).unwrap(),
            fault: Fault::ALL[chance.below(Fault::ALL.len())],
            salt: chance.next(),
        });
        let strikes = strikes.collect();
        let last_try = chance.percent(10) && purpose != Purpose::AttributesByNumber;
        Self {
            purpose,
            strikes,
            last_try,
            mistyped: chance.percent(30) && !last_try,
            dropped: chance.percent(25).then(|| chance.below(length * 3)),
            brittle: chance.percent(30),
            same_session: chance.percent(70),
        }
    }

    /// What the person types, right or wrong, and agrees to, one after the other.
    pub(crate) fn typed(&self) -> Vec<(bool, Consent)> {
        let mistyped = self.mistyped.then_some((false, Consent::NotAsked));
        let agreed = self.last_try.then_some((true, Consent::LastTry));
        mistyped.into_iter().chain([(true, Consent::NotAsked)]).chain(agreed).collect()
    }
}

/// Which way a transfer goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    ToReader,
    ToHost,
}

/// A fault that struck.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Struck {
    pub(crate) fault: Fault,
    pub(crate) way: Way,
    pub(crate) place: Place,
    pub(crate) phase: Phase,
}

/// How far a check was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// The reader was being opened.
    Opening,
    /// The card was being brought up: what fails is tried in another way where there is one.
    PoweringOn,
    /// Commands went to the card.
    Talking,
    /// The card was being put to rest: nobody is told of failures there.
    Finishing,
}

/// What a struck byte is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A byte of CCID's header: its number.
    Header(u8),
    /// A byte behind it, of a message that holds no data of a card (ATR, parameters).
    Affairs,
    /// A byte behind it, of a command or an answer.
    Data,
    /// A byte of the first transfer of several that make a message.
    Part,
    /// A byte of a later one.
    Rest,
    /// The empty packet that ends a transfer.
    End,
    /// A byte of another protocol.
    Other,
}
