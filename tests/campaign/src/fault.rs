//! What can go wrong at a call, and doing it.

use crate::Failure;
use crate::lane::{Lane, Program};
use crate::wire::{Deed, Met, Trap, Way};
use kakehashi_domain::filing::outbox::Call;
use serde_json::json;
use std::time::Duration;

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The line from client to relay is cut at a byte on the way out.
    NearCutOut,
    /// … on the way back.
    NearCutBack,
    /// The line from relay to sandbox is cut at a byte on the way out.
    FarCutOut,
    /// … on the way back.
    FarCutBack,
    /// What the client sends is held up from a byte on; it may come when nobody waits for it any more.
    NearHeldOut,
    /// What it is answered is.
    NearHeldBack,
    /// What the relay sends is.
    FarHeldOut,
    /// What it is answered is.
    FarHeldBack,
    /// The relay is killed at a byte on any of its wires.
    RelayKilled,
    /// The sandbox is killed at a byte on its wire.
    SandboxKilled,
    /// The sandbox dies with all written and nothing committed.
    BeforeCommit,
    /// The sandbox dies with all committed and nothing answered.
    AfterCommit,
    /// The system refuses the sandbox's writes past a byte of a file, as a full disk does.
    DiskRefuses,
    /// The sandbox's store says at the last write that the disk is full.
    DiskFull,
    /// The sandbox's clock jumps by an hour.
    SandboxClock,
    /// The client's clock jumps by an hour.
    ClientClock,
    /// The client is killed: before the call, at a byte of it, or when it is answered. Its last write may be lost.
    ClientKilled,
    /// A second tab does the same at the same time.
    SecondTab,
    /// A colleague files for the same person at the same time.
    SecondStaff,
    /// Many are on their way when the relay or the sandbox is killed.
    Crowd,
}

impl Fault {
    /// All of them.
    pub const ALL: [Self; 20] = [
        Self::NearCutOut,
        Self::NearCutBack,
        Self::FarCutOut,
        Self::FarCutBack,
        Self::NearHeldOut,
        Self::NearHeldBack,
        Self::FarHeldOut,
        Self::FarHeldBack,
        Self::RelayKilled,
        Self::SandboxKilled,
        Self::BeforeCommit,
        Self::AfterCommit,
        Self::DiskRefuses,
        Self::DiskFull,
        Self::SandboxClock,
        Self::ClientClock,
        Self::ClientKilled,
        Self::SecondTab,
        Self::SecondStaff,
        Self::Crowd,
    ];

    /// Those that a single call of one client can meet after its first.
    pub(crate) const LATER: &[Self] = Self::ALL.split_at(12).0;

    fn place(self) -> Option<(Side, Way)> {
        match self {
            Self::NearCutOut | Self::NearHeldOut => Some((Side::Near, Way::Out)),
            Self::NearCutBack | Self::NearHeldBack => Some((Side::Near, Way::Back)),
            Self::FarCutOut | Self::FarHeldOut => Some((Side::Far, Way::Out)),
            Self::FarCutBack | Self::FarHeldBack => Some((Side::Far, Way::Back)),
            _ => None,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Near,
    Far,
}

/// A fault that waits for its call.
pub(crate) enum Armed {
    /// At a byte.
    Byte(Met),
    /// The next submission.
    Submission(Program),
    /// The disk.
    Disk,
    /// It has happened.
    Done,
    /// It cannot at this call.
    Idle,
}

/// How long a call waits that is held up: about every other is answered after that.
pub(crate) const IMPATIENT: Duration = Duration::from_millis(60);

impl Lane {
    /// Makes a fault wait for the next call.
    pub(crate) async fn arm(
        &self,
        fault: Fault,
        call: Call,
        chance: &mut fastrand::Rng,
    ) -> Result<Armed, Failure> {
        if let Some((side, way)) = fault.place() {
            let cut = [Fault::NearCutOut, Fault::NearCutBack, Fault::FarCutOut, Fault::FarCutBack];
            let deed = if cut.contains(&fault) {
                Deed::Cut
            } else {
                Deed::Hold(Duration::from_millis(chance.u64(5..120)))
            };
            return Ok(Armed::Byte(self.trap(side, way, deed, chance)));
        }
        Ok(match fault {
            Fault::RelayKilled | Fault::SandboxKilled => {
                let program = if fault == Fault::RelayKilled { Program::Relay } else { Program::Sandbox };
                let near = program == Program::Relay && chance.bool();
                let side = if near { Side::Near } else { Side::Far };
                let way = if chance.bool() { Way::Out } else { Way::Back };
                Armed::Byte(self.trap(side, way, Deed::Do(self.killer(program)), chance))
            }
            Fault::BeforeCommit | Fault::AfterCommit | Fault::DiskFull if call == Call::Submit => {
                let (what, armed) = match fault {
                    Fault::BeforeCommit => ("before_commit", Armed::Submission(Program::Sandbox)),
                    Fault::AfterCommit => ("after_commit", Armed::Submission(Program::Sandbox)),
                    _ => ("disk_full", Armed::Disk),
                };
                self.failing(Some(what)).await?;
                armed
            }
            Fault::DiskRefuses if call == Call::Submit => {
                let log = self.database().with_extension("db-wal");
                let most = std::fs::metadata(log).map_or(0, |file| file.len());
                self.limit_files(Some(if chance.bool() { most } else { chance.u64(0..=most) }))?;
                Armed::Disk
            }
            Fault::SandboxClock => {
                let shift = if chance.bool() { 3600 } else { -3600 };
                self.extra("POST", "/clock", &json!({ "plus_s": shift })).await?;
                Armed::Done
            }
            _ => Armed::Idle,
        })
    }

    /// Takes a fault back after its call; whether the call has met it.
    pub(crate) async fn disarm(&self, fault: Fault, armed: Armed, failed: bool) -> Result<bool, Failure> {
        match armed {
            Armed::Byte(met) => {
                let yes = met.yes();
                self.near.set(None);
                self.far.set(None);
                Ok(yes)
            }
            Armed::Submission(program) => {
                // It has hung up before it is quite dead.
                for _ in 0..200 {
                    if !failed || self.is_dead(program) {
                        break;
                    }
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
                let dead = self.is_dead(program);
                if !dead {
                    self.failing(None).await?;
                }
                Ok(dead)
            }
            Armed::Disk => {
                if fault == Fault::DiskRefuses {
                    self.limit_files(None)?;
                } else {
                    self.failing(None).await?;
                }
                Ok(failed)
            }
            Armed::Done => Ok(true),
            Armed::Idle => Ok(false),
        }
    }

    /// At any byte of what a submission takes.
    fn trap(&self, side: Side, way: Way, deed: Deed, chance: &mut fastrand::Rng) -> Met {
        let wire = if side == Side::Near { &self.near } else { &self.far };
        let place = 2 * (side == Side::Far) as usize + way as usize;
        let most = self.sizes.get(place).copied().unwrap_or_default();
        wire.set(Some(Trap { way, after: chance.usize(0..=most), deed }))
    }

    /// The client is to die at a byte; what is called then.
    pub(crate) fn trap_client(&self, deed: Deed, chance: &mut fastrand::Rng) -> Met {
        let way = if chance.bool() { Way::Out } else { Way::Back };
        self.trap(Side::Near, way, deed, chance)
    }
}
