//! Faults on the air, as data: by rule, and by chance with a seed.

use serde::{Deserialize, Serialize};

use super::random::Random;

/// What goes wrong with one exchange of frames.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AirFault {
    /// The frame does not reach the card, or with a CRC error: the card stays silent.
    Lost,
    /// The card hears and works; its answer is not heard.
    Unheard,
    /// The card's answer is heard with a CRC error.
    Garbled,
    /// The card's answer before this one is heard again, in place of this one.
    Stale,
    /// The answer comes later by so many microseconds.
    Late {
        /// Microseconds.
        micros: u32,
    },
    /// The card leaves the field before the frame, for so many frames with this one; 0 only loses its power.
    Leave {
        /// Frames.
        frames: u32,
    },
    /// The same after the card has worked; its answer is not heard.
    LeaveAfter {
        /// Frames.
        frames: u32,
    },
    /// The card says nothing more until the field is switched.
    Mute,
}

/// When a fault strikes; counted from the moment the rules were set.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AirWhen {
    /// At every frame.
    Always,
    /// At the n-th frame, from 1.
    Frame(u32),
    /// At the n-th frame within the block protocol, from 1.
    Block(u32),
}

/// One fault and when it strikes.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct AirRule {
    /// When.
    pub when: AirWhen,
    /// Which.
    pub fault: AirFault,
}

/// Faults by chance.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Chance {
    /// Of a thousand frames so many have a fault.
    pub per_mille: u16,
    /// One of these.
    pub faults: Vec<AirFault>,
}

/// All that goes wrong.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct AirScript {
    /// By rule; the first that is due strikes.
    pub rules: Vec<AirRule>,
    /// By chance, where no rule is due.
    pub chance: Chance,
}

impl AirScript {
    /// One fault at one time.
    pub fn once(when: AirWhen, fault: AirFault) -> Self {
        Self { rules: vec![AirRule { when, fault }], chance: Chance::default() }
    }
}

/// The script in force and how far it is.
#[derive(Debug)]
pub(super) struct Script {
    script: AirScript,
    frames: u32,
    blocks: u32,
}

impl Script {
    pub(super) fn new(script: AirScript) -> Self {
        Self { script, frames: 0, blocks: 0 }
    }

    /// The fault of the next frame.
    pub(super) fn next(&mut self, block: bool, random: &mut Random) -> Option<AirFault> {
        self.frames += 1;
        self.blocks += u32::from(block);
        let due = |when| match when {
            AirWhen::Always => true,
            AirWhen::Frame(number) => number == self.frames,
            AirWhen::Block(number) => block && number == self.blocks,
        };
        if let Some(rule) = self.script.rules.iter().find(|rule| due(rule.when)) {
            return Some(rule.fault);
        }
        let Chance { per_mille, faults } = &self.script.chance;
        if faults.is_empty() || random.below(1000) >= u64::from(*per_mille) {
            return None;
        }
        let at = usize::try_from(random.next()).unwrap_or_default() % faults.len();
        faults.get(at).copied()
    }
}
