//! The upstream of the model: what it has committed survives, all else is gone in a crash.

use crate::mutant::Mutant;
use kakehashi_domain::filing::FilingKey;
use kakehashi_domain::filing::outbox::{Call, Reply};

/// A filing as the upstream has it.
pub(crate) struct Filed {
    pub(crate) draft: usize,
    pub(crate) content: u64,
}

/// What a client asks.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) call: Call,
    pub(crate) key: FilingKey,
    pub(crate) draft: usize,
    pub(crate) content: u64,
}

/// When it dies.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dies {
    Not,
    BeforeCommit,
    AfterCommit,
}

/// The upstream.
#[derive(Default)]
pub(crate) struct Server {
    outcomes: Vec<(FilingKey, Reply)>,
    pub(crate) filings: Vec<Filed>,
}

impl Server {
    /// Takes a request; nothing when it dies over it. `refuses`: what it is asked to file is refused at this
    /// moment, by whatever rule.
    pub(crate) fn take(
        &mut self,
        request: &Request,
        refuses: bool,
        dies: Dies,
        mutant: Mutant,
    ) -> Option<Reply> {
        let known = self.outcomes.iter().find(|(key, _)| *key == request.key).map(|(_, outcome)| *outcome);
        if mutant == Mutant::ServerWithoutKeys && request.call == Call::Submit {
            self.file(request);
            return (dies == Dies::Not).then_some(Reply::Received);
        }
        let outcome = match (known, request.call) {
            (Some(outcome), _) => outcome,
            (None, Call::Keys) => Reply::Unknown,
            (None, Call::Submit) if refuses => Reply::Refused,
            (None, Call::Submit) => Reply::Received,
            (None, Call::Void) => Reply::Void,
        };
        if known.is_none() && outcome != Reply::Unknown {
            if dies == Dies::BeforeCommit {
                // Two changes where one is needed.
                if mutant == Mutant::ServerCommitsInTwo && outcome == Reply::Received {
                    self.file(request);
                }
                return None;
            }
            if outcome == Reply::Received {
                self.file(request);
            }
            let forgets = (mutant == Mutant::VoidBurnsNothing && outcome == Reply::Void)
                || (mutant == Mutant::ServerForgetsRefusals && outcome == Reply::Refused);
            if !forgets {
                self.outcomes.push((request.key.clone(), outcome));
            }
        }
        (dies == Dies::Not).then_some(outcome)
    }

    fn file(&mut self, request: &Request) {
        self.filings.push(Filed { draft: request.draft, content: request.content });
    }
}
