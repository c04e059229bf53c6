//! The steps of the machine.

use super::pause::{self, LONGEST_CALL};
use super::{Call, Event, Line, Outbox, Phase, Reply, Step, Told};
use crate::calendar::Time;
use crate::filing::FilingKey;

impl Outbox {
    /// A filing that has just been confirmed.
    pub fn confirmed(key: FilingKey, now: Time) -> Self {
        Self { key, phase: Phase::Waiting, tries: 0, step: 0, last: now, next: now, under_way: None }
    }

    /// What happened, when, and any number (of it only the pauses are made uneven).
    pub fn handle(&mut self, event: Event, now: Time, luck: u32) -> Step {
        if self.ended() {
            return Step::default();
        }
        match event {
            Event::Tick(Line::Up) => self.tick(now, luck),
            Event::Tick(line) => {
                self.hurry();
                Step { sign_in: line == Line::SignedOut, ..Step::default() }
            }
            Event::Restarted => {
                self.under_way = None;
                self.hurry();
                Step::default()
            }
            Event::GiveUp => self.give_up(now),
            Event::Answer(call, reply) => self.answered(call, reply, now, luck),
        }
    }

    /// What may be told.
    pub fn told(&self) -> Told {
        match self.phase {
            Phase::Waiting => Told::NotYet,
            Phase::Sent => Told::Checking,
            Phase::GivingUp => Told::GivingUp,
            Phase::Received => Told::Filed,
            Phase::Refused => Told::Refused,
            Phase::Void => Told::GivenUp,
        }
    }

    /// Whether upstream has said what became of it.
    pub fn ended(&self) -> bool {
        self.phase.ended()
    }

    /// Seconds until a tick is of use while the line is up; nothing at an end.
    pub fn wait(&self, now: Time) -> Option<u32> {
        (!self.ended()).then(|| pause::left(self, now, self.under_way.is_some()))
    }

    /// Takes in what is kept, which another tab may have taken further. Nothing ever goes back.
    pub fn take_in(&mut self, kept: &Self) {
        if kept.key != self.key {
            return;
        }
        self.tries = self.tries.max(kept.tries);
        if kept.phase > self.phase {
            self.phase = kept.phase;
            self.under_way = None;
        }
    }

    /// Whether a call is still the one to make, after [`Outbox::take_in`].
    pub fn stands(&self, call: Call) -> bool {
        self.under_way == Some(call)
    }

    fn tick(&mut self, now: Time, luck: u32) -> Step {
        pause::follow_clock(self, now);
        if self.under_way.is_some() {
            // Whoever drives this forgot to say that there will be no answer.
            if now < self.last.plus(LONGEST_CALL) {
                return Step::default();
            }
            self.under_way = None;
        }
        if !pause::over(self, now) {
            return Step::default();
        }
        match self.phase {
            Phase::Waiting => self.send(Call::Submit, now, luck),
            Phase::Sent => self.send(Call::Keys, now, luck),
            _ => self.send(Call::Void, now, luck),
        }
    }

    /// What is kept says that it was sent before it is: a crash in between makes one question too many.
    fn send(&mut self, call: Call, now: Time, luck: u32) -> Step {
        if self.phase == Phase::Waiting {
            self.phase = Phase::Sent;
        }
        self.under_way = Some(call);
        self.tries = self.tries.saturating_add(1);
        pause::begin(self, now, luck);
        Step { keep: true, call: Some(call), sign_in: false }
    }

    fn give_up(&mut self, now: Time) -> Step {
        if self.phase == Phase::GivingUp {
            return Step::default();
        }
        // Also what was never sent: what is kept may be older than what was done.
        self.phase = Phase::GivingUp;
        self.under_way = None;
        pause::follow_clock(self, now);
        self.hurry();
        Step { keep: true, ..Step::default() }
    }

    fn answered(&mut self, call: Call, reply: Reply, now: Time, luck: u32) -> Step {
        // An end is an end, however late and whatever was asked.
        let end = match reply {
            Reply::Received => Some(Phase::Received),
            Reply::Refused => Some(Phase::Refused),
            Reply::Void => Some(Phase::Void),
            Reply::Unknown | Reply::SessionOver | Reply::Nothing => None,
        };
        if let Some(phase) = end {
            self.phase = phase;
            self.under_way = None;
            return Step { keep: true, ..Step::default() };
        }
        // Of the rest, only the answer to what is under way says anything.
        if self.under_way != Some(call) {
            return Step::default();
        }
        self.under_way = None;
        match (call, reply) {
            // It was asked first, and nothing has come.
            (Call::Keys, Reply::Unknown) => self.send(Call::Submit, now, luck),
            (_, Reply::SessionOver) => Step { sign_in: true, ..Step::default() },
            _ => Step::default(),
        }
    }

    /// What kept it from being sent is over, or may be at any moment.
    fn hurry(&mut self) {
        self.step = 0;
        pause::shorten(self);
    }
}

impl Phase {
    /// Whether it is an end.
    pub fn ended(self) -> bool {
        self >= Self::Received
    }
}
