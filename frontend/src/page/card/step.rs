//! Which of the four steps is live.

use super::Face;
use crate::component::CardStep;
use crate::service::card::Stage;

/// A step of the sheet at which something can fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    Reader,
    Card,
    Pin,
    Inquiry,
}

impl At {
    /// As the stepper has it.
    pub(super) fn shown(self) -> CardStep {
        match self {
            Self::Reader => CardStep::Reader,
            Self::Card => CardStep::Card,
            Self::Pin => CardStep::Pin,
            Self::Inquiry => CardStep::Inquiry,
        }
    }
}

impl Face {
    /// The live step.
    pub(super) fn at(&self) -> At {
        match self {
            Self::Looking | Self::Choose | Self::Stopping | Self::Stopped => At::Reader,
            Self::Running(stage) => at_stage(*stage),
            Self::Failed(_, at) => *at,
            Self::Met(_) => At::Inquiry,
        }
    }

    /// What the stepper shows.
    pub(super) fn step(&self) -> CardStep {
        if let Self::Met(_) = self { CardStep::Done } else { self.at().shown() }
    }
}

fn at_stage(stage: Stage) -> At {
    match stage {
        Stage::PutCard | Stage::Reading { .. } | Stage::Preparing => At::Card,
        Stage::LastTry | Stage::Pin { .. } | Stage::Checking => At::Pin,
        Stage::Signing | Stage::Inquiring => At::Inquiry,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_follow_the_stages_in_order() {
        let stages = [
            Stage::PutCard,
            Stage::Reading { part: 1, of: Some(5) },
            Stage::Preparing,
            Stage::Pin { tries: 3, wrong: false },
            Stage::Checking,
            Stage::Signing,
            Stage::Inquiring,
        ];
        let steps: Vec<_> = stages.into_iter().map(|stage| Face::Running(stage).step()).collect();
        assert!(steps.is_sorted());
        assert_eq!((steps[0], steps[3], steps[6]), (CardStep::Card, CardStep::Pin, CardStep::Inquiry));
    }
}
