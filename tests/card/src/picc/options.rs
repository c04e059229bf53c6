//! What kind of contactless card it is.

use super::AirScript;

/// How a card is found and modulates.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum RadioKind {
    /// ISO/IEC 14443 Type A.
    A,
    /// ISO/IEC 14443 Type B: the My Number card.
    B,
}

/// The card's own time, microseconds.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Work {
    /// Before any answer.
    pub turnaround_us: u32,
    /// For a command.
    pub command_us: u32,
    /// For commands with this instruction byte instead.
    pub instructions: Vec<(u8, u32)>,
}

impl Work {
    /// How long the card works on a command.
    pub(super) fn on(&self, apdu: &[u8]) -> u32 {
        let instruction = apdu.get(1);
        let found = self.instructions.iter().find(|(byte, _)| Some(byte) == instruction);
        found.map_or(self.command_us, |(_, micros)| *micros)
    }
}

impl Default for Work {
    fn default() -> Self {
        Self { turnaround_us: 300, command_us: 5_000, instructions: vec![(0x20, 30_000), (0x2A, 700_000)] }
    }
}

/// When the card asks for more time of its own accord. It also does when its work takes longer than it may.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum WtxWhen {
    /// Before every answer to a command.
    Always,
    /// At the n-th command, from 1.
    Apdu(u32),
    /// At commands with this instruction byte.
    Instruction(u8),
    /// Before every acknowledgement of a part of a command.
    Parts,
    /// Before every further part of an answer.
    Chain,
}

/// A request for more time.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct WtxRule {
    /// When.
    pub when: WtxWhen,
    /// How many requests one after the other.
    pub times: u8,
    /// WTXM, 1 to 59.
    pub multiplier: u8,
}

/// How a card is made.
#[derive(Clone, Debug, PartialEq)]
pub struct PiccOptions {
    /// Type A or Type B.
    pub kind: RadioKind,
    /// FSCI: the longest frame the card takes.
    pub fsci: u8,
    /// FWI: how long it may be silent.
    pub fwi: u8,
    /// SFGI: how long the host shall wait after the activation.
    pub sfgi: u8,
    /// Whether it understands blocks with a CID.
    pub cid: bool,
    /// Type A: UID of 4 or 7 bytes.
    pub uid: Vec<u8>,
    /// Type A: the historical bytes of the ATS.
    pub historical: Vec<u8>,
    /// Type A: whether the ATS has TA, TB and TC.
    pub interface_bytes: bool,
    /// Type B: PUPI; a new one by chance at every request when there is none.
    pub pupi: Option<[u8; 4]>,
    /// Type B: AFI it belongs to.
    pub afi: u8,
    /// Type B: application data of the ATQB.
    pub application: [u8; 4],
    /// Type B: the first protocol byte, bit rates.
    pub rates: u8,
    /// Type B: whether it gives an extended ATQB to those who understand it.
    pub extended_atqb: bool,
    /// The card's time for its work.
    pub work: Work,
    /// When it asks for more.
    pub wtx: Vec<WtxRule>,
    /// What goes wrong on the air.
    pub faults: AirScript,
    /// Where chance begins.
    pub seed: u64,
}

impl PiccOptions {
    /// A card of Type B as public ATRs of My Number cards tell it: FSC 256, FWI 13, 106 kbit/s only.
    pub fn my_number() -> Self {
        Self {
            kind: RadioKind::B,
            fsci: 8,
            fwi: 13,
            sfgi: 0,
            cid: true,
            uid: vec![0x04, 0x51, 0x62, 0x73],
            historical: Vec::new(),
            interface_bytes: true,
            pupi: None,
            afi: 0,
            application: [0x00, 0x4B, 0x51, 0xFF],
            rates: 0x00,
            extended_atqb: false,
            work: Work::default(),
            wtx: Vec::new(),
            faults: AirScript::default(),
            seed: 1,
        }
    }

    /// The same card on Type A, as one in a telephone is found.
    pub fn type_a() -> Self {
        Self { kind: RadioKind::A, fwi: 10, ..Self::my_number() }
    }
}

impl Default for PiccOptions {
    fn default() -> Self {
        Self::my_number()
    }
}
